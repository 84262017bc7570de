"""Tables as HTML, their columns as wide as their words ask for."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from markupsafe import Markup
from msgspec.structs import replace

from pipeline.model.document import Alignment, Row, Table
from pipeline.model.inlines import CodeSpan, Inlines, Link, SectionTarget
from pipeline.model.text import plain_text, walk_inlines
from pipeline.write.html_inlines import Printing, element, inlines_html

MM_PER_POINT = 25.4 / 72
# The mean width of a letter, and the space on both sides of a cell, in ems.
LETTER = 0.5
CELL_SPACE = 1.1
# The space more behind a column whose text ends at its edge, in ems.
BEHIND_RIGHT = 0.8
# Words of wide letters, and bold ones, are so much wider than the mean.
WIDEST_WORD = 1.2
# The longest stretch of letters that a column is widened for.
LONGEST_WORD = 22
# Code of up to so many letters is one word.
LONGEST_CODE = 24
# About what stands behind a link within the page.
_TO_PAGE = " →\u00a0page 99"
# Sizes to try, in points, until the longest words fit.
SIZES = (9.5, 8.75, 8.0)

_ALIGNED = {Alignment.RIGHT: "right", Alignment.CENTRE: "centre"}


@lru_cache(maxsize=1024)
def text_width(text: str) -> float:
    """About how wide text is, in ems."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WF" else LETTER for char in text)


def table_html(table: Table, printing: Printing, room: float) -> Markup:
    """The table with repeated head, its columns sharing `room` millimetres."""
    size = fitting_size(table, room)
    if _narrowest(table) <= _ems(room, size):
        printing = replace(printing, unbroken=LONGEST_CODE)
    columns = [
        Markup('<col style="width: {:.2f}%"/>').format(share * 100) for share in column_shares(table, _ems(room, size))
    ]
    caption = inlines_html(table.caption, printing)
    parts = [
        element("caption", caption) if caption else Markup(""),
        element("colgroup", Markup("").join(columns)),
        element("thead", _row(table.head, table, printing, "th")) if table.head else Markup(""),
        element("tbody", Markup("").join(_row(row, table, printing, "td") for row in table.rows)),
    ]
    style = f"font-size: {size}pt" if size != SIZES[0] else None
    return element("table", Markup("").join(parts), style=style)


def fitting_size(table: Table, room: float) -> float:
    """The largest size at which the longest words of all columns stand side by side, or the smallest."""
    needed = _narrowest(table)
    return next((size for size in SIZES if needed <= _ems(room, size)), SIZES[-1])


def _narrowest(table: Table) -> float:
    """The width in ems that the longest words of all columns need."""
    return sum(narrowest for narrowest, _ in _demands(table))


def natural_width(table: Table) -> float:
    """The width in millimetres of the table with no line broken."""
    return sum(widest for _, widest in _demands(table)) * SIZES[0] * MM_PER_POINT


def column_shares(table: Table, room: float) -> list[float]:
    """Each column's part of the width, `room` being in ems: its longest word's first, the rest by its text."""
    demands = _demands(table)
    spare = max(room - sum(narrowest for narrowest, _ in demands), 0.0)
    wishes = [max(widest - narrowest, 0.0) for narrowest, widest in demands]
    # Long cells ask for much more than short ones, but not in proportion: they may break.
    weights = [wish if sum(wishes) <= spare else wish**0.6 for wish in wishes]
    given = [spare * weight / (sum(weights) or 1) for weight in weights]
    widths = [narrowest + more for (narrowest, _), more in zip(demands, given, strict=True)]
    return [width / (sum(widths) or 1) for width in widths]


def _ems(room: float, size: float) -> float:
    return room / MM_PER_POINT / size


def _demands(table: Table) -> list[tuple[float, float]]:
    """For each column the width of its longest word and of its longest cell, in ems with the cell's space."""
    rows = (*((table.head,) if table.head else ()), *table.rows)
    demands = []
    for column in range(len(table.alignments)):
        texts = [_printed(row.cells[column].children) for row in rows]
        words = (text_width(word[:LONGEST_WORD]) for text in texts for word in text.split(" "))
        codes = (text_width(code) for row in rows for code in _codes(row.cells[column].children))
        longest_word = max((*words, *codes), default=0.0) * WIDEST_WORD
        if any(unicodedata.east_asian_width(char) in "WF" for text in texts for char in text):
            longest_word = min(longest_word, 4.0)
        longest_cell = max(map(text_width, texts), default=0.0)
        aside = CELL_SPACE + (BEHIND_RIGHT if _meets(table, column) else 0)
        demands.append((longest_word + aside, longest_cell + aside))
    return demands


def _printed(inlines: Inlines) -> str:
    """A cell's text with about what paper adds to a link within the page."""
    leads = any(isinstance(each, Link) and isinstance(each.target, SectionTarget) for each in walk_inlines(inlines))
    return " ".join(plain_text(inlines).split()) + (_TO_PAGE if leads else "")


def _meets(table: Table, column: int) -> bool:
    """Whether the column before ends where this one's text begins."""
    return table.alignments[max(column - 1, 0)] is Alignment.RIGHT is not table.alignments[column]


def _codes(inlines: Inlines) -> Iterator[str]:
    """The code in a cell that is short enough to stay on one line."""
    for inline in walk_inlines(inlines):
        if isinstance(inline, CodeSpan) and len(inline.text) <= LONGEST_CODE:
            yield inline.text


def _row(row: Row, table: Table, printing: Printing, tag: str) -> Markup:
    cells = [
        element(
            tag,
            inlines_html(cell.children, printing),
            class_=_ALIGNED.get(alignment),
            dir=printing.turned(plain_text(cell.children)),
            scope="col" if tag == "th" else None,
        )
        for cell, alignment in zip(row.cells, table.alignments, strict=True)
    ]
    return element("tr", Markup("").join(cells))
