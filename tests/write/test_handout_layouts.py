"""The handout's layouts, paper and ink: what each prints, and that none of them loses or doubles a word."""

from __future__ import annotations

import io
import re
from types import MappingProxyType

import pypdfium2
import pytest
import zxingcpp
from msgspec.structs import replace
from paper_samples import (
    AT,
    SENTENCE,
    SETTINGS,
    bullets,
    comparison,
    deck_of,
    figure,
    handout,
    link,
    pages_of,
    paragraph,
    part,
    png,
    reference,
    sizes_of,
    table,
    tags_of,
    text_of,
)

from pipeline.labels import labels_for
from pipeline.model.document import Alignment, Cell, CodeBlock, Quote, Row, Table
from pipeline.model.inlines import CodeSpan, Text
from pipeline.model.plan import Handout
from pipeline.settings import HandoutLayout, Ink, Product, Settings, Sides
from pipeline.theme import Colour, load_theme
from pipeline.typeset import Typesetter
from pipeline.write.edition import edition_of
from pipeline.write.handout import write_handout
from pipeline.write.html import blocks_html
from pipeline.write.html_code import asks_for_width
from pipeline.write.html_inlines import Printing
from pipeline.write.qr import LONG_ADDRESS, LONGEST, qr_code
from pipeline.write.shelf import Shelf
from pipeline.write.thumbnail_shapes import Ground, rectangle
from pipeline.write.written import Written

THEME = load_theme("default")
LONG = "https://www.example.org/a/very/long/address/that/nobody/likes/to/type/from/paper.html?page=7"
SHORT = "https://example.com/guide"
BARE = Printing(product=Product.HANDOUT, labels=labels_for("en"), shelf=Shelf())


def pages_plan(language: str = "en") -> Handout:
    return handout(
        replace(part(1, "Kettles", paragraph("It opens."), level=1), id="top"),
        part(2, "First part", paragraph("First. ", SENTENCE), bullets("one", "two"), section=1, share=(1, 1, 2)),
        replace(part(3, "First part", paragraph("Goes on."), level=0, section=1, share=(2, 2, 2)), opens=False),
        replace(part(4, "Its picture", figure(png(640, 400), legend="A picture"), level=3), opens=False),
        part(5, "Second part", paragraph("See ", link("Toolbox", LONG), "."), table(["A", "B"], [["1", "2"]])),
        title="Kettles",
        language=language,
        references=(reference(1, "Toolbox", LONG, 5), reference(2, "Guide", SHORT)),
    )


def printed(plan: Handout, **chosen: object) -> Written:
    settings: Settings = replace(SETTINGS, **chosen)  # type: ignore[arg-type]
    return write_handout(plan, deck_of(plan), THEME, settings, Typesetter(THEME))


@pytest.fixture(scope="module", params=[*HandoutLayout])
def layout(request: pytest.FixtureRequest) -> tuple[HandoutLayout, Written]:
    return request.param, printed(pages_plan(), handout_layout=request.param)


def test_every_layout_prints_every_word_once(layout: tuple[HandoutLayout, Written]) -> None:
    _, written = layout
    text = text_of(written.data)
    for said in ("It opens.", "First. A kernel", "Goes on.", "A picture", "See Toolbox", LONG[-20:], SHORT):
        assert text.replace(" ", "").count(said.replace(" ", "")) == 1, said
    assert written.diagnostics == ()
    assert min(sizes_of(written.data)) >= 7
    assert {"first-part", "second-part"} <= set(written.pages)


def test_every_slide_is_one_figure_that_says_what_it_is(layout: tuple[HandoutLayout, Written]) -> None:
    name, written = layout
    figures = [said for tag, said in tags_of(written.data) if tag == "/Figure"]
    slides = [said for said in figures if said.startswith("Slide ")]
    assert len(slides) == (0 if name is HandoutLayout.ARTICLE else 5)
    assert all(figures)


