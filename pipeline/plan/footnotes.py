"""The page's footnotes, numbered in order of their first mark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.model.document import Blocks, Document, Footnote, Section
from pipeline.model.inlines import FootnoteReference, Inlines
from pipeline.model.text import own_inlines, walk_blocks, walk_inlines


def footnote_numbers(document: Document) -> Mapping[str, int]:
    """The number of each footnote, by its label, in order of the first mark; those without a mark come last."""
    labels = dict.fromkeys((*_marks(document), *(footnote.label for footnote in document.footnotes)))
    return {label: number for number, label in enumerate(labels, start=1)}


def footnotes_in_order(document: Document) -> tuple[Footnote, ...]:
    """The page's footnotes as they are numbered."""
    numbers = footnote_numbers(document)
    return tuple(sorted(document.footnotes, key=lambda footnote: numbers[footnote.label]))


def _marks(document: Document) -> Iterator[str]:
    yield from _inline_marks(document.title)
    yield from marks_of_blocks(document.blocks)
    for section in document.sections:
        yield from _section_marks(section)


def _section_marks(section: Section) -> Iterator[str]:
    yield from _inline_marks(section.title)
    yield from marks_of_blocks(section.blocks)
    for inner in section.sections:
        yield from _section_marks(inner)


def marks_of_blocks(blocks: Blocks) -> Iterator[str]:
    """The labels of the footnotes that blocks refer to, in reading order."""
    for block in walk_blocks(blocks):
        for inlines in own_inlines(block):
            yield from _inline_marks(inlines)


def _inline_marks(inlines: Inlines) -> Iterator[str]:
    return (inline.label for inline in walk_inlines(inlines) if isinstance(inline, FootnoteReference))
