"""The look as typed values, read from `templates/<name>/theme.toml`, the one source of colours, type and spacing."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from pipeline.diagnostics import Diagnostic, Severity, UsageError
from pipeline.office import Template
from pipeline.units import Aspect, Emu, Pt, Rect, Size

# The width of the body that lengths across a slide are drawn for.
_DRAWN_FOR = Emu(10_591_800)
# A ground brighter than this, of 255, is light.
_LIGHT = 128


class Colour(StrEnum):
    """What a colour is for. Plans name these; only writers turn them into hexadecimal."""

    PAPER = "paper"
    INK = "ink"
    MUTED = "muted"
    RULE = "rule"
    PANEL = "panel"
    PICTURE = "picture"
    ON_SUBJECT = "on_subject"
    SUBJECT_A = "subject_a"
    TINT_A = "tint_a"
    SUBJECT_B = "subject_b"
    TINT_B = "tint_b"
    SUBJECT_C = "subject_c"
    TINT_C = "tint_c"
    SUBJECT_D = "subject_d"
    TINT_D = "tint_d"
    SUBJECT_E = "subject_e"
    TINT_E = "tint_e"
    NOTE = "note"
    NOTE_TINT = "note_tint"
    TIP = "tip"
    TIP_TINT = "tip_tint"
    WARNING = "warning"
    WARNING_TINT = "warning_tint"
    DANGER = "danger"
    DANGER_TINT = "danger_tint"
    MARK = "mark"
    CODE_KEYWORD = "code_keyword"
    CODE_STRING = "code_string"
    CODE_NUMBER = "code_number"
    CODE_COMMENT = "code_comment"
    CODE_NAME = "code_name"
    TITLE = "title"
    FOOTER = "footer"
    COVER_TITLE = "cover_title"
    COVER_TEXT = "cover_text"
    PART_TITLE = "part_title"
    PART_TEXT = "part_text"


PLACED = (
    Colour.TITLE,
    Colour.FOOTER,
    Colour.COVER_TITLE,
    Colour.COVER_TEXT,
    Colour.PART_TITLE,
    Colour.PART_TEXT,
)
"""What text in the places of a company's template has; themes of our own know no such places."""


class Face(StrEnum):
    """A family of type by its use."""

    SANS = "sans"
    HEAD = "head"
    MONO = "mono"
    EAST_ASIAN = "east_asian"
    COMPLEX = "complex"
    SYMBOLS = "symbols"


