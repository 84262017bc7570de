"""The sizes of type on a sheet: the theme's, scaled, and less where long words would not fit their column."""

from __future__ import annotations

from math import ceil
from types import MappingProxyType
from typing import Final

from pipeline.model.plan import CheatSheet, Subject
from pipeline.model.text import plain_text
from pipeline.theme import Theme
from pipeline.write.html_table import MM_PER_POINT, text_width

# How much smaller than their band the letters are in marks that taper.
MARK_LETTER: Final = 0.68
# Bold letters are wider by so much, a mark with its space by so many ems; names get no smaller for one line's sake.
BOLD, MARK, SMALLEST_BAND, ALIAS_SPACE = 1.12, 2.2, 0.68, 0.7
# A single word in bold may be wider than words are on the average.
BOLD_WORD: Final = 1.2
LEAST_BAND: Final = 1.0
# From so many subjects on, the aspects' column is narrower.
NARROW, NARROW_LABELS = 4, 0.75
# It is so much wider only where the rows are so much lower for it, as with long names of short cells.
WIDER, LOWER = (1.4, 1.8, 2.2), 0.9
# The cells of the first row are so many times larger than the others.
FIRST: Final = 1.38
# What is large already grows no further than this.
MOST_GROWTH: Final = MappingProxyType({"title": 1.2, "band": 1.3, "summary": 1.4, "cell": 1.35, "address": 1.35})
# The part of the page that a line of the summary takes, and how much longer than it is little.
SUMMARY_WIDTH, A_LITTLE_MORE = 0.93, 1.14
SCALED: Final = ("title", "band", "summary", "head", "cell", "text", "address")


def sheet_sizes(sheet: CheatSheet, theme: Theme, measure: float, scale: float) -> dict[str, float]:
    """The sizes in points, none under the theme's floor; `measure` is the page's in millimetres."""
    nominal = theme.cheatsheet
    floor = float(nominal["floor"])
    sizes = {name: max(float(nominal[name]) * min(scale, MOST_GROWTH.get(name, scale)), floor) for name in SCALED}
    sizes["summary"] = max(_summary(sheet, measure, sizes["summary"]), floor)
    sizes["footer"] = max(float(nominal["footer"]) * min(scale, 1.0), floor)
    sizes["title"] = _title(sheet, measure, sizes["title"])
    # The letters in marks that taper are smaller than their band.
    sizes["band"] = max(_band(sheet, theme, measure, sizes), floor / MARK_LETTER)
    sizes["aspect"] = max(_aspect(sheet, theme, measure, sizes["cell"]), floor)
    sizes["first"] = max(_first(sheet, theme, measure, sizes["cell"]), sizes["cell"])
    sizes["reference"] = max(sizes["address"] * 1.08, floor)
    sizes["number"] = floor
    sizes["mono"] = max(sizes["text"] * 0.95, floor)
    return sizes


def label_column(sheet: CheatSheet, theme: Theme, measure: float) -> float:
    """The width of the aspects' column in millimetres: less where many subjects need the room, more for long names."""
    narrow = len(sheet.comparison.subjects) >= NARROW
    usual = best = float(theme.cheatsheet["label_column"]) * (NARROW_LABELS if narrow else 1.0)
    for more in WIDER if sheet.comparison.rows else ():
        wider = usual * more
        if _lines(sheet, theme, measure, wider) < LOWER * _lines(sheet, theme, measure, best):
            best = wider
    return best


def _lines(sheet: CheatSheet, theme: Theme, measure: float, labels: float) -> int:
    """About how many lines the rows take with the aspects' column so wide."""
    em = float(theme.cheatsheet["cell"]) * MM_PER_POINT
    column = (measure - labels) / len(sheet.comparison.subjects) - float(theme.cheatsheet["column_gap"]) - 2 * em
    return sum(
        max(
            ceil(text_width(row.aspect) * BOLD * em / (labels - em)),
            *(ceil(text_width(row.said_of(subject.name)) * em / column) for subject in sheet.comparison.subjects),
        )
        for row in sheet.comparison.rows
    )


def _title(sheet: CheatSheet, measure: float, size: float) -> float:
    """A long title is set smaller, so that it takes two lines at most where it can."""
    width = text_width(sheet.title) * 1.1 * size * MM_PER_POINT
    return max(size * min(1.0, 1.9 * measure / max(width, 1.0)), size * 0.5)


def _summary(sheet: CheatSheet, measure: float, size: float) -> float:
    """A summary that is little longer than its lines is set smaller rather than with a last line of a word."""
    line = SUMMARY_WIDTH * measure / MM_PER_POINT
    lines = text_width(plain_text(sheet.summary)) * size / line
    whole = max(int(lines), 1)
    return size * whole / lines if whole < lines <= whole * A_LITTLE_MORE else size


def _band(sheet: CheatSheet, theme: Theme, measure: float, sizes: dict[str, float]) -> float:
    """The size of the subjects' names: on one line where that is not too small, their words never broken."""
    names = [subject.name for subject in sheet.comparison.subjects]
    if not names:
        return sizes["band"]
    column = (measure - label_column(sheet, theme, measure)) / len(names) - float(theme.cheatsheet["column_gap"])
    room = column / MM_PER_POINT - 2 * sizes["cell"]
    beside = sizes["summary"] / sizes["band"]
    least = max(LEAST_BAND * sizes["cell"], SMALLEST_BAND * sizes["band"])
    # Names with their marks stand on one line, if not beside their other names, then above them.
    lines = [room / max(_band_ems(subject, share) for subject in sheet.comparison.subjects) for share in (beside, None)]
    line = next((line for line in lines if line >= least), lines[-1])
    smallest = line if line >= LEAST_BAND * sizes["cell"] else SMALLEST_BAND * sizes["band"]
    return min(sizes["band"], max(line, smallest), room / max(_longest_word(names), 1.0))


def _band_ems(subject: Subject, beside: float | None) -> float:
    """How wide a name is with its mark, and with its other names where they stand beside it so large, in ems."""
    others = text_width(other_names(subject)) + ALIAS_SPACE if subject.aliases else 0.0
    return text_width(subject.name) * BOLD + MARK + others * (beside or 0.0)


def other_names(subject: Subject) -> str:
    """What stands beside the subject's name in its band."""
    return ", ".join(subject.aliases[:2])


def _first(sheet: CheatSheet, theme: Theme, measure: float, size: float) -> float:
    """The size of the first row's cells: large, but on one line."""
    subjects, rows = sheet.comparison.subjects, sheet.comparison.rows
    if not rows:
        return size
    column = (measure - label_column(sheet, theme, measure)) / len(subjects) - float(theme.cheatsheet["column_gap"])
    widest = max(text_width(cell.text) * BOLD for cell in rows[0].cells) if rows[0].cells else 1.0
    return min(size * FIRST, (column / MM_PER_POINT - 2 * size) / max(widest, 1.0))


def _aspect(sheet: CheatSheet, theme: Theme, measure: float, size: float) -> float:
    """The size of the rows' names, whose words are not broken where they can stand whole."""
    room = label_column(sheet, theme, measure) / MM_PER_POINT - size
    return min(size, room / max(_longest_word([row.aspect for row in sheet.comparison.rows]), 1.0))


def _longest_word(texts: list[str]) -> float:
    """The width of the longest word in bold, in ems; East Asian text breaks anywhere, so that none of it is long."""
    words = [word for text in texts for word in text.split() if text_width(word) < len(word) * 0.75]
    return max((text_width(word) * BOLD_WORD for word in words), default=0.0)
