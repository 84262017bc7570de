"""What goes where: the types of the three plans, and nothing else.

A `Deck` is geometry: every element has its rectangle in EMU and its text already broken into lines, in roles of
colour. The deck writer and the handout's thumbnails both draw it; there is no second layout. A `Handout` and a
`CheatSheet` hold the page's own blocks and words in order and rank; their templates lay them out on paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from pipeline.diagnostics import Span
from pipeline.model.document import Blocks, Figure, FileTarget, Inlines, PageTarget, Picture, WebTarget
from pipeline.settings import Paper
from pipeline.theme import Colour, Face
from pipeline.units import Emu, Pt, Rect, Size

# ---------------------------------------------------------------- text that is fitted


@dataclass(frozen=True, slots=True, kw_only=True)
class SlideTarget:
    """Another slide of the deck, by its number from 1."""

    number: int


Jump: TypeAlias = WebTarget | PageTarget | FileTarget | SlideTarget


class Baseline(Enum):
    """Where a run stands on its line."""

    NORMAL = "normal"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """What hangs before a paragraph: a bullet's character, or a number. The paragraph's text starts at its indent."""

    text: str
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FittedParagraph:
    """A paragraph with its lines broken at a size. `leading` is the exact pitch of its lines, in points.

    `before` is the space above it (none at the top of a box). `indent` is where its lines start; the marker hangs
    to the left of it.
    """

    lines: tuple[Line, ...]
    size: Pt
    leading: Pt
    before: Pt = Pt(0)
    align: TextAlign = TextAlign.START
    indent: Emu = Emu(0)
    level: int = 0
    marker: Marker | None = None
    right_to_left: bool = False


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """A line drawn round or along a shape."""

    colour: Colour
    width: Emu
    dashed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBox:
    """Text in a rectangle without insets. With `fill`, `stroke` or an `outline` of its own it is also a shape.

    `name` says what the box is, in a word or two, for the selection pane.
    """

    rect: Rect
    paragraphs: tuple[FittedParagraph, ...]
    role: Role = Role.NONE
    name: str = "Text"
    anchor: Anchor = Anchor.TOP
    inset: Emu = Emu(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeBox:
    """A drawn shape without text. An empty `description` marks it as decoration."""

    rect: Rect
    outline: Outline
    fill: Colour | None = None
    stroke: Stroke | None = None
    name: str = "Shape"
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureBox:
    """A picture, whole and in its own proportions. `description` is its alternative text."""

    rect: Rect
    picture: Picture
    description: str
    name: str = "Picture"
    link: Jump | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FittedCell:
    """A cell: its text stands `TableBox.inset` from the cell's left and right edges, in the middle of its height."""

    paragraphs: tuple[FittedParagraph, ...]
    fill: Colour | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FittedRow:
    """A row of a table, with the rule drawn under it."""

    cells: tuple[FittedCell, ...]
    height: Emu
    rule: Stroke | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableBox:
    """A native table. `widths` add up to the rectangle's width, the rows' heights to its height."""

    rect: Rect
    widths: tuple[Emu, ...]
    rows: tuple[FittedRow, ...]
    has_head: bool
    bold_first_column: bool
    inset: Emu
    description: str
    name: str = "Table"


Element: TypeAlias = TextBox | ShapeBox | PictureBox | TableBox

# ---------------------------------------------------------------- the deck


class SlideKind(Enum):
    """What a slide is for."""

    COVER = "cover"
    AGENDA = "agenda"
    SECTION = "section"
    CONTENT = "content"
    REFERENCES = "references"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slide:
    """One slide. `elements` stand in reading order, the title first.

    `notes` are the blocks that the speaker says or reads; `covers` are the page's blocks that the handout sets
    beside the slide, each block of the page exactly once in the deck. `section` is the number hung in the margin.
    `rule` says in a few words why the slide is there.
    """

    number: int
    kind: SlideKind
    title: str
    part: tuple[int, int] | None
    section: int | None
    section_id: str
    elements: tuple[Element, ...]
    notes: Blocks
    covers: Blocks
    seconds: int
    rule: str
    span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeckSection:
    """Consecutive slides under one name, as PowerPoint shows them."""

    name: str
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An address of the page, numbered alike in all three files, each address once.

    `listed` means that it stands in the page's own list of references; `slides` are those that name it.
    """

    number: int
    text: str
    target: WebTarget
    listed: bool
    slides: tuple[int, ...]
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Deck:
    """All slides, with what the file says of itself. `date` is the author's, as written."""

    title: str
    subtitle: str
    authors: tuple[str, ...]
    date: str
    keywords: tuple[str, ...]
    description: str
    language: str
    size: Size
    slides: tuple[Slide, ...]
    sections: tuple[DeckSection, ...]
    references: tuple[Reference, ...]


# ---------------------------------------------------------------- the handout


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsEntry:
    """A line of the table of contents. `id` is where it leads in the handout."""

    number: int | None
    title: str
    id: str
    first_slide: int
    last_slide: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoutBlock:
    """A slide (or several) and the page's blocks that it covers.

    `level` is the heading's, from 1, or 0 where the title goes on from the block before (then it is `part` of it).
    """

    slides: tuple[int, ...]
    title: Inlines
    level: int
    id: str
    section: int | None
    part: tuple[int, int] | None
    blocks: Blocks
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Handout:
    """The printed companion. `footnotes` are the page's, in order of their first mark."""

    title: Inlines
    subtitle: str
    authors: tuple[str, ...]
    date: str
    description: str
    language: str
    paper: Paper
    source: str
    seconds: int
    contents: tuple[ContentsEntry, ...]
    blocks: tuple[HandoutBlock, ...]
    footnotes: tuple[tuple[str, Blocks], ...]
    references: tuple[Reference, ...]


# ---------------------------------------------------------------- the comparison and its sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One of two to five things compared, with its other names."""

    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonCell:
    """What the page says of one subject: a stretch of its source, from that line."""

    subject: str
    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonRow:
    """One aspect. `rule` names the rung of the ladder that found it; a subject without a cell is an honest blank."""

    aspect: str
    rule: str
    cells: tuple[ComparisonCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Who is compared, and in what. Empty where the page compares nothing."""

    subjects: tuple[Subject, ...]
    rows: tuple[ComparisonRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPoint:
    """A section on the sheet: its title, which always stays, and its key points, which may leave.

    `id` is where the section stands in the handout.
    """

    number: int | None
    title: str
    level: int
    id: str
    points: tuple[Inlines, ...]
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetNotice:
    """A pitfall or a tip. `kind` is a `CalloutKind` value."""

    kind: str
    title: str
    text: Inlines
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class CheatSheet:
    """The one page. What must go leaves from the end of `points`' texts, then `notices`, `figure`, `rows`."""

    title: str
    summary: Inlines
    language: str
    paper: Paper
    source: str
    date: str
    comparison: Comparison
    figure: Figure | None
    sections: tuple[SheetPoint, ...]
    notices: tuple[SheetNotice, ...]
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plans:
    """All that is made of one document."""

    deck: Deck
    handout: Handout
    cheatsheet: CheatSheet
