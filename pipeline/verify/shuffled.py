"""Text whose characters a PDF gives in another order: found by which characters stand together, not by their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline.verify.phrase import Piece, disordered, reshaped, spoken
from pipeline.verify.stream import Match, Stream, is_wordless

# Brackets are turned round where text runs from right to left.
_BRACKETS = str.maketrans("([{<«", ")]}>»")
_MOST_MARKS = 16


def find_shuffled(stream: Stream, pieces: tuple[Piece, ...], low: int, high: int) -> Match | None:
    """The first free stretch that holds the pieces' characters; None also where the script keeps its order.

    Right-to-left text and pictographs must be there with all their characters and no letter more. Of scripts that
    are drawn from parts of letters only the letters must be there.
    """
    key = "".join(piece.key for piece in pieces)
    if reshaped(key):
        return _holding(stream, key, low, high)
    if not (disordered(key) or stream.right_to_left):
        return None
    marks = min(sum(piece.gap for piece in pieces if not piece.words), _MOST_MARKS)
    # On such paper a sign may stand as its name, and even the name's words in another order.
    for way in dict.fromkeys((key, spoken(key))):
        for marks_there in range(marks + 1):
            match = _same(stream, way, marks_there, low, high)
            if match:
                return match
    return None


def shows_part(text: str, whole: str) -> bool:
    """Whether a text is part of another, both squeezed; where the order is not certain, by its characters."""
    if text in whole:
        return True
    return (disordered(text) or disordered(whole)) and Counter(text.translate(_BRACKETS)) <= Counter(
        whole.translate(_BRACKETS)
    )


def _same(stream: Stream, key: str, marks: int, low: int, high: int) -> Match | None:
    """A stretch of exactly the key's characters and so many signs and numbers."""
    wanted = Counter(key.translate(_BRACKETS))
    text = stream.text[low:high].translate(_BRACKETS)
    for start in _covering(wanted, text, len(key) + marks):
        match = Match(start=low + start, end=low + start + len(key) + marks)
        more = Counter(text[start : start + len(key) + marks]) - wanted
        if is_wordless("".join(more)) and stream.is_free(match):
            return match
    return None


def _holding(stream: Stream, key: str, low: int, high: int) -> Match | None:
    """A stretch, a little longer than the key, that holds the key's letters."""
    wanted = Counter(character for character in key if character.isalnum())
    size = min(len(key) + len(key) // 4 + 4, high - low)
    for start in _covering(wanted, stream.text[low:high], size):
        match = Match(start=low + start, end=low + start + size)
        if stream.is_free(match):
            return match
    return None


def _covering(wanted: Counter[str], text: str, size: int) -> Iterator[int]:
    """Each start from which a stretch of that size holds every character as often as wanted."""
    if size > len(text) or size <= 0:
        return
    lacking = Counter(wanted)
    lacking.subtract(text[:size])
    short = sum(1 for value in lacking.values() if value > 0)
    for start in range(len(text) - size + 1):
        if not short:
            yield start
        if start + size < len(text):
            gone, come = text[start], text[start + size]
            lacking[gone] += 1
            short += lacking[gone] == 1
            lacking[come] -= 1
            short -= lacking[come] == 0
