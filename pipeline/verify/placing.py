"""Where every unit of a page stands in one file, layer by layer."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Collection, Container, Iterator, Sequence
from itertools import accumulate
from operator import itemgetter
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.model.inlines import SectionTarget
from pipeline.verify.carried import Passage, Spot
from pipeline.verify.matching import TELLING, Needle, Placed, Standing, align
from pipeline.verify.phrase import phrase_of, squeeze
from pipeline.verify.stream import Match, Stream, is_wordless
from pipeline.verify.units import Kind, Unit, is_corner
from pipeline.verify.wide_tables import shown_order

# These are seen or clicked rather than read, and are checked by themselves; the description need not stand anywhere.
_NOT_TEXT = frozenset({Kind.DESCRIPTION, Kind.LINK, Kind.FIGURE, Kind.FORMULA, Kind.ORIGIN, Kind.REFERENCE})
_FRONT = frozenset({Kind.TITLE, Kind.SUBTITLE, Kind.AUTHOR, Kind.DATE})
_LABELLED = frozenset({Kind.CALLOUT_TITLE, Kind.CAPTION, Kind.CODE_TITLE, Kind.LABEL, Kind.LEGEND})
# So many passages that nobody found are looked at for each unit that is missing.
_MOST_CANDIDATES = 40
# Which of several slides a slide is, after its title.
GOES_ON: Final = re.compile(r"\s\(?(\d+)(?:–\d+)?/\d+\)?$")
_LONGEST_STRETCH = 400


def is_text(unit: Unit) -> bool:
    """Whether a unit is read."""
    return unit.kind not in _NOT_TEXT


class Layer(Struct, frozen=True, kw_only=True):
    """Passages in their order, and the numbers of the units that may stand in them.

    Units of the kinds `once` are looked for only where no layer before has them.
    `loose` leaves the order within a slide or page free; `titled` says that sections stand in headings only;
    `titles` says that the passages are titles, by which the slides of all other units are known.
    """

    passages: tuple[Passage, ...]
    units: tuple[int, ...]
    once: frozenset[Kind] = frozenset()
    loose: bool = False
    titled: bool = False
    titles: bool = False


class Read(Struct, frozen=True, kw_only=True):
    """A layer after its units have been looked for.

    `stretches` says for each unit that is not where it should be what stands between its neighbours.
    """

    stream: Stream
    placed: dict[int, Placed]
    stretches: dict[int, tuple[int, int]]


class Places(Struct, kw_only=True):
    """Where units stand: for each its spots; `moved` are those found only out of order."""

    spots: list[list[Spot]]
    reads: list[Read]
    moved: set[int] = field(default_factory=set)

    def candidates(self, unit: int) -> Iterator[tuple[str, Spot]]:
        """Texts that stand where a missing unit should, and where that is."""
        for read in self.reads:
            low, high = read.stretches.get(unit, (0, 0))
            for number, passage in enumerate(read.stream.unclaimed(low, high)):
                if number == _MOST_CANDIDATES:
                    break
                yield passage.text, Spot(where=passage.where, number=passage.number)
            if low < high <= low + _LONGEST_STRETCH:
                passage = read.stream.passage_at(low)
                text = " ".join(read.stream.words_between(low, high))
                yield text, Spot(where=passage.where, number=passage.number)


def place(units: Sequence[Unit], layers: Sequence[Layer]) -> Places:
    """Where each unit stands in the layers of a file."""
    places = Places(spots=[[] for _ in units], reads=[])
    within: list[tuple[int, int] | None] = []
    moved: set[int] = set()
    for given in layers:
        layer = _without_title_again(units, given)
        wanted = _wanted(units, layer, places)
        pointing = tuple(index for index in wanted if _points(units[index]))
        passages = tuple(passage for passage in layer.passages if passage.pointer)
        aside = _read(units, replace(layer, passages=passages, loose=True), pointing, within)
        leads = _pointing_leads(units, wanted)
        passages = tuple(p for p in layer.passages if not p.pointer or (leads and squeeze(p.text) in leads))
        # Paragraphs are told in full wherever else they stand.
        met = frozenset(i for i in wanted if places.spots[i] and units[i].kind is not Kind.PARAGRAPH)
        read = _read(units, replace(layer, passages=passages), _without(wanted, aside.placed), within, met)
        places.reads += [read, aside]
        if layer.titles:
            within = _slides(units, read)
        for found in (read, aside):
            fixed = _Fixed(units, found)
            for index, placed in found.placed.items():
                if placed.moved and not (units[index].floating or fixed.have_between(index, placed.match)):
                    moved.add(index)
                places.spots[index].extend(_spots(found.stream, placed.match))
    settled = {index for read in places.reads for index, placed in read.placed.items() if not placed.moved}
    places.moved = (moved - settled) | {index for read in places.reads for index in _disordered(units, read)}
    return places


def _without_title_again(units: Sequence[Unit], layer: Layer) -> Layer:
    """The layer without the page's title over what stands before its first section, if a section is called so too."""
    body = [unit for unit in units if is_text(unit) and unit.kind not in _FRONT]
    key = next((unit.phrase.key for unit in units if unit.kind is Kind.TITLE), "")
    alike = sum(unit.kind is Kind.SECTION and unit.phrase.key == key for unit in body)
    if not (key and alike) or body[0].kind is Kind.SECTION:
        return layer
    same = [p for p in layer.passages if (layer.titles or (layer.titled and p.heading)) and _is_called(p, key)]
    again = same[1] if len(same) > 1 + alike else None
    return replace(layer, passages=tuple(p for p in layer.passages if p is not again))


