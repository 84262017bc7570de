"""Tables as pieces: cells as runs, columns aligned by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from pipeline.model.document import Alignment, Row, Table
from pipeline.model.fitted import Run
from pipeline.model.text import plain_text
from pipeline.plan.deck.pieces import Shown, TablePiece, TextPiece
from pipeline.plan.deck.runs import Inker, text_of
from pipeline.plan.deck.setting import Para
from pipeline.plan.speech import word_count
from pipeline.theme import Colour

_NUMBER = re.compile(r"[~≈<>≤≥]?\s*[-+−±]?[$€£¥]?\d[\d  .,]*(?:\s?(?:%|[°µ]?[A-Za-z]{1,3}))?")
_EMPTY = frozenset({"", "-", "–", "—", "n/a", "N/A"})
_LONGEST_CAPTION = 60
_LONGEST_NAME = 6
"""A first column of up to so many words, on average, holds names."""


def table_pieces(table: Table, ink: Inker) -> Iterator[Shown]:
    """The piece of a table, its caption apart where it is long."""
    caption = ink.runs(table.caption, ink.plain("", colour=Colour.MUTED))
    if word_count(text_of(caption)) > _LONGEST_CAPTION:
        yield Shown(piece=TextPiece(paras=(Para(runs=caption),)), words=word_count(text_of(caption)))
        caption = ()
    yield _table_piece(table, ink, caption) if table.alignments else Shown(piece=None)


def _table_piece(table: Table, ink: Inker, caption: tuple[Run, ...]) -> Shown:
    bold_first = _names_rows(table)
    piece = TablePiece(
        head=_cells(table.head, ink, bold=True) if table.head and _says_something(table.head) else None,
        rows=tuple(_row(row, ink, bold_first=bold_first) for row in table.rows),
        alignments=tuple(_alignment(table, column) for column in range(len(table.alignments))),
        caption=caption,
        bold_first_column=bold_first,
        description=table_description(table),
    )
    return Shown(piece=piece)


def _says_something(row: Row) -> bool:
    return any(plain_text(cell.children).strip() for cell in row.cells)


def _cells(row: Row, ink: Inker, *, bold: bool) -> tuple[tuple[Run, ...], ...]:
    base = ink.plain("", bold=bold)
    return tuple(ink.runs(cell.children, base) for cell in row.cells)


def _row(row: Row, ink: Inker, *, bold_first: bool) -> tuple[tuple[Run, ...], ...]:
    cells = _cells(row, ink, bold=False)
    first = tuple(replace(run, bold=True) for run in cells[0]) if bold_first and cells else ()
    return (first, *cells[1:]) if bold_first and cells else cells


def _names_rows(table: Table) -> bool:
    """Whether the first column names the rows: words, short ones, each different, beside other columns."""
    names = [plain_text(row.cells[0].children).strip() for row in table.rows if row.cells]
    if len(table.alignments) < len(("name", "value")) or not names:
        return False
    distinct = len(set(names)) == len(names) and all(names)
    words = sum(map(word_count, names)) / len(names) <= _LONGEST_NAME
    return distinct and words and not all(_NUMBER.fullmatch(name) for name in names)


def _alignment(table: Table, column: int) -> Alignment:
    """The author's alignment, else right for numbers."""
    given = table.alignments[column]
    if given is not Alignment.NONE:
        return given
    texts = [plain_text(row.cells[column].children).strip() for row in table.rows]
    numbers = [text for text in texts if text not in _EMPTY]
    return Alignment.RIGHT if numbers and all(map(_NUMBER.fullmatch, numbers)) and column else Alignment.LEFT


def table_description(table: Table) -> str:
    """What a table is called where it cannot be seen: its caption, or its columns' names."""
    names = [plain_text(cell.children).strip() for cell in table.head.cells] if table.head else []
    caption = plain_text(table.caption).strip()
    columns = ", ".join(name for name in names if name)
    return caption or columns
