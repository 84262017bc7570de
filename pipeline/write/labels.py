"""How the page's language is written on paper, and labels of one number or several."""

from __future__ import annotations

from typing import Final

from pipeline.typeset import reads_from_the_right

EAST_ASIAN: Final = frozenset({"ja", "ko", "zh"})


def direction(language: str) -> str:
    """`rtl` where the language is written from right to left, else `ltr`."""
    return "rtl" if reads_from_the_right(language) else "ltr"


def italic(language: str) -> str:
    """What slants in that language: nothing in East Asian ones, whose fonts have no italics."""
    return "normal" if _primary(language) in EAST_ASIAN else "italic"


# A last word of up to so many letters is held to others, where so many stand before it.
_SHORT_WORD = 6
_FEWEST_BEFORE = 4


def spread(numbers: tuple[int, ...], one: str, several: str) -> str:
    """One number, or the first and last of consecutive ones, put into the fitting pattern."""
    return one.format(numbers[0]) if len(numbers) == 1 else several.format(numbers[0], numbers[-1])


def without_lone_word(text: str) -> str:
    """A cell's text with its short last word held to the one before it, so that it does not stand on a line alone."""
    before, _, last = text.rpartition(" ")
    if before.count(" ") + 1 < _FEWEST_BEFORE or len(last) > _SHORT_WORD:
        return text
    return f"{before}\N{NO-BREAK SPACE}{last}"


def _primary(language: str) -> str:
    return language.casefold().split("-", maxsplit=1)[0]


def name_within(text: str, language: str) -> str:
    """The name of a file within words of a language: where those read from the right, it reads from the left still."""
    return f"\u200e{text}\u200e" if direction(language) == "rtl" else text
