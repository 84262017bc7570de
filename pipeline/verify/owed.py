"""What a deck owes beyond having every text once: what is shown stands on slides, what is said in the notes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from pipeline.verify.alterations import words
from pipeline.verify.carried import Passage, Spot, Where
from pipeline.verify.findings import Teller, quoted
from pipeline.verify.placing import Places, stands_as_link
from pipeline.verify.trace import Finding
from pipeline.verify.units import Kind, Unit, is_corner

SHOWN: Final = frozenset(
    {
        Kind.CALLOUT_TITLE,
        Kind.CAPTION,
        Kind.CELL,
        Kind.CODE,
        Kind.CODE_TITLE,
        Kind.HEADING,
        Kind.LABEL,
        Kind.LEGEND,
        Kind.SECTION,
        Kind.TERM,
        Kind.TITLE,
    }
)
"""What a deck shows on its slides, and not in the notes alone."""
_BEGINNING: Final = 12
"""So many words of a legend that is long must stand on the slide."""
_HINT = "build the file again; if somebody edited it, put the text back where it was"


def owed(
    teller: Teller, units: Sequence[Unit], places: Places, told: Collection[int], prose: Sequence[int]
) -> Iterator[Finding]:
    """A finding for each unit that the deck has, but in the wrong half of it. Units already `told` of are left out.

    `prose` are the units that the speaker has to say in full.
    """
    said = frozenset(prose)
    for index, unit in enumerate(units):
        spots = places.spots[index]
        if not spots or index in told or unit.skipped:
            continue
        where = {spot.where for spot in spots}
        kept_off = unit.inline or unit.spoken or is_corner(units, index) or _is_begun(unit, spots, places)
        if unit.kind in SHOWN and Where.SLIDE not in where and not kept_off:
            message = f"{quoted(unit)} is not on a slide of the deck any more; only the {spots[0]} have it"
            yield teller.error(f"lost-{unit.kind.value}", message, unit.span, spots[0], _HINT)
        elif index in said and Where.NOTES not in where:
            message = f"{quoted(unit)} is not in the notes of the deck; only {spots[0]} shows it"
            yield teller.error(f"lost-{unit.kind.value}", message, unit.span, spots[0], _HINT)


def _is_begun(unit: Unit, spots: Sequence[Spot], places: Places) -> bool:
    """Whether a long legend, whole in a slide's notes, begins on the slide."""
    said = words(unit.text)
    if unit.kind is not Kind.LEGEND or len(said) <= _BEGINNING:
        return False
    beginning = "".join(said[:_BEGINNING])
    numbers = {spot.number for spot in spots}
    return any(
        passage.where is Where.SLIDE and passage.number in numbers and _key(passage).startswith(beginning)
        for read in places.reads
        for passage in read.stream.unclaimed()
    )


def _key(passage: Passage) -> str:
    return "".join(words(passage.text))


def prose_of(units: Sequence[Unit]) -> tuple[int, ...]:
    """The paragraphs that stand in a section themselves, but for those that are nothing but links."""
    return tuple(
        index
        for index, unit in enumerate(units)
        if unit.kind is Kind.PARAGRAPH and not (unit.boxed or unit.skipped or stands_as_link(unit))
    )