class DeckGrid(Struct, frozen=True, kw_only=True):
    """Where things stand on a slide."""

    width: Emu
    height: Emu
    left: Emu
    right: Emu
    number_right: Emu
    title_top: Emu
    title_bottom: Emu
    body_top: Emu
    body_bottom: Emu
    footer_top: Emu
    footer_bottom: Emu
    gap: Emu

    @property
    def body_width(self) -> Emu:
        """The width of title and body."""
        return self.width - self.left - self.right

    def across(self, length: Emu) -> Emu:
        """A length across the slide, drawn for wide ones, as it is in the width that these have."""
        return Emu(length * self.body_width // _DRAWN_FOR)


class DeckType(Struct, frozen=True, kw_only=True):
    """Sizes of type on slides; where several stand, the first that fits is taken."""

    cover: Pt
    cover_small: Pt
    title: Pt
    part: Pt
    head: Pt
    callout: Pt
    body: tuple[Pt, ...]
    table: tuple[Pt, ...]
    table_head: Pt
    code: tuple[Pt, ...]
    address: Pt
    legend: Pt
    footer: Pt


class DeckLeading(Struct, frozen=True, kw_only=True):
    """Line pitch as a multiple of the natural pitch, which is 1.2 of the size; East Asian text has its own."""

    head: float
    body: float
    callout: float
    code: float
    east_asian: float


class DeckSpace(Struct, frozen=True, kw_only=True):
    """Space between paragraphs on slides."""

    paragraph: Pt
    item: Pt
    head_before: Pt
    head_after: Pt


class Place(Struct, frozen=True, kw_only=True):
    """A place that a template has for text: its largest size, where its lines and where all of them stand."""

    rect: Rect
    size: Pt
    colour: Colour
    bold: bool
    align: str
    anchor: str


class Frames(Struct, frozen=True, kw_only=True):
    """The places of a template's layouts beside the body, which stands on the grid; None are those that it lacks."""

    title: Place
    footer: Place | None
    number: Place | None
    cover_title: Place
    cover_text: Place
    part_title: Place
    part_text: Place


class Company(Struct, frozen=True, kw_only=True):
    """What a company's template gives beyond a theme's values.

    Slides are planned `scale` times as large as they are, so that they are as high as a theme's own. `printed` are the
    colours on paper; `scheme` names those that are the file's own. Text takes its fonts `by_reference` where the
    template's does.
    """

    template: Template
    frames: Frames
    scale: float
    printed: Mapping[Colour, str]
    scheme: Mapping[Colour, str]
    by_reference: bool


class Theme(Struct, frozen=True, kw_only=True):
    """One theme. `handout` and `cheatsheet` hold the paper's figures as their templates' style sheets use them."""

    name: str
    about: str
    folder: Path
    bold_titles: bool
    fonts: Mapping[Face, tuple[str, ...]]
    colours: Mapping[Colour, str]
    grid: DeckGrid
    type: DeckType
    leading: DeckLeading
    space: DeckSpace
    handout: Mapping[str, Any]
    cheatsheet: Mapping[str, Any]
    company: Company | None = None

    @property
    def size(self) -> Size:
        """How large slides are."""
        return self.company.template.size if self.company else Size(width=self.grid.width, height=self.grid.height)

    @property
    def key(self) -> str:
        """What tells this look from any other, wherever it is installed."""
        company = self.company.template.digest if self.company else ""
        return f"{replace(self, company=None, folder=Path(self.folder.name))!r}{company}"

    @property
    def is_dark(self) -> bool:
        """Whether slides have a dark ground."""
        ground = self.colours[Colour.PAPER]
        return sum(int(ground[at : at + 2], 16) for at in (0, 2, 4)) / 3 < _LIGHT


def templates_folder() -> Path:
    """The folder that holds the themes: inside an installed wheel, else beside the package."""
    packaged = Path(__file__).parent / "templates"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "templates"


def known_themes() -> tuple[str, ...]:
    """The names of the themes that there are."""
    return tuple(sorted(p.parent.name for p in templates_folder().glob("*/theme.toml")))


@cache
def load_theme(name: str, aspect: Aspect | None = None) -> Theme:
    """The theme of that name, for slides of these proportions or else of its own. Raises `UsageError`.

    A table under `deck` that has a proportion's name holds what is different on such slides.
    """
    if name not in known_themes():
        raise UsageError(_no_theme(name))
    folder = templates_folder() / name
    raw = theme_values(folder)
    shape = aspect or Aspect(raw["aspect"])
    deck = _over(raw["deck"], raw["deck"].get(shape.value, {}))
    return Theme(
        name=raw["name"],
        about=raw["about"],
        folder=folder,
        bold_titles=deck["bold_titles"],
        fonts=MappingProxyType({face: tuple(raw["fonts"].get(face.value, raw["fonts"]["sans"])) for face in Face}),
        colours=MappingProxyType(
            {colour: raw["colours"].get(colour.value, raw["colours"]["ink"]) for colour in Colour}
        ),
        grid=DeckGrid(**{name: Emu.from_inches(deck[name]) for name in DeckGrid.__struct_fields__}),
        type=DeckType(**{name: _points(deck["type"][name]) for name in DeckType.__struct_fields__}),
        leading=DeckLeading(**deck["leading"]),
        space=DeckSpace(**{name: _points(deck["space"][name]) for name in DeckSpace.__struct_fields__}),
        handout=MappingProxyType(raw["handout"]),
        cheatsheet=MappingProxyType(raw["cheatsheet"]),
    )


def theme_values(folder: Path) -> dict[str, Any]:
    """What `theme.toml` says; where it extends another theme, what that one says of the rest."""
    own = tomllib.loads((folder / "theme.toml").read_text(encoding="utf-8"))
    return _over(theme_values(folder.parent / own["extends"]), own) if "extends" in own else own


def _over(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    merged = {
        name: _over(base.get(name, {}), value) if isinstance(value, dict) else value for name, value in own.items()
    }
    return base | merged


def _no_theme(name: str) -> Diagnostic:
    return Diagnostic(
        severity=Severity.ERROR,
        code="unknown-theme",
        message=f"there is no theme {name[:80]!r}",
        hint=f"themes: {', '.join(known_themes())}",
    )


def _points(value: Any) -> Any:
    return tuple(Pt.from_points(v) for v in value) if isinstance(value, list) else Pt.from_points(value)
