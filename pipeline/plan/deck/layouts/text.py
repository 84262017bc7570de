"""Paragraphs in a text box."""

from __future__ import annotations

from msgspec.structs import replace

from pipeline.model.fitted import FittedParagraph, Role, TextBox
from pipeline.plan.deck.layouts.space import box
from pipeline.plan.deck.pieces import FixedPiece, Measured
from pipeline.plan.deck.setting import Para, Setter, height
from pipeline.units import Emu, Pt


def text_box(setter: Setter, paras: tuple[Para, ...], width: Emu, step: int, name: str = "Text") -> Measured:
    """Paragraphs below each other, as one box."""
    return boxed(setter.paragraphs(paras, width, step), width, name)


def boxed(paragraphs: tuple[FittedParagraph, ...], width: Emu, name: str = "Text", role: Role = Role.NONE) -> Measured:
    """Paragraphs that are set already, as one box."""
    high = height(paragraphs)
    return Measured(
        height=high, elements=(TextBox(rect=box(0, 0, width, high), paragraphs=paragraphs, name=name, role=role),)
    )


def split_text(setter: Setter, paras: tuple[Para, ...], width: Emu, limit: Emu) -> tuple[FixedPiece, ...]:
    """Paragraphs at their smallest size, cut between lines into boxes that each fit a height."""
    parts: list[list[FittedParagraph]] = [[]]
    for paragraph in setter.paragraphs(paras, width, setter.steps - 1):
        for line in range(len(paragraph.lines)):
            piece = _line_of(paragraph, line)
            if parts[-1] and height((*parts[-1], piece)) > limit:
                parts.append([])
                piece = _line_of(paragraph, line, opens=True)
            parts[-1].append(piece)
    return tuple(FixedPiece(measured=boxed(tuple(_rejoined(part)), width), cut=True) for part in parts)


def _line_of(paragraph: FittedParagraph, line: int, *, opens: bool = False) -> FittedParagraph:
    return replace(
        paragraph,
        lines=(paragraph.lines[line],),
        before=Pt(0) if line or opens else paragraph.before,
        marker=None if line else paragraph.marker,
    )


def _rejoined(lines: list[FittedParagraph]) -> list[FittedParagraph]:
    """Lines of one paragraph as one again: those without a marker or a space above go on the one before."""
    joined: list[FittedParagraph] = []
    for paragraph in lines:
        goes_on = joined and not paragraph.before and paragraph.marker is None
        if goes_on and joined[-1].size == paragraph.size and joined[-1].indent == paragraph.indent:
            joined[-1] = replace(joined[-1], lines=(*joined[-1].lines, *paragraph.lines))
        else:
            joined.append(paragraph)
    return joined
