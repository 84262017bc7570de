"""What is said of a file in which something is missing, changed or out of place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from pipeline.diagnostics import Severity, Span
from pipeline.settings import Product
from pipeline.verify.alterations import change
from pipeline.verify.carried import Spot, Where
from pipeline.verify.phrase import squeeze
from pipeline.verify.placing import Places, is_text
from pipeline.verify.trace import Finding, short
from pipeline.verify.units import Kind, Unit

_WORDS = {
    Kind.CODE: "line of code",
    Kind.CODE_TITLE: "code's title",
    Kind.CALLOUT_TITLE: "callout's title",
    Kind.SECTION: "section title",
    Kind.NOTE: "speaker's note",
    Kind.LEGEND: "figure's legend",
    Kind.ORIGIN: "figure's source",
}
_AGAIN = "build the file again; if somebody edited it, put the text back"


class Teller(Struct, frozen=True, kw_only=True):
    """Makes the findings of one file of one page."""

    product: Product
    path: str

    @property
    def file(self) -> str:
        """What the file is called in messages."""
        return self.product.called

    def error(
        self, code: str, message: str, span: Span | None, place: Spot | None = None, hint: str = _AGAIN
    ) -> Finding:
        """A finding that fails the page."""
        return Finding(
            severity=Severity.ERROR,
            code=code,
            message=message,
            path=self.path,
            span=span,
            hint=hint,
            product=self.product,
            place=str(place) if place else "",
        )


def word(kind: Kind) -> str:
    """What a unit of a kind is called."""
    return _WORDS.get(kind, kind.value)


def quoted(unit: Unit) -> str:
    """A unit as messages name it."""
    return f"the {word(unit.kind)} “{short(unit.text)}”"


def missing(teller: Teller, units: Sequence[Unit], places: Places, required: Sequence[int]) -> Iterator[Finding]:
    """A finding for each required unit that stands nowhere in the file, changed or gone."""
    near: Spot | None = None
    wanted = frozenset(required)
    for index, unit in enumerate(units):
        if places.spots[index]:
            near = places.spots[index][0]
        elif index in wanted:
            yield _missing(teller, unit, tuple(places.candidates(index)), near)


def _missing(teller: Teller, unit: Unit, candidates: Sequence[tuple[str, Spot]], near: Spot | None) -> Finding:
    for text, spot in candidates:
        # A slide may show a part of what the notes should say in full.
        is_lead = spot.where is Where.SLIDE and squeeze(text) in unit.phrase.key
        told = None if is_lead else change(unit.text, text)
        if told:
            return changed(teller, unit, told, spot)
    where = f"; it belongs near {near}" if near else ""
    message = f"{quoted(unit)} is not in the {teller.file}{where}"
    return teller.error(f"lost-{unit.kind.value}", message, unit.span, near)


def out_of_order(teller: Teller, units: Sequence[Unit], places: Places) -> Iterator[Finding]:
    """A finding for each run of units that stand out of the page's order, told by its first."""
    previous: tuple[int, Spot] | None = None
    moved = sorted(places.moved)
    for index in moved:
        spot = places.spots[index][0]
        joins = previous is not None and previous[1] == spot and _only_moved_between(units, places, previous[0], index)
        if not joins:
            unit = units[index]
            message = f"{quoted(unit)} stands out of order on {spot} of the {teller.file}"
            yield teller.error("moved", message, unit.span, spot, "put the slides back into the page's order")
        previous = (index, spot)


def _only_moved_between(units: Sequence[Unit], places: Places, first: int, last: int) -> bool:
    return all(index in places.moved or not is_text(units[index]) for index in range(first + 1, last))


def changed(teller: Teller, unit: Unit, told: str, spot: Spot) -> Finding:
    """A finding for a unit that was changed."""
    message = f"{quoted(unit)} was changed on {spot}: {told}"
    return teller.error(f"altered-{unit.kind.value}", message, unit.span, spot)
