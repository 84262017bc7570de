"""The deck held against the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from pipeline.verify.carried import DeckContents, Passage, Spot, Where
from pipeline.verify.doubled import DoubledCheck
from pipeline.verify.entries import EntryCheck
from pipeline.verify.excerpts import ExcerptCheck
from pipeline.verify.figures import FigureCheck
from pipeline.verify.findings import Teller, missing, out_of_order
from pipeline.verify.links import LinkCheck
from pipeline.verify.overflow import OverflowCheck
from pipeline.verify.owed import SHOWN, owed, prose_of
from pipeline.verify.phrase import squeeze
from pipeline.verify.placing import GOES_ON, Layer, Places, place, text_units
from pipeline.verify.trace import Finding
from pipeline.verify.units import Kind, Unit

# How a title ends that is too long for its slide, as it is compared.
_CUT = "..."


def check_deck(teller: Teller, units: Sequence[Unit], deck: DeckContents) -> tuple[Places, tuple[Finding, ...]]:
    """Where each unit stands in the deck, and what is wrong with it."""
    places = place(units, _layers(units, deck))
    return places, tuple(_findings(teller, units, deck, places))


def _layers(units: Sequence[Unit], deck: DeckContents) -> tuple[Layer, ...]:
    titled = tuple(index for index, unit in enumerate(units) if unit.kind in {Kind.TITLE, Kind.SECTION})
    shown = tuple(index for index in text_units(units, without={Kind.TITLE}) if not units[index].spoken)
    return (
        Layer(passages=tuple(_whole(_once(deck.titles), deck.notes)), units=titled, titles=True),
        Layer(passages=deck.bodies, units=shown, once=frozenset({Kind.SECTION}), loose=True),
        Layer(passages=deck.notes, units=text_units(units, without={Kind.TITLE, Kind.SECTION}), once=SHOWN),
    )


def _once(titles: Sequence[Passage]) -> tuple[Passage, ...]:
    """The titles without those of slides that go on with what the slide before them began."""
    return tuple(title for title in titles if not _goes_on(title))


def _whole(titles: Sequence[Passage], notes: Sequence[Passage]) -> Iterator[Passage]:
    """The titles, those cut for their length as their slides' notes begin with them."""
    first = {note.number: note for note in reversed(notes)}
    for title in titles:
        shown = squeeze(GOES_ON.sub("", title.text).rstrip())
        note = first.get(title.number)
        cut = note is not None and shown.endswith(_CUT) and squeeze(note.text).startswith(shown.removesuffix(_CUT))
        yield replace(title, text=note.text) if note and cut else title


def _later(titles: Sequence[Passage]) -> tuple[Passage, ...]:
    """The titles of slides that go on, as those that they repeat have them."""
    return tuple(replace(title, text=GOES_ON.sub("", title.text)) for title in titles if _goes_on(title))


def _goes_on(title: Passage) -> bool:
    """Whether a title says which of several slides its slide is, and it is not the first."""
    said = GOES_ON.search(title.text)
    return said is not None and said[1] != "1"


def _findings(teller: Teller, units: Sequence[Unit], deck: DeckContents, places: Places) -> Iterator[Finding]:
    required = tuple(index for index in text_units(units) if not units[index].skipped)
    told = frozenset(index for index in required if not places.spots[index])
    yield from missing(teller, units, places, required)
    altered = tuple(ExcerptCheck(teller, units, places, told).findings(_later(deck.titles)))
    yield from altered
    lines = {finding.span for finding in altered}
    known = told | {index for index, unit in enumerate(units) if unit.span in lines}
    yield from owed(teller, units, places, known, prose_of(units))
    yield from DoubledCheck(teller, units, places).findings()
    yield from out_of_order(teller, units, places)
    yield from LinkCheck(teller, units, places, deck.links).findings()
    yield from EntryCheck(teller, units, places).findings()
    yield from FigureCheck(teller, units, places, deck.pictures).findings()
    yield from _untitled(teller, units, deck, places)
    yield from OverflowCheck(teller, units, places, deck).findings()


def _untitled(teller: Teller, units: Sequence[Unit], deck: DeckContents, places: Places) -> Iterator[Finding]:
    titled = {passage.number for passage in deck.titles}
    for number in range(1, deck.slides + 1):
        if number not in titled:
            spot = Spot(where=Where.SLIDE, number=number)
            on = (u for u, spots in zip(units, places.spots, strict=True) if any(s.number == number for s in spots))
            unit = next(on, None)
            unit = units[unit.section] if unit and unit.section is not None else unit
            hint = "give the slide a title; it may stand outside the slide's edge if it should not be seen"
            yield teller.error("no-title", f"slide {number} has no title", unit.span if unit else None, spot, hint)
