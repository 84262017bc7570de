"""The structure of a tagged PDF as runs of text and figures, in the order in which it is read aloud."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import pikepdf
from msgspec import Struct

# Tags inside a paragraph; every other tag begins a passage of its own.
_INLINE = frozenset({"/Span", "/Link", "/NonStruct", "/Code", "/Em", "/Strong", "/Quote", "/Reference", "/Note"})
_HEADINGS = frozenset({"/H", *(f"/H{level}" for level in range(1, 7))})
# The bullet or number of an item is no text of the page, nor is what is drawn in a figure.
_NO_TEXT = frozenset({"/Lbl", "/Figure"})


class Marked(Struct, frozen=True, kw_only=True):
    """A piece of marked content and where it stands: its page's object, its passage, the annotations over it."""

    page: tuple[int, int]
    mark: int
    passage: int
    heading: bool
    links: tuple[tuple[int, int], ...]


class Seen(Struct, frozen=True, kw_only=True):
    """A figure with its alternative text, and the marks of what is drawn of it."""

    page: tuple[int, int]
    description: str
    marks: frozenset[int]


class _Above(Struct, frozen=True, kw_only=True):
    """What an element hands down to what is in it."""

    page: tuple[int, int] = (0, 0)
    passage: int = 0
    heading: bool = False
    links: tuple[tuple[int, int], ...] = ()


def walk_structure(root: pikepdf.Object) -> Iterator[Marked | Seen]:
    """The marked contents and figures below a structure's root. Without recursion, and an element only once."""
    passages = count(1)
    met: set[tuple[int, int]] = set()
    stack: list[tuple[Any, _Above]] = [(root.get("/K"), _Above())]
    while stack:
        item, above = stack.pop()
        if isinstance(item, int):
            yield Marked(page=above.page, mark=item, passage=above.passage, heading=above.heading, links=above.links)
        elif isinstance(item, pikepdf.Array):
            stack.extend((child, above) for child in reversed(list(item)))
        elif isinstance(item, pikepdf.Dictionary) and item.objgen not in met:
            met.update({item.objgen} - {(0, 0)})
            tag = str(item.get("/S", ""))
            inner = _entered(item, tag, above, passages)
            if not tag:
                stack.append((item.get("/MCID"), inner))
                continue
            if "/Alt" in item:
                yield Seen(page=inner.page, description=str(item.Alt), marks=frozenset(_marks(item.get("/K"))))
            if tag not in _NO_TEXT:
                stack.append((item.get("/K"), inner))


def _entered(item: Any, tag: str, above: _Above, passages: Iterator[int]) -> _Above:
    """What an element hands down."""
    own = item.get("/Pg")
    page = above.page if own is None else own.objgen
    parts = bool(tag) and tag != "/Link" and tag not in _INLINE
    return _Above(
        page=page,
        passage=next(passages) if parts else above.passage,
        heading=above.heading or (parts and tag in _HEADINGS),
        links=tuple(_annotations(item.get("/K"))) if tag == "/Link" else above.links,
    )


def _marks(kids: Any) -> Iterator[int]:
    """The marked contents right below an element, or one further down."""
    stack = [kids]
    while stack:
        item = stack.pop()
        if isinstance(item, int):
            yield item
        elif isinstance(item, pikepdf.Array):
            stack.extend(item)
        elif isinstance(item, pikepdf.Dictionary) and "/P" not in item:
            stack.append(item.get("/MCID"))


def _annotations(kids: Any) -> Iterator[tuple[int, int]]:
    """The annotations that a link element names."""
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid:
            yield kid.Obj.objgen
