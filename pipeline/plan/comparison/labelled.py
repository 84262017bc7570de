"""A page as labels and what stands under them, whatever marks them: headings, bold leads, "Name:" or list heads.

Comparisons are written in all of these forms; the rungs of the ladder need to know one only. Quotes, callouts and
lists of references hold no labels, and code only the tables and lists that are drawn in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from functools import cached_property
from typing import Final

from msgspec import Struct, field

from pipeline.model.document import (
    Block,
    Blocks,
    Callout,
    CalloutKind,
    CodeBlock,
    DefinitionList,
    Document,
    Group,
    Hint,
    ItemList,
    ListItem,
    Paragraph,
    Section,
    Table,
    Tabs,
)
from pipeline.plan.comparison.boxes import Line, lines_of_box
from pipeline.plan.comparison.grids import Grid, grid_of_code, grid_of_table
from pipeline.plan.comparison.label_forms import (
    bold_lead,
    bold_lines,
    colon_lead,
    introduction,
    is_head,
    pictograph_items,
    pseudo_heading,
)
from pipeline.plan.comparison.passages import Stretch, stretch_of
from pipeline.plan.references import is_reference_list

_SKIP: Final = "sheet-skip"


class Kind(Enum):
    """What marks a label."""

    PAGE = "page"
    SECTION = "section"
    PSEUDO = "pseudo heading"
    LEAD = "bold lead"
    COLON = "words before a colon"
    HEAD = "head of a nested list"
    INTRODUCTION = "words that introduce a list"
    NONE = "none"


class Entry(Struct, frozen=True, kw_only=True, dict=True):
    """A label with its running text, its tables and the entries below it. An item without a label has text only."""

    kind: Kind
    label: Stretch | None
    body: tuple[Stretch, ...]
    tables: tuple[Grid, ...] = ()
    entries: tuple[Entry, ...] = ()

    @property
    def name(self) -> str:
        """The label's words; empty where there is none."""
        return self.label.text if self.label else ""

    @cached_property
    def own_texts(self) -> tuple[Stretch, ...]:
        """The running texts of the entry itself; an item's from its label on."""
        if self.label and self.body and self.label.passage is self.body[0].passage:
            first = Stretch(passage=self.label.passage, first=self.label.first, last=self.body[0].last)
            return (first, *self.body[1:])
        return self.body


class _Gathered(Struct):
    body: list[Stretch] = field(default_factory=list)
    tables: list[Grid] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    def entry(self, kind: Kind, label: Stretch | None, *, first: tuple[Stretch, ...] = ()) -> Entry:
        return Entry(
            kind=kind,
            label=label,
            body=(*first, *self.body),
            tables=tuple(self.tables),
            entries=tuple(self.entries),
        )


def labelled(document: Document) -> Entry:
    """The page as a tree of labels, without its list of references."""
    gathered = _gather(document.blocks)
    gathered.entries.extend(map(labelled_section, _told(document.sections)))
    return gathered.entry(Kind.PAGE, None)


def labelled_section(section: Section) -> Entry:
    """A section as a tree of labels."""
    gathered = _gather(section.blocks)
    gathered.entries.extend(map(labelled_section, _told(section.sections)))
    return gathered.entry(Kind.SECTION, stretch_of(section.title, section.heading.first))


def labelled_blocks(blocks: Blocks) -> Entry:
    """A run of blocks as a tree of labels."""
    return _gather(blocks).entry(Kind.NONE, None)


