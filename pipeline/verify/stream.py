"""A file's passages as one stretch of squeezed text that can be searched, and what of it has been found."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

from msgspec import Struct

from pipeline.verify.carried import LINE_END_HYPHEN, Passage
from pipeline.verify.phrase import Piece, fold, right_to_left, squeeze

_BESIDE_HYPHEN = 12
# So many letters before a line's end tell where on the page it is, if the page writes a word in two ways.
_CONTEXT = 16
# Lines are looked up by so many of their first characters; the last character of all comes after every other.
_BEGINNING, _LAST = 60, chr(sys.maxunicode)
_FIRST_LETTER = re.compile(r"[^\W\d_]")
_LAST_LETTER = re.compile(r"[^\W\d_](?=[\W\d_]*\Z)")
# A text shorter than this is not looked for inside lines.
_LEAST_INSIDE = 12
# What paper sets behind a link within the page: "→ page 7", "→ 第 7 页".
_TO_PAGE = re.compile(r"→\D{0,12}\d+[^\W\d_]{0,4}")
_WORD_END = re.compile(r"[^\W_]+$")
_WORD_START = re.compile(r"^[^\W_]+")


class Match(Struct, frozen=True, kw_only=True):
    """A stretch of a stream, from `start` to before `end`."""

    start: int
    end: int


class Stream:
    """Passages joined without white space. `edges` marks where a word begins, `claimed` what has been found."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self.passages = tuple(passages)
        self.words: list[str] = []
        self._word_starts: list[int] = []
        self._starts: list[int] = []
        lines = {0}
        offset = 0
        for passage in self.passages:
            self._starts.append(offset)
            for line in fold(passage.text).split("\n"):
                lines.add(offset)
                for word in line.split():
                    self.words.append(word)
                    self._word_starts.append(offset)
                    offset += len(word)
        self._lines = sorted({*lines, offset})
        self.text = "".join(self.words)
        self.right_to_left = right_to_left(self.text)
        self._numbers = [passage.number for passage in self.passages]
        self._bounds = (*self._starts, offset)
        edges = bytearray(offset + 1)
        for start in (*self._word_starts, offset):
            edges[start] = 1
        self._edges = bytes(edges)
        self._claimed = bytearray(offset)
        self._beginnings = self._begin()
        self._endings = self._end()

    def __len__(self) -> int:
        return len(self.text)

    def passage_at(self, position: int) -> Passage:
        """The passage that a position stands in."""
        return self.passages[bisect_right(self._starts, position) - 1]

    def bounds_of_number(self, first: int, last: int) -> tuple[int, int]:
        """The stretch of the slides or pages from one number to another."""
        low, high = bisect_left(self._numbers, first), bisect_right(self._numbers, last)
        return self._bounds[low], self._bounds[high]

    def next_number_at(self, position: int) -> int | None:
        """Where the slide or page after that of a position begins."""
        number = self.passage_at(max(0, position - 1)).number
        low, high = self.bounds_of_number(0, number)
        return high if low <= position and high < len(self.text) else None

    def words_between(self, start: int, end: int) -> tuple[str, ...]:
        """The words that begin in a stretch."""
        return tuple(self.words[bisect_left(self._word_starts, start) : bisect_left(self._word_starts, end)])

    def passages_between(self, start: int, end: int) -> tuple[Passage, ...]:
        """The passages that begin in a stretch."""
        return self.passages[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def begins_passage(self, position: int) -> bool:
        """Whether nothing but numbers and signs stands before a position in its passage."""
        start = self._starts[bisect_right(self._starts, position) - 1]
        return is_wordless(self.text[start:position])

    def ends_passage(self, position: int) -> bool:
        """Whether nothing but numbers, signs and the page of a link stands after a position in the passage it ends."""
        end = self._bounds[bisect_left(self._bounds, position)]
        return is_wordless(_TO_PAGE.sub("", self.text[position:end]))

    def fills_lines(self, match: Match) -> bool:
        """Whether a stretch is one line or several, but for numbers and signs around it."""
        start = self._lines[bisect_right(self._lines, match.start) - 1]
        end = self._lines[bisect_left(self._lines, match.end)]
        return is_wordless(self.text[start : match.start]) and is_wordless(self.text[match.end : end])

    def claim(self, match: Match) -> None:
        """Marks a stretch as found."""
        self._claimed[match.start : match.end] = b"\x01" * (match.end - match.start)

    def is_free(self, match: Match) -> bool:
        """Whether nothing of a stretch has been found as something else."""
        return self._claimed.find(1, match.start, match.end) < 0

    def unclaimed(self, low: int = 0, high: int | None = None) -> Iterator[Passage]:
        """The passages that begin in a stretch and of which nothing has been found."""
        first = bisect_left(self._starts, low)
        last = len(self._starts) if high is None else bisect_left(self._starts, high)
        for index in range(first, last):
            if self.is_free(Match(start=self._bounds[index], end=self._bounds[index + 1])):
                yield self.passages[index]

    def occurrences(self, pieces: tuple[Piece, ...], *, ending: bool = False) -> list[Match]:
        """Every place where all pieces stand, in order and as whole words: where lines begin, else anywhere.

        Of a text that may stand after a label also where passages end.
        """
        key = pieces[0].key
        places = [at for at in _looked_up(self._beginnings, key) if self.text.startswith(key, at)]
        matches = [match for at in places if (match := self._extend(pieces, 0, at))]
        if ending:
            matches = self._with_endings(pieces, matches)
        if matches or sum(len(piece.key) for piece in pieces) < _LEAST_INSIDE:
            return matches
        match = self.find(pieces, 0, len(self.text))
        while match is not None:
            matches.append(match)
            match = self.find(pieces, match.end, len(self.text))
        return matches

    def _with_endings(self, pieces: tuple[Piece, ...], matches: list[Match]) -> list[Match]:
        """The matches in order, with those that end passages among them."""
        ends = _looked_up(self._endings, pieces[-1].key[::-1])
        found = [match for at in ends if (match := self.before(pieces, at))]
        return sorted({(match.start, match.end): match for match in (*matches, *found)}.values(), key=_position)

    def before(self, pieces: tuple[Piece, ...], end: int) -> Match | None:
        """The stretch of all pieces that ends at a position, if they stand there."""
        key = pieces[-1].key
        return self._extend(pieces, len(pieces) - 1, end - len(key)) if self.text.endswith(key, 0, end) else None

    def _begin(self) -> list[tuple[str, int]]:
        """How lines begin and where, sorted; numbers and signs before the first word may be left out."""
        places: set[int] = set()
        for start, end in pairwise(self._lines):
            word = _FIRST_LETTER.search(self.text, start, end)
            places.update({start, word.start() if word else start})
        return sorted((self.text[at : at + _BEGINNING], at) for at in places)

    def _end(self) -> list[tuple[str, int]]:
        """How passages end, backwards, and where, sorted; numbers and signs after the last word may be left out."""
        places: set[int] = set()
        for start, end in pairwise(self._bounds):
            tail = max(start, end - _BEGINNING)
            word = _LAST_LETTER.search(self.text[tail:end])
            places.update({end, tail + word.end() if word else end})
        return sorted((self.text[max(0, at - _BEGINNING) : at][::-1], at) for at in places)

    def find(self, pieces: tuple[Piece, ...], low: int, high: int, *, free: bool = False) -> Match | None:
        """The first place between two positions where all pieces stand, in order and as whole words."""
        anchor = max(range(len(pieces)), key=lambda index: len(pieces[index].key))
        key = pieces[anchor].key
        high = min(high, len(self.text))
        at = self.text.find(key, low, high)
        while at >= 0:
            match = self._extend(pieces, anchor, at)
            if match and low <= match.start and match.end <= high and (not free or self.is_free(match)):
                return match
            at = self.text.find(key, at + 1, high)
        return None

    def _extend(self, pieces: tuple[Piece, ...], anchor: int, at: int) -> Match | None:
        """The stretch of all pieces, where the longest of them stands at a position."""
        start, end = at, at + len(pieces[anchor].key)
        for piece in pieces[anchor + 1 :]:
            found = self.text.find(piece.key, end, end + piece.gap + len(piece.key))
            if found < 0 or not (piece.words or is_wordless(self.text[end:found])):
                return None
            end = found + len(piece.key)
        for index in range(anchor - 1, -1, -1):
            size, gap = len(pieces[index].key), pieces[index + 1].gap
            found = self.text.rfind(pieces[index].key, max(0, start - gap - size), start)
            if found < 0 or not (pieces[index + 1].words or is_wordless(self.text[found + size : start])):
                return None
            start = found
        match = Match(start=start, end=end)
        return match if self.is_whole(match) else None

    def is_whole(self, match: Match) -> bool:
        """Whether a stretch begins and ends where words do."""
        return self._parted(match.start) and self._parted(match.end)

    def _parted(self, position: int) -> bool:
        """Whether one word ends and another begins at a position; a number may touch a word."""
        if self._edges[position]:
            return True
        before, after = self.text[position - 1], self.text[position]
        return not (before.isalnum() and after.isalnum()) or before.isdigit() != after.isdigit()


def _looked_up(lines: list[tuple[str, int]], key: str) -> list[int]:
    """The places of those of the sorted lines that begin as a text does."""
    start = key[:_BEGINNING]
    low, high = bisect_left(lines, (start, -1)), bisect_left(lines, (start + _LAST, -1))
    return sorted(at for _, at in lines[low:high])


def _position(match: Match) -> tuple[int, int]:
    return match.start, match.end


def is_wordless(text: str) -> bool:
    """Whether nothing but numbers and signs stands in a text."""
    return not any(map(str.isalpha, text))


def join_hyphens(text: str, source: str) -> str:
    """Text whose line-end hyphens are kept where the page's squeezed `source` has them, else dropped."""
    while (at := text.find(LINE_END_HYPHEN)) >= 0:
        before = _WORD_END.search(fold(text[max(0, at - _BESIDE_HYPHEN) : at]))
        following = text[at + 1 : at + 2 * _BESIDE_HYPHEN].partition(LINE_END_HYPHEN)[0]
        after = _WORD_START.search(fold(following).lstrip())
        if not before or not after:
            # Only words are parted by a line breaker: here the line ends.
            text = f"{text[:at]}-\n{text[at + 1 :]}"
            continue
        kept = f"{before.group()}-{after.group()}" in source and not _joined_here(text[:at], after.group(), source)
        text = text[:at] + ("-" if kept else "") + text[at + 1 :].lstrip()
    return text


def _joined_here(before: str, after: str, source: str) -> bool:
    """Whether the page has the two parts as one word where the same stands before them, and not with a hyphen."""
    context = squeeze(before[-2 * _CONTEXT :])[-_CONTEXT:]
    return f"{context}{after}" in source and f"{context}-{after}" not in source
