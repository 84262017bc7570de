"""Figures on paper: as large as their words need, in the column, across the page or under the slide."""

from __future__ import annotations

import re
from enum import Enum
from math import ceil
from typing import Final

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.document import Blocks, CodeBlock, Figure
from pipeline.model.inlines import Inlines, Picture, Text
from pipeline.model.picture_words import smallest_words
from pipeline.model.text import plain_text
from pipeline.write.extent import lines_of
from pipeline.write.html_code import asks_for_width
from pipeline.write.html_inlines import (
    MM_PER_PIXEL,
    Printing,
    clean,
    element,
    inlines_html,
    picture_html,
    picture_width,
    source_html,
)
from pipeline.write.html_table import text_width

# Words in a drawing are set at so many points where there is room, and never under the smaller number by choice.
READING, LEGIBLE = 8.0, 7.0
# A picture without words that can be measured goes across the page where it is so much wider than high, and so much
# wider than its column; under the slide it loses no more than this of its size.
WIDE_PROPORTION, WIDE, SHRUNK = 1.6, 1.5, 0.62
# The legend beside a picture that stands across the page, and the space between them, in millimetres.
BESIDE, BETWEEN = 30.0, 5.0
# How high a picture across the page may be, as a part of what one in the column may.
ACROSS_HEIGHT = 0.85
LINE, CODE_LINE, FRAME, SPACE = 4.1, 3.9, 22.0, 8.0
# A legend of fewer letters says too little to be known away from its place.
TELLING = 12
_LABEL: Final = r"(?:figure|fig|{})\.?\s?\d{{0,3}}(?:[.-]\d+)?\s?[:：]\s*"


class Spot(Enum):
    """Where a figure stands beside its slide."""

    COLUMN = "column"
    ACROSS = "across"
    MARGIN = "margin"


class Arranged(Struct, frozen=True, kw_only=True):
    """A panel's blocks: figures under its slides, those in the column, and what ends it across the page.

    `beside` is the height in millimetres of slides and figures in the margin, `height` that of the whole panel.
    """

    margin: tuple[Figure, ...]
    column: Blocks
    end: tuple[Figure, ...]
    beside: float
    height: float


def arranged(blocks: Blocks, slides: float, printing: Printing) -> Arranged:
    """The blocks beside slides that are `slides` millimetres high, so that the two columns end near each other."""
    figures = [block for block in blocks if isinstance(block, Figure)]
    wide = [b for b in blocks if isinstance(b, CodeBlock) and asks_for_width(b, printing.measure, printing.across)]
    text = tuple(block for block in blocks if block not in figures and block not in wide)
    right = SPACE + lines_of(text, printing.ems, printing.measure) * printing.line
    left = slides
    spots: dict[int, Spot] = {}
    for figure in figures:
        spot = _spot(figure, left, right, printing)
        spots[id(figure)] = spot
        if spot is Spot.MARGIN:
            left += _height(figure, _in_margin(printing))
        elif spot is Spot.COLUMN:
            right += _height(figure, printing)
    across = [figure for figure in figures if spots[id(figure)] is Spot.ACROSS]
    last = tuple(across) if len(across) == 1 and _may_move(across[0]) else ()
    margin = tuple(figure for figure in figures if spots[id(figure)] is Spot.MARGIN)
    column = tuple(block for block in blocks if block not in (*margin, *last))
    height = max(left, right) + sum(_height(figure, _across_page(printing)) for figure in across)
    height += CODE_LINE * sum(block.text.count("\n") + 3 for block in wide)
    return Arranged(margin=margin, column=column, end=last, beside=left, height=height)


def _spot(figure: Figure, left: float, right: float, printing: Printing) -> Spot:
    if asks_for_page(figure, printing):
        return Spot.ACROSS
    margin = _in_margin(printing)
    beside = max(left + _height(figure, margin), right)
    below = max(left, right + _height(figure, printing))
    return Spot.MARGIN if beside < below and _may_move(figure) and _fits(figure, margin) else Spot.COLUMN


def _may_move(figure: Figure) -> bool:
    """Whether a figure is known by its legend away from its place: one that says no more than a number is not."""
    legend = plain_text(figure.legend)
    return not legend.strip() or sum(map(str.isalnum, legend)) >= TELLING


def _in_margin(printing: Printing) -> Printing:
    return replace(printing, measure=printing.margin)


def _across_page(printing: Printing) -> Printing:
    return replace(printing, measure=printing.across, tallest=printing.tallest * ACROSS_HEIGHT)


