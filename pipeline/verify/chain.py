"""The heaviest chain: of all places where units could stand, those in order that carry most of the page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct

from pipeline.verify.stream import Match


class Option(Struct, frozen=True, kw_only=True):
    """A place where a unit could stand, and how much it counts there."""

    match: Match
    weight: int


def heaviest_chain(options: Sequence[Sequence[Option]]) -> list[Match | None]:
    """For each unit its place, or None, so that places follow each other and weigh most together.

    Each unit comes with its options; of chains of one weight the one with the earliest places is taken. It takes
    about as many steps as there are options, times the logarithm of their number.
    """
    ends = sorted({option.match.end for own in options for option in own})
    heaviest = _Heaviest(len(ends))
    nodes: list[tuple[int, Match, int]] = []
    for unit, own in enumerate(options):
        reached: list[tuple[int, int, int]] = []
        for option in own:
            weight, before = heaviest.up_to(bisect_right(ends, option.match.start))
            reached.append((bisect_left(ends, option.match.end) + 1, weight + option.weight, len(nodes)))
            nodes.append((unit, option.match, before))
        for place, weight, node in reached:
            heaviest.add(place, weight, node)
    chain: list[Match | None] = [None] * len(options)
    for unit, match in _back(nodes, heaviest.up_to(len(ends))[1]):
        chain[unit] = match
    return chain


def _back(nodes: Sequence[tuple[int, Match, int]], last: int) -> Iterator[tuple[int, Match]]:
    while last >= 0:
        unit, match, last = nodes[last]
        yield unit, match


class _Heaviest:
    """A Fenwick tree of the heaviest chain that ends at each place or before it."""

    def __init__(self, size: int) -> None:
        self._weights = [0] * (size + 1)
        self._nodes = [-1] * (size + 1)

    def up_to(self, place: int) -> tuple[int, int]:
        """The weight and the last node of the heaviest chain that ends at a place or before it."""
        weight, node = 0, -1
        while place:
            # Of equal ones the earlier, which stands further down the tree.
            if self._weights[place] >= weight:
                weight, node = self._weights[place], self._nodes[place]
            place &= place - 1
        return weight, node

    def add(self, place: int, weight: int, node: int) -> None:
        """Notes a chain that ends at a place."""
        while place < len(self._weights):
            if weight > self._weights[place]:
                self._weights[place], self._nodes[place] = weight, node
            place += place & -place
