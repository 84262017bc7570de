"""What is said of a file in which something is missing, changed or out of place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.diagnostics import Severity, Span
from pipeline.settings import Product
from pipeline.verify.alterations import Source, change, excerpt_change, words
from pipeline.verify.carried import Spot, Where
from pipeline.verify.phrase import disordered, reshaped
from pipeline.verify.placing import Places, is_text
from pipeline.verify.report import Finding, short
from pipeline.verify.stream import Stream
from pipeline.verify.units import Kind, Unit

_NAMES = {
    Product.DECK: "deck",
    Product.HANDOUT: "handout",
    Product.CHEATSHEET: "comparison sheet",
}
_WORDS = {
    Kind.CODE: "line of code",
    Kind.CODE_TITLE: "code's title",
    Kind.CALLOUT_TITLE: "callout's title",
    Kind.SECTION: "section title",
    Kind.NOTE: "speaker's note",
    Kind.LEGEND: "figure's legend",
    Kind.ORIGIN: "figure's source",
}
_SHORTEST_NEAR = 2
_SHORTEST_ANYWHERE = 6
_BETWEEN_POINTS = "·"
_AGAIN = "build the file again; if somebody edited it, put the text back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """Makes the findings of one file of one page. `description` is what the page says of itself in its front matter."""

    product: Product
    path: str
    description: str = ""

    @property
    def file(self) -> str:
        """What the file is called in messages."""
        return _NAMES[self.product]

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
        told = change(unit.text, text)
        if told:
            return _changed(teller, unit, told, spot)
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


def changed_excerpts(
    teller: Teller, units: Sequence[Unit], places: Places, told: frozenset[int], *, anywhere: bool = False
) -> Iterator[Finding]:
    """A finding for each passage that is nearly, but not quite, what the page says.

    A unit may be whole in the notes and yet be wrong on the slide. Compared are the units that stand on the same
    slide or page, or with `anywhere` all; units already `told` of are left out.
    """
    source = Source.of((*(unit.text for unit in units), teller.description))
    shortest = _SHORTEST_ANYWHERE if anywhere else _SHORTEST_NEAR
    near = _by_number(units, places, told, anywhere=anywhere)
    for read in places.reads:
        for passage in read.stream.unclaimed():
            compared = near.get(0 if anywhere else passage.number, ())
            # A sheet sets several points on one line.
            for text in passage.text.split(_BETWEEN_POINTS):
                known = source.says(text) or (passage.where is Where.PAGE and _uncertain(read.stream, text))
                found = None if known else _changed_unit(compared, text, shortest)
                if found:
                    yield _changed(teller, *found, Spot(where=passage.where, number=passage.number))


def _uncertain(stream: Stream, text: str) -> bool:
    """Whether a PDF may give a text in another order than it is read."""
    return stream.right_to_left or disordered(text) or reshaped(text)


def _changed_unit(
    compared: Iterable[tuple[Unit, tuple[str, ...]]], text: str, shortest: int
) -> tuple[Unit, str] | None:
    """The unit that a text shows with a change, and the change. A text of a few words is a label of the writer's."""
    said = words(text)
    if len(said) < shortest:
        return None
    changes = ((unit, excerpt_change(own, said)) for unit, own in compared)
    return next(((unit, told) for unit, told in changes if told), None)


def _changed(teller: Teller, unit: Unit, told: str, spot: Spot) -> Finding:
    message = f"{quoted(unit)} was changed on {spot}: {told}"
    return teller.error(f"altered-{unit.kind.value}", message, unit.span, spot)


def _by_number(
    units: Sequence[Unit], places: Places, told: frozenset[int], *, anywhere: bool
) -> dict[int, list[tuple[Unit, tuple[str, ...]]]]:
    """The units that are read, with their words, by the numbers of the slides or pages that they stand on."""
    near: dict[int, list[tuple[Unit, tuple[str, ...]]]] = {}
    for index, unit in enumerate(units):
        if is_text(unit) and index not in told:
            numbers = {0} if anywhere else {spot.number for spot in places.spots[index]}
            own = (unit, words(unit.text))
            for number in numbers:
                near.setdefault(number, []).append(own)
    return near
