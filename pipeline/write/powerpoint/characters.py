"""What the characters of a run look like. A deck has few looks for very many runs: each is written once."""

from __future__ import annotations

from typing import Final, NamedTuple

from msgspec import Struct, field

from pipeline.model.fitted import Baseline
from pipeline.theme import Colour, Face, Theme
from pipeline.write.powerpoint.colours import colour_of, fill
from pipeline.write.powerpoint.markup import Markup, element
from pipeline.write.powerpoint.styles import named_faces, theme_faces

# Shares of the size, in thousandths of a percent, as PowerPoint's own buttons set them.
_BASELINES: Final = {Baseline.NORMAL: None, Baseline.SUPERSCRIPT: 30_000, Baseline.SUBSCRIPT: -25_000}


class Look(NamedTuple):
    """What a run looks like. `family` is the theme's heading (`mj`) or body (`mn`) font, or empty for named fonts."""

    language: str
    other_language: str | None
    family: str
    face: Face
    size: int
    bold: bool
    italic: bool
    underline: bool
    strike: bool
    leads: bool
    colour: Colour
    highlight: Colour | None
    baseline: Baseline


class Characters(Struct, frozen=True):
    """Writes the properties of characters in one theme."""

    theme: Theme
    _known: dict[tuple[str, Look], Markup] = field(default_factory=dict)

    def properties(self, tag: str, look: Look, link: Markup | None) -> Markup:
        """The properties of characters that look so; with what happens on a click, if anything."""
        if link:
            return self._made(tag, look, link)
        made = self._known.get((tag, look))
        if made is None:
            made = self._known[tag, look] = self._made(tag, look, None)
        return made

    def _made(self, tag: str, look: Look, link: Markup | None) -> Markup:
        attributes: dict[str, object] = {
            "lang": look.language,
            "altLang": look.other_language,
            "sz": look.size,
            "b": int(look.bold),
            "i": 1 if look.italic else 0,
            # Said of links even where there is none: programs underline those that do not say.
            "u": "sng" if look.underline else "none" if look.leads else None,
            "strike": "sngStrike" if look.strike else None,
            "baseline": _BASELINES[look.baseline],
        }
        if self.theme.company:
            # Measured without what a template's places may ask for.
            attributes |= {"cap": "none", "spc": 0}
        highlight = element("a:highlight", None, colour_of(look.highlight, self.theme)) if look.highlight else None
        faces = self._faces(look.family, look.face)
        return element(tag, attributes, fill(look.colour, self.theme), highlight, *faces, link)

    def _faces(self, family: str, face: Face) -> list[Markup]:
        """The theme's fonts by reference; only code names its own."""
        fonts = self.theme.fonts
        by_reference = family and (self.theme.company is None or self.theme.company.by_reference)
        named = Face.HEAD if family == "mj" else Face.SANS
        latin, eastern, complex_scripts = theme_faces(family) if by_reference else named_faces(fonts, named)
        if face is Face.MONO:
            font = {"typeface": fonts[Face.MONO][0]}
            return [element("a:latin", font), eastern, element("a:cs", font)]
        return [latin, eastern, complex_scripts]
