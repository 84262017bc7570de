"""The first rung: tables whose head or first column names two subjects give their rows as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.model.document import Cell, Table
from pipeline.model.plan import ComparisonCell, ComparisonRow
from pipeline.model.text import plain_text
from pipeline.plan.comparison.labelled import Entry
from pipeline.plan.comparison.mentions import Names
from pipeline.plan.comparison.naming import exactly
from pipeline.plan.comparison.passages import stretch_of
from pipeline.plan.comparison.titles import core

RULE = "table"


def table_rows(page: Entry, names: Names) -> Iterator[ComparisonRow]:
    """The rows of every table that compares, top to bottom."""
    for table in page.tables:
        yield from rows_of_table(table, names)
    for entry in page.entries:
        yield from table_rows(entry, names)


def rows_of_table(table: Table, names: Names) -> Iterator[ComparisonRow]:
    """A table's rows, turned where the subjects stand in its first column; none where it names fewer than two."""
    head, rows = (
        (table.head, table.rows) if table.head else (table.rows[0], table.rows[1:]) if table.rows else (None, ())
    )
    if head is None:
        return
    across = _places(head.cells, names)
    down = _places(tuple(row.cells[0] for row in rows if row.cells), names)
    if across and 0 not in across.values():
        for row in rows:
            yield from _row(row.cells[0], {subject: row.cells[column] for subject, column in across.items()})
    elif down:
        for column, title in enumerate(head.cells[1:], start=1):
            yield from _row(title, {subject: rows[index].cells[column] for subject, index in down.items()})


def _places(cells: tuple[Cell, ...], names: Names) -> Mapping[str, int]:
    """Which of the cells names which subject; empty with fewer than two."""
    texts = [plain_text(cell.children) for cell in cells]
    found: dict[str, int] = {}
    for index, text in enumerate(texts):
        if len(subjects := exactly(text, names)) == 1:
            found.setdefault(subjects[0], index)
    for index, text in enumerate(texts):
        leading = names.leading(core(text))
        if leading and len(names.named(core(text))) == 1 and index not in found.values():
            found.setdefault(leading.subject, index)
    return found if len(found) > 1 else {}


def _row(aspect: Cell, cells: Mapping[str, Cell]) -> Iterator[ComparisonRow]:
    title = " ".join(plain_text(aspect.children).split())
    stretches = {subject: stretch_of(cell.children, cell.span.first) for subject, cell in cells.items()}
    found = tuple(
        ComparisonCell(subject=subject, text=stretch.text, line=stretch.line)
        for subject, stretch in stretches.items()
        if stretch.text
    )
    if title and found:
        yield ComparisonRow(aspect=title, rule=RULE, cells=found)
