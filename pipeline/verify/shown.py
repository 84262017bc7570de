"""What a file shows of the page beside its units: leads, cells of comparisons, summaries. A later check misses them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import accumulate

from msgspec import Struct

from pipeline.model.inlines import WebTarget
from pipeline.verify.alterations import Source, words
from pipeline.verify.carried import Passage, Spot
from pipeline.verify.links import canonical
from pipeline.verify.placing import Places
from pipeline.verify.trace import short
from pipeline.verify.units import Kind, Unit

_MOST_PLACES = 50
_BETWEEN_POINTS = "·"


class Shown(Struct, frozen=True, kw_only=True):
    """A text that says part of a unit, or all of it once more, or an address: where it stands, the line it is from.

    `key` tells texts apart however they are wrapped; `text` is the beginning.
    """

    place: str
    line: int
    text: str
    key: str


class _Words:
    """The page's words in one stretch, in which its excerpts are found."""

    def __init__(self, units: Sequence[Unit], places: Places) -> None:
        self._units = units
        self._places = places
        self._numbers = [{spot.number for spot in spots} for spots in places.spots]
        texts = ["".join(words(unit.text)) for unit in units]
        self._source = Source(texts)
        self._starts = list(accumulate((len(text) + 1 for text in texts), initial=0))

    def excerpts(self) -> Iterator[Shown]:
        """Every excerpt that no unit was found as."""
        for passage, text in _points(self._places):
            said = words(text)
            found = ((key, self._unit(key, passage.number)) for key in _keys(said))
            key, index = next(((key, index) for key, index in found if index is not None), ("", None))
            if index is not None:
                spot = Spot(where=passage.where, number=passage.number)
                line = self._units[index].span.first
                yield Shown(place=str(spot), line=line, text=short(text), key=_digest(spot, key))

    def _unit(self, key: str, number: int) -> int | None:
        """The unit that a text is an excerpt of; of several one that stands on the same slide or page."""
        found: int | None = None
        at, left = self._source.first(key), _MOST_PLACES
        while at >= 0 and left:
            index = bisect_right(self._starts, at) - 1
            found = index if found is None else found
            if number in self._numbers[index]:
                return index
            at, left = self._source.text.find(key, at + 1), left - 1
        return found


def excerpts(units: Sequence[Unit], places: Places) -> Iterator[Shown]:
    """Every excerpt of the page that no unit was found as, and every address that can be clicked where it stands."""
    yield from _Words(units, places).excerpts()
    lines = {
        canonical(unit.target.url): unit.span.first
        for unit in units
        if unit.kind is Kind.REFERENCE and isinstance(unit.target, WebTarget)
    }
    for passage in (passage for read in places.reads for passage in read.stream.unclaimed()):
        for link in passage.addresses:
            address = canonical(link.url)
            if address in lines:
                spot = Spot(where=passage.where, number=passage.number)
                key = _digest(spot, f"link:{address}")
                yield Shown(place=str(spot), line=lines[address], text=short(link.text), key=key)


def gone(built: Iterable[Shown], present: Iterable[Shown]) -> Iterator[Shown]:
    """The excerpts that a file had when it was built and has no more."""
    left = Counter(shown.key for shown in present)
    for shown in built:
        left[shown.key] -= 1
        if left[shown.key] < 0:
            yield shown


def _points(places: Places) -> Iterator[tuple[Passage, str]]:
    """The texts that no unit was found as; several points on one line, as a sheet sets them, one by one."""
    for read in places.reads:
        for passage in read.stream.unclaimed():
            for text in passage.text.split(_BETWEEN_POINTS):
                yield passage, text


def _keys(said: Sequence[str]) -> Iterator[str]:
    """Words in one stretch, as they are, then without the numbers that a writer sets before and after them."""
    if said:
        yield "".join(said)
    letters = [index for index, word in enumerate(said) if not word.isdecimal()]
    if letters:
        yield "".join(said[letters[0] : letters[-1] + 1])


def _digest(spot: Spot, key: str) -> str:
    """What tells a text in one kind of place; slides and pages may be counted anew."""
    return sha256(f"{spot.where.value}:{key}".encode()).hexdigest()[:16]
