"""Where figures stand beside their slides, how large they are drawn, and what the front says in short."""

from __future__ import annotations

import io
import re

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace
from paper_samples import (
    SENTENCE,
    SETTINGS,
    bullets,
    comparison,
    deck_of,
    figure,
    handout,
    pages_of,
    paragraph,
    part,
    png,
    reference,
    tags_of,
)

from pipeline.labels import labels_for
from pipeline.model.document import Figure
from pipeline.model.inlines import Picture
from pipeline.model.picture_words import smallest_words
from pipeline.model.plan import Handout, SlideKind
from pipeline.settings import Product
from pipeline.theme import load_theme
from pipeline.typeset import Typesetter
from pipeline.write.handout import write_handout
from pipeline.write.html_figure import Spot, arranged, figure_html, reading_width
from pipeline.write.html_inlines import Printing
from pipeline.write.shelf import Shelf

THEME = load_theme("default")
POINTS_PER_MM = 72 / 25.4


def printed(plan: Handout) -> bytes:
    return write_handout(plan, deck_of(plan), THEME, SETTINGS, Typesetter(THEME)).data


def drawing(width: int, height: int, size: float, view: int | None = None) -> Picture:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {view or width} {height}"><text y="20" font-size="{size}">word</text></svg>'
    )
    return Picture(media_type="image/svg+xml", data=svg.encode(), width=width, height=height)


def pictures_of(data: bytes) -> list[tuple[int, float, float, float]]:
    """The page, left edge, width and top (from below) in millimetres of each raster picture, in order."""
    found = []
    with pypdfium2.PdfDocument(data) as document:
        for number, page in enumerate(document, start=1):
            for item in page.get_objects((pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,), max_depth=4):
                left, _, right, top = item.get_bounds()
                found.append((number, left / POINTS_PER_MM, (right - left) / POINTS_PER_MM, top / POINTS_PER_MM))
    return found


@pytest.fixture
def printing() -> Printing:
    return Printing(product=Product.HANDOUT, labels=labels_for("en"), shelf=Shelf())


def test_words_of_a_drawing_are_measured_at_its_own_size() -> None:
    assert smallest_words(drawing(400, 100, 20)) == pytest.approx(15)
    assert smallest_words(drawing(800, 100, 20, view=400)) == pytest.approx(30)
    assert smallest_words(png(400, 100)) is None
    assert smallest_words(Picture(media_type="image/svg+xml", data=b"<svg/>", width=9, height=9)) is None


def test_a_drawing_is_as_large_as_its_words_need(printing: Printing) -> None:
    for size in (12, 24, 48):
        picture = drawing(600, 300, size)
        block = replace(figure(picture), image=figure(picture).image)
        width = reading_width(block, picture, printing)
        words = size * 0.75 * width / (600 * 25.4 / 96)
        assert words == pytest.approx(8, abs=0.1) or width == pytest.approx(printing.measure, abs=0.2)
        assert width <= printing.measure


def spots(printing: Printing, *blocks: object) -> tuple[int, int, int]:
    """How many figures stand under the slide, in the column and across the page."""
    parts = arranged(blocks, 50, printing)  # type: ignore[arg-type]
    column = sum(isinstance(block, Figure) for block in parts.column)
    assert len(parts.margin) + len(parts.end) + len(parts.column) == len(blocks)
    return len(parts.margin), column, len(parts.end)


def test_a_figure_stands_in_the_shorter_column(printing: Printing) -> None:
    small = figure(png(260, 200), legend="A small picture here")
    notes = [paragraph(SENTENCE * 4) for _ in range(4)]
    assert spots(printing, paragraph("Short."), small) == (0, 1, 0)
    assert spots(printing, *notes, small) == (1, 0, 0)
    assert spots(printing, *notes, figure(png(260, 200), legend="Figure 3")) == (0, 1, 0), "a number stays in place"
    assert spots(printing, *notes, figure(None, legend="One that was not had")) == (1, 0, 0)


def test_a_figure_that_is_read_only_across_the_page_stands_there(printing: Printing) -> None:
    wide = figure(
        drawing(2000, 500, 40), legend="Figure: wide and not high", url="https://example.org/a/very/long/address"
    )
    assert spots(printing, wide, paragraph("After it.")) == (0, 0, 1)
    html = figure_html(wide, replace(printing, numbers={"https://example.org/a/very/long/address": 3}), Spot.ACROSS)
    assert 'class="wide beside"' in html
    assert "<strong>Figure:</strong> wide and not high" in html
    assert ">example.org</a>" in html
    # So much wider that no room is left for a legend beside it.
    assert 'class="wide"' in figure_html(figure(drawing(4000, 400, 28), legend="Figure: wider"), printing, Spot.ACROSS)


