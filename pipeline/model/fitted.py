"""Fitted text and the elements of a slide, as geometry: types only."""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import TypeAlias

from msgspec import Struct

from pipeline.model.inlines import DrawnFormula, FileTarget, PageTarget, Picture, WebTarget
from pipeline.theme import Colour, Face
from pipeline.units import Emu, Pt, Rect

# ---------------------------------------------------------------- text that is fitted


class SlideTarget(Struct, frozen=True, kw_only=True):
    """Another slide of the deck, by its number from 1."""

    number: int


Jump: TypeAlias = WebTarget | PageTarget | FileTarget | SlideTarget


class Baseline(StrEnum):
    """Where a run stands on its line."""

    NORMAL = "normal"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"


class Run(Struct, frozen=True, kw_only=True):
    """Text of one appearance. `face` is SANS or MONO; faces for other scripts are chosen by `typeset` per character.

    `language` is a BCP 47 tag. `size` None takes the paragraph's.
    """

    text: str
    face: Face = Face.SANS
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    colour: Colour = Colour.INK
    highlight: Colour | None = None
    baseline: Baseline = Baseline.NORMAL
    size: Pt | None = None
    link: Jump | None = None
    language: str = "en"


class Line(Struct, frozen=True, kw_only=True):
    """One line as it is broken. The space that a break stands on stays at the end of its line, so that a
    paragraph's text is its lines joined; `width` leaves that space out. `hard` marks a break that the author set.
    """

    runs: tuple[Run, ...]
    width: Emu
    hard: bool = False


class TextAlign(Enum):
    """How lines are set between the edges; START is left, in right-to-left paragraphs right."""

    START = "start"
    CENTRE = "centre"
    END = "end"


class Marker(Struct, frozen=True, kw_only=True):
    """What hangs before a paragraph: a bullet's character, or a number. The paragraph's text starts at its indent."""

    text: str
    number: int | None = None


class FittedParagraph(Struct, frozen=True, kw_only=True):
    """A paragraph with its lines broken at a size. `leading` is the exact pitch of its lines, in points.

    `before` is the space above it (none at the top of a box). `indent` is where its lines start; the marker hangs
    to the left of it. Lines behind the first start `hanging` further in. One that `heads` stands above what it heads;
    one that is `stepped` waits for a click.
    """

    lines: tuple[Line, ...]
    size: Pt
    leading: Pt
    before: Pt = Pt(0)
    align: TextAlign = TextAlign.START
    indent: Emu = Emu(0)
    hanging: Emu = Emu(0)
    level: int = 0
    marker: Marker | None = None
    right_to_left: bool = False
    heads: bool = False
    stepped: bool = False


# ---------------------------------------------------------------- elements of a slide


class Role(Enum):
    """Which placeholder of the layout an element fills; NONE is a free element."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    BODY = "body"
    PICTURE = "picture"
    FOOTER = "footer"
    NUMBER = "number"
    NONE = "none"


class Reveal(Enum):
    """When an element appears: with its slide, at a click of its own, or with the element before it.

    Text that appears with its slide may have paragraphs that wait.
    """

    AT_ONCE = "at once"
    CLICK = "click"
    WITH = "with"


class Anchor(Enum):
    """Where text stands in a box higher than it."""

    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


class Outline(Enum):
    """The shape of a box."""

    RECTANGLE = "rectangle"
    ELLIPSE = "ellipse"
    TRIANGLE = "triangle"
    DIAMOND = "diamond"
    HEXAGON = "hexagon"
    LINE = "line"


class Stroke(Struct, frozen=True, kw_only=True):
    """A line drawn round or along a shape."""

    colour: Colour
    width: Emu
    dashed: bool = False


class TextBox(Struct, frozen=True, kw_only=True):
    """Text in a rectangle without insets. With `fill`, `stroke` or an `outline` of its own it is also a shape.

    `name` says what the box is, in a word or two, for the selection pane.
    """

    rect: Rect
    paragraphs: tuple[FittedParagraph, ...]
    role: Role = Role.NONE
    name: str = "Text"
    anchor: Anchor = Anchor.TOP
    inset: Emu = Emu(0)
    reveal: Reveal = Reveal.AT_ONCE


class ShapeBox(Struct, frozen=True, kw_only=True):
    """A drawn shape without text. An empty `description` marks it as decoration."""

    rect: Rect
    outline: Outline
    fill: Colour | None = None
    stroke: Stroke | None = None
    name: str = "Shape"
    description: str = ""
    reveal: Reveal = Reveal.AT_ONCE


class PictureBox(Struct, frozen=True, kw_only=True):
    """A picture, whole and in its own proportions. `description` is its alternative text.

    `formula` is what the picture is drawn from where it is a formula: its ink is to be that of the ground it is on.
    """

    rect: Rect
    picture: Picture
    description: str
    name: str = "Picture"
    link: Jump | None = None
    formula: DrawnFormula | None = None
    reveal: Reveal = Reveal.AT_ONCE


class FittedCell(Struct, frozen=True, kw_only=True):
    """A cell: its text stands `inset` from the cell's left and right edges, in the middle of its height."""

    paragraphs: tuple[FittedParagraph, ...]
    fill: Colour | None = None
    inset: Emu = Emu(0)


class FittedRow(Struct, frozen=True, kw_only=True):
    """A row of a table, with the rule drawn under it."""

    cells: tuple[FittedCell, ...]
    height: Emu
    rule: Stroke | None = None


class TableBox(Struct, frozen=True, kw_only=True):
    """A native table. `widths` add up to the rectangle's width, the rows' heights to its height.

    Cells are as they stand, from left to right; a table that is read `from_right` has its first column last.
    """

    rect: Rect
    widths: tuple[Emu, ...]
    rows: tuple[FittedRow, ...]
    has_head: bool
    bold_first_column: bool
    description: str
    name: str = "Table"
    from_right: bool = False
    reveal: Reveal = Reveal.AT_ONCE


Element: TypeAlias = TextBox | ShapeBox | PictureBox | TableBox


class StepPart(Struct, frozen=True, kw_only=True):
    """What appears: an element by its place on the slide, whole or only its paragraphs from first to last."""

    element: int
    paragraphs: tuple[int, int] | None = None


Step: TypeAlias = tuple[StepPart, ...]
"""What appears at one click."""
