"""A document as the units that must arrive: its own walk over the model, shared with no other stage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any, assert_never

from msgspec import Struct
from msgspec.structs import replace

from pipeline.diagnostics import Span
from pipeline.model.document import (
    Block,
    Blocks,
    Callout,
    CodeBlock,
    Definition,
    DefinitionList,
    Divider,
    Document,
    Figure,
    FormulaBlock,
    Group,
    Heading,
    Hint,
    ItemList,
    ListItem,
    Paragraph,
    Quote,
    Section,
    SpeakerNotes,
    Tab,
    Table,
    Tabs,
)
from pipeline.model.inlines import Image, InlineImage, Inlines, Link, Target, WebTarget
from pipeline.model.text import own_inlines, walk_blocks, walk_inlines
from pipeline.verify.phrase import Phrase, phrase_of, phrase_of_text


class Kind(Enum):
    """What a unit is, as findings and the report name it."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    DESCRIPTION = "description"
    AUTHOR = "author"
    DATE = "date"
    SECTION = "section"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TERM = "term"
    DEFINITION = "definition"
    CELL = "cell"
    CAPTION = "caption"
    CODE = "code"
    CODE_TITLE = "code-title"
    CALLOUT = "callout"
    CALLOUT_TITLE = "callout-title"
    QUOTE = "quote"
    LABEL = "label"
    NOTE = "note"
    FOOTNOTE = "footnote"
    LEGEND = "legend"
    FIGURE = "figure"
    FORMULA = "formula"
    LINK = "link"
    ORIGIN = "origin"
    REFERENCE = "reference"


class Unit(Struct, frozen=True, kw_only=True):
    """One thing that must arrive.

    `text` is what a reader sees, `phrase` how it is looked for. `parent` is the unit whose text holds a link, a
    figure or a formula; `section` the unit of the section it stands in; `row` is shared by the cells of one row, in
    which `column` counts from 0; between the rows of two tables a number is left out.
    `skipped` units may be left out of the deck, `spoken` ones stay off the slides, `floating` ones may stand out
    of the page's order, `boxed` ones stand in a container, `inline` pictures, legends and formulas in a line of text.
    `depth` and `anchor` are a heading's level and id.
    """

    kind: Kind
    text: str
    phrase: Phrase
    span: Span
    target: Target | None = None
    image: Image | None = None
    parent: int | None = None
    section: int | None = None
    row: int | None = None
    column: int = 0
    depth: int = 0
    anchor: str = ""
    skipped: bool = False
    spoken: bool = False
    floating: bool = False
    boxed: bool = False
    inline: bool = False


class _Place(Struct, frozen=True, kw_only=True):
    """What a block inherits from where it stands."""

    kind: Kind = Kind.PARAGRAPH
    section: int | None = None
    skipped: bool = False
    spoken: bool = False
    floating: bool = False
    boxed: bool = False


def units_of(document: Document) -> tuple[Unit, ...]:
    """Every unit of a document, in its order; footnotes and references come last."""
    walk = _Walk()
    walk.front(document)
    walk.blocks(document.blocks, _Place(skipped=_skips(document.blocks)))
    for section in document.sections:
        walk.section(section, _Place())
    for note in document.footnotes:
        walk.blocks(note.children, _Place(kind=Kind.FOOTNOTE, floating=True, spoken=True))
    walk.references()
    return tuple(walk.units)


def _skips(blocks: Blocks) -> bool:
    return any(isinstance(block, Hint) and block.name == "skip" for block in blocks)


def _lists_links(section: Section) -> bool:
    """Whether a section is a list whose items mostly lead to the web: it may stand at the end of a file, as references.

    Prose keeps its place, whatever it links to.
    """
    items = [item.children for block in section.blocks if isinstance(block, ItemList) for item in block.items]
    prose = sum(isinstance(block, Paragraph) for block in section.blocks)
    leading = sum(any(map(_leads_out, walk_blocks(item))) for item in items)
    return not section.sections and leading * 2 > len(items) + prose


def _leads_out(block: Block) -> bool:
    inlines = (inline for own in own_inlines(block) for inline in walk_inlines(own))
    return any(isinstance(inline, Link) and isinstance(inline.target, WebTarget) for inline in inlines)


class _Part(Struct, frozen=True, kw_only=True):
    """Blocks inside a block, with the words that stand over them and the place that they have."""

    kind: Kind
    head: Inlines
    span: Span
    children: Blocks
    place: _Place


