"""How much room blocks will take, guessed from their text: enough to decide what may break over pages."""

from __future__ import annotations

from math import ceil
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
from pipeline.model.inlines import Inlines
from pipeline.model.text import own_inlines, plain_text, walk_blocks
from pipeline.write.html_inlines import MM_PER_PIXEL
from pipeline.write.html_table import text_width


def lines_of(blocks: Blocks, ems: float, millimetres: float) -> float:
    """About how many lines of text the blocks are high, in a column of so many ems and as many millimetres."""
    return sum(_own_lines(block, ems, millimetres) for block in walk_blocks(blocks))


def _own_lines(block: Block, ems: float, millimetres: float) -> float:
    match block:
        case Heading() | Paragraph():
            return _text_lines(block.children, ems) + 0.4
        case CodeBlock() | FormulaBlock():
            text = block.text if isinstance(block, CodeBlock) else block.source
            return sum(ceil((len(line) or 1) * 0.52 / ems) for line in text.split("\n")) + 1
        case Table():
            columns = len(block.alignments) or 1
            rows = (*((block.head,) if block.head else ()), *block.rows)
            share = ems / columns
            return sum(max((_text_lines(cell.children, share) for cell in row.cells), default=1) + 0.5 for row in rows)
        case Figure():
            return _figure_lines(block, millimetres) + _text_lines(block.legend, ems) + 1
        case Callout() | Group() | Tabs() | DefinitionList():
            return sum(_text_lines(inlines, ems) for inlines in own_inlines(block)) + 1
        case ItemList() | Quote() | SpeakerNotes():
            return 0.5
        case Divider() | Hint():
            return 0
        case _:
            assert_never(block)


def _text_lines(inlines: Inlines, ems: float) -> int:
    return max(ceil(text_width(plain_text(inlines)) / ems), 1)


def _figure_lines(block: Figure, millimetres: float) -> float:
    picture = block.image.picture
    if picture is None:
        return 4
    width = min((block.width or picture.width) * MM_PER_PIXEL, millimetres)
    return width * picture.height / (picture.width or 1) / 4.65
