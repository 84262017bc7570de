"""Shapes as PDF operators, in points from the slide's top left corner."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import Final, assert_never

from msgspec.structs import replace

from pipeline.model.fitted import Outline, ShapeBox, Stroke
from pipeline.theme import Colour, Theme
from pipeline.units import Emu, Rect

_ROUND: Final = 0.5523
"""How far a Bézier curve's handles reach along a quarter of a circle of radius 1."""
_HEXAGON_CORNER: Final = 0.25
"""Where presentation programs cut a hexagon's corners, as a part of its shorter side."""
_OUTLINE: Final = Emu.from_points(1.5)
_TINTED: Final = 0.75
"""Areas brighter than this only tint the paper."""
_DASH: Final = (4, 3)
"""A dash and a gap, as multiples of the line's width."""


@lru_cache(maxsize=256)
def rgb(hexadecimal: str, *, stroke: bool = False) -> bytes:
    """The operator that sets a colour."""
    red, green, blue = (int(hexadecimal[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return f"{red:.4g} {green:.4g} {blue:.4g} {'RG' if stroke else 'rg'}".encode()


def rectangle(left: float, top: float, width: float, height: float) -> bytes:
    """The path of a rectangle."""
    return f"{left:.2f} {top:.2f} {width:.2f} {height:.2f} re".encode()


def filled(path: bytes, colour: str) -> bytes:
    """A path filled with a colour."""
    return b"%b %b f" % (rgb(colour), path)


def stroked(path: bytes, stroke: Stroke, theme: Theme) -> bytes:
    """A path drawn with a line."""
    width = stroke.width.points
    dash = " ".join(f"{part * width:.2f}" for part in _DASH) if stroke.dashed else ""
    setting = f"{width:.2f} w [{dash}] 0 d".encode()
    return b"%b %b %b S" % (rgb(theme.colours[stroke.colour], stroke=True), setting, path)


def rule(left: float, height: float, right: float, stroke: Stroke, theme: Theme) -> bytes:
    """A level line."""
    return stroked(f"{left:.2f} {height:.2f} m {right:.2f} {height:.2f} l".encode(), stroke, theme)


class Ground:
    """How areas are drawn: filled, or as outlines where dark and not at all where tinted, with ink for their text."""

    def __init__(self, theme: Theme, *, outlined: bool) -> None:
        self.theme = theme
        self.text_theme = _written_on_paper(theme) if outlined else theme
        self._outlined = outlined

    def area(self, path: bytes, colour: Colour) -> bytes:
        """An area of that colour."""
        if not self._outlined:
            return filled(path, self.theme.colours[colour])
        if _brightness(self.theme.colours[colour]) > _TINTED:
            return b""
        return stroked(path, Stroke(colour=colour, width=_OUTLINE), self.theme)


def _written_on_paper(theme: Theme) -> Theme:
    """The theme with dark type in place of light type."""
    ink = theme.colours[Colour.INK]
    colours = {Colour.PAPER: ink, Colour.ON_SUBJECT: ink, Colour.RULE: theme.colours[Colour.MUTED]}
    return replace(theme, colours=MappingProxyType({**theme.colours, **colours}))


def _brightness(hexadecimal: str) -> float:
    """From 0 for black to 1 for white."""
    return sum(int(hexadecimal[at : at + 2], 16) for at in (0, 2, 4)) / (3 * 255)


def shape(box: ShapeBox, ground: Ground) -> list[bytes]:
    """A drawn shape: its fill, then its line."""
    path = outline(box.outline, box.rect)
    drawn = []
    if box.fill is not None and box.outline is not Outline.LINE:
        drawn.append(ground.area(path, box.fill))
    if box.stroke is not None:
        drawn.append(stroked(path, box.stroke, ground.theme))
    return drawn


def outline(kind: Outline, rect: Rect) -> bytes:
    """The path of a shape that fills a rectangle, as presentation programs draw it."""
    left, top, right, bottom = (edge.points for edge in (rect.left, rect.top, rect.right, rect.bottom))
    middle, centre = (left + right) / 2, (top + bottom) / 2
    match kind:
        case Outline.RECTANGLE:
            return rectangle(left, top, right - left, bottom - top)
        case Outline.ELLIPSE:
            return _ellipse(middle, centre, (right - left) / 2, (bottom - top) / 2)
        case Outline.TRIANGLE:
            return _polygon((middle, top), (right, bottom), (left, bottom))
        case Outline.DIAMOND:
            return _polygon((middle, top), (right, centre), (middle, bottom), (left, centre))
        case Outline.HEXAGON:
            cut = _HEXAGON_CORNER * min(right - left, bottom - top)
            upper = ((left, centre), (left + cut, top), (right - cut, top))
            return _polygon(*upper, (right, centre), (right - cut, bottom), (left + cut, bottom))
        case Outline.LINE:
            return f"{left:.2f} {top:.2f} m {right:.2f} {bottom:.2f} l".encode()
        case _:
            assert_never(kind)


def _polygon(*corners: tuple[float, float]) -> bytes:
    steps = (f"{x:.2f} {y:.2f} {'l' if at else 'm'}" for at, (x, y) in enumerate(corners))
    return " ".join([*steps, "h"]).encode()


def _ellipse(x: float, y: float, across: float, down: float) -> bytes:
    """Four curves, one for each quarter."""
    quarters = ((1, 0, 0, 1), (0, -1, 1, 0), (-1, 0, 0, -1), (0, 1, -1, 0))
    corner = ((_ROUND, -1.0), (1.0, -_ROUND), (1.0, 0.0))
    turned = [(a * i + b * j, a * k + b * m) for i, j, k, m in quarters for a, b in corner]
    points = [f"{x + across * a:.2f} {y + down * b:.2f}" for a, b in [(0.0, -1.0), *turned]]
    curves = (" ".join([*points[at : at + 3], "c"]) for at in range(1, len(points), 3))
    return " ".join([f"{points[0]} m", *curves, "h"]).encode()
