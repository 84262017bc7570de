"""Tables that are too wide for one slide and stand on several, each with some of the columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pipeline.verify.phrase import Piece
from pipeline.verify.stream import Stream
from pipeline.verify.units import Kind, Unit

# What may stand between two cells of a row.
CELL_GAP = 8
# How many rows are asked in which parts a table stands.
_VOTES = 5


class Order(Struct, frozen=True, kw_only=True):
    """Units in the order in which a file shows them; for each cell its row, and the part of the table it is in."""

    units: tuple[int, ...]
    rows: Mapping[int, tuple[int, int]]


def shown_order(units: Sequence[Unit], wanted: Sequence[int], stream: Stream) -> Order:
    """The wanted units as they stand on the page, but tables that the stream has in parts part by part.

    A caption comes after its table where the stream has it so.
    """
    order: list[int] = []
    rows: dict[int, tuple[int, int]] = {}
    for run in _runs(units, wanted):
        starts = _starts(units, run, stream) if units[run[0]].row is not None else (0,)
        parts: list[list[int]] = [[] for _ in starts]
        for index in run:
            part = max(0, sum(start <= units[index].column for start in starts) - 1)
            parts[part].append(index)
            row = units[index].row
            if row is not None:
                rows[index] = (row, part)
        below = order[-1:] if order and _is_below(units, order[-1], parts[-1], stream) else []
        del order[len(order) - len(below) :]
        order.extend(index for part in parts for index in part)
        order.extend(below)
    return Order(units=tuple(order), rows=rows)


def _is_below(units: Sequence[Unit], caption: int, table: Sequence[int], stream: Stream) -> bool:
    """Whether the stream has a caption once, and right below the last row of its table."""
    if units[caption].kind is not Kind.CAPTION or units[table[-1]].row is None:
        return False
    found = stream.occurrences(units[caption].phrase.pieces)
    last = joined([units[index].phrase.pieces for index in table if units[index].row == units[table[-1]].row])
    if len(found) != 1 or stream.text.startswith(units[table[0]].phrase.pieces[0].key, found[0].end):
        return False
    return stream.before(last, found[0].start) is not None


def joined(cells: Sequence[Sequence[Piece]]) -> tuple[Piece, ...]:
    """The pieces of cells that stand side by side."""
    first, *others = cells
    pieces = list(first)
    for cell in others:
        pieces.append(replace(cell[0], gap=cell[0].gap + CELL_GAP))
        pieces.extend(cell[1:])
    return tuple(pieces)


def _runs(units: Sequence[Unit], wanted: Sequence[int]) -> Iterator[list[int]]:
    """The units, those of one table together; between the rows of two tables a number is left out."""
    run: list[int] = []
    for index in wanted:
        row, last = units[index].row, units[run[-1]].row if run else None
        if run and not (row is not None and last is not None and row - last in {0, 1}):
            yield run
            run = []
        run.append(index)
    if run:
        yield run


def _starts(units: Sequence[Unit], table: Sequence[int], stream: Stream) -> tuple[int, ...]:
    """The first column of each part in which the stream has a table; of one that it has not in parts, 0 alone.

    Of the rows that have most cells those that say most tell, by majority. One that stands in parts tells more than
    those that stand whole somewhere, as rows do that another table has too.
    """
    rows: dict[int, list[int]] = {}
    for index in table:
        rows.setdefault(units[index].row or 0, []).append(index)
    most = max(map(len, rows.values()))
    telling = sorted((row for row in rows.values() if len(row) == most), key=lambda row: -_size(units, row))[:_VOTES]
    # The head tells even without its corner: a comparison that has the rows whole calls its columns in its own way.
    head = rows[min(rows)]
    votes = Counter(_starts_of(units, row, stream) for row in (*telling, *([] if head in telling else [head])))
    in_parts = Counter({starts: count for starts, count in votes.items() if len(starts) > 1})
    return (in_parts or votes).most_common(1)[0][0]


def _size(units: Sequence[Unit], row: Sequence[int]) -> int:
    return sum(len(units[index].phrase.key) for index in row)


def _starts_of(units: Sequence[Unit], row: Sequence[int], stream: Stream) -> tuple[int, ...]:
    """The first column of each part that a row stands in: each part begins with the table's first column."""
    lead = tuple(index for index in row if units[index].column == 0)
    rest = row[len(lead) :]
    starts, at, low = [0], 0, 0
    while at < len(rest):
        reach, end = _reach(units, (*lead, *rest[at:]), stream, low)
        if reach <= len(lead):
            return (0,)
        if at:
            starts.append(units[rest[at]].column)
        at, low = at + reach - len(lead), end
    return tuple(starts)


def _reach(units: Sequence[Unit], cells: Sequence[int], stream: Stream, low: int) -> tuple[int, int]:
    """How many of the cells stand side by side from a position on, and where they end."""
    reach, end = 0, low
    while reach < len(cells):
        pieces = joined([units[index].phrase.pieces for index in cells[: reach + 1]])
        match = stream.find(pieces, low, len(stream))
        if match is None:
            break
        reach, end = reach + 1, match.end
    return reach, end
