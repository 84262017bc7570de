"""Text as paper can carry it: signs that no font has as words, and one sign of two glyphs as two."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

# What can be said with a sign that most fonts have.
_LIKE: Final = MappingProxyType(
    {
        "✅": "✔",
        "☑": "✔",
        "❌": "✘",
        "❎": "✘",
        "⭐": "★",
        "🌟": "★",
        "❗": "!",
        "❕": "!",
        "❓": "?",
        "❔": "?",
        "➕": "+",
        "➖": "−",
        "➡": "→",
        "⬅": "←",
        "👉": "→",
        "👈": "←",
    }
)
# Marks that only change the look of the sign before them, and joiners.
_MODIFIERS: Final = re.compile("[\ufe0e\ufe0f\u200d\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
# Where text stands in HTML that is printed: between tags, and in what headers are made of. The title is not printed.
_PRINTED: Final = re.compile(r'<title>.*?</title>|>[^<]+|(?<= )data-[a-z]+="[^"]*"', re.DOTALL)
_FLAG_A, _FLAG_Z = 0x1F1E6, 0x1F1FF
# Thai's and Lao's sign for "am", with the marks before it, which the ring of its two halves is drawn below.
_AM: Final = re.compile(
    "([\u0e31\u0e34-\u0e37\u0e3b\u0e47-\u0e4e\u0eb1\u0eb4-\u0eb7\u0ebb\u0ec7-\u0ece]*)([\u0e33\u0eb3])"
)
_HALVES: Final = MappingProxyType({"\u0e33": ("\u0e4d", "\u0e32"), "\u0eb3": ("\u0ecd", "\u0eb2")})
_NAMELESS: Final = "□"
_UNBROKEN = "\N{NON-BREAKING HYPHEN}"


class Legibility:
    """Tells which signs can be drawn, by a function that knows the fonts, and remembers those that cannot."""

    def __init__(self, drawable: Callable[[str], bool]) -> None:
        self._drawable = drawable
        self._words: dict[str, str] = {}
        self.missing: dict[str, None] = {}

    def html(self, html: str) -> str:
        """The HTML with words in place of signs that cannot be drawn; addresses and ids stay as they are."""
        return html if html.isascii() else _PRINTED.sub(self._printed, html)

    def text(self, text: str) -> str:
        """The text with words in place of signs that cannot be drawn."""
        return self._put(text, "{}")

    def _printed(self, match: re.Match[str]) -> str:
        if match[0].startswith("<title>"):
            return match[0]
        # The style sheet paints these words after all others, so that the page's own are found without them between.
        return self._put(match[0], '<span class="sign">{}</span>' if match[0].startswith(">") else "{}")

    def _put(self, text: str, pattern: str) -> str:
        text = _AM.sub(_in_halves, text)
        words = {} if text.isascii() else self._learn(text)
        if not words:
            return text
        signs = "|".join(f"{re.escape(char)}{_MODIFIERS.pattern}*" for char in words)
        return re.sub(signs, lambda match: pattern.format(words[match[0][0]]), text)

    def _learn(self, text: str) -> Mapping[str, str]:
        """The words for the signs of a text that cannot be drawn."""
        found = {}
        for char in dict.fromkeys(text):
            if char not in self._words:
                self._words[char] = (
                    "" if char.isascii() or not _is_sign(char) or self._drawable(char) else self._word(char)
                )
            if self._words[char]:
                found[char] = self._words[char]
                self.missing.setdefault(char)
        return found

    def _word(self, char: str) -> str:
        like = _LIKE.get(char)
        if like and (like.isascii() or self._drawable(like)):
            return like
        if _FLAG_A <= ord(char) <= _FLAG_Z:
            return chr(ord("A") + ord(char) - _FLAG_A)
        name = unicodedata.name(char, "").lower()
        # A name is not divided at its hyphen, which nobody could tell from one at the end of a line.
        return f"[{name.replace('-', _UNBROKEN)}]" if name else _NAMELESS


def _in_halves(found: re.Match[str]) -> str:
    """The sign as the two that it is drawn with: a PDF says of each glyph what it stands for, always the same."""
    ring, rest = _HALVES[found[2]]
    return f"{ring}{found[1]}{rest}"


def _is_sign(char: str) -> bool:
    """Whether a character is a sign of its own; letters are left to the check of whole scripts."""
    return unicodedata.category(char) in {"So", "Sk", "Sm", "Sc", "Co", "Cn", "Po"} and not _MODIFIERS.match(char)