class _Walk:
    """The walk and what it has met so far."""

    def __init__(self) -> None:
        self.units: list[Unit] = []
        self._rows = 0

    def front(self, document: Document) -> None:
        """Adds what front matter says of the page."""
        start = Span(first=1, last=1)
        place = _Place()
        self._add(_unit(Kind.TITLE, phrase_of(document.title), document.title_span or start, place))
        metadata = document.metadata
        named = [(Kind.SUBTITLE, metadata.subtitle), *((Kind.AUTHOR, name) for name in metadata.authors)]
        for kind, text in (*named, (Kind.DATE, metadata.date)):
            self._add(_unit(kind, phrase_of_text(text), metadata.span or start, place))
        apart = replace(place, floating=True)
        self._add(_unit(Kind.DESCRIPTION, phrase_of_text(metadata.description), metadata.span or start, apart))

    def section(self, section: Section, place: _Place) -> None:
        """Adds a section: its title, its blocks and the sections in it."""
        floating = place.floating or _lists_links(section)
        own = replace(place, skipped=place.skipped or _skips(section.blocks), floating=floating)
        index = len(self.units)
        title = _unit(Kind.SECTION, phrase_of(section.title), section.heading, own)
        self._add(replace(title, depth=section.level, anchor=section.id))
        own = replace(own, section=index if index < len(self.units) else place.section)
        self.blocks(section.blocks, own)
        for child in section.sections:
            self.section(child, own)

    def blocks(self, blocks: Blocks, place: _Place) -> None:
        """Adds the units of blocks. Without recursion, however deep they are nested."""
        stack = [self._visit(blocks, place)]
        while stack:
            inner = next(stack[-1], None)
            if inner is None:
                stack.pop()
            else:
                stack.append(self._visit(*inner))

    def references(self) -> None:
        """Adds one unit for each web address of the page, where it stands first."""
        seen: set[str] = set()
        for unit in tuple(self.units):
            target = unit.target
            if isinstance(target, WebTarget) and target.url.rstrip("/") not in seen:
                seen.add(target.url.rstrip("/"))
                self._add(_derived(unit, Kind.REFERENCE, phrase_of_text(target.url), unit.span, target=target))

    def _visit(self, blocks: Blocks, place: _Place) -> Iterator[tuple[Blocks, _Place]]:
        """Adds what stands in the blocks themselves and yields, in order, the blocks inside them with their place."""
        for block in blocks:
            match block:
                case ItemList() | DefinitionList() | Tabs() | Callout() | Group() | Quote() | SpeakerNotes():
                    for part in _parts(block, place):
                        self._add(_unit(part.kind, phrase_of(part.head), part.span, place))
                        yield part.children, part.place
                case _:
                    self._leaf(block, place)

    def _leaf(
        self,
        block: Paragraph | Heading | CodeBlock | Table | Figure | FormulaBlock | Divider | Hint,
        place: _Place,
    ) -> None:
        match block:
            case Paragraph():
                self._add(_unit(place.kind, phrase_of(block.children), block.span, place))
            case Heading():
                unit = _unit(Kind.HEADING, phrase_of(block.children), block.span, place)
                self._add(replace(unit, depth=block.level, anchor=block.id))
            case CodeBlock():
                self._code(block, place)
            case Table():
                self._table(block, place)
            case Figure():
                self._figure(block, _unit(Kind.FIGURE, phrase_of(()), block.span, place))
            case FormulaBlock():
                apart = replace(place, floating=True)
                self._add(_unit(Kind.FORMULA, phrase_of_text(block.source), block.span, apart))
            case Divider() | Hint():
                pass
            case _:
                assert_never(block)

    def _code(self, block: CodeBlock, place: _Place) -> None:
        self._add(_unit(Kind.CODE_TITLE, phrase_of_text(block.title), block.span, place))
        lines = block.text.split("\n")
        # The fence is the line above the first; indented code has none.
        first = block.span.first + (1 if block.span.last - block.span.first + 1 > len(lines) else 0)
        for number, line in enumerate(lines, first):
            at = min(number, block.span.last)
            self._add(_unit(Kind.CODE, phrase_of_text(line.strip()), Span(first=at, last=at), place))

    def _table(self, block: Table, place: _Place) -> None:
        self._add(_unit(Kind.CAPTION, phrase_of(block.caption), block.span, place))
        self._rows += 1
        for row in ((block.head,) if block.head else ()) + block.rows:
            self._rows += 1
            for column, cell in enumerate(row.cells):
                unit = _unit(Kind.CELL, phrase_of(cell.children), cell.span, place)
                self._add(replace(unit, row=self._rows, column=column))

    def _figure(self, figure: Figure | InlineImage, near: Unit, parent: int | None = None) -> None:
        """Adds an image, its legend and its origin, which all may stand apart from the text."""
        near = replace(near, floating=True, inline=isinstance(figure, InlineImage))
        image, legend = figure.image, phrase_of(figure.legend)
        name = phrase_of_text(image.alt or legend.text or image.title or image.source)
        self._add(_derived(near, Kind.FIGURE, name, figure.span, parent=parent, image=image))
        self._add(_derived(near, Kind.LEGEND, legend, figure.span))
        if figure.origin is not None:
            origin = phrase_of_text(_address(figure.origin))
            self._add(_derived(near, Kind.ORIGIN, origin, figure.span, parent=parent, target=figure.origin))

    def _add(self, unit: Unit) -> None:
        """Adds a unit that has text, then the links, images and formulas in it."""
        parent = None
        if unit.phrase.pieces:
            parent = len(self.units)
            self.units.append(unit)
        for link in unit.phrase.links:
            phrase = phrase_of(link.children)
            self.units.append(_derived(unit, Kind.LINK, phrase, link.span, parent=parent, target=link.target))
        for image in unit.phrase.images:
            self._figure(image, unit, parent)
        for formula in unit.phrase.formulas:
            source = phrase_of_text(formula.source)
            near = replace(unit, floating=True, inline=True)
            self.units.append(_derived(near, Kind.FORMULA, source, formula.span, parent=parent))


