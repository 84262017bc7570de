"""Text styles of masters and placeholders: size, pitch, faces and bullets by level."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from msgspec import Struct

from pipeline.theme import Colour, Face, Theme
from pipeline.units import EMU_PER_INCH, Pt
from pipeline.write.powerpoint.colours import fill
from pipeline.write.powerpoint.markup import Markup, element

NOTES_SIZE: Final = Pt(1200)
NOTES_LEADING: Final = Pt(1600)
_LEVELS: Final = range(1, 10)
_STEP: Final = EMU_PER_INCH // 4
# Natural line pitch, as a share of the size.
_NATURAL: Final = 1.2


class Style(Struct, frozen=True, kw_only=True):
    """One level of a text style. `family` is the theme's heading (`mj`) or body (`mn`) font."""

    size: Pt
    pitch: Pt
    family: str = "mn"
    colour: Colour = Colour.INK
    bold: bool = False
    bullet: bool = False
    before: Pt = Pt(0)
    align: str = "l"


def pitch_of(size: Pt, leading: float) -> Pt:
    """The exact pitch of lines, to a tenth of a point as PowerPoint's dialogs show it."""
    return Pt(round(size * _NATURAL * leading / 10) * 10)


def text_styles(theme: Theme) -> Markup:
    """The master's styles for titles, bodies and everything else."""
    leading, sizes = theme.leading, theme.type
    title = Style(size=sizes.title, pitch=pitch_of(sizes.title, leading.head), family="mj", bold=theme.bold_titles)
    least = sizes.body[-1]
    other = Style(size=least, pitch=pitch_of(least, leading.body))
    return element(
        "p:txStyles",
        None,
        element("p:titleStyle", None, level_style(1, title, theme)),
        element("p:bodyStyle", None, *(level_style(n, _body(n, theme), theme) for n in _LEVELS)),
        element("p:otherStyle", None, *(level_style(n, other, theme) for n in _LEVELS)),
    )


def notes_style(theme: Theme) -> Markup:
    """The style of notes, the same at every level."""
    style = Style(size=NOTES_SIZE, pitch=NOTES_LEADING)
    return element("p:notesStyle", None, *(level_style(n, style, theme) for n in _LEVELS))


def level_style(number: int, style: Style, theme: Theme) -> Markup:
    """A style as the properties of one level, `a:lvl1pPr` and so on."""
    attributes = {
        "marL": _STEP * (number - 1),
        "indent": -_STEP if style.bullet else 0,
        "algn": style.align,
        "defTabSz": EMU_PER_INCH,
        "rtl": 0,
        "eaLnBrk": 1,
        "latinLnBrk": 0,
        "hangingPunct": 1,
    }
    characters = {"sz": int(style.size), "b": int(style.bold), "kern": 0}
    return element(
        f"a:lvl{number}pPr",
        attributes,
        points("a:lnSpc", style.pitch),
        points("a:spcBef", style.before),
        points("a:spcAft", Pt(0)),
        *_bullet(style),
        element("a:defRPr", characters, fill(style.colour, theme), *theme_faces(style.family)),
    )


@cache
def points(tag: str, value: Pt) -> Markup:
    """A spacing in exact points."""
    return element(tag, None, element("a:spcPts", {"val": int(value)}))


def theme_faces(family: str) -> list[Markup]:
    """The theme's fonts for Latin, East Asian and complex scripts."""
    return [
        element("a:latin", {"typeface": f"+{family}-lt"}),
        element("a:ea", {"typeface": f"+{family}-ea"}),
        element("a:cs", {"typeface": f"+{family}-cs"}),
    ]


def named_faces(fonts: Mapping[Face, tuple[str, ...]], face: Face = Face.SANS) -> list[Markup]:
    """The fonts by name, of a face for Latin letters."""
    return [
        element("a:latin", {"typeface": fonts[face][0]}),
        element("a:ea", {"typeface": fonts[Face.EAST_ASIAN][0]}),
        element("a:cs", {"typeface": fonts[Face.COMPLEX][0]}),
    ]


def _body(number: int, theme: Theme) -> Style:
    """The first level is plain text, since a body's first words are seldom a list; deeper ones are lists."""
    size = theme.type.body[min(number, len(theme.type.body)) - 1]
    return Style(size=size, pitch=pitch_of(size, theme.leading.body), bullet=number > 1, before=theme.space.item)


def _bullet(style: Style) -> list[Markup]:
    if not style.bullet:
        return [element("a:buNone")]
    return [element("a:buFont", {"typeface": "+mj-lt"}), element("a:buChar", {"char": "•"})]
