"""The plain text of inlines and blocks, and walks over them, for planning and writing (verify has its own)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from pipeline.model.document import (
    Block,
    Blocks,
    Callout,
    CodeBlock,
    DefinitionList,
    Divider,
    Figure,
    FormulaBlock,
    Group,
    Heading,
    Hint,
    ItemList,
    Paragraph,
    Quote,
    SpeakerNotes,
    Table,
    Tabs,
)
from pipeline.model.inlines import (
    CodeSpan,
    FootnoteReference,
    FormulaSpan,
    Inline,
    InlineImage,
    Inlines,
    LineBreak,
    Link,
    Styled,
    Text,
)

_NUMBERED = re.compile(
    r"\W*(?:\d{1,3}(?:\.\d{1,3})*[ \t]*[.、)）:：](?!\d)|\d{1,3}(?:\.\d{1,3})+\s|[一二三四五六七八九十]{1,3}[、.．]"
    r"|第[ \t]*[\d一二三四五六七八九十百]{1,4}[ \t]*[章节節课課讲講部步]"
    r"|(?:step|chapter|part|lesson|section|schritt|kapitel|teil|étape|chapitre|paso|capítulo)[ \t]+\d)",
    re.IGNORECASE,
)


def numbers_itself(title: str) -> bool:
    """Whether a title begins with a number of its author's, beside which no other is to stand."""
    return _NUMBERED.match(title) is not None


def plain_text(inlines: Inlines) -> str:
    """What a reader sees of inlines, without marks; an image gives its legend or alternative text."""
    return "".join(map(_plain, inlines))


def _plain(inline: Inline) -> str:
    match inline:
        case Text():
            return inline.text
        case CodeSpan():
            return inline.text
        case FormulaSpan():
            return inline.source
        case Styled() | Link():
            return plain_text(inline.children)
        case InlineImage():
            return plain_text(inline.legend) or inline.image.alt
        case FootnoteReference():
            return ""
        case LineBreak():
            return "\n"
        case _:
            assert_never(inline)


def walk_inlines(inlines: Inlines) -> Iterator[Inline]:
    """Every inline, parents before children, in reading order."""
    for inline in inlines:
        yield inline
        if isinstance(inline, Styled | Link):
            yield from walk_inlines(inline.children)
        elif isinstance(inline, InlineImage):
            yield from walk_inlines(inline.legend)


def walk_blocks(blocks: Blocks) -> Iterator[Block]:
    """Every block, parents before children, in reading order."""
    for block in blocks:
        yield block
        for inner in inner_blocks(block):
            yield from walk_blocks(inner)


def inner_blocks(block: Block) -> tuple[Blocks, ...]:
    """The groups of blocks that stand directly inside a block."""
    match block:
        case ItemList():
            return tuple(item.children for item in block.items)
        case DefinitionList():
            return tuple(entry.children for entry in block.entries)
        case Tabs():
            return tuple(tab.children for tab in block.tabs)
        case Callout() | Quote() | Group() | SpeakerNotes():
            return (block.children,)
        case Heading() | Paragraph() | CodeBlock() | Table() | Figure() | FormulaBlock() | Divider() | Hint():
            return ()
        case _:
            assert_never(block)


def own_inlines(block: Block) -> tuple[Inlines, ...]:
    """The stretches of inlines that stand in a block itself, not in the blocks inside it."""
    match block:
        case Heading() | Paragraph():
            return (block.children,)
        case Callout():
            return (block.title,)
        case Group():
            return (block.label,)
        case Figure():
            return (block.legend,)
        case Table():
            rows = ((block.head,) if block.head else ()) + block.rows
            return (block.caption, *(cell.children for row in rows for cell in row.cells))
        case DefinitionList():
            return tuple(entry.term for entry in block.entries)
        case Tabs():
            return tuple(tab.label for tab in block.tabs)
        case ItemList() | Quote() | SpeakerNotes() | CodeBlock() | FormulaBlock() | Divider() | Hint():
            return ()
        case _:
            assert_never(block)
