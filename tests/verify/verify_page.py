"""A page put together by hand, node by node, for the tests of verifying."""

from __future__ import annotations

import io

from PIL import Image as Raster

from pipeline.diagnostics import Span
from pipeline.model.document import (
    Alignment,
    Block,
    Callout,
    CalloutKind,
    Cell,
    CodeBlock,
    Document,
    Figure,
    Footnote,
    FormulaBlock,
    Hint,
    ItemList,
    ListItem,
    Metadata,
    Paragraph,
    Quote,
    Row,
    Section,
    SpeakerNotes,
    Table,
)
from pipeline.model.inlines import (
    FootnoteReference,
    Image,
    Inline,
    Link,
    Picture,
    SectionTarget,
    Style,
    Styled,
    Target,
    Text,
    WebTarget,
)
from pipeline.model.plan import Comparison, ComparisonCell, ComparisonRow, Subject
from pipeline.settings import Overrides


def at(line: int) -> Span:
    return Span(first=line, last=line)


def text(words: str, line: int = 1) -> Text:
    return Text(text=words, span=at(line))


def strong(words: str, line: int = 1) -> Styled:
    return Styled(style=Style.STRONG, children=(text(words, line),), span=at(line))


def link(words: str, target: Target | str, line: int = 1) -> Link:
    leads = WebTarget(url=target) if isinstance(target, str) else target
    return Link(children=(text(words, line),), target=leads, title="", span=at(line))


def mark(label: str, line: int = 1) -> FootnoteReference:
    return FootnoteReference(label=label, span=at(line))


def paragraph(line: int, *inlines: Inline | str) -> Paragraph:
    children = tuple(text(item, line) if isinstance(item, str) else item for item in inlines)
    return Paragraph(children=children, span=at(line))


def items(line: int, *entries: tuple[Inline | str, ...] | str) -> ItemList:
    made = []
    for number, entry in enumerate(entries, line):
        inlines = (entry,) if isinstance(entry, str) else entry
        made.append(ListItem(children=(paragraph(number, *inlines),), checked=None, span=at(number)))
    return ItemList(items=tuple(made), start=None, tight=True, span=Span(first=line, last=line + len(made) - 1))


def table(line: int, *rows: tuple[str, ...]) -> Table:
    made = [
        Row(cells=tuple(Cell(children=(text(cell, number),), span=at(number)) for cell in row), span=at(number))
        for number, row in zip((line, *range(line + 2, line + 1 + len(rows))), rows, strict=True)
    ]
    return Table(
        head=made[0],
        rows=tuple(made[1:]),
        alignments=(Alignment.NONE,) * len(rows[0]),
        caption=(),
        span=Span(first=line, last=line + len(rows)),
    )


def code(line: int, *lines: str) -> CodeBlock:
    return CodeBlock(
        text="\n".join(lines),
        language="python",
        title="",
        marked=(),
        numbered_from=None,
        span=Span(first=line, last=line + len(lines) + 1),
    )


def png(red: int) -> bytes:
    stream = io.BytesIO()
    Raster.new("RGB", (60, 30), (red, 80, 160)).save(stream, "PNG")
    return stream.getvalue()


def figure(line: int, alt: str, legend: str, red: int = 20) -> Figure:
    picture = Picture(media_type="image/png", data=png(red), width=60, height=30)
    image = Image(source=f"img/{red}.png", alt=alt, title="", picture=picture, span=at(line))
    return Figure(image=image, legend=(text(legend, line),), origin=None, width=None, span=at(line))


def tip(line: int, *blocks: Block) -> Callout:
    return Callout(kind=CalloutKind.TIP, title=(), children=blocks, span=Span(first=line, last=line + 2))


def quote(line: int, words: str) -> Quote:
    return Quote(children=(paragraph(line, words),), span=at(line))


def speech(line: int, words: str) -> SpeakerNotes:
    return SpeakerNotes(children=(paragraph(line, words),), span=at(line))


def formula(line: int, source: str) -> FormulaBlock:
    return FormulaBlock(source=source, span=at(line))


def skip(line: int) -> Hint:
    return Hint(name="skip", value="", span=at(line))


def section(line: int, title: str, *blocks: Block, level: int = 2, sections: tuple[Section, ...] = ()) -> Section:
    return Section(
        level=level,
        title=(text(title, line),),
        id=title.lower().replace(" ", "-"),
        blocks=blocks,
        sections=sections,
        heading=at(line),
        span=at(line),
    )


def page(*blocks: Block, sections: tuple[Section, ...] = (), footnotes: tuple[Footnote, ...] = ()) -> Document:
    metadata = Metadata(
        title="Tea or coffee",
        subtitle="",
        description="",
        authors=("Ada Byron",),
        date="",
        keywords=(),
        overrides=Overrides(),
        compare=None,
        span=at(2),
    )
    return Document(
        path="content/tea.md",
        stem="tea",
        digest="ab" * 32,
        language="en",
        title=(text("Tea or coffee", 2),),
        title_span=at(2),
        metadata=metadata,
        blocks=blocks,
        sections=sections,
        footnotes=footnotes,
        ledger=(),
    )


NO_COMPARISON = Comparison(subjects=(), rows=())

COMPARISON = Comparison(
    subjects=(Subject(name="Tea", aliases=()), Subject(name="Coffee", aliases=("espresso",))),
    rows=(
        ComparisonRow(
            aspect="Caffeine",
            rule="table",
            cells=(
                ComparisonCell(subject="Tea", text="40 mg", line=26),
                ComparisonCell(subject="Coffee", text="95 mg", line=26),
            ),
        ),
    ),
)


def tea() -> Document:
    """A page with something of everything, on the lines that it says."""
    brewing = section(
        10,
        "Brewing",
        paragraph(
            12,
            "Green tea should not be brewed with boiling water, says the ",
            link("tea council", "https://example.org/tea?cup=1", 12),
            ", since it turns bitter; see ",
            link("Costs", SectionTarget(id="costs"), 12),
            " for prices.",
            mark("a"),
        ),
        items(
            14,
            (strong("Water"), ": 80 degrees for green tea. Black tea can take 95 degrees."),
            (strong("Time"), ": two minutes."),
            "Yes",
        ),
        figure(18, "A teapot on a table", "Figure: the pot", 20),
        paragraph(20, "Ask for more."),
    )
    caffeine = section(
        22,
        "Caffeine",
        table(
            24, ("", "Tea", "Coffee"), ("Caffeine", "40 mg", "95 mg"), ("Bitter", "No", "Yes"), ("Hot", "Yes", "Yes")
        ),
        paragraph(30, "Ask for more."),
        code(32, "def pour(cup):", "    if cup:", "        return 1", "    return 10"),
    )
    costs = section(
        40,
        "Costs",
        paragraph(42, "A cup of tea costs 1.20 and a cup of coffee 3.40 in the same house."),
        paragraph(44, "Ask for more."),
        tip(46, paragraph(47, "Buy loose leaves; they are well-known to be cheaper.")),
        quote(50, "There is no trouble so great that a cup of tea will not diminish it."),
        formula(52, r"c = \frac{a}{b}"),
        speech(54, "Hold up the cup here."),
    )
    references = section(
        60,
        "References",
        items(62, (link("The Book of Tea", "https://example.org/book", 62),), ("Kept in the library",)),
    )
    return page(
        paragraph(5, "Which of the two is for you?"),
        sections=(brewing, caffeine, costs, references),
        footnotes=(Footnote(label="a", children=(paragraph(66, "Measured in 2019."),), span=at(66)),),
    )
