"""The heaviest chain of places."""

from __future__ import annotations

from itertools import pairwise, product

from hypothesis import given
from hypothesis import strategies as st

from pipeline.verify.chain import Option, heaviest_chain
from pipeline.verify.stream import Match


def option(start: int, end: int, weight: int) -> Option:
    return Option(match=Match(start=start, end=end), weight=weight)


def weight_of(options: list[list[Option]], chain: list[Match | None]) -> int:
    return sum(
        max(each.weight for each in own if each.match == match)
        for own, match in zip(options, chain, strict=True)
        if match is not None
    )


def heaviest(options: list[list[Option]]) -> int:
    """The weight of the heaviest chain, found by trying all."""
    best = 0
    for choice in product(*([None, *own] for own in options)):
        chosen = [each for each in choice if each is not None]
        if all(a.match.end <= b.match.start for a, b in pairwise(chosen)):
            best = max(best, sum(each.weight for each in chosen))
    return best


places = st.builds(
    lambda start, size, weight: option(start, start + size, weight),
    st.integers(0, 20),
    st.integers(1, 5),
    st.integers(1, 9),
)


@given(st.lists(st.lists(places, max_size=3), max_size=5))
def test_no_chain_is_heavier(options: list[list[Option]]) -> None:
    chain = heaviest_chain(options)
    matches = [match for match in chain if match is not None]
    assert all(a.end <= b.start for a, b in pairwise(matches))
    assert weight_of(options, chain) == heaviest(options)


def test_of_equal_chains_the_earliest_is_taken() -> None:
    twice = [option(0, 3, 3), option(10, 13, 3)]
    assert heaviest_chain([twice]) == [Match(start=0, end=3)]
    assert heaviest_chain([twice, [option(20, 21, 1)]])[0] == Match(start=0, end=3)


def test_a_block_that_moved_gives_way_to_a_heavier_one() -> None:
    light, heavy = [option(10, 12, 2)], [option(0, 9, 9)]
    assert heaviest_chain([light, heavy]) == [None, Match(start=0, end=9)]


def test_nothing_has_an_empty_chain() -> None:
    assert heaviest_chain([]) == []
    assert heaviest_chain([[], []]) == [None, None]
