"""Where text stands on the layouts that play a role, in a template's own lengths."""

from __future__ import annotations

from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pipeline.template.layouts import RawLayout, Spot, area, common, master_place, placeholder_shapes
from pipeline.template.space import clear, obstacles, within
from pipeline.template.text import Look, look_of
from pipeline.units import Rect, Size

_BODIES: Final = ("", "body", "tbl", "chart", "dgm", "media", "clipArt")
_LEAST_HIGH: Final = 0.36
_LEAST_WIDE: Final = 0.42
"""A body that has less of the slide is given the room between title and foot."""
_MARGIN: Final = 0.02
_SIDE: Final = 0.06
"""Where text begins that has no place of its own."""


class Opening(Struct, frozen=True, kw_only=True):
    """A cover or a part's opening: the title, and the text below it."""

    title: Look
    text: Look


class Content(Struct, frozen=True, kw_only=True):
    """A slide with content: its title, its body, and what stands at its foot."""

    title: Look
    body: Look
    footer: Look | None
    number: Look | None


class Places(Struct, frozen=True, kw_only=True):
    """Finds the places of one template; `size` is its slides'."""

    size: Size

    def opening(self, layout: RawLayout) -> Opening:
        """The places of a cover or a part."""
        title = self._title(layout)
        spots = [*layout.of_kind("subTitle"), *sorted(layout.of_kind(*_BODIES), key=lambda spot: -area(spot.rect))]
        taken = [title.rect, *(o.rect for o in obstacles(layout, self.size)), *self._feet(layout)]
        if spots:
            text = look_of(spots[0], layout)
            rect = clear(self._on_slide(text.rect), taken)
            # A place that the title covers is none.
            if common(rect, title.rect) < area(rect) // 2:
                return Opening(title=title, text=self._at(text, rect))
        below = self._below(title.rect, layout)
        return Opening(title=title, text=self._at(self._plain(title, layout), clear(below, taken)))

    def content(self, layout: RawLayout) -> Content:
        """The places of a slide with content."""
        title = self._title(layout)
        # What reaches over the edge has no place: it cannot be seen.
        feet = [[spot for spot in layout.of_kind(kind) if self._is_on_slide(spot.rect)] for kind in ("ftr", "sldNum")]
        footer, number = (look_of(spots[0], layout) if spots else None for spots in feet)
        spots = sorted(layout.of_kind(*_BODIES), key=lambda spot: -area(spot.rect))
        taken = [title.rect, *(o.rect for o in obstacles(layout, self.size)), *self._feet(layout)]
        body = look_of(spots[0], layout) if spots else self._plain(title, layout)
        rect = clear(self._on_slide(body.rect), taken) if spots else Rect.from_edges(0, 0, 0, 0)
        if rect.height < _LEAST_HIGH * self.size.height or rect.width < _LEAST_WIDE * self.size.width:
            free = clear(self._below(title.rect, layout), taken)
            rect = max((rect, free), key=area)
        return Content(title=title, body=self._at(body, rect), footer=footer, number=number)

    def _title(self, layout: RawLayout) -> Look:
        """The title's place: of several the largest; where there is none the master's, else a strip at the top."""
        spots = sorted(layout.of_kind("title", "ctrTitle"), key=lambda spot: -area(spot.rect)) or _masters_title(layout)
        if not spots:
            side = round(_SIDE * self.size.width)
            strip = Rect.from_edges(side, self.size.height // 16, self.size.width - side, self.size.height // 6)
            return self._at(look_of(Spot(kind="title", index=0, rect=strip, elements=()), layout), strip)
        look = look_of(spots[0], layout)
        others = [ornament.rect for ornament in obstacles(layout, self.size)]
        return self._at(look, clear(self._on_slide(look.rect), others))

    def _below(self, title: Rect, layout: RawLayout) -> Rect:
        """The room between a title and the foot; beside the title where it stands too low for that."""
        side = min(int(title.left), self.size.width - title.right)
        side = max(side, round(_MARGIN * self.size.width))
        side = min(side, round(_SIDE * self.size.width))
        foot = min((int(rect.top) for rect in self._feet(layout)), default=round(0.94 * self.size.height))
        gap = self.size.height // 40
        left, right = side, self.size.width - side
        if title.bottom + gap < foot - self.size.height // 4:
            return Rect.from_edges(left, title.bottom + gap, right, foot - gap)
        return Rect.from_edges(left, self.size.height // 12, right, max(self.size.height // 6, title.top - gap))

    def _feet(self, layout: RawLayout) -> list[Rect]:
        """What stands at the foot: footers, numbers and dates in the lower part of a slide."""
        low = round(0.75 * self.size.height)
        return [spot.rect for spot in layout.of_kind("ftr", "sldNum", "dt") if spot.rect.top > low]

    def _plain(self, title: Look, layout: RawLayout) -> Look:
        """The look of text that has no place of its own."""
        spot = Spot(kind="body", index=0, rect=title.rect, elements=())
        look = look_of(spot, layout)
        return replace(look, bold=False, align=title.align, anchor="t")

    def _is_on_slide(self, rect: Rect) -> bool:
        return min(rect.left, rect.top, self.size.width - rect.right, self.size.height - rect.bottom) >= 0

    def _on_slide(self, rect: Rect) -> Rect:
        return within(rect, self.size, round(_MARGIN * self.size.height))

    def _at(self, look: Look, rect: Rect) -> Look:
        return replace(look, rect=rect)


def _masters_title(layout: RawLayout) -> list[Spot]:
    rect = master_place(layout.master, "title")
    shapes = [shape for shape, place in placeholder_shapes(layout.master) if place.get("type") == "title"]
    return [Spot(kind="title", index=0, rect=rect, elements=(shapes[0],))] if rect else []
