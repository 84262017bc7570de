"""Real pages, where they are at hand: who is compared and in what, against what people read in them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cells_reading import assert_from_the_page
from page_reading import settings_for
from truth_reading import Score, score, true_pages

from pipeline.diagnostics import SlidesError
from pipeline.model.document import Document
from pipeline.plan.comparison import compare
from pipeline.read import read_page

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
PAGES = true_pages()

pytestmark = pytest.mark.skipif(not CORPUS.exists(), reason="the pages are not at hand")


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    folder = CORPUS / "versus"
    settings = settings_for(folder)
    return {page.name: score(page, compare(read_page(folder / f"{page.name}.md", settings).document)) for page in PAGES}


def test_the_table_is_large_enough() -> None:
    assert len(PAGES) >= 30
    assert sum(page.held_out for page in PAGES) >= 15


def test_the_subjects_are_those_that_people_name(scores: dict[str, Score]) -> None:
    wrong = [name for name, page in scores.items() if not page.subjects]
    assert len(wrong) <= 2, wrong


def test_rows_are_right(scores: dict[str, Score]) -> None:
    given = sum(page.given for page in scores.values())
    right = sum(page.right for page in scores.values())
    assert right >= 0.9 * given, [line for page in scores.values() for line in page.wrong]


@pytest.mark.parametrize(("held_out", "share"), [(False, 0.8), (True, 0.6)])
def test_most_rows_are_found(scores: dict[str, Score], held_out: bool, share: float) -> None:  # noqa: FBT001 - a parameter of the test
    several = {page.name: scores[page.name] for page in PAGES if page.held_out is held_out}
    wanted = sum(page.wanted for page in several.values())
    found = sum(page.found for page in several.values())
    assert found >= share * wanted, {name: page.missing for name, page in several.items() if page.missing}


def test_of_all_pages_four_rows_of_five_are_found(scores: dict[str, Score]) -> None:
    assert sum(page.found for page in scores.values()) >= 0.8 * sum(page.wanted for page in scores.values())


def test_no_cell_is_given_to_another_subject(scores: dict[str, Score]) -> None:
    assert [f"{name}: {cell}" for name, page in scores.items() for cell in page.misplaced] == []


def test_every_cell_of_every_page_is_a_stretch_of_its_source() -> None:
    compared = 0
    for document in _documents():
        comparison = compare(document)
        compared += bool(comparison.rows)
        assert_from_the_page(document, comparison)
    assert compared > 10


def test_a_page_of_three_thousand_words_is_compared_in_a_tenth_of_a_second() -> None:
    page = CORPUS / "versus" / "ar-backend-05-database-concepts-01-sql-vs-nosql.md"
    document = read_page(page, settings_for(page.parent)).document
    compare(document)
    assert min(_seconds(document) for _ in range(5)) < 0.1


def _seconds(document: Document) -> float:
    start = time.process_time()
    compare(document)
    return time.process_time() - start


def _documents() -> Iterator[Document]:
    pages = sorted((CORPUS / "versus").glob("*.md")) + sorted(CORPUS.glob("[ds]*/**/*.md"))
    for page in pages:
        try:
            yield read_page(page, settings_for(page.parent)).document
        except SlidesError:
            continue
