"""Roles of colour as DrawingML: by the theme's colour scheme where it has them, else by value."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pipeline.model.fitted import Stroke
from pipeline.theme import Colour, Theme
from pipeline.write.powerpoint.markup import Markup, element

# The scheme's slots, in the order in which the theme lists them. Links look like the text around them.
SCHEME: Final[Mapping[str, Colour]] = MappingProxyType(
    {
        "dk1": Colour.INK,
        "lt1": Colour.PAPER,
        "dk2": Colour.MUTED,
        "lt2": Colour.PANEL,
        "accent1": Colour.SUBJECT_A,
        "accent2": Colour.SUBJECT_B,
        "accent3": Colour.SUBJECT_C,
        "accent4": Colour.SUBJECT_D,
        "accent5": Colour.SUBJECT_E,
        "accent6": Colour.TIP,
        "hlink": Colour.INK,
        "folHlink": Colour.INK,
    }
)
# What slides call the four first slots; the master's colour map says so.
_MAPPED: Final = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}
_NAMES: Final[Mapping[Colour, str]] = {
    colour: _MAPPED.get(slot, slot) for slot, colour in SCHEME.items() if slot not in {"hlink", "folHlink"}
}


def colour_of(colour: Colour, theme: Theme) -> Markup:
    """The colour itself."""
    names = theme.company.scheme if theme.company else _NAMES
    if colour in names:
        return element("a:schemeClr", {"val": names[colour]})
    return element("a:srgbClr", {"val": theme.colours[colour]})


def fill(colour: Colour | None, theme: Theme) -> Markup:
    """A solid fill, or none."""
    return element("a:noFill") if colour is None else element("a:solidFill", None, colour_of(colour, theme))


def line(stroke: Stroke | None, theme: Theme, tag: str = "a:ln") -> Markup:
    """A line round or along a shape, or a cell's edge (`a:lnB` and its kin); without a stroke, none."""
    if stroke is None:
        return element(tag, {"w": 0}, element("a:noFill"))
    dash = element("a:prstDash", {"val": "dash" if stroke.dashed else "solid"})
    return element(tag, {"w": int(stroke.width)}, fill(stroke.colour, theme), dash)
