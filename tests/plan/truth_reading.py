"""The table of what real pages compare, read by people, and how well a comparison agrees with it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.model.plan import Comparison, ComparisonCell, ComparisonRow

TABLE = Path(__file__).parent / "truth" / "versus.toml"
_PLACE = re.compile(r"(\d+)(?:-(\d+))?(?::(.+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a cell stands: on one of these lines, with that word in it."""

    first: int
    last: int
    word: str

    def holds(self, cell: ComparisonCell) -> bool:
        return self.first <= cell.line <= self.last and self.word.casefold() in cell.text.casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueRow:
    """A row: the page's own label or "", whether it must be given, and where each subject's cell may stand."""

    label: str
    required: bool
    places: dict[str, tuple[Place, ...]]

    def is_row(self, row: ComparisonRow) -> bool:
        """Whether what a row says first of each subject, it says as this one does."""
        label, aspect = self.label.casefold(), row.aspect.casefold()
        named = not label or label in aspect or aspect in label
        firsts = {cell.subject: cell for cell in reversed(row.cells)}
        return named and all(_one_holds(self.places.get(cell.subject, ()), cell) for cell in firsts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class TruePage:
    """A page: each subject with all of its names, those that may be left out, and the rows."""

    name: str
    held_out: bool
    subjects: dict[str, tuple[str, ...]]
    optional: frozenset[str]
    rows: tuple[TrueRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How a comparison agrees with a page: counts of rows, and the rows and cells that do not."""

    subjects: bool
    given: int
    right: int
    wanted: int
    found: int
    wrong: tuple[str, ...]
    missing: tuple[str, ...]
    misplaced: tuple[str, ...]


def true_pages() -> tuple[TruePage, ...]:
    return tuple(_page(name, entry) for name, entry in tomllib.loads(TABLE.read_text(encoding="utf-8")).items())


def score(page: TruePage, comparison: Comparison) -> Score:
    """How far the rows are those of the page, each counted once."""
    renamed = _by_true_names(page, comparison)
    left = sorted(range(len(page.rows)), key=lambda at: not page.rows[at].required)
    wrong: list[str] = []
    found: list[int] = []
    for row in renamed:
        at = next((at for at in left if page.rows[at].is_row(row) and _all_stand(page, row)), None)
        if at is None:
            wrong.append(f"{row.rule} {row.aspect!r}: {[(c.subject, c.line, c.text[:40]) for c in row.cells]}")
        else:
            left.remove(at)
            found.append(at)
    misplaced = [
        f"{cell.subject} {cell.line}: {cell.text}" for row in renamed for cell in row.cells if _strays(page, cell)
    ]
    return Score(
        subjects=_same_subjects(page, comparison),
        given=len(renamed),
        right=len(found),
        wanted=sum(row.required for row in page.rows),
        found=sum(page.rows[at].required for at in found),
        wrong=tuple(wrong),
        missing=tuple(f"{page.rows[at].label or at}: {page.rows[at].places}" for at in left if page.rows[at].required),
        misplaced=tuple(misplaced),
    )


def _page(name: str, entry: dict[str, object]) -> TruePage:
    listed = [str(subject) for subject in _items(entry["subjects"])]
    names = [subject.removeprefix("?") for subject in listed]
    others = entry.get("others", {})
    known = others if isinstance(others, dict) else {}
    return TruePage(
        name=name,
        held_out=bool(entry.get("held_out")),
        subjects={subject: (subject, *(str(other) for other in known.get(subject, ()))) for subject in names},
        optional=frozenset(subject.removeprefix("?") for subject in listed if subject.startswith("?")),
        rows=tuple(_row(names, [str(cell) for cell in _items(row)]) for row in _items(entry["rows"])),
    )


def _items(value: object) -> list[object]:
    assert isinstance(value, list)
    return value


def _row(subjects: list[str], cells: list[str]) -> TrueRow:
    name, *places = cells
    label = name.removeprefix("?")
    return TrueRow(
        label="" if label.startswith("~") else label,
        required=not name.startswith("?"),
        places={subject: tuple(_places(text)) for subject, text in zip(subjects, places, strict=True)},
    )


def _places(text: str) -> Iterator[Place]:
    for part in filter(None, text.split("|")):
        found = _PLACE.fullmatch(part)
        assert found, part
        yield Place(first=int(found[1]), last=int(found[2] or found[1]), word=found[3] or "")


def _one_holds(places: tuple[Place, ...], cell: ComparisonCell) -> bool:
    return any(place.holds(cell) for place in places)


def _all_stand(page: TruePage, row: ComparisonRow) -> bool:
    """Whether each cell of a row says what the page says of its subject, be it in another row."""
    return all(any(_one_holds(true.places.get(cell.subject, ()), cell) for true in page.rows) for cell in row.cells)


def _strays(page: TruePage, cell: ComparisonCell) -> bool:
    """Whether a cell says what the page says of other subjects only."""
    told = {subject for row in page.rows for subject, places in row.places.items() if _one_holds(places, cell)}
    return bool(told) and cell.subject not in told


def _by_true_names(page: TruePage, comparison: Comparison) -> list[ComparisonRow]:
    true = {name.casefold(): subject for subject, names in page.subjects.items() for name in names}
    return [
        ComparisonRow(
            aspect=row.aspect,
            rule=row.rule,
            cells=tuple(
                ComparisonCell(subject=true.get(cell.subject.casefold(), cell.subject), text=cell.text, line=cell.line)
                for cell in row.cells
            ),
        )
        for row in comparison.rows
    ]


def _same_subjects(page: TruePage, comparison: Comparison) -> bool:
    true = {name.casefold(): subject for subject, names in page.subjects.items() for name in names}
    named = {true.get(subject.name.casefold(), subject.name) for subject in comparison.subjects}
    return named <= set(page.subjects) and set(page.subjects) - page.optional <= named
