"""Text whose characters a PDF gives in another order: found by which characters stand together, not by their order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate

from pipeline.verify.phrase import Piece, disordered, reshaped, spoken
from pipeline.verify.stream import Match, Stream, is_wordless

# Brackets are turned round where text runs from right to left.
_BRACKETS = str.maketrans("([{<«", ")]}>»")
_MOST_MARKS = 16
# How far such text is looked for, and how much may stand between its halves on two pages.
_TELLING = 24
_FURTHEST = 4000
_BETWEEN = 150


def find_shuffled(stream: Stream, pieces: tuple[Piece, ...], low: int, high: int) -> Match | None:
    """The first free stretch that holds the pieces' characters; None also where the script keeps its order.

    Right-to-left text and pictographs must be there with all their characters and no letter more. Of scripts that
    are drawn from parts of letters only the letters must be there.
    """
    key = "".join(piece.key for piece in pieces)
    high = min(high, low + _FURTHEST + 20 * len(key))
    if reshaped(key):
        return _holding(stream, key, low, high)
    if not (disordered(key) or stream.right_to_left):
        return None
    marks = min(sum(piece.gap for piece in pieces if not piece.words), _MOST_MARKS)
    found = _exactly(stream, key, marks, low, high) or _as_names(stream, key, marks, low, high)
    return found or (_holding(stream, key, low, high) if len(key) > _TELLING else None)


def shows_part(text: str, whole: str, *, uncertain: bool) -> bool:
    """Whether a text is part of another, both squeezed; where the order is `uncertain`, by its characters."""
    if text in whole or reshaped(whole):
        return True
    return (uncertain or disordered(whole)) and Counter(text.translate(_BRACKETS)) <= Counter(
        whole.translate(_BRACKETS)
    )


def _exactly(stream: Stream, key: str, marks: int, low: int, high: int) -> Match | None:
    """A free stretch of the key's characters and up to so many signs and numbers more."""
    if Counter(key.translate(_BRACKETS)) - Counter(stream.text[low:high].translate(_BRACKETS)):
        return None
    found = _same(stream.text[low:high], key, marks)
    matches = (Match(start=low + start, end=low + end) for start, end in found)
    return next((match for match in matches if stream.is_free(match)), None)


def _as_names(stream: Stream, key: str, marks: int, low: int, high: int) -> Match | None:
    """A free stretch where signs may stand as their names, even with the names' words in another order."""
    way = spoken(key)
    if way == key:
        return None
    names = [spoken(character) for character in stream.text[low:high]]
    if Counter(way.translate(_BRACKETS)) - Counter("".join(names).translate(_BRACKETS)):
        return None
    starts = list(accumulate(map(len, names), initial=0))
    found = _same("".join(names), way, marks)
    matches = (
        Match(start=low + bisect_right(starts, start) - 1, end=low + bisect_left(starts, end)) for start, end in found
    )
    return next((match for match in matches if stream.is_free(match)), None)


def _same(text: str, key: str, marks: int) -> Iterator[tuple[int, int]]:
    """The stretches of exactly the key's characters and up to so many signs and numbers, the shortest first."""
    wanted = Counter(key.translate(_BRACKETS))
    text = text.translate(_BRACKETS)
    # Where no long stretch holds the characters, no short one does.
    if next(_covering(wanted, text, min(len(text), len(key) + marks)), None) is None:
        return
    for size in range(len(key), len(key) + marks + 1):
        for start in _covering(wanted, text, size):
            if is_wordless("".join(Counter(text[start : start + size]) - wanted)):
                yield start, start + size


def _holding(stream: Stream, key: str, low: int, high: int) -> Match | None:
    """A stretch, somewhat longer than the key, that holds the key's letters, with what stands between two pages."""
    wanted = Counter(character for character in key if character.isalnum())
    size = min(len(key) + min(len(key), _BETWEEN), high - low)
    for start in _covering(wanted, stream.text[low:high], size):
        match = _tightened(wanted, stream.text, low + start, low + start + size)
        if stream.is_free(match):
            return match
    return None


def _tightened(wanted: Counter[str], text: str, start: int, end: int) -> Match:
    """The stretch without what is not wanted at its ends, so that it takes nothing of its neighbours."""
    spare = Counter(text[start:end])
    spare.subtract(wanted)
    while end > start and spare[text[end - 1]] > 0:
        spare[text[end - 1]] -= 1
        end -= 1
    while end > start and spare[text[start]] > 0:
        spare[text[start]] -= 1
        start += 1
    return Match(start=start, end=end)


def _covering(wanted: Counter[str], text: str, size: int) -> Iterator[int]:
    """Each start from which a stretch of that size holds the wanted characters."""
    if size > len(text) or size <= 0:
        return
    lacking = Counter(wanted)
    lacking.subtract(text[:size])
    short = sum(value for value in lacking.values() if value > 0)
    for start in range(len(text) - size + 1):
        if short <= 0:
            yield start
        if start + size < len(text):
            gone, come = text[start], text[start + size]
            lacking[gone] += 1
            short += lacking[gone] > 0
            short -= lacking[come] > 0
            lacking[come] -= 1
