"""What of a sheet is kept when not all of it fits on its page: parts leave from the end of a stated ranking."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from pipeline.diagnostics import Diagnostic, Severity, Span
from pipeline.model.plan import CheatSheet
from pipeline.model.text import plain_text
from pipeline.write.html_table import text_width

# So many points a section may have in full: the most first.
FULL_POINTS = (24, 12, 8, 5)


class Part(Enum):
    """What can leave a sheet, in the order of leaving."""

    POINT = "key point"
    NOTICE = "notice"
    FIGURE = "figure"
    ROW = "row"
    SECTION = "section title"
    REFERENCE = "reference"


class Kept(Struct, frozen=True, kw_only=True):
    """How much of a sheet is printed. `points` counts each section's key points; the rest count from the start.

    Where `full` is more than none, so many of each section's points in full are printed in place of its key points.
    """

    points: tuple[int, ...]
    full: int = 0
    notices: int
    figure: bool
    rows: int
    sections: int
    references: int


class Departure(Struct, frozen=True, kw_only=True):
    """One step down the ladder: what leaves, how much text it is in ems, what stays, and where it is from."""

    part: Part
    ems: float
    kept: Kept
    name: str
    id: str
    span: Span | None


def everything(sheet: CheatSheet) -> Kept:
    """The sheet with all that is planned for it."""
    return Kept(
        points=tuple(len(section.points) for section in sheet.sections),
        notices=len(sheet.notices),
        figure=sheet.figure is not None,
        rows=len(sheet.comparison.rows),
        sections=len(sheet.sections),
        references=len(sheet.references),
    )


def fuller(sheet: CheatSheet) -> tuple[Kept, ...]:
    """What a sheet that compares nothing may have in place of its key points where there is room, the most first."""
    whole = everything(sheet)
    longest = max((len(section.full) for section in sheet.sections), default=0)
    if sheet.comparison.subjects or all(section.full == section.points for section in sheet.sections):
        return ()
    return tuple(replace(whole, full=most) for most in dict.fromkeys(min(most, longest) for most in FULL_POINTS))


def ladder(sheet: CheatSheet) -> tuple[Departure, ...]:
    """All steps, in order: key points from the last section's, notices, figure, rows; titles and references last."""
    steps: list[Departure] = []
    kept = everything(sheet)
    for index in reversed(range(len(sheet.sections))):
        section = sheet.sections[index]
        for number in reversed(range(len(section.points))):
            kept = replace(kept, points=(*kept.points[:index], number, *kept.points[index + 1 :]))
            ems = _ems(plain_text(section.points[number]))
            name = f"key point {number + 1} of {f'“{section.title}”' if section.title else 'the page'}"
            steps.append(Departure(part=Part.POINT, ems=ems, kept=kept, name=name, id=section.id, span=section.span))
    for number in reversed(range(len(sheet.notices))):
        notice = sheet.notices[number]
        kept = replace(kept, notices=number)
        ems = _ems(notice.title + plain_text(notice.text))
        name = f"the {notice.kind} “{notice.title or plain_text(notice.text)[:40]}”"
        steps.append(Departure(part=Part.NOTICE, ems=ems, kept=kept, name=name, id="", span=notice.span))
    if sheet.figure is not None:
        kept = replace(kept, figure=False)
        name = f"the figure {sheet.figure.image.source}"
        steps.append(Departure(part=Part.FIGURE, ems=400, kept=kept, name=name, id="", span=sheet.figure.span))
    steps.extend(_rows(sheet, kept))
    return (*steps, *_last_steps(sheet, steps[-1].kept if steps else kept))


def _rows(sheet: CheatSheet, kept: Kept) -> list[Departure]:
    steps = []
    for number in reversed(range(len(sheet.comparison.rows))):
        row = sheet.comparison.rows[number]
        kept = replace(kept, rows=number)
        ems = sum(_ems(cell.text) for cell in row.cells) + _ems(row.aspect)
        lines = [cell.line for cell in row.cells]
        span = Span(first=min(lines), last=max(lines)) if lines else None
        steps.append(Departure(part=Part.ROW, ems=ems, kept=kept, name=f"the row “{row.aspect}”", id="", span=span))
    return steps


def _last_steps(sheet: CheatSheet, kept: Kept) -> list[Departure]:
    """Titles and references, from the end of both by turns in proportion; the first of each never leaves."""
    ranked = [(number / len(sheet.sections), Part.SECTION, number) for number in range(1, len(sheet.sections))]
    ranked += [(number / len(sheet.references), Part.REFERENCE, number) for number in range(1, len(sheet.references))]
    ranked.sort(key=lambda each: (-each[0], each[1].value))
    steps = []
    for _, part, number in ranked:
        if part is Part.SECTION:
            section = sheet.sections[number]
            kept = replace(kept, sections=number)
            what = (_ems(section.title), section.title, section.id, section.span)
        else:
            reference = sheet.references[number]
            kept = replace(kept, references=number)
            what = (_ems(reference.text) + 15, reference.text, "", reference.span)
        ems, name, place, span = what
        steps.append(Departure(part=part, ems=ems, kept=kept, name=f"“{name}”", id=place, span=span))
    return steps


def _ems(text: str) -> float:
    """The text's length, with something for the line that it does not fill."""
    return text_width(text) + 6


def weights(sheet: CheatSheet, steps: tuple[Departure, ...]) -> list[float]:
    """About how much text is on the sheet after no step, one step, two …, in ems."""
    whole = sum(step.ems for step in steps) + _ems(sheet.title) + _ems(plain_text(sheet.summary))
    return list(accumulate((-step.ems for step in steps), initial=whole))


def departures(steps: tuple[Departure, ...], sheet: CheatSheet, pages: Mapping[str, int]) -> tuple[Diagnostic, ...]:
    """What to say of the parts that left: each by name, and one warning where titles or references are cut."""
    told = [_left_off(step, sheet, pages) for step in steps if step.part not in {Part.SECTION, Part.REFERENCE}]
    cut = [step for step in steps if step.part in {Part.SECTION, Part.REFERENCE}]
    if cut:
        told.append(_full(cut, sheet))
    return tuple(told)


def _left_off(step: Departure, sheet: CheatSheet, pages: Mapping[str, int]) -> Diagnostic:
    page = pages.get(step.id)
    return Diagnostic(
        severity=Severity.NOTE,
        code="left-off-sheet",
        message=f"{step.name} found no room on the comparison sheet",
        path=sheet.source,
        span=step.span,
        hint=f"it stands in the handout, page {page}" if page else "it stands in the handout",
    )


def _full(cut: list[Departure], sheet: CheatSheet) -> Diagnostic:
    titles = sum(step.part is Part.SECTION for step in cut)
    counts = [f"{titles} section titles"] if titles else []
    if len(cut) > titles:
        counts.append(f"{len(cut) - titles} references")
    return Diagnostic(
        severity=Severity.WARNING,
        code="sheet-full",
        message=f"{' and '.join(counts)} go beyond what one page holds at the smallest type",
        path=sheet.source,
        span=cut[-1].span,
        hint="split the page, or look them up in the handout",
    )
