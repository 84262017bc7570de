"""The order in which text of two directions is drawn: the implicit part of Unicode's bidirectional algorithm (UAX #9).

Embeddings, overrides and isolates are not applied: their characters are passed over, as those of no width.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby

from pipeline.typeset.scripts import right_to_left

_RIGHT = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_IGNORED = frozenset({"BN", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_NEUTRAL = frozenset({"B", "S", "WS", "ON"})
_NUMBERS = frozenset({"EN", "AN"})
_CLOSING = {
    "(": ")", "[": "]", "{": "}", "⟨": "⟩", "〈": "〉", "《": "》", "「": "」", "『": "』", "【": "】",
    "〔": "〕", "（": "）", "［": "］", "｛": "｝", "⟦": "⟧", "⁅": "⁆",
}  # fmt: skip


def directions(text: str, *, base: bool | None = None) -> list[int]:
    """Each character's embedding level, odd where it reads from the right.

    `base` says whether the paragraph does; where it is None, the first character with a direction tells.
    """
    from_right = right_to_left(text) if base is None else base
    level = int(from_right)
    if not from_right and not _RIGHT.search(text):
        return [0] * len(text)
    original = [unicodedata.bidirectional(char) or "L" for char in text]
    kept = [at for at, kind in enumerate(original) if kind not in _IGNORED]
    kinds = [original[at] for at in kept]
    embedding = "R" if from_right else "L"
    _resolve_weak(kinds, embedding)
    _resolve_brackets([text[at] for at in kept], kinds, embedding)
    _resolve_neutral(kinds, embedding)
    levels = _spread([_implicit(kind, level) for kind in kinds], kept, len(text), level)
    for at in range(len(text) - 1, -1, -1):  # L1: spaces at the end of a line read as the paragraph does
        if original[at] not in {"WS", "S", "B"} and original[at] not in _IGNORED:
            break
        levels[at] = level
    return levels


def visual_order(levels: Sequence[int]) -> list[int]:
    """The indices from left to right of things with those levels (L2)."""
    order = list(range(len(levels)))
    for level in range(max(levels, default=0), 0, -1):
        at = 0
        for reversed_here, group in groupby(list(order), key=lambda index: levels[index] >= level):
            stretch = list(group)
            order_part = stretch[::-1] if reversed_here else stretch
            order[at : at + len(stretch)] = order_part
            at += len(stretch)
    return order


def _resolve_weak(kinds: list[str], embedding: str) -> None:
    """W1 to W7: numbers, their signs and separators, and marks."""
    _resolve_marks(kinds, embedding)
    for at in range(1, len(kinds) - 1):
        left, right = kinds[at - 1], kinds[at + 1]
        if left == right and ((kinds[at] in {"ES", "CS"} and left == "EN") or (kinds[at] == "CS" and left == "AN")):
            kinds[at] = left
    _join_terminators(kinds)
    strong = embedding
    for at, kind in enumerate(kinds):
        if kind in {"ES", "CS", "ET"}:
            kinds[at] = "ON"
        elif kind in {"L", "R"}:
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[at] = "L"


def _resolve_marks(kinds: list[str], embedding: str) -> None:
    """W1 to W3: marks are as what they stand on, numbers after Arabic letters are Arabic."""
    before = strong = embedding
    for at, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[at] = before
        elif kind == "EN" and strong == "AL":
            kinds[at] = "AN"
        if kinds[at] in {"L", "R", "AL"}:
            strong = kinds[at]
        before = kinds[at]
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]


def _join_terminators(kinds: list[str]) -> None:
    """W5: signs beside a European number belong to it."""
    at = 0
    for kind, group in groupby(list(kinds)):
        end = at + len(list(group))
        if kind == "ET" and ((at and kinds[at - 1] == "EN") or (end < len(kinds) and kinds[end] == "EN")):
            kinds[at:end] = ["EN"] * (end - at)
        at = end


def _resolve_brackets(chars: Sequence[str], kinds: list[str], embedding: str) -> None:
    """N0: a pair of brackets takes the direction of what stands in it, or round it."""
    for opening, closing in _pairs(chars, kinds):
        inside = {_strong(kind) for kind in kinds[opening + 1 : closing]} - {""}
        if not inside:
            continue
        context = next((strong for kind in reversed(kinds[:opening]) if (strong := _strong(kind))), embedding)
        for bracket in (opening, closing):
            kinds[bracket] = embedding if embedding in inside or context not in inside else context
            for at in range(bracket + 1, len(chars)):
                if unicodedata.bidirectional(chars[at]) != "NSM":
                    break
                kinds[at] = kinds[bracket]


def _pairs(chars: Sequence[str], kinds: Sequence[str]) -> list[tuple[int, int]]:
    """The pairs of brackets in order of their opening."""
    pairs: list[tuple[int, int]] = []
    open_ones: list[tuple[str, int]] = []
    for at, char in enumerate(chars):
        if kinds[at] != "ON":
            continue
        if char in _CLOSING:
            open_ones.append((_CLOSING[char], at))
        for depth in range(len(open_ones) - 1, -1, -1):
            if open_ones[depth][0] == char:
                pairs.append((open_ones[depth][1], at))
                del open_ones[depth:]
                break
    return sorted(pairs)


def _resolve_neutral(kinds: list[str], embedding: str) -> None:
    """N1 and N2: what has no direction takes that of both its neighbours, else the paragraph's."""
    at = 0
    for neutral, group in groupby(list(kinds), key=lambda kind: kind in _NEUTRAL):
        end = at + len(list(group))
        if neutral:
            left = _strong(kinds[at - 1]) if at else embedding
            right = _strong(kinds[end]) if end < len(kinds) else embedding
            kinds[at:end] = [left if left == right else embedding] * (end - at)
        at = end


def _strong(kind: str) -> str:
    """The direction that a character lends to its neighbours: numbers count as read from the right."""
    return "R" if kind in _NUMBERS else kind if kind in {"L", "R"} else ""


def _implicit(kind: str, level: int) -> int:
    """I1 and I2."""
    if level % 2:
        return level + (kind != "R")
    return level + {"L": 0, "R": 1}.get(kind, 2)


def _spread(resolved: Sequence[int], kept: Sequence[int], length: int, base: int) -> list[int]:
    """The levels of all characters: those passed over take the level before them."""
    levels, previous = [base] * length, base
    at_kept = dict(zip(kept, resolved, strict=True))
    for at in range(length):
        previous = levels[at] = at_kept.get(at, previous)
    return levels