def test_figures_under_the_slide_begin_below_it_and_lists_beside_them_keep_their_signs() -> None:
    said = bullets(*(SENTENCE * 2 for _ in range(5)))
    data = printed(handout(part(1, "One part", said, figure(png(280, 200), legend="Figure: the two layers"))))
    ((_, left, width, top),) = pictures_of(data)
    assert left == pytest.approx(18, abs=0.5)
    assert width == pytest.approx(280 * 25.4 / 96, abs=0.5)
    with pypdfium2.PdfDocument(data) as document:
        text = document[0].get_textpage()
        found = text.search(SENTENCE.split(".")[0])
        starts = []
        while (at := found.get_next()) is not None:
            starts.append(text.get_charbox(at[0]))
        scale, sheet = 4, document[0].render(scale=4, grayscale=True).to_pil()
        # The first of two sentences of each item stands beside its sign.
        items = [start for start in starts if start[0] == min(left for left, *_ in starts)]
        signs = [
            sheet.crop([int(scale * edge) for edge in (left - 14, height - up, left - 4, height - down)]).getextrema()[
                0
            ]
            for height in [document[0].get_height()]
            for left, down, _, up in items
        ]
    assert len(signs) == 5
    assert max(signs) < 100, "each sign is drawn"
    tops = [box[3] / POINTS_PER_MM for box in items]
    assert max(tops) > top + 20, "the first item stands beside the slide, not beside the figure"
    tags = [tag for tag, _ in tags_of(data)]
    assert tags.index("/H2") < tags.index("/Caption"), "a title is read before the figures of its slide"


def test_a_slide_that_only_opens_a_section_is_small_and_stays_with_the_next() -> None:
    filler = [part(n, f"Part {n}", *(paragraph(SENTENCE * 4) for _ in range(3))) for n in range(1, 3)]
    opener = part(3, "Opener")
    data = printed(handout(*filler, opener, part(4, "Opened", *(paragraph(SENTENCE * 4) for _ in range(3)))))
    pages = pages_of(data)
    assert [n for n, page in enumerate(pages) if "Slide 3" in page] == [
        n for n, page in enumerate(pages) if "Slide 4" in page
    ]


def test_the_front_of_a_comparison_says_it_in_short() -> None:
    rows = {"Size": ("small", "large"), "Start": ("in seconds", ""), "Long": (SENTENCE * 3, SENTENCE * 3)}
    plan = handout(
        replace(part(1, "Both", paragraph("It opens."), level=1), id="top"),
        part(2, "First part", paragraph(SENTENCE)),
        comparison=comparison(("Boxes", "Machines"), rows),
    )
    slides = deck_of(plan)
    slides = replace(slides, slides=(replace(slides.slides[0], kind=SlideKind.COVER), *slides.slides[1:]))
    front = pages_of(write_handout(plan, slides, THEME, SETTINGS, Typesetter(THEME)).data)[0]
    assert re.search(r"In short A Boxes B Machines Size small large Start in seconds —", front)
    assert "— the page does not say" in front
    assert "Long" not in front, "what needs whole sentences is not said in short"


def test_the_front_of_another_page_has_no_such_part() -> None:
    assert "In short" not in pages_of(printed(handout(part(1, "First part", paragraph(SENTENCE)))))[0]


def test_few_references_stand_in_two_columns_with_their_slides_beside_the_titles() -> None:
    few = tuple(reference(n, f"Title {n}", f"https://example.org/{n}", n) for n in range(1, 5))
    text = pages_of(printed(handout(part(1, "One part", paragraph(SENTENCE)), references=few)))[-1]
    assert "Title 1 slide 1 https://example.org/1" in text
    assert [int(n) for n in re.findall(r"Title (\d)", text)] == [1, 2, 3, 4]


def test_ruled_lines_have_a_word_that_nobody_finds_as_text() -> None:
    tall = [part(n, f"Part {n}", *(paragraph(SENTENCE * 4) for _ in range(4))) for n in range(1, 6)]
    data = printed(handout(*tall))
    assert not any("Your notes" in page for page in pages_of(data))
    with pikepdf.open(io.BytesIO(data)) as document:
        ruled = [page.Contents[0].read_bytes() for page in document.pages if isinstance(page.Contents, pikepdf.Array)]
    assert ruled
    assert all(content.count(b" cm") == len("Yournotes") for content in ruled)
