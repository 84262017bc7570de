"""The first rung: tables whose head or first column names two subjects give their rows as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.model.document import Table
from pipeline.model.plan import ComparisonRow
from pipeline.plan.comparison.grids import Cells, Grid, grid_of_table
from pipeline.plan.comparison.labelled import Entry
from pipeline.plan.comparison.mentions import Names
from pipeline.plan.comparison.naming import exactly
from pipeline.plan.comparison.passages import Stretch
from pipeline.plan.comparison.rows import in_order, row
from pipeline.plan.comparison.titles import core

RULE = "table"


def table_rows(page: Entry, names: Names) -> Iterator[ComparisonRow]:
    """The rows of every table that compares, top to bottom."""
    for table in page.tables:
        yield from _rows_of(table, names)
    for entry in page.entries:
        yield from table_rows(entry, names)


def rows_of_table(table: Table, names: Names) -> Iterator[ComparisonRow]:
    """A table's rows, turned where the subjects stand in its first column; none where it names fewer than two."""
    yield from _rows_of(grid_of_table(table), names)


def _rows_of(grid: Grid, names: Names) -> Iterator[ComparisonRow]:
    head, rows = grid.headed
    across = _places(head, names)
    down = _places(tuple(cells[0] for cells in rows if cells), names)
    if across and 0 not in across.values():
        for cells in rows:
            yield from _row(cells[0], {subject: cells[column] for subject, column in across.items()}, names)
    elif down:
        for column, title in enumerate(head[1:], start=1):
            yield from _row(title, {subject: rows[index][column] for subject, index in down.items()}, names)


def _places(cells: Cells, names: Names) -> Mapping[str, int]:
    """Which of the cells names which subject; empty with fewer than two."""
    found: dict[str, int] = {}
    for index, cell in enumerate(cells):
        if len(subjects := exactly(cell.text, names)) == 1:
            found.setdefault(subjects[0], index)
    for index, cell in enumerate(cells):
        leading = names.leading(core(cell.text))
        if leading and len(names.named(core(cell.text))) == 1 and index not in found.values():
            found.setdefault(leading.subject, index)
    return found if len(found) > 1 else {}


def _row(aspect: Stretch, cells: Mapping[str, Stretch], names: Names) -> Iterator[ComparisonRow]:
    title = " ".join(aspect.text.split())
    if title:
        yield from row(title, RULE, in_order({s: (cell,) for s, cell in cells.items()}, names), fewest=1)
