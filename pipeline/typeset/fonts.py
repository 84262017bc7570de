"""The fonts of a theme: which file draws which character in which face and style."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias
from unicodedata import normalize

import uharfbuzz as hb

from pipeline.theme import Face, Theme
from pipeline.typeset.catalogue import FontFile, installed_fonts

PathOp: TypeAlias = tuple[str, tuple[float, ...]]
"""A step of an outline in font units: `M` x y, `L` x y, `C` x1 y1 x2 y2 x y, `Z`."""

# Families with the same widths, so that one may be measured for the other.
_METRIC_TWINS = (
    frozenset({"arial", "liberation sans", "arimo", "helvetica", "nimbus sans"}),
    frozenset({"courier new", "liberation mono", "cousine", "courier", "nimbus mono ps"}),
    frozenset({"times new roman", "liberation serif", "tinos", "times", "nimbus roman"}),
    frozenset({"calibri", "carlito"}),
    frozenset({"cambria", "caladea"}),
)
# Faces whose letters differ in width from font to font; East Asian ones are all one em wide.
_VARYING = frozenset({Face.SANS, Face.HEAD, Face.MONO, Face.COMPLEX})


class Style(NamedTuple):
    """What a font is asked for: a face, and whether bold and italic."""

    face: Face
    bold: bool = False
    italic: bool = False


class Font:
    """One font, opened. Where it stands in for a font that is not installed, `widening` is above 1."""

    def __init__(self, file: FontFile, widening: float = 1.0) -> None:
        face = hb.Face(hb.Blob.from_file_path(file.path), file.index & 0xFFFF)
        self.file = file
        self.widening = widening
        self.units_per_em: int = face.upem
        self.shaper: Any = hb.Font(face)
        if file.index >> 16:
            self.shaper.var_named_instance = (file.index >> 16) - 1
        extents = self.shaper.get_font_extents("ltr")
        self.ascent: int = extents.ascender
        self.descent: int = -extents.descender
        self._outlines: dict[int, tuple[PathOp, ...]] = {}

    @property
    def key(self) -> tuple[str, int]:
        """What tells the font from any other on this system."""
        return (self.file.path, self.file.index)

    @cached_property
    def _covered(self) -> frozenset[int]:
        return frozenset(self.shaper.face.unicodes)

    def covers(self, char: str) -> bool:
        """Whether the font has glyphs for a character with its marks, or one for them together."""
        return self._covered.issuperset(map(ord, char)) or self._covered.issuperset(map(ord, normalize("NFC", char)))

    def outline(self, glyph: int) -> tuple[PathOp, ...]:
        """The glyph's contours, with cubic curves; empty for a space."""
        if glyph not in self._outlines:
            steps: list[PathOp] = []
            self.shaper.draw_glyph(glyph, _recorder(), steps)
            self._outlines[glyph] = tuple(steps)
        return self._outlines[glyph]


def _recorder() -> Any:
    funcs = hb.DrawFuncs()
    funcs.set_move_to_func(lambda x, y, steps: steps.append(("M", (x, y))))
    funcs.set_line_to_func(lambda x, y, steps: steps.append(("L", (x, y))))
    funcs.set_cubic_to_func(lambda a, b, c, d, x, y, steps: steps.append(("C", (a, b, c, d, x, y))))
    funcs.set_close_path_func(lambda steps: steps.append(("Z", ())))
    return funcs


