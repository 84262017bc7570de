"""The sizes of type on a sheet: the theme's, scaled, and less where long words would not fit their column."""

from __future__ import annotations

from typing import Final

from pipeline.model.plan import CheatSheet
from pipeline.theme import Theme
from pipeline.write.html_table import MM_PER_POINT, text_width

# How much smaller than their band the letters are in marks that taper.
MARK_LETTER: Final = 0.68
# Bold letters are wider by so much, a mark with its space by so many ems; names get no smaller for one line's sake.
BOLD, MARK, SMALLEST_BAND = 1.15, 2.2, 0.68
# From so many subjects on, the aspects' column is narrower.
NARROW, NARROW_LABELS = 4, 0.75
SCALED: Final = ("title", "band", "summary", "head", "cell", "text", "address")


def sheet_sizes(sheet: CheatSheet, theme: Theme, measure: float, scale: float) -> dict[str, float]:
    """The sizes in points, none under the theme's floor; `measure` is the page's in millimetres."""
    nominal = theme.cheatsheet
    floor = float(nominal["floor"])
    sizes = {name: max(float(nominal[name]) * scale, floor) for name in SCALED}
    sizes["footer"] = max(float(nominal["footer"]) * min(scale, 1.0), floor)
    sizes["title"] = _title(sheet, measure, sizes["title"])
    # The letters in marks that taper are smaller than their band.
    sizes["band"] = max(_band(sheet, theme, measure, sizes), floor / MARK_LETTER)
    sizes["aspect"] = max(_aspect(sheet, theme, sizes["cell"]), floor)
    sizes["first"] = sizes["cell"] * 1.38
    sizes["reference"] = max(sizes["address"] * 1.08, floor)
    sizes["number"] = floor
    sizes["mono"] = max(sizes["text"] * 0.95, floor)
    return sizes


def label_column(sheet: CheatSheet, theme: Theme) -> float:
    """The width of the aspects' column in millimetres: less where many subjects need the room."""
    narrow = len(sheet.comparison.subjects) >= NARROW
    return float(theme.cheatsheet["label_column"]) * (NARROW_LABELS if narrow else 1.0)


def _title(sheet: CheatSheet, measure: float, size: float) -> float:
    """A long title is set smaller, so that it takes two lines at most where it can."""
    width = text_width(sheet.title) * 1.1 * size * MM_PER_POINT
    return max(size * min(1.0, 1.9 * measure / max(width, 1.0)), size * 0.5)


def _band(sheet: CheatSheet, theme: Theme, measure: float, sizes: dict[str, float]) -> float:
    """The size of the subjects' names: on one line where that is not too small, their words never broken."""
    names = [subject.name for subject in sheet.comparison.subjects]
    if not names:
        return sizes["band"]
    column = (measure - label_column(sheet, theme)) / len(names) - float(theme.cheatsheet["column_gap"])
    room = column / MM_PER_POINT - 2 * sizes["cell"]
    line = max(map(text_width, names)) * BOLD + MARK
    return min(sizes["band"], max(room / line, SMALLEST_BAND * sizes["band"]), room / max(_longest_word(names), 1.0))


def _aspect(sheet: CheatSheet, theme: Theme, size: float) -> float:
    """The size of the rows' names, whose words are not broken where they can stand whole."""
    room = label_column(sheet, theme) / MM_PER_POINT - size
    return min(size, room / max(_longest_word([row.aspect for row in sheet.comparison.rows]), 1.0))


def _longest_word(texts: list[str]) -> float:
    """The width of the longest word in bold, in ems; East Asian text breaks anywhere, so that none of it is long."""
    words = [word for text in texts for word in text.split() if text_width(word) < len(word) * 0.75]
    return max((text_width(word) * BOLD for word in words), default=0.0)
