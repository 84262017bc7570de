"""One slide: its layout, the placeholders that its elements fill, and its tree of shapes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import assert_never

from msgspec import Struct

from pipeline.model.fitted import Element as Planned
from pipeline.model.fitted import PictureBox, Role, ShapeBox, TableBox, TextBox
from pipeline.model.plan import Slide
from pipeline.theme import Theme
from pipeline.write.powerpoint.characters import Characters
from pipeline.write.powerpoint.colours import fill
from pipeline.write.powerpoint.frames import FIRST_SHAPE, shape_tree
from pipeline.write.powerpoint.layouts import Layout, Placeholder, role_of
from pipeline.write.powerpoint.links import Links
from pipeline.write.powerpoint.markup import Markup, element, whole_part
from pipeline.write.powerpoint.pictures import Media, picture
from pipeline.write.powerpoint.shapes import Frame, shape, text_box
from pipeline.write.powerpoint.tables import table
from pipeline.write.powerpoint.text import TextWriter
from pipeline.write.powerpoint.timing import timing


class SlideWriter(Struct, frozen=True, kw_only=True):
    """Writes the slides of one deck, each with the links of its own part."""

    characters: Characters
    media: Media

    def slide(self, planned: Slide, layout: Layout, links: Links) -> bytes:
        """The bytes of a slide's part: its elements in reading order, which is also the order of drawing."""
        ground = _ground(planned, self.characters.theme)
        shapes = [
            self._shape(item, frame, links) for item, frame in _framed(planned, layout) if not _is_ground(item, planned)
        ]
        tree = element("p:cSld", None, ground, shape_tree(shapes))
        return whole_part("p:sld", None, tree, master_colours(), timing(planned.elements, planned.steps))

    def _shape(self, item: Planned, frame: Frame, links: Links) -> Markup:
        writer = TextWriter(characters=self.characters, links=links)
        match item:
            case TextBox():
                return text_box(item, frame, writer)
            case ShapeBox():
                return shape(item, frame, self.characters.theme)
            case PictureBox():
                return picture(item, frame, links, self.media)
            case TableBox():
                return table(item, frame, writer)
            case _:
                assert_never(item)


def _is_ground(item: Planned, planned: Slide) -> bool:
    """Whether an element is the colour of the whole slide: its background, which nobody takes hold of by mistake."""
    return item is planned.elements[0] and isinstance(item, ShapeBox) and item.name == "Ground"


def _ground(planned: Slide, theme: Theme) -> Markup | None:
    first = planned.elements[0] if planned.elements else None
    if not isinstance(first, ShapeBox) or first.fill is None or not _is_ground(first, planned):
        return None
    return element("p:bg", None, element("p:bgPr", None, fill(first.fill, theme), element("a:effectLst")))


@cache
def master_colours() -> Markup:
    """What says that a slide or notes page takes its master's colours."""
    return element("p:clrMapOvr", None, element("a:masterClrMapping"))


def _framed(planned: Slide, layout: Layout) -> Iterator[tuple[Planned, Frame]]:
    """Each element with its id and the placeholder that it fills: the first free one that takes its role."""
    free = list(layout.placeholders)
    for number, item in enumerate(planned.elements, FIRST_SHAPE):
        found = _taken(free, role_of(item))
        yield item, Frame(id=number, placeholder=found, slide=planned.number)


def _taken(free: list[Placeholder], role: Role) -> Placeholder | None:
    for placeholder in free:
        if role in placeholder.takes:
            free.remove(placeholder)
            return placeholder
    return None
