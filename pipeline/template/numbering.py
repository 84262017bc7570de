"""The layouts that play a role with placeholders that can be told apart: converted templates give all one index."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lxml import etree

from pipeline.office import LayoutPlace, LayoutRole, OfficePart, TemplateLayout
from pipeline.template.layouts import RawLayout, placeholder_shapes, rect_of
from pipeline.template.package import Element
from pipeline.template.roles import Choice
from pipeline.units import Rect

_TITLES: Final = frozenset({"title", "ctrTitle"})
_FIRST: Final = 21


def renumbered(
    parts: Mapping[str, OfficePart], choices: Mapping[LayoutRole, Choice]
) -> tuple[Mapping[str, OfficePart], Mapping[LayoutRole, TemplateLayout]]:
    """The parts, with an index of its own for each placeholder of these layouts; and the layouts by their role."""
    changed = dict(parts)
    used: dict[LayoutRole, TemplateLayout] = {}
    made: dict[str, TemplateLayout] = {}
    for role, choice in choices.items():
        part = choice.layout.part
        if part.name not in made:
            if _number(choice.layout.own):
                changed[part.name] = _written(part, choice.layout.own)
            made[part.name] = _layout(choice.layout)
        used[role] = made[part.name]
    return changed, used


def _number(root: Element) -> bool:
    """Give each placeholder that shares its index one of its own; whether any did."""
    places = [place for _, place in placeholder_shapes(root) if place.get("type") not in _TITLES]
    taken: set[str] = set()
    free = _FIRST
    changed = False
    for place in places:
        index = place.get("idx", "0")
        if index in taken or index == "0":
            known = taken | {other.get("idx", "0") for other in places}
            while str(free) in known:
                free += 1
            place.set("idx", str(free))
            changed = True
        taken.add(place.get("idx", "0"))
    return changed


def _written(part: OfficePart, root: Element) -> OfficePart:
    data = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return OfficePart(name=part.name, content_type=part.content_type, data=data, relations=part.relations)


def _layout(layout: RawLayout) -> TemplateLayout:
    places = []
    for shape, place in placeholder_shapes(layout.own):
        index = place.get("idx", "0")
        kind = place.get("type", "")
        places.append(
            LayoutPlace(
                kind="" if kind == "obj" else kind,
                index=int(index) if index.isdecimal() else 0,
                rect=rect_of(shape) or Rect.from_edges(0, 0, 0, 0),
            )
        )
    return TemplateLayout(
        part=layout.part.name,
        master=next(iter(layout.part.related("slideMaster")), ""),
        name=layout.name,
        places=tuple(places),
    )
