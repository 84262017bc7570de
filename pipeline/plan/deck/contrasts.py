"""Where the deck shows the comparison: in place of the block that its rows come from, else after their section."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pipeline.diagnostics import Span
from pipeline.labels import labels_for
from pipeline.model.document import Block, Blocks, Document, ItemList, Section, Table
from pipeline.model.fitted import Run
from pipeline.model.inlines import Link
from pipeline.model.plan import SEPARATOR, Comparison, ComparisonRow
from pipeline.model.text import own_inlines, plain_text, walk_blocks, walk_inlines
from pipeline.plan.deck.pieces import ContrastColumn, ContrastPiece
from pipeline.plan.topics import walk_sections
from pipeline.theme import Face
from pipeline.typeset import has_right_to_left

_LEFT_TO_RIGHT = "\u200e"
_FEWEST_ROWS = 2
_LONGEST_HEAD = 48
_NO_LETTERS = re.compile(r"[\W_]+")
_LEAST_SAID = 0.75
"""So much of its cells a comparison has to fill: one with more blanks compares too little to be seen from afar."""


class Contrast(Struct, frozen=True, kw_only=True):
    """The comparison as a piece, and its place: instead of `block`, or else behind the section of that id.

    One that is not `of_section` is the page's: no more than half of its rows come from the section alone.
    """

    piece: ContrastPiece
    block: Block | None
    section_id: str
    of_section: bool


def contrast_of(document: Document, comparison: Comparison) -> Contrast | None:
    """The comparison's place in the deck; None where there is too little of it."""
    if sum(map(_sets_against, comparison.rows)) < _FEWEST_ROWS:
        return None  # what is said of one alone, and stands in its section, makes a table of blanks
    lines = sorted(cell.line for row in comparison.rows for cell in row.cells)
    owner = _owner(document, lines)
    sources = () if owner is None else tuple(_sources(owner.blocks, lines))
    block = max(sources, key=lambda source: _rows_from(source, comparison), default=None)
    heads = _heads(block, comparison) if isinstance(block, Table) else _names(comparison)
    if heads is None:
        return None  # it has other columns than the subjects': it stands as it is
    if block is not None and _leads_somewhere(block):
        return None  # its links would be lost in a comparison, whose cells are plain text
    # In place of a block stands what its section says; a comparison by itself leaves out what shows as one elsewhere.
    if owner is not None and block is not None:
        rows = tuple(row for row in comparison.rows if _is_said_in(row, owner))
    else:
        comparison = replace(comparison, rows=tuple(filter(_sets_against, comparison.rows)))
        lists = frozenset(_lists_elsewhere(document, owner))
        rows = tuple(row for row in comparison.rows if frozenset(cell.line for cell in row.cells) not in lists)
    shown = comparison if len(rows) < _FEWEST_ROWS else replace(comparison, rows=rows)
    if _share_said(shown) < _LEAST_SAID:
        return None
    return Contrast(
        piece=_piece(document, shown, heads),
        block=block,
        section_id="" if owner is None else owner.id,
        of_section=owner is None or 2 * sum(_is_within(row, owner) for row in shown.rows) > len(shown.rows),
    )


def _piece(document: Document, comparison: Comparison, heads: Mapping[str, str]) -> ContrastPiece:
    return ContrastPiece(
        aspects=tuple(row.aspect for row in comparison.rows),
        columns=tuple(
            ContrastColumn(
                name=heads[subject.name],
                cells=tuple(_said(row, subject.name, document.language) for row in comparison.rows),
            )
            for subject in comparison.subjects
        ),
        silent=labels_for(document.language).silent,
        language=document.language,
    )


def _said(row: ComparisonRow, subject: str, language: str) -> tuple[Run, ...]:
    """What a row says of a subject; code among words from the right keeps its signs where they are in it."""
    sign = _LEFT_TO_RIGHT if has_right_to_left(row.said_of(subject)) else ""
    plain = Run(text="", language=language)
    runs: list[Run] = []
    for cell in (cell for cell in row.cells if cell.subject == subject):
        runs += [replace(plain, text=SEPARATOR)] if runs else []
        end = 0
        for first, last in cell.code:
            code = replace(plain, text=cell.text[first:last], face=Face.MONO, bold=True)
            runs += [replace(plain, text=cell.text[end:first] + sign), code, replace(plain, text=sign)]
            end = last
        runs.append(replace(plain, text=cell.text[end:]))
    return tuple(run for run in runs if run.text)


