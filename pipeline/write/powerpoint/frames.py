"""What every part with drawings has: the tree of shapes, and the properties that shapes share."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from pipeline.model.fitted import Anchor
from pipeline.units import Emu, Rect
from pipeline.write.powerpoint.layouts import Placeholder
from pipeline.write.powerpoint.markup import Markup, element, extensions

_ANCHORS: Final = {Anchor.TOP: "t", Anchor.MIDDLE: "ctr", Anchor.BOTTOM: "b"}
_FREE: Final = element("p:nvPr")
FIRST_SHAPE: Final = 2
"""The id of a slide's first element; the others count on."""
_DECORATIVE: Final = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"


def shape_tree(shapes: Iterable[Markup]) -> Markup:
    """The tree of a slide, layout or master. Its own id is 1: shapes count from 2."""
    return element("p:spTree", None, *_group(), *shapes)


@cache
def _group() -> tuple[Markup, Markup]:
    """The properties of a whole tree, which is a group without a place of its own."""
    corners = ("a:off", "x", "y"), ("a:ext", "cx", "cy"), ("a:chOff", "x", "y"), ("a:chExt", "cx", "cy")
    zero = [element(tag, {first: 0, second: 0}) for tag, first, second in corners]
    names = element("p:cNvPr", {"id": 1, "name": ""}), element("p:cNvGrpSpPr"), element("p:nvPr")
    return element("p:nvGrpSpPr", None, *names), element("p:grpSpPr", None, element("a:xfrm", None, *zero))


def transform(rect: Rect, tag: str = "a:xfrm") -> Markup:
    """Where a shape stands and how large it is."""
    return element(
        tag,
        None,
        element("a:off", {"x": int(rect.left), "y": int(rect.top)}),
        element("a:ext", {"cx": int(rect.width), "cy": int(rect.height)}),
    )


@cache
def geometry(preset: str) -> Markup:
    """A preset outline."""
    return element("a:prstGeom", {"prst": preset}, element("a:avLst"))


def identity(number: int, name: str, description: str = "", *children: Markup | None) -> Markup:
    """A shape's id, its name in the selection pane and its alternative text."""
    return element("p:cNvPr", {"id": number, "name": name, "descr": description or None}, *children)


@cache
def decorative() -> Markup:
    """The mark that screen readers pass a shape by."""
    return extensions("a:extLst", _DECORATIVE, "adec:decorative", {"val": 1})


def place(placeholder: Placeholder | None) -> Markup:
    """What ties a shape to its layout's placeholder; nothing for free shapes."""
    if placeholder is None:
        return _FREE
    attributes = {
        "type": placeholder.kind or None,
        "sz": "quarter" if placeholder.quarter else None,
        "idx": placeholder.index or None,
    }
    return element("p:nvPr", None, element("p:ph", attributes))


@cache
def body_properties(anchor: Anchor, inset: Emu, *, tag: str = "a:bodyPr") -> Markup:
    """Text that wraps at its box and is never shrunk by the program that shows it."""
    sides = dict.fromkeys(("lIns", "tIns", "rIns", "bIns"), int(inset))
    attributes = {"vert": "horz", "wrap": "square", **sides, "rtlCol": 0, "anchor": _ANCHORS[anchor]}
    return element(tag, attributes, element("a:noAutofit"))
