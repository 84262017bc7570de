"""Text shaped by HarfBuzz: glyphs and widths, kerned, with a font found for every character."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import uharfbuzz as hb
from fontTools import unicodedata as ucd

from pipeline.theme import Face
from pipeline.typeset.fonts import Font, Fonts, Style
from pipeline.typeset.scripts import extends, split_faces

_TAB = "    "
_FEATURES = {"kern": True, "liga": True}
_NO_SCRIPT = frozenset({"Zyyy", "Zinh", "Zzzz"})
_INVISIBLE = frozenset({"Cc", "Cf"})


class Shaped(NamedTuple):
    """Glyphs of one font. Positions are in ems from the start; `width` is not widened."""

    font: Font
    glyphs: tuple[tuple[int, float, float], ...]
    width: float


class Shaper:
    """Shapes and measures short stretches of text, and remembers what it has shaped."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._widths: dict[tuple[str, Style], float] = {}
        self._shaped: dict[tuple[str, Style, str], tuple[Shaped, ...]] = {}
        self._missing: dict[str, None] = {}

    def missing(self) -> tuple[str, ...]:
        """The scripts met so far that no installed font has."""
        return tuple(self._missing)

    def width(self, text: str, style: Style) -> float:
        """The width in ems that has to be kept for the text."""
        key = (text, style)
        width = self._widths.get(key)
        if width is None:
            width = sum(part.width * part.font.widening for part in self.shaped(text, style))
            self._widths[key] = width
        return width

    def shaped(self, text: str, style: Style, direction: str = "") -> tuple[Shaped, ...]:
        """The text's stretches of one font in reading order; without a direction each has that of its script."""
        key = (text, style, direction)
        parts = self._shaped.get(key)
        if parts is None:
            parts = tuple(shape(part, font, direction) for part, font in self.items(text, style))
            self._shaped[key] = parts
        return parts

    def items(self, text: str, style: Style) -> list[tuple[str, Font]]:
        """The text cut into stretches of one font and script, in reading order."""
        items: list[tuple[str, Font]] = []
        for part, face in split_faces(text.replace("\t", _TAB), style.face):
            items.extend(self._by_font(part, style._replace(face=face)))
        return items

    def _by_font(self, text: str, style: Style) -> Iterator[tuple[str, Font]]:
        main = self._fonts.of(style)[0]
        if text.isascii() and style.face in (Face.SANS, Face.HEAD, Face.MONO):
            yield text, main
            return
        start, font, script = 0, main, ""
        for at, (char_font, char_script) in enumerate(self._by_char(text, style)):
            if at and (char_font is not font or char_script != script):
                yield text[start:at], font
                start = at
            font, script = char_font, char_script
        yield text[start:], font

    def _by_char(self, text: str, style: Style) -> Iterator[tuple[Font, str]]:
        """Each character's font and script; what has none of its own takes those before it."""
        font, script = None, ""
        for at, char in enumerate(text):
            follows = font is not None and (extends(char) or ucd.category(char) in _INVISIBLE)
            if font is None or not follows:
                font = self._font(char, style, _marks(text, at + 1))
            own = ucd.script(char)
            if own not in _NO_SCRIPT:
                script = own
            yield font, script

    def _font(self, char: str, style: Style, marks: str) -> Font:
        """The font of a character, and of the marks on it where one has them all."""
        found = (self._fonts.for_char(char + marks, style) if marks else None) or self._fonts.for_char(char, style)
        if found is None and ucd.category(char) not in _INVISIBLE:
            self._missing[_script_name(char)] = None
        return found or self._fonts.of(style)[0]


def _marks(text: str, start: int) -> str:
    """The marks from there on that are combined with the character before them."""
    end = start
    while end < len(text) and ucd.combining(text[end]):
        end += 1
    return text[start:end]


def shape(text: str, font: Font, direction: str = "") -> Shaped:
    """The text's glyphs from left to right, in HarfBuzz's guess of its script."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    if direction:
        buffer.direction = direction
    hb.shape(font.shaper, buffer, _FEATURES)
    x, glyphs = 0, []
    em = font.units_per_em
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        glyphs.append((info.codepoint, (x + position.x_offset) / em, position.y_offset / em))
        x += position.x_advance
    return Shaped(font, tuple(glyphs), x / em)


def _script_name(char: str) -> str:
    script = ucd.script(char)
    if "\U0001f1e6" <= char <= "\U0001faff":
        return "Emoji"
    return str(ucd.block(char) if script in _NO_SCRIPT else ucd.script_name(script)).replace("_", " ")
