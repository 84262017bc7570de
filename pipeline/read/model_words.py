"""The words that a document carries, with the source lines that they should come from."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from typing import assert_never

from msgspec import Struct

from pipeline.diagnostics import Span
from pipeline.model.document import (
    Block,
    Blocks,
    Callout,
    CodeBlock,
    DefinitionList,
    Divider,
    Document,
    Figure,
    FormulaBlock,
    Group,
    Heading,
    Hint,
    ItemList,
    Paragraph,
    Quote,
    Section,
    SpeakerNotes,
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
    Inlines,
    LineBreak,
    Link,
    PageTarget,
    SectionTarget,
    Styled,
    Target,
    Text,
    WebTarget,
)
from pipeline.read.entities import decode_entities

_SVG = "data:image/svg+xml;base64,"


class Carried(Struct, frozen=True, kw_only=True):
    """A stretch of text that the document carries; `verbatim` if it is shown as it stands in the source."""

    span: Span
    text: str
    verbatim: bool = False


def carried(document: Document) -> Iterator[Carried]:
    """All that the document carries below its front matter."""
    # Where the title is a section's, it is carried there.
    if document.title_span and document.title_span not in {section.heading for section in document.sections}:
        yield from _inlines(document.title, document.title_span)
    yield from _blocks(document.blocks)
    for section in document.sections:
        yield from _section(section)
    for footnote in document.footnotes:
        yield Carried(span=Span(first=footnote.span.first, last=footnote.span.first), text=footnote.label)
        yield from _blocks(footnote.children)


def _section(section: Section) -> Iterator[Carried]:
    yield from _inlines(section.title, section.heading)
    yield from _blocks(section.blocks)
    for inner in section.sections:
        yield from _section(inner)


def _blocks(blocks: Blocks) -> Iterator[Carried]:
    for block in blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[Carried]:
    match block:
        case Paragraph():
            yield from _inlines(block.children, block.span)
        case Heading():
            yield from _inlines(block.children, block.span)
        case CodeBlock():
            yield Carried(span=block.span, text=f"{block.language} {block.title}\n{block.text}", verbatim=True)
        case FormulaBlock():
            yield Carried(span=block.span, text=block.source)
        case Table():
            yield from _table(block)
        case Figure():
            yield from _figure(block)
        case Hint() | Divider():
            return
        case ItemList() | DefinitionList() | Callout() | Quote() | Tabs() | Group() | SpeakerNotes():
            yield from _container(block)
        case _:
            assert_never(block)


def _container(
    block: ItemList | DefinitionList | Callout | Quote | Tabs | Group | SpeakerNotes,
) -> Iterator[Carried]:
    match block:
        case ItemList():
            for item in block.items:
                yield from _blocks(item.children)
        case DefinitionList():
            for entry in block.entries:
                yield from _where_they_stand(entry.term)
                yield from _blocks(entry.children)
        case Callout():
            yield from _where_they_stand(block.title)
            yield from _blocks(block.children)
        case Tabs():
            for tab in block.tabs:
                yield from _where_they_stand(tab.label)
                yield from _blocks(tab.children)
        case Group():
            yield from _where_they_stand(block.label)
            yield from _blocks(block.children)
        case Quote() | SpeakerNotes():
            yield from _blocks(block.children)
        case _:
            assert_never(block)


def _table(table: Table) -> Iterator[Carried]:
    yield from _where_they_stand(table.caption)
    for row in ((table.head,) if table.head else ()) + table.rows:
        for cell in row.cells:
            yield from _inlines(cell.children, cell.span)


def _figure(figure: Figure) -> Iterator[Carried]:
    yield Carried(span=figure.span, text=_image(figure.image))
    yield from _where_they_stand(figure.legend)
    if figure.origin:
        yield Carried(span=figure.span, text=_target(figure.origin))


def _where_they_stand(inlines: Inlines) -> Iterator[Carried]:
    """Inlines of a block that has others between, each on its own lines."""
    for inline in inlines:
        yield from _inlines((inline,), inline.span)


def _inlines(inlines: Inlines, span: Span) -> Iterator[Carried]:
    for inline in inlines:
        match inline:
            case Styled():
                yield from _inlines(inline.children, span)
            case Link():
                yield Carried(span=span, text=f"{_target(inline.target)} {inline.title}")
                yield from _inlines(inline.children, span)
            case InlineImage():
                origin = _target(inline.origin) if inline.origin else ""
                yield Carried(span=span, text=f"{_image(inline.image)} {origin}")
                yield from _inlines(inline.legend, span)
            case Text() | CodeSpan() | FormulaSpan() | FootnoteReference() | LineBreak():
                yield Carried(span=span, text=_plain(inline))
            case _:
                assert_never(inline)


def _plain(inline: Inline) -> str:
    match inline:
        case Text() | CodeSpan():
            return inline.text
        case FormulaSpan():
            return inline.source
        case FootnoteReference():
            return inline.label
    return ""


def _image(image: Image) -> str:
    if image.picture is not None and image.source.startswith(_SVG):
        drawing = b64decode(image.source.removeprefix(_SVG)).decode(errors="replace")
        return decode_entities(drawing)
    return f"{image.source} {image.alt} {image.title}"


def _target(target: Target) -> str:
    match target:
        case WebTarget():
            return target.url
        case SectionTarget():
            return target.id
        case PageTarget():
            return f"{target.path} {target.fragment}"
        case FileTarget():
            return target.path
        case BrokenTarget():
            return target.address
        case _:
            assert_never(target)
