"""Rows of the comparison, and what an entry says of its subject: its first sentence, or the items of its list."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from pipeline.model.plan import ComparisonCell, ComparisonRow
from pipeline.plan.comparison.clauses import LONGEST
from pipeline.plan.comparison.labelled import Entry, Kind
from pipeline.plan.comparison.mentions import Names
from pipeline.plan.comparison.passages import Stretch
from pipeline.plan.comparison.titles import bare

Said = Mapping[str, tuple[Stretch, ...]]
"""What is said of each subject: one cell, or one for each item of a list."""

_MOST_ITEMS = 5


def row(aspect: str, rule: str, said: Said, *, fewest: int = 2) -> Iterator[ComparisonRow]:
    """A row of what there is, if so many subjects or more have something."""
    found = {
        subject: {cell.text: cell for cell in reversed(cells) if _says(cell.text)} for subject, cells in said.items()
    }
    if sum(map(bool, found.values())) >= fewest:
        cells = tuple(
            ComparisonCell(subject=subject, text=cell.text, line=cell.line, code=cell.code)
            for subject, several in found.items()
            for cell in reversed(several.values())
        )
        yield ComparisonRow(aspect=_title(aspect), rule=rule, cells=cells)


def _says(text: str) -> bool:
    """Whether there is more than dashes: one in a table says as little as an empty cell, a question mark more."""
    return any(unicodedata.category(c)[0] not in "ZC" and unicodedata.category(c) != "Pd" for c in text)


def in_order(said: Said, names: Names) -> Said:
    """What is said, in the order of the subjects."""
    return {subject.name: said[subject.name] for subject in names.subjects if subject.name in said}


def _title(label: str) -> str:
    """A label as the title of a row: without ornaments, numbering and a last colon."""
    return bare(label).rstrip(":： ") or label


def first_words(entry: Entry, subject: str, names: Names) -> tuple[Stretch, ...]:
    """What an entry says first: its first sentence, and the items of its list where it says nothing further."""
    sentences = [sentence for text in entry.body for sentence in text.sentences]
    told = [sentence for sentence in sentences if tells(sentence)]
    if not told:
        return items_of(entry, subject, names)
    first = own(told[0], subject, names)
    return _fitting((*first, *(items_of(entry, subject, names) if len(sentences) == 1 else ())))


def items_of(entry: Entry, subject: str, names: Names) -> tuple[Stretch, ...]:
    """The first sentence of each item below an entry, its label included, as many as a cell holds.

    Where there are only headings below it, these.
    """
    if len(entry.entries) > 1 and not entry.body and all(item.kind is Kind.SECTION for item in entry.entries):
        return _fitting(tuple(cell for item in entry.entries if item.label for cell in own(item.label, subject, names)))
    only = entry.entries[0] if len(entry.entries) == 1 else None
    inner = only.entries if only and not only.body and only.kind is not Kind.NONE else ()
    listed = (item for item in inner or entry.entries if item.kind not in {Kind.SECTION, Kind.PSEUDO})
    return _fitting(tuple(cell for item in map(_of_item, listed) if item for cell in own(item, subject, names)))


def _fitting(cells: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """As many of the cells as one place holds, the first in any case."""
    room = LONGEST
    for count, cell in enumerate(cells[:_MOST_ITEMS]):
        room -= len(cell.text)
        if room < 0:
            return cells[: max(count, 1)]
    return cells[:_MOST_ITEMS]


def _of_item(entry: Entry) -> Stretch | None:
    """An item's words from its label to the end of its first sentence."""
    if not entry.body:
        # Words before a colon and nothing behind it only head what stands below.
        return None if entry.kind is Kind.COLON and entry.entries else entry.label
    first = entry.body[0].sentences[:1]
    sentence = first[0] if first else entry.body[0]
    if entry.label and entry.label.passage is sentence.passage:
        return Stretch(passage=sentence.passage, first=entry.label.first, last=sentence.last)
    return sentence


def own(cell: Stretch, subject: str, names: Names) -> tuple[Stretch, ...]:
    """A cell, shortened, unless it speaks of other subjects only."""
    spoken = {mention.subject for mention in names.spoken_of(cell.text)}
    return () if spoken and subject not in spoken else (cell.shortened(LONGEST),)


def tells(sentence: Stretch) -> bool:
    """Whether a sentence says something by itself: it asks and announces nothing."""
    return bool(sentence.text) and not sentence.text.endswith((":", "：", "?", "？", "؟"))


def texts_of(entry: Entry) -> Iterator[Stretch]:
    """Every running text of an entry and of those below it, in reading order."""
    return (text for inner in entries_of(entry) for text in inner.own_texts)


def entries_of(entry: Entry) -> Iterator[Entry]:
    """An entry and all below it, in reading order."""
    yield entry
    for inner in entry.entries:
        yield from entries_of(inner)


def sentences_of(entry: Entry) -> Iterator[Stretch]:
    """Every sentence of an entry."""
    return (sentence for text in texts_of(entry) for sentence in text.sentences)
