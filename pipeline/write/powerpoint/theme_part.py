"""The theme part: colours and fonts of `theme.toml` as PowerPoint offers them to whoever edits the deck."""

from __future__ import annotations

from typing import Final

from pipeline.theme import PLACED, Colour, Face, Theme
from pipeline.write.powerpoint.colours import SCHEME
from pipeline.write.powerpoint.markup import Markup, element, whole_part
from pipeline.write.powerpoint.styles import named_faces

_FAMILIES: Final = (("a:majorFont", Face.HEAD), ("a:minorFont", Face.SANS))


def theme_part(theme: Theme) -> bytes:
    """The bytes of a theme part. Fills are flat, lines plain, effects none."""
    elements = element("a:themeElements", None, _colours(theme), _fonts(theme), _formats(theme))
    return whole_part(
        "a:theme",
        {"name": theme.name},
        elements,
        element("a:objectDefaults"),
        element("a:extraClrSchemeLst"),
        _further_colours(theme),
    )


def _colours(theme: Theme) -> Markup:
    slots = [element(f"a:{slot}", None, _value(theme, colour)) for slot, colour in SCHEME.items()]
    return element("a:clrScheme", {"name": theme.name}, *slots)


def _further_colours(theme: Theme) -> Markup:
    """The colours that the scheme has no slot for, as named colours of the palette."""
    others = [colour for colour in Colour if colour not in (*SCHEME.values(), *PLACED)]
    named = [element("a:custClr", {"name": colour.value.replace("_", " ")}, _value(theme, colour)) for colour in others]
    return element("a:custClrLst", None, *named)


def _value(theme: Theme, colour: Colour) -> Markup:
    return element("a:srgbClr", {"val": theme.colours[colour]})


def _fonts(theme: Theme) -> Markup:
    families = (element(tag, None, *named_faces(theme.fonts, face)) for tag, face in _FAMILIES)
    return element("a:fontScheme", {"name": theme.name}, *families)


def _formats(theme: Theme) -> Markup:
    lines = (element("a:ln", {"w": 9525 * width}, _flat()) for width in (1, 2, 3))
    effects = (element("a:effectStyle", None, element("a:effectLst")) for _ in range(3))
    return element(
        "a:fmtScheme",
        {"name": theme.name},
        element("a:fillStyleLst", None, _flat(), _flat(), _flat()),
        element("a:lnStyleLst", None, *lines),
        element("a:effectStyleLst", None, *effects),
        element("a:bgFillStyleLst", None, _flat(), _flat(), _flat()),
    )


def _flat() -> Markup:
    """The colour that a shape's style asks for, flat."""
    return element("a:solidFill", None, element("a:schemeClr", {"val": "phClr"}))
