"""Handouts of pages that are written from right to left, whose text a PDF gives in no certain order."""

from __future__ import annotations

from verify_page import page, paragraph, section

from pipeline.settings import Product
from pipeline.verify.carried import Passage, PdfContents, Where
from pipeline.verify.check_handout import check_handout
from pipeline.verify.findings import Teller
from pipeline.verify.units import units_of

TITLE = "5⃣ When to Use What?"
SAID = "الشاي الأخضر لا يغلى بالماء الساخن جدا"
UNITS = units_of(page(paragraph(4, SAID), sections=(section(8, "الشاي"), section(12, TITLE, paragraph(14, SAID)))))


def told(*passages: tuple[str, bool]) -> set[tuple[str, int]]:
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
    _, findings = check_handout(Teller(product=Product.HANDOUT, path="page.md"), UNITS, pdf)
    return {(f.code, f.span.first) for f in findings if f.span and f.code.startswith("lost-section")}


def test_a_title_whose_words_stand_in_a_heading_in_another_order_is_there() -> None:
    assert told((SAID, False), ("الشاي", True), ("5 Use What? to When ⃣ 1/2", True), (SAID, False)) == set()


def test_a_title_whose_words_stand_elsewhere_only_is_lost() -> None:
    shown = (SAID, False), ("الشاي", True), (SAID, False), ("Use What? to When 5⃣ 2/2", False)
    assert told(*shown) == {("lost-section", 12)}
