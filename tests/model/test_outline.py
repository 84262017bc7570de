"""A document as text for people and as data for programs."""

from __future__ import annotations

import json

from pipeline.diagnostics import Span
from pipeline.model.document import (
    Alignment,
    Block,
    Callout,
    CalloutKind,
    Cell,
    CodeBlock,
    Definition,
    DefinitionList,
    Divider,
    Document,
    Figure,
    Footnote,
    FormulaBlock,
    Group,
    Heading,
    Hint,
    ItemList,
    ListItem,
    Metadata,
    Paragraph,
    Quote,
    Row,
    Section,
    SpeakerNotes,
    Tab,
    Table,
    Tabs,
)
from pipeline.model.inlines import (
    BrokenTarget,
    CodeSpan,
    FileTarget,
    FootnoteReference,
    FormulaSpan,
    Image,
    Inline,
    InlineImage,
    LineBreak,
    Link,
    PageTarget,
    Picture,
    SectionTarget,
    Style,
    Styled,
    Target,
    Text,
    WebTarget,
)
from pipeline.model.outline import inlines_text, outline_data, outline_text
from pipeline.settings import Overrides, Paper

AT = Span(first=3, last=3)
OVER = Span(first=3, last=5)
NO_METADATA = Metadata(
    title="",
    subtitle="",
    description="",
    authors=("Ann",),
    date="",
    keywords=(),
    overrides=Overrides(paper=Paper.A4),
    compare=None,
    span=None,
)


def text(words: str) -> tuple[Inline, ...]:
    return (Text(text=words, span=AT),)


def paragraph(words: str) -> Paragraph:
    return Paragraph(children=text(words), span=AT)


def image(picture: Picture | None = None, source: str = "a.png") -> Image:
    return Image(source=source, alt="An a", title="", picture=picture, span=AT)


def document(*blocks: Block, sections: tuple[Section, ...] = ()) -> Document:
    return Document(
        path="page.md",
        stem="page",
        digest="0" * 64,
        language="en",
        title=text("Tea"),
        title_span=AT,
        metadata=NO_METADATA,
        blocks=blocks,
        sections=sections,
        footnotes=(Footnote(label="n", children=(paragraph("said below"),), span=AT),),
        ledger=(),
    )


def lines(*blocks: Block) -> list[str]:
    """The outline of the blocks alone."""
    return [line[2:] for line in outline_text(document(*blocks)).splitlines()[1:-2]]


def test_the_page_its_sections_and_footnotes() -> None:
    inner = Section(level=3, title=text("B"), id="b", blocks=(), sections=(), heading=AT, span=AT)
    outer = Section(
        level=2, title=text("A"), id="a", blocks=(paragraph("words"),), sections=(inner,), heading=AT, span=OVER
    )
    assert outline_text(document(sections=(outer,))).splitlines() == [
        "page en @3 Tea",
        "  section @3-5 h2 #a A",
        "    paragraph @3 words",
        "    section @3 h3 #b B",
        "  footnote @3 n",
        "    paragraph @3 said below",
    ]


