"""Room that a slide has to spare, given to what stands on it: space between points, height of rows."""

from __future__ import annotations

from typing import assert_never

from msgspec.structs import replace

from pipeline.model.fitted import Element, FittedParagraph, PictureBox, ShapeBox, TableBox, TextBox
from pipeline.plan.deck.layouts.space import box, shifted
from pipeline.plan.deck.pieces import Measured
from pipeline.plan.deck.setting import height
from pipeline.units import Emu, Pt

_FACTORS = (1.8, 1.6, 1.4, 1.2)
_ROW = 0.4
"""Rows grow by so much of what the space between paragraphs does."""
_LEAST = Pt.from_points(6)
"""Closer paragraphs belong together and stay as they are."""


def aired(measured: Measured, limit: Emu) -> Measured:
    """What is laid out from the origin with more space in it, as far as it then stays within a height."""
    for factor in _FACTORS:
        grown = _grown(measured, factor)
        if grown.height <= limit:
            return grown
    return measured


def _grown(measured: Measured, factor: float) -> Measured:
    grown = [_element(element, factor) for element in measured.elements]
    gains = [(old.rect, new.rect.height - old.rect.height) for old, new in zip(measured.elements, grown, strict=True)]
    placed: list[Element] = []
    for old, new in zip(measured.elements, grown, strict=True):
        above = [
            gain
            for rect, gain in gains
            if rect.bottom <= old.rect.top and rect.left < old.rect.right and old.rect.left < rect.right
        ]
        placed.extend(shifted((new,), 0, sum(above)))
    return Measured(height=Emu(max((e.rect.bottom for e in placed), default=0)), elements=tuple(placed))


def _element(element: Element, factor: float) -> Element:
    rect = element.rect
    match element:
        case TextBox():
            paragraphs = tuple(_spaced(paragraph, factor) for paragraph in element.paragraphs)
            high = rect.height + height(paragraphs) - height(element.paragraphs)
            return replace(element, paragraphs=paragraphs, rect=box(rect.left, rect.top, rect.width, high))
        case TableBox():
            heads = 1 if element.has_head else 0
            taller = tuple(
                replace(row, height=Emu(round(row.height * (1 + (factor - 1) * _ROW)))) for row in element.rows[heads:]
            )
            rows = (*element.rows[:heads], *taller)
            high = Emu(sum(row.height for row in rows))
            return replace(element, rows=rows, rect=box(rect.left, rect.top, rect.width, high))
        case ShapeBox() | PictureBox():
            return element
        case _:
            assert_never(element)


def _spaced(paragraph: FittedParagraph, factor: float) -> FittedParagraph:
    if paragraph.before < _LEAST:
        return paragraph
    return replace(paragraph, before=Pt(round(paragraph.before * factor / 50) * 50))
