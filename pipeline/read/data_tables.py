"""Tables that MyST writes as a list of lists, or as values with commas between."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.diagnostics import Span
from pipeline.model.document import Alignment, Blocks, Cell, Row, Table
from pipeline.model.inlines import Inlines
from pipeline.read.blocks.nodes import Code, Container, Directive, Item, List
from pipeline.read.flatten import flat_inlines
from pipeline.read.reads import Reads

_SEPARATORS: Final = {"tab": "\t", "space": " "}


def list_table(node: Directive, caption: Inlines, reads: Reads) -> Blocks:
    """A list of rows that are lists of cells; what is no such list is shown as it is."""
    lists = [child for child in node.children if isinstance(child, List)]
    rows = [tuple(_cells(item, reads)) for child in lists for item in child.children if isinstance(item, Item)]
    if len(lists) != 1 or not all(rows):
        return reads.blocks(node.children)
    others = reads.blocks([child for child in node.children if child is not lists[0]])
    made = tuple(Row(cells=cells, span=cells[0].span.cover(cells[-1].span)) for cells in rows)
    return (*others, _table(node, made, caption))


def _cells(row: Item, reads: Reads) -> Iterator[Cell]:
    inner = [child for child in row.children if isinstance(child, List)]
    if len(inner) == len(row.children) == 1:
        for cell in inner[0].children:
            blocks = reads.blocks(cell.children if isinstance(cell, Container) else [cell])
            yield Cell(children=flat_inlines(blocks), span=cell.span)


def comma_table(node: Directive, caption: Inlines, reads: Reads) -> Blocks:
    """The rows of values, below those that an option gives as the head."""
    options = dict(node.options)
    separator = options.get("delim", ",")
    separator = _SEPARATORS.get(separator, separator[:1] or ",")
    rows: list[Row] = []
    for code in (child for child in node.children if isinstance(child, Code)):
        rows += _rows(code.lines, code.lines_from, separator, reads)
    if header := options.get("header"):
        rows = [*_rows([header], node.first, separator, reads), *rows]
    others = reads.blocks([child for child in node.children if not isinstance(child, Code)])
    return (*others, _table(node, tuple(rows), caption)) if rows else others


def _rows(lines: Sequence[str], first: int, separator: str, reads: Reads) -> Iterator[Row]:
    values = csv.reader((f"{line}\n" for line in lines), delimiter=separator, skipinitialspace=True)
    begun = 0
    for row in values:
        span = Span(first=first + begun, last=first + max(begun, values.line_num - 1))
        begun = values.line_num
        if row:
            texts = (" ".join(text.split()) for text in row)
            yield Row(cells=tuple(Cell(children=reads.inlines(t, (span.first,)), span=span) for t in texts), span=span)


def _table(node: Directive, rows: tuple[Row, ...], caption: Inlines) -> Table:
    width = max(len(row.cells) for row in rows)
    rows = tuple(_filled(row, width) for row in rows)
    options = dict(node.options)
    has_head = options.get("header-rows", "0").strip() not in {"", "0"} or "header" in options
    return Table(
        head=rows[0] if has_head else None,
        rows=rows[1:] if has_head else rows,
        alignments=(Alignment.NONE,) * width,
        caption=caption,
        span=node.span,
    )


def _filled(row: Row, width: int) -> Row:
    empty = Cell(children=(), span=row.span)
    return Row(cells=(*row.cells, *[empty] * (width - len(row.cells))), span=row.span)
