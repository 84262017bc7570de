"""What goes where: the types of the three plans, and nothing else.

A `Deck` is geometry: every element has its rectangle in EMU and its text already broken into lines, in roles of
colour. The deck writer and the handout's thumbnails both draw it; there is no second layout. A `Handout` and a
`CheatSheet` hold the page's own blocks and words in order and rank; their templates lay them out on paper.
"""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from pipeline.diagnostics import Span
from pipeline.model.document import Blocks, Figure
from pipeline.model.fitted import Element, Step
from pipeline.model.inlines import Inlines, WebTarget
from pipeline.model.origin import Origin
from pipeline.settings import Paper
from pipeline.units import Size

# ---------------------------------------------------------------- the deck


class SlideKind(Enum):
    """What a slide is for."""

    COVER = "cover"
    AGENDA = "agenda"
    SECTION = "section"
    CONTENT = "content"
    REFERENCES = "references"


class Slide(Struct, frozen=True, kw_only=True):
    """One slide. `elements` stand in reading order, the title first.

    `notes` are the blocks that the speaker says or reads; `covers` are the page's blocks that the handout sets
    beside the slide, each block of the page exactly once in the deck. `section` is the number hung in the margin.
    `origin` says why the slide is there, and `span` which lines to name where something is wrong with it. What is in
    none of the `steps` is there from the start.
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
    origin: Origin
    span: Span | None
    steps: tuple[Step, ...] = ()


class DeckSection(Struct, frozen=True, kw_only=True):
    """Consecutive slides under one name, as PowerPoint shows them."""

    name: str
    first: int
    last: int


class Reference(Struct, frozen=True, kw_only=True):
    """An address of the page, numbered alike in all three files, each address once.

    `listed` means that it stands in the page's own list of references; `slides` are those that name it.
    """

    number: int
    text: str
    target: WebTarget
    listed: bool
    slides: tuple[int, ...]
    span: Span


class Deck(Struct, frozen=True, kw_only=True):
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


# ---------------------------------------------------------------- the comparison


class Subject(Struct, frozen=True, kw_only=True):
    """One of two to five things compared, with its other names."""

    name: str
    aliases: tuple[str, ...]


class ComparisonCell(Struct, frozen=True, kw_only=True):
    """What the page says of one subject: a stretch of its source, from that line. `code` is where code stands in it."""

    subject: str
    text: str
    line: int
    code: tuple[tuple[int, int], ...] = ()

    def with_code_between(self, sign: str) -> str:
        """The text with a sign before and after code."""
        parts, end = [], 0
        for first, last in self.code:
            parts += [self.text[end:first], sign, self.text[first:last], sign]
            end = last
        return "".join((*parts, self.text[end:]))


class ComparisonRow(Struct, frozen=True, kw_only=True):
    """One aspect. `rule` names the rung of the ladder that found it; a subject without a cell is an honest blank.

    A subject has several cells where the page lists what it says, as advantages.
    """

    aspect: str
    rule: str
    cells: tuple[ComparisonCell, ...]

    def said_of(self, subject: str, *, around_code: str = "") -> str:
        """The words of a subject's cells, parted by middle dots; empty where the page does not say."""
        return SEPARATOR.join(self.parts_of(subject, around_code=around_code))

    def parts_of(self, subject: str, *, around_code: str = "") -> tuple[str, ...]:
        """The words of each of a subject's cells."""
        return tuple(cell.with_code_between(around_code) for cell in self.cells if cell.subject == subject)


class Comparison(Struct, frozen=True, kw_only=True):
    """Who is compared, and in what. Empty where the page compares nothing."""

    subjects: tuple[Subject, ...]
    rows: tuple[ComparisonRow, ...]

    @property
    def blanks(self) -> tuple[tuple[str, ComparisonRow], ...]:
        """Each subject that a row says nothing of, with that row."""
        return tuple(
            (subject.name, row) for row in self.rows for subject in self.subjects if not row.said_of(subject.name)
        )


# ---------------------------------------------------------------- the handout


class ContentsEntry(Struct, frozen=True, kw_only=True):
    """A line of the table of contents. `id` is where it leads in the handout.

    A section that is not `shown` has no slide of its own: it stands beside those named.
    """

    number: int | None
    title: str
    id: str
    first_slide: int
    last_slide: int
    shown: bool = True


class HandoutBlock(Struct, frozen=True, kw_only=True):
    """A slide (or several) and the page's blocks that it covers.

    `level` is the heading's, from 1, or 0 where the title goes on from the block before (then it is `part` of it:
    the first, the last, and of how many).
    The title is a section's where the block `opens` it, else only its slides'.
    """

    slides: tuple[int, ...]
    title: Inlines
    level: int
    id: str
    section: int | None
    part: tuple[int, int, int] | None
    blocks: Blocks
    seconds: int
    opens: bool = True


class Handout(Struct, frozen=True, kw_only=True):
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
    comparison: Comparison
    contents: tuple[ContentsEntry, ...]
    blocks: tuple[HandoutBlock, ...]
    footnotes: tuple[tuple[str, Blocks], ...]
    references: tuple[Reference, ...]


# ---------------------------------------------------------------- the sheet

SEPARATOR = " · "
"""Stands, as a text of its own, between short points that are one on the sheet."""


class SheetPoint(Struct, frozen=True, kw_only=True):
    """A section on the sheet: its title, which always stays, and its key points, which may leave.

    A page without sections stands as one that has no title. `id` is where the section stands in the handout. `left`
    counts for each point the items of its list that are not told by it or those before it. `full` are the points of a
    sheet that has room for more, and `full_left` counts those for which none has.
    """

    number: int | None
    title: str
    level: int
    id: str
    points: tuple[Inlines, ...]
    span: Span
    left: tuple[int, ...] = ()
    full: tuple[Inlines, ...] = ()
    full_left: int = 0


class SheetNotice(Struct, frozen=True, kw_only=True):
    """A pitfall or a tip. `kind` is a `CalloutKind` value, `word` the author's own name for it, if any."""

    kind: str
    title: str
    text: Inlines
    span: Span
    word: str = ""


class CheatSheet(Struct, frozen=True, kw_only=True):
    """The one page. What must go leaves from the end of `points`' texts, then `notices`, `figure`, `rows`.

    `references_section` is the page's own section of references where it is the last; else None.
    """

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
    references_section: SheetPoint | None


class Plans(Struct, frozen=True, kw_only=True):
    """All that is made of one document."""

    deck: Deck
    handout: Handout
    cheatsheet: CheatSheet
