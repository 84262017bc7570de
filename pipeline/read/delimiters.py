"""Runs of delimiters, paired into elements by the algorithm of CommonMark 0.31.2 ("Phase 2: inline structure").

Beside `*` and `_` there are `~` (strikethrough), `==` (mark), `++` and `^^` (insertion), which pair only with a run
of the same length.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from msgspec import Struct

from pipeline.read.characters import is_east_asian, is_punctuation, is_space, is_variation_selector
from pipeline.read.inline_pieces import Piece

_EMPHASIS = frozenset("*_")
_PAIRED = {"~": "del", "=": "mark", "+": "ins", "^": "ins"}
_PAIRED_LENGTHS = {"~": (1, 2), "=": (2,), "+": (2,), "^": (2,)}
# Programs and shells use these within words; there they are no markup.
_ONLY_AROUND_WORDS = frozenset("=+^")


class Run(Struct, kw_only=True):
    """A run of one delimiter character. `left` counts the characters that are not used up yet."""

    piece: Piece
    character: str
    length: int
    left: int
    can_open: bool
    can_close: bool


def read_run(text: str, start: int) -> Run:
    """The run of delimiters that begins at that place."""
    character = text[start]
    end = start + 1
    while end < len(text) and text[end] == character:
        end += 1
    before = _before(text, start)
    after = text[end] if end < len(text) else "\n"
    can_open, can_close = _flanking(character, before, after, end - start)
    return Run(
        piece=Piece(start=start, end=end, text=text[start:end]),
        character=character,
        length=end - start,
        left=end - start,
        can_open=can_open,
        can_close=can_close,
    )


def _flanking(character: str, before: str, after: str, length: int) -> tuple[bool, bool]:
    """Whether a run between those characters can open and can close an element.

    Chinese, Japanese and Korean set no spaces around words, so that CommonMark's rule would leave `**「…」**` or
    `**…。**` between their letters as text. Here such a character counts as a word's edge where punctuation of
    other writing stands within the marks, and its own punctuation counts as a letter.
    """
    space_before, space_after = is_space(before), is_space(after)
    mark_before, mark_after = is_punctuation(before), is_punctuation(after)
    left = not space_after and (_is_word(after) or space_before or mark_before or is_east_asian(before))
    right = not space_before and (_is_word(before) or space_after or mark_after or is_east_asian(after))
    if character == "_":
        return left and (not right or mark_before), right and (not left or mark_after)
    if character in _PAIRED:
        if length not in _PAIRED_LENGTHS[character]:
            return False, False
        if character in _ONLY_AROUND_WORDS or length == 1:
            return left and not _is_ascii_word(before), right and not _is_ascii_word(after)
    return left, right


def _before(text: str, start: int) -> str:
    """The character before that place; of one with a variation selector the character itself."""
    if start > 1 and is_variation_selector(text[start - 1]):
        return text[start - 2]
    return text[start - 1] if start else "\n"


def _is_word(character: str) -> bool:
    return not is_punctuation(character) or is_east_asian(character)


def _is_ascii_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def pair_runs(runs: list[Run]) -> None:
    """Pair what can be paired: the runs' pieces get the elements that they begin and end; the rest stays text."""
    openers: list[tuple[int, Run]] = []
    # For each kind of closer, the number of the run below which no opener for it can be.
    bottoms: dict[tuple[str, bool, int], int] = {}
    for number, run in enumerate(runs):
        while run.can_close and run.left:
            key = (run.character, run.can_open, run.length % 3 if run.character in _EMPHASIS else run.length)
            place = _find_opener(openers, run, bottoms.get(key, 0))
            if place is None:
                bottoms[key] = number
                break
            opener = openers[place][1]
            del openers[place + 1 :]
            _join(opener, run)
            if not opener.left:
                openers.pop()
        if run.can_open and run.left:
            openers.append((number, run))
    for run in runs:
        run.piece.text = run.character * run.left


def _find_opener(openers: list[tuple[int, Run]], closer: Run, bottom: int) -> int | None:
    """The place of the nearest opener that the closer can end, if it is not below the bottom."""
    for place in range(len(openers) - 1, -1, -1):
        number, opener = openers[place]
        if number < bottom:
            return None
        if opener.character == closer.character and _fit(opener, closer):
            return place
    return None


def _fit(opener: Run, closer: Run) -> bool:
    if opener.character not in _EMPHASIS:
        return opener.length == closer.length
    ambiguous = opener.can_close or closer.can_open
    sum_of_three = (opener.length + closer.length) % 3 == 0
    return not (ambiguous and sum_of_three) or (opener.length % 3 == 0 and closer.length % 3 == 0)


def _join(opener: Run, closer: Run) -> None:
    """Begin an element at the opener and end it at the closer, using up the delimiters between."""
    if opener.character in _EMPHASIS:
        used = 2 if min(opener.left, closer.left) > 1 else 1
        name = "strong" if used > 1 else "em"
    else:
        used, name = opener.length, _PAIRED[opener.character]
    opener.left -= used
    closer.left -= used
    opener.piece.opens.append(Element(name))
    closer.piece.closes += 1
