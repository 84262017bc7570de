"""A page as units: what counts, on which line, and how it is to be found."""

from __future__ import annotations

from verify_page import at, code, link, mark, page, paragraph, quote, section, skip, speech, strong, table, tea, text

from pipeline.model.document import CodeBlock, Paragraph, Quote
from pipeline.model.inlines import FormulaSpan, Image, InlineImage, LineBreak, SectionTarget
from pipeline.verify.phrase import Piece
from pipeline.verify.units import Kind, Unit, units_of


def listed(*kinds: Kind) -> list[tuple[int, str]]:
    return [(unit.span.first, unit.text) for unit in units_of(tea()) if unit.kind in kinds]


def only(*blocks: Paragraph | Quote | CodeBlock) -> list[Unit]:
    return [unit for unit in units_of(page(*blocks)) if unit.kind not in {Kind.TITLE, Kind.AUTHOR}]


def test_every_kind_of_unit_has_its_line() -> None:
    assert listed(Kind.SECTION) == [(10, "Brewing"), (22, "Caffeine"), (40, "Costs"), (60, "References")]
    assert listed(Kind.CELL)[:5] == [(24, "Tea"), (24, "Coffee"), (26, "Caffeine"), (26, "40 mg"), (26, "95 mg")]
    assert listed(Kind.CODE) == [(33, "def pour(cup):"), (34, "if cup:"), (35, "return 1"), (36, "return 10")]
    assert listed(Kind.FIGURE, Kind.LEGEND) == [(18, "A teapot on a table"), (18, "Figure: the pot")]
    assert listed(Kind.CALLOUT, Kind.QUOTE, Kind.NOTE, Kind.FOOTNOTE, Kind.FORMULA) == [
        (47, "Buy loose leaves; they are well-known to be cheaper."),
        (50, "There is no trouble so great that a cup of tea will not diminish it."),
        (52, r"c = \frac{a}{b}"),
        (54, "Hold up the cup here."),
        (66, "Measured in 2019."),
    ]


def test_each_web_address_is_one_reference() -> None:
    assert listed(Kind.REFERENCE) == [(12, "https://example.org/tea?cup=1"), (62, "https://example.org/book")]
    again = only(paragraph(3, link("a", "https://x.org"), link("b", "https://x.org")))
    assert [unit.kind for unit in again].count(Kind.REFERENCE) == 1


def test_cells_of_a_row_share_it() -> None:
    rows = [unit.row for unit in units_of(page(table(1, ("a", "b"), ("c", "d")))) if unit.kind is Kind.CELL]
    first, second = set(rows[:2]), set(rows[2:])
    assert len(first) == len(second) == 1
    assert first != second


def test_a_number_may_follow_a_link_and_a_mark_may_be_anything() -> None:
    unit = only(paragraph(3, "See ", link("here", "https://x.org", 3), " now", mark("note"), "."))[0]
    assert unit.text == "See here now."
    assert unit.phrase.pieces == (
        Piece(key="seehere"),
        Piece(key="now", gap=8, words=False),
        Piece(key=".", gap=12, words=True),
    )


def test_a_link_knows_the_text_that_it_stands_in() -> None:
    units = only(paragraph(3, "See ", link("the costs", SectionTarget(id="costs"), 3), "."))
    assert [(unit.kind, unit.text, unit.parent) for unit in units[:2]] == [
        (Kind.PARAGRAPH, "See the costs.", None),
        (Kind.LINK, "the costs", 2),
    ]


def test_images_and_formulas_in_a_line_are_units_of_their_own() -> None:
    image = Image(source="cup.png", alt="A cup", title="", picture=None, span=at(3))
    inline = InlineImage(image=image, legend=(), origin=None, span=at(3))
    units = only(paragraph(3, "The ", inline, " holds ", FormulaSpan(source="x^2", span=at(3)), " ml."))
    assert [(unit.kind, unit.text) for unit in units] == [
        (Kind.PARAGRAPH, "The holds ml."),
        (Kind.FIGURE, "A cup"),
        (Kind.FORMULA, "x^2"),
    ]


def test_a_skipped_section_may_be_left_out_with_what_is_under_it() -> None:
    inner = section(9, "Inner", paragraph(11, "Inside."), level=3)
    units = units_of(page(sections=(section(3, "Outer", skip(4), sections=(inner,)), section(20, "Next"))))
    assert {unit.text: unit.skipped for unit in units if unit.kind is not Kind.TITLE} == {
        "Ada Byron": False,
        "Outer": True,
        "Inner": True,
        "Inside.": True,
        "Next": False,
    }


def test_speakers_notes_stay_off_the_slides() -> None:
    (unit,) = (unit for unit in units_of(page(speech(4, "Smile."))) if unit.kind is Kind.NOTE)
    assert unit.spoken


def test_lines_of_indented_code_are_counted_from_its_first() -> None:
    block = code(7, "a", "", "b")
    indented = CodeBlock(text=block.text, language="", title="", marked=(), numbered_from=None, span=at(7).cover(at(9)))
    assert [(unit.text, unit.span.first) for unit in only(indented)] == [("a", 7), ("b", 9)]


def test_a_thousand_quotes_in_each_other_are_read() -> None:
    block: Paragraph | Quote = paragraph(2, "deep")
    for _ in range(3000):
        block = Quote(children=(block,), span=at(2))
    assert [unit.text for unit in only(block)] == ["deep"]


def test_what_says_nothing_is_no_unit() -> None:
    assert only(paragraph(3, " ", LineBreak(span=at(3)), text(" ")), quote(4, "")) == []
    assert [unit.text for unit in only(paragraph(3, strong("Bold"), ": x"))] == ["Bold: x"]
