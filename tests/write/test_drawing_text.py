"""Text of drawings on paper: shaped as a whole, letters with places of their own where these are."""

from base64 import b64encode

import pypdfium2
import pytest

from pipeline.write.libraries import load_weasyprint


def printed(text: str) -> pypdfium2.PdfTextPage:
    """A page with a drawing of that element."""
    load_weasyprint()
    import weasyprint

    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 60" width="400" height="60">{text}</svg>'
    address = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    page = weasyprint.HTML(
        string=f'<style>@page {{ margin: 0 }} body {{ margin: 0 }}</style><img src="{address}">'
    ).write_pdf()
    return pypdfium2.PdfDocument(page)[0].get_textpage()


def lefts(page: pypdfium2.PdfTextPage) -> list[float]:
    """Where each letter begins, in points."""
    return [page.get_charbox(number)[0] for number in range(page.count_chars())]


def test_arabic_reads_from_right_to_left() -> None:
    page = printed('<text x="10" y="40" font-size="24">مرحبا</text>')
    assert page.get_text_bounded().strip() == "مرحبا"
    assert lefts(page) == sorted(lefts(page), reverse=True)


def test_letters_are_kerned() -> None:
    def width(text: str, attributes: str) -> float:
        page = printed(f'<text x="10" y="40" font-size="40" font-family="Liberation Sans" {attributes}>{text}</text>')
        return lefts(page)[-1] - lefts(page)[0]

    assert width("AVAVA", "") < width("AVAVA", 'rotate="0"')  # a letter with a turn of its own stands by itself


@pytest.mark.parametrize("places", ["0 100 200", "0, 100, 200"])
def test_letters_stay_in_their_places(places: str) -> None:
    page = printed(f'<text x="{places}" y="40" font-size="24" font-family="Liberation Sans">HHH</text>')
    first, *others = (left for left, char in zip(lefts(page), page.get_text_bounded(), strict=True) if char == "H")
    assert [round(left - first) for left in others] == [75, 150]


def test_parts_follow_each_other() -> None:
    page = printed('<text x="10" y="40" font-size="24">one <tspan font-weight="bold">two</tspan> three</text>')
    assert " ".join(page.get_text_bounded().split()) == "one two three"


def test_text_set_in_the_middle_stands_there() -> None:
    page = printed('<text x="200" y="40" font-size="24" text-anchor="middle">HHHHH</text>')
    boxes = [page.get_charbox(number) for number in range(5)]
    assert (boxes[0][0] + boxes[-1][2]) / 2 == pytest.approx(150, abs=0.5)
