"""Tables, of pipes and of HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from pipeline.diagnostics import Span
from pipeline.model.document import Alignment, Blocks, Cell, Paragraph, Row, Table
from pipeline.model.inlines import Inlines
from pipeline.read.blocks.leaves import split_row
from pipeline.read.blocks.nodes import Element, Html, Node, Page, PipeTable, RuledCell, RuledRow, RuledTable
from pipeline.read.definitions import FoundDefinitions
from pipeline.read.elements import pair_tags
from pipeline.read.flatten import flat_inlines, join_lines
from pipeline.read.html_events import holds_blocks
from pipeline.read.reads import Reads

_MOST_SPANNED = 100
_CELLS: Final = frozenset(["td", "th"])
_PARTS: Final = frozenset(["thead", "tbody", "tfoot"])
_ROWS_AND_CELLS: Final = frozenset(["tr", "td", "th", "caption", "col", "colgroup"])
_DRAWN = re.compile(r"[ \t]*\|[ \t]*(?:-{3,}|={3,})[-=+:| \t]*\Z")
_ALIGNMENTS = {"left": Alignment.LEFT, "center": Alignment.CENTRE, "right": Alignment.RIGHT}
_TEXT_ALIGN = re.compile(r"text-?align['\"]?\s*:\s*['\"]?(left|center|right)", re.IGNORECASE)


# ---------------------------------------------------------------- pipes


def pipe_table(node: PipeTable, caption: Inlines, reads: Reads) -> Table:
    """The table. A row that has too few cells is filled up, and one that has too many makes the table wider."""
    lines = zip(node.numbers, node.lines, strict=True)
    rows = [(number, split_row(line)) for number, line in lines if not _is_drawn(line)]
    if not _is_drawn(node.lines[1]):
        del rows[1]
    width = max(len(cells) for _, cells in rows)
    if width > len(node.alignments):
        number = next(number for number, cells in rows if len(cells) > len(node.alignments))
        message = f"this row has more cells than the table's head, which has {len(node.alignments)}"
        hint = r"the table is made wider; write a | within a cell as \|"
        reads.sink.warn("ragged-table", message, Span(first=number, last=number), hint=hint)
    made = [_pipe_row(number, cells, width, reads) for number, cells in rows]
    head = made[0] if any(rows[0][1]) else None
    alignments = node.alignments + (Alignment.NONE,) * (width - len(node.alignments))
    return Table(head=head, rows=tuple(made[1:]), alignments=alignments, caption=caption, span=node.span)


def _is_drawn(line: str) -> bool:
    """Whether a row is kramdown's line between parts of a table; one of GitHub's may have cells of dashes."""
    return _DRAWN.match(line) is not None and ("+" in line or "=" in line or len(split_row(line)) == 1)


def _pipe_row(number: int, cells: list[str], width: int, reads: Reads) -> Row:
    span = Span(first=number, last=number)
    texts = [cell.replace("\\|", "|") for cell in cells] + [""] * (width - len(cells))
    return Row(cells=tuple(Cell(children=_pipe_cell(text, number, reads), span=span) for text in texts), span=span)


def _pipe_cell(text: str, number: int, reads: Reads) -> Inlines:
    """The text of a cell; HTML blocks in it stand on lines of their own."""
    if not holds_blocks(text):
        return reads.inlines(text, (number,))
    page = Page(first=number, last=number, children=[Html(first=number, lines=[text], lines_from=number, kind=6)])
    pair_tags(page, FoundDefinitions(), reads.sink)
    return flat_inlines(reads.blocks(page.children))


# ---------------------------------------------------------------- drawn with lines


def ruled_table(node: RuledTable, caption: Inlines, reads: Reads) -> Table:
    """The table, whose first row is its head if it has one."""
    rows = [
        Row(
            cells=tuple(
                Cell(children=flat_inlines(reads.blocks(cell.children)), span=cell.span)
                for cell in row.children
                if isinstance(cell, RuledCell)
            ),
            span=row.span,
        )
        for row in node.children
        if isinstance(row, RuledRow)
    ]
    head = rows[0] if node.head else None
    body = tuple(rows[1:] if node.head else rows)
    return Table(head=head, rows=body, alignments=node.alignments, caption=caption, span=node.span)


# ---------------------------------------------------------------- HTML


def html_table(table: Element, reads: Reads) -> Blocks:
    """The table, and before it what stands in it but in none of its cells."""
    sources = [*_rows(table)]
    captions = [child for child in table.children if isinstance(child, Element) and child.name == "caption"]
    others = reads.blocks([*_others(table)])
    caption = join_lines([flat_inlines(reads.blocks(caption.children)) for caption in captions])
    grid = _Grid(reads)
    if table.tag.get("summary"):
        message = "what the table's summary says is left out, as browsers do"
        reads.sink.note("unseen-summary", message, table.opening, hint="write a <caption> to have it shown")
    rows = [_within(grid.row(source), left) for source, left in zip(sources, range(len(sources), 0, -1), strict=True)]
    width = max((len(row.cells) for row in rows), default=0)
    if not width:
        return (*others, Paragraph(children=caption, span=captions[0].span)) if caption else others
    filled = [_filled(row, width) for row in rows]
    head = filled.pop(0) if _is_head(sources[0], table) else None
    alignments = tuple(_alignment(sources[0], column) for column in range(width))
    made = Table(head=head, rows=tuple(filled), alignments=alignments, caption=caption, span=table.span)
    return (*others, made)


def _rows(container: Element) -> Iterator[Element]:
    """The rows in order; cells outside of a row make one."""
    loose: list[Node] = []
    for child in container.children:
        if isinstance(child, Element) and child.name in _CELLS:
            loose.append(child)
            continue
        if loose:
            yield _loose_row(container, loose)
            loose = []
        if isinstance(child, Element) and child.name == "tr":
            yield child
        elif isinstance(child, Element) and child.name in _PARTS:
            yield from _rows(child)
    if loose:
        yield _loose_row(container, loose)


def _loose_row(container: Element, cells: list[Node]) -> Element:
    first, last = cells[0], cells[-1]
    return replace(container, name="tr", first=first.first, last=last.last, children=cells)


def _others(container: Element) -> Iterator[Node]:
    """What stands in a table but in no row of it."""
    for child in container.children:
        if isinstance(child, Element) and child.name in _PARTS:
            yield from _others(child)
        elif not isinstance(child, Element) or child.name not in _ROWS_AND_CELLS:
            yield child


def _is_head(row: Element, table: Element) -> bool:
    cells = _cells(row)
    first = next((child for child in table.children if isinstance(child, Element) and child.name == "thead"), None)
    return bool(cells) and (all(cell.name == "th" for cell in cells) or (first is not None and row in first.children))


def _cells(row: Element) -> list[Element]:
    return [child for child in row.children if isinstance(child, Element) and child.name in _CELLS]


def _alignment(row: Element, column: int) -> Alignment:
    cells = _cells(row)
    if column >= len(cells):
        return Alignment.NONE
    tag = cells[column].tag
    style = _TEXT_ALIGN.search(tag.get("style"))
    return _ALIGNMENTS.get((tag.get("align") or (style[1] if style else "")).lower(), Alignment.NONE)


def _within(row: Row, left: int) -> Row:
    """The row with no cell that reaches below the table, which has so many rows left."""
    return replace(row, cells=tuple(replace(cell, down=min(cell.down, left)) for cell in row.cells))


def _filled(row: Row, width: int) -> Row:
    missing = tuple(Cell(children=(), span=row.span) for _ in range(width - len(row.cells)))
    return Row(cells=row.cells + missing, span=row.span)


class _Grid:
    """Lays rows out, with empty cells where a cell spans columns or rows."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self._below: dict[int, int] = {}

    def row(self, row: Element) -> Row:
        """The row with its cells in their columns."""
        cells: list[Cell] = []
        for cell in _cells(row):
            self._skip_spanned(cells, row.span)
            column = len(cells)
            across, down = _spanned(cell, "colspan"), _spanned(cell, "rowspan")
            cells.append(Cell(children=self._inlines(cell), span=cell.span, across=across, down=down))
            cells.extend(Cell(children=(), span=cell.span) for _ in range(across - 1))
            for spanned in range(column, column + across):
                self._below[spanned] = down - 1
        self._skip_spanned(cells, row.span)
        own = _cells(row)
        stray = flat_inlines(self._reads.blocks([child for child in row.children if child not in own]))
        if stray:
            before = cells.pop() if cells else Cell(children=(), span=row.span)
            children = join_lines([before.children, stray])
            cells.append(replace(before, children=children, span=before.span.cover(stray[-1].span)))
        return Row(cells=tuple(cells), span=row.span)

    def _skip_spanned(self, cells: list[Cell], span: Span) -> None:
        while self._below.get(len(cells), 0) > 0:
            self._below[len(cells)] -= 1
            cells.append(Cell(children=(), span=span))

    def _inlines(self, cell: Element) -> Inlines:
        return flat_inlines(self._reads.blocks(cell.children))


def _spanned(cell: Element, attribute: str) -> int:
    value = cell.tag.get(attribute).strip()
    return max(1, min(int(value), _MOST_SPANNED)) if value.isascii() and value.isdigit() and len(value) < 5 else 1  # noqa: PLR2004 - longer numbers are no columns
