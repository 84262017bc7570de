"""Drawings that stand several times in a PDF look the same each time, and are drawn only once."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops
from weasyprint.svg import SVG

from pipeline.theme import load_theme
from pipeline.write.pdf import Press
from pipeline.write.shelf import Shelf

THEME = load_theme("default")
CSS = """@page { size: 200pt 200pt; margin: 0 }
body { margin: 0; font: 10pt/10pt sans-serif } p { margin: 0 } section { height: 200pt; position: relative }
img, i { position: absolute; width: 80pt }
i { height: 40pt; background: 0 0 / 100% 100% no-repeat }"""
SIZE = 'xmlns="http://www.w3.org/2000/svg" width="80" height="40"'
PLAIN = f"""<svg {SIZE}><defs><marker id="m" markerWidth="4" markerHeight="4" refX="2" refY="2">
<circle cx="2" cy="2" r="2" fill="#c00"/></marker></defs><rect width="60" height="30"/>
<g opacity="0.5"><rect x="10" y="5" width="60" height="30" fill="#08c"/></g>
<path d="M5 35 L75 35" stroke="#0a0" stroke-width="2" marker-end="url(#m)"/>
<text x="4" y="20" fill="#fff">word</text></svg>"""
SHAPES = f"""<svg {SIZE}><rect width="60" height="30" fill="#c00" fill-opacity="0.5"/>
<circle cx="60" cy="20" r="18" fill="#08c"/><path d="M5 35 L75 35" stroke="#0a0" stroke-width="2"/></svg>"""
GRADIENT = f"""<svg {SIZE}><defs><linearGradient id="g"><stop offset="0" stop-color="#c00"/>
<stop offset="1" stop-color="#00c"/></linearGradient></defs><rect width="80" height="40" fill="url(#g)"/></svg>"""
# Page, left and top of each copy in points; before each stands a word in a colour of its own.
SPOTS = ((0, 0, 20), (0, 100, 60), (1, 40, 20), (1, 100, 140))


IMAGE = '<img src="{}" alt="a drawing" style="{}">'
BACKGROUND = '<i style="background-image: url({}); {}"></i>'


def printed(svg: str, count: int, element: str = IMAGE) -> bytes:
    shelf = Shelf()
    address = shelf.put_drawing("drawing", svg)
    pages: list[str] = ["", ""]
    for number, (page, left, top) in enumerate(SPOTS[:count]):
        pages[page] += f'<p style="color: #{number * 3}{number * 2}f">word</p>'
        pages[page] += element.format(address, f"left: {left}pt; top: {top}pt")
    press = Press(shelf, THEME, path="page.md")
    html = "".join(f"<section>{page}</section>" for page in pages if page)
    return press.write(press.lay_out(f'<html lang="en"><title>Copies</title><body>{html}', CSS))


def copies(pdf: bytes) -> list[Image.Image]:
    pages = [page.render(scale=4).to_pil().convert("RGB") for page in pypdfium2.PdfDocument(pdf)]
    spots = [(page, left * 4, top * 4) for page, left, top in SPOTS]
    return [pages[page].crop((left, top, left + 320, top + 160)) for page, left, top in spots]


@pytest.mark.parametrize("element", [IMAGE, BACKGROUND])
@pytest.mark.parametrize("svg", [PLAIN, SHAPES, GRADIENT])
def test_every_copy_looks_like_the_first(svg: str, element: str) -> None:
    first, *others = copies(printed(svg, len(SPOTS), element))
    page = pypdfium2.PdfDocument(printed(svg, 1, element))[0]
    alone = page.render(scale=4).to_pil().convert("RGB").crop((0, 80, 320, 240))
    assert len(first.getcolors(1 << 20) or ()) > 3
    for other in (alone, *others):
        # Edges differ by a shade: where they fall between pixels is computed anew for each spot.
        assert max(most for _, most in ImageChops.difference(first, other).getextrema()) <= 2


def test_what_a_drawing_needs_is_stored_once() -> None:
    def forms(pdf: bytes) -> int:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            return sum(isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Form" for o in opened.objects)

    once, often = printed(PLAIN, 1), printed(PLAIN, len(SPOTS))
    assert forms(often) == forms(once) > 0


def test_the_words_of_every_copy_can_be_found() -> None:
    pages = pypdfium2.PdfDocument(printed(PLAIN, len(SPOTS)))
    texts = ["".join(page.get_textpage().get_text_range().split()) for page in pages]
    assert [text.count("word") for text in texts] == [4, 4]


def test_a_background_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[object] = []
    draw = SVG.draw
    monkeypatch.setattr(SVG, "draw", lambda self, *given: (drawn.append(self), draw(self, *given)))
    printed(SHAPES, len(SPOTS), BACKGROUND)
    assert len(drawn) == 1
