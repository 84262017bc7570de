"""A deck built by hand that holds every kind of element, role and mark, for the tests of the deck writer."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from PIL import Image as Raster

from pipeline.diagnostics import Span
from pipeline.model.document import (
    Alignment,
    Callout,
    CalloutKind,
    Cell,
    CodeBlock,
    Definition,
    DefinitionList,
    Divider,
    Figure,
    FormulaBlock,
    Group,
    Heading,
    Hint,
    ItemList,
    ListItem,
    Paragraph,
    Quote,
    Row,
    SpeakerNotes,
    Tab,
    Table,
    Tabs,
)
from pipeline.model.fitted import (
    Anchor,
    Baseline,
    FittedCell,
    FittedParagraph,
    FittedRow,
    Line,
    Marker,
    Outline,
    PictureBox,
    Role,
    Run,
    ShapeBox,
    SlideTarget,
    Stroke,
    TableBox,
    TextAlign,
    TextBox,
)
from pipeline.model.inlines import (
    BrokenTarget,
    CodeSpan,
    FileTarget,
    FootnoteReference,
    FormulaSpan,
    Image,
    InlineImage,
    LineBreak,
    Link,
    PageTarget,
    Picture,
    SectionTarget,
    Style,
    Styled,
    Text,
    WebTarget,
)
from pipeline.model.origin import Origin, SlideRule
from pipeline.model.plan import Deck, DeckSection, Slide, SlideKind
from pipeline.settings import Settings
from pipeline.theme import Colour, Face, load_theme
from pipeline.units import Emu, Pt, Rect, Size

AT = Span(first=1, last=1)
THEME = load_theme("default")
SETTINGS = Settings(root=Path("/pages"), output=Path("/pages/build"), epoch=1_700_000_000)
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" viewBox="0 0 200 100">'
    b'<rect x="10" y="10" width="180" height="80" fill="#164F9C"/><circle cx="100" cy="50" r="30" fill="#fff"/></svg>'
)


# ---------------------------------------------------------------- short ways to write a plan


def inches(left: float, top: float, width: float, height: float) -> Rect:
    corners = (Emu.from_inches(value) for value in (left, top, width, height))
    return Rect(**dict(zip(("left", "top", "width", "height"), corners, strict=True)))


def run(text: str, **look: Any) -> Run:
    return Run(text=text, **look)


def line(*runs: Run | str, hard: bool = False) -> Line:
    made = tuple(item if isinstance(item, Run) else Run(text=item) for item in runs)
    return Line(runs=made, width=Emu(0), hard=hard)


def fitted(*lines: Line | str, size: float = 24, **rest: Any) -> FittedParagraph:
    made = tuple(item if isinstance(item, Line) else line(item) for item in lines)
    rest.setdefault("leading", Pt.from_points(size * 1.26))
    return FittedParagraph(lines=made, size=Pt.from_points(size), **rest)


def title(text: str) -> TextBox:
    rect = Rect.from_edges(
        THEME.grid.left, THEME.grid.title_top, THEME.grid.width - THEME.grid.right, THEME.grid.title_bottom
    )
    words = fitted(line(run(text, bold=True)), size=34, leading=Pt(4080))
    return TextBox(rect=rect, paragraphs=(words,), role=Role.TITLE, name="Title", anchor=Anchor.MIDDLE)


def footer(text: str, number: int, of: int) -> tuple[TextBox, TextBox]:
    left = fitted(line(run(text, colour=Colour.MUTED)), size=12)
    right = fitted(
        line(run(f"{number}", bold=True), run(f" / {of}", colour=Colour.MUTED)), size=12, align=TextAlign.END
    )
    return (
        TextBox(rect=inches(1, 6.875, 8, 0.25), paragraphs=(left,), role=Role.FOOTER, name="Footer"),
        TextBox(rect=inches(10.583, 6.875, 2, 0.25), paragraphs=(right,), role=Role.NUMBER, name="Slide number"),
    )


def slide(number: int, words: str, *elements: Any, of: int = 9, **rest: Any) -> Slide:
    values: dict[str, Any] = {
        "kind": SlideKind.CONTENT,
        "part": None,
        "section": None,
        "section_id": "",
        "notes": (),
        "covers": (),
        "seconds": 0,
        "origin": Origin(rule=SlideRule.HEADING),
        "span": None,
    } | rest
    drawn = (title(words), *elements, *footer("Sample", number, of))
    return Slide(number=number, title=words, elements=drawn, **values)


def deck(*slides: Slide, **rest: Any) -> Deck:
    values: dict[str, Any] = {
        "title": "Sample deck",
        "subtitle": "Every element once",
        "authors": ("Ada", "Grace"),
        "date": "",
        "keywords": ("one", "two"),
        "description": "A deck that holds everything.",
        "language": "en",
        "sections": (),
        "references": (),
    } | rest
    return Deck(slides=slides, size=Size(width=THEME.grid.width, height=THEME.grid.height), **values)


def raster(kind: str = "PNG", colour: str = "#af4a06") -> Picture:
    out = io.BytesIO()
    Raster.new("RGB", (160, 90), colour).save(out, format=kind)
    return Picture(media_type=f"image/{kind.lower()}", data=out.getvalue(), width=160.0, height=90.0)


def vector() -> Picture:
    return Picture(media_type="image/svg+xml", data=SVG, width=200.0, height=100.0)


# ---------------------------------------------------------------- the page's blocks, as notes


def text(words: str) -> Text:
    return Text(text=words, span=AT)


def paragraph(*inlines: Any) -> Paragraph:
    return Paragraph(children=tuple(text(i) if isinstance(i, str) else i for i in inlines), span=AT)


def styled(style: Style, words: str) -> Styled:
    return Styled(style=style, children=(text(words),), span=AT)


def link(words: str, target: Any) -> Link:
    return Link(children=(text(words),), target=target, title="", span=AT)


def items(*children: Any, start: int | None = None, tight: bool = True) -> ItemList:
    made = tuple(
        ListItem(children=child if isinstance(child, tuple) else (paragraph(child),), checked=None, span=AT)
        for child in children
    )
    return ItemList(items=made, start=start, tight=tight, span=AT)


def row(*cells: str) -> Row:
    return Row(cells=tuple(Cell(children=(text(cell),), span=AT) for cell in cells), span=AT)


def image(alt: str = "What it shows") -> Image:
    return Image(source="a.png", alt=alt, title="", picture=None, span=AT)


def rich_notes() -> tuple[Any, ...]:
    table = Table(
        head=row("Name", "Size"),
        rows=(row("Docker", "small"), row("VM", "large")),
        alignments=(Alignment.NONE, Alignment.RIGHT),
        caption=(text("Sizes at a glance"),),
        span=AT,
    )
    origin = WebTarget(url="https://example.org/figure")
    return (
        Heading(level=4, children=(text("A heading inside"),), id="", span=AT),
        paragraph(
            "Plain, ",
            styled(Style.STRONG, "bold"),
            ", ",
            styled(Style.EMPHASIS, "leaning"),
            ", ",
            styled(Style.DELETED, "gone"),
            ", ",
            styled(Style.INSERTED, "new"),
            ", ",
            styled(Style.MARKED, "marked"),
            ", H",
            styled(Style.SUBSCRIPT, "2"),
            "O, x",
            styled(Style.SUPERSCRIPT, "2"),
            ", ",
            styled(Style.KEYBOARD, "Ctrl"),
            ", ",
            CodeSpan(text="a = 1", span=AT),
            ", ",
            FormulaSpan(source="e^x", span=AT),
            FootnoteReference(label="1", span=AT),
            LineBreak(span=AT),
            "on a new line.",
        ),
        paragraph(
            link("The web", WebTarget(url="https://example.org/web")),
            ", ",
            link("a section", SectionTarget(id="second")),
            ", ",
            link("a page", PageTarget(path="guide/other.md", fragment="part", source="guide/this.md", place="part")),
            ", ",
            link("a file", FileTarget(path="data/a b.csv", way="../../../pages/data/a b.csv")),
            ", ",
            link("nowhere", BrokenTarget(address="gone.md")),
            ".",
        ),
        items("First", (paragraph("Second"), items("Inner one", "Inner two"), paragraph("Second goes on")), start=3),
        items((), tight=False),
        ItemList(
            items=(
                ListItem(children=(paragraph("Done"),), checked=True, span=AT),
                ListItem(children=(paragraph("Open"),), checked=False, span=AT),
            ),
            start=None,
            tight=True,
            span=AT,
        ),
        DefinitionList(
            entries=(Definition(term=(text("Kernel"),), children=(paragraph("Talks to hardware"),), span=AT),), span=AT
        ),
        CodeBlock(text="def f():\n\treturn 1", language="python", title="f.py", marked=(), numbered_from=None, span=AT),
        table,
        Figure(image=image(), legend=(text("Figure: two layers"),), origin=origin, width=None, span=AT),
        Figure(image=image(alt="Only alternative text"), legend=(), origin=None, width=None, span=AT),
        Callout(kind=CalloutKind.TIP, title=(), children=(paragraph("Use it."),), span=AT),
        Callout(kind=CalloutKind.WARNING, title=(text("Take care"),), children=(paragraph("It bites."),), span=AT),
        Quote(children=(paragraph("Somebody said so."),), span=AT),
        Tabs(tabs=(Tab(label=(text("npm"),), children=(paragraph("npm install"),), span=AT),), span=AT),
        Group(label=(text("Player"),), children=(paragraph("Inside the player"),), span=AT),
        FormulaBlock(source=r"\int x", span=AT),
        Divider(span=AT),
        Hint(name="layout", value="two-column", span=AT),
        SpeakerNotes(children=(paragraph("Only for the speaker"),), span=AT),
        paragraph(InlineImage(image=image(alt="An icon"), legend=(), origin=None, span=AT)),
    )


# ---------------------------------------------------------------- slides


def cover() -> Slide:
    words = TextBox(
        rect=inches(1, 2, 5.75, 2),
        paragraphs=(fitted(line(run("Sample", bold=True)), line(run("deck", bold=True)), size=54),),
        role=Role.TITLE,
        name="Title",
        anchor=Anchor.BOTTOM,
    )
    below = TextBox(
        rect=inches(1, 4.1, 5.75, 1.2),
        paragraphs=(fitted(line(run("Every element once", colour=Colour.MUTED)), size=22),),
        role=Role.SUBTITLE,
        name="Subtitle",
    )
    ball = ShapeBox(rect=inches(7, 0.8, 2.875, 2.875), outline=Outline.ELLIPSE, fill=Colour.SUBJECT_A, name="Mark A")
    box = ShapeBox(
        rect=inches(9.875, 3.675, 2.875, 2.875),
        outline=Outline.RECTANGLE,
        fill=Colour.SUBJECT_B,
        name="Mark B",
        description="B, the second subject",
    )
    letter = TextBox(
        rect=inches(7, 1.5, 2.875, 1.2),
        paragraphs=(fitted(line(run("A", bold=True, colour=Colour.ON_SUBJECT)), size=54, align=TextAlign.CENTRE),),
        anchor=Anchor.MIDDLE,
        name="Letter A",
    )
    return replace(slide(1, "Sample deck"), kind=SlideKind.COVER, elements=(words, below, ball, box, letter))


def agenda() -> Slide:
    entries = [
        TextBox(
            rect=inches(1, 1.8 + 0.9 * at, 10, 0.6),
            paragraphs=(fitted(line(run(words, bold=True, link=SlideTarget(number=at + 3))), size=28),),
            name="Entry",
        )
        for at, words in enumerate(("First", "Second"))
    ]
    rule = ShapeBox(
        rect=inches(1, 2.5, 11.583, 0), outline=Outline.LINE, stroke=Stroke(colour=Colour.RULE, width=Emu(9525))
    )
    return slide(2, "Agenda", *entries, rule, kind=SlideKind.AGENDA)


def points() -> Slide:
    web = WebTarget(url="https://example.org/a?b=1&c=2")
    body = TextBox(
        rect=inches(1, 1.625, 5.75, 5),
        role=Role.BODY,
        name="Body",
        paragraphs=(
            fitted(
                line("Plain ", run("bold", bold=True), " and ", run("leaning", italic=True), " words that "),
                line("wrap ", run("over two lines", underline=True, link=web), ". "),
                before=Pt(1400),
            ),
            fitted(line("Hard", hard=True), line("break"), before=Pt(1400)),
            fitted("A point", marker=Marker(text="•"), indent=Emu.from_inches(0.35), before=Pt(1000)),
            fitted("Deeper", marker=Marker(text="–"), indent=Emu.from_inches(0.7), level=1, size=22),
            fitted("Three", marker=Marker(text="3.", number=3), indent=Emu.from_inches(0.5)),
            fitted("Four", marker=Marker(text="4.", number=4), indent=Emu.from_inches(0.5)),
            fitted("Step", marker=Marker(text="Step 1:"), indent=Emu.from_inches(1.5), size=18),
            fitted(
                line(
                    run("H"),
                    run("2", baseline=Baseline.SUBSCRIPT),
                    run("O "),
                    run("x", highlight=Colour.MARK),
                    run("2", baseline=Baseline.SUPERSCRIPT),
                    run(" gone", strike=True),
                    run(" code()", face=Face.MONO, bold=True, size=Pt(2000)),
                ),
                size=22,
            ),
        ),
    )
    shown = PictureBox(rect=inches(7.25, 1.625, 5.3, 2.65), picture=vector(), description="Two layers", name="Figure")
    legend = TextBox(
        rect=inches(7.25, 4.35, 5.3, 0.3),
        paragraphs=(fitted(line(run("Figure: ", bold=True), run("two layers", colour=Colour.MUTED)), size=14),),
        name="Legend",
    )
    return slide(3, "Points and a figure", body, shown, legend, notes=rich_notes(), seconds=100, section_id="first")


def grid() -> Slide:
    rule = Stroke(colour=Colour.RULE, width=Emu(9525))
    strong = Stroke(colour=Colour.INK, width=Emu(19050))

    def cell(words: str, ground: Colour | None = None, **look: Any) -> FittedCell:
        return FittedCell(
            paragraphs=(fitted(line(run(words, **look)), size=20),), fill=ground, inset=Emu.from_inches(0.1)
        )

    box = TableBox(
        rect=inches(1, 1.75, 9, 2.4),
        widths=(Emu.from_inches(3), Emu.from_inches(3), Emu.from_inches(3)),
        rows=(
            FittedRow(
                cells=(cell(""), cell("Docker", Colour.SUBJECT_A, bold=True, colour=Colour.ON_SUBJECT), cell("VM")),
                height=Emu.from_inches(0.8),
                rule=strong,
            ),
            FittedRow(
                cells=(cell("Size", bold=True), cell("small", Colour.TINT_A), cell("large", Colour.TINT_B)),
                height=Emu.from_inches(0.8),
                rule=rule,
            ),
            FittedRow(cells=(cell("Speed", bold=True), cell("fast"), cell("—")), height=Emu.from_inches(0.8)),
        ),
        has_head=True,
        bold_first_column=True,
        description="Docker and VM by size and speed",
    )
    return slide(4, "A table", box, section_id="second", notes=(paragraph("Short."),), seconds=5)


def shapes() -> Slide:
    drawn = [
        ShapeBox(
            rect=inches(1 + 2 * at, 2, 1.5, 1.5),
            outline=outline,
            fill=Colour.TIP_TINT,
            stroke=Stroke(colour=Colour.TIP, width=Emu(12700), dashed=outline is Outline.HEXAGON),
            name=outline.value,
        )
        for at, outline in enumerate(Outline)
    ]
    return slide(5, "Shapes", *drawn)


def pictures() -> Slide:
    shown = [
        PictureBox(rect=inches(1 + 2.5 * at, 2, 2.2, 1.2375), picture=item, description=f"Picture {at}", link=jump)
        for at, (item, jump) in enumerate(
            [
                (raster(), WebTarget(url="https://example.org/picture")),
                (raster("WEBP"), None),
                (raster(), SlideTarget(number=3)),
                (raster("JPEG"), None),
            ]
        )
    ]
    icon = PictureBox(rect=inches(1, 5, 0.5, 0.25), picture=vector(), description="", name="Icon")
    return slide(6, "Pictures", *shown, icon)


def chinese() -> Slide:
    body = TextBox(
        rect=inches(1, 1.625, 5.75, 3),
        role=Role.BODY,
        name="Body",
        paragraphs=(
            fitted(
                line(run("操作系统由两层组成:与 CPU 、内存等", language="zh")), line(run("硬件通信。", language="zh"))
            ),
            fitted(line(run("עברית עם English", language="he")), right_to_left=True, align=TextAlign.START),
            fitted(line(run("日本語のテキスト"))),
        ),
    )
    return slide(7, "操作系统由什么组成?", body)


def section() -> Slide:
    body = TextBox(rect=inches(1, 3, 8, 1), role=Role.BODY, paragraphs=(fitted("What follows"),), name="Body")
    return slide(8, "A section", body, kind=SlideKind.SECTION)


def columns() -> Slide:
    made = [
        TextBox(rect=inches(1 + 6 * at, 2, 5.5, 3), role=Role.BODY, paragraphs=(fitted(words),), name="Body")
        for at, words in enumerate(("Left", "Right"))
    ]
    return slide(9, "Columns", *made)


def whole_deck() -> Deck:
    return deck(
        cover(),
        agenda(),
        points(),
        grid(),
        shapes(),
        pictures(),
        chinese(),
        section(),
        columns(),
        sections=(
            DeckSection(name="Opening", first=1, last=2),
            DeckSection(name="First & <second>", first=3, last=7),
            DeckSection(name="End", first=8, last=9),
        ),
    )