def _is_called(head: Passage, key: str) -> bool:
    """Whether a title says that, beside its number and which of several slides it is."""
    text = squeeze(GOES_ON.sub("", head.text.rstrip()))
    return text.endswith(key) and is_wordless(text.removesuffix(key))


class _Fixed:
    """The units of a layer that keep the page's order. Others, such as references, may stand anywhere."""

    def __init__(self, units: Sequence[Unit], read: Read) -> None:
        placed = sorted(read.placed.items(), key=itemgetter(0))
        fixed = [(index, at.match) for index, at in placed if not (at.moved or units[index].floating)]
        self._indices = [index for index, _ in fixed]
        # How far those before each one reach, and where those from it on begin.
        self._ends = list(accumulate((match.end for _, match in fixed), max, initial=0))
        starts = (match.start for _, match in reversed(fixed))
        self._starts = list(accumulate(starts, min, initial=len(read.stream)))[::-1]

    def have_between(self, index: int, match: Match) -> bool:
        """Whether a unit stands after all that come before it on the page, and before all that come after it."""
        at = bisect_left(self._indices, index)
        return bool(self._indices) and self._ends[at] <= match.start and match.end <= self._starts[at]


def _disordered(units: Sequence[Unit], read: Read) -> Iterator[int]:
    """A cell of each row whose cells stand side by side, but neither in its order nor in that of the row beside it.

    A comparison may turn the columns of a whole table.
    """
    rows: dict[int, list[int]] = {}
    for index in sorted(read.placed):
        row = units[index].row
        if row is not None:
            rows.setdefault(row, []).append(index)
    turned = {row: order for row, cells in rows.items() if (order := _order_of(read, cells))}
    for row, order in turned.items():
        if not any(_alike(order, turned.get(beside, ())) for beside in (row - 1, row + 1)):
            yield rows[row][0]


def _alike(first: Sequence[int], second: Sequence[int]) -> bool:
    """Whether the last cells of two rows stand in one order; a corner may be empty."""
    size = min(len(first), len(second))
    ranks = [sorted(range(size), key=order[len(order) - size :].__getitem__) for order in (first, second)]
    return size > 1 and ranks[0] == ranks[1]


def _order_of(read: Read, cells: Sequence[int]) -> tuple[int, ...]:
    """In which order cells that fill a row stand; nothing where it is their own, or they stand apart."""
    orders = [read.stream.passage_at(read.placed[index].match.start).order for index in cells]
    filled = max(orders) - min(orders) == len(cells) - 1
    return tuple(order - min(orders) for order in orders) if filled and orders != sorted(orders) else ()


def _wanted(units: Sequence[Unit], layer: Layer, places: Places) -> tuple[int, ...]:
    """The units to look for in a layer."""
    return tuple(i for i in layer.units if units[i].kind not in layer.once or not places.spots[i])


def _without(wanted: tuple[int, ...], placed: Container[int]) -> tuple[int, ...]:
    return tuple(index for index in wanted if index not in placed)


def _standing(unit: Unit) -> Standing:
    """How a unit stands among other text."""
    if unit.kind is Kind.CODE or _leads(unit, outside=True):
        # A list of references sets the address after the text.
        return Standing.LINE
    if unit.kind is Kind.LEGEND:
        return Standing.LEGEND
    # Paper follows a link to a section with its page and marks footnotes with letters; writers put labels before
    # titles; pictures give no text.
    begins_open = any(piece.words for piece in unit.phrase.pieces[:1])
    if unit.phrase.open and begins_open:
        return Standing.ANYWHERE  # between two pictures, which may give a text
    leads = unit.phrase.open or begins_open or _leads(unit, outside=False)
    open_ended = unit.kind in _LABELLED or leads or unit.phrase.formulas or unit.phrase.images
    if open_ended:
        return Standing.LABELLED
    return Standing.ANYWHERE if unit.kind in {Kind.SUBTITLE, Kind.AUTHOR, Kind.DATE} else Standing.ALONE


