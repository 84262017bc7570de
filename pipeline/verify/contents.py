"""Whether the table of contents has every title that stands beside those that it has, and leads to each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.verify.alterations import change
from pipeline.verify.carried import ContentsLine, Spot, Where
from pipeline.verify.findings import Teller, changed, quoted
from pipeline.verify.phrase import disordered, reshaped, right_to_left, squeeze
from pipeline.verify.placing import Places
from pipeline.verify.trace import Finding
from pipeline.verify.units import Kind, Unit


class ContentsCheck:
    """A file's table of contents, held against the page's sections. A file without one owes nothing."""

    def __init__(self, teller: Teller, units: Sequence[Unit], places: Places, lines: Sequence[ContentsLine]) -> None:
        self._teller = teller
        self._units = units
        self._places = places
        self._sections = [index for index, unit in enumerate(units) if unit.kind is Kind.SECTION]
        first = min((spot.number for index in self._sections for spot in places.spots[index]), default=0)
        # Further on a line may be the page's own list of its sections.
        self._lines = [line for line in lines if line.number <= first]

    def findings(self) -> Iterator[Finding]:
        """A finding for each title that is not in the contents, not as it stands, or with another page."""
        listed = self._listed()
        own = self._matched(listed)
        left = [line for line in self._lines if line not in own.values()]
        for index in listed:
            unit = self._units[index]
            if index in own:
                yield from self._leading(index, own[index])
            elif not (reshaped(unit.text) or right_to_left(unit.text)):
                yield self._lost(unit, left)

    def _listed(self) -> list[int]:
        """The sections that the contents should have: those that stand beside each other and fill most of its lines."""
        titles = {_key(line.title) for line in self._lines}
        holders = Counter(self._units[index].section for index in self._sections if self._title(index) in titles)
        if not holders:
            return []
        ((holder, _),) = holders.most_common(1)
        return [i for i in self._sections if self._units[i].section == holder and self._places.spots[i]]

    def _matched(self, listed: Sequence[int]) -> dict[int, ContentsLine]:
        """The sections whose titles the contents have, each with its line."""
        left: dict[str, list[ContentsLine]] = {}
        for line in reversed(self._lines):
            left.setdefault(_key(line.title), []).append(line)
        return {index: left[key].pop() for index in listed if left.get(key := self._title(index))}

    def _title(self, index: int) -> str:
        return _key(self._units[index].text)

    def _lost(self, unit: Unit, left: Sequence[ContentsLine]) -> Finding:
        for line in left:
            told = change(unit.text, line.title)
            if told:
                return changed(self._teller, unit, told, Spot(where=Where.PAGE, number=line.number))
        message = f"{quoted(unit)} is not in the contents of the {self._teller.file}"
        return self._teller.error("lost-contents", message, unit.span)

    def _leading(self, index: int, line: ContentsLine) -> Iterator[Finding]:
        pages = {spot.number for spot in self._places.spots[index]}
        # A title in words that stand before it may have been found there: it is right above what follows it.
        if any(_key(unit.text) == self._title(index) for unit in self._units[:index]):
            pages |= {spot.number for spot in self._places.spots[min(index + 1, len(self._units) - 1)]}
        wrong = next((page for page in (line.jump, line.printed) if page not in pages), None)
        if wrong is not None:
            unit = self._units[index]
            message = f"the contents of the {self._teller.file} send {quoted(unit)} to page {wrong}, not {min(pages)}"
            yield self._teller.error("wrong-target", message, unit.span, Spot(where=Where.PAGE, number=line.number))


def _key(title: str) -> str:
    """What tells a title; of one that a PDF may give in another order its letters and digits, however they stand."""
    key = squeeze(title)
    # A sign may stand as its name, so the signs are looked for in what is compared.
    return "".join(sorted(filter(str.isalnum, key))) if disordered(key) else key
