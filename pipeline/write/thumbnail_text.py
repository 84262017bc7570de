"""Fitted paragraphs as outlines: operators that place glyphs, each of which is defined once in the PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Final

import pydyf
from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.fitted import Anchor, FittedParagraph, Line, Run, TextAlign
from pipeline.theme import Theme
from pipeline.typeset import Font, PlacedText, Shaped, Typesetter
from pipeline.units import Rect
from pipeline.write.thumbnail_shapes import filled, rectangle, rgb

_UNDERLINE: Final = 0.12
_STRIKE: Final = -0.28
_THICKNESS: Final = 0.06


class _Glyph(Struct, frozen=True, kw_only=True):
    """A glyph under the name that it has in the PDF."""

    name: str
    font: Font
    number: int

    def form(self, *, compress: bool) -> pydyf.Stream:
        """The glyph as a form XObject in font units, filled with the colour of the place where it is drawn."""
        steps = self.font.outline(self.number)
        values = [value for _, step in steps for value in step]
        box = (min(values[::2]), min(values[1::2]), max(values[::2]), max(values[1::2]))
        extra = {"Type": "/XObject", "Subtype": "/Form", "BBox": pydyf.Array([round(value) for value in box])}
        return pydyf.Stream([*map(_operator, steps), b"f"], extra=extra, compress=compress)


def _operator(step: tuple[str, tuple[float, ...]]) -> bytes:
    kind, values = step
    letter = {"M": "m", "L": "l", "C": "c", "Z": "h"}[kind]
    return " ".join([*(f"{value:.0f}" for value in values), letter]).encode()


class Glyphs:
    """The glyphs of all thumbnails of a handout, named in order of their first use."""

    def __init__(self) -> None:
        self._glyphs: dict[tuple[tuple[str, int], int], _Glyph] = {}
        self._words: dict[int, tuple[Shaped, bytes, dict[str, _Glyph]]] = {}

    def word(self, shaped: Shaped) -> tuple[bytes, dict[str, _Glyph]]:
        """The operators that draw shaped text in font units, and the glyphs that they name, by name."""
        known = self._words.get(id(shaped))
        if known is None:  # the text is kept with its operators, so that its id stays its own
            known = self._words[id(shaped)] = (shaped, *self._drawn(shaped))
        return known[1], known[2]

    def _drawn(self, shaped: Shaped) -> tuple[bytes, dict[str, _Glyph]]:
        """The operators, which leave the origin at the end of the text, so that the next can follow."""
        operators: list[str] = []
        used: dict[str, _Glyph] = {}
        em = shaped.font.units_per_em
        pen_x = pen_y = 0
        for number, x_ems, y_ems in (*shaped.glyphs, (None, shaped.width, 0.0)):
            glyph = None if number is None else self._glyph(shaped.font, number)
            x, y = round(x_ems * em), round(y_ems * em)
            if (x, y) != (pen_x, pen_y) and (glyph or number is None):
                operators.append(f"1 0 0 1 {x - pen_x} {y - pen_y} cm")
                pen_x, pen_y = x, y
            if glyph:
                operators.append(f"/{glyph.name} Do")
                used[glyph.name] = glyph
        return " ".join(operators).encode(), used

    def _glyph(self, font: Font, number: int) -> _Glyph | None:
        """The glyph, or None where it has no outline."""
        if not font.outline(number):
            return None
        key = (font.key, number)
        if key not in self._glyphs:
            self._glyphs[key] = _Glyph(name=f"glyph{len(self._glyphs)}", font=font, number=number)
        return self._glyphs[key]


class TextPainter:
    """Draws the text of one slide and remembers the glyphs that it took."""

    def __init__(self, theme: Theme, typesetter: Typesetter, glyphs: Glyphs) -> None:
        self._theme = theme
        self._typesetter = typesetter
        self._glyphs = glyphs
        self._used: dict[str, _Glyph] = {}

    def define(self, objects: dict[str, Any], *, compress: bool) -> None:
        """Adds the glyphs taken so far to a PDF's XObjects, unless they are there."""
        for name, glyph in self._used.items():
            if name not in objects:
                objects[name] = glyph.form(compress=compress)

    def paragraphs(self, paragraphs: Sequence[FittedParagraph], room: Rect, anchor: Anchor) -> Iterator[bytes]:
        """The operators that draw paragraphs in a rectangle, in points from the slide's top left corner."""
        spare = room.height.points - text_height(paragraphs)
        top = room.top.points + {Anchor.TOP: 0.0, Anchor.MIDDLE: spare / 2, Anchor.BOTTOM: spare}[anchor]
        for at, paragraph in enumerate(paragraphs):
            top += paragraph.before.points if at else 0
            for number, line in enumerate(paragraph.lines):
                yield from self._line(paragraph, line, room, top, first=number == 0)
                top += paragraph.leading.points

    def _line(self, paragraph: FittedParagraph, line: Line, room: Rect, top: float, *, first: bool) -> Iterator[bytes]:
        placed = self._typesetter.text(line.runs, paragraph.size, right_to_left=paragraph.right_to_left)
        marker = self._typesetter.text(_marker_runs(paragraph), paragraph.size) if first else ()
        baseline = top + paragraph.leading.points - self._typesetter.depth(paragraph.size)
        yield from self._painted(placed, _start(paragraph, placed, room, first=first), baseline)
        yield from self._painted(marker, _marker_start(paragraph, marker, room), baseline)

    def _painted(self, placed: Sequence[PlacedText], left: float, baseline: float) -> Iterator[bytes]:
        ruled = [text for text in placed if text.run.highlight or text.run.underline or text.run.strike]
        for text in ruled:
            yield from self._highlight(text, left, baseline)
        for _, alike in groupby(placed, _appearance):
            words = list(alike)
            yield self._drawn(words, left + words[0].x, baseline - words[0].y)
        for text in ruled:
            yield from self._rules(text, left, baseline)

    def _drawn(self, words: Sequence[PlacedText], x: float, y: float) -> bytes:
        """The operators that draw words of one font, size and colour that follow each other."""
        first = words[0]
        scale = first.size / first.shaped.font.units_per_em
        operators = [
            b"q",
            rgb(self._theme.colours[first.run.colour]),
            b"%.6f 0 0 %.6f %.2f %.2f cm" % (scale, -scale, x, y),
        ]
        for word in words:
            drawn, glyphs = self._glyphs.word(word.shaped)
            operators.append(drawn)
            self._used.update(glyphs)
        return b" ".join([*operators, b"Q"])

    def _highlight(self, text: PlacedText, left: float, baseline: float) -> Iterator[bytes]:
        if text.run.highlight is not None:
            font = text.shaped.font
            ascent, descent = (part / font.units_per_em * text.size for part in (font.ascent, font.descent))
            area = rectangle(left + text.x, baseline - ascent, text.width, ascent + descent)
            yield filled(area, self._theme.colours[text.run.highlight])

    def _rules(self, text: PlacedText, left: float, baseline: float) -> Iterator[bytes]:
        for drawn, depth in ((text.run.underline, _UNDERLINE), (text.run.strike, _STRIKE)):
            if drawn:
                top = baseline - text.y + (depth - _THICKNESS / 2) * text.size
                area = rectangle(left + text.x, top, text.width, _THICKNESS * text.size)
                yield filled(area, self._theme.colours[text.run.colour])


