"""The room that layouts leave: places without what a template itself puts over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pipeline.template.layouts import Ornament, RawLayout, area, common
from pipeline.units import Rect, Size

_BACKGROUND: Final = 0.4
"""A picture of so much of a slide is its background."""
_TOUCHED: Final = 0.004
"""So little of a place may be covered."""
_LEFT: Final = 0.5
"""So much of a place is left at least where it gives way."""


def obstacles(layout: RawLayout, size: Size) -> tuple[Ornament, ...]:
    """What stands on a layout and would stand under text: logos and words, not grounds, lines and bands."""
    whole = int(size.width) * int(size.height)
    return tuple(
        ornament
        for ornament in layout.ornaments
        if (ornament.picture or ornament.words) and area(ornament.rect) < _BACKGROUND * whole
    )


def covered(rect: Rect, others: Iterable[Rect]) -> tuple[Rect, ...]:
    """Those of the others that cover a part of a place that counts."""
    return tuple(other for other in others if common(rect, other) > _TOUCHED * area(rect))


def clear(rect: Rect, others: Sequence[Rect]) -> Rect:
    """The largest part of a place that nothing covers; the whole place where too little would be left."""
    free = rect
    for other in covered(rect, others):
        if common(free, other):
            free = max(_cuts(free, other), key=area)
    return free if area(free) >= _LEFT * area(rect) else rect


def _cuts(rect: Rect, other: Rect) -> Iterator[Rect]:
    """The parts of a place above, below, left and right of something."""
    yield Rect.from_edges(rect.left, rect.top, rect.right, max(rect.top, min(rect.bottom, other.top)))
    yield Rect.from_edges(rect.left, min(rect.bottom, max(rect.top, other.bottom)), rect.right, rect.bottom)
    yield Rect.from_edges(rect.left, rect.top, max(rect.left, min(rect.right, other.left)), rect.bottom)
    yield Rect.from_edges(min(rect.right, max(rect.left, other.right)), rect.top, rect.right, rect.bottom)


def within(rect: Rect, size: Size, margin: int) -> Rect:
    """The part of a place that stands on the slide, away from its edges."""
    return Rect.from_edges(
        min(max(margin, rect.left), size.width - 2 * margin),
        min(max(margin, rect.top), size.height - 2 * margin),
        max(2 * margin, min(rect.right, size.width - margin)),
        max(2 * margin, min(rect.bottom, size.height - margin)),
    )
