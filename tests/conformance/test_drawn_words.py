"""The geometry of drawn words, on pages drawn by WeasyPrint."""

from __future__ import annotations

import pytest
from drawn_words import Box, Page, misplaced, not_drawn, pages_drawn
from weasyprint import HTML

PAGE = "<style>@page {{ size: 400pt 200pt; margin: 0 }} body {{ margin: 0; font: 16pt/18pt sans-serif }}</style>{}"


def _page(*placed: tuple[int, int, str]) -> Page:
    texts = "".join(
        f'<p style="position: absolute; margin: 0; white-space: nowrap; left: {x}pt; top: {y}pt">{text}</p>'
        for x, y, text in placed
    )
    (page,) = pages_drawn(HTML(string=PAGE.format(texts)).write_pdf() or b"")
    return page


def test_words_are_read_with_their_places() -> None:
    page = _page((20, 30, "Docker images"), (20, 90, "kernel"))
    assert (page.width, page.height) == (400, 200)
    assert [word.text for word in page.words] == ["Docker", "images", "kernel"]
    docker, images, kernel = (word.box for word in page.words)
    assert 20 <= docker.left < docker.right < images.left < images.right < 200
    assert 30 <= docker.top < docker.bottom <= 48
    assert 90 <= kernel.top < kernel.bottom <= 108


def test_lines_below_each_other_are_in_place() -> None:
    page = _page((20, 30, "gypsy jumping"), (20, 46, "BÄRFÜSSIG ÄÖÜ"), (20, 62, "fjord (1/3)"))
    assert list(misplaced(page, [Box(left=200, top=0, right=400, bottom=200)])) == []


@pytest.mark.parametrize(("x", "y"), [(-9, 30), (380, 30), (20, -9), (20, 191)])
def test_a_word_beyond_any_edge_is_named(x: int, y: int) -> None:
    page = _page((x, y, "Docker"), (150, 90, "inside"))
    assert list(misplaced(page, [])) == ["“Docker” reaches beyond the slide"]


@pytest.mark.parametrize(("x", "y"), [(20, 30), (24, 30), (20, 36), (40, 22)])
def test_words_over_each_other_are_named(x: int, y: int) -> None:
    page = _page((20, 30, "Docker"), (x, y, "summit"))
    assert list(misplaced(page, [])) == ["“Docker” and “summit” stand over each other"]


def test_a_word_over_a_picture_is_named() -> None:
    page = _page((20, 30, "Docker"), (150, 30, "kernel"))
    assert list(misplaced(page, [Box(left=190, top=0, right=300, bottom=150)])) == ["“kernel” stands over a picture"]


def test_words_that_are_not_drawn_are_named() -> None:
    page = _page((20, 30, "Docker images"))
    assert not_drawn(["Docker", "–", "images."], page) == ()
    assert not_drawn(["Docker", "kernel", "images"], page) == ("kernel",)


def test_words_that_read_to_the_left_are_found_and_missed() -> None:
    page = _page((20, 30, "Docker"), (20, 60, "שלום עולם (20-25)"))
    assert not_drawn(["Docker", "עולם", "(20-25)", "שלום"], page) == ()
    assert not_drawn(["Docker", "kernel", "גדול", "שלום"], page) == ("kernel", "גדול")
