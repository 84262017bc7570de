"""The layouts of a template as they are: placeholders, what else stands there, and the ground under a place."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pipeline.office import OfficePart
from pipeline.template.colours import Scheme, average, contrast, filled, resolved, scheme_of
from pipeline.template.keeping import reread
from pipeline.template.package import NAMESPACES, Element, child, tag
from pipeline.units import Emu, Rect

_TITLES: Final = ("title", "ctrTitle")
_FURNITURE: Final = frozenset({"ftr", "sldNum", "dt", "hdr"})
# Words of the format that say the same of a place on a master.
_ON_MASTER: Final[Mapping[str, str]] = {
    "ctrTitle": "title",
    "subTitle": "body",
    "": "body",
    "pic": "body",
    "tbl": "body",
}
_GROUND_UNDER: Final = 0.6
"""A shape that lies under so much of a place is its ground."""
_SEEN: Final = 1.2
"""Colours of less contrast are taken for one."""
_FIRST_BACKGROUND: Final = 1001


class Spot(Struct, frozen=True, kw_only=True):
    """A placeholder of a layout. `elements` are its own and the master's, the nearest first."""

    kind: str
    index: int
    rect: Rect
    elements: tuple[Element, ...]


class Ornament(Struct, frozen=True, kw_only=True):
    """What stands on a layout and is no placeholder. `colour` is None where it cannot be told."""

    rect: Rect
    picture: bool
    words: bool
    colour: str | None


class RawLayout(Struct, frozen=True, kw_only=True):
    """A layout with its master, its colours, its placeholders and its ornaments, from the bottom up.

    It is `moved` where it has places of its master in place of its own.
    """

    part: OfficePart
    name: str
    kind: str
    own: Element
    master: Element
    fonts: Mapping[str, str]
    scheme: Scheme
    spots: tuple[Spot, ...]
    ornaments: tuple[Ornament, ...]
    ground: str
    moved: bool = False

    def of_kind(self, *kinds: str) -> tuple[Spot, ...]:
        """Its placeholders of some kinds, from the top and the left."""
        found = (spot for spot in self.spots if spot.kind in kinds)
        return tuple(sorted(found, key=lambda spot: (spot.rect.top, spot.rect.left)))

    def crowded(self, rect: Rect) -> float:
        """How much of a place has something of another colour than the ground under it, from 0 to 1."""
        over = (
            o for o in self.ornaments if o.picture or (o.colour and contrast(o.colour, self.ground_at(rect)) > _SEEN)
        )
        return min(1.0, sum(common(ornament.rect, rect) for ornament in over) / max(1, area(rect)))

    def ground_at(self, rect: Rect) -> str:
        """The colour that lies under a place."""
        ground = self.ground
        for ornament in self.ornaments:
            if ornament.colour and common(ornament.rect, rect) >= _GROUND_UNDER * area(rect):
                ground = ornament.colour
        return ground


def _with_own_places(layout: RawLayout, layouts: Sequence[RawLayout]) -> RawLayout:
    """The layout, with its master's places where it has another master's.

    Converters give the layouts of all masters the places of one: a layout then stands where its namesake of another
    master does, and not where its own master says.
    """
    own, titles = master_place(layout.master, "title"), layout.of_kind(*_TITLES)
    if own is None or not titles or titles[0].rect == own:
        return layout
    namesakes = [other for other in layouts if other.name == layout.name and other.master is not layout.master]
    alike = [other for other in namesakes if [spot.rect for spot in other.of_kind(*_TITLES)][:1] == [titles[0].rect]]
    if not any(master_place(other.master, "title") == titles[0].rect for other in alike):
        return layout
    body = master_place(layout.master, "body")
    rest = [spot for spot in layout.spots if spot.kind not in _TITLES and not is_furniture(spot)]
    moved = {id(titles[0]): own} | ({id(rest[0]): body} if len(rest) == 1 and body else {})
    spots = (
        replace(spot, rect=moved[id(spot)], elements=spot.elements[1:] or spot.elements) if id(spot) in moved else spot
        for spot in layout.spots
    )
    return replace(layout, spots=tuple(spots), moved=True)


def master_place(master: Element, kind: str) -> Rect | None:
    """Where a master has its first place of a kind."""
    found = (rect_of(shape) for shape, place in placeholder_shapes(master) if place.get("type") == kind)
    return next((rect for rect in found if rect is not None and area(rect)), None)


def area(rect: Rect) -> int:
    """How large a rectangle is."""
    return max(0, int(rect.width)) * max(0, int(rect.height))


