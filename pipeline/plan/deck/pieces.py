"""Pieces: what of a block is shown on slides, before it has a place; and units, which pagination never divides."""

from __future__ import annotations

from enum import Enum
from typing import TypeAlias

from msgspec import Struct

from pipeline.diagnostics import Span
from pipeline.model.document import Alignment, Blocks
from pipeline.model.fitted import Element, Run
from pipeline.model.inlines import DrawnFormula, Image
from pipeline.plan.deck.setting import Para
from pipeline.theme import Colour
from pipeline.units import Emu

BULLETS = ("•", "–", "·")
"""The signs before items that are not numbered, level by level."""


class Measured(Struct, frozen=True, kw_only=True):
    """Elements laid out from the origin, and how high they stand."""

    height: Emu
    elements: tuple[Element, ...]


class TextPiece(Struct, frozen=True, kw_only=True, eq=False):
    """Paragraphs that stay together."""

    paras: tuple[Para, ...]


class Displayed(Struct, frozen=True, kw_only=True, eq=False):
    """What is no running text. If `stepped`, all of it waits for one click."""

    stepped: bool = False


class FigurePiece(Displayed, frozen=True, kw_only=True, eq=False):
    """A picture with its legend, or a frame with the address of one that could not be had.

    `words` is the size in points of the smallest words drawn in it, at its natural size; None where it is not known.
    """

    image: Image
    legend: Para | None
    address: Para | None
    description: str
    words: float | None = None


class StripPiece(Displayed, frozen=True, kw_only=True, eq=False):
    """Small pictures of a line of text, side by side at their natural size."""

    images: tuple[Image, ...]
    descriptions: tuple[str, ...]


class FormulaPiece(Displayed, frozen=True, kw_only=True, eq=False):
    """A displayed formula as it is drawn; its source is what it says."""

    drawn: DrawnFormula
    source: str


class TablePiece(Displayed, frozen=True, kw_only=True, eq=False):
    """A table of runs. `head` is None where the source has none."""

    head: tuple[tuple[Run, ...], ...] | None
    rows: tuple[tuple[tuple[Run, ...], ...], ...]
    alignments: tuple[Alignment, ...]
    caption: tuple[Run, ...]
    bold_first_column: bool
    description: str


class CodePiece(Displayed, frozen=True, kw_only=True, eq=False):
    """Code, highlighted line by line. `first` is the number of the first line; None leaves lines without numbers.

    `drawn` says that its lines make a drawing together, of which no part says much.
    """

    lines: tuple[tuple[Run, ...], ...]
    title: str
    marked: frozenset[int]
    first: int | None
    drawn: bool = False


class PanelPiece(Displayed, frozen=True, kw_only=True, eq=False):
    """Pieces on a ground of their own, with a bar at the left edge. `fill` None leaves the ground as it is."""

    head: Para | None
    pieces: tuple[Piece, ...]
    bar: Colour
    fill: Colour | None
    name: str


class ColumnsPiece(Displayed, frozen=True, kw_only=True, eq=False):
    """What the author has set in columns beside each other."""

    columns: tuple[tuple[Piece, ...], ...]


class ContrastColumn(Struct, frozen=True, kw_only=True):
    """A subject of a comparison: its name, and its cell in each row, empty where the page does not say."""

    name: str
    cells: tuple[tuple[Run, ...], ...]


class ContrastPiece(Displayed, frozen=True, kw_only=True, eq=False):
    """A comparison: aspects down the side, a subject in each column."""

    aspects: tuple[str, ...]
    columns: tuple[ContrastColumn, ...]
    silent: str
    language: str


class FixedPiece(Struct, frozen=True, kw_only=True, eq=False):
    """What is laid out already: a part of something too high for one slide. `cut` means within a text or line.

    `step` is that of the size of code.
    """

    measured: Measured
    cut: bool = False
    step: int | None = None


Piece: TypeAlias = (
    TextPiece
    | FigurePiece
    | StripPiece
    | FormulaPiece
    | TablePiece
    | CodePiece
    | PanelPiece
    | ColumnsPiece
    | ContrastPiece
    | FixedPiece
)


class Bond(Enum):
    """How a unit holds to the next one: what a break between them costs, where a slide costs eleven."""

    FREE = 0.0
    LOOSE = 2.0
    NEAR = 4.0
    LONE = 6.0
    WITHIN = 7.0
    WHOLE = 16.0
    CLOSE = 17.0
    HEAD = 60.0


class Unit(Struct, frozen=True, kw_only=True, eq=False):
    """The smallest part that a slide takes: a piece (or nothing to show), what it covers, what is said with it.

    `words` counts what is to be read; `starts` forces a new slide; `ids` are the sections that begin here. `unsaid`
    is the block that it is of, if the notes need it only where the unit is cut over slides; `spans` are its lines.
    `within` is shown again, before it, where a slide begins with it: the items that it stands in.
    """

    piece: Piece | None
    covers: Blocks = ()
    notes: Blocks = ()
    seconds: float = 0
    words: float = 0
    bond: Bond = Bond.FREE
    starts: bool = False
    unsaid: Blocks = ()
    ids: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    within: TextPiece | None = None


class Shown(Struct, frozen=True, kw_only=True):
    """A piece of a block, or nothing. `complete` means that it shows all of its part of the block, which is at `span`
    where that is less than the block, and `within` items that go on.
    """

    piece: Piece | None
    bond: Bond = Bond.FREE
    complete: bool = True
    words: float = 0
    span: Span | None = None
    within: TextPiece | None = None
