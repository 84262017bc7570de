"""Text boxes, filled placeholders, drawn shapes and lines."""

from __future__ import annotations

from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.fitted import Outline, Role, ShapeBox, SlideTarget, TextBox
from pipeline.theme import Theme
from pipeline.write.powerpoint.colours import fill, line
from pipeline.write.powerpoint.frames import body_properties, decorative, geometry, identity, place, transform
from pipeline.write.powerpoint.layouts import Placeholder
from pipeline.write.powerpoint.markup import Markup, element
from pipeline.write.powerpoint.text import TextWriter

_PRESETS: Final = {
    Outline.RECTANGLE: "rect",
    Outline.ELLIPSE: "ellipse",
    Outline.TRIANGLE: "triangle",
    Outline.DIAMOND: "diamond",
    Outline.HEXAGON: "hexagon",
    Outline.LINE: "line",
}
_TEXT_BOX: Final = element("p:cNvSpPr", {"txBox": 1})
_PLACEHOLDER: Final = element("p:cNvSpPr", None, element("a:spLocks", {"noGrp": 1}))
_NO_FILL: Final = element("a:noFill")
_NO_STYLE: Final = element("a:lstStyle")


class Frame(Struct, frozen=True, kw_only=True):
    """What an element gets from its slide: its id, and the placeholder that it fills, if any."""

    id: int
    placeholder: Placeholder | None
    slide: int


def text_box(box: TextBox, frame: Frame, writer: TextWriter) -> Markup:
    """A box of text, or a placeholder filled with it."""
    jump = whole_link(box)
    if jump is not None:
        writer = replace(writer, linked=False)
    if box.role is Role.TITLE:
        writer = replace(writer, family="mj")
    number = frame.slide if box.role is Role.NUMBER else None
    click = writer.links.click(jump, on_text=False) if jump is not None else None
    names = element(
        "p:nvSpPr",
        None,
        identity(frame.id, box.name, "", click),
        _TEXT_BOX if frame.placeholder is None else _PLACEHOLDER,
        place(frame.placeholder),
    )
    # A template's place may have a ground of its own.
    empty = _NO_FILL if frame.placeholder is None or writer.characters.theme.company is None else None
    properties = element("p:spPr", None, transform(box.rect), geometry("rect"), empty)
    text = element(
        "p:txBody",
        None,
        body_properties(box.anchor, box.inset),
        _NO_STYLE,
        *writer.paragraphs(box.paragraphs, number),
    )
    return element("p:sp", None, names, properties, text)


def whole_link(box: TextBox) -> SlideTarget | None:
    """The slide that a whole box leads to: all of its text leads there, and none is underlined.

    Programs underline every link on text, which suits an address but not an agenda; a link on the box leaves its text
    as it is planned.
    """
    runs = [run for paragraph in box.paragraphs for row in paragraph.lines for run in row.runs if run.text.strip()]
    jumps = {run.link for run in runs}
    underlined = any(run.underline for run in runs)
    jump = jumps.pop() if len(jumps) == 1 and not underlined else None
    return jump if isinstance(jump, SlideTarget) else None


def shape(box: ShapeBox, frame: Frame, theme: Theme) -> Markup:
    """A drawn shape, or a line as a connector. One without a description is passed by when read aloud."""
    mark = None if box.description else decorative()
    names = identity(frame.id, box.name, box.description, mark)
    edge = line(box.stroke, theme)
    drawn = transform(box.rect), geometry(_PRESETS[box.outline])
    if box.outline is Outline.LINE:
        held = element("p:nvCxnSpPr", None, names, element("p:cNvCxnSpPr"), element("p:nvPr"))
        return element("p:cxnSp", None, held, element("p:spPr", None, *drawn, edge))
    held = element("p:nvSpPr", None, names, element("p:cNvSpPr"), element("p:nvPr"))
    return element("p:sp", None, held, element("p:spPr", None, *drawn, fill(box.fill, theme), edge))
