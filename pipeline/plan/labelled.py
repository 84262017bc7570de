"""A page as labels and what stands under them, whatever marks them: headings, bold leads, "Name:" or list heads.

Comparisons are written in all of these forms; the rungs of the ladder need to know one only. Code, quotes, callouts
and lists of references hold no labels.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import Enum

from pipeline.model.document import (
    Block,
    Blocks,
    Callout,
    CalloutKind,
    DefinitionList,
    Document,
    Group,
    Heading,
    ItemList,
    ListItem,
    Paragraph,
    Section,
    Style,
    Styled,
    Table,
    Tabs,
)
from pipeline.model.text import plain_text
from pipeline.plan.passages import Stretch, stretch_of
from pipeline.plan.references import is_reference_list

_MAX_LABEL_WORDS = 6
_MAX_HEAD_WORDS = 10
_MAX_LABEL_CHARACTERS = 60
_COLON = re.compile(r"([^:：\n]{1,60}?)\s*(?:：|:(?=\s|$))\s*")
_SEPARATOR = re.compile(r"\s*(?:[:：.。]|[-–—]+(?=\s)|→|\n|$)\s*")
_SENTENCE_END = re.compile(r"[.。!！?？;；,，]\s*$")
_INNER_STOP = re.compile(r"[.!?;,。！？；，]\s|[。！？；，]")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A label with its running text, its tables and the entries below it. An item without a label has text only."""

    kind: Kind
    label: Stretch | None
    body: tuple[Stretch, ...]
    tables: tuple[Table, ...] = ()
    entries: tuple[Entry, ...] = ()

    @property
    def name(self) -> str:
        """The label's words; empty where there is none."""
        return self.label.text if self.label else ""


@dataclass(slots=True)
class _Gathered:
    body: list[Stretch] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
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
    return tuple(section for section in sections if not is_reference_list(section))


def _gather(blocks: Blocks) -> _Gathered:
    """What stands in a run of blocks; a pseudo heading takes all up to the next one."""
    gathered = _Gathered()
    head: Stretch | None = None
    held: list[Block] = []
    for block in blocks:
        label = _pseudo_heading(block)
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
        before = _introduction(blocks[index - 1]) if index and isinstance(block, ItemList) else None
        if before and isinstance(block, ItemList):
            entries = tuple(map(_of_item, block.items))
            gathered.entries.append(Entry(kind=Kind.INTRODUCTION, label=before, body=(), entries=entries))
        else:
            _add(gathered, block)


def _introduction(block: Block) -> Stretch | None:
    """The label of a list, if the paragraph before it is a few words that end in a colon."""
    if not isinstance(block, Paragraph):
        return None
    text = stretch_of(block.children, block.span.first)
    short = text.text.endswith((":", "：")) and "\n" not in text.text and _is_short(text.text, _MAX_HEAD_WORDS)
    return _without_colon(text) if short else None


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
            gathered.tables.append(block)
        case Group() | Callout(kind=CalloutKind.DETAILS):
            inner = _gather(block.children)
            gathered.body.extend(inner.body)
            gathered.tables.extend(inner.tables)
            gathered.entries.extend(inner.entries)
        case _:
            pass  # code, quotes, callouts, figures, notes and hints label nothing


def _add_paragraph(gathered: _Gathered, paragraph: Paragraph) -> None:
    text = stretch_of(paragraph.children, paragraph.span.first)
    lead = _bold_lead(paragraph, text)
    if lead is not None:
        label, rest = lead
        gathered.entries.append(Entry(kind=Kind.LEAD, label=label, body=rest))
        return
    for line in text.split_lines():
        split = _colon_lead(line)
        if split is None:
            gathered.body.append(line)
        else:
            gathered.entries.append(Entry(kind=Kind.COLON, label=split[0], body=split[1]))


def _of_item(item: ListItem) -> Entry:
    if not (item.children and isinstance(item.children[0], Paragraph)):
        return _gather(item.children).entry(Kind.NONE, None)
    first, rest = item.children[0], _gather(item.children[1:])
    text = stretch_of(first.children, first.span.first)
    if lead := _bold_lead(first, text):
        return rest.entry(Kind.LEAD, lead[0], first=lead[1])
    if lead := _colon_lead(text):
        return rest.entry(Kind.COLON, lead[0], first=lead[1])
    if _is_head(text) and (rest.entries or rest.body):
        return rest.entry(Kind.HEAD, text)
    return rest.entry(Kind.NONE, None, first=text.split_lines())


def _pseudo_heading(block: Block) -> Stretch | None:
    """The label of a paragraph that stands for a heading: wholly bold, or a few words after a pictograph."""
    if isinstance(block, Heading):
        return stretch_of(block.children, block.span.first)
    if not isinstance(block, Paragraph):
        return None
    text = stretch_of(block.children, block.span.first)
    if _bold_length(block) >= text.last and len(text.text) <= 2 * _MAX_LABEL_CHARACTERS:
        return _without_colon(text)
    one_line = block.span.first == block.span.last and "\n" not in text.text
    if one_line and unicodedata.category(text.text[:1] or "x") == "So" and _is_short(text.text, _MAX_LABEL_WORDS):
        return text
    return None


def _bold_lead(paragraph: Paragraph, text: Stretch) -> tuple[Stretch, tuple[Stretch, ...]] | None:
    """A paragraph's bold lead and the lines after it, where something parts them."""
    last = _bold_length(paragraph)
    if last <= text.first:
        return None
    bold = text.cut(0, last - text.first)
    after = _SEPARATOR.match(text.passage.text, last)
    closed = bold.text.endswith((":", "：", ".", "。"))
    if not (after or closed):
        return None
    rest = text.cut((after.end() if after else last) - text.first, len(text.text))
    return _without_colon(bold), rest.split_lines()


def _bold_length(paragraph: Paragraph) -> int:
    """How far into the plain text the bold lead reaches; 0 where the paragraph begins otherwise."""
    offset = 0
    for inline in paragraph.children:
        plain = plain_text((inline,))
        if isinstance(inline, Styled) and inline.style is Style.STRONG:
            return offset + len(plain)
        if any(character.isalnum() for character in plain):
            return 0
        offset += len(plain)
    return 0


def _colon_lead(text: Stretch) -> tuple[Stretch, tuple[Stretch, ...]] | None:
    found = _COLON.match(text.text)
    if not found or not found[1].strip() or _INNER_STOP.search(found[1]) or not _is_short(found[1], _MAX_LABEL_WORDS):
        return None
    rest = text.cut(found.end(), len(text.text))
    return text.cut(0, found.end(1)), rest.split_lines()


def _without_colon(text: Stretch) -> Stretch:
    return text.cut(0, len(text.text.rstrip(":：.。 \n")))


def _is_head(text: Stretch) -> bool:
    words = text.text
    return "\n" not in words and not _SENTENCE_END.search(words) and _is_short(words, _MAX_HEAD_WORDS)


def _is_short(text: str, words: int) -> bool:
    return len(text.split()) <= words and len(text) <= _MAX_LABEL_CHARACTERS
