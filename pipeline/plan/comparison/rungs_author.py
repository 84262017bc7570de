"""The author's own rows: those written in front matter, and those marked in the page.

`compare:` in front matter may hold rows, verdicts that tell when to use which subject, and the order of the aspects
(`pipeline/read/comparison_hint.py` tells how they are written). `<!-- slide: compare=Size -->` before a list or a
paragraph makes a row of it. `<!-- sheet: skip -->` leaves the section that it stands in out of the comparison, and
`<!-- sheet: keep -->` puts the section's rows first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from pipeline.diagnostics import Span
from pipeline.model.document import Blocks, Document, Hint, Section, StatedCell
from pipeline.model.plan import ComparisonCell, ComparisonRow
from pipeline.plan.comparison.labelled import Entry, labelled_blocks
from pipeline.plan.comparison.mentions import Names
from pipeline.plan.comparison.naming import by_subject
from pipeline.plan.comparison.rows import first_words, row, texts_of
from pipeline.plan.comparison.rungs_leads import said_of
from pipeline.plan.comparison.titles import bare

AUTHOR = "author"
_HINT: Final = "compare"
_KEEP: Final = "sheet-keep"


def author_rows(document: Document, names: Names, when_to_use: str) -> Iterator[ComparisonRow]:
    """The rows that front matter states, and one for each mark, of what the block after it says of each subject."""
    if hint := document.metadata.compare:
        for stated in hint.rows:
            yield from _stated(stated.aspect, stated.cells, names)
        yield from _stated(when_to_use, hint.verdicts, names)
    for blocks in _runs(document.blocks, document.sections):
        for mark, block in pairwise(blocks):
            if isinstance(mark, Hint) and mark.name == _HINT and mark.value:
                yield from _marked(mark.value, labelled_blocks((block,)), names)


def in_authors_order(document: Document, rows: Sequence[ComparisonRow]) -> tuple[ComparisonRow, ...]:
    """The rows: first those whose aspects the author orders, then those of kept sections, then the others."""
    hint = document.metadata.compare
    order = [bare(aspect).casefold() for aspect in (hint.order if hint else ())]
    kept = tuple(_kept(document.sections))

    def rank(given: ComparisonRow) -> tuple[int, bool]:
        name = bare(given.aspect).casefold()
        place = order.index(name) if name in order else len(order)
        return place, not any(span.first <= cell.line <= span.last for span in kept for cell in given.cells)

    return tuple(sorted(rows, key=rank))


def _stated(aspect: str, cells: Sequence[StatedCell], names: Names) -> Iterator[ComparisonRow]:
    """A row that is written out; what it says of others than the subjects is left out."""
    said = {named[0]: cell for cell in cells if len(named := names.named(cell.subject)) == 1}
    found = tuple(
        ComparisonCell(subject=subject.name, text=said[subject.name].text, line=said[subject.name].line)
        for subject in names.subjects
        if subject.name in said
    )
    if found:
        yield ComparisonRow(aspect=aspect, rule=AUTHOR, cells=found)


def _marked(aspect: str, entry: Entry, names: Names) -> Iterator[ComparisonRow]:
    if found := by_subject(entry.entries, names):
        yield from row(aspect, AUTHOR, {s: first_words(inner, s, names) for s, inner in found.items()})
        return
    yield from row(aspect, AUTHOR, said_of((s for text in texts_of(entry) for s in text.sentences), names))


def _runs(blocks: Blocks, sections: tuple[Section, ...]) -> Iterator[Blocks]:
    yield blocks
    for section in sections:
        yield from _runs(section.blocks, section.sections)


def _kept(sections: tuple[Section, ...]) -> Iterator[Span]:
    for section in sections:
        if any(isinstance(block, Hint) and block.name == _KEEP for block in section.blocks):
            yield section.span
        yield from _kept(section.sections)
