"""How much there is to say: words, and the time that saying them takes."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.model.document import Block, Blocks, CodeBlock, Figure, FormulaBlock
from pipeline.model.text import own_inlines, plain_text, walk_blocks

WORDS_A_MINUTE = 140
CHARACTERS_A_MINUTE = 240
"""Of Chinese and Japanese."""
_SECONDS_A_PICTURE = 5.0
_SECONDS_A_LINE = 2.0
_ROUNDED_TO = 5

# Scripts written without spaces between words; each character counts as a part of a word. Those of South-East Asia are
# alphabets: a word of theirs has about as many letters as one of English.
_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_LETTERS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_LETTERS_A_WORD = 4.5
_UNSPACED = re.compile(f"[{_LETTERS}{_IDEOGRAPHS}]")
_UNSPACED_LETTER = re.compile(f"[{_LETTERS}]")
_LONG_WORD = 24
_WORD = re.compile(r"\w[\w'’./-]*")


def unspaced(text: str) -> bool:
    """Whether most of the text is written without spaces between words."""
    return not text.isascii() and 2 * len(_UNSPACED.findall(text)) > len(re.sub(r"\W", "", text))


@lru_cache(maxsize=1024)
def word_count(text: str) -> float:
    """The words of a text; very long ones and characters of unspaced scripts count by the time that they take."""
    if text.isascii():
        return _spaced_words(text)
    letters = len(_UNSPACED_LETTER.findall(text))
    ideographs = len(_UNSPACED.findall(text)) - letters
    unspaced_words = letters / _LETTERS_A_WORD + ideographs * WORDS_A_MINUTE / CHARACTERS_A_MINUTE
    return unspaced_words + _spaced_words(_UNSPACED.sub(" ", text))


def _spaced_words(text: str) -> float:
    return sum(max(1.0, len(word) / _LONG_WORD) for word in _WORD.findall(text))


def text_seconds(text: str) -> float:
    """How long a text takes to say."""
    return word_count(text) * 60 / WORDS_A_MINUTE


def blocks_seconds(blocks: Blocks) -> float:
    """How long blocks take to say; a picture or a line of code takes the time to look at it."""
    return sum(map(_seconds, walk_blocks(blocks)))


def _seconds(block: Block) -> float:
    said = sum(text_seconds(plain_text(inlines)) for inlines in own_inlines(block))
    match block:
        case Figure():
            return said + _SECONDS_A_PICTURE
        case CodeBlock():
            return said + _SECONDS_A_LINE * (block.text.count("\n") + 1)
        case FormulaBlock():
            return said + _SECONDS_A_LINE
        case _:
            return said


def rounded(seconds: float) -> int:
    """Seconds as they are announced: a multiple of five, and at least five where there is anything to say."""
    return 0 if seconds <= 0 else max(_ROUNDED_TO, round(seconds / _ROUNDED_TO) * _ROUNDED_TO)