def test_every_block() -> None:
    cells = tuple(Cell(children=text(word), span=AT) for word in ("c", "d"))
    row = Row(cells=cells, span=AT)
    items = (
        ListItem(children=(paragraph("one"),), checked=None, span=AT),
        ListItem(children=(), checked=True, span=AT),
        ListItem(children=(), checked=False, span=AT),
    )
    code = CodeBlock(text="x\n\ny", language="py", title="a.py", marked=(1, 3), numbered_from=7, span=OVER)
    figure = Figure(image=image(), legend=text("Legend"), origin=WebTarget(url="https://b"), width=40.0, span=AT)
    table = Table(head=row, rows=(row,), alignments=(Alignment.LEFT, Alignment.NONE), caption=text("Cap"), span=AT)
    assert lines(
        Heading(level=4, children=text("Head"), id="head", span=AT),
        ItemList(items=items, start=3, tight=False, span=AT),
        DefinitionList(entries=(Definition(term=text("t"), children=(paragraph("said"),), span=AT),), span=AT),
        code,
        table,
        figure,
        Callout(kind=CalloutKind.TIP, title=text("Title"), children=(paragraph("in"),), span=AT),
        Quote(children=(paragraph("in"),), span=AT),
        Tabs(tabs=(Tab(label=text("Tab"), children=(paragraph("in"),), span=AT),), span=AT),
        Group(label=(), children=(paragraph("in"),), span=AT),
        FormulaBlock(source="a\nb", span=AT),
        Divider(span=AT),
        SpeakerNotes(children=(paragraph("in"),), span=AT),
        Hint(name="skip", value="", span=AT),
        Hint(name="layout", value="wide", span=AT),
    ) == [
        "heading @3 h4 #head Head",
        "list @3 from 3 loose",
        "  item @3",
        "    paragraph @3 one",
        "  item @3 [x]",
        "  item @3 [ ]",
        "definitions @3",
        "  term @3 t",
        "    paragraph @3 said",
        'code @3-5 py "a.py" marked 1,3 numbered from 7',
        "  | x",
        "  |",
        "  | y",
        "table @3 left none Cap",
        "  head @3 c | d",
        "  row @3 c | d",
        "figure @3 a.png missing alt='An a' width=40 from https://b Legend",
        "callout @3 tip Title",
        "  paragraph @3 in",
        "quote @3",
        "  paragraph @3 in",
        "tabs @3",
        "  tab @3 Tab",
        "    paragraph @3 in",
        "group @3",
        "  paragraph @3 in",
        r"formula @3 a\nb",
        "divider @3",
        "notes @3",
        "  paragraph @3 in",
        "hint @3 skip",
        "hint @3 layout=wide",
    ]


def test_every_inline() -> None:
    def styled(style: Style) -> Styled:
        return Styled(style=style, children=text("s"), span=AT)

    def link(target: Target, title: str = "") -> Link:
        return Link(children=text("l"), target=target, title=title, span=AT)

    assert inlines_text(tuple(styled(style) for style in Style)) == "*s***s**~~s~~++s++==s==^s^~s~||s||"
    assert inlines_text((CodeSpan(text="c", span=AT), FormulaSpan(source="f", span=AT))) == "`c`$f$"
    assert inlines_text((LineBreak(span=AT), FootnoteReference(label="n", span=AT))) == "⏎[^n]"
    assert (
        inlines_text((InlineImage(image=image(), legend=text("Leg"), origin=None, span=AT),)) == '![An a](a.png "Leg")'
    )
    shown = InlineImage(image=image(source="data:image/png;base64,AAAA"), legend=(), origin=None, span=AT)
    assert inlines_text((shown,)) == "![An a](data:image/png;base64,…)"
    links = (
        link(WebTarget(url="https://a"), "T"),
        link(SectionTarget(id="b")),
        link(PageTarget(path="c.md", fragment="d", source="a.md")),
        link(PageTarget(path="c.md", fragment="", source="a.md")),
        link(FileTarget(path="e.pdf", way="")),
        link(BrokenTarget(address="f")),
    )
    assert [inlines_text((each,)) for each in links] == [
        '[l](https://a "T")',
        "[l](#b)",
        "[l](page:c.md#d)",
        "[l](page:c.md)",
        "[l](file:e.pdf)",
        "[l](broken:f)",
    ]


def test_data_is_json_without_the_bytes_of_pictures() -> None:
    picture = Picture(media_type="image/png", data=b"\x89PNG" * 100, width=4.0, height=3.0)
    figure = Figure(image=image(picture), legend=(), origin=None, width=None, span=OVER)
    data = json.loads(json.dumps(outline_data(document(figure))))
    assert data["type"] == "Document"
    assert data["metadata"]["overrides"]["paper"] == "a4"
    assert data["metadata"]["authors"] == ["Ann"]
    (block,) = data["blocks"]
    assert (block["type"], block["span"]) == ("Figure", [3, 5])
    assert block["image"]["picture"] == {
        "type": "Picture",
        "media_type": "image/png",
        "data": 400,
        "width": 4.0,
        "height": 3.0,
    }
