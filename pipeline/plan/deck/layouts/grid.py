"""Native tables: rows of fitted cells with their rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.document import Alignment
from pipeline.model.fitted import FittedCell, FittedParagraph, FittedRow, Run, Stroke, TableBox, TextAlign
from pipeline.plan.deck.layouts.columns import Cells, breaks, column_widths
from pipeline.plan.deck.layouts.space import box, shifted
from pipeline.plan.deck.layouts.text import text_box
from pipeline.plan.deck.pieces import FixedPiece, Measured, TablePiece
from pipeline.plan.deck.setting import Para, Rank, Setter, height
from pipeline.theme import Colour
from pipeline.units import Emu, Pt

_COLUMN_GAP = Emu.from_inches(0.2)
_GAP_BEHIND_RIGHT = Emu.from_inches(0.45)
"""The gap between text that ends at its column's edge and the text that begins there."""
INK_RULE = Stroke(colour=Colour.INK, width=Emu.from_points(1.5))
HAIRLINE = Stroke(colour=Colour.RULE, width=Emu.from_points(0.75))
_CAPTION_GAP = Emu.from_inches(0.125)
_PADDING = 0.36
"""Space above and below a cell's text, in ems."""
_ALIGN = {
    Alignment.NONE: TextAlign.START,
    Alignment.LEFT: TextAlign.START,
    Alignment.CENTRE: TextAlign.CENTRE,
    Alignment.RIGHT: TextAlign.END,
}

_Column = tuple[Emu, TextAlign, Emu]


def table_size(setter: Setter, step: int) -> Pt:
    """The size of cells at a step."""
    sizes = setter.theme.type.table
    return sizes[min(step, len(sizes) - 1)]


class _Grid(Struct, frozen=True, kw_only=True):
    """A table set at a size."""

    widths: tuple[Emu, ...]
    head: FittedRow | None
    rows: tuple[FittedRow, ...]


def least_table_height(setter: Setter, piece: TablePiece, step: int) -> Emu:
    """How high a table is at least at a step: a line in each of its rows."""
    size = table_size(setter, step)
    lines = setter.least_height(len(piece.rows), size, setter.theme.leading.head)
    return Emu(lines + len(piece.rows) * _padding(size))


def table_box(setter: Setter, piece: TablePiece, width: Emu, step: int) -> Measured | None:
    """The whole of a table; None where a word does not fit its column at that step."""
    grid = _grid(setter, piece, width, step)
    return None if grid is None else _boxed(setter, piece, grid, grid.rows, captioned=True)


def broken_names(setter: Setter, piece: TablePiece, width: Emu, step: int) -> int:
    """How many cells of the first column have a word that is broken at a step."""
    grid = _grid(setter, piece, width, step)
    if grid is None:
        return 0
    size = table_size(setter, step)
    return sum(1 for row in piece.rows if breaks(setter, row[0], size, grid.widths[0]))


def split_table(setter: Setter, piece: TablePiece, width: Emu, limit: Emu, step: int) -> tuple[FixedPiece, ...]:
    """A table over slides, as many rows on each as fit a height, under the same head; by columns where it is wide."""
    parts = [piece] if _grid(setter, piece, width, step) else list(_by_columns(setter, piece, width, step))
    return tuple(fixed for part in parts for fixed in _at_fitting_step(setter, part, width, limit, step))


def _at_fitting_step(setter: Setter, piece: TablePiece, width: Emu, limit: Emu, step: int) -> tuple[FixedPiece, ...]:
    """The table over slides, at the first step from one on at which no row must be cut, if there is any."""
    steps = range(step, len(setter.theme.type.table))
    found = tuple(_by_rows(setter, piece, width, limit, step))
    for smaller in steps[1:]:
        if not any(fixed.cut for fixed in found):
            break
        found = tuple(_by_rows(setter, piece, width, limit, smaller))
    return found


