"""The flat sequence that a text is cut into before its inlines are nested."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from msgspec import Struct, field

from pipeline.read.tags import Tag


class Piece(Struct, kw_only=True):
    """A stretch of the source: literal `text`, or one `leaf` element, or an HTML `tag`.

    Markup marks where elements begin and end. A piece first ends as many elements as `closes` says, then
    gives what it holds, then begins the elements of `opens`, the last of them outermost.
    """

    start: int
    end: int
    text: str = ""
    leaf: Element | None = None
    tag: Tag | None = None
    opens: list[Element] = field(default_factory=list)
    closes: int = 0


def leaf_piece(start: int, end: int, name: str, text: str = "", **attributes: str) -> Piece:
    """A piece that holds one element with that text and those attributes."""
    element = Element(name, attributes)
    element.text = text
    return Piece(start=start, end=end, leaf=element)