def _leads_somewhere(block: Block) -> bool:
    inlines = (inlines for inner in walk_blocks((block,)) for inlines in own_inlines(inner))
    return any(isinstance(inline, Link) for each in inlines for inline in walk_inlines(each))


def _owner(document: Document, lines: Sequence[int]) -> Section | None:
    """The section that most of the sorted lines stand directly in, the last of several."""
    best: tuple[int, Section] | None = None
    for section in walk_sections(document.sections):
        count = sum(_count(lines, block.span) for block in section.blocks)
        if count and (best is None or count >= best[0]):
            best = (count, section)
    return best[1] if best else None


def _is_said_in(row: ComparisonRow, section: Section) -> bool:
    return any(_holds(block, cell.line) for cell in row.cells for block in section.blocks)


def _is_within(row: ComparisonRow, section: Section) -> bool:
    return all(any(_holds(block, cell.line) for block in section.blocks) for cell in row.cells)


def _sets_against(row: ComparisonRow) -> bool:
    """Whether a row speaks of more than one subject."""
    return len({cell.subject for cell in row.cells}) > 1


def _share_said(comparison: Comparison) -> float:
    """How much of the cells has something in it."""
    said = sum(len({cell.subject for cell in row.cells}) for row in comparison.rows)
    return said / (len(comparison.rows) * len(comparison.subjects))


def _lists_elsewhere(document: Document, owner: Section | None) -> Iterator[frozenset[int]]:
    """The lines of the items of each list in another section, which shows them side by side itself."""
    for section in walk_sections(document.sections):
        lists = (block for block in section.blocks if isinstance(block, ItemList) and section is not owner)
        for items in (block.items for block in lists):
            lines = frozenset(item.span.first for item in items)
            if len(items) == len(lines):
                yield lines


def _sources(blocks: Blocks, lines: Sequence[int]) -> Iterator[Block]:
    """Lists and tables of every item or row of which the comparison, at these sorted lines, gives something."""
    for block in blocks:
        match block:
            case ItemList():
                spans = [item.span for item in block.items]
            case Table():
                spans = [row.span for row in block.rows]
            case _:
                continue
        if len(spans) > 1 and all(_count(lines, span) for span in spans):
            yield block


def _rows_from(block: Block, comparison: Comparison) -> int:
    """How many rows a block gives."""
    return sum(1 for row in comparison.rows if any(_holds(block, cell.line) for cell in row.cells))


def _heads(table: Table, comparison: Comparison) -> Mapping[str, str] | None:
    """A table's heads by the subjects whose names they have in them; None where some have none, or say very much."""
    said = [" ".join(plain_text(cell.children).split()) for cell in (table.head.cells[1:] if table.head else ())]
    subjects = [_named(head, comparison) for head in said]
    if any(len(head) > _LONGEST_HEAD for head in said) or Counter(subjects) != Counter(list(_names(comparison))):
        return None
    return {subject: head for subject, head in zip(subjects, said, strict=True) if subject is not None}


def _named(head: str, comparison: Comparison) -> str | None:
    """The one subject that a head names: that with the longest name in it, where several have it in their names."""
    words = f" {_NO_LETTERS.sub(' ', head.casefold())} "
    found = [s.name for s in comparison.subjects if f" {_NO_LETTERS.sub(' ', s.name.casefold())} " in words]
    longest = max(found, key=len, default=None)
    return longest if longest and all(name.casefold() in longest.casefold() for name in found) else None


def _names(comparison: Comparison) -> Mapping[str, str]:
    return {subject.name: subject.name for subject in comparison.subjects}


def _holds(block: Block, line: int) -> bool:
    return block.span.first <= line <= block.span.last


def _count(lines: Sequence[int], span: Span) -> int:
    """How many of the sorted lines a span covers."""
    return bisect_right(lines, span.last) - bisect_left(lines, span.first)
