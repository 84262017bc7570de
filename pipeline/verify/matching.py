"""Where each unit stands in a stream: in order, each copy once, whatever stands between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from pipeline.verify.chain import Option, heaviest_chain
from pipeline.verify.phrase import Piece, reshaped
from pipeline.verify.shuffled import find_shuffled
from pipeline.verify.stream import Match, Stream, is_wordless
from pipeline.verify.wide_tables import joined

# How far from a neighbour that has moved a short unit is looked for.
_NEAR = 400
# Of a text that the page has many times each copy is looked for among so many copies in the file.
_MOST_COPIES = 60
# Of a text whose characters stand in another order so many copies are looked at: contents have titles as well.
_SHUFFLED_COPIES = 3
# A unit shorter than this is not looked for far away: it could be found anywhere.
TELLING = 12
# A unit shorter than this is not taken for part of a longer text.
_SENTENCE = 24
_IDEOGRAPHS = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
# What may stand between the halves of a unit that goes on over a slide or page, and the least that is a half.
_BETWEEN_HALVES = 300
_HALF = 6


class Standing(Enum):
    """How a short unit stands among other text, so that it is not taken for part of another."""

    ALONE = "fills its paragraph"
    LABELLED = "begins or ends its paragraph"
    LEGEND = "begins or ends its paragraph, with its source beside it"
    LINE = "fills its line"
    ANYWHERE = "stands anywhere"


class Needle(Struct, frozen=True, kw_only=True):
    """A unit to find. Neighbours of one `row` and part of it stand side by side; a `heading` stands in a heading only.

    One that stands `apart`, as a footnote does, is looked for far away even where it is short. One that is there
    `again` has been found elsewhere in the file.

    `within` are the first and the last slide that it should stand on, as far as that is known.
    """

    pieces: tuple[Piece, ...]
    row: tuple[int, int] | None = None
    heading: bool = False
    within: tuple[int, int] | None = None
    standing: Standing = Standing.ALONE
    apart: bool = False
    again: bool = False

    @property
    def size(self) -> int:
        """How many characters it has."""
        return sum(len(piece.key) for piece in self.pieces)

    @property
    def weight(self) -> int:
        """How many letters of an alphabet it would have."""
        return self.size + sum(len(_IDEOGRAPHS.findall(piece.key)) for piece in self.pieces)


class Placed(Struct, frozen=True, kw_only=True):
    """Where a needle was found; `moved` where that is out of order."""

    match: Match
    moved: bool = False


def align(
    stream: Stream, needles: Sequence[Needle], *, loose: bool = False, telling: int = TELLING
) -> list[Placed | None]:
    """For each needle where it stands.

    `loose` leaves the order within one slide or page free. A needle of less than `telling` characters is not looked
    for far away.
    """
    aligner = _Aligner(stream, needles, loose=loose, telling=telling)
    aligner.walk()
    aligner.fill()
    aligner.unbind()
    aligner.fill()
    aligner.search()
    return aligner.placed


class _Aligner:
    """One stream, its needles and where they were found so far."""

    def __init__(self, stream: Stream, needles: Sequence[Needle], *, loose: bool, telling: int) -> None:
        self._stream = stream
        self._needles = needles
        self._loose = loose
        self._telling = telling
        self._bound = True
        self.placed: list[Placed | None] = [None] * len(needles)

    # ------------------------------------------------------------ in order

    def walk(self) -> None:
        """Places what stands in the page's order. What is too short to be certain is left to `fill`."""
        lines = _lines(self._needles)
        needles = [_joined([self._needles[index] for index in line]) for line in lines]
        chain = heaviest_chain(self._options(needles))
        for line, match in zip(lines, chain, strict=True):
            if match is not None:
                for index in line:
                    self._place(index, match)

    def _options(self, needles: Sequence[Needle]) -> list[list[Option]]:
        """For each needle all the places where it could stand."""
        alike: dict[tuple[tuple[Piece, ...], Standing, bool, bool], list[int]] = {}
        for number, needle in enumerate(needles):
            alike.setdefault((needle.pieces, needle.standing, needle.heading, needle.apart), []).append(number)
        unit, all_sizes = len(needles) + 1, sum(needle.size + 1 for needle in needles)
        options: list[list[Option]] = [[] for _ in needles]
        for numbers in alike.values():
            needle = needles[numbers[0]]
            found = self._stream.occurrences(needle.pieces, ending=needle.standing is Standing.LABELLED)
            matches = [match for match in found if self._certain(needle, match)]
            for copy, number in enumerate(numbers):
                around = copy * len(matches) // len(numbers)
                near = matches[max(0, around - _MOST_COPIES) : around + _MOST_COPIES]
                low, high = self._bounds(needles[number])
                inside = (match for match in near if low <= match.start < high)
                # Where as much of the page is carried either way, a text stands where it stands alone. What has an
                # order of its own, or need not be here, weighs less, all of it together, than any text that must be.
                own = needles[number]
                weight = (own.size + 1) * unit * (1 if own.apart or own.again else all_sizes + 1)
                options[number] = [
                    Option(match=match, weight=weight + self._is_apart(needle, match)) for match in inside
                ]
        return options

    def _bounds(self, needle: Needle) -> tuple[int, int]:
        """The stretch of the slides that a needle should stand on."""
        return self._stream.bounds_of_number(*needle.within) if needle.within else (0, len(self._stream))

    # ------------------------------------------------------------ between what is placed

    def fill(self) -> None:
        """Places what stands between its placed neighbours."""
        nexts, nexts_of_text = self._next_starts(legends=True), self._next_starts(legends=False)
        previous: Match | None = None
        after_text = 0
        for index, needle in enumerate(self._needles):
            placed = self.placed[index]
            if placed is None:
                low = previous.end if previous else 0
                match = self._between(needle, low, nexts[index], previous)
                if match is None and needle.standing is not Standing.LEGEND:
                    # A picture may stand beside its text, and its legend on either side of it.
                    match = self._find(needle, min(low, after_text), nexts_of_text[index], free=True)
                if match is not None:
                    self._place(index, match)
                    placed = self.placed[index]
            if placed is not None and (previous is None or placed.match.end >= previous.end):
                previous = placed.match
                after_text = after_text if needle.standing is Standing.LEGEND else previous.end

    def _next_starts(self, *, legends: bool) -> list[int]:
        """For each needle the start of the next one that is placed, be it a legend or not."""
        starts: list[int] = []
        start = len(self._stream)
        for needle, placed in zip(reversed(self._needles), reversed(self.placed), strict=True):
            starts.append(start)
            if placed is not None and (legends or needle.standing is not Standing.LEGEND):
                start = placed.match.start
        return starts[::-1]

    def _between(self, needle: Needle, low: int, high: int, previous: Match | None) -> Match | None:
        match = self._find(needle, low, high, free=True)
        if match is not None or not len(self._stream):
            return match
        if self._loose:
            low, high = self._widened(low, high, previous)
            match = self._find(needle, low, high, free=True)
        return match or self._in_halves(needle, low, high) or self._shuffled(needle, low, high)

    def _widened(self, low: int, high: int, previous: Match | None) -> tuple[int, int]:
        """The stretch of whole slides or pages."""
        stream = self._stream
        first = stream.passage_at(previous.start).number if previous else 0
        last = stream.passage_at(min(high, len(stream) - 1)).number
        wide = stream.bounds_of_number(first, last)
        return min(low, wide[0]), max(high, wide[1])

    def _in_halves(self, needle: Needle, low: int, high: int) -> Match | None:
        """A unit that breaks off at the end of a slide or page and goes on at the top of the next."""
        key = "".join(piece.key for piece in needle.pieces)
        if len(key) < 2 * _HALF:
            return None
        at = self._stream.text.find(key[:_HALF], low, high)
        while at >= 0:
            match = self._follow(key, at, high)
            if match is not None and self._stream.is_free(match) and self._stream.is_whole(match):
                return match
            at = self._stream.text.find(key[:_HALF], at + 1, high)
        return None

    def _follow(self, key: str, start: int, high: int) -> Match | None:
        """The stretch from a position over which a key stands, if it breaks, and only where slides or pages do."""
        stream, at, done = self._stream, start, 0
        while done < len(key):
            size = _common(stream.text, at, key, done)
            if size < min(_HALF, len(key) - done) or size == len(key):
                return None
            at, done = at + size, done + size
            if done < len(key):
                rest = self._resumed(key[done : done + _HALF], at, high)
                if rest is None:
                    return None
                at = rest
        return Match(start=start, end=at)

    def _resumed(self, key: str, at: int, high: int) -> int | None:
        """Where a text that ends with its passage goes on: with a passage of the next slide or page."""
        stream = self._stream
        following = stream.next_number_at(at)
        if following is None or following - at > _BETWEEN_HALVES or not stream.ends_passage(at):
            return None
        end = min(high, following + _BETWEEN_HALVES)
        found = stream.text.find(key, following, end)
        while found >= 0 and not stream.begins_passage(found):
            found = stream.text.find(key, found + 1, end)
        return None if found < 0 else found

    def _shuffled(self, needle: Needle, low: int, high: int) -> Match | None:
        certain = any(reshaped(piece.key) for piece in needle.pieces)
        for _ in range(_SHUFFLED_COPIES):
            match = find_shuffled(self._stream, needle.pieces, low, high)
            if match is None or certain or self._fits(needle, match, low, high):
                return match
            low = match.end
        return None

    # ------------------------------------------------------------ anywhere

    def search(self) -> None:
        """Finds what stands out of order: first what is long enough to be known anywhere, then what is beside it."""
        lines = [line for line in _lines(self._needles) if not any(self.placed[index] for index in line)]
        # What stands apart is known by nothing but its text: others do not take it.
        for line in sorted(lines, key=lambda line: not self._needles[line[0]].apart):
            needle = _joined([self._needles[index] for index in line])
            if needle.size >= self._telling or needle.heading or needle.apart:
                self._take_moved(line, self._find(needle, 0, len(self._stream), free=True))
            elif needle.within:
                low, high = self._stream.bounds_of_number(*needle.within)
                self._take_moved(line, self._find(needle, low, high, free=True))
        self._beside(lines)
        self._beside([[index] for index, placed in enumerate(self.placed) if placed is None])

    def _beside(self, lines: Sequence[list[int]]) -> None:
        """Finds what is too short to be looked for anywhere beside its neighbour that has moved."""
        for line in lines:
            before = self.placed[line[0] - 1] if line[0] else None
            if before is not None and before.moved and self.placed[line[0]] is None:
                needle = _joined([self._needles[index] for index in line])
                end = before.match.end
                self._take_moved(line, self._find(needle, end, end + _NEAR, free=True))
        for line in reversed(lines):
            after = self.placed[line[-1] + 1] if line[-1] + 1 < len(self.placed) else None
            if after is not None and after.moved and self.placed[line[0]] is None:
                needle = _joined([self._needles[index] for index in line])
                start = after.match.start
                self._take_moved(line, self._last(needle, max(0, start - _NEAR), start))

    def _last(self, needle: Needle, low: int, high: int) -> Match | None:
        """The last place in a stretch where a needle stands."""
        last: Match | None = None
        while (match := self._find(needle, low, high, free=True)) is not None:
            last, low = match, match.end
        return last

    def _take_moved(self, line: Sequence[int], match: Match | None) -> None:
        if match is not None:
            self._stream.claim(match)
            for index in line:
                self.placed[index] = Placed(match=match, moved=True)

    def unbind(self) -> None:
        """From here on needles may stand outside their slides."""
        self._bound = False

    def _place(self, index: int, match: Match) -> None:
        self._stream.claim(match)
        self.placed[index] = Placed(match=match)

    def _find(self, needle: Needle, low: int, high: int, *, free: bool = False) -> Match | None:
        if self._bound:
            first, last = self._bounds(needle)
            low, high = max(low, first), min(high, last)
        match = self._stream.find(needle.pieces, low, high, free=free)
        while match is not None and not self._fits(needle, match, low, high):
            match = self._stream.find(needle.pieces, match.start + 1, high, free=free)
        return match

    def _fits(self, needle: Needle, match: Match, low: int, high: int) -> bool:
        """Whether a match can be the needle, rather than the same characters in another text."""
        # A short one may also stand right beside the text before or after it.
        text = self._stream.text
        beside = is_wordless(text[low : match.start]) or is_wordless(text[match.end : high])
        return self._certain(needle, match) or (beside and not needle.heading)

    def _certain(self, needle: Needle, match: Match) -> bool:
        if needle.heading and not self._stream.passage_at(match.start).heading:
            return False
        sentence = needle.weight >= _SENTENCE and needle.standing is not Standing.LINE
        return sentence or self._stands(needle.standing, match)

    def _is_apart(self, needle: Needle, match: Match) -> bool:
        """Whether a match is all of its passage, but for the source of a legend."""
        begins = self._stream.begins_passage(match.start)
        return begins and (needle.standing is Standing.LEGEND or self._stream.ends_passage(match.end))

    def _stands(self, standing: Standing, match: Match) -> bool:
        begins = self._stream.begins_passage(match.start)
        ends = self._stream.ends_passage(match.end)
        match standing:
            case Standing.ALONE:
                return begins and ends
            case Standing.LABELLED | Standing.LEGEND:
                return begins or ends
            case Standing.LINE:
                return self._stream.fills_lines(match)
            case Standing.ANYWHERE:
                return True
            case _:
                assert_never(standing)


def _lines(needles: Sequence[Needle]) -> list[list[int]]:
    """The needles' numbers, those of one row together."""
    lines: list[list[int]] = []
    for index, needle in enumerate(needles):
        if needle.row is not None and lines and needles[lines[-1][0]].row == needle.row:
            lines[-1].append(index)
        else:
            lines.append([index])
    return lines


def _joined(needles: list[Needle]) -> Needle:
    """A row's cells as one needle."""
    return replace(needles[0], pieces=joined([needle.pieces for needle in needles]))


def _common(text: str, at: int, key: str, done: int) -> int:
    """How many characters agree from here on, found by halving."""
    low, high = 0, min(len(key) - done, len(text) - at)
    while low < high:
        middle = (low + high + 1) // 2
        if text.startswith(key[done : done + middle], at):
            low = middle
        else:
            high = middle - 1
    return low
