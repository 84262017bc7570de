"""What kind of character one is, where Markdown's dialects ask: invisible, East Asian, punctuation, white space."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

# Blanks that Unicode counts among letters and symbols.
_BLANKS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_INVISIBLE: Final = frozenset(["Cc", "Cf", "Zl", "Zp", "Zs"])
# Wide symbols here are written with Han characters; those elsewhere are emoji.
_HAN_SYMBOLS: Final = range(0x3000, 0x3400)
_SELECTORS: Final = (range(0xFE00, 0xFE03), range(0xE0100, 0xE01F0))


def is_blank(text: str) -> bool:
    """Whether nothing of a text can be seen: it is empty, or of spaces of all kinds and characters without width."""
    return all(character in _BLANKS or unicodedata.category(character) in _INVISIBLE for character in text)


def is_space(character: str) -> bool:
    """Whether it is white space as CommonMark counts it."""
    return character in "\t\n\f\r" or unicodedata.category(character) == "Zs"


def is_punctuation(character: str) -> bool:
    """Whether it is punctuation as CommonMark counts it: symbols, too."""
    return unicodedata.category(character)[0] in "PS"


@lru_cache(maxsize=4096)
def is_east_asian(character: str) -> bool:
    """Whether it is of Chinese, Japanese or Korean writing, punctuation included; emoji are not."""
    if unicodedata.east_asian_width(character) not in "WFH":
        return False
    return unicodedata.category(character) != "So" or ord(character) in _HAN_SYMBOLS


def is_variation_selector(character: str) -> bool:
    """Whether it only says in which form the character before it is drawn."""
    return any(ord(character) in selectors for selectors in _SELECTORS)
