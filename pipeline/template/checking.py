"""What a template makes of each role, and what it does wrong by itself."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from msgspec import Struct

from pipeline.diagnostics import Diagnostic, Severity
from pipeline.office import LayoutRole
from pipeline.template.colours import LARGE, contrast
from pipeline.template.layouts import RawLayout, Spot, area, common
from pipeline.template.reading import Reading
from pipeline.template.space import covered, obstacles
from pipeline.template.text import look_of
from pipeline.units import EMU_PER_INCH, Size

_SHARED = 0.02
"""Two places that share so much of the smaller overlap."""
_OVER_EDGE = EMU_PER_INCH // 50
_TITLES = ("title", "ctrTitle")
_CONVERTED = "a converter's fault; place them anew in the layouts"
_WORDS = {
    "title": "title",
    "ctrTitle": "title",
    "subTitle": "subtitle",
    "body": "text",
    "": "content",
    "pic": "picture",
    "ftr": "footer",
    "sldNum": "slide number",
    "dt": "date",
}


def role_lines(reading: Reading) -> Iterator[str]:
    """A line for each role: the layout that plays it, and why."""
    width = max(len(role.value) for role in LayoutRole)
    for role, choice in reading.choices.items():
        how = f"in its stead; {choice.why}" if choice.stands_in else choice.why
        file = choice.layout.part.name.rpartition("/")[2]
        yield f"{role.value:{width}}  “{choice.layout.name}” ({file}), {how}"


def template_findings(reading: Reading) -> tuple[Diagnostic, ...]:
    """What is missing, what is wrong and what decks leave out."""
    found = [*_missing(reading), *_left_out(reading)]
    layouts = {choice.layout.part.name: choice.layout for choice in reading.choices.values()}
    on: dict[_Fault, dict[str, None]] = {}
    for layout in layouts.values():
        for fault in _faults(layout, reading.theme.size):
            on.setdefault(fault, {})[f"“{layout.name}”"] = None
    found.extend(fault.told(", ".join(names)) for fault, names in on.items())
    return tuple(found)


class _Fault(Struct, frozen=True, kw_only=True):
    """What a layout does wrong; the same fault of several layouts is told once."""

    severity: Severity
    code: str
    what: str
    hint: str = ""

    def told(self, layouts: str) -> Diagnostic:
        """The fault as it is told of these layouts."""
        return _said(self.severity, self.code, f"{self.what}: {layouts}", self.hint)


def _missing(reading: Reading) -> Iterator[Diagnostic]:
    for role, choice in reading.choices.items():
        if choice.stands_in:
            message = f"no layout is for {role.value}: “{choice.layout.name}” is used instead"
            hint = "give one a name that says it, as PowerPoint does, or the placeholders for it"
            yield _said(Severity.NOTE, "no-layout", message, hint)
    company = reading.theme.company
    if company and not company.template.notes_master:
        yield _said(Severity.NOTE, "no-notes-master", "it has no notes master: decks get one in its colours and fonts")


def _left_out(reading: Reading) -> Iterator[Diagnostic]:
    for what in reading.kept.left_out:
        yield _said(Severity.NOTE, "left-out", f"decks leave out {what}")


def _faults(layout: RawLayout, size: Size) -> Iterator[_Fault]:
    if layout.moved:
        what, hint = "a layout stands where another master's does: its own master's places are used", _CONVERTED
        yield _Fault(severity=Severity.WARNING, code="converted-places", what=what, hint=hint)
    titles = layout.of_kind(*_TITLES)
    if len(titles) != 1:
        what = "there are several titles, of which the largest is used" if titles else "there is no place for a title"
        yield _Fault(severity=Severity.WARNING, code="titles", what=what)
    if len({spot.index for spot in layout.spots}) < len(layout.spots):
        what = "placeholders share an index, and are numbered anew in decks"
        yield _Fault(severity=Severity.NOTE, code="shared-index", what=what)
    for one, other in combinations(layout.spots, 2):
        if common(one.rect, other.rect) > _SHARED * min(area(one.rect), area(other.rect)):
            what = f"the places of {_word(one)} and {_word(other)} overlap"
            hint = "move them apart in the layout"
            yield _Fault(severity=Severity.WARNING, code="overlapping-places", what=what, hint=hint)
    for spot in layout.spots:
        yield from _of_place(spot, layout, size)


def _of_place(spot: Spot, layout: RawLayout, size: Size) -> Iterator[_Fault]:
    rect, word = spot.rect, _word(spot)
    if min(rect.left, rect.top, size.width - rect.right, size.height - rect.bottom) < -_OVER_EDGE:
        yield _Fault(severity=Severity.WARNING, code="off-slide", what=f"the place of {word} reaches over the edge")
    if covered(rect, [ornament.rect for ornament in obstacles(layout, size)]):
        what = f"a picture or text stands over the place of {word}, which gives way to it"
        hint = "make the place smaller, or move what covers it"
        yield _Fault(severity=Severity.WARNING, code="covered-place", what=what, hint=hint)
    look = look_of(spot, layout)
    ground = look.ground or layout.ground_at(look.rect)
    if look.colours and contrast(look.colours[0], ground) < LARGE:
        what = f"the text of {word} is #{look.colours[0]} on #{ground}, too faint to read, and is changed"
        yield _Fault(severity=Severity.WARNING, code="faint-text", what=what)


def _word(spot: Spot) -> str:
    return _WORDS.get(spot.kind, spot.kind)


def _said(severity: Severity, code: str, message: str, hint: str = "") -> Diagnostic:
    return Diagnostic(severity=severity, code=code, message=message, hint=hint)
