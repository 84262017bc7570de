"""What handout and sheet share: the theme's values as templates use them, and the templates themselves."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from pipeline.settings import Paper
from pipeline.theme import Colour, Face, Theme, load_theme, templates_folder

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment

# Their fonts differ by language in ways that one named font cannot serve; fontconfig chooses by the language tag.
_CHOSEN_BY_LANGUAGE = ("ja", "ko", "zh-tw", "zh-hk", "zh-hant")


class Margins(Struct, frozen=True, kw_only=True):
    """A sheet's size and margins in millimetres, clockwise from the top, of one that opens to the reader's right.

    Bound paper, printed on both sides, has so much more on its inner side, and less on its outer one.
    """

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    binding: float = 0.0

    def left_of(self, page: int, *, leftward: bool) -> float:
        """The left margin of a page, counted from 1, in a text that may be written from right to left."""
        return self.left + (self.binding if (page % 2 == 1) is not leftward else -self.binding)

    @property
    def measure(self) -> float:
        """The width between the margins."""
        return self.width - self.left - self.right

    @property
    def depth(self) -> float:
        """The height between the margins."""
        return self.height - self.top - self.bottom


def margins(paper: Paper, sides: list[float]) -> Margins:
    """The paper with these margins: top, right, bottom, left."""
    width, height = {Paper.A4: (210.0, 297.0), Paper.LETTER: (215.9, 279.4)}[paper]
    top, right, bottom, left = sides
    return Margins(width=width, height=height, top=top, right=right, bottom=bottom, left=left)


def on_paper(theme: Theme) -> Theme:
    """The theme as it is printed: paper is white, so one with a dark ground takes the default theme's colours."""
    if theme.company:
        return replace(theme, colours=theme.company.printed)
    return replace(theme, colours=load_theme("default").colours) if theme.is_dark else theme


def palette(theme: Theme) -> Mapping[str, str]:
    """The theme's colours as CSS writes them, by their roles."""
    return {colour.value: f"#{theme.colours[colour]}" for colour in Colour}


def font_stacks(theme: Theme, language: str) -> Mapping[str, str]:
    """The CSS font families for running text and for code, with the fonts of other scripts behind them."""
    eastern = () if language.lower().startswith(_CHOSEN_BY_LANGUAGE) else theme.fonts[Face.EAST_ASIAN]
    others = (*eastern, *theme.fonts[Face.COMPLEX], *theme.fonts[Face.SYMBOLS])
    return {
        "head": _stack((*theme.fonts[Face.HEAD], *others), "sans-serif"),
        "sans": _stack((*theme.fonts[Face.SANS], *others), "sans-serif"),
        "mono": _stack((*theme.fonts[Face.MONO], *others), "monospace"),
    }


def _stack(names: tuple[str, ...], generic: str) -> str:
    quoted = ('"{}"'.format(name.replace("\\", "").replace('"', "")) for name in dict.fromkeys(names))
    return ", ".join((*quoted, generic))


def css_string(text: str) -> str:
    """The text as a string of CSS."""
    return '"{}"'.format(text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " "))


def w3c_date(epoch: int | None) -> str:
    """The moment as PDF metadata writes it, or nothing."""
    return "" if epoch is None else datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def fill(theme: Theme, name: str, **values: object) -> str:
    """The theme's template of that name, or the default theme's, filled in. HTML is escaped, style sheets are not."""
    return _templates(theme.folder).get_template(name).render(**values)


@cache
def _templates(folder: Path) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

    environment = Environment(
        loader=FileSystemLoader([folder, templates_folder() / "default"]),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_compiled(folder),
    )
    environment.filters["css_string"] = css_string
    return environment


def _compiled(templates: Path) -> BytecodeCache | None:
    """The folder of compiled templates, which is where Python keeps its compiled modules; none where it may not."""
    from jinja2 import FileSystemBytecodeCache

    folder = Path(cache_from_source(str(templates / "templates.py"))).parent
    if sys.dont_write_bytecode:
        return None
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder)) if os.access(folder, os.W_OK) else None
