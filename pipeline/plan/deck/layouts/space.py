"""Moving what is laid out."""

from __future__ import annotations

from msgspec.structs import replace

from pipeline.model.fitted import Element
from pipeline.units import Emu, Rect

COLUMN_GAP = Emu.from_inches(0.5)
"""Between columns."""


def shifted(elements: tuple[Element, ...], dx: int, dy: int) -> tuple[Element, ...]:
    """The elements moved to the right and down."""
    if not dx and not dy:
        return elements
    return tuple(replace(element, rect=_moved(element.rect, dx, dy)) for element in elements)


def _moved(rect: Rect, dx: int, dy: int) -> Rect:
    return Rect(left=rect.left + dx, top=rect.top + dy, width=rect.width, height=rect.height)


def box(left: int, top: int, width: int, height: int) -> Rect:
    """A rectangle of plain numbers."""
    return Rect(left=Emu(left), top=Emu(top), width=Emu(width), height=Emu(height))
