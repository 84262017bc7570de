"""One line's glyphs with their places, for drawing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.fitted import Baseline, Run
from pipeline.theme import Face
from pipeline.typeset.bidi import directions, visual_order
from pipeline.typeset.breaking import SPACES
from pipeline.typeset.fonts import Font
from pipeline.typeset.lines import run_size, run_style
from pipeline.typeset.scripts import has_right_to_left
from pipeline.typeset.shaping import Shaped, Shaper
from pipeline.units import Pt

_SHIFTS = {Baseline.NORMAL: 0.0, Baseline.SUPERSCRIPT: 0.3, Baseline.SUBSCRIPT: -0.15}
_WORD = re.compile("[^ ]* *")


class PlacedGlyph(Struct, frozen=True, kw_only=True):
    """A glyph on a line: points from the line's left end and upwards from its baseline."""

    font: Font
    glyph: int
    x: float
    y: float
    size: float
    run: Run


class PlacedText(NamedTuple):
    """Shaped text on a line: points from the line's left end and upwards from its baseline, size in points."""

    shaped: Shaped
    x: float
    y: float
    size: float
    run: Run

    @property
    def width(self) -> float:
        """The width in points."""
        return self.shaped.width * self.size


def place_text(
    shaper: Shaper, runs: Sequence[Run], size: Pt, *, right_to_left: bool | None = None
) -> tuple[PlacedText, ...]:
    """The words of runs that stand on one line, from left to right; spaces at the line's end are left out."""
    kept = _without_trailing_spaces(runs)
    text = "".join(map(_read, kept))
    levels = None if text.isascii() and not right_to_left else directions(text, base=right_to_left)
    parts = _in_two_directions(shaper, kept, levels) if levels and any(levels) else _from_left(shaper, kept)
    placed: list[PlacedText] = []
    pen = 0.0
    for run, stretches in groupby(parts, key=itemgetter(1)):
        shift, points = _SHIFTS[run.baseline] * (run.size or size).points, run_size(run, size)
        for shaped, _ in stretches:
            placed.append(PlacedText(shaped, pen, shift, points, run))
            pen += shaped.width * points
    return tuple(placed)


def _read(run: Run) -> str:
    """The run's text as its direction is found: code without letters from the right reads from the left as a whole."""
    code = run.face is Face.MONO and not has_right_to_left(run.text)
    return "x" * len(run.text) if code else run.text


def place_glyphs(placed: Sequence[PlacedText]) -> tuple[PlacedGlyph, ...]:
    """The glyphs of placed text, one by one."""
    return tuple(
        PlacedGlyph(
            font=text.shaped.font,
            glyph=glyph,
            x=text.x + x * text.size,
            y=text.y + y * text.size,
            size=text.size,
            run=text.run,
        )
        for text in placed
        for glyph, x, y in text.shaped.glyphs
    )


def _without_trailing_spaces(runs: Sequence[Run]) -> list[Run]:
    kept = list(runs)
    while kept and not kept[-1].text.rstrip(SPACES):
        kept.pop()
    if kept and kept[-1].text[-1] in SPACES:
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(SPACES))
    return kept


def _from_left(shaper: Shaper, runs: Sequence[Run]) -> Iterator[tuple[Shaped, Run]]:
    for run in runs:
        style = run_style(run)
        for word in _WORD.findall(run.text):
            for shaped in shaper.shaped(word, style):
                yield shaped, run


def _in_two_directions(shaper: Shaper, runs: Sequence[Run], levels: Sequence[int]) -> Iterator[tuple[Shaped, Run]]:
    """Stretches of one run and one level, each shaped in its direction, in the order in which they are seen."""
    stretches: list[tuple[Shaped, Run]] = []
    their_levels: list[int] = []
    start = 0
    for run in runs:
        for text, level in _by_level(run.text, levels[start : start + len(run.text)]):
            for shaped in shaper.shaped(text, run_style(run), "rtl" if level % 2 else "ltr"):
                stretches.append((shaped, run))
                their_levels.append(level)
        start += len(run.text)
    return (stretches[at] for at in visual_order(their_levels))


def _by_level(text: str, levels: Sequence[int]) -> Iterator[tuple[str, int]]:
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or levels[at] != levels[start]:
            yield text[start:at], levels[start]
            start = at
