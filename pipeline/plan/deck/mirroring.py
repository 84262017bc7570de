"""Slides of languages that read from the right: the finished geometry seen in a mirror, but for code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from pipeline.model.fitted import Element, FittedParagraph, PictureBox, Role, ShapeBox, TableBox, TextAlign, TextBox
from pipeline.plan.deck.layouts.space import shifted
from pipeline.typeset import has_right_to_left
from pipeline.units import Emu

_CODE = frozenset({"Code", "File", "Line numbers", "Marked lines"})
_TURNED = {TextAlign.START: TextAlign.END, TextAlign.CENTRE: TextAlign.CENTRE, TextAlign.END: TextAlign.START}


def mirrored(elements: Sequence[Element], width: Emu, staying: frozenset[Role] = frozenset()) -> Iterator[Element]:
    """The elements of a slide with left and right exchanged; code stands as it did within its panel.

    Text of the roles that are `staying` is not moved.
    """
    moved = 0
    for element in elements:
        turn = width - element.rect.right - element.rect.left
        if isinstance(element, ShapeBox) and element.name == "Panel":
            moved = turn
        within_code = element.name in _CODE
        if isinstance(element, TextBox) and element.role in staying:
            turn = Emu(0)
        (placed,) = shifted((element,), moved if within_code else turn, 0)
        yield placed if within_code else _aligned(placed)


def _aligned(element: Element) -> Element:
    match element:
        case TextBox():
            return replace(element, paragraphs=tuple(map(_paragraph, element.paragraphs)))
        case TableBox():
            rows = tuple(
                replace(
                    row,
                    cells=tuple(
                        replace(cell, paragraphs=tuple(map(_paragraph, cell.paragraphs)))
                        for cell in reversed(row.cells)
                    ),
                )
                for row in element.rows
            )
            return replace(element, rows=rows, widths=element.widths[::-1], from_right=True)
        case ShapeBox() | PictureBox():
            return element


def _paragraph(paragraph: FittedParagraph) -> FittedParagraph:
    """The paragraph in the page's direction where it has words of it, else as it reads but at the other edge."""
    if paragraph.right_to_left or _has_right_to_left(paragraph):
        return replace(paragraph, right_to_left=True)
    return replace(paragraph, align=_TURNED[paragraph.align])


def _has_right_to_left(paragraph: FittedParagraph) -> bool:
    return has_right_to_left("".join(run.text for line in paragraph.lines for run in line.runs))