def common(one: Rect, other: Rect) -> int:
    """How much two rectangles share."""
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(0, int(across)) * max(0, int(down))


class LayoutReader:
    """Reads the layouts of kept parts."""

    def __init__(self, parts: Mapping[str, OfficePart]) -> None:
        self._parts = parts
        self._roots: dict[str, Element] = {}
        self._averages: dict[str, str | None] = {}

    def root(self, name: str) -> Element:
        """A part's root element, read once."""
        if name not in self._roots:
            self._roots[name] = reread(self._parts[name])
        return self._roots[name]

    def masters(self) -> Iterator[OfficePart]:
        """The masters in the presentation's order."""
        main = next(iter(self._parts.values()))
        targets = {relation.id: relation.target for relation in main.relations if relation.word == "slideMaster"}
        for item in self.root(main.name).iter(tag("p:sldMasterId")):
            target = targets.get(item.get(f"{{{NAMESPACES['r']}}}id", ""))
            if target:
                yield self._parts[target]

    def layouts(self) -> tuple[RawLayout, ...]:
        """All layouts, master by master, in their order, each with the places of its own master."""
        read = tuple(self._layouts())
        return tuple(_with_own_places(layout, read) for layout in read)

    def _layouts(self) -> Iterator[RawLayout]:
        for master in self.masters():
            targets = {relation.id: relation.target for relation in master.relations if relation.word == "slideLayout"}
            for item in self.root(master.name).iter(tag("p:sldLayoutId")):
                target = targets.get(item.get(f"{{{NAMESPACES['r']}}}id", ""))
                if target:
                    yield self._layout(self._parts[target], master)

    def _layout(self, part: OfficePart, master: OfficePart) -> RawLayout:
        root, above = self.root(part.name), self.root(master.name)
        theme = next((self.root(name) for name in master.related("theme")), None)
        override = child(root, "p:clrMapOvr/a:overrideClrMapping")
        colour_map = child(above, "p:clrMap") if override is None else override
        scheme = Scheme(slots={}, mapped={}) if theme is None else scheme_of(theme, colour_map)
        shown = child(root, "p:cSld")
        inherits = root.get("showMasterSp", "1") not in {"0", "false"}
        ornaments = [
            *(self._ornaments(above, master, scheme) if inherits else ()),
            *self._ornaments(root, part, scheme),
        ]
        return RawLayout(
            part=part,
            name="" if shown is None else " ".join(shown.get("name", "").split()),
            kind=root.get("type", ""),
            own=root,
            master=above,
            fonts={} if theme is None else fonts_of(theme),
            scheme=scheme,
            spots=tuple(_spots(root, above)),
            ornaments=tuple(ornaments),
            ground=self._background(((root, part), (above, master)), theme, scheme),
        )

    def _background(self, levels: tuple[tuple[Element, OfficePart], ...], theme: Element | None, scheme: Scheme) -> str:
        """The colour of the background: the layout's, else the master's, else white."""
        for root, part in levels:
            properties = child(root, "p:cSld/p:bg/p:bgPr")
            if properties is not None:
                return filled(properties, scheme) or self._pictured(properties, part) or "FFFFFF"
            reference = child(root, "p:cSld/p:bg/p:bgRef")
            if reference is not None:
                return _styled_ground(reference, theme, scheme)
        return "FFFFFF"

    def _pictured(self, holder: Element, part: OfficePart) -> str | None:
        """The middle colour of a picture that fills something."""
        blip = next(holder.iter(tag("a:blip")), None)
        key = "" if blip is None else blip.get(f"{{{NAMESPACES['r']}}}embed", "")
        target = next((relation.target for relation in part.relations if relation.id == key), "")
        if target and target not in self._averages:
            self._averages[target] = _middle_colour(self._parts[target].data)
        return self._averages.get(target)

    def _ornaments(self, root: Element, part: OfficePart, scheme: Scheme) -> Iterator[Ornament]:
        tree = child(root, "p:cSld/p:spTree")
        for shape in () if tree is None else tree:
            rect = rect_of(shape)
            if rect is None or next(shape.iter(tag("p:ph")), None) is not None:
                continue
            pictured = shape.tag == tag("p:pic") or next(shape.iter(tag("a:blip")), None) is not None
            properties = child(shape, "p:spPr")
            colour = self._pictured(shape, part) if pictured else filled(properties, scheme)
            if colour is None and not pictured:
                colour = _style_fill(shape, properties, scheme)
            words = any((text.text or "").strip() for text in shape.iter(tag("a:t")))
            yield Ornament(rect=rect, picture=pictured, words=words, colour=colour)


