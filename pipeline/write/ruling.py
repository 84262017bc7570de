"""Ruled lines for the reader's own notes, drawn where a page has room left, under a word that says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from pipeline.model.fitted import Run
from pipeline.theme import Colour, Theme
from pipeline.typeset import Typesetter
from pipeline.typeset.drawing import PlacedGlyph
from pipeline.units import Pt
from pipeline.write.paper import Margins
from pipeline.write.pdf import Place

POINTS_PER_MM = 72 / 25.4
# Room under this height in millimetres stays empty; lines are so far apart, the first so far from the text.
LEAST_ROOM = 30.0
PITCH = 8.5
FIRST = 10.0
# The word stands so far below the first line, in millimetres.
WORD = 5.0


class Ruling(Struct, frozen=True, kw_only=True):
    """The lines of one page: their heights in points from the page's bottom."""

    page: int
    heights: tuple[float, ...]


def rulings(places: Mapping[str, tuple[Place, ...]], page_count: int, paper: Margins) -> tuple[Ruling, ...]:
    """The lines for every page but the first and last on which a panel ends and the next could not begin."""
    panels = [spots for name, spots in places.items() if name.startswith("panel:")]
    found = []
    for page in range(2, page_count):
        here = [spot for spots in panels for spot in spots if spot.page == page]
        goes_on = any({page, page + 1} <= {spot.page for spot in spots} for spots in panels)
        if here and not goes_on:
            lines = _lines(max(spot.bottom for spot in here) / POINTS_PER_MM, paper)
            if lines:
                found.append(Ruling(page=page, heights=lines))
    return tuple(found)


def _lines(bottom: float, paper: Margins) -> tuple[float, ...]:
    last = paper.height - paper.bottom
    if last - bottom < LEAST_ROOM:
        return ()
    count = int((last - bottom - FIRST) / PITCH) + 1
    return tuple((paper.height - bottom - FIRST - PITCH * number) * POINTS_PER_MM for number in range(count))


def draw_rulings(
    lines: tuple[Ruling, ...], word: Sequence[PlacedGlyph], paper: Margins, theme: Theme, *, leftward: bool
) -> Callable[[Any, Any], None]:
    """What draws the lines and the word into a finished PDF, as artifacts: they are no part of what the page says."""

    def finish(_: object, pdf: Any) -> None:
        import pydyf

        width = max((glyph.x + glyph.size for glyph in word), default=0.0)
        for ruling in lines:
            left = paper.left_of(ruling.page, leftward=leftward) * POINTS_PER_MM
            right = left + paper.measure * POINTS_PER_MM
            page = pdf.objects[pdf.pages["Kids"][3 * (ruling.page - 1)]]
            stream = pydyf.Stream(compress=True)
            stream.begin_marked_content("Artifact")
            stream.push_state()
            stream.set_color_rgb(*_rgb(theme.colours[Colour.RULE]), stroke=True)
            stream.set_line_width(0.5)
            for height in ruling.heights:
                stream.move_to(left, height)
                stream.line_to(right, height)
                stream.stroke()
            stream.set_color_rgb(*_rgb(theme.colours[Colour.MUTED]))
            start = right - width if leftward else left
            stream.stream.extend(_outlines(word, start, ruling.heights[0] - WORD * POINTS_PER_MM))
            stream.pop_state()
            stream.end_marked_content()
            pdf.add_object(stream)
            # Before the page's own content, which changes the scale and does not change it back.
            page["Contents"] = pydyf.Array([stream.reference, page["Contents"]])

    return finish


def placed_word(text: str, language: str, size: float, typesetter: Typesetter) -> Sequence[PlacedGlyph]:
    """The word's glyphs in type of that many points."""
    return typesetter.glyphs((Run(text=text, language=language),), Pt.from_points(size))


def _outlines(word: Sequence[PlacedGlyph], left: float, baseline: float) -> Iterator[bytes]:
    """The word as filled outlines: as text it would be found by who searches the page."""
    letters = {"M": "m", "L": "l", "C": "c", "Z": "h"}
    for glyph in word:
        scale = glyph.size / glyph.font.units_per_em
        steps = glyph.font.outline(glyph.glyph)
        if steps:
            yield f"q {scale:.5f} 0 0 {scale:.5f} {left + glyph.x:.2f} {baseline + glyph.y:.2f} cm".encode()
            yield from (" ".join([*(f"{v:.0f}" for v in values), letters[kind]]).encode() for kind, values in steps)
            yield b"f Q"


def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4))
    return red, green, blue
