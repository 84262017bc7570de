"""What a check says: findings about files, and where each unit of the page went."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from pipeline.diagnostics import Diagnostic
from pipeline.settings import Product

# Reports and messages quote a unit; they do not repeat the page.
_LONGEST_QUOTE: Final = 80
_FILE_NAMES: Final = {
    Product.DECK: "{}.pptx",
    Product.HANDOUT: "{}-handout.pdf",
    Product.CHEATSHEET: "{}-cheatsheet.pdf",
}


class Finding(Diagnostic, frozen=True, kw_only=True):
    """Something that is wrong with a finished file. `place` is where in the file, as in `slide 4`."""

    product: Product
    place: str = ""


class DeckPlace(Struct, frozen=True, kw_only=True, order=True):
    """A slide and the part of it (`slide`, `notes` or `alt`) that carries a unit."""

    slide: int
    part: str


class Trace(Struct, frozen=True, kw_only=True):
    """Where one unit of the page went."""

    kind: str
    line: int
    text: str
    deck: tuple[DeckPlace, ...]
    handout: tuple[int, ...]
    sheet: bool


class Omission(Struct, frozen=True, kw_only=True):
    """A unit that a file may do without, and who says so."""

    product: Product
    kind: str
    line: int
    text: str
    reason: str


def file_name(product: Product, stem: str) -> str:
    """The name of a page's file."""
    return _FILE_NAMES[product].format(stem)


def short(text: str) -> str:
    """A text's beginning, on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST_QUOTE else f"{flat[: _LONGEST_QUOTE - 1].rstrip()}…"
