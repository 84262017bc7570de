"""Displayed formulas: as large as the text they stand with, smaller only where there is no room."""

from __future__ import annotations

from typing import Final

from pipeline.model.fitted import PictureBox
from pipeline.plan.deck.layouts.space import box
from pipeline.plan.deck.pieces import FormulaPiece, Measured
from pipeline.plan.deck.setting import Rank, Setter
from pipeline.theme import Colour
from pipeline.typeset.formulas import formula_picture
from pipeline.units import EMU_PER_INCH, Emu

_LEAST: Final = Emu.from_points(12)
"""The em of a formula that is read from afar."""
_INDENT: Final = 1.0
_PIXEL: Final = EMU_PER_INCH // 96
_NEARLY: Final = 0.75
"""A formula may be smaller than is read from afar in so much of the slide's width, since there is no more."""


def formula_box(setter: Setter, piece: FormulaPiece, width: Emu, limit: Emu, step: int) -> Measured | None:
    """A formula at the size of the text at a step, set in where there is room; None where it would be too small."""
    drawn, natural = piece.drawn, setter.size(Rank.BODY, step).emu
    em = min(natural, width / drawn.width, max(limit / drawn.height, _LEAST))
    grid = setter.theme.grid
    if em < _LEAST and width < _NEARLY * (grid.width - grid.left - grid.right):
        return None
    wide, high = max(1, int(drawn.width * em)), max(1, int(drawn.height * em))
    picture = formula_picture(drawn, f"#{setter.theme.colours[Colour.INK]}", natural / _PIXEL)
    element = PictureBox(
        rect=box(min(round(_INDENT * natural), width - wide), 0, wide, high),
        picture=picture,
        description=piece.source,
        name="Formula",
        formula=drawn,
    )
    return Measured(height=Emu(high), elements=(element,))