def _unit(kind: Kind, phrase: Phrase, span: Span, place: _Place) -> Unit:
    return Unit(
        kind=kind,
        text=phrase.text,
        phrase=phrase,
        span=span,
        section=place.section,
        skipped=place.skipped,
        spoken=place.spoken,
        floating=place.floating,
        boxed=place.boxed,
    )


def _derived(unit: Unit, kind: Kind, phrase: Phrase, span: Span, **about: Any) -> Unit:
    """A unit that stands where another does. The links of its words are the other's."""
    bare = replace(phrase, links=(), images=(), formulas=(), written=()) if kind is not Kind.LEGEND else phrase
    plain: dict[str, Any] = {"target": None, "image": None, "parent": None, "row": None, "depth": 0, "anchor": ""}
    return replace(unit, kind=kind, text=phrase.text, phrase=bare, span=span, **(plain | about))


def _parts(
    block: ItemList | DefinitionList | Tabs | Callout | Group | Quote | SpeakerNotes, place: _Place
) -> tuple[_Part, ...]:
    """What stands inside a block, in order."""
    match block:
        case ItemList():
            inner = _inner(place, Kind.ITEM)
            return tuple(_part(Kind.LABEL, (), item, inner) for item in block.items)
        case DefinitionList():
            inner = _inner(place, Kind.DEFINITION)
            return tuple(_part(Kind.TERM, entry.term, entry, inner) for entry in block.entries)
        case Tabs():
            return tuple(_part(Kind.LABEL, tab.label, tab, replace(place, boxed=True)) for tab in block.tabs)
        case Callout():
            return (_part(Kind.CALLOUT_TITLE, block.title, block, _inner(place, Kind.CALLOUT)),)
        case Group():
            return (_part(Kind.LABEL, block.label, block, replace(place, boxed=True)),)
        case Quote():
            return (_part(Kind.LABEL, (), block, _inner(place, Kind.QUOTE)),)
        case SpeakerNotes():
            return (_part(Kind.LABEL, (), block, replace(place, kind=Kind.NOTE, spoken=True)),)
        case _:
            assert_never(block)


def _part(
    kind: Kind,
    head: Inlines,
    holder: ListItem | Definition | Tab | Callout | Group | Quote | SpeakerNotes,
    place: _Place,
) -> _Part:
    return _Part(kind=kind, head=head, span=holder.span, children=holder.children, place=place)


def _inner(place: _Place, kind: Kind) -> _Place:
    """The place inside a block; what a footnote or the speaker says stays that."""
    return place if place.kind in {Kind.FOOTNOTE, Kind.NOTE} else replace(place, kind=kind)


def _address(target: Target) -> str:
    """The address of a target, as it may be printed."""
    match target:
        case WebTarget():
            return target.url
        case _:
            return getattr(target, "path", "") or getattr(target, "address", "") or getattr(target, "id", "")


def is_corner(units: Sequence[Unit], index: int) -> bool:
    """Whether a unit is the first cell of a table, which a comparison leaves to the notes."""
    return units[index].kind is Kind.CELL and (index == 0 or units[index - 1].row is None)
