"""Finished slides at another size: every length and every size of type in proportion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.fitted import (
    Element,
    FittedCell,
    FittedParagraph,
    Line,
    PictureBox,
    Run,
    ShapeBox,
    Stroke,
    TableBox,
    TextAlign,
    TextBox,
)
from pipeline.units import Emu, Pt, Rect

_ROOM = 0.05
"""How much wider a box is made that its text fills wholly."""


def scaled(elements: Sequence[Element], factor: float) -> Iterator[Element]:
    """The elements of a slide so many times as large."""
    scale = _Scale(factor=factor)
    return map(scale.element, elements)


def _with_room(rect: Rect, paragraphs: Sequence[FittedParagraph]) -> Rect:
    """The rectangle, somewhat wider away from its text's edge where that fills it wholly.

    Lines that are broken leave some room; what is as wide as its box would be broken where a program measures a size
    that is no whole number a little wider.
    """
    widest = max((line.width for paragraph in paragraphs for line in paragraph.lines), default=Emu(0))
    if widest * (1 + _ROOM / 2) <= rect.width:
        return rect
    more = round(rect.width * _ROOM)
    first = paragraphs[0]
    at_right = (first.align is TextAlign.END) is not first.right_to_left
    left, right = (more, 0) if at_right else (0, more)
    if first.align is TextAlign.CENTRE:
        left = right = more // 2
    return Rect.from_edges(rect.left - left, rect.top, rect.right + right, rect.bottom)


class _Scale(Struct, frozen=True, kw_only=True):
    """Scales by a factor. Types of text are rounded down: what fits goes on to fit."""

    factor: float

    def element(self, element: Element) -> Element:
        rect = self._rect(element.rect)
        match element:
            case TextBox():
                paragraphs = tuple(map(self._paragraph, element.paragraphs))
                roomy = _with_room(rect, paragraphs)
                return replace(element, rect=roomy, paragraphs=paragraphs, inset=self._length(element.inset))
            case ShapeBox():
                return replace(element, rect=rect, stroke=self._stroke(element.stroke))
            case PictureBox():
                return replace(element, rect=rect)
            case TableBox():
                return self._table(element, rect)

    def _table(self, table: TableBox, rect: Rect) -> TableBox:
        rows = tuple(
            replace(
                row,
                cells=tuple(map(self._cell, row.cells)),
                height=self._length(row.height),
                rule=self._stroke(row.rule),
            )
            for row in table.rows
        )
        widths = tuple(map(self._length, table.widths))
        whole = replace(rect, width=Emu(sum(widths)), height=Emu(sum(row.height for row in rows)))
        return replace(table, rect=whole, widths=widths, rows=rows)

    def _cell(self, cell: FittedCell) -> FittedCell:
        return replace(cell, paragraphs=tuple(map(self._paragraph, cell.paragraphs)), inset=self._length(cell.inset))

    def _paragraph(self, paragraph: FittedParagraph) -> FittedParagraph:
        return replace(
            paragraph,
            lines=tuple(map(self._line, paragraph.lines)),
            size=self._type(paragraph.size),
            leading=self._type(paragraph.leading),
            before=self._type(paragraph.before),
            indent=self._length(paragraph.indent),
            hanging=self._length(paragraph.hanging),
        )

    def _line(self, line: Line) -> Line:
        return replace(line, runs=tuple(map(self._run, line.runs)), width=self._length(line.width))

    def _run(self, run: Run) -> Run:
        return replace(run, size=self._type(run.size)) if run.size else run

    def _rect(self, rect: Rect) -> Rect:
        edges = (rect.left, rect.top, rect.right, rect.bottom)
        return Rect.from_edges(*(round(edge * self.factor) for edge in edges))

    def _length(self, length: Emu) -> Emu:
        return Emu(round(length * self.factor))

    def _type(self, size: Pt) -> Pt:
        # Tenths of a point, as programs show them.
        return Pt(int(size * self.factor / 10) * 10)

    def _stroke(self, stroke: Stroke | None) -> Stroke | None:
        return replace(stroke, width=self._length(stroke.width)) if stroke else None
