"""How much room text takes at least, from letters' usual widths: no font is opened, so any machine says the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

# Widths of ASCII characters in thousandths of the size, as in the sans-serif fonts that presentations are set in.
_ADVANCES = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 "
    "556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 "
    "1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 "
    "667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 "
    "333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 "
    "556 556 333 500 278 556 500 722 500 500 500 334 260 334 584"
)
_ASCII = {chr(0x20 + index): int(width) / 1000 for index, width in enumerate(_ADVANCES.split())}
_LETTER = 0.5
_MONOSPACED = 0.6
_SQUARE = 1.0
_BOLD = 1.05
# With so much of the usual width nearly every font is wider that is drawn like the usual ones, by their names' parts;
# others, such as most serifs, may be narrower.
_AT_LEAST = 0.94
_USUAL = ("arial", "helvetica", "liberation sans", "arimo", "verdana", "dejavu sans", "noto sans", "open sans", "segoe")
_NARROW = ("narrow", "condensed", "compressed")
_AT_LEAST_OF_OTHERS = 0.78
# What is wider than a line where letters are this much wider than at least may be wider in some program.
_AT_MOST = 1.17
_FIRST_MARK = 0x300


class SizedText(Struct, frozen=True, kw_only=True):
    """Text at a size in points; a newline ends a line. `font` is the family's name in small letters."""

    text: str
    size: float
    bold: bool = False
    monospaced: bool = False
    font: str = "arial"


class Extent(Struct, frozen=True, kw_only=True):
    """How many lines text takes, and the width of the widest, in points."""

    lines: int
    width: float


def extent(runs: Sequence[SizedText], width: float, *, wraps: bool = True, outdent: float = 0.0) -> Extent:
    """The least that text takes in a column of a width in points, left of which the first line may begin."""
    lines, widest, used, gap = 1, 0.0, -outdent, 0.0
    for word in _words(runs):
        if word.hard:
            lines, used, gap = lines + 1, 0.0, 0.0
            continue
        # What perhaps no line can hold is broken anywhere, so it may begin on this one.
        if wraps and used > -outdent and word.width * _AT_MOST <= width and word.width > width - used - gap:
            lines, used, gap = lines + 1, 0.0, 0.0
        used += gap + word.width
        gap = word.space
        if wraps and used > width > 0:
            more = int(used / width)
            lines, used, widest = lines + more, used - more * width, width
        widest = max(widest, used)
    return Extent(lines=lines, width=widest)


class _Word(Struct, frozen=True):
    """A stretch that no program breaks unless it must, and the space after it. `hard` ends a line."""

    width: float
    space: float
    hard: bool = False


@lru_cache(maxsize=256)
def _least(font: str, *, monospaced: bool) -> float:
    """What usual widths are multiplied by for the least that a font takes; letters of one width are told apart."""
    usual = any(name in font for name in _USUAL) and not any(name in font for name in _NARROW)
    return _AT_LEAST if usual or monospaced else _AT_LEAST_OF_OTHERS


def _words(runs: Sequence[SizedText]) -> Iterator[_Word]:
    for run in runs:
        scale = run.size * _least(run.font, monospaced=run.monospaced)
        between = _width(" ", bold=False, monospaced=run.monospaced) * scale
        for number, line in enumerate(run.text.split("\n")):
            if number:
                yield _Word(0.0, 0.0, hard=True)
            for text, space in _broken(line):
                width = _width(text, bold=run.bold, monospaced=run.monospaced) * scale
                yield _Word(width, between if space else 0.0)


@lru_cache(maxsize=4096)
def _broken(line: str) -> tuple[tuple[str, bool], ...]:
    """The line's words, and whether a space follows each; East Asian text may break between any two characters."""
    parts: list[tuple[str, bool]] = [("", True)] if line[:1].isspace() else []
    words = line.split()
    for number, word in enumerate(words, 1):
        spaced = number < len(words) or line[-1:].isspace()
        cuts = [0, *(at for at, (a, b) in enumerate(pairwise(word), 1) if _parts(a, b)), len(word)]
        pieces = [word[first:last] for first, last in pairwise(cuts)]
        parts.extend((piece, spaced and index == len(pieces) - 1) for index, piece in enumerate(pieces))
    return tuple(parts)


def _parts(before: str, after: str) -> bool:
    return before in "-/" or _is_square(before) or _is_square(after)


@lru_cache(maxsize=4096)
def _is_square(character: str) -> bool:
    return not character.isascii() and unicodedata.east_asian_width(character) in {"W", "F"}


@lru_cache(maxsize=65536)
def _width(text: str, *, bold: bool, monospaced: bool) -> float:
    """The width of a word at a size of one point."""
    total = sum(_advance(character, monospaced=monospaced) for character in text)
    return total * (_BOLD if bold and not monospaced else 1.0)


def _advance(character: str, *, monospaced: bool) -> float:
    if character in _ASCII:
        return _MONOSPACED if monospaced else _ASCII[character]
    if ord(character) < _FIRST_MARK:
        return _MONOSPACED if monospaced else _LETTER
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0.0
    return _SQUARE if _is_square(character) else _narrow(character)


def _narrow(character: str) -> float:
    """Greek and Cyrillic are as wide as Latin; of joined scripts many letters are much narrower."""
    return _LETTER if unicodedata.name(character, "").startswith(("GREEK", "CYRILLIC")) else _LETTER / 2
