"""Handouts of pages that are written from right to left, whose text a PDF gives in no certain order."""

from __future__ import annotations

from verify_page import page, paragraph, section

from pipeline.settings import Product
from pipeline.verify.carried import Passage, PdfContents, Where
from pipeline.verify.check_handout import check_handout
from pipeline.verify.findings import Teller
from pipeline.verify.units import Unit, units_of

TITLE = "5⃣ When to Use What?"
SAID = "الشاي الأخضر لا يغلى بالماء الساخن جدا"
UNITS = units_of(page(paragraph(4, SAID), sections=(section(8, "الشاي"), section(12, TITLE, paragraph(14, SAID)))))


def told(*passages: tuple[str, bool], units: tuple[Unit, ...] = UNITS) -> set[tuple[str, int]]:
    """What is lost of the page in a handout of these texts and headings."""
    read = tuple(Passage(where=Where.PAGE, number=1, text=text, heading=heading) for text, heading in passages)
    pdf = PdfContents(
        pages=1,
        tagged=True,
        language="ar",
        title="x",
        passages=read,
        links=(),
        pictures=(),
        bookmarks=(),
        contents=(),
        bare_fonts=(),
    )
    _, findings = check_handout(Teller(product=Product.HANDOUT, path="page.md"), units, pdf)
    return {(f.code, f.span.first) for f in findings if f.span and f.code.startswith("lost-section")}


def test_a_title_whose_words_stand_in_a_heading_in_another_order_is_there() -> None:
    assert told((SAID, False), ("الشاي", True), ("5 Use What? to When ⃣ 1/2", True), (SAID, False)) == set()


def test_a_title_whose_words_stand_elsewhere_only_is_lost() -> None:
    shown = (SAID, False), ("الشاي", True), (SAID, False), ("Use What? to When 5⃣ 2/2", False)
    assert told(*shown) == {("lost-section", 12)}


def test_a_title_in_another_order_is_looked_for_beyond_the_contents_that_have_it_too() -> None:
    units = units_of(page(sections=(section(8, "שלב 1: תה ירוק"), section(12, "קפה"))))
    above = ("Tea or coffee", True), ("תה ירוק :1 שלב", False), ("קפה", False)
    assert told(*above, ("1\nתה ירוק:1 שלב", True), ("קפה", True), units=units) == set()
    assert told(*above, ("קפה", True), units=units) == {("lost-section", 8)}
