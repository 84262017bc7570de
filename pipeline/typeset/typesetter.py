"""Measuring, breaking and drawing text with a theme's fonts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import ClassVar

from msgspec.structs import replace

from pipeline.model.fitted import Line, Run
from pipeline.theme import Face, Theme
from pipeline.typeset.drawing import PlacedGlyph, PlacedText, place_glyphs, place_text
from pipeline.typeset.fonts import Fonts, Style
from pipeline.typeset.lines import LineBreaker, hard_lines
from pipeline.typeset.shaping import Shaper
from pipeline.units import EMU_PER_POINT, Emu, Pt

_NONE = Emu(0)


class Typesetter:
    """Text in the fonts of one theme. It remembers what it has shaped and broken, so one is enough for a build."""

    MARGIN: ClassVar[float] = 0.04
    """The part of a width that lines leave free, since programs measure a little differently."""
    WIDENING: ClassVar[float] = 1.06
    """What widths are multiplied by where the theme's font is not installed and none of its widths is."""

    UNKNOWN_WIDENING: ClassVar[float] = 1.22
    """The same for a company's fonts, of which nothing is known: few fonts of text are as wide."""

    def __init__(self, theme: Theme) -> None:
        self._fonts = Fonts(theme, substitute_widening=self.UNKNOWN_WIDENING if theme.company else self.WIDENING)
        self._shaper = Shaper(self._fonts)
        self._broken: dict[tuple[tuple[Run, ...], Pt, Emu, Emu], tuple[Line, ...]] = {}

    def lines(self, runs: Sequence[Run], size: Pt, width: Emu, hanging: Emu = _NONE) -> tuple[Line, ...]:
        """The runs broken into lines for a width; a newline ends a line and is not kept as a character.

        Lines behind the first one start further in where they are `hanging`.
        """
        key = (tuple(runs), size, width, hanging)
        if key not in self._broken:
            self._broken[key] = self._lines(*key)
        return self._broken[key]

    def _lines(self, runs: Sequence[Run], size: Pt, width: Emu, hanging: Emu) -> tuple[Line, ...]:
        allowed = width.points * (1 - self.MARGIN)
        authored = hard_lines(runs)
        lines: list[Line] = []
        for number, line_runs in enumerate(authored, start=1):
            lines.extend(LineBreaker(self._shaper, line_runs, size).break_lines(allowed, hanging.points))
            if number < len(authored):
                lines[-1] = replace(lines[-1], hard=True)
        return tuple(lines)

    def width(self, runs: Sequence[Run], size: Pt) -> Emu:
        """The natural width on one line; of several authored lines the widest."""
        widths = (LineBreaker(self._shaper, line, size).natural_width() for line in hard_lines(runs))
        return Emu(math.ceil(max(widths) * EMU_PER_POINT))

    def text(self, runs: Sequence[Run], size: Pt, *, right_to_left: bool | None = None) -> tuple[PlacedText, ...]:
        """One line's words in visual order, from the line's left end, with y upwards from the baseline.

        `right_to_left` is the paragraph's direction; where it is None, the line's first word with one tells.
        """
        return place_text(self._shaper, runs, size, right_to_left=right_to_left)

    def glyphs(self, runs: Sequence[Run], size: Pt, *, right_to_left: bool | None = None) -> tuple[PlacedGlyph, ...]:
        """One line's glyphs in visual order, placed as `text` does."""
        return place_glyphs(self.text(runs, size, right_to_left=right_to_left))

    def depth(self, size: Pt) -> float:
        """How far text of a size reaches below its baseline, in points."""
        font = self._fonts.of(Style(Face.SANS))[0]
        return font.descent / font.units_per_em * size.points

    def missing(self) -> tuple[str, ...]:
        """The scripts met so far for which no installed font has glyphs."""
        return self._shaper.missing()

    def substituted(self) -> tuple[str, ...]:
        """The theme's fonts for text that are measured, more widely, with another, as they are not installed."""
        return self._fonts.substituted()
