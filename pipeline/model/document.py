"""What a page says: the types of the content model, and nothing else.

A `Document` is a title, front matter, an introduction and a tree of sections; below them are blocks,
below those inlines. Every node carries the source lines that it was read from.
"""

from __future__ import annotations

from enum import Enum
from typing import TypeAlias

from msgspec import Struct

from pipeline.diagnostics import Span
from pipeline.model.inlines import DrawnFormula, Image, Inlines, Target
from pipeline.settings import Overrides

# ---------------------------------------------------------------- blocks


class Heading(Struct, frozen=True, kw_only=True):
    """A heading that opens no section, since it stands inside another block (a quote, an item, a tab)."""

    level: int
    children: Inlines
    id: str
    span: Span


class Paragraph(Struct, frozen=True, kw_only=True):
    """Running text."""

    children: Inlines
    span: Span


class ListItem(Struct, frozen=True, kw_only=True):
    """One item of a list. `checked` is None unless it is a task."""

    children: Blocks
    checked: bool | None
    span: Span


class ItemList(Struct, frozen=True, kw_only=True):
    """A list. `start` is the first number, or None for bullets; `tight` items are not set apart."""

    items: tuple[ListItem, ...]
    start: int | None
    tight: bool
    span: Span


class Definition(Struct, frozen=True, kw_only=True):
    """A term and what is said of it."""

    term: Inlines
    children: Blocks
    span: Span


class DefinitionList(Struct, frozen=True, kw_only=True):
    """Terms with their definitions."""

    entries: tuple[Definition, ...]
    span: Span


class CodeBlock(Struct, frozen=True, kw_only=True):
    """Code, line by line as it stands. `marked` holds line numbers counted from 1 within `text`.

    `numbered_from` is the number that the author gives the first line, else None.
    """

    text: str
    language: str
    title: str
    marked: tuple[int, ...]
    numbered_from: int | None
    span: Span


class Alignment(Enum):
    """How a table's column is aligned; NONE where the source does not say."""

    NONE = "none"
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Cell(Struct, frozen=True, kw_only=True):
    """One cell of a table. It may span columns (`across`) and rows (`down`): the cells that it covers are empty."""

    children: Inlines
    span: Span
    across: int = 1
    down: int = 1


class Row(Struct, frozen=True, kw_only=True):
    """One row of a table."""

    cells: tuple[Cell, ...]
    span: Span


class Table(Struct, frozen=True, kw_only=True):
    """A table. Every row has as many cells as `alignments` has entries."""

    head: Row | None
    rows: tuple[Row, ...]
    alignments: tuple[Alignment, ...]
    caption: Inlines
    span: Span


class Figure(Struct, frozen=True, kw_only=True):
    """An image that stands alone, with its legend and source. `width` is the author's wish in CSS pixels."""

    image: Image
    legend: Inlines
    origin: Target | None
    width: float | None
    span: Span


class CalloutKind(Enum):
    """What a callout is for; the dialects' many names are read as one of these."""

    NOTE = "note"
    INFO = "info"
    TIP = "tip"
    IMPORTANT = "important"
    CAUTION = "caution"
    WARNING = "warning"
    DANGER = "danger"
    DETAILS = "details"


class Callout(Struct, frozen=True, kw_only=True):
    """A block set apart from the text. `title` is empty where the author gave none.

    `word` is the author's own name for it where that says more than its kind, as "Bug" does.
    """

    kind: CalloutKind
    title: Inlines
    children: Blocks
    span: Span
    word: str = ""


class Quote(Struct, frozen=True, kw_only=True):
    """Somebody's words."""

    children: Blocks
    span: Span


class Tab(Struct, frozen=True, kw_only=True):
    """One of several alternatives."""

    label: Inlines
    children: Blocks
    span: Span


class Tabs(Struct, frozen=True, kw_only=True):
    """Alternatives of which the site shows one at a time."""

    tabs: tuple[Tab, ...]
    span: Span


class Group(Struct, frozen=True, kw_only=True):
    """What an unknown component or element holds: its readable attributes as `label`, and its children."""

    label: Inlines
    children: Blocks
    span: Span


