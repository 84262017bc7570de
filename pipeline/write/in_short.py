"""The gist of a page that compares, for the handout's front: its subjects and the rows that say most in few words."""

from __future__ import annotations

from itertools import accumulate
from math import ceil
from typing import Final
from urllib.parse import quote

from msgspec import Struct

from pipeline.model.plan import Comparison, ComparisonRow, Handout, Subject
from pipeline.write.html_inlines import LEFT_TO_RIGHT
from pipeline.write.html_table import MM_PER_POINT, text_width
from pipeline.write.labels import direction, without_lone_word
from pipeline.write.marks import LETTERS, SHAPES
from pipeline.write.paper import Margins

# What the front needs, in millimetres: for its title and each line below it, the contents and each line of them.
TITLE, LEAD, CONTENTS, ENTRY = 46.0, 6.7, 17.0, 7.9
# So many ems stand on a line of text below the title.
LEAD_EMS = 26.0
HEAD, LINE, ROW_SPACE = 24.0, 4.5, 2.3
MOST_ROWS = 8
# Rather than fewer rows than this the slides move to the next page.
FEWEST_ROWS = 3
# A cell of more ems than this is no gist.
LONGEST_CELL = 75.0
# Aspects take this part of the width.
ASPECTS: Final = 0.2


class ShortSubject(Struct, frozen=True, kw_only=True):
    """A subject with its mark."""

    letter: str
    shape: str
    name: str


class ShortCell(Struct, frozen=True, kw_only=True):
    """What is said of a subject, empty where the page does not say, and the address of the place where it says so."""

    text: str
    address: str


class ShortRow(Struct, frozen=True, kw_only=True):
    """An aspect and what is said of each subject."""

    aspect: str
    cells: tuple[ShortCell, ...]

    @property
    def address(self) -> str:
        """The address of the place where the page speaks of the aspect."""
        return next((cell.address for cell in self.cells if cell.address), "")


class InShort(Struct, frozen=True, kw_only=True):
    """The front's small comparison. So many `more` rows are told of in the handout, from that address on."""

    subjects: tuple[ShortSubject, ...]
    rows: tuple[ShortRow, ...]
    more: int
    more_address: str

    @property
    def blanks(self) -> bool:
        """Whether a cell is empty."""
        return any(not cell.text for row in self.rows for cell in row.cells)


def short_subjects(comparison: Comparison) -> tuple[ShortSubject, ...]:
    """The subjects with their marks, as many as there are letters for."""
    return tuple(
        ShortSubject(letter=letter, shape=shape, name=subject.name)
        for letter, shape, subject in zip(LETTERS, SHAPES, comparison.subjects, strict=False)
    )


def in_short(handout: Handout, paper: Margins, size: float, slides: float) -> InShort | None:
    """The rows for which the front has room in type of that many points, above slides that take so many millimetres.

    The slides stand on the next page where few rows would have room above them. None where no row has.
    """
    comparison = handout.comparison
    subjects = comparison.subjects[: len(LETTERS)]
    if not subjects:
        return None
    told = [
        ShortRow(aspect=row.aspect, cells=tuple(_cell(handout, row, subject) for subject in subjects))
        for row in comparison.rows
    ]
    rows = [row for row in told if max(text_width(cell.text) for cell in row.cells) <= LONGEST_CELL][:MOST_ROWS]
    ems = paper.measure * (1 - ASPECTS) / len(subjects) / MM_PER_POINT / size - 1.5
    room = paper.depth - _above(handout) - HEAD - CONTENTS - ENTRY * len(handout.contents)
    kept = _fitting(rows, ems, room - slides)
    if len(kept) < min(FEWEST_ROWS, len(rows)):
        kept = _fitting(rows, ems, room)
    if not kept:
        return None
    left = [row for row in told if row not in kept]
    address = next((row.address for row in left if row.address), "")
    return InShort(subjects=short_subjects(comparison), rows=kept, more=len(left), more_address=address)


def _fitting(rows: list[ShortRow], ems: float, room: float) -> tuple[ShortRow, ...]:
    """The first rows that stand in so many millimetres, their cells being so many ems wide."""
    lines = [max(1, *(ceil(text_width(cell.text) / ems) for cell in row.cells)) for row in rows]
    heights = [LINE * number + ROW_SPACE for number in lines]
    ends = list(accumulate(heights))
    return tuple(row for row, end in zip(rows, ends, strict=True) if end <= room)


def _above(handout: Handout) -> float:
    """About how high the title is with what stands below it, in millimetres."""
    leads = {text for text in (handout.subtitle, handout.description) if text}
    byline = bool(handout.authors or handout.date)
    return TITLE + LEAD * byline + LEAD * sum(ceil(text_width(text) / LEAD_EMS) for text in leads)


def _cell(handout: Handout, row: ComparisonRow, subject: Subject) -> ShortCell:
    cells = [cell for cell in row.cells if cell.subject == subject.name]
    address = _place(handout, cells[0].line) if cells else ""
    mark = LEFT_TO_RIGHT if direction(handout.language) == "rtl" else ""
    return ShortCell(text=without_lone_word(row.said_of(subject.name, around_code=mark)), address=address)


def _place(handout: Handout, line: int) -> str:
    """The address of the part of the handout that has a line of the page, else of the last one before it."""
    before = [part.id for part in handout.blocks if any(block.span.first <= line for block in part.blocks)]
    holding = [
        part.id for part in handout.blocks if any(block.span.first <= line <= block.span.last for block in part.blocks)
    ]
    named = (*holding, *reversed(before), *(part.id for part in handout.blocks))
    return next((f"#{quote(name)}" for name in named if name), "")
