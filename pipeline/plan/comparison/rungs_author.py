"""The second rung: rows that the author marks, as in `<!-- slide: compare=Size -->` before a list or a paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pipeline.model.document import Blocks, Document, Hint, Section
from pipeline.model.plan import ComparisonRow
from pipeline.plan.comparison.labelled import Entry, labelled_blocks
from pipeline.plan.comparison.mentions import Names
from pipeline.plan.comparison.naming import by_subject
from pipeline.plan.comparison.passages import Stretch
from pipeline.plan.comparison.rows import first_words, row
from pipeline.plan.comparison.rungs_leads import said_of

AUTHOR = "author"
_HINT = "compare"


def author_rows(document: Document, names: Names) -> Iterator[ComparisonRow]:
    """A row for each mark, of what the block after it says of each subject."""
    for blocks in _runs(document.blocks, document.sections):
        for hint, block in pairwise(blocks):
            if isinstance(hint, Hint) and hint.name == _HINT and hint.value:
                yield from _marked(hint.value, labelled_blocks((block,)), names)


def _marked(aspect: str, entry: Entry, names: Names) -> Iterator[ComparisonRow]:
    if found := by_subject(entry.entries, names):
        yield from row(aspect, AUTHOR, {s: first_words(inner, s, names) for s, inner in found.items()})
        return
    yield from row(aspect, AUTHOR, said_of((s for text in _texts(entry) for s in text.sentences()), names))


def _runs(blocks: Blocks, sections: tuple[Section, ...]) -> Iterator[Blocks]:
    yield blocks
    for section in sections:
        yield from _runs(section.blocks, section.sections)


def _texts(entry: Entry) -> Iterator[Stretch]:
    yield from entry.body
    for inner in entry.entries:
        yield from _texts(inner)
