"""The theme part: colours and fonts of `theme.toml` as PowerPoint offers them to whoever edits the deck."""

from __future__ import annotations

from pipeline.theme import Colour, Face, Theme
from pipeline.write.powerpoint.colours import SCHEME
from pipeline.write.powerpoint.markup import Element, element, serialise


def theme_part(theme: Theme) -> bytes:
    """The bytes of a theme part. Fills are flat, lines plain, effects none."""
    elements = element("a:themeElements", None, _colours(theme), _fonts(theme), _formats(theme))
    root = element(
        "a:theme",
        {"name": theme.name},
        elements,
        element("a:objectDefaults"),
        element("a:extraClrSchemeLst"),
        _further_colours(theme),
    )
    return serialise(root)


def _colours(theme: Theme) -> Element:
    slots = [element(f"a:{slot}", None, _value(theme, colour)) for slot, colour in SCHEME.items()]
    return element("a:clrScheme", {"name": theme.name}, *slots)


def _further_colours(theme: Theme) -> Element:
    """The colours that the scheme has no slot for, as named colours of the palette."""
    others = [colour for colour in Colour if colour not in SCHEME.values()]
    named = [element("a:custClr", {"name": colour.value.replace("_", " ")}, _value(theme, colour)) for colour in others]
    return element("a:custClrLst", None, *named)


def _value(theme: Theme, colour: Colour) -> Element:
    return element("a:srgbClr", {"val": theme.colours[colour]})


def _fonts(theme: Theme) -> Element:
    faces = (("a:latin", Face.SANS), ("a:ea", Face.EAST_ASIAN), ("a:cs", Face.COMPLEX))
    return element(
        "a:fontScheme",
        {"name": theme.name},
        *(
            element(tag, None, *(element(part, {"typeface": theme.fonts[face][0]}) for part, face in faces))
            for tag in ("a:majorFont", "a:minorFont")
        ),
    )


def _formats(theme: Theme) -> Element:
    def three(tag: str, *made: Element) -> Element:
        return element(tag, None, *made)

    return element(
        "a:fmtScheme",
        {"name": theme.name},
        three("a:fillStyleLst", *(_placeholder_fill() for _ in range(3))),
        three("a:lnStyleLst", *(element("a:ln", {"w": 9525 * n}, _placeholder_fill()) for n in (1, 2, 3))),
        three("a:effectStyleLst", *(element("a:effectStyle", None, element("a:effectLst")) for _ in range(3))),
        three("a:bgFillStyleLst", *(_placeholder_fill() for _ in range(3))),
    )


def _placeholder_fill() -> Element:
    return element("a:solidFill", None, element("a:schemeClr", {"val": "phClr"}))
