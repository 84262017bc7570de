"""Drawings of formulas for paper, with their source in the text layer for who searches or copies."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from markupsafe import escape

from pipeline.model.inlines import DrawnFormula
from pipeline.typeset.formulas import DRAWN_EM, formula_picture
from pipeline.write.shelf import Shelf

# Pixels to the em: what is drawn is a vector, and takes whatever size it is shown at.
_EM: Final = 16.0


def formula_address(drawn: DrawnFormula, words: str, shelf: Shelf, ink: str, family: str) -> str:
    """The address of the drawing in that ink, with words that are not seen in a family of fonts."""
    picture = formula_picture(drawn, ink, _EM)
    place = f'x="0" y="0" font-size="{DRAWN_EM}" font-family="{escape(family)}" fill="none" stroke="none"'
    # As wide as the drawing, so that what is found or marked is the formula.
    length = f'textLength="{drawn.width * DRAWN_EM:.2f}" lengthAdjust="spacingAndGlyphs"'
    svg = picture.data.decode().removesuffix("</svg>") + f"<text {place} {length}>{escape(words)}</text></svg>"
    return shelf.put_drawing(f"formula-{sha256(svg.encode()).hexdigest()[:16]}", svg)
