"""A document for people to look at and for programs to read: its tree as text, and as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any, Final, assert_never

from msgspec import Struct

from pipeline.diagnostics import Span
from pipeline.model.document import (
    Block,
    Blocks,
    Callout,
    Cell,
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
    Inline,
    InlineImage,
    Inlines,
    LineBreak,
    Link,
    PageTarget,
    SectionTarget,
    Style,
    Styled,
    Target,
    Text,
    WebTarget,
)

_STEP: Final = "  "
_MARKS: Final = {
    Style.EMPHASIS: "*",
    Style.STRONG: "**",
    Style.DELETED: "~~",
    Style.INSERTED: "++",
    Style.MARKED: "==",
    Style.SUPERSCRIPT: "^",
    Style.SUBSCRIPT: "~",
    Style.KEYBOARD: "||",
}

# ---------------------------------------------------------------- data


def outline_data(document: Document) -> dict[str, Any]:
    """The document as JSON has it: objects with their `type`, lines as [first, last], pictures without their bytes."""
    data: dict[str, Any] = _data(document)
    return data


def _data(value: Any) -> Any:
    if isinstance(value, Span):
        return [value.first, value.last]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return len(value)
    if isinstance(value, tuple):
        return [_data(item) for item in value]
    if isinstance(value, Text):  # where it goes on within lines is for messages only
        return {"type": "Text", "text": value.text, "span": _data(value.span)}
    if isinstance(value, Struct):
        named = {name: _data(getattr(value, name)) for name in value.__struct_fields__}
        return {"type": type(value).__name__, **named}
    return value


# ---------------------------------------------------------------- text


def outline_text(document: Document) -> str:
    """The document as an indented tree, a line for each node with the source lines that it was read from."""
    return "\n".join(_document(document))


def inlines_text(inlines: Inlines) -> str:
    """Inlines on one line, marked much as Markdown would."""
    return "".join(map(_inline, inlines))


def _document(document: Document) -> Iterator[str]:
    place = _at(document.title_span) if document.title_span else " from the file's name"
    yield f"page {document.language}{place} {inlines_text(document.title)}".rstrip()
    yield from _indented(_blocks(document.blocks))
    for section in document.sections:
        yield from _indented(_section(section))
    for footnote in document.footnotes:
        yield f"{_STEP}footnote{_at(footnote.span)} {footnote.label}"
        yield from _indented(_indented(_blocks(footnote.children)))


def _section(section: Section) -> Iterator[str]:
    yield f"section{_at(section.span)} h{section.level} #{section.id} {inlines_text(section.title)}".rstrip()
    yield from _indented(_blocks(section.blocks))
    for inner in section.sections:
        yield from _indented(_section(inner))


def _blocks(blocks: Blocks) -> Iterator[str]:
    for block in blocks:
        yield from _block(block)


def _indented(lines: Iterator[str]) -> Iterator[str]:
    return (_STEP + line for line in lines)


def _at(span: Span) -> str:
    return f" @{span.first}" if span.first == span.last else f" @{span.first}-{span.last}"


def _line(name: str, block: Block, *words: str) -> str:
    return " ".join(filter(None, (name + _at(block.span), *words)))


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield _line("paragraph", block, inlines_text(block.children))
        case Heading():
            yield _line("heading", block, f"h{block.level} #{block.id}", inlines_text(block.children))
        case CodeBlock():
            yield from _code(block)
        case Table():
            yield from _table(block)
        case Figure():
            yield _figure(block)
        case FormulaBlock():
            yield _line("formula", block, _escaped(block.source))
        case Divider():
            yield _line("divider", block)
        case Hint():
            yield _line("hint", block, f"{block.name}={block.value}" if block.value else block.name)
        case ItemList() | DefinitionList() | Callout() | Quote() | Tabs() | Group() | SpeakerNotes():
            yield from _container(block)
        case _:
            assert_never(block)


def _container(
    block: ItemList | DefinitionList | Callout | Quote | Tabs | Group | SpeakerNotes,
) -> Iterator[str]:
    match block:
        case ItemList():
            yield from _list(block)
        case DefinitionList():
            yield _line("definitions", block)
            for entry in block.entries:
                yield f"{_STEP}term{_at(entry.span)} {inlines_text(entry.term)}".rstrip()
                yield from _indented(_indented(_blocks(entry.children)))
        case Tabs():
            yield _line("tabs", block)
            for tab in block.tabs:
                yield f"{_STEP}tab{_at(tab.span)} {inlines_text(tab.label)}".rstrip()
                yield from _indented(_indented(_blocks(tab.children)))
        case Callout():
            yield _line("callout", block, block.kind.value, inlines_text(block.title))
            yield from _indented(_blocks(block.children))
        case Group():
            yield _line("group", block, inlines_text(block.label))
            yield from _indented(_blocks(block.children))
        case Quote():
            yield _line("quote", block)
            yield from _indented(_blocks(block.children))
        case SpeakerNotes():
            yield _line("notes", block)
            yield from _indented(_blocks(block.children))
        case _:
            assert_never(block)


def _list(block: ItemList) -> Iterator[str]:
    kind = "bullets" if block.start is None else f"from {block.start}"
    yield _line("list", block, kind, "" if block.tight else "loose")
    for item in block.items:
        task = {None: "", True: " [x]", False: " [ ]"}[item.checked]
        yield f"{_STEP}item{_at(item.span)}{task}"
        yield from _indented(_indented(_blocks(item.children)))


def _code(block: CodeBlock) -> Iterator[str]:
    title = f'"{block.title}"' if block.title else ""
    marked = f"marked {','.join(map(str, block.marked))}" if block.marked else ""
    numbered = "" if block.numbered_from is None else f"numbered from {block.numbered_from}"
    yield _line("code", block, block.language, title, marked, numbered)
    for line in block.text.split("\n"):
        yield f"{_STEP}| {line}".rstrip()


def _table(table: Table) -> Iterator[str]:
    alignments = " ".join(alignment.value for alignment in table.alignments)
    yield _line("table", table, alignments, inlines_text(table.caption))
    for name, row in (*((("head", table.head),) if table.head else ()), *(("row", row) for row in table.rows)):
        cells = " | ".join(map(_cell, row.cells))
        yield f"{_STEP}{name}{_at(row.span)} {cells}".rstrip()


def _cell(cell: Cell) -> str:
    spans = f" ({cell.across}×{cell.down})" if cell.across > 1 or cell.down > 1 else ""
    return f"{inlines_text(cell.children)}{spans}"


def _figure(figure: Figure) -> str:
    image = figure.image
    wanted = f"width={figure.width:g}" if figure.width is not None else ""
    origin = f"from {_target(figure.origin)}" if figure.origin else ""
    alt = f"alt={image.alt!r}" if image.alt else ""
    missing = "" if image.picture else "missing"
    return _line("figure", figure, _short(image.source), missing, alt, wanted, origin, inlines_text(figure.legend))


def _inline(inline: Inline) -> str:
    match inline:
        case Text():
            return _escaped(inline.text)
        case Styled():
            mark = _MARKS[inline.style]
            return f"{mark}{inlines_text(inline.children)}{mark}"
        case CodeSpan():
            return f"`{_escaped(inline.text)}`"
        case FormulaSpan():
            return f"${_escaped(inline.source)}$"
        case Link():
            title = f' "{inline.title}"' if inline.title else ""
            return f"[{inlines_text(inline.children)}]({_target(inline.target)}{title})"
        case InlineImage():
            legend = f' "{inlines_text(inline.legend)}"' if inline.legend else ""
            return f"![{inline.image.alt}]({_short(inline.image.source)}{legend})"
        case FootnoteReference():
            return f"[^{inline.label}]"
        case LineBreak():
            return "⏎"
        case _:
            assert_never(inline)


def _target(target: Target) -> str:
    match target:
        case WebTarget():
            return target.url
        case SectionTarget():
            return f"#{target.id}"
        case PageTarget():
            return f"page:{target.path}" + (f"#{target.fragment}" if target.fragment else "")
        case FileTarget():
            return f"file:{target.path}"
        case BrokenTarget():
            return f"broken:{target.address}"
        case _:
            assert_never(target)


def _escaped(text: str) -> str:
    return text.replace("\n", "\\n")


def _short(source: str) -> str:
    """An address, without the data that it may hold."""
    return f"{source.split(',', 1)[0]},…" if source.startswith("data:") else source
