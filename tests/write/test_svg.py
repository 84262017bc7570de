"""SVG pictures as PNG."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from pipeline.diagnostics import ContentError
from pipeline.model.inlines import Picture
from pipeline.write.svg import MAX_SIDE, drawable_source, rasterise


def drawing(body: str, width: float = 200, height: float = 100, attributes: str = "") -> Picture:
    source = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" {attributes}>{body}</svg>'
    return Picture(media_type="image/svg+xml", data=source.encode(), width=width, height=height)


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGBA")


def test_a_shape_stands_where_it_is_drawn_on_a_transparent_ground() -> None:
    image = opened(rasterise(drawing('<rect x="100" width="100" height="100" fill="#164F9C"/>'), 400))
    assert image.size == (400, 200)
    assert image.getpixel((300, 100)) == (0x16, 0x4F, 0x9C, 255)
    assert image.getpixel((100, 100))[3] == 0


@pytest.mark.parametrize("family", ["Arial, sans-serif", "No Such Font", "Helvetica Neue", "Consolas"])
def test_text_is_drawn_whatever_font_is_asked_for(family: str) -> None:
    image = opened(rasterise(drawing(f'<text x="10" y="60" font-size="40" font-family="{family}">Text</text>'), 200))
    assert image.getbbox() is not None


def test_words_in_a_font_of_equal_widths_are_as_wide() -> None:
    def width(family: str) -> int:
        picture = drawing(f'<text y="60" font-size="40" font-family="{family}">Winkelmaß</text>', width=300)
        box = opened(rasterise(picture, 600)).getbbox()
        assert box is not None
        return box[2]

    assert width("Arial") == width("Liberation Sans")
    assert width("Courier New") == width("Liberation Mono")


def test_a_family_without_a_generic_name_gets_one_of_its_kind() -> None:
    source = drawable_source(
        drawing('<text style="fill:red;font-family: Fira Code">x</text><text font-family="Song"/>')
    )
    assert "font-family: 'Fira Code', monospace" in source
    assert "'Song', serif" in source


def test_no_file_is_read(tmp_path: Path) -> None:
    Image.new("RGB", (8, 8), "red").save(tmp_path / "secret.png")
    body = f'<image href="{tmp_path / "secret.png"}" width="200" height="100"/>'
    assert opened(rasterise(drawing(body), 200)).getbbox() is None


def test_a_very_tall_picture_keeps_its_proportions_within_the_limit() -> None:
    image = opened(rasterise(drawing('<rect width="10" height="1000"/>', width=10, height=1000), 1000))
    assert image.width == MAX_SIDE // 100
    assert image.height == 100 * image.width


def test_a_picture_too_narrow_to_draw_is_named() -> None:
    with pytest.raises(ContentError, match="too narrow"):
        rasterise(drawing('<rect width="1" height="100000"/>', width=1, height=100_000), 1000)


def test_a_size_in_per_cent_is_taken_from_the_picture() -> None:
    picture = drawing('<rect width="200" height="100"/>', attributes='width="100%" height="100%"')
    assert opened(rasterise(picture, 300)).size == (300, 150)


def test_what_is_no_drawing_is_named() -> None:
    broken = Picture(media_type="image/svg+xml", data=b"<svg", width=1, height=1)
    with pytest.raises(ContentError, match="undrawable-picture"):
        rasterise(broken, 10)


def test_two_processes_give_the_same_bytes() -> None:
    code = (
        "import sys; from pipeline.model.inlines import Picture; from pipeline.write.svg import rasterise;"
        'source = \'<svg xmlns="http://www.w3.org/2000/svg"><text y="50">Kernel 内核 نواة ✓</text></svg>\'.encode();'
        "sys.stdout.buffer.write(rasterise("
        "Picture(media_type='image/svg+xml', data=source, width=200, height=80), 500))"
    )
    first, second = (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, env={"LC_ALL": locale, "PATH": os.defpath}
        ).stdout
        for locale in ("C", "de_DE.UTF-8")
    )
    assert first == second
    assert opened(first).getbbox() is not None


@pytest.mark.parametrize("family", ["Arial", "Georgia, serif", "Courier New", "No Such Font", ""])
def test_a_drawing_in_plain_letters_looks_the_same_whichever_fonts_are_at_hand(family: str) -> None:
    named = f' font-family="{family}"' if family else ""
    text = f'<text x="5" y="30" font-size="20"{named}>Kernel of the host</text>'
    assert rasterise(drawing(text), 240) == rasterise(drawing(f"{text}<!-- ü -->"), 240)
