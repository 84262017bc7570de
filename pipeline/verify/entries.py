"""Whether what stands beside a printed address, as in a list of references, is what the page calls it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline.model.inlines import WebTarget
from pipeline.verify.alterations import part_change, words
from pipeline.verify.carried import CarriedLink, Passage, Spot
from pipeline.verify.findings import Teller, changed
from pipeline.verify.links import canonical
from pipeline.verify.phrase import disordered, fold, reshaped
from pipeline.verify.placing import Places, Read
from pipeline.verify.trace import Finding
from pipeline.verify.units import Kind, Unit

_ADDRESS = re.compile(r"://|\bwww\.|[\w-]\.[\w-]+/")


class EntryCheck:
    """The names that a page gives its addresses: the texts of their links, the legends of pictures from there."""

    def __init__(self, teller: Teller, units: Sequence[Unit], places: Places) -> None:
        self._teller = teller
        self._units = units
        self._places = places
        self._names = self._named()

    def _named(self) -> Mapping[str, dict[int, tuple[str, ...]]]:
        """For each address the units that name it, with their words."""
        names: dict[str, dict[int, tuple[str, ...]]] = {}
        for index, unit in enumerate(self._units):
            if not isinstance(unit.target, WebTarget):
                continue
            own = names.setdefault(canonical(unit.target.url), {})
            for near in range(index - 2, index) if unit.kind is Kind.ORIGIN else [index]:
                text = self._units[near].text
                # An address in a name is printed in many ways.
                names_it = self._units[near].kind in {Kind.LINK, Kind.FIGURE, Kind.LEGEND} and not _ADDRESS.search(text)
                if names_it and words(text):
                    own[near] = words(text)
        return names

    def findings(self) -> Iterator[Finding]:
        """A finding for each name that is nearly, but not quite, there beside its address."""
        for read in self._places.reads:
            for passage, link in _entries(read):
                names = self._names.get(canonical(link.url), {})
                if words(link.text) in names.values():
                    continue  # the name is what can be clicked, within a text: it ends as its address does
                text = fold(passage.text).replace(fold(link.text), " ")
                told = self._changed(names, text)
                if told:
                    spot = Spot(where=passage.where, number=passage.number)
                    yield changed(self._teller, self._units[told[0]], told[1], spot)

    def _changed(self, names: Mapping[int, tuple[str, ...]], text: str) -> tuple[int, str] | None:
        """The unit whose name was changed, and the change; None where the text has a name, or what is like none."""
        said = words(text)
        if any("".join(name) in "".join(said) for name in names.values()):
            return None
        changes = ((index, part_change(name, said)) for index, name in names.items())
        return next(((index, told) for index, told in changes if told), None)


def _entries(read: Read) -> Iterator[tuple[Passage, CarriedLink]]:
    """The texts with one address each that no unit was found as; where an address stands alone, the text before it."""
    for before, passage in pairwise((None, *read.stream.unclaimed())):
        if passage is None or len(passage.addresses) != 1:
            continue
        (link,) = passage.addresses
        named = passage if any(map(str.isalpha, fold(passage.text).replace(fold(link.text), ""))) else before
        if named is None or named.number != passage.number or _uncertain(read, named.text):
            continue
        # What stands by an address of its own names that one.
        if all(canonical(address.url) == canonical(link.url) for address in named.addresses):
            yield named, link


def _uncertain(read: Read, text: str) -> bool:
    """Whether a file may give a text in another order than it is read."""
    return read.stream.right_to_left or disordered(text) or reshaped(text)
