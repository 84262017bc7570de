"""The author's hand on the comparison: front matter, hints, and what is asked and not given."""

from __future__ import annotations

from pathlib import Path

from page_reading import read, rules_of, settings_for, table_of

from pipeline.diagnostics import Diagnostic
from pipeline.model.document import Document
from pipeline.model.plan import Comparison
from pipeline.plan.comparison import compare, comparison_problems
from pipeline.read import read_page

STATED = """---
title: Tea vs coffee
compare:
  subjects: {Tea: [chai], Coffee: []}
  order: [Taste, "Price"]
  rows:
    Price:
      Coffee: "three coins"
      chai: two coins
      Cocoa: one coin
    Colour: {Tea: green}
  verdicts:
    Tea: in the evening
---
## Taste

Tea is mild. Coffee is strong.

## Price

Tea is cheap. Coffee is dear.

Choose coffee when it is early.
"""


def compared(folder: Path, markdown: str) -> tuple[Document, Comparison]:
    document = read(folder, markdown)
    return document, compare(document)


def problems(folder: Path, markdown: str) -> list[tuple[str, int]]:
    document, comparison = compared(folder, markdown)
    return [_told(problem) for problem in comparison_problems(document, comparison)]


def _told(problem: Diagnostic) -> tuple[str, int]:
    assert problem.span
    return problem.code, problem.span.first


def test_rows_verdicts_and_order_are_the_authors(tmp_path: Path) -> None:
    _, found = compared(tmp_path, STATED)
    assert [(row.aspect, row.rule, [(c.subject, c.text, c.line) for c in row.cells]) for row in found.rows] == [
        ("Taste", "aspect-heading", [("Tea", "Tea is mild.", 17), ("Coffee", "Coffee is strong.", 17)]),
        ("Price", "author", [("Tea", "two coins", 9), ("Coffee", "three coins", 8)]),
        ("Colour", "author", [("Tea", "green", 11)]),
        ("When to use", "author", [("Tea", "in the evening", 13)]),
    ]


def test_what_the_author_asks_and_does_not_get_is_told(tmp_path: Path) -> None:
    assert problems(tmp_path, STATED) == [("unknown-subject", 10)]
    assert problems(tmp_path, STATED.replace("[Taste,", "[Smell,")) == [("unknown-subject", 10), ("unknown-aspect", 3)]
    nothing = "---\ncompare: [Tea, Coffee]\n---\n# Drinks\n\nSome like tea or coffee.\n"
    assert problems(tmp_path, nothing) == [("empty-comparison", 2)]
    assert problems(tmp_path, "# Tea vs coffee\n\nSome like tea or coffee.\n") == []


def test_rows_may_be_stated_without_subjects(tmp_path: Path) -> None:
    page = "---\ncompare: {rows: {Price: {Tea: low, Coffee: high}}}\n---\n# Tea vs coffee\n\nTea and coffee.\n"
    _, found = compared(tmp_path, page)
    assert table_of(found) == {"Price": {"Tea": "low", "coffee": "high"}}
    assert rules_of(found) == {"Price": "author"}


def test_unknown_entries_are_told(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "---\ncompare: {rows: {A: {Tea: b}}, colour: red}\n---\n# Tea vs coffee\n\nTea.\n", encoding="utf-8"
    )
    codes = [diagnostic.code for diagnostic in read_page(page, settings_for(tmp_path)).diagnostics]
    assert codes == ["unknown-setting"]


SECTIONS = """# Tea vs coffee

## Price

Tea is cheap. Coffee is dear.

## Colour

{first}

Tea is green. Coffee is brown.

## Taste

{second}

Tea is mild. Coffee is strong.
"""


def test_a_section_is_left_out_of_the_comparison_or_comes_first(tmp_path: Path) -> None:
    plain = compared(tmp_path, SECTIONS.format(first="", second=""))[1]
    assert [row.aspect for row in plain.rows] == ["Price", "Colour", "Taste"]
    hinted = SECTIONS.format(first="<!-- sheet: skip -->", second="<!-- cheatsheet: keep -->")
    document, found = compared(tmp_path, hinted)
    assert [row.aspect for row in found.rows] == ["Taste", "Price"]
    # What is left out of the sheet stays in the deck.
    assert [block.name for section in document.sections for block in section.blocks if hasattr(block, "name")] == [
        "sheet-skip",
        "sheet-keep",
    ]


def test_of_many_subjects_the_first_five_are_compared_and_the_others_told(tmp_path: Path) -> None:
    head = "| Feature | Oak | Pine | Elm | Ash | Fir | Yew |\n| - | - | - | - | - | - | - |\n"
    page = f"# A comparison of trees\n\nMany.\n\n{head}| Leaf | broad | needle | broad | broad | needle | needle |\n"
    document, found = compared(tmp_path, page)
    assert [subject.name for subject in found.subjects] == ["Oak", "Pine", "Elm", "Ash", "Fir"]
    (problem,) = comparison_problems(document, found)
    assert (problem.code, problem.span and problem.span.first) == ("too-many-subjects", 7)
    assert "Yew" in problem.message
    named = f"---\ncompare: [Yew, Fir]\n---\n{page}"
    assert table_of(compared(tmp_path, named)[1]) == {"Leaf": {"Yew": "needle", "Fir": "needle"}}
    assert problems(tmp_path, named) == []


def test_a_cell_names_the_line_that_its_words_begin_on(tmp_path: Path) -> None:
    page = "# Tea vs coffee\n\n## Taste\n\nMany ask. Some say that\ntea is best. Tea is\nmild; *Coffee*\nis strong.\n"
    _, found = compared(tmp_path, page)
    assert [(cell.subject, cell.line) for cell in found.rows[0].cells] == [("Tea", 6), ("coffee", 7)]
