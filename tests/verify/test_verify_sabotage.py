"""Finished files damaged in many ways: each damage is found and named with the page's line."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from msgspec.structs import replace
from pptx import Presentation
from verify_files import files_of
from verify_page import COMPARISON, formula, paragraph, tea
from verify_sabotage import (
    drop,
    drop_slide,
    first_shape,
    in_deck,
    in_pdf,
    notes_emptied,
    paragraphs,
    redescribed,
    replaced,
    retargeted,
    said,
    swap_slides,
    unlinked,
    uri,
    with_blank_page,
    without_annotations,
    without_page,
    without_paragraph,
)

from pipeline.model.document import Document
from pipeline.settings import Product
from pipeline.verify import Finding, verify


@pytest.fixture(scope="module")
def page() -> Document:
    return tea()


@pytest.fixture(scope="module")
def files(page: Document) -> dict[Product, bytes]:
    return files_of(page, COMPARISON)


def found(page: Document, files: dict[Product, bytes]) -> tuple[Finding, ...]:
    return verify(page, COMPARISON, files).findings


def told(findings: tuple[Finding, ...]) -> set[tuple[str, int]]:
    return {(finding.code, finding.span.first if finding.span else 0) for finding in findings}


def test_undamaged_files_give_no_finding(page: Document, files: dict[Product, bytes]) -> None:
    report = verify(page, COMPARISON, files)
    assert report.findings == ()
    assert report.ok


DECK_DAMAGE: dict[str, tuple[Callable[[Any], None], set[tuple[str, int]]]] = {
    "a word changed": (replaced("the same house", "the same horse"), {("altered-paragraph", 42)}),
    "a digit changed": (replaced("3.40", "3.41"), {("altered-paragraph", 42)}),
    "a not removed": (replaced("not be brewed", "be brewed"), {("altered-paragraph", 12)}),
    "a paragraph dropped": (without_paragraph("A cup of tea costs"), {("lost-paragraph", 42)}),
    "the third copy of a paragraph dropped": (without_paragraph("Ask for more.", 2), {("lost-paragraph", 44)}),
    "the first copy of a paragraph dropped": (without_paragraph("Ask for more.", 0), {("lost-paragraph", 20)}),
    "an item dropped": (without_paragraph("two minutes"), {("lost-item", 15)}),
    "a short item dropped": (without_paragraph("Yes", None), {("lost-item", 16), ("lost-cell", 27), ("lost-cell", 28)}),
    "a line of code dropped": (without_paragraph("return 10"), {("lost-code", 36)}),
    "a line of code changed": (replaced("return 10", "return 100"), {("altered-code", 36)}),
    "a cell changed": (replaced("95 mg", "96 mg"), {("altered-cell", 26)}),
    "a quote dropped": (without_paragraph("no trouble so great"), {("lost-quote", 50)}),
    "a speaker's note dropped": (without_paragraph("Hold up the cup"), {("lost-note", 54)}),
    "a legend dropped": (without_paragraph("Figure: the pot"), {("lost-legend", 18)}),
    "a footnote dropped": (without_paragraph("Measured in"), {("lost-footnote", 66)}),
    "a link dropped": (unlinked("tea council"), {("lost-link", 12)}),
    "a picture dropped": (first_shape("pic", drop), {("lost-figure", 18)}),
    "a formula altered": (redescribed(r"c = \frac{a}{b}", r"c = \frac{a}{d}"), {("lost-formula", 52)}),
    "an alternative text dropped": (
        first_shape("pic", lambda pic: pic.nvPicPr.cNvPr.attrib.pop("descr")),
        {("no-alt", 18)},
    ),
    "a title dropped": (without_paragraph("Brewing", 1), {("lost-section", 10), ("no-title", 10)}),
    "a title changed": (replaced("Brewing", "Browing"), {("altered-section", 10)}),
    "the author dropped": (without_paragraph("Ada Byron"), {("lost-author", 2)}),
}


@pytest.mark.parametrize("name", DECK_DAMAGE)
def test_damage_to_the_deck_is_named(name: str, page: Document, files: dict[Product, bytes]) -> None:
    damage, expected = DECK_DAMAGE[name]
    assert told(found(page, {Product.DECK: in_deck(files[Product.DECK], damage)})) == expected


def test_a_link_of_the_deck_retargeted_is_named(page: Document, files: dict[Product, bytes]) -> None:
    damaged = retargeted(files[Product.DECK], "https://example.org/tea?cup=1", "https://example.org/tea?cup=2")
    (finding,) = found(page, {Product.DECK: damaged})
    assert (finding.code, finding.span and finding.span.first) == ("wrong-target", 12)
    assert finding.message == (
        "the link “tea council” opens https://example.org/tea?cup=2 on notes of slide 2, "
        "not https://example.org/tea?cup=1"
    )


def test_a_word_changed_is_told(page: Document, files: dict[Product, bytes]) -> None:
    damaged = in_deck(files[Product.DECK], replaced("not be brewed", "be brewed"))
    (finding,) = found(page, {Product.DECK: damaged})
    assert str(finding).startswith("content/tea.md:12: error[altered-paragraph]: the paragraph “Green tea should not")
    assert "was changed on notes of slide 2: “not” is missing" in finding.message
    assert finding.place == "notes of slide 2"


def test_a_change_on_the_slide_is_found_though_the_notes_are_right(page: Document, files: dict[Product, bytes]) -> None:
    def damage(presentation: Any) -> None:
        (shown, *_) = (
            p for p in presentation.slides[1]._element.iter() if said_as(p, "Water: 80 degrees for green tea.")
        )
        shown[-1][-1].text = ": 90 degrees for green tea."

    (finding,) = found(page, {Product.DECK: in_deck(files[Product.DECK], damage)})
    assert (finding.code, finding.span and finding.span.first, finding.place) == ("altered-item", 14, "slide 2")
    assert "“80” became “90”" in finding.message


def said_as(element: Any, text: str) -> bool:
    return element.tag.endswith("}p") and said(element) == text


def test_a_slide_dropped_loses_all_that_is_on_it(page: Document, files: dict[Product, bytes]) -> None:
    findings = found(page, {Product.DECK: in_deck(files[Product.DECK], drop_slide(3))})
    assert {f.span.first for f in findings if f.span} == {22, 24, 26, 27, 28, 30, 33, 34, 35, 36}
    assert all(finding.code.startswith("lost-") for finding in findings)


def test_slides_swapped_are_told_as_moved(page: Document, files: dict[Product, bytes]) -> None:
    findings = found(page, {Product.DECK: in_deck(files[Product.DECK], swap_slides(3, 4))})
    assert {finding.code for finding in findings} == {"moved"}
    assert {f.span.first for f in findings if f.span} <= set(range(22, 55))


def test_a_note_emptied_loses_what_is_only_said(page: Document, files: dict[Product, bytes]) -> None:
    findings = found(page, {Product.DECK: in_deck(files[Product.DECK], notes_emptied(4))})
    assert told(findings) == {("lost-paragraph", 42), ("lost-paragraph", 44), ("lost-quote", 50), ("lost-note", 54)}


def test_every_paragraph_of_the_deck_matters(page: Document, files: dict[Product, bytes]) -> None:
    """Each paragraph of three words or more is missed when its second word is."""
    count = sum(1 for _ in paragraphs(Presentation(io.BytesIO(files[Product.DECK]))))
    tried, missed = 0, []
    for index in range(count):
        texts: list[str] = []
        damaged = in_deck(files[Product.DECK], second_word_dropped(index, texts))
        tried += len(texts)
        missed += [text for text in texts if not found(page, {Product.DECK: damaged})]
    assert tried > 20
    assert missed == []


def second_word_dropped(index: int, texts: list[str]) -> Callable[[Any], None]:
    def damage(presentation: Any) -> None:
        paragraph_ = list(paragraphs(presentation))[index]
        runs = [t for t in paragraph_.iter() if t.tag.endswith("}t") and len((t.text or "").split()) > 2]
        if runs:
            texts.append(said(paragraph_))
            first, _, *rest = runs[0].text.split()
            runs[0].text = " ".join([first, *rest])

    return damage


# ---------------------------------------------------------------- the handout and the sheet


def in_text(page: Document, change: Callable[[Document], Document], product: Product) -> set[tuple[str, int]]:
    """What is told of a file that was made of a changed page, held against the right one."""
    return told(found(page, {product: files_of(change(page), COMPARISON)[product]}))


def section_changed(index: int, position: int, *blocks: Any) -> Callable[[Document], Document]:
    def change(document: Document) -> Document:
        sections = list(document.sections)
        own = sections[index]
        kept = (*own.blocks[:position], *blocks, *own.blocks[position + 1 :])
        sections[index] = replace(own, blocks=kept)
        return replace(document, sections=tuple(sections))

    return change


COSTS = "A cup of tea costs 1.20 and a cup of coffee 3.40 in the same house."
PAPER_DAMAGE: dict[str, tuple[Callable[[Document], Document], set[tuple[str, int]]]] = {
    "a paragraph dropped": (section_changed(2, 0), {("lost-paragraph", 42)}),
    "a digit changed": (
        section_changed(2, 0, paragraph(42, COSTS.replace("1.20", "1.30"))),
        {("altered-paragraph", 42)},
    ),
    "a not added": (
        section_changed(2, 0, paragraph(42, COSTS.replace("costs", "not costs"))),
        {("altered-paragraph", 42)},
    ),
    "the second copy dropped": (section_changed(1, 1), {("lost-paragraph", 30)}),
    "a figure dropped": (section_changed(0, 2), {("lost-figure", 18), ("lost-legend", 18)}),
    "a formula dropped": (section_changed(2, 4), {("lost-formula", 52)}),
    "a formula altered": (section_changed(2, 4, formula(52, r"c = \frac{a}{d}")), {("lost-formula", 52)}),
    "a section dropped": (
        lambda document: replace(document, sections=document.sections[:-1]),
        {
            ("lost-section", 60),
            ("lost-item", 62),
            ("lost-item", 63),
            ("lost-link", 62),
            ("lost-reference", 62),
            ("no-bookmark", 60),
        },
    ),
    "a footnote dropped": (lambda document: replace(document, footnotes=()), {("lost-footnote", 66)}),
}


@pytest.mark.parametrize("name", PAPER_DAMAGE)
def test_damage_to_the_handout_is_named(name: str, page: Document) -> None:
    change, expected = PAPER_DAMAGE[name]
    assert in_text(page, change, Product.HANDOUT) == expected


def test_sections_swapped_in_the_handout_are_told_as_moved(page: Document) -> None:
    def change(document: Document) -> Document:
        first, second, *others = document.sections
        return replace(document, sections=(second, first, *others))

    assert {code for code, _ in in_text(page, change, Product.HANDOUT)} == {"moved"}


def test_a_page_dropped_from_the_handout_loses_what_is_on_it(page: Document, files: dict[Product, bytes]) -> None:
    findings = found(page, {Product.HANDOUT: in_pdf(files[Product.HANDOUT], without_page(2))})
    assert {("lost-paragraph", 42), ("lost-quote", 50), ("lost-item", 63)} <= told(findings)
    assert ("lost-paragraph", 12) not in told(findings)


def test_links_taken_from_the_handout_are_named(page: Document, files: dict[Product, bytes]) -> None:
    findings = found(page, {Product.HANDOUT: in_pdf(files[Product.HANDOUT], without_annotations)})
    assert told(findings) == {("lost-link", 12), ("lost-link", 62)}


def test_a_link_of_the_handout_retargeted_is_named(page: Document, files: dict[Product, bytes]) -> None:
    damage = uri("https://example.org/book", "https://example.org/Book")
    findings = found(page, {Product.HANDOUT: in_pdf(files[Product.HANDOUT], damage)})
    assert told(findings) == {("wrong-target", 62)}


def sheet_damage() -> Iterator[Any]:
    yield with_blank_page, {("sheet-pages", 0)}
    yield without_annotations, {("lost-reference", 12), ("lost-reference", 62)}
    yield uri("https://example.org/book", "https://example.org/boot"), {("lost-reference", 62)}


@pytest.mark.parametrize(("damage", "expected"), list(sheet_damage()))
def test_damage_to_the_sheet_is_named(
    damage: Callable[[Any], None], expected: set[tuple[str, int]], page: Document, files: dict[Product, bytes]
) -> None:
    damaged = in_pdf(files[Product.CHEATSHEET], damage)
    assert told(found(page, {Product.CHEATSHEET: damaged})) == expected


def test_a_section_missing_from_the_sheet_is_named(page: Document) -> None:
    def change(document: Document) -> Document:
        return replace(document, sections=(*document.sections[:2], *document.sections[3:]))

    assert in_text(page, change, Product.CHEATSHEET) == {("lost-section", 40)}


def test_a_cell_of_the_comparison_missing_from_the_sheet_is_named(page: Document) -> None:
    from verify_files import sheet_of

    row = COMPARISON.rows[0]
    less = replace(COMPARISON, rows=(replace(row, cells=row.cells[:1]),))
    findings = found(page, {Product.CHEATSHEET: sheet_of(page, less)})
    assert told(findings) == {("lost-comparison", 26)}


@pytest.mark.parametrize("product", Product)
def test_a_file_that_is_none_is_unreadable(product: Product, page: Document) -> None:
    (finding,) = found(page, {product: b"no such file"})
    assert finding.code == f"unreadable-{product.value}"


@pytest.mark.parametrize("product", Product)
def test_a_file_cut_short_is_told_of(product: Product, page: Document, files: dict[Product, bytes]) -> None:
    assert found(page, {product: files[product][: len(files[product]) // 2]})
