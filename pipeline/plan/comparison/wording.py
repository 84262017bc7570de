"""Cells cut out of sentences, made to stand side by side: capitals and full stops alike in a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from pipeline.model.document import Document
from pipeline.model.plan import ComparisonRow
from pipeline.model.text import own_inlines, plain_text, walk_blocks
from pipeline.plan.comparison.rungs_author import AUTHOR
from pipeline.plan.comparison.rungs_tables import RULE as TABLE
from pipeline.plan.sentences import sentence_ends
from pipeline.plan.topics import walk_sections

_WORD = re.compile(r"\w+")
_STOPS = ".。．"
# What authors wrote as cells stands as they wrote it.
_AS_WRITTEN = frozenset({TABLE, AUTHOR})


def worded(rows: tuple[ComparisonRow, ...], document: Document) -> tuple[ComparisonRow, ...]:
    """The rows with the first letter of each cell as at the beginning of a sentence, and full stops in all or none.

    A first word gets its capital only where the page itself writes it with one somewhere: names keep their own way.
    A row has capitals in all its cells or stays as it is.
    """
    free = [cell for row in rows if row.rule not in _AS_WRITTEN for cell in row.cells]
    capitals = _capitals(document) if any(cell.text[:1].islower() for cell in free) else frozenset()
    single = [cell.text[-1:] in _STOPS for cell in free if _is_one_sentence(cell.text)]
    mixed = any(single) and not all(single)
    dropped = _STOPS if mixed else ""
    return tuple(row if row.rule in _AS_WRITTEN else _worded(row, capitals, dropped) for row in rows)


def _worded(row: ComparisonRow, capitals: frozenset[str], dropped: str) -> ComparisonRow:
    raised = [_raised(cell.text, capitals) for cell in row.cells]
    alike = not any(text[:1].islower() for text in raised)
    texts = raised if alike else [cell.text for cell in row.cells]
    cells = (
        replace(cell, text=text.rstrip(dropped) if dropped and _is_one_sentence(text) else text)
        for cell, text in zip(row.cells, texts, strict=True)
    )
    return replace(row, cells=tuple(cells))


def _raised(text: str, capitals: frozenset[str]) -> str:
    first = _WORD.match(text)
    if first is None or not first[0].islower():
        return text
    word = first[0][:1].upper() + first[0][1:]
    return word + text[first.end() :] if word in capitals else text


def _is_one_sentence(text: str) -> bool:
    return not any(end < len(text.rstrip()) for end in sentence_ends(text))


def _capitals(document: Document) -> frozenset[str]:
    """The words of the page that are written with a capital letter and small ones behind it, or as one capital."""
    return frozenset(word for text in _texts(document) for word in _WORD.findall(text) if word[0].isupper())


def _texts(document: Document) -> Iterator[str]:
    yield plain_text(document.title)
    sections = tuple(walk_sections(document.sections))
    for section in sections:
        yield plain_text(section.title)
    for run in (document.blocks, *(section.blocks for section in sections)):
        for block in walk_blocks(run):
            yield from map(plain_text, own_inlines(block))