def _by_rows(setter: Setter, piece: TablePiece, width: Emu, limit: Emu, step: int) -> Iterator[FixedPiece]:
    grid = _grid(setter, piece, width, step, squeeze=True)
    if grid is None:
        raise AssertionError(piece.description)
    if grid.head and grid.head.height > limit // 2:
        grid = replace(grid, head=None, rows=(grid.head, *grid.rows))
    caption = _caption(setter, piece, width)
    room = limit - (grid.head.height if grid.head else 0) - (caption.height + _CAPTION_GAP if caption else 0)
    rows = tuple(part for row in grid.rows for part in cut_row(row, Emu(room)))
    chunks = tuple(in_chunks(rows, room)) or ((),)
    for at, chunk in enumerate(chunks):
        measured = _boxed(setter, piece, grid, chunk, captioned=at == len(chunks) - 1)
        yield FixedPiece(measured=measured, cut=len(rows) > len(grid.rows))


def in_chunks(rows: Sequence[FittedRow], room: int) -> Iterator[tuple[FittedRow, ...]]:
    """Rows in as few chunks as fit, about equally high."""
    total = sum(row.height for row in rows)
    aim = total / max(1, -(-total // room))
    chunk: list[FittedRow] = []
    used = passed = 0
    made = 1
    for row in rows:
        full = used + row.height > room or passed + row.height / 2 > aim * made
        if chunk and full:
            yield tuple(chunk)
            chunk, used, made = [], 0, made + 1
        chunk.append(row)
        used += row.height
        passed += row.height
    if chunk:
        yield tuple(chunk)


def cut_row(row: FittedRow, room: Emu) -> Iterator[FittedRow]:
    """A row as it stands, or cut between lines where it is higher than a slide."""
    if row.height <= room:
        yield row
        return
    leading = max(p.leading for cell in row.cells for p in cell.paragraphs)
    padding = row.height - max(height(cell.paragraphs) for cell in row.cells)
    most = max(1, int((room - padding) / leading.emu))
    longest = max(len(p.lines) for cell in row.cells for p in cell.paragraphs)
    for start in range(0, longest, most):
        cells = tuple(_cut_cell(cell, start, most) for cell in row.cells)
        high = max(height(cell.paragraphs) for cell in cells) + padding
        yield replace(row, cells=cells, height=Emu(high))


def _cut_cell(cell: FittedCell, start: int, most: int) -> FittedCell:
    cut = [replace(p, lines=p.lines[start : start + most]) for p in cell.paragraphs if p.lines[start:]]
    blank = replace(cell.paragraphs[0], lines=(replace(cell.paragraphs[0].lines[0], runs=(), width=Emu(0)),))
    return replace(cell, paragraphs=tuple(cut) or (blank,))


def _by_columns(setter: Setter, piece: TablePiece, width: Emu, step: int) -> Iterator[TablePiece]:
    """The table as few, each with the first column and about as many others as the next one, as far as they fit."""
    filled = _filled(setter, piece, width, step)
    even = _evenly(len(piece.alignments) - 1, len(filled))
    fits = all(end - start == 1 or _grid(setter, _columns(piece, start, end), width, step) for start, end in even)
    for start, end in even if fits else filled:
        yield _columns(piece, start, end)
    if len(piece.alignments) == 1:
        yield piece


def _filled(setter: Setter, piece: TablePiece, width: Emu, step: int) -> list[tuple[int, int]]:
    """The columns of each part, where a part takes as many as fit."""
    count = len(piece.alignments)
    parts: list[tuple[int, int]] = []
    start = 1
    while start < count:
        end = start + 1
        while end < count and _grid(setter, _columns(piece, start, end + 1), width, step):
            end += 1
        parts.append((start, end))
        start = end
    return parts


def _evenly(columns: int, parts: int) -> list[tuple[int, int]]:
    """The columns behind the first in so many parts."""
    edges = [1 + -(-columns * at // parts) for at in range(parts + 1)] if parts else []
    return list(pairwise(edges))


def _columns(piece: TablePiece, start: int, end: int) -> TablePiece:
    def pick(cells: tuple[tuple[Run, ...], ...]) -> tuple[tuple[Run, ...], ...]:
        return (cells[0], *cells[start:end])

    return replace(
        piece,
        head=pick(piece.head) if piece.head else None,
        rows=tuple(map(pick, piece.rows)),
        alignments=(piece.alignments[0], *piece.alignments[start:end]),
    )


def _grid(setter: Setter, piece: TablePiece, width: Emu, step: int, *, squeeze: bool = False) -> _Grid | None:
    """The table set at a step; None where a word does not fit its column, unless columns may be squeezed."""
    size = table_size(setter, step)
    head_size = min(size, setter.theme.type.table_head)
    sized = [(piece.head, head_size)] if piece.head else []
    aligns = [_ALIGN[alignment] for alignment in piece.alignments]
    gaps = _gaps(aligns)
    widths = column_widths(setter, [*sized, *((row, size) for row in piece.rows)], width, gaps, squeeze=squeeze)
    if widths is None:
        return None
    columns = tuple(zip(widths, aligns, gaps, strict=True))
    head = _row(setter, piece.head, columns, head_size, INK_RULE) if piece.head else None
    rows = tuple(_row(setter, row, columns, size, HAIRLINE) for row in piece.rows)
    return _Grid(widths=widths, head=head, rows=rows)


def _gaps(aligns: Sequence[TextAlign]) -> list[Emu]:
    """The gap before each column: none before the first, a wider one where texts would meet."""
    meet = [pair == (TextAlign.END, TextAlign.START) for pair in pairwise(aligns)]
    return [Emu(0), *(_GAP_BEHIND_RIGHT if each else _COLUMN_GAP for each in meet)][: len(aligns)]


def _row(setter: Setter, cells: Cells, columns: Sequence[_Column], size: Pt, rule: Stroke) -> FittedRow:
    fitted = tuple(_cell(setter, runs, size, column) for runs, column in zip(cells, columns, strict=True))
    high = max(height((paragraph,)) for paragraph in fitted) + _padding(size)
    return FittedRow(
        cells=tuple(FittedCell(paragraphs=(paragraph,)) for paragraph in fitted), height=Emu(high), rule=rule
    )


def _padding(size: Pt) -> Emu:
    """The space above and below the text of a row."""
    return Emu(round(2 * _PADDING * size.emu))


def _cell(setter: Setter, runs: tuple[Run, ...], size: Pt, column: _Column) -> FittedParagraph:
    """A cell's text; the gap before its column is its indent, so that text and rules share their left edge."""
    width, align, gap = column
    fitted = setter.fit_cached(runs, size, Emu(width - gap), setter.theme.leading.head)
    return replace(fitted, align=align, indent=gap if align is TextAlign.START else Emu(0))


def _boxed(setter: Setter, piece: TablePiece, grid: _Grid, rows: tuple[FittedRow, ...], *, captioned: bool) -> Measured:
    head = (grid.head,) if grid.head else ()
    ruled = (*head, *rows[:-1], replace(rows[-1], rule=INK_RULE)) if rows else head
    high = sum(row.height for row in ruled)
    table = TableBox(
        rect=box(0, 0, sum(grid.widths), high),
        widths=grid.widths,
        rows=ruled,
        has_head=bool(head),
        bold_first_column=piece.bold_first_column,
        description=piece.description,
    )
    caption = _caption(setter, piece, Emu(sum(grid.widths))) if captioned else None
    if caption is None:
        return Measured(height=Emu(high), elements=(table,))
    top = high + _CAPTION_GAP
    return Measured(height=Emu(top + caption.height), elements=(table, *shifted(caption.elements, 0, top)))


def _caption(setter: Setter, piece: TablePiece, width: Emu) -> Measured | None:
    if not piece.caption:
        return None
    return text_box(setter, (Para(runs=piece.caption, rank=Rank.LEGEND),), width, 0, "Caption")
