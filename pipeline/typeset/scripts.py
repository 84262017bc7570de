"""What a character is: which face draws it, which way it reads, and where a cluster of characters ends."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.model.fitted import Run
from pipeline.theme import Face

# Scripts that are set in the full-width squares of East Asian type.
_EAST_ASIAN = re.compile(
    "[\u1100-\u11ff\u2e80-\u2fdf\u2ff0-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\ufe30-\ufe4f\uff00-\uffef\U00016fe0-\U00018dff\U0001aff0-\U0001b16f\U0001f200-\U0001f2ff\U00020000-\U0003ffff]"
)
# Scripts that join, stack or reorder, or read from the right.
_COMPLEX = re.compile(
    "[\u0590-\u109f\u1200-\u12ff\u1700-\u18af\u1900-\u1cff\u2d80-\u2ddf\ua800-\ua95f\ua980-\uabff"
    "\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00011fff\U0001e800-\U0001efff]"
)
_SYMBOLS = re.compile(
    "[\u2196-\u21ff\u2300-\u23ff\u2400-\u24ff\u25a0-\u27bf\u2900-\u2bff\ue000-\uf8ff\U0001f000-\U0001f1ff"
    "\U0001f300-\U0001faff\U000f0000-\U0010ffff]"
)
# Punctuation that both Latin and East Asian text have: its neighbour tells which.
_SHARED = frozenset("\u00b7\u2014\u2015\u2018\u2019\u201c\u201d\u2025\u2026")
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_FROM_THE_RIGHT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ku", "ps", "sd", "ug", "ur", "yi"})
_PICTURES = "[\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff]"
_CLUSTER = re.compile(
    "\r\n"
    "|[\U0001f1e6-\U0001f1ff]{2}"
    f"|{_PICTURES}[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]*(?:\u200d{_PICTURES}[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]*)*"
    "|[\u1100-\u115f\ua960-\ua97c]+[\u1160-\u11a7\ud7b0-\ud7c6]*[\u11a8-\u11ff\ud7cb-\ud7fb]*"
    "|.",
    re.DOTALL,
)


def east_asian(text: str) -> bool:
    """Whether any of the text is Chinese, Japanese or Korean."""
    return not text.isascii() and _EAST_ASIAN.search(text) is not None


def reads_from_the_right(language: str) -> bool:
    """Whether pages of a language, by its BCP 47 tag, begin at the right."""
    return language.split("-", maxsplit=1)[0].casefold() in _FROM_THE_RIGHT


def right_to_left(text: str) -> bool:
    """Whether the text's first character with a direction reads from the right."""
    if text.isascii():
        return False
    for char in text:
        direction = unicodedata.bidirectional(char)
        if direction == "L" or direction in _RIGHT_TO_LEFT:
            return direction != "L"
    return False


def has_right_to_left(text: str) -> bool:
    """Whether any character of the text reads from the right."""
    return not text.isascii() and any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in text)


def clusters(text: str) -> Iterator[str]:
    """The text's user-perceived characters: letters with their marks, emoji with what is joined to them."""
    held = ""
    for match in _CLUSTER.finditer(text):
        part = match.group()
        if held and not extends(part[0]) and not held.endswith("\u200d"):
            yield held
            held = ""
        held += part
    if held:
        yield held


def extends(char: str) -> bool:
    """Whether a character belongs to the one before it: marks, joiners, variation selectors."""
    return char > "\u02ff" and (
        unicodedata.category(char) in {"Mn", "Me", "Mc"}
        or char in "\u200c\u200d"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
    )


@lru_cache(maxsize=8192)
def split_faces(text: str, face: Face) -> tuple[tuple[str, Face], ...]:
    """Text cut where its face changes: what is not East Asian, complex or a symbol keeps the face given."""
    if text.isascii():
        return ((text, face),) if text else ()
    parts: list[tuple[str, Face]] = []
    for char, kind in zip(text, _kinds(text, face), strict=True):
        if parts and parts[-1][1] is kind:
            parts[-1] = (parts[-1][0] + char, kind)
        else:
            parts.append((char, kind))
    return tuple(parts)


class Mixture(NamedTuple):
    """How East Asian and other text follow each other: how often they meet, and which stands at either end."""

    meetings: int
    starts_east_asian: bool
    ends_east_asian: bool


@lru_cache(maxsize=16384)
def mixture(text: str) -> Mixture | None:
    """The mixture of scripts in a text, spaces aside; None where there is nothing but spaces."""
    eastern = [face is Face.EAST_ASIAN for _, face in split_faces("".join(text.split()), Face.SANS)]
    if not eastern:
        return None
    return Mixture(sum(one is not other for one, other in pairwise(eastern)), eastern[0], eastern[-1])


def split_runs(run: Run) -> tuple[tuple[str, Face], ...]:
    """The run's text cut where its face changes."""
    return split_faces(run.text, run.face)


def _kinds(text: str, face: Face) -> list[Face]:
    kinds: list[Face] = []
    for at, char in enumerate(text):
        if at and extends(char):
            kinds.append(kinds[-1])
        elif char in _SHARED:
            kinds.append(_neighbour(text, at, face))
        else:
            kinds.append(_kind(char, face))
    return kinds


def _kind(char: str, face: Face) -> Face:
    if char < "\u0590":
        return face
    if _EAST_ASIAN.match(char) or "\u3000" <= char <= "\u303f":
        return Face.EAST_ASIAN
    if _COMPLEX.match(char):
        return Face.COMPLEX
    return Face.SYMBOLS if _SYMBOLS.match(char) else face


def _neighbour(text: str, at: int, face: Face) -> Face:
    before = text[:at].rstrip("".join(_SHARED))[-1:]
    after = text[at:].lstrip("".join(_SHARED))[:1]
    beside = before or after
    return Face.EAST_ASIAN if beside and _kind(beside, face) is Face.EAST_ASIAN else face
