"""Text that was changed: told from text that is gone, and told word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from pipeline.verify.phrase import fold, squeeze

# A word, or a single character of a script that is written without spaces.
_TOKEN = re.compile(r"[\u2e80-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]|[^\W_]+|[^\w\s]|_")
# An address ends where a script without spaces goes on.
_ADDRESS = re.compile(
    r"(?:https?:\s*/\s*/\s*)?(?<![\w-])[\w-]++(?:\.[\w-]++)+/[^\s\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]*"
)
# So much of the words must be the same for a text to be an altered one rather than another.
_ALIKE = 0.6
# Of a text that shows only part of a unit more must be, since short texts resemble each other by chance.
_EXCERPT_ALIKE = 0.75
# Of a name beside its address half is enough to know it by.
_PART_ALIKE = 0.5
# More words than these are left out or put together on purpose.
_FEW = 4
_PART = 0.2
_LONGEST_MARK = 4
_LONGEST = 600
_MOST_CHANGES = 3


def tokens(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared, punctuation apart."""
    return tuple(_TOKEN.findall(fold(text)))


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The words of a text without punctuation and without addresses, which are shortened in many ways."""
    return tuple(token for token in tokens(_ADDRESS.sub(" ", text)) if token[0].isalnum())


def change(expected: str, found: str) -> str | None:
    """What became of a text that was altered, as `“mature” became “nature”`; None where it is another text."""
    old, new = tokens(expected)[:_LONGEST], tokens(found)[:_LONGEST]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE or matcher.ratio() < _ALIKE:
        return _single(expected, found)
    return _told(old, new, matcher.get_opcodes())


def _single(expected: str, found: str) -> str | None:
    """The change of one word or number to a similar one."""
    old, new = squeeze(expected), squeeze(found)
    if not old or len(tokens(expected)) > 2 or SequenceMatcher(None, old, new, autojunk=False).ratio() < _ALIKE:  # noqa: PLR2004
        return None
    return f"“{' '.join(expected.split())}” became “{' '.join(found.split())}”"


def excerpt_change(unit: Sequence[str], passage: Sequence[str], beside: str = "") -> str | None:
    """What became of a passage that shows part of a unit, both as words; None where it shows no part of it.

    What is said `beside` the unit's text, as of its pictures, may stand in the passage.
    """
    if len(set(passage) & set(unit)) < _EXCERPT_ALIKE * len(set(passage)):
        return None
    matcher = SequenceMatcher(None, unit, passage, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    # What stands only before or after the excerpt is a label, or the rest of the unit.
    inner = [opcode for opcode in _inner(matcher.get_opcodes()) if not _is_mark(opcode, passage)]
    inner = [each for each in inner if each[0] != "insert" or "".join(passage[each[3] : each[4]]) not in beside]
    changed = sum(max(b - a, d - c) for _, a, b, c, d in inner)
    if not inner or same < _EXCERPT_ALIKE * len(passage) or changed > max(_FEW, _PART * len(passage)):
        return None
    return _told(unit, passage, inner)


def part_change(part: Sequence[str], text: Sequence[str]) -> str | None:
    """What became of words that should stand together in a text; None where too few of them do."""
    blocks = SequenceMatcher(None, part, text, autojunk=False).get_matching_blocks()[:-1]
    if sum(block.size for block in blocks) < _PART_ALIKE * len(part) or not blocks:
        return None
    found = text[blocks[0].b : blocks[-1].b + blocks[-1].size]
    return _told(part, found, SequenceMatcher(None, part, found, autojunk=False).get_opcodes())


_Opcode = tuple[str, int, int, int, int]


def _inner(opcodes: Sequence[_Opcode]) -> list[_Opcode]:
    """The changes between the first and the last words that are the same."""
    equal = [index for index, opcode in enumerate(opcodes) if opcode[0] == "equal"]
    if not equal:
        return []
    return [opcode for opcode in opcodes[equal[0] : equal[-1]] if opcode[0] != "equal"]


def _is_mark(opcode: _Opcode, new: Sequence[str]) -> bool:
    """Whether an insertion is a reference's number."""
    kind, _, _, start, end = opcode
    return kind == "insert" and end - start == 1 and new[start].isdecimal() and len(new[start]) < _LONGEST_MARK


def _told(old: Sequence[str], new: Sequence[str], opcodes: Iterable[_Opcode]) -> str:
    changes = []
    for kind, a, b, c, d in opcodes:
        gone, come = " ".join(old[a:b]), " ".join(new[c:d])
        if kind == "replace":
            changes.append(f"“{gone}” became “{come}”")
        elif kind == "delete":
            changes.append(f"“{gone}” is missing")
        elif kind == "insert":
            changes.append(f"“{come}” was added")
    more = f" and {len(changes) - _MOST_CHANGES} more" if len(changes) > _MOST_CHANGES else ""
    return ", ".join(changes[:_MOST_CHANGES]) + more


class Source:
    """The page's own words, to tell its excerpts from other text."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.text = "\n".join(texts)
        # Writers set the same few labels on every slide.
        self._firsts: dict[str, int] = {}

    @classmethod
    def of(cls, texts: Iterable[str]) -> Source:
        """The source made of its units' texts."""
        return cls("".join(words(text)) for text in texts)

    def has(self, said: Sequence[str]) -> bool:
        """Whether words are an excerpt of the page."""
        return self.first("".join(said)) >= 0

    def first(self, key: str) -> int:
        """Where words in one stretch stand first; below zero where they do not."""
        if key not in self._firsts:
            self._firsts[key] = self.text.find(key)
        return self._firsts[key]
