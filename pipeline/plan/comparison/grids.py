"""Tables as rows of stretches: the page's own, and those that are drawn with lines in a block of code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from pipeline.model.document import CodeBlock, Table
from pipeline.model.text import plain_text
from pipeline.plan.comparison.passages import Passage, Stretch, stretch_of

Cells = tuple[Stretch, ...]

_RULER = re.compile(r"[\s|+\-=:─━═┄┈╌│┃║┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╒╕╘╛╞╡╤╧╪╟╢╫╥╨]+")
_BAR = re.compile(r"[|│┃║]")
_FEWEST_COLUMNS = 3
_FEWEST_ROWS = 2


class Grid(Struct, frozen=True, kw_only=True):
    """A table; `head` is empty where it has none. The words of `caption` are those of its caption or title."""

    caption: str
    head: Cells
    rows: tuple[Cells, ...]

    @property
    def headed(self) -> tuple[Cells, tuple[Cells, ...]]:
        """The row that stands for the head, and the others."""
        return (self.head, self.rows) if self.head or not self.rows else (self.rows[0], self.rows[1:])


def grid_of_table(table: Table) -> Grid:
    """A table of the page."""
    head, *rows = (
        (
            tuple(stretch_of(cell.children, cell.span.first) for cell in row.cells)
            for row in ((*((table.head,) if table.head else ()), *table.rows))
        )
        if table.head or table.rows
        else ((),)
    )
    if table.head is None:
        return Grid(caption=plain_text(table.caption), head=(), rows=(head, *rows) if head else ())
    return Grid(caption=plain_text(table.caption), head=head, rows=tuple(rows))


def grid_of_code(code: CodeBlock) -> Grid | None:
    """The table that is drawn in a block of code: a head, a ruler, and rows with as many cells; None if there is none.

    What stands above the head on a line of its own is the caption.
    """
    lines = code.text.split("\n")
    fence = 1 if code.span.last - code.span.first + 1 > len(lines) else 0
    drawn = [(code.span.first + fence + at, line) for at, line in enumerate(lines)]
    inside = [(number, line) for number, line in drawn if line.strip()]
    start = next((at for at in range(len(inside)) if _is_head(inside, at)), None)
    if start is None:
        return None
    head = _cells(*inside[start])
    rows = tuple(_rows(inside[start + 2 :], len(head)))
    caption = " ".join(_BAR.sub(" ", line).strip() for _, line in inside[:start] if not _RULER.fullmatch(line))
    return Grid(caption=caption, head=head, rows=rows) if len(rows) >= _FEWEST_ROWS else None


def _is_head(lines: list[tuple[int, str]], at: int) -> bool:
    following = lines[at + 1][1] if at + 1 < len(lines) else ""
    return len(_cells(*lines[at])) >= _FEWEST_COLUMNS and bool(_RULER.fullmatch(following))


def _rows(lines: list[tuple[int, str]], columns: int) -> Iterator[Cells]:
    """The rows up to the first line that is none."""
    for number, line in lines:
        if _RULER.fullmatch(line):
            continue
        cells = _cells(number, line)
        if len(cells) != columns:
            return
        yield cells


def _cells(number: int, line: str) -> Cells:
    """The cells between the bars of a line; empty where it is not drawn so."""
    bars = [found.start() for found in _BAR.finditer(line)]
    if len(bars) < 2 or _RULER.fullmatch(line):  # noqa: PLR2004 - a row stands between two bars at least
        return ()
    before, after = line[: bars[0]], line[bars[-1] + 1 :]
    edges = [*([-1] if before.strip() else []), *bars, *([len(line)] if after.strip() else [])]
    whole = Stretch(passage=Passage(text=line, masked=line, lines=((0, number),)), first=0, last=len(line))
    return tuple(whole.cut(first + 1, last) for first, last in pairwise(edges))
