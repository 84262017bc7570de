"""The fifth and sixth rungs: labels that are aspects, whose sentences go to the subjects that they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.model.plan import ComparisonRow
from pipeline.plan.comparison.clauses import LONGEST, allot
from pipeline.plan.comparison.labelled import Entry, Kind
from pipeline.plan.comparison.mentions import Names
from pipeline.plan.comparison.naming import exactly
from pipeline.plan.comparison.passages import Stretch
from pipeline.plan.comparison.rows import Said, in_order, items_of, row, tells, texts_of
from pipeline.plan.comparison.subjects import compares, names_two, without_comparing
from pipeline.plan.comparison.titles import core
from pipeline.plan.comparison.words import merits, shared_aspect
from pipeline.plan.speech import word_count

ASPECT_LEADS = "aspect-leads"
ASPECT_HEADING = "aspect-heading"
PAIRED = "paired-sentences"
SUBJECT_ITEMS = "subject-leads"
_MAX_WORDS = 9
_FEWEST = 2
_LABELS = frozenset({Kind.LEAD, Kind.COLON})
_HEADINGS = frozenset({Kind.SECTION, Kind.PSEUDO})
_NO_ASPECT = re.compile(
    r"^(?:introduction|intro|overview|summary|conclusions?|background|notes?|faq|examples?|see also|next steps?|tl;?dr"
    r"|final thoughts|key takeaways?|prerequisites|table of contents|what|why|how|总结|小结|前言|介绍|简介"
    r"|概述|背景|结论|附录|面试.*|まとめ|はじめに|結論|概要|einleitung|fazit|zusammenfassung|überblick|conclusion|résumé|resumen|conclusión"
    r"|المقدمة|خلاصة)\b",
    re.IGNORECASE,
)


def aspect_lead_rows(page: Entry, names: Names) -> Iterator[ComparisonRow]:
    """Rows of sibling leads that are aspects ("Size: …"), where together they speak of two subjects."""
    if not exactly(page.name, names):
        leads = [entry for entry in page.entries if entry.kind in _LABELS and not names.named(entry.name)]
        said = [(entry, said_of(_sentences(entry.body), names)) for entry in leads]
        if len({subject for _, cells in said for subject in cells}) > 1:
            for entry, cells in said:
                # One cell will do: its siblings show that the other subject is compared.
                yield from row(entry.name, ASPECT_LEADS, in_order(cells, names), fewest=1)
    for entry in page.entries:
        yield from aspect_lead_rows(entry, names)


def aspect_heading_rows(page: Entry, names: Names) -> Iterator[ComparisonRow]:
    """Rows of headings that are aspects: the first sentence below that begins with each subject."""
    for entry in page.entries:
        if entry.kind in _HEADINGS and _is_aspect(entry.name, names):
            items = (text for inner in entry.entries if inner.kind is Kind.NONE for text in inner.body)
            cells = said_of(_sentences((*entry.body, *items)), names)
            yield from row(entry.name, ASPECT_HEADING, in_order(cells, names))
            if merits(entry.name) and len(cells) < _FEWEST:
                yield from row(entry.name, ASPECT_HEADING, _merits_of_one(entry, names), fewest=1)
        yield from aspect_heading_rows(entry, names)


def _merits_of_one(entry: Entry, names: Names) -> Said:
    """The merits or faults that a heading lists, if all that speaks of a subject there speaks of one."""
    named = {subject for text in texts_of(entry) for subject in names.named(text.text)}
    return {subject: items_of(entry, subject, names) for subject in named} if len(named) == 1 else {}


def paired_rows(page: Entry, names: Names) -> Iterator[ComparisonRow]:
    """Rows of paragraphs and items under a heading that compares, each of which speaks of two subjects in turn."""
    for entry in page.entries:
        if entry.kind in _HEADINGS | {Kind.INTRODUCTION} and (names_two(entry.name, names) or compares(entry.name)):
            texts = [(text,) for text in entry.body] + [i.body for i in entry.entries if i.kind is Kind.NONE]
            for text in texts:
                said = in_order(said_of(_sentences(text), names) or _each_of_one(text, names), names)
                shared = shared_aspect([cell.text for cells in said.values() for cell in cells], names) if said else ""
                yield from row(shared[:1].upper() + shared[1:] or entry.name, PAIRED, said)
        yield from paired_rows(entry, names)


def _each_of_one(text: tuple[Stretch, ...], names: Names) -> Said:
    """A text's sentences by subject, if each names one subject and no other sentence names it."""
    sentences = tuple(_sentences(text))
    named = [names.named(sentence.text) for sentence in sentences]
    once = {each for each in named if len(each) == 1}
    if not len(once) == len(named) > 1:
        return {}
    return {subject: (s.shortened(LONGEST),) for (subject,), s in zip(named, sentences, strict=True)}


def subject_item_rows(page: Entry, names: Names) -> Iterator[ComparisonRow]:
    """A row of a list that has one item for each of two subjects or more: "A does this", "B does that"."""
    items = [entry for entry in page.entries if entry.kind is Kind.NONE and entry.body]
    topics = [names.topic(item.body[0].text) for item in items]
    if page.name and len(items) > 1 and None not in topics and len(set(topics)) == len(topics):
        cells = {t: (i.body[0].sentences[0].shortened(LONGEST),) for t, i in zip(topics, items, strict=True) if t}
        yield from row(page.name, SUBJECT_ITEMS, in_order(cells, names))
    for entry in page.entries:
        yield from subject_item_rows(entry, names)


def said_of(sentences: Iterable[Stretch], names: Names) -> Said:
    """The first sentence or clause that speaks of each subject."""
    cells: dict[str, tuple[Stretch, ...]] = {}
    for sentence in sentences:
        for subject, part in allot(sentence, names).items():
            cells.setdefault(subject, (part.shortened(LONGEST),))
    return cells


def _sentences(texts: Iterable[Stretch]) -> Iterator[Stretch]:
    return (sentence for text in texts for sentence in text.sentences if tells(sentence))


def _is_aspect(label: str, names: Names) -> bool:
    text = core(label)
    asks = label.rstrip().endswith(("?", "？"))
    short = 0 < word_count(text) <= _MAX_WORDS
    return short and not asks and not names.named(text) and not _NO_ASPECT.match(text) and bool(without_comparing(text))