def _style_fill(shape: Element, properties: Element | None, scheme: Scheme) -> str | None:
    """What a shape's style fills it with, unless it says that it is not filled."""
    if child(properties, "a:noFill") is not None:
        return None
    return resolved(child(shape, "p:style/a:fillRef"), scheme)


def _styled_ground(reference: Element, theme: Element | None, scheme: Scheme) -> str:
    """The ground that a background's reference to the theme's fills means."""
    colour = resolved(reference, scheme) or scheme.named("bg1") or "FFFFFF"
    at = int(reference.get("idx", "0") or 0) - _FIRST_BACKGROUND
    fills = child(theme, "a:themeElements/a:fmtScheme/a:bgFillStyleLst")
    if fills is None or not 0 <= at < len(fills):
        return colour
    holder = fills[at]
    if holder.tag == tag("a:solidFill"):
        return resolved(holder, scheme, colour) or colour
    stops = [resolved(stop, scheme, colour) for stop in holder.iter(tag("a:gs"))]
    return average([stop for stop in stops if stop]) or colour


def _middle_colour(data: bytes) -> str | None:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(data)) as opened:
                opened.draft("RGB", (64, 64))
                small = opened.convert("RGBA").resize((16, 16))
    except (OSError, ValueError, Image.DecompressionBombError, Warning, SyntaxError):
        return None
    data = small.tobytes()
    pixels = [data[at : at + 4] for at in range(0, len(data), 4) if data[at + 3] > 127]  # noqa: PLR2004 - half there
    if len(pixels) < 16 * 16 // 2:
        return None
    return average([f"{red:02X}{green:02X}{blue:02X}" for red, green, blue, _ in pixels])


def fonts_of(theme: Element) -> Mapping[str, str]:
    """The fonts that text takes by reference."""
    found: dict[str, str] = {}
    for family, prefix in (("a:majorFont", "+mj"), ("a:minorFont", "+mn")):
        for script, end in (("a:latin", "lt"), ("a:ea", "ea"), ("a:cs", "cs")):
            font = child(theme, f"a:themeElements/a:fontScheme/{family}/{script}")
            found[f"{prefix}-{end}"] = "" if font is None else font.get("typeface", "")
    return found


def _spots(root: Element, master: Element) -> Iterator[Spot]:
    """The placeholders of a layout; those without a place of their own stand where the master's of their kind does."""
    above = dict(_placeholders(master))
    for (kind, index), shape in _indexed(root):
        on_master = above.get(_ON_MASTER.get(kind, kind))
        rect = rect_of(shape)
        if rect is None and on_master is not None:
            rect = rect_of(on_master)
        if rect is not None and area(rect):
            elements = (shape,) if on_master is None else (shape, on_master)
            yield Spot(kind=kind, index=index, rect=rect, elements=elements)


def _indexed(root: Element) -> Iterator[tuple[tuple[str, int], Element]]:
    for shape, place in placeholder_shapes(root):
        number = place.get("idx", "0")
        yield (_kind(place), int(number) if number.isdecimal() else 0), shape


def _placeholders(root: Element) -> Iterator[tuple[str, Element]]:
    """A master's placeholders by kind; of several of one kind the first."""
    for shape, place in reversed(list(placeholder_shapes(root))):
        yield _kind(place), shape


def _kind(place: Element) -> str:
    kind = place.get("type", "")
    return "" if kind == "obj" else kind


def placeholder_shapes(root: Element) -> Iterator[tuple[Element, Element]]:
    """The shapes of a layout or master that are placeholders, each with what says so."""
    tree = child(root, "p:cSld/p:spTree")
    for shape in () if tree is None else tree:
        place = next(shape.iter(tag("p:ph")), None)
        if place is not None:
            yield shape, place


def rect_of(shape: Element) -> Rect | None:
    """Where a shape stands, as its own element says."""
    frame = next(shape.iter(tag("a:xfrm"), tag("p:xfrm")), None)
    offset, size = child(frame, "a:off"), child(frame, "a:ext")
    if offset is None or size is None:
        return None
    try:
        left, top = (int(offset.get(key, "0")) for key in ("x", "y"))
        width, height = (int(size.get(key, "0")) for key in ("cx", "cy"))
    except ValueError:
        return None
    return Rect(left=Emu(left), top=Emu(top), width=Emu(width), height=Emu(height))


def is_furniture(spot: Spot) -> bool:
    """Whether a placeholder is for footers, numbers and dates."""
    return spot.kind in _FURNITURE
