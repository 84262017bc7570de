"""What follows the text of a link or image: its destination and title, or the label of a definition."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from pipeline.read.definitions import Definitions, normalise_label
from pipeline.read.entities import unescape
from pipeline.read.inline_pieces import Piece
from pipeline.read.templates import address_template_end

_DEEPEST_PARENTHESES: Final = 32

_SPACE = re.compile(r"[ \t]*(?:\n[ \t]*)?")
_POINTED = re.compile(r"<((?:[^<>\\\n]|\\.)*+)>", re.DOTALL)
_PLAIN = re.compile(r"[^\x00-\x20\x7f()\\]+|\\[!-/:-@\[-`{-~]|\\|(?P<opening>\()|(?P<closing>\))")
_TITLE = re.compile(r'"((?:[^"\\]|\\.)*+)"|\'((?:[^\'\\]|\\.)*+)\'|\(((?:[^()\\]|\\.)*+)\)', re.DOTALL)
_SIZE = re.compile(r"=\d{0,5}x?\d{0,5}")
_LABEL = re.compile(r"(?:[^\\\[\]]|\\.){1,999}", re.DOTALL)


class Bracket(Struct, frozen=True, kw_only=True):
    """An opening `[`, `![` or `^[` (of a `note`), with its piece, its number among the pieces and of runs before it."""

    piece: Piece
    number: int
    runs: int
    image: bool
    note: bool


class LinkTail(Struct, frozen=True, kw_only=True):
    """Where a link leads, its title and where it ends in the source."""

    destination: str
    title: str
    end: int


def read_tail(text: str, bracket: Bracket, close: int, definitions: Definitions) -> LinkTail | None:
    """What makes a link of the text between the bracket and the `]` at `close`, or None if nothing does."""
    return _inline_tail(text, close + 1, image=bracket.image) or _reference_tail(text, bracket, close, definitions)


def _inline_tail(text: str, pos: int, *, image: bool) -> LinkTail | None:
    """`(destination "title")`."""
    if not text.startswith("(", pos):
        return None
    destination = read_destination(text, _skip_space(text, pos + 1))
    if destination is None:
        return None
    address, end = destination
    after = _skip_space(text, end)
    title = _TITLE.match(text, after) if after > end else None
    if title:
        after = _skip_space(text, title.end())
    elif image and after > end and (size := _SIZE.match(text, after)):
        # `![alt](file.png =300x200)`: several site generators read a size here.
        after = _skip_space(text, size.end())
    if not text.startswith(")", after):
        return None
    return LinkTail(destination=address, title=unescape(_inner(title)) if title else "", end=after + 1)


def _inner(title: re.Match[str]) -> str:
    return next(group for group in title.groups() if group is not None)


def read_destination(text: str, pos: int) -> tuple[str, int] | None:
    """The link destination at that place, which may be empty, and where it ends; None if it is malformed."""
    if text.startswith("<", pos):
        pointed = _POINTED.match(text, pos)
        return (unescape(pointed[1]), pointed.end()) if pointed else None
    depth, place = 0, pos
    while (end := address_template_end(text, place)) is not None:
        place = end
    while token := _PLAIN.match(text, place):
        depth += bool(token["opening"]) - bool(token["closing"])
        if depth < 0:
            break
        if depth > _DEEPEST_PARENTHESES:
            return None
        place = token.end()
    return None if depth > 0 else (unescape(text[pos:place]), place)


def _reference_tail(text: str, bracket: Bracket, close: int, definitions: Definitions) -> LinkTail | None:
    """`[label]`, `[]` or nothing, where a definition of that label exists."""
    end = close + 1
    label = _label(text, close + 2) if text.startswith("[", end) else None
    if label is not None:
        end += len(label) + 2
    else:
        label = _label(text, bracket.piece.end)
        if label is None or bracket.piece.end + len(label) != close:
            return None
        end += 2 * text.startswith("[]", end)
    definition = definitions.links.get(normalise_label(label))
    if definition is None:
        return None
    return LinkTail(destination=definition.destination, title=definition.title, end=end)


def _label(text: str, start: int) -> str | None:
    """The link label that reaches from that place to the next bracket, or None where none can stand."""
    label = _LABEL.match(text, start)
    if label is None or not label.group().strip() or not text.startswith("]", label.end()):
        return None
    return label.group()


def _skip_space(text: str, pos: int) -> int:
    match = _SPACE.match(text, pos)
    return match.end() if match else pos