def _told(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    return tuple(section for section in sections if not (is_reference_list(section) or _is_left_out(section)))


def _is_left_out(section: Section) -> bool:
    """Whether the author leaves a section out of the comparison: `<!-- sheet: skip -->`."""
    return any(isinstance(block, Hint) and block.name == _SKIP for block in section.blocks)


def _gather(blocks: Blocks) -> _Gathered:
    """What stands in a run of blocks; a pseudo heading takes all up to the next one."""
    gathered = _Gathered()
    head: Stretch | None = None
    held: list[Block] = []
    for block in blocks:
        label = pseudo_heading(block)
        if label is None:
            held.append(block)
            continue
        _close(gathered, head, held)
        head, held = label, []
    _close(gathered, head, held)
    return gathered


def _close(gathered: _Gathered, head: Stretch | None, blocks: list[Block]) -> None:
    if head is None:
        _add_all(gathered, blocks)
        return
    inner = _Gathered()
    _add_all(inner, blocks)
    gathered.entries.append(inner.entry(Kind.PSEUDO, head))


def _add_all(gathered: _Gathered, blocks: list[Block]) -> None:
    for index, block in enumerate(blocks):
        before = introduction(blocks[index - 1]) if index and isinstance(block, ItemList) else None
        if before and isinstance(block, ItemList):
            entries = tuple(map(_of_item, block.items))
            gathered.entries.append(Entry(kind=Kind.INTRODUCTION, label=before, body=(), entries=entries))
        else:
            _add(gathered, block)


def _add(gathered: _Gathered, block: Block) -> None:
    match block:
        case Paragraph():
            _add_paragraph(gathered, block)
        case ItemList():
            gathered.entries.extend(map(_of_item, block.items))
        case DefinitionList():
            for entry in block.entries:
                label = stretch_of(entry.term, entry.span.first)
                gathered.entries.append(_gather(entry.children).entry(Kind.LEAD, label))
        case Tabs():
            for tab in block.tabs:
                label = stretch_of(tab.label, tab.span.first)
                gathered.entries.append(_gather(tab.children).entry(Kind.LEAD, label))
        case Table():
            gathered.tables.append(grid_of_table(block))
        case CodeBlock():
            gathered.tables.extend(filter(None, (grid_of_code(block),)))
            gathered.entries.extend(_of_box(lines_of_box(block)))
        case Group() | Callout(kind=CalloutKind.DETAILS):
            inner = _gather(block.children)
            gathered.body.extend(inner.body)
            gathered.tables.extend(inner.tables)
            gathered.entries.extend(inner.entries)
        case _:
            pass  # quotes, callouts, figures, notes and hints label nothing


def _of_box(lines: tuple[Line, ...]) -> Iterator[Entry]:
    """The entries of a list drawn in a box: heads that end with a colon, with the items under them."""
    head: Stretch | None = None
    items: list[Line] = []
    for line in lines:
        if line.is_item:
            items.append(line)
        elif line.words.text.endswith((":", "：")):
            yield from _under(head, items)
            head, items = line.words.cut(0, len(line.words.text) - 1), []
    yield from _under(head, items)


def _under(head: Stretch | None, items: list[Line]) -> Iterator[Entry]:
    """The items as entries, with those further in below the one before them; under their head, if there is one."""
    outer = min((item.indent for item in items), default=0)
    starts = [at for at, item in enumerate(items) if item.indent <= outer]
    entries = []
    for start, end in zip(starts, (*starts[1:], len(items)), strict=False):
        words = items[start].words
        inner = tuple(Entry(kind=Kind.NONE, label=None, body=(item.words,)) for item in items[start + 1 : end])
        label, body = (words, ()) if inner else (None, (words,))
        entries.append(Entry(kind=Kind.HEAD if inner else Kind.NONE, label=label, body=body, entries=inner))
    if head and entries:
        yield Entry(kind=Kind.INTRODUCTION, label=head, body=(), entries=tuple(entries))
    else:
        yield from entries


def _add_paragraph(gathered: _Gathered, paragraph: Paragraph) -> None:
    text = stretch_of(paragraph.children, paragraph.span.first)
    if leads := bold_lines(paragraph, text):
        gathered.entries.extend(Entry(kind=Kind.LEAD, label=label, body=rest) for label, rest in leads)
        return
    lead = bold_lead(paragraph, text)
    if lead is not None:
        label, rest = lead
        gathered.entries.append(Entry(kind=Kind.LEAD, label=label, body=rest))
        return
    if items := pictograph_items(text):
        gathered.entries.extend(Entry(kind=Kind.NONE, label=None, body=(item,)) for item in items)
        return
    for line in text.split_lines():
        split = colon_lead(line)
        if split is None:
            gathered.body.append(line)
        else:
            gathered.entries.append(Entry(kind=Kind.COLON, label=split[0], body=split[1]))


def _of_item(item: ListItem) -> Entry:
    if not (item.children and isinstance(item.children[0], Paragraph)):
        return _gather(item.children).entry(Kind.NONE, None)
    first, rest = item.children[0], _gather(item.children[1:])
    text = stretch_of(first.children, first.span.first)
    if lead := bold_lead(first, text):
        return rest.entry(Kind.LEAD, lead[0], first=lead[1])
    if lead := colon_lead(text):
        return rest.entry(Kind.COLON, lead[0], first=lead[1])
    if is_head(text) and (rest.entries or rest.body):
        return rest.entry(Kind.HEAD, text)
    return rest.entry(Kind.NONE, None, first=text.split_lines())
