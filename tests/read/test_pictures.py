from __future__ import annotations

import io

import pytest
from PIL import Image

from pipeline.read.pictures import UnusablePictureError, read_picture

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {}>{}</svg>'


def _raster(fmt: str, size: tuple[int, int] = (30, 20), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, format=fmt, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("fmt", "media_type"),
    [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("GIF", "image/gif"), ("WEBP", "image/webp"), ("BMP", "image/bmp")],
)
def test_a_raster_keeps_its_bytes_and_tells_its_size(fmt: str, media_type: str) -> None:
    data = _raster(fmt)
    picture = read_picture(data)
    assert (picture.media_type, picture.data, picture.width, picture.height) == (media_type, data, 30, 20)


@pytest.mark.parametrize(
    ("mode", "fmt", "values"),
    [("I;16", "PNG", (0, 16_384, 65_535)), ("I", "TIFF", (0, 1_000_000, 4_000_000)), ("F", "TIFF", (-1.0, -0.5, 1.0))],
)
def test_deep_greys_are_stored_in_eight_bits(mode: str, fmt: str, values: tuple[float, ...]) -> None:
    image = Image.new(mode, (3, 1))
    for x, value in enumerate(values):
        image.putpixel((x, 0), value)
    out = io.BytesIO()
    image.save(out, format=fmt)
    with Image.open(io.BytesIO(read_picture(out.getvalue()).data)) as stored:
        greys = [stored.getpixel((x, 0)) for x in range(3)]
        assert stored.mode == "L"
    assert greys == pytest.approx([0, 64, 255], abs=1)


def test_a_photograph_on_its_side_is_stored_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = read_picture(_raster("JPEG", exif=exif))
    assert (picture.width, picture.height) == (20, 30)
    with Image.open(io.BytesIO(picture.data)) as upright:
        assert upright.size == (20, 30)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="120" height="40"', (120, 40)),
        ('width="1in" height="72pt"', (96, 96)),
        ('viewBox="0 0 200 50"', (200, 50)),
        ('viewBox="0 0 200 50" width="100"', (100, 25)),
        ('viewBox="0 0 200 50" height="100%"', (200, 50)),
        ('viewBox="1.2.3 . 4 5"', (4, 5)),
        ('viewBox="1 . 4 5"', (300, 150)),
        ('width="1e999" viewBox="0 0 1e999 4"', (300, 150)),
        (f'width="{"9" * 400}"', (300, 150)),
        ("", (300, 150)),
    ],
)
def test_a_drawing_tells_its_size(attributes: str, size: tuple[float, float]) -> None:
    picture = read_picture(SVG.format(attributes, '<rect width="9" height="9"/>').encode())
    assert (round(picture.width), round(picture.height)) == size


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<rect onload="alert(1)"/>',
        '<image href="http://203.0.113.7/x.png"/>',
        '<image xlink:href="file:///etc/hostname"/>',
        "<foreignObject><p>alert</p></foreignObject>",
        "<style>@import 'http://203.0.113.7/alert.css'; rect { fill: url(http://203.0.113.7/a) }</style>",
        '<rect style="fill:url(http://203.0.113.7/a)"/>',
    ],
)
def test_what_runs_or_loads_is_taken_out_of_a_drawing(hostile: str) -> None:
    data = read_picture(SVG.format("", hostile + '<rect id="kept"/>').encode()).data
    assert b"kept" in data
    assert not any(word in data for word in (b"alert", b"203.0.113.7", b"etc/hostname"))


def _clips_in_clips(depth: int) -> str:
    clips = [f'<clipPath id="c{n}" clip-path="url(#c{n + 1})"><rect/></clipPath>' for n in range(depth)]
    return "".join(clips) + '<rect clip-path="url(#c0)"/>'


def test_a_drawing_with_many_layers_beside_each_other_is_shown() -> None:
    clipped = '<g clip-path="url(#c)" opacity="0.5"><rect filter="url(#f)"/></g>' * 500
    shared = '<clipPath id="c"><rect/></clipPath><filter id="f"><feGaussianBlur/></filter>'
    assert read_picture(SVG.format("", shared + clipped).encode()).width == 300


@pytest.mark.parametrize("inside", ["", "<script>1</script>", '<image href="x.png"/>', '<use href="../a.svg#b"/>'])
def test_a_drawing_of_which_nothing_is_left_is_refused(inside: str) -> None:
    with pytest.raises(UnusablePictureError, match="nothing is left"):
        read_picture(SVG.format("", inside).encode())


def _nested_uses(levels: int) -> str:
    groups = ['<g id="g0"><rect/></g>']
    groups += [f'<g id="g{n}">' + f'<use href="#g{n - 1}"/>' * 10 + "</g>" for n in range(1, levels)]
    return "".join(groups)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture at all",
        b"\x89PNG\r\n\x1a\n damaged",
        b"<html><body>not found</body></html>",
        b"<svg",
        b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg"><text>&a;</text></svg>',
        SVG.format("", _nested_uses(9)).encode(),
        SVG.format("", '<g id="a"><use href="#a"/></g>').encode(),
        SVG.format("", '<g id="a"><use href="#b"/></g><g id="b"><use xlink:href="#a"/></g>').encode(),
        SVG.format("", '<g opacity="0.9">' * 60 + "<rect/>" + "</g>" * 60).encode(),
        SVG.format("", _clips_in_clips(60)).encode(),
        SVG.format("", "<style>g { filter: blur(9px) }</style>" + "<g>" * 60 + "<rect/>" + "</g>" * 60).encode(),
        SVG.format("", '<mask id="m"><rect style="mask: url(#m)"/></mask><rect mask="url(#m)"/>').encode(),
    ],
    ids=[
        "empty",
        "text",
        "damaged",
        "html",
        "cut",
        "entities",
        "billion-uses",
        "use-cycle",
        "use-cycle-of-two",
        "layers",
        "clips-in-clips",
        "layers-by-style",
        "mask-cycle",
    ],
)
def test_what_is_no_usable_picture_is_refused(data: bytes) -> None:
    with pytest.raises(UnusablePictureError):
        read_picture(data)


def test_a_raster_that_unpacks_to_too_many_pixels_is_refused() -> None:
    with pytest.raises(UnusablePictureError, match="pixels"):
        read_picture(_raster("PNG", (12_000, 9_000)))


def test_damaged_notes_of_a_camera_are_overlooked_or_refused(recwarn: pytest.WarningsRecorder) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = _raster("JPEG", exif=exif)
    at = data.index(b"Exif") + 6
    sizes = []
    for place in range(at, at + 40):
        damaged = bytearray(data)
        damaged[place] ^= 0xFF
        try:
            picture = read_picture(bytes(damaged))
        except UnusablePictureError:
            continue
        sizes.append(sorted((picture.width, picture.height)))
    assert len(sizes) > 20
    assert all(size == [20, 30] for size in sizes)
    assert not recwarn.list
