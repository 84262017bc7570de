"""Documents, decks, handouts and sheets made by hand, and readers of the PDFs that come of them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from pathlib import Path

import pikepdf
import pypdfium2
from PIL import Image as Raster

from pipeline.diagnostics import Span
from pipeline.model.document import Alignment, Block, Cell, Figure, ItemList, ListItem, Paragraph, Row, Table
from pipeline.model.inlines import (
    FootnoteReference,
    Image,
    Inline,
    Inlines,
    Link,
    Picture,
    Style,
    Styled,
    Text,
    WebTarget,
)
from pipeline.model.origin import Origin, SlideRule
from pipeline.model.plan import (
    CheatSheet,
    Comparison,
    ComparisonCell,
    ComparisonRow,
    ContentsEntry,
    Deck,
    Handout,
    HandoutBlock,
    Reference,
    SheetNotice,
    SheetPoint,
    Slide,
    SlideKind,
    Subject,
)
from pipeline.settings import Paper, Settings
from pipeline.units import Emu, Size

AT = Span(first=1, last=1)
SETTINGS = Settings(root=Path("/"), output=Path("/"))
SENTENCE = "A kernel passes what applications ask for to the hardware, and what the hardware says back to them. "


def words(text: str) -> Text:
    return Text(text=text, span=AT)


def strong(text: str) -> Styled:
    return Styled(style=Style.STRONG, children=(words(text),), span=AT)


def link(text: str, url: str) -> Link:
    return Link(children=(words(text),), target=WebTarget(url=url), title="", span=AT)


def inlines(*parts: str | Inline) -> Inlines:
    return tuple(words(part) if isinstance(part, str) else part for part in parts)


def paragraph(*parts: str | Inline) -> Paragraph:
    return Paragraph(children=inlines(*parts), span=AT)


def item(*blocks: Block, checked: bool | None = None) -> ListItem:
    return ListItem(children=blocks, checked=checked, span=AT)


def bullets(*texts: str | tuple[str | Inline, ...], start: int | None = None) -> ItemList:
    made = (item(paragraph(*((text,) if isinstance(text, str) else text))) for text in texts)
    return ItemList(items=tuple(made), start=start, tight=True, span=AT)


def table(head: Iterable[str] | None, rows: Iterable[Iterable[str]], caption: str = "") -> Table:
    def row(cells: Iterable[str]) -> Row:
        return Row(cells=tuple(Cell(children=(words(cell),), span=AT) for cell in cells), span=AT)

    made = tuple(row(each) for each in rows)
    return Table(
        head=row(head) if head is not None else None,
        rows=made,
        alignments=(Alignment.NONE,) * len(made[0].cells),
        caption=inlines(caption) if caption else (),
        span=AT,
    )


def png(width: int, height: int, colour: str = "#5b8ac9") -> Picture:
    out = io.BytesIO()
    Raster.new("RGB", (width, height), colour).save(out, "PNG")
    return Picture(media_type="image/png", data=out.getvalue(), width=width, height=height)


def figure(picture: Picture | None, *, source: str = "a.png", alt: str = "", legend: str = "", url: str = "") -> Figure:
    return Figure(
        image=Image(source=source, alt=alt, title="", picture=picture, span=AT),
        legend=inlines(legend) if legend else (),
        origin=WebTarget(url=url) if url else None,
        width=None,
        span=AT,
    )


def footnote_mark(label: str) -> FootnoteReference:
    return FootnoteReference(label=label, span=AT)


def reference(number: int, text: str, url: str, *slides: int) -> Reference:
    return Reference(number=number, text=text, target=WebTarget(url=url), listed=not slides, slides=slides, span=AT)


def part(
    number: int,
    title: str,
    *blocks: Block,
    level: int = 2,
    section: int | None = None,
    seconds: int = 20,
    share: tuple[int, int, int] | None = None,
) -> HandoutBlock:
    name = re.sub(r"\W+", "-", title.lower()).strip("-") or f"part-{number}"
    return HandoutBlock(
        slides=(number,),
        title=inlines(title) if title else (),
        level=level,
        id=name,
        section=section,
        part=share,
        blocks=blocks,
        seconds=seconds,
    )


def slide(number: int, title: str, kind: SlideKind = SlideKind.CONTENT) -> Slide:
    return Slide(
        number=number,
        kind=kind,
        title=title,
        part=None,
        section=None,
        section_id="",
        elements=(),
        notes=(),
        covers=(),
        seconds=20,
        origin=Origin(rule=SlideRule.HEADING),
        span=AT,
    )


def deck(*slides: Slide, references: tuple[Reference, ...] = (), language: str = "en") -> Deck:
    return Deck(
        title="Title",
        subtitle="",
        authors=(),
        date="",
        keywords=("kernel", "layers"),
        description="",
        language=language,
        size=Size(width=Emu.from_inches(13.333), height=Emu.from_inches(7.5)),
        slides=slides,
        sections=(),
        references=references,
    )


def handout(
    *blocks: HandoutBlock,
    title: str = "Containers and Machines",
    language: str = "en",
    paper: Paper = Paper.A4,
    references: tuple[Reference, ...] = (),
    footnotes: tuple[tuple[str, tuple[Block, ...]], ...] = (),
    **more: object,
) -> Handout:
    entries = tuple(
        ContentsEntry(
            number=number, title=_title(block), id=block.id, first_slide=block.slides[0], last_slide=block.slides[-1]
        )
        for number, block in enumerate((block for block in blocks if block.level > 1), start=1)
    )
    values = {
        "subtitle": "",
        "authors": (),
        "date": "",
        "description": "",
        "seconds": sum(block.seconds for block in blocks),
        "contents": entries,
        "comparison": Comparison(subjects=(), rows=()),
        **more,
    }
    return Handout(
        title=inlines(title),
        language=language,
        paper=paper,
        source="containers.md",
        blocks=blocks,
        footnotes=footnotes,
        references=references,
        **values,  # type: ignore[arg-type]
    )


def deck_of(plan: Handout) -> Deck:
    slides = [slide(number, _title(block)) for block in plan.blocks for number in block.slides]
    return deck(*slides, references=plan.references, language=plan.language)


def _title(block: HandoutBlock) -> str:
    return "".join(each.text for each in block.title if isinstance(each, Text))


def comparison(subjects: Iterable[str | Subject], rows: dict[str, Iterable[str]]) -> Comparison:
    named = tuple(each if isinstance(each, Subject) else Subject(name=each, aliases=()) for each in subjects)
    made = tuple(
        ComparisonRow(
            aspect=aspect,
            rule="table",
            cells=tuple(
                ComparisonCell(subject=subject.name, text=text, line=1)
                for subject, text in zip(named, texts, strict=True)
                if text
            ),
        )
        for aspect, texts in rows.items()
    )
    return Comparison(subjects=named, rows=made)


def point(number: int, title: str, *points: str | Inlines, level: int = 2) -> SheetPoint:
    return SheetPoint(
        number=number,
        title=title,
        level=level,
        id=f"s{number}",
        points=tuple(inlines(each) if isinstance(each, str) else each for each in points),
        span=Span(first=10 * number, last=10 * number),
    )


def notice(kind: str, text: str, title: str = "") -> SheetNotice:
    return SheetNotice(kind=kind, title=title, text=inlines(text), span=Span(first=5, last=6))


def cheatsheet(
    *sections: SheetPoint,
    title: str = "Containers and Machines",
    language: str = "en",
    compared: Comparison | None = None,
    notices: tuple[SheetNotice, ...] = (),
    references: tuple[Reference, ...] = (),
    **more: object,
) -> CheatSheet:
    values = {
        "summary": inlines("Both run programs apart from each other."),
        "paper": Paper.A4,
        "date": "",
        "figure": None,
        "references_section": None,
        **more,
    }
    return CheatSheet(
        title=title,
        language=language,
        source="containers.md",
        comparison=compared or Comparison(subjects=(), rows=()),
        sections=sections,
        notices=notices,
        references=references,
        **values,  # type: ignore[arg-type]
    )


# ---------------------------------------------------------------- readers


def pages_of(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        return [re.sub(r"\s+", " ", page.get_textpage().get_text_bounded()) for page in document]


def text_of(data: bytes) -> str:
    return " ".join(pages_of(data))


def sizes_of(data: bytes) -> list[float]:
    """The size in points of every letter that is printed, as the page's own scale leaves it."""
    raw = pypdfium2.raw
    found = []
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            text = page.get_textpage()
            matrix = raw.FS_MATRIX()
            found += [
                round(raw.FPDFText_GetFontSize(text, index) * abs(matrix.d), 2)
                for index in range(text.count_chars())
                if not raw.FPDFText_IsGenerated(text, index) and raw.FPDFText_GetMatrix(text, index, matrix)
            ]
    return found


def links_of(data: bytes) -> list[str]:
    """The addresses of all links that lead out of the file."""
    with pikepdf.open(io.BytesIO(data)) as document:
        return [
            str(mark["/A"]["/URI"])
            for page in document.pages
            for mark in page.get("/Annots", [])
            if "/A" in mark and "/URI" in mark["/A"]
        ]


def tags_of(data: bytes) -> list[tuple[str, str]]:
    """The structure's tags in order, each with its alternative text."""
    found: list[tuple[str, str]] = []

    def walk(node: pikepdf.Object) -> None:
        if isinstance(node, pikepdf.Array):
            for each in node:
                walk(each)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append((str(node["/S"]), str(node.get("/Alt", ""))))
            if "/K" in node:
                walk(node["/K"])

    with pikepdf.open(io.BytesIO(data)) as document:
        walk(document.Root["/StructTreeRoot"]["/K"])
    return found