def _leads(unit: Unit, *, outside: bool) -> bool:
    """Whether a unit is nothing but links, outside the page or inside it as in a table of contents."""
    links = [link for link in unit.phrase.links if isinstance(link.target, SectionTarget) is not outside]
    return bool(links) and unit.phrase.key == "".join(phrase_of(link.children).key for link in links)


def _points(unit: Unit) -> bool:
    """Whether a file may show a unit as a pointer: links into the page, with nothing but a few signs beside them."""
    beside = unit.phrase.key
    links = [link for link in unit.phrase.links if isinstance(link.target, SectionTarget)]
    for link in links:
        beside = beside.replace(phrase_of(link.children).key, "", 1)
    return bool(links) and is_wordless(beside)


def _pointing_leads(units: Sequence[Unit], wanted: Sequence[int]) -> frozenset[str]:
    """The links into the page that lead a text: a file may set each on a line of its own, with the text below it."""
    phrases = (units[index].phrase for index in wanted if len(units[index].phrase.pieces) > 1)
    first = ((phrase.links[0], phrase.pieces[0].key) for phrase in phrases if phrase.links)
    inside = ((link, key) for link, key in first if isinstance(link.target, SectionTarget))
    return frozenset(key for link, key in inside if phrase_of(link.children).key == key)


def stands_as_link(unit: Unit) -> bool:
    """Whether a unit is nothing but links, which a list of references or contents may show in its own way."""
    return _leads(unit, outside=True) or _leads(unit, outside=False)


def _slides(units: Sequence[Unit], read: Read) -> list[tuple[int, int] | None]:
    """For each unit the slides from the last title before it to the one before the next; None where that has moved."""
    numbers = {i: read.stream.passage_at(at.match.start).number for i, at in read.placed.items()}
    moved = {index for index, at in read.placed.items() if at.moved}
    lasts: list[int] = []
    last = sys.maxsize
    for index in reversed(range(len(units))):
        lasts.append(last)
        last = max(1, numbers[index] - 1) if index in numbers and index not in moved else last
    within: list[tuple[int, int] | None] = []
    first, known = 0, True
    for index, last in enumerate(reversed(lasts)):
        if index in numbers:
            first, known = (first, False) if index in moved else (numbers[index], True)
        within.append((first, max(first, last)) if known else None)
    return within


def _read(
    units: Sequence[Unit],
    layer: Layer,
    wanted: tuple[int, ...],
    within: Sequence[tuple[int, int] | None],
    met: Container[int] = (),
) -> Read:
    stream = Stream(layer.passages)
    order = shown_order(units, wanted, stream)
    wanted = order.units
    needles = [
        Needle(
            pieces=units[index].phrase.pieces,
            row=order.rows.get(index),
            heading=layer.titled and units[index].kind is Kind.SECTION,
            within=within[index] if within else None,
            standing=Standing.LABELLED if is_corner(units, index) else _standing(units[index]),
            apart=units[index].kind is Kind.FOOTNOTE,
            again=index in met,
        )
        for index in wanted
    ]
    # Titles and pointers fill their passages, so even short ones are known anywhere.
    apart = layer.titles or all(passage.pointer for passage in layer.passages)
    found = align(stream, needles, loose=layer.loose, telling=1 if apart else TELLING)
    placed = {index: at for index, at in zip(wanted, found, strict=True) if at is not None}
    return Read(stream=stream, placed=placed, stretches=_stretches(stream, wanted, placed))


def _stretches(stream: Stream, order: Sequence[int], placed: dict[int, Placed]) -> dict[int, tuple[int, int]]:
    """For each unit that is not in its place the stretch between its neighbours that are."""
    settled = {index: at.match for index, at in placed.items() if not at.moved}
    lows: dict[int, int] = {}
    low = 0
    for index in order:
        lows[index] = low
        low = settled[index].end if index in settled else low
    stretches: dict[int, tuple[int, int]] = {}
    high = len(stream)
    for index in reversed(order):
        if index in settled:
            high = settled[index].start
        else:
            stretches[index] = (lows[index], max(lows[index], high))
    return stretches


def _spots(stream: Stream, match: Match) -> Iterator[Spot]:
    first, last = stream.passage_at(match.start), stream.passage_at(match.end - 1)
    for number in range(first.number, last.number + 1):
        yield Spot(where=first.where, number=number)


def text_units(units: Sequence[Unit], *, without: Collection[Kind] = ()) -> tuple[int, ...]:
    """The numbers of the units that are read."""
    return tuple(index for index, unit in enumerate(units) if is_text(unit) and unit.kind not in without)
