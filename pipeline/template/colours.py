"""Colours of a template: what DrawingML says, resolved to hexadecimal, and how they contrast."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from pipeline.template.package import Element, child, tag

_WHOLE: Final = 100_000
_PRESETS: Final[Mapping[str, str]] = {
    "black": "000000",
    "white": "FFFFFF",
    "red": "FF0000",
    "green": "008000",
    "blue": "0000FF",
    "gray": "808080",
    "yellow": "FFFF00",
}
_USUAL_MAP: Final[Mapping[str, str]] = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
READABLE: Final = 4.5
"""The contrast that text needs (WCAG 2.2, AA)."""
LARGE: Final = 3.0
"""The contrast that large text needs."""


class Scheme(Struct, frozen=True, kw_only=True):
    """A theme's colours by their slots, and how a master maps the names that slides use."""

    slots: Mapping[str, str]
    mapped: Mapping[str, str]

    def named(self, name: str) -> str | None:
        """The colour of a name that slides use."""
        slot = self.mapped.get(name) or _USUAL_MAP.get(name, name)
        return self.slots.get(slot)


def scheme_of(theme: Element, colour_map: Element | None) -> Scheme:
    """The colours of a theme part under a master's map."""
    slots: dict[str, str] = {}
    listed = child(theme, "a:themeElements/a:clrScheme")
    for slot in () if listed is None else listed:
        colour = resolved(slot, Scheme(slots={}, mapped={}))
        if colour:
            slots[slot.tag.rpartition("}")[2]] = colour
    mapped = {} if colour_map is None else {str(key): str(value) for key, value in colour_map.attrib.items()}
    return Scheme(slots=slots, mapped=mapped)


def resolved(holder: Element | None, scheme: Scheme, placeholder: str | None = None) -> str | None:
    """The colour within a fill or another holder; `placeholder` is what a style's own colour stands for."""
    if holder is None:
        return None
    for element in holder:
        base = _base(element, scheme, placeholder)
        if base is not None:
            return _modified(base, element)
    return None


def _base(element: Element, scheme: Scheme, placeholder: str | None) -> str | None:
    value = element.get("val", "")
    match element.tag.rpartition("}")[2] if isinstance(element.tag, str) else "":
        case "srgbClr":
            return value.upper() if len(value) == len("RRGGBB") and _is_hexadecimal(value) else None
        case "sysClr":
            last = element.get("lastClr", "")
            usual = "FFFFFF" if value.startswith("window") and value != "windowText" else "000000"
            return last.upper() if len(last) == len(usual) and _is_hexadecimal(last) else usual
        case "schemeClr":
            return placeholder if value == "phClr" else scheme.named(value)
        case "prstClr":
            return _PRESETS.get(value)
        case "scrgbClr":
            parts = [_share(element.get(key, "0")) for key in ("r", "g", "b")]
            return _hexadecimal([min(1.0, max(0.0, part)) for part in parts])
        case _:
            return None


def _is_hexadecimal(value: str) -> bool:
    return all(character in "0123456789abcdefABCDEF" for character in value)


def _share(value: str) -> float:
    """A share as the format writes it: in thousandths of a percent."""
    try:
        return float(value.rstrip("%")) / (100 if value.endswith("%") else _WHOLE)
    except ValueError:
        return 0.0


def _modified(colour: str, element: Element) -> str:
    """The colour as its modifiers change it, in their order."""
    for change in element:
        if not isinstance(change.tag, str):
            continue
        share = _share(change.get("val", "0"))
        red, green, blue = channels(colour)
        hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
        match change.tag.rpartition("}")[2]:
            case "lumMod":
                colour = _hexadecimal(colorsys.hls_to_rgb(hue, min(1.0, light * share), saturation))
            case "lumOff":
                colour = _hexadecimal(colorsys.hls_to_rgb(hue, min(1.0, max(0.0, light + share)), saturation))
            case "satMod":
                colour = _hexadecimal(colorsys.hls_to_rgb(hue, light, min(1.0, saturation * share)))
            case "tint":
                colour = mixed(colour, "FFFFFF", share)
            case "shade":
                colour = mixed(colour, "000000", share)
            case _:
                pass
    return colour


def channels(colour: str) -> tuple[float, float, float]:
    """Red, green and blue, from 0 to 1."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def _hexadecimal(parts: Sequence[float]) -> str:
    return "".join(f"{round(part * 255):02X}" for part in parts)


def mixed(colour: str, other: str, share: float) -> str:
    """So much of a colour with the rest of another."""
    pairs = zip(channels(colour), channels(other), strict=True)
    return _hexadecimal([one * share + two * (1 - share) for one, two in pairs])


def average(colours: Sequence[str]) -> str | None:
    """The middle of several colours."""
    if not colours:
        return None
    summed = [sum(parts) / len(colours) for parts in zip(*map(channels, colours), strict=True)]
    return _hexadecimal(summed)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2.2 defines it, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels(colour)]  # noqa: PLR2004 - WCAG's own figures
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def worst(colour: str, grounds: Sequence[str]) -> float:
    """The least contrast of a colour with several grounds."""
    return min(contrast(colour, ground) for ground in grounds)


def readable(colour: str, grounds: Sequence[str], least: float = READABLE) -> str:
    """The colour, as little darker or lighter as it takes to stand out from its grounds; else black or white."""
    aims = sorted(("000000", "FFFFFF"), key=lambda aim: worst(aim, grounds), reverse=True)
    for step in range(21):
        for aim in aims:
            changed = mixed(colour, aim, 1 - step / 20)
            if worst(changed, grounds) >= least:
                return changed
    return aims[0]


def filled(properties: Element | None, scheme: Scheme, placeholder: str | None = None) -> str | None:
    """The colour of a solid fill, or the middle of a gradient or pattern, within shape or background properties."""
    if properties is None:
        return None
    solid = child(properties, "a:solidFill")
    if solid is not None:
        return resolved(solid, scheme, placeholder)
    stops = child(properties, "a:gradFill/a:gsLst")
    if stops is not None:
        found = (resolved(stop, scheme, placeholder) for stop in stops.iter(tag("a:gs")))
        return average([colour for colour in found if colour])
    pattern = [resolved(child(properties, f"a:pattFill/a:{part}"), scheme, placeholder) for part in ("fgClr", "bgClr")]
    return average([colour for colour in pattern if colour])
