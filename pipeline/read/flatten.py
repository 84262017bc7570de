"""Blocks as inlines, for places where the model has room for one stretch of text only: cells, titles, legends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from pipeline.diagnostics import Span
from pipeline.model.document import Block, Blocks, CodeBlock, Figure, FormulaBlock, ItemList, Table
from pipeline.model.inlines import CodeSpan, FormulaSpan, InlineImage, Inlines, LineBreak, Text
from pipeline.model.text import inner_blocks, own_inlines


def flat_inlines(blocks: Blocks) -> Inlines:
    """What the blocks say, each on a line of its own."""
    return join_lines([line for block in blocks for line in _lines(block)])


def join_lines(lines: Sequence[Inlines]) -> Inlines:
    """The stretches with a line break between each two."""
    joined: list[Inlines] = []
    for line in filter(None, lines):
        if joined:
            joined.append((LineBreak(span=_first_span(line)),))
        joined.append(line)
    return tuple(inline for line in joined for inline in line)


def _first_span(line: Inlines) -> Span:
    return line[0].span


def _lines(block: Block) -> Iterator[Inlines]:
    match block:
        case ItemList():
            for number, item in enumerate(block.items, start=block.start or 0):
                mark = "• " if block.start is None else f"{number}. "
                yield (Text(text=mark, span=item.span), *flat_inlines(item.children))
        case CodeBlock():
            yield from _code_lines(block)
        case Table():
            yield block.caption
            for row in ((block.head,) if block.head else ()) + block.rows:
                yield _with_bars([cell.children for cell in row.cells], row.span)
        case Figure():
            yield (InlineImage(image=block.image, legend=block.legend, origin=block.origin, span=block.span),)
        case FormulaBlock():
            yield (FormulaSpan(source=block.source, span=block.span, drawn=block.drawn),)
        case _:
            for own, inner in zip_longest(own_inlines(block), inner_blocks(block), fillvalue=()):
                yield own
                yield flat_inlines(inner)


def _code_lines(block: CodeBlock) -> Iterator[Inlines]:
    if block.title:
        yield (Text(text=block.title, span=block.span),)
    for i, line in enumerate(block.text.split("\n")):
        number = min(block.span.first + i, block.span.last)
        yield (CodeSpan(text=line, span=Span(first=number, last=number)),)


def _with_bars(cells: list[Inlines], span: Span) -> Inlines:
    parts: list[Inlines] = []
    for cell in filter(None, cells):
        if parts:
            parts.append((Text(text=" | ", span=span),))
        parts.append(cell)
    return tuple(inline for part in parts for inline in part)
