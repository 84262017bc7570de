"""Displayed formulas on paper: drawn at the text's size, with their source as alternative text."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup  # noqa: TC002  # types are imported where they are used

from pipeline.model.document import FormulaBlock
from pipeline.write.html_inlines import Printing, clean, element, formula_image

_INDENT: Final = 5.0
"""How far a displayed formula stands in, in millimetres."""
_LEGIBLE: Final = 7.0 * 25.4 / 72
"""The em that is still read, in millimetres."""


def formula_block_html(formula: FormulaBlock, printing: Printing, across: float | None) -> Markup:
    """The formula on lines of its own, at the text's size; across the page where the column is too narrow for it."""
    drawn = formula.drawn
    if drawn is None:
        return element("pre", clean(formula.source), class_="formula")
    em = printing.measure / printing.ems
    room = printing.measure - _INDENT
    wide = across is not None and across > printing.measure and room / drawn.width < min(em, _LEGIBLE)
    room = across if wide and across is not None else room
    image = formula_image(drawn, formula.source, f"width: {min(drawn.width * em, room):.2f}mm", printing)
    return element("div", image, class_="displayed wide" if wide else "displayed")
