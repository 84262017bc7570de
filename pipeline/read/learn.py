"""Marks of Docfx and Microsoft Learn: `:::name a="b":::`, `[!INCLUDE [title](path)]` and `[!code-name[title](path)]`.

Their syntax: https://learn.microsoft.com/contribute/content/markdown-reference.
"""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from pipeline.read.inline_pieces import Piece, leaf_piece
from pipeline.read.tags import Tag

_COLONS = re.compile(
    r"(?<!:):{3,8}[ \t]*(?P<name>[A-Za-z][\w-]*)(?P<attributes>(?:[ \t]+[\w-]+=\"[^\"\n]*\")*)[ \t]*(?P<end>:{3,8})?"
)
_ATTRIBUTE = re.compile(r"([\w-]+)=\"([^\"\n]*)\"")
_BROUGHT_IN = re.compile(
    r"\[!(?P<name>include|code(?:-[\w+#-]+)?)[ \t]*\[(?P<title>[^\[\]\n\"]*)\]"
    r"\((?P<path>[^\s()?#]+)[^()\n]*\)[ \t]*\]?",
    re.IGNORECASE,
)

_INLINE: Final = frozenset(["image", "no-loc"])


class Colons(Struct, frozen=True, kw_only=True):
    """`:::name a="b":::` up to `end`; `closed` where colons end it."""

    name: str
    attributes: dict[str, str]
    closed: bool
    end: int


class BroughtIn(Struct, frozen=True, kw_only=True):
    """A file whose text or code stands at that place on the site, up to `end`."""

    path: str
    title: str
    is_code: bool
    end: int


def colons_at(text: str, pos: int) -> Colons | None:
    """The mark between colons that begins at that place, or None."""
    mark = _COLONS.match(text, pos)
    if mark is None:
        return None
    attributes = {name.lower(): value for name, value in _ATTRIBUTE.findall(mark["attributes"])}
    return Colons(name=mark["name"].lower(), attributes=attributes, closed=bool(mark["end"]), end=mark.end())


def begins_text(line: str) -> bool:
    """Whether a line begins with a mark that stands within text."""
    mark = colons_at(line, 0)
    return mark is not None and mark.closed and mark.name in _INLINE and bool(mark.attributes)


def brought_in_at(text: str, pos: int) -> BroughtIn | None:
    """The file that is brought in at that place, or None."""
    mark = _BROUGHT_IN.match(text, pos)
    if mark is None or not mark[0].rstrip().endswith("]"):
        return None
    is_code = mark["name"].lower().startswith("code")
    return BroughtIn(path=mark["path"], title=mark["title"].strip(), is_code=is_code, end=mark.end())


def colons_piece(text: str, pos: int) -> Piece | None:
    """A picture within a line, or words that are never translated."""
    mark = colons_at(text, pos)
    if mark is None or not mark.closed:
        return None
    if mark.name == "no-loc" and mark.attributes.get("text"):
        return Piece(start=pos, end=mark.end, text=mark.attributes["text"])
    source = mark.attributes.get("source") if mark.name == "image" else None
    if not source:
        return None
    said = (("src", source), ("alt", mark.attributes.get("alt-text", "")))
    tag = Tag(name="img", attributes=said, closing=False, self_closing=True, start=pos, end=mark.end)
    return Piece(start=pos, end=mark.end, tag=tag)


def brought_in_piece(text: str, pos: int) -> Piece | None:
    """The name of a file that is brought in within a line, as code."""
    mark = brought_in_at(text, pos)
    return leaf_piece(pos, mark.end, "code", mark.title or mark.path) if mark else None