class FormulaBlock(Struct, frozen=True, kw_only=True):
    """A displayed formula, as LaTeX without its delimiters. `drawn` is None where it is shown as its source."""

    source: str
    span: Span
    drawn: DrawnFormula | None = None


class Divider(Struct, frozen=True, kw_only=True):
    """A thematic break; it starts a slide."""

    span: Span


class SpeakerNotes(Struct, frozen=True, kw_only=True):
    """What only the speaker sees: `:::notes` or `<!-- notes: … -->`."""

    children: Blocks
    span: Span


class Hint(Struct, frozen=True, kw_only=True):
    """The author's word on the slide around it: `<!-- slide: layout=two-column -->` is ("layout", "two-column"),
    `<!-- deck: skip -->` is ("skip", "").
    """

    name: str
    value: str
    span: Span


Block: TypeAlias = (
    Heading
    | Paragraph
    | ItemList
    | DefinitionList
    | CodeBlock
    | Table
    | Figure
    | Callout
    | Quote
    | Tabs
    | Group
    | FormulaBlock
    | Divider
    | SpeakerNotes
    | Hint
)
Blocks: TypeAlias = tuple[Block, ...]

# ---------------------------------------------------------------- the page


class Section(Struct, frozen=True, kw_only=True):
    """A heading and what stands under it. `span` reaches to the section's last line, `heading` is the heading's."""

    level: int
    title: Inlines
    id: str
    blocks: Blocks
    sections: tuple[Section, ...]
    heading: Span
    span: Span


class Footnote(Struct, frozen=True, kw_only=True):
    """A footnote's text."""

    label: str
    children: Blocks
    span: Span


class StatedCell(Struct, frozen=True, kw_only=True):
    """What the author says of a subject in front matter, and the line that it begins on."""

    subject: str
    text: str
    line: int


class StatedRow(Struct, frozen=True, kw_only=True):
    """A row of the comparison that the author writes in front matter."""

    aspect: str
    cells: tuple[StatedCell, ...]


class ComparisonHint(Struct, frozen=True, kw_only=True):
    """The author's `compare:` in front matter: each subject's name with its other names, if any are named.

    `rows` are written out, `order` names the aspects that come first, `verdicts` tell when to use which subject.
    """

    subjects: tuple[tuple[str, ...], ...]
    span: Span
    rows: tuple[StatedRow, ...] = ()
    order: tuple[str, ...] = ()
    verdicts: tuple[StatedCell, ...] = ()


class Metadata(Struct, frozen=True, kw_only=True):
    """Front matter, as far as it is shown or shapes the build. Absent entries are empty.

    `theme_span` and `template_span` are the lines that name a theme and a template.
    """

    title: str
    subtitle: str
    description: str
    authors: tuple[str, ...]
    date: str
    keywords: tuple[str, ...]
    overrides: Overrides
    compare: ComparisonHint | None
    span: Span | None
    template_span: Span | None = None
    theme_span: Span | None = None


class Claim(Enum):
    """Why a source line is accounted for."""

    CONTENT = "content"
    MARKUP = "markup"
    METADATA = "metadata"
    COMMENT = "comment"
    CODE = "component code"
    DEFINITION = "link definition"
    UNCLAIMED = "unclaimed"


class LedgerEntry(Struct, frozen=True, kw_only=True):
    """Consecutive source lines with one claim; `lost` holds words of theirs that no node carries."""

    span: Span
    claim: Claim
    lost: tuple[str, ...]


class Document(Struct, frozen=True, kw_only=True):
    """One page. `path` is how messages name it; `language` is a BCP 47 tag; `digest` is the source's SHA-256.

    `title_span` is None where the title was made from the file's name.
    """

    path: str
    stem: str
    digest: str
    language: str
    title: Inlines
    title_span: Span | None
    metadata: Metadata
    blocks: Blocks
    sections: tuple[Section, ...]
    footnotes: tuple[Footnote, ...]
    ledger: tuple[LedgerEntry, ...]
