"""Slides planned at one size and shown at another."""

from __future__ import annotations

import pytest

from pipeline.model.fitted import FittedParagraph, Line, Run, TextAlign, TextBox
from pipeline.plan.deck.scaling import scaled
from pipeline.units import Emu, Pt, Rect


def box(text_width: int, align: TextAlign) -> TextBox:
    line = Line(runs=(Run(text="10"),), width=Emu(text_width))
    paragraph = FittedParagraph(lines=(line,), size=Pt(1200), leading=Pt(1440), align=align)
    return TextBox(rect=Rect.from_edges(100_000, 0, 200_000, 50_000), paragraphs=(paragraph,))


def test_lengths_and_type_keep_their_proportion() -> None:
    (made,) = scaled((box(50_000, TextAlign.START),), 0.827)
    assert isinstance(made, TextBox)
    assert made.rect == Rect.from_edges(82_700, 0, 165_400, 41_350)
    # Type is rounded down to tenths of a point, so that what fits goes on to fit.
    assert (made.paragraphs[0].size, made.paragraphs[0].leading) == (990, 1190)
    assert made.paragraphs[0].lines[0].width == 41_350


@pytest.mark.parametrize("align", TextAlign)
def test_text_that_fills_its_box_gets_room_away_from_its_edge(align: TextAlign) -> None:
    (made,) = scaled((box(100_000, align),), 0.5)
    assert made.rect.width == pytest.approx(50_000 * 1.05, abs=2)
    assert (made.rect.left == 50_000) is (align is TextAlign.START)
    assert (made.rect.right == 100_000) is (align is TextAlign.END)