def _appearance(text: PlacedText) -> tuple[int, float, float, str]:
    """What words share that can be drawn in one go."""
    return id(text.shaped.font), text.size, text.y, text.run.colour.value


def text_height(paragraphs: Sequence[FittedParagraph]) -> float:
    """The height of paragraphs in one box, in points: no space stands above the first."""
    spaces = sum(paragraph.before.points for paragraph in paragraphs[1:])
    return spaces + sum(paragraph.leading.points * len(paragraph.lines) for paragraph in paragraphs)


def _width(placed: Sequence[PlacedText]) -> float:
    return placed[-1].x + placed[-1].width if placed else 0.0


def _start(paragraph: FittedParagraph, placed: Sequence[PlacedText], room: Rect, *, first: bool) -> float:
    """Where a line starts, from the slide's left edge."""
    at_left, at_right = paragraph.indent.points + (0.0 if first else paragraph.hanging.points), 0.0
    if paragraph.right_to_left:
        at_left, at_right = at_right, at_left
    spare = room.width.points - at_left - at_right - _width(placed)
    flush_right = (paragraph.align is TextAlign.END) is not paragraph.right_to_left
    share = 0.5 if paragraph.align is TextAlign.CENTRE else float(flush_right)
    return room.left.points + at_left + spare * share


def _marker_start(paragraph: FittedParagraph, marker: Sequence[PlacedText], room: Rect) -> float:
    """Where the marker starts: levels step in evenly, and it hangs at the end of the level before."""
    indent = paragraph.indent.points
    before = indent - indent / (paragraph.level + 1)
    if paragraph.right_to_left:
        return room.right.points - before - _width(marker)
    return room.left.points + before


def _marker_runs(paragraph: FittedParagraph) -> list[Run]:
    """The paragraph's marker, if it has one, as its first words look."""
    if paragraph.marker is None:
        return []
    first = next((run for line in paragraph.lines for run in line.runs), Run(text=""))
    marker = Run(text=paragraph.marker.text, language=first.language)
    return [replace(marker, bold=first.bold, colour=first.colour, size=first.size)]
