"""What a file says more often than the page does."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from heapq import nsmallest
from math import inf

from pipeline.verify.carried import Passage, Spot, Where
from pipeline.verify.findings import Teller, quoted
from pipeline.verify.owed import SHOWN
from pipeline.verify.phrase import squeeze
from pipeline.verify.placing import GOES_ON, Places, Read
from pipeline.verify.trace import Finding
from pipeline.verify.units import Kind, Unit

_TEXT = frozenset(
    {
        Kind.CALLOUT,
        Kind.CODE,
        Kind.DEFINITION,
        Kind.FOOTNOTE,
        Kind.ITEM,
        Kind.NOTE,
        Kind.PARAGRAPH,
        Kind.QUOTE,
    }
)
_FRONT = frozenset({Kind.AUTHOR, Kind.DATE, Kind.SUBTITLE, Kind.TITLE})
# Shorter texts are labels, which are said as often as they serve.
_SHORTEST = 16
# So many slides one section may open, with a slide of its own and those that show it.
_SAME_RUN = 3
_HINT = "take the copy out, or build the file again"


class DoubledCheck:
    """The page's longer texts, by what they say."""

    def __init__(self, teller: Teller, units: Sequence[Unit], places: Places) -> None:
        self._teller = teller
        self._units = units
        self._places = places
        self._titles = {
            passage.number: squeeze(passage.text)
            for read in places.reads
            for passage in read.stream.passages
            if passage.heading and passage.where is Where.SLIDE
        }
        self._topics = sorted(self._titles)
        self._sections = {_said(unit.text, exactly=False) for unit in units if unit.kind is Kind.SECTION}
        self._code = "".join(squeeze(unit.text) for unit in units if unit.kind is Kind.CODE)
        self._by_key: dict[tuple[bool, str], list[int]] = {}
        self._labels: dict[str, list[int]] = {}
        for index, unit in enumerate(units):
            key = _said(unit.text, exactly=unit.kind is Kind.CODE)
            if unit.kind in _TEXT and len(key) >= _SHORTEST:
                self._by_key.setdefault((unit.kind is Kind.CODE, key), []).append(index)
            elif unit.kind not in _TEXT:
                self._labels.setdefault(key, []).append(index)

    def findings(self) -> Iterator[Finding]:
        """A finding for each text that stands once more beside its unit.

        A slide may show again what another shows, as in a comparison; notes and paper tell everything once, but for
        what stands above all else as the page's summary.
        """
        for read in self._places.reads:
            titles = any(passage.heading and passage.where is Where.SLIDE for passage in read.stream.passages)
            yield from self._repeated(read) if titles else self._texts(read)

    def _repeated(self, read: Read) -> Iterator[Finding]:
        """A finding for each slide that bears the title of a section again, unless one opens it for the next."""
        sections = {u.phrase.key: i for i, u in enumerate(self._units) if u.kind is Kind.SECTION}
        for title in (unit for unit in self._units if unit.kind is Kind.TITLE):
            sections.pop(title.phrase.key, None)
        for passage in read.stream.unclaimed():
            index = sections.get(squeeze(passage.text))
            if index is not None:
                numbers = {spot.number for spot in self._places.spots[index] if spot.where is Where.SLIDE}
                if all(abs(number - passage.number) > _SAME_RUN for number in numbers):
                    yield self._told(self._units[index], passage)

    def _texts(self, read: Read) -> Iterator[Finding]:
        tops = self._tops(read)
        for passage in read.stream.unclaimed():
            if passage.where is Where.NOTES and _said(passage.text, exactly=True) in self._code:
                # Code that a slide shows may be said as well, and the text around it may repeat it.
                continue
            for exactly in (True, False):
                index = self._by_key.get((exactly, _said(passage.text, exactly=exactly)), (None,))[0]
                known = index is not None and index in read.placed and not self._heads(passage)
                if index is not None and known and self._once(index, passage):
                    if not self._is_summary(read, index, passage, tops):
                        yield self._told(self._units[index], passage)
                    break

    def _heads(self, passage: Passage) -> bool:
        """Whether a passage is a title, or one that goes on from the slide before, which is no heading any more."""
        goes_on = GOES_ON.search(passage.text.strip()) is not None
        return passage.heading or (goes_on and _said(passage.text, exactly=False) in self._sections)

    def _once(self, index: int, passage: Passage) -> bool:
        """Whether a unit may stand but once where a passage does."""
        match passage.where:
            case Where.SLIDE:
                numbers = {spot.number for spot in self._places.spots[index] if spot.where is Where.SLIDE}
                # A paragraph may stand on its slide and in a comparison there.
                if self._units[index].kind is not Kind.PARAGRAPH and passage.number in numbers:
                    return True
                return any(self._is_copy(number, passage.number) for number in numbers)
            case Where.NOTES if self._units[index].kind is Kind.FOOTNOTE:
                # The notes of every slide that cites a footnote have it.
                return Spot(where=Where.NOTES, number=passage.number) in self._places.spots[index]
            case Where.NOTES:
                return self._units[index].kind not in SHOWN and not self._is_label(passage)
            case Where.PAGE | Where.ALT:
                # Where a PDF gives no certain order, the first may not have been found as it stands.
                return not any(read.stream.right_to_left for read in self._places.reads)

    def _is_label(self, passage: Passage) -> bool:
        """Whether what notes say is a term or another label on a slide of their topic, with the words of an item."""
        labels = self._labels.get(_said(passage.text, exactly=False), ())
        numbers = [s.number for index in labels for s in self._places.spots[index] if s.where is Where.SLIDE]
        return any(self._topic(number) == self._topic(passage.number) for number in numbers)

    def _topic(self, number: int) -> int:
        """How many titles come up to a slide: those that go on from the slide before have none of their own."""
        return bisect(self._topics, number)

    def _is_copy(self, number: int, other: int) -> bool:
        """Whether two slides are neighbours of one title that do not go on from each other."""
        title = self._titles.get(number)
        return abs(number - other) == 1 and bool(title) and title == self._titles.get(other)

    def _is_summary(self, read: Read, index: int, passage: Passage, tops: Sequence[int]) -> bool:
        """Whether one of the two stands above every other unit of a page."""
        other = next((top for top in tops if top != index), None)
        highest = min(passage.order, _order(read, index))
        return passage.where is Where.PAGE and (other is None or highest < _order(read, other))

    def _tops(self, read: Read) -> list[int]:
        """The two units that stand above all others, front matter apart."""
        placed = (index for index in read.placed if self._units[index].kind not in _FRONT)
        return nsmallest(2, placed, key=lambda index: _order(read, index))

    def _told(self, unit: Unit, passage: Passage) -> Finding:
        spot = Spot(where=passage.where, number=passage.number)
        message = f"{quoted(unit)} stands once more on {spot} of the {self._teller.file}"
        return self._teller.error("doubled", message, unit.span, spot, _HINT)


def _said(text: str, *, exactly: bool) -> str:
    """What a text says; code `exactly`, else without numbers and signs, among which are those of references."""
    key = squeeze(text)
    return key if exactly else "".join(filter(str.isalpha, key))


def _order(read: Read, index: int) -> float:
    """How much stands before a unit."""
    placed = read.placed.get(index)
    return inf if placed is None else read.stream.passage_at(placed.match.start).order
