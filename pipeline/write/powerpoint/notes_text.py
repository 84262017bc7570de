"""What the speaker says, as paragraphs: the page's blocks with their lists, marks and links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias, assert_never

from msgspec import Struct
from msgspec.structs import replace

from pipeline.labels import labels_for
from pipeline.model.document import (
    Block,
    Blocks,
    Callout,
    CodeBlock,
    DefinitionList,
    Divider,
    Figure,
    FormulaBlock,
    Group,
    Heading,
    Hint,
    ItemList,
    ListItem,
    Paragraph,
    Quote,
    Row,
    SpeakerNotes,
    Table,
    Tabs,
)
from pipeline.model.fitted import FittedParagraph, Line, Marker, Run
from pipeline.model.inlines import Inlines
from pipeline.theme import Face
from pipeline.typeset import right_to_left
from pipeline.units import EMU_PER_INCH, Emu, Pt
from pipeline.write.powerpoint.notes_runs import RunMaker
from pipeline.write.powerpoint.styles import NOTES_LEADING, NOTES_SIZE

_STEP: Final = EMU_PER_INCH // 4
_DEEPEST: Final = 8
_APART: Final = Pt(600)
_CLOSE: Final = Pt(200)
_TAB: Final = 4


class _Place(Struct, frozen=True, kw_only=True):
    """Where a block stands: how deep, behind which marker, how far below the one before."""

    level: int = 0
    marker: Marker | None = None
    before: Pt = _APART

    def inner(self) -> _Place:
        return _Place(level=min(self.level + 1, _DEEPEST), before=self.before)


_Nesting: TypeAlias = ItemList | DefinitionList | Tabs | Callout | Quote | Group | SpeakerNotes
_Waiting: TypeAlias = "FittedParagraph | tuple[Block, _Place]"


class NotesText(Struct, frozen=True, kw_only=True):
    """Turns blocks into paragraphs of notes."""

    language: str

    def paragraphs(self, blocks: Blocks) -> tuple[FittedParagraph, ...]:
        """All paragraphs of the blocks, in order. However deep the blocks are nested, nothing recurs."""
        waiting: list[_Waiting] = [(block, _Place()) for block in reversed(blocks)]
        made: list[FittedParagraph] = []
        while waiting:
            match waiting.pop():
                case FittedParagraph() as paragraph:
                    made.append(paragraph)
                case (block, place):
                    waiting.extend(reversed(list(self._parts(block, place))))
        return tuple(made)

    def _parts(self, block: Block, place: _Place) -> Iterator[_Waiting]:
        """A block's paragraphs, and the blocks inside it that are yet to be turned."""
        match block:
            case Paragraph():
                yield self._text(block.children, place)
            case Heading():
                yield self._text(block.children, place, bold=True)
            case CodeBlock():
                yield from self._code(block, place)
            case Table():
                yield from self._table(block, place)
            case Figure():
                yield from self._figure(block, place)
            case FormulaBlock():
                yield self._words(block.source, place, face=Face.MONO)
            case Divider() | Hint():
                return
            case _:
                yield from self._nested(block, place)

    def _nested(self, block: _Nesting, place: _Place) -> Iterator[_Waiting]:
        """The labels of a block that holds others, with the blocks inside it."""
        match block:
            case ItemList():
                yield from self._items(block, place)
            case DefinitionList():
                for entry in block.entries:
                    yield from self._labelled(entry.term, entry.children, place)
            case Tabs():
                for tab in block.tabs:
                    yield from self._labelled(tab.label, tab.children, place)
            case Callout():
                yield from self._callout(block, place)
            case Quote():
                yield from _inside(block.children, place.inner())
            case Group():
                yield from ([self._text(block.label, place)] if block.label else [])
                yield from _inside(block.children, place)
            case SpeakerNotes():
                yield from _inside(block.children, place)
            case _:
                assert_never(block)

    def _labelled(self, label: Inlines, children: Blocks, place: _Place) -> Iterator[_Waiting]:
        yield self._text(label, place, bold=True)
        yield from _inside(children, place.inner())

    def _callout(self, block: Callout, place: _Place) -> Iterator[_Waiting]:
        """The author's title, or else the word for its kind, over what it says."""
        if block.title:
            yield self._text(block.title, place, bold=True)
        else:
            yield self._words(block.word or labels_for(self.language).callout(block.kind), place, bold=True)
        yield from _inside(block.children, place.inner())

    def _items(self, block: ItemList, place: _Place) -> Iterator[_Waiting]:
        before = _CLOSE if block.tight else _APART
        for at, item in enumerate(block.items):
            number = None if block.start is None else block.start + at
            inner = replace(place.inner(), before=before if at else place.before)
            marked = replace(inner, marker=_marker(item, number))
            first, rest = item.children[:1], item.children[1:]
            if not first or not isinstance(first[0], Paragraph | Heading):
                yield self._words("", marked)
                first, rest = (), item.children
            yield from ((child, marked) for child in first)
            yield from ((child, replace(inner, before=before)) for child in rest)

    def _code(self, block: CodeBlock, place: _Place) -> Iterator[FittedParagraph]:
        inner = place.inner()
        if block.title:
            yield self._words(block.title, place, bold=True)
        for at, line in enumerate(block.text.split("\n")):
            before = inner.before if at == 0 else Pt(0)
            yield self._words(line.expandtabs(_TAB), replace(inner, before=before), face=Face.MONO)

    def _table(self, block: Table, place: _Place) -> Iterator[FittedParagraph]:
        """The caption, then a line for each row with tabs between its cells."""
        if block.caption:
            yield self._text(block.caption, place, bold=True)
        if block.head:
            yield self._row(block.head, place, bold=True)
        for row in block.rows:
            yield self._row(row, replace(place, before=_CLOSE), bold=False)

    def _row(self, row: Row, place: _Place, *, bold: bool) -> FittedParagraph:
        runs: list[Run] = []
        for at, cell in enumerate(row.cells):
            runs.extend([Run(text="\t", language=self.language)] if at else [])
            runs.extend(self._maker().runs(cell.children, bold=bold))
        return _fitted([run for run in runs if run.text != "\n"], place)

    def _figure(self, block: Figure, place: _Place) -> Iterator[FittedParagraph]:
        """The legend, or else what the picture shows, and where it is from."""
        maker = self._maker()
        runs = maker.runs(block.legend, italic=True) or maker.words(block.image.alt, italic=True)
        runs.extend(maker.origin(block.origin))
        if runs:
            yield _fitted(runs, place)

    def _text(self, inlines: Inlines, place: _Place, *, bold: bool = False) -> FittedParagraph:
        return _fitted(self._maker().runs(inlines, bold=bold), place)

    def _words(self, text: str, place: _Place, *, bold: bool = False, face: Face = Face.SANS) -> FittedParagraph:
        return _fitted([Run(text=text, bold=bold, face=face, language=self.language)], place)

    def _maker(self) -> RunMaker:
        return RunMaker(language=self.language)


def _inside(blocks: Blocks, place: _Place) -> Iterator[_Waiting]:
    return ((block, place) for block in blocks)


def _marker(item: ListItem, number: int | None) -> Marker:
    if item.checked is not None:
        return Marker(text="☑" if item.checked else "☐")
    return Marker(text="•") if number is None else Marker(text=f"{number}.", number=number)


def _fitted(runs: Sequence[Run], place: _Place) -> FittedParagraph:
    return FittedParagraph(
        lines=tuple(_lines(runs)),
        size=NOTES_SIZE,
        leading=NOTES_LEADING,
        before=place.before,
        indent=Emu(_STEP * place.level),
        # A list's first level is level 0; indented text without a marker has none.
        level=max(place.level - 1, 0),
        marker=place.marker,
        right_to_left=right_to_left("".join(run.text for run in runs)),
    )


def _lines(runs: Sequence[Run]) -> Iterator[Line]:
    """The runs cut at the author's line breaks."""
    row: list[Run] = []
    for run in runs:
        if run.text == "\n":
            yield Line(runs=tuple(row), width=Emu(0), hard=True)
            row = []
        else:
            row.append(run)
    yield Line(runs=tuple(row), width=Emu(0))