def test_a_running_text_has_no_titles_but_the_sections_and_its_slides_in_the_margin() -> None:
    written = printed(pages_plan(), handout_layout=HandoutLayout.ARTICLE)
    text = text_of(written.data)
    assert text.count("Its picture") == 1  # contents
    assert text.count("First part") == 2  # contents and heading
    assert all(f"Slide {number}" in text for number in range(1, 6))
    assert "1/2" not in text
    levels = [tag for tag, _ in tags_of(written.data) if re.fullmatch(r"/H\d", tag)]
    assert levels == ["/H1", *["/H2"] * 5]  # contents, three sections, references


@pytest.mark.parametrize(("chosen", "abreast"), [(HandoutLayout.THREE_UP, 1), (HandoutLayout.SIX_UP, 2)])
def test_slides_in_small_stand_before_the_text_and_lead_to_it(chosen: HandoutLayout, abreast: int) -> None:
    plan = handout(*(part(n, f"Part {n}", paragraph(f"Text {n}.")) for n in range(1, 15)))
    written = printed(plan, handout_layout=chosen)
    pages = pages_of(written.data)
    per_page = 3 * abreast
    for number in range(1, 15):
        page = pages[1 + (number - 1) // per_page].replace("\xa0", " ")
        assert f"Slide {number} " in page
        assert f"→ page {written.pages[f'part-{number}']}" in page
    last = 1 + -(-14 // per_page)
    assert all(written.pages[f"part-{n}"] > last for n in range(1, 15))
    assert "Slides 1–14 2" in pages[0]


def test_bound_paper_has_room_on_the_inner_side() -> None:
    plan = handout(*(part(n, f"Part {n}", *(paragraph(SENTENCE * 4) for _ in range(4))) for n in range(1, 6)))
    one, two = (printed(plan, handout_sides=sides).data for sides in Sides)
    with pypdfium2.PdfDocument(one) as plain, pypdfium2.PdfDocument(two) as bound:
        for index in range(1, 3):
            before, after = (_left_edge(document[index]) for document in (plain, bound))
            shift = 6 * 72 / 25.4
            assert after - before == pytest.approx(shift if index % 2 == 0 else -shift, abs=0.5)
        numbers = [_place_of(bound[index], f"page {index + 1} of") for index in (1, 2)]
    middle = 105 * 72 / 25.4
    assert numbers[0] < middle < numbers[1]


def _left_edge(page: pypdfium2.PdfPage) -> float:
    text = page.get_textpage()
    return min(text.get_rect(index)[0] for index in range(text.count_rects()))


def _place_of(page: pypdfium2.PdfPage, said: str) -> float:
    text = page.get_textpage()
    return float(text.get_charbox(text.get_text_bounded().index(said))[0])


def test_saved_ink_leaves_no_fill_but_the_pictures_own() -> None:
    theme = edition_of(pages_plan(), THEME, replace(SETTINGS, handout_ink=Ink.SAVE)).theme
    paper = THEME.colours[Colour.PAPER]
    assert {theme.colours[c] for c in (Colour.PANEL, Colour.TIP_TINT, Colour.TINT_A, Colour.MARK)} == {paper}
    assert theme.colours[Colour.ON_SUBJECT] == theme.colours[Colour.INK]
    ground = Ground(THEME, outlined=True)
    path = rectangle(0, 0, 10, 10)
    assert ground.area(path, Colour.SUBJECT_A).endswith(b"S")
    assert ground.area(path, Colour.TINT_A) == b""
    assert Ground(THEME, outlined=False).area(path, Colour.TINT_A).endswith(b"f")
    assert ground.text_theme.colours[Colour.PAPER] == THEME.colours[Colour.INK]


def test_saved_ink_prints_the_same_words() -> None:
    code = CodeBlock(text="x = 1", language="python", title="", marked=(1,), numbered_from=None, span=AT)
    plan = handout(
        part(1, "Code", code),
        comparison=comparison(["Tea", "Coffee"], {"Price": ("Low", "High")}),
    )
    full, saved = (printed(plan, handout_ink=ink) for ink in Ink)
    assert text_of(full.data) == text_of(saved.data)
    assert _dark(saved.data) < _dark(full.data)


def test_a_dark_deck_is_printed_light() -> None:
    swapped = {Colour.PAPER: THEME.colours[Colour.INK], Colour.INK: THEME.colours[Colour.PAPER]}
    dark = replace(THEME, colours=MappingProxyType({**THEME.colours, **swapped}))
    plan = handout(part(1, "Only", paragraph("A text.")))
    light, night = (write_handout(plan, deck_of(plan), theme, SETTINGS, Typesetter(theme)) for theme in (THEME, dark))
    assert night.data == light.data


def _dark(data: bytes) -> int:
    with pypdfium2.PdfDocument(data) as document:
        histogram = document[0].render(scale=0.5).to_pil().convert("L").histogram()
    return sum(histogram[:240])


# ---------------------------------------------------------------- codes for long addresses


def test_a_long_address_has_a_code_that_leads_there() -> None:
    written = printed(pages_plan())
    assert "QR code of address 1" in [said for _, said in tags_of(written.data)]
    with pypdfium2.PdfDocument(written.data) as document:
        read = [
            found.text
            for page in document
            for found in zxingcpp.read_barcodes(page.render(scale=200 / 72).to_pil().convert("L"))
        ]
    assert read == [LONG]


@pytest.mark.parametrize("length", [LONG_ADDRESS, 150, 201, LONGEST])
def test_codes_of_every_length_can_be_read_from_paper(length: int) -> None:
    url = f"https://example.org/{'aB3-_~%20' * 60}"[:length]
    shelf = Shelf()
    code = qr_code(url, 3, labels_for("de"), shelf)
    assert code is not None
    assert code.description == "QR-Code der Adresse 3"
    picture = shelf.get(code.address)
    assert picture is not None
    import resvg_py
    from PIL import Image as Raster

    drawn = bytes(resvg_py.svg_to_bytes(svg_string=picture.data.decode(), width=round(code.side / 25.4 * 300)))
    read = zxingcpp.read_barcodes(Raster.open(io.BytesIO(drawn)).convert("L"))
    assert [found.text for found in read] == [url]
    assert code.side <= 32


def test_an_address_too_long_for_paper_has_none() -> None:
    assert qr_code("https://example.org/" + "x" * LONGEST, 1, labels_for("en"), Shelf()) is None


# ---------------------------------------------------------------- code, quotes, lists


def test_lines_that_wrap_are_marked_and_others_are_not() -> None:
    code = CodeBlock(text=f"short\n{'long ' * 30}", language="", title="", marked=(), numbered_from=None, span=AT)
    lines = re.findall(r'<code class="(line[^"]*)"', blocks_html((code,), BARE))
    assert lines == ["line", "line wraps"]


@pytest.mark.parametrize(
    ("line", "numbered"),
    [("a" + " " * 40 + "b" * 16, None), ("\t\t" + "a " * 25, None), ("访问量" * 10, None), ("long " * 10, 1)],
)
def test_lines_that_wrap_are_told_by_all_their_width(line: str, numbered: int | None) -> None:
    code = CodeBlock(text=line, language="", title="", marked=(), numbered_from=numbered, span=AT)
    assert 'class="line wraps"' in blocks_html((code,), BARE)


def test_code_barely_wider_than_its_column_stays_in_it() -> None:
    def code(length: int) -> CodeBlock:
        return CodeBlock(text="x" * length, language="", title="", marked=(), numbered_from=None, span=AT)

    assert [asks_for_width(code(n), 94, 174) for n in (50, 57, 70, 99, 150)] == [False, False, True, True, False]


def test_code_in_a_cell_stays_on_one_line_where_the_table_has_room() -> None:
    def cell(text: str) -> Cell:
        return Cell(children=(CodeSpan(text=text, span=AT),), span=AT)

    def made(columns: int) -> Table:
        rows = tuple(Row(cells=(cell("<!-- deck: skip -->"),) * columns, span=AT) for _ in range(2))
        return Table(head=None, rows=rows, alignments=(Alignment.NONE,) * columns, caption=(), span=AT)

    assert blocks_html((made(2),), BARE).count('<code class="unbroken">') == 4
    assert 'class="unbroken"' not in blocks_html((made(12),), BARE)
    plan = handout(part(1, "Table", made(2)))
    with pypdfium2.PdfDocument(printed(plan).data) as document:
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert text.count("<!-- deck: skip -->") == 4


def test_who_is_quoted_stands_apart() -> None:
    quote = Quote(children=(paragraph("Less is more."), paragraph("— L. Mies")), span=AT)
    assert '<p class="who">— L. Mies</p></blockquote>' in blocks_html((quote,), BARE)
    alone = Quote(children=(paragraph("— nothing but this"),), span=AT)
    assert 'class="who"' not in blocks_html((alone,), BARE)


def test_a_paragraph_that_announces_a_list_stays_with_it() -> None:
    html = blocks_html((paragraph("These:"), bullets("a"), paragraph("The end:")), BARE)
    assert html.count('<p class="leads">') == 1
    assert '<p class="leads">These:</p>' in html


# ---------------------------------------------------------------- front and contents


def test_a_long_comparison_says_how_many_rows_are_elsewhere() -> None:
    rows = {f"Aspect {n}": (f"this {n}", f"that {n}") for n in range(1, 15)}
    plan = handout(part(1, "Table", paragraph("x")), comparison=comparison(["Tea", "Coffee"], rows))
    front = pages_of(printed(plan).data)[0]
    shown = len(re.findall(r"Aspect \d+ this", front))
    assert 0 < shown < 14
    assert f"and {14 - shown} more" in front


def test_a_section_left_out_of_the_deck_names_no_slide() -> None:
    plan = handout(part(1, "Shown", paragraph("x")), part(2, "Skipped", paragraph("y")))
    kept, skipped = plan.contents
    plan = replace(plan, contents=(kept, replace(skipped, first_slide=1, last_slide=1, shown=False)))
    front = pages_of(printed(plan).data)[0]
    assert "slide 1" in front
    assert front.count("slide ") == 1


def test_long_names_leave_the_footer_on_one_line() -> None:
    plan = replace(handout(part(1, "Only", paragraph("x"))), source="a-name-that-goes-on-" * 6 + ".md")
    footers = re.findall(r"a-name-that-goes-on\S*", text_of(printed(plan).data))
    assert len(footers) == 1
    assert len(footers[0]) == 60
    assert "…" in footers[0]


def test_pieces_of_code_in_a_cell_stand_on_several_lines_where_they_need_them() -> None:
    names = [CodeSpan(text=f".names_{letter}", span=AT) for letter in "abcdefgh"]
    several = tuple(inline for name in names for inline in (Text(text=" / ", span=AT), name))[1:]
    words = (Text(text="A sentence that asks for most of the width. " * 3, span=AT),)
    row = Row(cells=(Cell(children=several, span=AT), Cell(children=words, span=AT)), span=AT)
    table = Table(head=None, rows=(row,), alignments=(Alignment.NONE,) * 2, caption=(), span=AT)
    with pypdfium2.PdfDocument(printed(handout(part(1, "Table", table))).data) as document:
        (text,) = (page.get_textpage() for page in document if ".names_h" in page.get_textpage().get_text_bounded())
        places = [text.get_charbox(text.search(name).get_next()[0]) for name in (".names_a", ".names_h", "A sentence")]
    first, last, beside = places
    assert last[0] < beside[0]
    assert last[3] < first[1]
