"""Lengths as integer types, and the rectangles made of them."""

from __future__ import annotations

from enum import Enum
from typing import Self

from msgspec import Struct

EMU_PER_INCH = 914_400
EMU_PER_POINT = 12_700
EMU_PER_MM = 36_000


class Emu(int):
    """A length in English Metric Units, the integer unit of Office files (914,400 to the inch)."""

    __slots__ = ()

    def __add__(self, other: int) -> Emu:
        return Emu(int(self) + int(other))

    def __sub__(self, other: int) -> Emu:
        return Emu(int(self) - int(other))

    def __neg__(self) -> Emu:
        return Emu(-int(self))

    @property
    def points(self) -> float:
        """The length in points (72 to the inch)."""
        return self / EMU_PER_POINT

    @classmethod
    def from_inches(cls, inches: float) -> Self:
        """The nearest whole number of EMU to a length in inches."""
        return cls(round(inches * EMU_PER_INCH))

    @classmethod
    def from_points(cls, points: float) -> Self:
        """The nearest whole number of EMU to a length in points."""
        return cls(round(points * EMU_PER_POINT))

    @classmethod
    def from_mm(cls, millimetres: float) -> Self:
        """The nearest whole number of EMU to a length in millimetres."""
        return cls(round(millimetres * EMU_PER_MM))


class Pt(int):
    """A type size or line pitch in hundredths of a point, the integer unit of Office text sizes."""

    __slots__ = ()

    @property
    def points(self) -> float:
        """The size in points."""
        return self / 100

    @property
    def emu(self) -> Emu:
        """The size as a length."""
        return Emu(int(self) * EMU_PER_POINT // 100)

    @classmethod
    def from_points(cls, points: float) -> Self:
        """The nearest hundredth of a point."""
        return cls(round(points * 100))


class Aspect(Enum):
    """The proportions of slides."""

    WIDE = "16:9"
    STANDARD = "4:3"


class Size(Struct, frozen=True, kw_only=True):
    """A width and a height."""

    width: Emu
    height: Emu


class Rect(Struct, frozen=True, kw_only=True):
    """A rectangle on a slide, measured from the slide's top left corner."""

    left: Emu
    top: Emu
    width: Emu
    height: Emu

    @property
    def right(self) -> Emu:
        """The x of the right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> Emu:
        """The y of the bottom edge."""
        return self.top + self.height

    @classmethod
    def from_edges(cls, left: int, top: int, right: int, bottom: int) -> Self:
        """The rectangle between four edges."""
        return cls(left=Emu(left), top=Emu(top), width=Emu(right - left), height=Emu(bottom - top))
