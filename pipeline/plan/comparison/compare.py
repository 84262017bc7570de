"""Who is compared on a page, and in what: rows from a ladder of rules, each cell a stretch of the page's own text.

The surer rules come first. What a rule is not sure of it leaves out: an honest blank beats a guess.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.document import Document
from pipeline.model.plan import Comparison, ComparisonRow
from pipeline.model.text import plain_text
from pipeline.plan.comparison.labelled import Entry, labelled
from pipeline.plan.comparison.mentions import Names
from pipeline.plan.comparison.rungs_author import author_rows, in_authors_order
from pipeline.plan.comparison.rungs_comparatives import COMPARATIVE, comparative_rows
from pipeline.plan.comparison.rungs_contrast import CONTRAST, contrast_rows
from pipeline.plan.comparison.rungs_leads import aspect_heading_rows, aspect_lead_rows, paired_rows, subject_item_rows
from pipeline.plan.comparison.rungs_merits import merit_rows
from pipeline.plan.comparison.rungs_parallel import ALIKE, alike_rows
from pipeline.plan.comparison.rungs_sections import section_rows
from pipeline.plan.comparison.rungs_tables import table_rows
from pipeline.plan.comparison.rungs_usage import PURPOSE, USAGE, definition_rows, purpose_rows, usage_rows
from pipeline.plan.comparison.subjects import find_subjects
from pipeline.plan.comparison.titles import bare, compared_in
from pipeline.plan.comparison.wording import worded


# The titles of rows that no label of a page gives, by language.
class _Titles(Struct, frozen=True, kw_only=True):
    what_it_is: str
    difference: str
    purpose: str
    when_to_use: str


def _titles(what_it_is: str, difference: str, purpose: str, when_to_use: str) -> _Titles:
    return _Titles(what_it_is=what_it_is, difference=difference, purpose=purpose, when_to_use=when_to_use)


_TITLES: Final = MappingProxyType(
    {
        "en": _titles("What it is", "Difference", "Purpose", "When to use"),
        "zh": _titles("是什么", "区别", "用途", "何时使用"),
        "ja": _titles("概要", "違い", "用途", "使いどころ"),
        "ko": _titles("무엇인가", "차이", "용도", "언제 쓰나"),
        "de": _titles("Was es ist", "Unterschied", "Zweck", "Wann verwenden"),
        "fr": _titles("Ce que c’est", "Différence", "Utilité", "Quand l’utiliser"),
        "es": _titles("Qué es", "Diferencia", "Para qué sirve", "Cuándo usarlo"),
        "pt": _titles("O que é", "Diferença", "Para que serve", "Quando usar"),
        "it": _titles("Che cos’è", "Differenza", "A cosa serve", "Quando usarlo"),
        "ru": _titles("Что это", "Различие", "Назначение", "Когда использовать"),
        "ar": _titles("ما هو", "الفرق", "الغرض", "متى يُستخدم"),
        "fa": _titles("چیست", "تفاوت", "کاربرد", "چه زمانی"),
    },
)
# Rules whose rows take what they need out of a list that has no aspect.
_TAKING: Final = frozenset({ALIKE, USAGE})
# Rules whose rows have words of their own only, and may be several of one name.
_SEVERAL: Final = frozenset({ALIKE, CONTRAST, COMPARATIVE, PURPOSE})


def compare(document: Document) -> Comparison:
    """The subjects that the page compares and the rows that it gives of them; empty where it compares nothing.

    There are subjects without rows where a title or the author announces a comparison that the page does not make.
    """
    page = labelled(document)
    subjects = find_subjects(document, page)
    titles = _TITLES.get(document.language.split("-", maxsplit=1)[0].casefold(), _TITLES["en"])
    found = _without_repeats(_ladder(document, page, Names(subjects=subjects), titles), titles) if subjects else ()
    rows = worded(_distinct(in_authors_order(document, found)), document)
    # Only a title or the author says by itself that the page compares; other signs need something that is compared.
    announced = document.metadata.compare or compared_in(plain_text(document.title))
    return Comparison(subjects=subjects, rows=rows) if rows or announced else Comparison(subjects=(), rows=())


def _ladder(document: Document, page: Entry, names: Names, titles: _Titles) -> Iterator[tuple[ComparisonRow, ...]]:
    """The rows of each rung."""
    yield tuple(author_rows(document, names, titles.when_to_use))
    yield tuple(table_rows(page, names))
    yield tuple(section_rows(page, names, titles.what_it_is))
    yield tuple(subject_item_rows(page, names))
    yield tuple(aspect_lead_rows(page, names))
    yield tuple(aspect_heading_rows(page, names))
    yield tuple(alike_rows(page, names))
    yield tuple(paired_rows(page, names))
    yield tuple(definition_rows(page, names, titles.what_it_is))
    yield tuple(contrast_rows(page, names, titles.difference))
    yield tuple(merit_rows(page, names))
    yield tuple(comparative_rows(page, names))
    yield tuple(purpose_rows(page, names, titles.purpose))
    yield tuple(usage_rows(page, names, titles.when_to_use))


def _without_repeats(rungs: Iterable[tuple[ComparisonRow, ...]], titles: _Titles) -> tuple[ComparisonRow, ...]:
    """The rows less those whose aspect a higher rung has given, or whose words: all, or any where it is prose."""
    kept: list[ComparisonRow] = []
    for rows in rungs:
        aspects = {bare(row.aspect).casefold() for row in kept}
        given = {(cell.subject, cell.text): row for row in kept for cell in row.cells}
        for row in rows:
            repeated = [_repeats(row, given.get((cell.subject, cell.text)), cell.subject, titles) for cell in row.cells]
            known = bare(row.aspect).casefold() in aspects and row.rule not in _SEVERAL
            if not known and not (any(repeated) if row.rule in _SEVERAL else all(repeated)):
                kept.append(row)
    return tuple(_without_what_is_taken(kept, titles))


def _repeats(row: ComparisonRow, earlier: ComparisonRow | None, subject: str, titles: _Titles) -> bool:
    """Whether an earlier row gives a cell; a list that is no comparison gives up what is set against another's."""
    if earlier is None:
        return False
    listed = _only_lists(earlier, titles) and sum(cell.subject == subject for cell in earlier.cells) > 1
    return not (row.rule in _TAKING and listed)


def _only_lists(row: ComparisonRow, titles: _Titles) -> bool:
    """Whether a row sets nothing against anything: it has no aspect, or speaks of one subject."""
    return row.aspect == titles.what_it_is or len({cell.subject for cell in row.cells}) == 1


def _without_what_is_taken(rows: Sequence[ComparisonRow], titles: _Titles) -> Iterator[ComparisonRow]:
    taken = {(cell.subject, cell.text) for row in rows if row.rule in _TAKING for cell in row.cells}
    for row in rows:
        cells = tuple(cell for cell in row.cells if (cell.subject, cell.text) not in taken)
        if row.rule in _TAKING or not _only_lists(row, titles) or len(cells) == len(row.cells):
            yield row
        elif cells:
            yield replace(row, cells=cells)


def _distinct(rows: tuple[ComparisonRow, ...]) -> tuple[ComparisonRow, ...]:
    """The rows, with a number behind an aspect that an earlier row has."""
    seen: Counter[str] = Counter()
    result = []
    for row in rows:
        seen[row.aspect] += 1
        number = seen[row.aspect]
        result.append(replace(row, aspect=f"{row.aspect} ({number})") if number > 1 else row)
    return tuple(result)
