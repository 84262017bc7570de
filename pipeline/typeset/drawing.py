"""One line's glyphs with their places, for drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model.plan import Baseline, Run
from pipeline.typeset.fonts import Font
from pipeline.typeset.lines import run_size, run_style
from pipeline.typeset.shaping import Shaper, shape
from pipeline.units import Pt

_SHIFTS = {Baseline.NORMAL: 0.0, Baseline.SUPERSCRIPT: 0.3, Baseline.SUBSCRIPT: -0.15}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedGlyph:
    """A glyph on a line: points from the line's left end and upwards from its baseline."""

    font: Font
    glyph: int
    x: float
    y: float
    size: float
    run: Run


def place_glyphs(shaper: Shaper, runs: Sequence[Run], size: Pt) -> tuple[PlacedGlyph, ...]:
    """The glyphs of runs that stand on one line, in visual order."""
    placed: list[PlacedGlyph] = []
    pen = 0.0
    for run in runs:
        points = run_size(run, size)
        shift = _SHIFTS[run.baseline] * (run.size or size).points
        for text, font in shaper.items(run.text, run_style(run)):
            shaped = shape(text, font)
            placed.extend(
                PlacedGlyph(font=font, glyph=glyph, x=pen + x * points, y=shift + y * points, size=points, run=run)
                for glyph, x, y in shaped.glyphs
            )
            pen += shaped.width * points
    return tuple(placed)
