"""How the text of a placeholder looks: what it says itself, then its master's place, then the master's styles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from pipeline.template.colours import Scheme, filled, mixed, resolved, worst
from pipeline.template.layouts import RawLayout, Spot
from pipeline.template.package import Element, child, tag
from pipeline.units import EMU_PER_POINT, Emu, Rect

_STYLES: Final[Mapping[str, str]] = {
    "title": "p:titleStyle",
    "ctrTitle": "p:titleStyle",
    "ftr": "p:otherStyle",
    "sldNum": "p:otherStyle",
    "dt": "p:otherStyle",
}
_USUAL_SIZE: Final = 18.0
_USUAL_SIDE, _USUAL_TOP = 91_440, 45_720
_HUNDRED: Final = 100
_WHOLE: Final = 100_000


class Look(Struct, frozen=True, kw_only=True):
    """How text is set. `size` is in points, `latin` a font's name or a reference to the theme's.

    `rect` is without insets; `colours` are those that it, its master and the scheme say, in this order; `ground` is
    the place's own fill.
    """

    rect: Rect
    size: float
    bold: bool
    latin: str
    colours: tuple[str, ...]
    align: str
    anchor: str
    ground: str | None = None


def look_of(spot: Spot, layout: RawLayout) -> Look:
    """The look of a placeholder's first level."""
    paragraphs, characters = _levels(spot, layout.master)
    is_title = spot.kind in {"title", "ctrTitle"}
    size = _first(characters, "sz")
    latin = next(
        (font.get("typeface", "") for level in characters if (font := child(level, "a:latin")) is not None), ""
    )
    inks = [_ink(level, layout.scheme) for level in characters]
    return Look(
        rect=_inner(spot),
        size=int(size) / _HUNDRED if size and size.isdecimal() else _USUAL_SIZE,
        bold=_first(characters, "b") in {"1", "true"},
        latin=latin or ("+mj-lt" if is_title else "+mn-lt"),
        colours=tuple(dict.fromkeys(ink for ink in (*inks, layout.scheme.named("tx1")) if ink)),
        align=_first(paragraphs, "algn") or "l",
        anchor=_first(list(_bodies(spot)), "anchor") or "t",
        ground=_own_ground(spot, layout),
    )


def ink_on(look: Look, grounds: Sequence[str], scheme: Scheme, least: float) -> str:
    """The first colour said of a text that can be read on its grounds, else the best of the scheme's and plain ones."""
    fitting = (colour for colour in look.colours if worst(colour, grounds) >= least)
    plain = [colour for name in ("tx1", "bg1") if (colour := scheme.named(name))]
    return next(fitting, None) or max((*plain, "FFFFFF", "111111"), key=lambda colour: worst(colour, grounds))


def _levels(spot: Spot, master: Element) -> tuple[list[Element], list[Element]]:
    """What says something of paragraphs and of characters, the nearest first."""
    paragraphs: list[Element] = []
    characters: list[Element] = []
    for element in spot.elements:
        body = child(element, "p:txBody")
        levels = (child(body, "a:lstStyle/a:lvl1pPr"), child(body, "a:p/a:pPr"))
        paragraphs.extend(level for level in levels if level is not None)
        # Converted templates say it of the sample text alone.
        runs = (child(levels[0], "a:defRPr"), child(body, "a:p/a:r/a:rPr"), child(body, "a:p/a:endParaRPr"))
        characters.extend(run for run in runs if run is not None)
    style = child(master, f"p:txStyles/{_STYLES.get(spot.kind, 'p:bodyStyle')}/a:lvl1pPr")
    if style is not None:
        paragraphs.append(style)
        characters.extend(run for run in (child(style, "a:defRPr"),) if run is not None)
    return paragraphs, characters


def _ink(level: Element, scheme: Scheme) -> str | None:
    return resolved(child(level, "a:solidFill"), scheme)


def _first(levels: list[Element], key: str) -> str | None:
    return next((value for level in levels if (value := level.get(key)) is not None), None)


def _bodies(spot: Spot) -> Iterator[Element]:
    for element in spot.elements:
        body = child(element, "p:txBody/a:bodyPr")
        if body is not None:
            yield body


def _inner(spot: Spot) -> Rect:
    """The place without its insets."""
    bodies = list(_bodies(spot))
    usual = {"lIns": _USUAL_SIDE, "rIns": _USUAL_SIDE, "tIns": _USUAL_TOP, "bIns": _USUAL_TOP}
    inset = {key: _number(_first(bodies, key), most) for key, most in usual.items()}
    rect = spot.rect
    left, right = rect.left + inset["lIns"], rect.right - inset["rIns"]
    top, bottom = rect.top + inset["tIns"], rect.bottom - inset["bIns"]
    small = right - left < rect.width // 2 or bottom - top < EMU_PER_POINT * 10
    return rect if small else Rect.from_edges(left, top, right, bottom)


def _number(value: str | None, usual: int) -> Emu:
    return Emu(int(value)) if value is not None and value.isdecimal() else Emu(usual)


def _own_ground(spot: Spot, layout: RawLayout) -> str | None:
    """The colour that a placeholder itself is filled with, if it is, over what shows through it."""
    for element in spot.elements:
        properties = child(element, "p:spPr")
        colour = filled(properties, layout.scheme)
        if colour:
            alpha = next(properties.iter(tag("a:alpha")), None) if properties is not None else None
            share = 1.0 if alpha is None else _number(alpha.get("val"), _WHOLE) / _WHOLE
            return mixed(colour, layout.ground_at(spot.rect), share)
    return None
