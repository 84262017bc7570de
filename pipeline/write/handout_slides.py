"""Slides in small, so many on a page, with room to write beside or below them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeVar
from urllib.parse import quote

from msgspec import Struct

from pipeline.labels import Labels
from pipeline.model.plan import Deck, Handout
from pipeline.theme import Colour, Theme
from pipeline.write.handout_article import slide_numbers, slide_place
from pipeline.write.panels import Thumbnail, thumbnails_of
from pipeline.write.paper import Margins

# So many rows of slides stand on a page, below a heading of so many millimetres.
ROWS: Final = 3
HEADING: Final = 9.0
# How far ruled lines are apart, in millimetres.
PITCH: Final = 8.5

_Item = TypeVar("_Item")


class SmallSlide(Struct, frozen=True, kw_only=True):
    """A slide in small. `place` is its own id, `address` the place where the text tells what is said there."""

    thumbnail: Thumbnail
    place: str
    address: str


class Sheets(Struct, frozen=True, kw_only=True):
    """The slides by pages and rows; a row is so many millimetres high. Beside `ruled` ones there is room to write."""

    title: str
    pages: list[list[list[SmallSlide]]]
    row: float
    ruled: bool


def slide_sheets(handout: Handout, deck: Deck, labels: Labels, paper: Margins, abreast: int) -> Sheets:
    """All slides, so many abreast: one is followed by lines to write on."""
    slides = [
        SmallSlide(
            thumbnail=thumbnail,
            place=slide_place(number),
            address=f"#{quote(block.id)}" if block.id else "",
        )
        for block in handout.blocks
        for number, thumbnail in zip(block.slides, thumbnails_of(block, deck, labels), strict=True)
    ]
    rows = _in_groups(slides, abreast)
    title = slide_numbers(tuple(slide.number for slide in deck.slides), labels)
    row = (paper.depth - HEADING) / ROWS - 0.1
    return Sheets(title=title, pages=_in_groups(rows, ROWS), row=row, ruled=abreast == 1)


def _in_groups(items: Sequence[_Item], size: int) -> list[list[_Item]]:
    return [list(items[start : start + size]) for start in range(0, len(items), size)]


def ruled_lines(theme: Theme) -> str:
    """A drawing of one ruled line, to be repeated downwards."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="10" height="10" preserveAspectRatio="none">'
        f'<path d="M0 9.8H10" stroke="#{theme.colours[Colour.RULE]}" stroke-width="0.25"/></svg>'
    )