def _fits(figure: Figure, printing: Printing) -> bool:
    """Whether a figure can be read in that measure."""
    picture = figure.image.picture
    if picture is None:
        return True
    words = _words(picture, printing.measure)
    return words >= LEGIBLE if words is not None else printing.measure / _natural(figure, picture) >= SHRUNK


def _words(picture: Picture, width: float) -> float | None:
    """The size in points of a drawing's smallest words where it is drawn at a width in millimetres."""
    words = smallest_words(picture)
    return None if words is None else words * width / (picture.width * MM_PER_PIXEL)


def _natural(figure: Figure, picture: Picture) -> float:
    return (figure.width or picture.width or 1) * MM_PER_PIXEL


def _height(figure: Figure, printing: Printing) -> float:
    picture = figure.image.picture
    height = FRAME if picture is None else reading_width(figure, picture, printing) * picture.height / picture.width
    legend = text_width(plain_text(figure.legend)) + (12 if figure.origin else 0)
    return height + ceil(legend / (printing.measure / 3)) * LINE + 5


def asks_for_page(figure: Figure, printing: Printing) -> bool:
    """Whether a figure is read only across the page."""
    picture = figure.image.picture
    if picture is None or printing.across <= printing.measure:
        return False
    words = _words(picture, printing.measure)
    if words is not None:
        return words < LEGIBLE and picture.width > picture.height
    wide = _natural(figure, picture) > WIDE * printing.measure
    return picture.width > WIDE_PROPORTION * picture.height and wide


def reading_width(figure: Figure, picture: Picture, printing: Printing) -> float:
    """The width in millimetres at which a picture is read: a drawing's words as large as text, within its room."""
    words = smallest_words(picture)
    wish = picture.width * READING / words if words else figure.width or picture.width
    return picture_width(picture.width, picture.height, wish, printing)


# ---------------------------------------------------------------- as HTML


def figure_html(block: Figure, printing: Printing, spot: Spot = Spot.COLUMN) -> Markup:
    """The figure with its legend at that spot."""
    caption = _caption(block, printing)
    picture = block.image.picture
    room = _in_margin(printing) if spot is Spot.MARGIN else printing
    if picture is None:
        return element("figure", _placeholder(block, printing) + caption)
    if spot is not Spot.ACROSS:
        return element("figure", _shown(block, reading_width(block, picture, room), room) + caption)
    return _across(block, picture, caption, printing)


def _across(block: Figure, picture: Picture, caption: Markup, printing: Printing) -> Markup:
    """The figure across the page, its legend beside it where both have room."""
    whole = _across_page(printing)
    narrower = replace(whole, measure=printing.across - BESIDE - BETWEEN)
    if not caption or (smallest_words(picture) is not None and not _fits(block, narrower)):
        return element("figure", _shown(block, reading_width(block, picture, whole), whole) + caption, class_="wide")
    width = reading_width(block, picture, narrower)
    cell = element("div", _shown(block, width, narrower), class_="drawn", style=f"width: {width + BETWEEN:.2f}mm")
    return element("figure", cell + caption, class_="wide beside")


def _shown(block: Figure, width: float, printing: Printing) -> Markup:
    shown = picture_html(block.image, plain_text(block.legend), printing, class_="picture", width=width)
    return shown or Markup("")


def _caption(block: Figure, printing: Printing) -> Markup:
    legend = labelled(block.legend, printing)
    if block.origin is not None:
        legend += (Markup(" · ") if legend else Markup("")) + source_html(block.origin, printing)
    return element("figcaption", legend, dir=printing.turned(plain_text(block.legend))) if legend else Markup("")


def labelled(legend: Inlines, printing: Printing) -> Markup:
    """The legend with its label, such as “Figure 2:”, in bold."""
    first = legend[0] if legend else None
    pattern = _LABEL.format(re.escape(printing.labels.figure))
    found = re.match(pattern, first.text, re.IGNORECASE) if isinstance(first, Text) else None
    if not isinstance(first, Text) or found is None:
        return inlines_html(legend, printing)
    rest = (replace(first, text=first.text[found.end() :]), *legend[1:])
    return element("strong", clean(found[0].rstrip())) + Markup(" ") + inlines_html(rest, printing)


def _placeholder(block: Figure, printing: Printing) -> Markup:
    """A frame in place of a picture that could not be had, with what is known of it."""
    image = block.image
    said = image.alt or image.title
    parts = [element("p", clean(printing.labels.not_shown), class_="word")]
    if said and said.strip() != plain_text(block.legend).strip():
        parts.append(element("p", clean(said)))
    parts.append(element("p", clean(image.source), class_="address"))
    return element("div", Markup("").join(parts), class_="missing")
