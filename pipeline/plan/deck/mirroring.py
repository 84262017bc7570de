"""Slides that read from the right: the finished geometry seen in a mirror, but for code.

On the others, what reads from the right within a table or beside a number stands where its neighbours begin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from pipeline.model.fitted import (
    Element,
    FittedParagraph,
    FittedRow,
    PictureBox,
    Role,
    ShapeBox,
    TableBox,
    TextAlign,
    TextBox,
)
from pipeline.plan.deck.anchors import paragraphs_of
from pipeline.plan.deck.layouts.space import shifted
from pipeline.typeset import has_right_to_left
from pipeline.units import Emu

_CODE = frozenset({"Code", "File", "Line numbers", "Marked lines"})
_ENTRIES = frozenset({"Section", "Topic"})
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


def mostly_from_the_right(elements: Sequence[Element]) -> bool:
    """Whether most of the words of elements stand in paragraphs that do; code is none."""
    count = {False: 0, True: 0}
    for element in elements:
        if element.name not in _CODE:
            for paragraph in paragraphs_of(element):
                count[paragraph.right_to_left] += len(_text(paragraph).split())
    return count[True] > count[False]


def lined_up(elements: Sequence[Element]) -> Iterator[Element]:
    """The elements of a slide from the left, with what reads the other way where its neighbours begin.

    That is at the left edge in titles, lists of topics and tables; other text from the right stands at the right.
    """
    for element in elements:
        turned = any(paragraph.right_to_left for paragraph in paragraphs_of(element))
        if isinstance(element, TextBox) and turned and (element.role is Role.TITLE or element.name in _ENTRIES):
            yield replace(element, paragraphs=tuple(map(_at_start, element.paragraphs)))
        elif isinstance(element, TableBox) and turned:
            yield replace(element, rows=tuple(_row(row, _at_start) for row in element.rows))
        else:
            yield element


def _at_start(paragraph: FittedParagraph) -> FittedParagraph:
    return replace(paragraph, align=_TURNED[paragraph.align]) if paragraph.right_to_left else paragraph


def _row(row: FittedRow, change: Callable[[FittedParagraph], FittedParagraph]) -> FittedRow:
    return replace(
        row, cells=tuple(replace(cell, paragraphs=tuple(map(change, cell.paragraphs))) for cell in row.cells)
    )


def _aligned(element: Element) -> Element:
    match element:
        case TextBox():
            return replace(element, paragraphs=tuple(map(_paragraph, element.paragraphs)))
        case TableBox():
            rows = tuple(replace(row, cells=row.cells[::-1]) for row in element.rows)
            rows = tuple(_row(row, _paragraph) for row in rows)
            return replace(element, rows=rows, widths=element.widths[::-1], from_right=True)
        case ShapeBox() | PictureBox():
            return element


def _paragraph(paragraph: FittedParagraph) -> FittedParagraph:
    """The paragraph in the page's direction where it has words of it, else as it reads but at the other edge."""
    if paragraph.right_to_left or _has_right_to_left(paragraph):
        return replace(paragraph, right_to_left=True)
    return replace(paragraph, align=_TURNED[paragraph.align])


def _has_right_to_left(paragraph: FittedParagraph) -> bool:
    return has_right_to_left(_text(paragraph))


def _text(paragraph: FittedParagraph) -> str:
    return "".join(run.text for line in paragraph.lines for run in line.runs)
