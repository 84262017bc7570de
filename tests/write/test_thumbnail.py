"""Pictures of slides in a PDF: everything is drawn where the plan has it, and nothing is text."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import weasyprint
from msgspec.structs import replace
from PIL import Image, ImageChops

from pipeline.model.fitted import (
    Anchor,
    Baseline,
    Element,
    FittedCell,
    FittedParagraph,
    FittedRow,
    Marker,
    Outline,
    PictureBox,
    Run,
    ShapeBox,
    Stroke,
    TableBox,
    TextAlign,
    TextBox,
)
from pipeline.model.inlines import Picture
from pipeline.model.origin import Origin, SlideRule
from pipeline.model.plan import Deck, Slide, SlideKind
from pipeline.theme import Colour, Theme, load_theme
from pipeline.typeset import Typesetter
from pipeline.units import Emu, Pt, Rect, Size
from pipeline.write.thumbnail import thumbnails

THEME = load_theme("default")
TYPESETTER = Typesetter(THEME)
INK = (0x14, 0x20, 0x2E)
WHITE = (255, 255, 255)
SIZE = Size(width=THEME.grid.width, height=THEME.grid.height)
PIXELS_PER_INCH = 96


def inches(left: float, top: float, width: float, height: float) -> Rect:
    return Rect(
        left=Emu.from_inches(left),
        top=Emu.from_inches(top),
        width=Emu.from_inches(width),
        height=Emu.from_inches(height),
    )


def paragraph(text: str, width: float = 10, **appearance: object) -> FittedParagraph:
    size = Pt.from_points(40)
    lines = TYPESETTER.lines([Run(text=text)], size, Emu.from_inches(width))
    return replace(FittedParagraph(lines=lines, size=size, leading=Pt.from_points(48)), **appearance)


def deck(*slides: tuple[Element, ...]) -> Deck:
    return Deck(
        title="Deck",
        subtitle="",
        authors=(),
        date="",
        keywords=(),
        description="",
        language="en",
        size=SIZE,
        slides=tuple(
            Slide(
                number=number,
                kind=SlideKind.CONTENT,
                title=f"Slide {number}",
                part=None,
                section=None,
                section_id="a",
                elements=elements,
                notes=(),
                covers=(),
                seconds=0,
                origin=Origin(rule=SlideRule.HEADING),
                span=None,
            )
            for number, elements in enumerate(slides, start=1)
        ),
        sections=(),
        references=(),
    )


def printed(*slides: tuple[Element, ...], theme: Theme = THEME) -> bytes:
    """A tagged PDF with a page for each slide, as large as the slide."""
    drawings = thumbnails(deck(*slides), theme, TYPESETTER)
    images = "".join(f'<img src="{address}" alt="A slide">' for address in drawings)
    css = "@page { size: 1280px 720px; margin: 0 } body { margin: 0 } img { display: block; width: 100% }"
    page = weasyprint.HTML(string=f"<html lang=en><title>Slides</title><style>{css}</style>{images}")
    return bytes(page.write_pdf(cache=dict(drawings), pdf_variant="pdf/ua-1"))


def seen(*elements: Element, theme: Theme = THEME) -> Image.Image:
    """The slide as pixels, 96 to the inch."""
    document = pypdfium2.PdfDocument(printed(elements, theme=theme))
    return document[0].render(scale=PIXELS_PER_INCH / 72).to_pil().convert("RGB")


def pixel(image: Image.Image, x: float, y: float) -> tuple[int, ...]:
    found = image.getpixel((round(x * PIXELS_PER_INCH), round(y * PIXELS_PER_INCH)))
    assert isinstance(found, tuple)
    return found


def inked(image: Image.Image, colour: tuple[int, int, int] = INK) -> tuple[float, float, float, float]:
    """The edges, in inches, of what has exactly that colour."""
    difference = ImageChops.difference(image, Image.new("RGB", image.size, colour))
    bands = [band.point(lambda value: 0 if value else 255) for band in difference.split()]
    box = ImageChops.multiply(ImageChops.multiply(bands[0], bands[1]), bands[2]).getbbox()
    assert box is not None
    left, top, right, bottom = (edge / PIXELS_PER_INCH for edge in box)
    return left, top, right, bottom


def text(rect: Rect, *paragraphs: FittedParagraph, **appearance: object) -> TextBox:
    return replace(TextBox(rect=rect, paragraphs=paragraphs), **appearance)


def drawing(body: str) -> Picture:
    source = f'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100">{body}</svg>'
    return Picture(media_type="image/svg+xml", data=source.encode(), width=200, height=100)


def raster(mode: str, kind: str) -> Picture:
    stored = io.BytesIO()
    Image.new("RGB", (60, 30), (0, 0, 255)).convert(mode).save(stored, format=kind)
    return Picture(media_type=f"image/{kind.lower()}", data=stored.getvalue(), width=60, height=30)


def test_there_is_one_drawing_for_each_slide_by_its_number() -> None:
    assert list(thumbnails(deck((), (), ()), THEME, TYPESETTER)) == ["thumbnail:1", "thumbnail:2", "thumbnail:3"]


def test_a_slide_has_its_size_in_pixels() -> None:
    (drawn,) = thumbnails(deck(()), THEME, TYPESETTER).values()
    assert drawn.get_intrinsic_size(1, 16) == pytest.approx((1280, 720, 16 / 9))


def test_letters_stand_on_the_plans_baseline() -> None:
    left, top, right, bottom = inked(seen(text(inches(2, 1, 10, 2), paragraph("HHH"))))
    depth = TYPESETTER.depth(Pt.from_points(40))
    assert bottom == pytest.approx(1 + (48 - depth) / 72, abs=0.03)
    assert bottom - top == pytest.approx(0.7 * 40 / 72, abs=0.04)
    assert left == pytest.approx(2 + 0.05, abs=0.05)
    assert right - left == pytest.approx(TYPESETTER.width([Run(text="HHH")], Pt.from_points(40)) / 914_400, abs=0.1)


@pytest.mark.parametrize(("anchor", "shift"), [(Anchor.TOP, 0), (Anchor.MIDDLE, 1), (Anchor.BOTTOM, 2)])
def test_text_is_anchored(anchor: Anchor, shift: float) -> None:
    height = 2 + 48 / 72
    _, top, _, _ = inked(seen(text(inches(1, 1, 10, height), paragraph("H"), anchor=anchor)))
    _, reference, _, _ = inked(seen(text(inches(1, 1, 10, height), paragraph("H"))))
    assert top - reference == pytest.approx(shift, abs=0.02)


def test_text_is_aligned_and_indented() -> None:
    def edges(**appearance: object) -> tuple[float, float]:
        left, _, right, _ = inked(seen(text(inches(1, 1, 10, 2), paragraph("HHH", **appearance))))
        return left, right

    start, _ = edges()
    assert start == pytest.approx(1.05, abs=0.05)
    assert edges(indent=Emu.from_inches(0.5))[0] == pytest.approx(start + 0.5, abs=0.02)
    assert sum(edges(align=TextAlign.CENTRE)) / 2 == pytest.approx(6, abs=0.02)
    assert edges(align=TextAlign.END)[1] == pytest.approx(10.95, abs=0.05)
    assert edges(right_to_left=True)[1] == pytest.approx(10.95, abs=0.05)


def test_insets_move_text_inwards() -> None:
    plain = inked(seen(text(inches(1, 1, 10, 2), paragraph("H"))))
    moved = inked(seen(text(inches(1, 1, 10, 2), paragraph("H"), inset=Emu.from_inches(0.25))))
    assert moved == pytest.approx([edge + 0.25 for edge in plain], abs=0.02)


def test_a_marker_hangs_before_the_text() -> None:
    item = paragraph("H", indent=Emu.from_inches(1), marker=Marker(text="1.", number=1))
    left, _, right, _ = inked(seen(text(inches(1, 1, 10, 2), item)))
    assert left == pytest.approx(1.05, abs=0.06)
    assert right == pytest.approx(2.4, abs=0.1)
    deeper = replace(item, level=1)
    assert inked(seen(text(inches(1, 1, 10, 2), deeper)))[0] == pytest.approx(left + 0.5, abs=0.02)


def test_space_stands_between_paragraphs_but_not_above_the_first() -> None:
    spaced = replace(paragraph("H"), before=Pt.from_points(36))
    _, top, _, bottom = inked(seen(text(inches(1, 1, 10, 4), spaced, spaced)))
    _, first_top, _, first_bottom = inked(seen(text(inches(1, 1, 10, 4), spaced)))
    assert top == first_top
    assert bottom - first_bottom == pytest.approx((36 + 48) / 72, abs=0.02)


def test_highlights_underlines_and_raised_text_are_drawn() -> None:
    def drawn(**appearance: object) -> Image.Image:
        runs = (replace(Run(text="HHHH"), **appearance),)
        line = replace(paragraph("H").lines[0], runs=runs)
        return seen(text(inches(1, 1, 10, 2), replace(paragraph("H"), lines=(line,))))

    plain = inked(drawn())
    assert inked(drawn(underline=True))[3] > plain[3]
    assert inked(drawn(strike=True))[2] >= plain[2]
    assert inked(drawn(highlight=Colour.MARK), (0xFF, 0xF3, 0xC4))[1] < plain[1]
    raised = inked(drawn(baseline=Baseline.SUPERSCRIPT))
    assert raised[3] < plain[3]
    assert raised[2] < plain[2]
    assert inked(drawn(colour=Colour.SUBJECT_B), (0xAF, 0x4A, 0x06)) == pytest.approx(plain, abs=0.02)


@pytest.mark.parametrize(
    ("outline", "inside", "outside"),
    [
        (Outline.RECTANGLE, (1.05, 1.05), (0.95, 0.95)),
        (Outline.ELLIPSE, (2, 1.05), (1.2, 1.1)),
        (Outline.TRIANGLE, (2, 1.2), (1.2, 1.2)),
        (Outline.DIAMOND, (2, 1.1), (1.2, 1.2)),
        (Outline.HEXAGON, (1.4, 1.05), (1.05, 1.05)),
    ],
)
def test_shapes_fill_their_outline(outline: Outline, inside: tuple[float, float], outside: tuple[float, float]) -> None:
    image = seen(ShapeBox(rect=inches(1, 1, 2, 1), outline=outline, fill=Colour.SUBJECT_A))
    assert pixel(image, *inside) == (0x16, 0x4F, 0x9C)
    assert pixel(image, *outside) == WHITE
    assert inked(image, (0x16, 0x4F, 0x9C)) == pytest.approx((1, 1, 3, 2), abs=0.06)


def test_lines_and_strokes_are_drawn_along_their_edges() -> None:
    stroke = Stroke(colour=Colour.INK, width=Emu.from_points(4))
    level = seen(ShapeBox(rect=inches(1, 2, 3, 0), outline=Outline.LINE, stroke=stroke))
    assert inked(level) == pytest.approx((1, 2 - 2 / 72, 4, 2 + 2 / 72), abs=0.02)
    framed = seen(ShapeBox(rect=inches(1, 1, 2, 1), outline=Outline.RECTANGLE, stroke=stroke))
    assert pixel(framed, 2, 1.5) == WHITE
    assert pixel(framed, 2, 1) == INK
    dashed = seen(ShapeBox(rect=inches(1, 2, 3, 0), outline=Outline.LINE, stroke=replace(stroke, dashed=True)))
    assert pixel(dashed, 1 + 8 / 72, 2) == INK
    assert pixel(dashed, 1 + 22 / 72, 2) == WHITE


def test_a_table_has_fills_rules_and_text_in_the_middle_of_its_cells() -> None:
    cell = FittedCell(paragraphs=(paragraph("H"),), fill=Colour.TINT_A, inset=Emu.from_inches(0.5))
    rule = Stroke(colour=Colour.SUBJECT_B, width=Emu.from_points(3))
    row = FittedRow(cells=(FittedCell(paragraphs=()), cell), height=Emu.from_inches(1), rule=rule)
    table = TableBox(
        rect=inches(1, 1, 5, 2),
        widths=(Emu.from_inches(2), Emu.from_inches(3)),
        rows=(row, row),
        has_head=True,
        bold_first_column=False,
        description="A table",
    )
    image = seen(table)
    assert pixel(image, 2, 1.5) == WHITE
    assert pixel(image, 5, 1.5) == (0xE3, 0xED, 0xF8)
    assert pixel(image, 2, 2) == pixel(image, 5, 3 - 0.01) == (0xAF, 0x4A, 0x06)
    left, top, _, bottom = inked(image)
    assert left == pytest.approx(3.55, abs=0.05)
    assert (top + bottom) / 2 == pytest.approx(2, abs=0.05)


@pytest.mark.parametrize(
    ("mode", "kind"), [("RGB", "PNG"), ("P", "GIF"), ("L", "PNG"), ("RGB", "JPEG"), ("CMYK", "TIFF"), ("RGB", "WEBP")]
)
def test_a_raster_picture_fills_its_rectangle(mode: str, kind: str) -> None:
    image = seen(PictureBox(rect=inches(2, 1, 4, 2), picture=raster(mode, kind), description="A picture"))
    assert pixel(image, 1.9, 0.9) == WHITE
    assert pixel(image, 4, 2)[0] < 100
    assert pixel(image, 2.1, 1.1) == pytest.approx(pixel(image, 4, 2), abs=3)
    assert pixel(image, 5.9, 2.9) == pytest.approx(pixel(image, 4, 2), abs=3)


def test_a_drawing_is_drawn_with_its_words_but_without_a_text_layer() -> None:
    picture = drawing('<rect width="100" height="100" fill="#164F9C"/><text x="110" y="60" font-size="30">Word</text>')
    box = PictureBox(rect=inches(2, 1, 4, 2), picture=picture, description="A drawing")
    image = seen(box)
    assert pixel(image, 2.5, 1.5) == (0x16, 0x4F, 0x9C)
    assert inked(image, (0, 0, 0))[0] > 4
    (page,) = pypdfium2.PdfDocument(printed((box,)))
    assert page.get_textpage().get_text_range() == ""


def test_a_picture_that_cannot_be_drawn_leaves_a_panel() -> None:
    broken = Picture(media_type="image/svg+xml", data=b"<svg", width=2, height=1)
    image = seen(PictureBox(rect=inches(2, 1, 4, 2), picture=broken, description="A drawing"))
    assert pixel(image, 4, 2) == (0xF2, 0xF4, 0xF7)


def test_colours_are_those_of_the_theme_given() -> None:
    dark = replace(THEME, colours={**THEME.colours, Colour.PAPER: "10171F", Colour.INK: "F1F4F7"})
    image = seen(text(inches(1, 1, 10, 2), paragraph("H")), theme=dark)
    assert pixel(image, 0.1, 0.1) == (0x10, 0x17, 0x1F)
    assert inked(image, (0xF1, 0xF4, 0xF7))[1] > 1


def test_nothing_runs_over_the_edge_of_the_slide() -> None:
    beyond = ShapeBox(rect=inches(-1, -1, 20, 20), outline=Outline.RECTANGLE, fill=Colour.INK)
    drawings = thumbnails(deck((beyond,)), THEME, TYPESETTER)
    css = "@page { size: 1280px 900px; margin: 60px } body { margin: 0 } img { display: block; width: 640px }"
    html = f'<style>{css}</style><img src="thumbnail:1" alt="A slide">'
    document = pypdfium2.PdfDocument(weasyprint.HTML(string=html).write_pdf(cache=dict(drawings)))
    image = document[0].render(scale=4 / 3).to_pil().convert("RGB")
    assert inked(image) == pytest.approx([edge / PIXELS_PER_INCH for edge in (60, 60, 700, 420)], abs=0.02)


def mixed() -> tuple[Element, ...]:
    words = "Kernel 容器 נואה نواة नाभिक ✓ → ½ a container"
    picture = drawing('<text x="10" y="60" font-size="30">Word</text>')
    return (
        text(inches(1, 1, 10, 2), paragraph(words), paragraph("• item", marker=Marker(text="•"))),
        PictureBox(rect=inches(1, 4, 4, 2), picture=picture, description="A drawing"),
        PictureBox(rect=inches(6, 4, 4, 2), picture=raster("RGB", "PNG"), description="A picture"),
    )


def test_no_text_of_any_slide_is_text_of_the_pdf() -> None:
    document = pypdfium2.PdfDocument(printed(mixed(), mixed(), (text(inches(1, 1, 9, 2), paragraph("words")),)))
    assert [page.get_textpage().get_text_range() for page in document] == ["", "", ""]
    with pikepdf.open(io.BytesIO(printed(mixed()))) as pdf:
        assert b"Tj" not in pdf.pages[0].Contents.read_bytes()


def test_a_glyph_is_defined_once_for_all_slides() -> None:
    def forms(data: bytes) -> int:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            objects = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
            return sum(one.get("/Subtype") == "/Form" for one in objects)

    slide = (text(inches(1, 1, 10, 2), paragraph("letters")),)
    assert forms(printed(slide)) == len(set("letters"))
    assert forms(printed(slide, slide, slide)) == len(set("letters"))


def test_a_picture_is_stored_once_for_all_slides() -> None:
    def images(data: bytes) -> int:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            objects = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
            return sum(one.get("/Subtype") == "/Image" and "/SMask" not in one for one in objects)

    box = PictureBox(rect=inches(6, 4, 4, 2), picture=raster("RGB", "PNG"), description="A picture")
    assert images(printed((box,), (box, box), (box,))) == 1


def test_every_thumbnail_is_one_figure_with_its_alternative_text() -> None:
    with pikepdf.open(io.BytesIO(printed(mixed(), mixed()))) as pdf:
        figures = [
            one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == pikepdf.Name.Figure
        ]
        assert [str(figure.Alt) for figure in figures] == ["A slide", "A slide"]


def test_the_same_thumbnails_can_be_written_again() -> None:
    drawings = thumbnails(deck(mixed()), THEME, TYPESETTER)
    html = '<html lang=en><title>x</title><img src="thumbnail:1" alt="A slide" style="width: 400px">'
    page = weasyprint.HTML(string=html).render(cache=dict(drawings))
    assert page.write_pdf() == page.write_pdf()


def test_two_processes_give_the_same_bytes() -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r});"
        "from test_thumbnail import mixed, printed; sys.stdout.buffer.write(printed(mixed(), mixed()))"
    )
    environment = {"PATH": os.environ["PATH"], "HOME": str(Path.home())}
    first, second = (
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            env={**environment, "PYTHONHASHSEED": seed, "TZ": zone},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    )
    assert first == second
    assert first.startswith(b"%PDF")