class Fonts:
    """The fonts that a theme's names find on this system, opened when they are needed."""

    def __init__(self, theme: Theme, *, substitute_widening: float) -> None:
        self._names = theme.fonts
        self._widening = substitute_widening
        self._installed = installed_fonts()
        self._by_family: dict[str, list[FontFile]] = {}
        for file in self._installed:
            for family in file.families:
                self._by_family.setdefault(family.casefold(), []).append(file)
        self._opened: dict[tuple[str, int, float], Font] = {}
        self._ranges: dict[FontFile, tuple[tuple[int, int], ...]] = {}
        self._lists: dict[Style, tuple[Font, ...]] = {}
        self._fallbacks: dict[tuple[str, Style], Font | None] = {}

    def of(self, style: Style) -> tuple[Font, ...]:
        """The fonts of a face in a style, in the theme's order of preference; never empty."""
        if style not in self._lists:
            self._lists[style] = self._find(style)
        return self._lists[style]

    def for_char(self, char: str, style: Style) -> Font | None:
        """The first font that has the character, with its marks if they are given: of the style's face, the other
        faces, any; None where none has.
        """
        key = (char, style)
        if key not in self._fallbacks:
            self._fallbacks[key] = next(self._covering(char, style), None)
        return self._fallbacks[key]

    def substituted(self) -> tuple[str, ...]:
        """The theme's text fonts that are measured with a font of other widths, as they are not installed."""
        names = (self._names[face][0] for face in (Face.HEAD, Face.SANS, Face.MONO) if not self._measurable(face))
        return tuple(dict.fromkeys(names))

    def _measurable(self, face: Face) -> bool:
        return any(self._by_family.get(family) for family in same_widths(self._names[face][0]))

    def _find(self, style: Style) -> tuple[Font, ...]:
        faithful = same_widths(self._names[style.face][0]) if style.face in _VARYING else None
        families = dict.fromkeys(name.casefold() for name in self._names[style.face])
        families.update(dict.fromkeys(sorted(same_widths(self._names[style.face][0]))))
        found = tuple(
            self._open(_closest(files, style), 1.0 if faithful is None or family in faithful else self._widening)
            for family in families
            if (files := self._by_family.get(family))
        )
        return found or (self._open(self._any_latin(style), self._widening),)

    def _any_latin(self, style: Style) -> FontFile:
        mono = style.face is Face.MONO
        files = [file for file in self._installed if self._has(file, "e")] or list(self._installed)
        fitting = [file for file in files if ("mono" in file.families[0].casefold()) is mono]
        return min(fitting or files, key=lambda file: _rank(file, style))

    def _covering(self, char: str, style: Style) -> Iterator[Font]:
        for face in dict.fromkeys((style.face, Face.SANS, Face.SYMBOLS, Face.COMPLEX, Face.EAST_ASIAN)):
            yield from (font for font in self.of(style._replace(face=face)) if font.covers(char))
        others = sorted(
            (file for file in self._installed if self._has(file, char)), key=lambda file: _rank(file, style)
        )
        widening = self._widening if style.face in _VARYING else 1.0
        yield from (font for file in others if (font := self._open(file, widening)).covers(char))

    def _has(self, file: FontFile, char: str) -> bool:
        if file not in self._ranges:
            self._ranges[file] = file.ranges()
        return _within(char, self._ranges[file])

    def _open(self, file: FontFile, widening: float) -> Font:
        key = (file.path, file.index, widening)
        if key not in self._opened:
            self._opened[key] = Font(file, widening)
        return self._opened[key]


def same_widths(name: str) -> frozenset[str]:
    """The families, in lower case, whose glyphs are as wide as those of a family, itself among them."""
    family = name.casefold()
    return next((twins for twins in _METRIC_TWINS if family in twins), frozenset({family}))


def _closest(files: Sequence[FontFile], style: Style) -> FontFile:
    return min(files, key=lambda file: file.distance(bold=style.bold, italic=style.italic))


def _rank(file: FontFile, style: Style) -> tuple[Any, ...]:
    """Plain sans-serif families first, so that a fallback looks like text."""
    family = file.families[0].casefold()
    return ("sans" not in family, len(family), family, file.distance(bold=style.bold, italic=style.italic))


def _within(char: str, ranges: Sequence[tuple[int, int]]) -> bool:
    at = bisect_right(ranges, (ord(char[0]), sys.maxunicode)) - 1
    return at >= 0 and ord(char[0]) <= ranges[at][1]
