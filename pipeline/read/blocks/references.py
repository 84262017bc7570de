"""Link reference definitions at the beginning of a paragraph (CommonMark 0.31.2, section 4.7)."""

from __future__ import annotations

import re

from msgspec import Struct

from pipeline.read.entities import unescape

_MOST_LABEL = 999
_MOST_PARENTHESES = 32
_LABEL = re.compile(r"\[((?:[^\\\[\]]|\\.){1,999})\]:", re.DOTALL)
_SPACE_AND_LINE = re.compile(r"[ \t]*(?:\n[ \t]*)?")
_POINTED = re.compile(r"<((?:[^<>\n\\]|\\.)*)>")
_PLAIN = re.compile(r"(?:[^\s\\()\x00-\x1f\x7f]|\\[^\s\x00-\x1f\x7f]|\\(?=\s)|[()])+")
_TITLE = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'|\(((?:[^()\\]|\\.)*)\)", re.DOTALL)
_LINE_END = re.compile(r"[ \t]*(?:\n|\Z)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


class Reference(Struct, frozen=True, kw_only=True):
    """A definition as it is written and where the line after it begins."""

    label: str
    destination: str
    title: str
    end: int


def read_reference(text: str, start: int) -> Reference | None:
    """The definition that begins at that place, or None."""
    label = _LABEL.match(text, start)
    if label is None or not label[1].strip():
        return None
    place = _after_space(text, label.end())
    destination = _destination(text, place)
    if destination is None:
        return None
    written, end = destination
    title, title_end = _title(text, end)
    line_end = _LINE_END.match(text, title_end)
    if line_end is None and title_end > end:
        title, line_end = "", _LINE_END.match(text, end)
    if line_end is None:
        return None
    return Reference(label=label[1], destination=unescape(written), title=unescape(title), end=line_end.end())


def _after_space(text: str, place: int) -> int:
    match = _SPACE_AND_LINE.match(text, place)
    return match.end() if match else place


def _destination(text: str, place: int) -> tuple[str, int] | None:
    if pointed := _POINTED.match(text, place):
        return pointed[1], pointed.end()
    plain = _PLAIN.match(text, place)
    if plain is None or plain[0].startswith("<"):
        return None
    return (plain[0], plain.end()) if _balanced(plain[0]) else None


def _balanced(destination: str) -> bool:
    depth = 0
    for character in _ESCAPE.sub("", destination):
        depth += (character == "(") - (character == ")")
        if not 0 <= depth <= _MOST_PARENTHESES:
            return False
    return depth == 0


def _title(text: str, end: int) -> tuple[str, int]:
    """The title after a destination and where it ends; the empty title ends where the destination does."""
    place = _after_space(text, end)
    title = _TITLE.match(text, place) if place > end else None
    if title is None:
        return "", end
    return next((group for group in title.groups() if group is not None), ""), title.end()
