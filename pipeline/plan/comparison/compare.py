"""Who is compared on a page, and in what: rows from a ladder of rules, each cell a stretch of the page's own text.

The surer rules come first. What a rule is not sure of it leaves out: an honest blank beats a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import Final

from pipeline.model.document import Document
from pipeline.model.plan import Comparison, ComparisonRow
from pipeline.model.text import plain_text
from pipeline.plan.comparison.labelled import Entry, labelled
from pipeline.plan.comparison.mentions import Names
from pipeline.plan.comparison.rungs_author import author_rows
from pipeline.plan.comparison.rungs_leads import aspect_heading_rows, aspect_lead_rows, paired_rows, subject_item_rows
from pipeline.plan.comparison.rungs_sections import section_rows
from pipeline.plan.comparison.rungs_tables import table_rows
from pipeline.plan.comparison.rungs_usage import comparative_rows, definition_rows, usage_rows
from pipeline.plan.comparison.subjects import find_subjects
from pipeline.plan.comparison.titles import bare, compared_in

# The titles of rows that no label of a page gives, by language.
_WHAT_IT_IS: Final = MappingProxyType(
    {
        "en": "What it is",
        "zh": "是什么",
        "ja": "概要",
        "ko": "무엇인가",
        "de": "Was es ist",
        "fr": "Ce que c’est",
        "es": "Qué es",
        "pt": "O que é",
        "it": "Che cos’è",
        "ru": "Что это",
        "ar": "ما هو",
        "fa": "چیست",
    },
)
_WHEN_TO_USE: Final = MappingProxyType(
    {
        "en": "When to use",
        "zh": "何时使用",
        "ja": "使いどころ",
        "ko": "언제 쓰나",
        "de": "Wann verwenden",
        "fr": "Quand l’utiliser",
        "es": "Cuándo usarlo",
        "pt": "Quando usar",
        "it": "Quando usarlo",
        "ru": "Когда использовать",
        "ar": "متى يُستخدم",
        "fa": "چه زمانی",
    },
)


def compare(document: Document) -> Comparison:
    """The subjects that the page compares and the rows that it gives of them; empty where it compares nothing."""
    page = labelled(document)
    subjects = find_subjects(document, page)
    if not subjects:
        return Comparison(subjects=(), rows=())
    rows = _without_repeats(_ladder(document, page, Names(subjects=subjects)))
    # Only a title or the author says by itself that the page compares; other signs need something that is compared.
    announced = document.metadata.compare or compared_in(plain_text(document.title))
    return Comparison(subjects=subjects, rows=rows) if rows or announced else Comparison(subjects=(), rows=())


def _ladder(document: Document, page: Entry, names: Names) -> Iterator[tuple[ComparisonRow, ...]]:
    """The rows of each rung."""
    language = document.language.split("-", maxsplit=1)[0].casefold()
    what_it_is = _WHAT_IT_IS.get(language, _WHAT_IT_IS["en"])
    yield tuple(table_rows(page, names))
    yield tuple(author_rows(document, names))
    yield tuple(section_rows(page, names, what_it_is))
    yield tuple(subject_item_rows(page, names))
    yield tuple(aspect_lead_rows(page, names))
    yield tuple(aspect_heading_rows(page, names))
    yield tuple(paired_rows(page, names))
    yield tuple(definition_rows(page, names, what_it_is))
    yield tuple(comparative_rows(page, names))
    yield tuple(usage_rows(page, names, _WHEN_TO_USE.get(language, _WHEN_TO_USE["en"])))


def _without_repeats(rungs: Iterable[tuple[ComparisonRow, ...]]) -> tuple[ComparisonRow, ...]:
    """The rows less those whose aspect, or all of whose words, a higher rung has given."""
    kept: list[ComparisonRow] = []
    for rows in rungs:
        aspects = {bare(row.aspect).casefold() for row in kept}
        given = {(cell.subject, cell.text) for row in kept for cell in row.cells}
        kept.extend(
            row
            for row in rows
            if bare(row.aspect).casefold() not in aspects
            and not all((cell.subject, cell.text) in given for cell in row.cells)
        )
    return tuple(kept)
