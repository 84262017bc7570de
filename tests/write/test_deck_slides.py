"""Slides: layouts, placeholders, text, links, pictures, shapes and tables, read from the parts themselves."""

from __future__ import annotations

import io

import pytest
from deck_parts import NS, Parts, shapes_named, slide_name, words
from deck_sample import (
    SETTINGS,
    SVG,
    THEME,
    columns,
    deck,
    fitted,
    inches,
    line,
    raster,
    run,
    slide,
    vector,
    whole_deck,
)
from msgspec.structs import replace
from PIL import Image

from pipeline.model.fitted import Outline, PictureBox, ShapeBox, TextBox
from pipeline.model.inlines import Picture, WebTarget
from pipeline.theme import Colour
from pipeline.units import Rect
from pipeline.write.deck import write_deck


@pytest.fixture(scope="module")
def parts() -> Parts:
    written = write_deck(whole_deck(), THEME, SETTINGS)
    assert written.diagnostics == ()
    return Parts(written.data)


def layout_of(parts: Parts, number: int) -> str:
    relations = parts.relations(slide_name(number))
    layout = next(target for kind, target in relations.values() if kind == "slideLayout")
    return str(parts.xml(layout).find("p:cSld", NS).get("name"))


def places(parts: Parts, number: int) -> list[tuple[str, str]]:
    found = parts.find(slide_name(number), "//p:ph")
    return [(item.get("type", ""), item.get("idx", "")) for item in found]


def test_each_slide_has_the_layout_that_its_elements_ask_for(parts: Parts) -> None:
    assert [layout_of(parts, number) for number in range(1, 10)] == [
        "Title Slide",
        "Title Only",
        "Picture with Caption",
        "Title Only",
        "Title Only",
        "Two Content",
        "Title and Content",
        "Section Header",
        "Two Content",
    ]


def test_elements_fill_the_placeholders_of_their_roles(parts: Parts) -> None:
    footer = [("ftr", "11"), ("sldNum", "12")]
    assert places(parts, 1) == [("ctrTitle", ""), ("subTitle", "1")]
    assert places(parts, 3) == [("title", ""), ("body", "2"), ("pic", "1"), *footer]
    assert places(parts, 7) == [("title", ""), ("", "1"), *footer]
    assert places(parts, 8) == [("title", ""), ("body", "1"), *footer]
    assert places(parts, 9) == [("title", ""), ("", "1"), ("", "2"), *footer]


def test_every_placeholder_of_a_slide_is_one_of_its_layout(parts: Parts) -> None:
    for number in range(1, 10):
        relations = parts.relations(slide_name(number))
        layout = next(target for kind, target in relations.values() if kind == "slideLayout")
        offered = {(item.get("type", ""), item.get("idx", "")) for item in parts.find(layout, "//p:ph")}
        assert set(places(parts, number)) <= offered


def test_every_rectangle_is_written_out_as_planned(parts: Parts) -> None:
    for planned in whole_deck().slides:
        tree = parts.find(
            slide_name(planned.number),
            "//p:spTree/*[self::p:sp or self::p:pic or self::p:cxnSp or self::p:graphicFrame]",
        )
        drawn = []
        for shape in tree:
            frame = shape.xpath("p:spPr/a:xfrm | p:xfrm", namespaces=NS)[0]
            drawn.append(
                tuple(int(frame[i].get(key)) for i, keys in enumerate((("x", "y"), ("cx", "cy"))) for key in keys)
            )
        expected = [(e.rect.left, e.rect.top, e.rect.width, e.rect.height) for e in planned.elements]
        assert drawn == expected


def test_no_program_is_asked_to_fit_text(parts: Parts) -> None:
    for name in parts.files:
        if name.endswith(".xml") and name.startswith("ppt/slide"):
            assert not parts.find(name, "//a:normAutofit | //a:spAutoFit")
    boxes = parts.find(slide_name(3), "//p:txBody/a:bodyPr")
    assert all(box.get("wrap") == "square" and box.find("a:noAutofit", NS) is not None for box in boxes)


def test_every_paragraph_has_an_exact_pitch_and_every_run_its_size(parts: Parts) -> None:
    for number in range(1, 10):
        for paragraph in parts.find(slide_name(number), "//a:p"):
            assert paragraph.find("a:pPr/a:lnSpc/a:spcPts", NS) is not None
            assert all(run.get("sz") for run in paragraph.iterfind(".//a:rPr", NS))


def test_lines_are_joined_so_that_text_wraps_anew_when_edited(parts: Parts) -> None:
    body = shapes_named(parts, 3, "Body")[0]
    assert words(body)[:3] == ["Plain bold and leaning words that wrap over two lines. ", "Hard\nbreak", "A point"]
    first = body.findall(".//a:p", NS)[0]
    assert [run.findtext("a:t", namespaces=NS) for run in first.findall("a:r", NS)] == [
        "Plain ",
        "bold",
        " and ",
        "leaning",
        " words that wrap ",
        "over two lines",
        ". ",
    ]


def test_the_slide_number_is_a_field(parts: Parts) -> None:
    number = shapes_named(parts, 4, "Slide number")[0]
    field = number.find(".//a:fld", NS)
    assert (field.get("type"), field.findtext("a:t", namespaces=NS)) == ("slidenum", "4")
    assert words(number) == ["4 / 9"]
    assert words(shapes_named(parts, 4, "Footer")[0]) == ["Sample"]


def test_a_link_on_text_leads_to_the_web_in_the_text_s_own_colour(parts: Parts) -> None:
    run = shapes_named(parts, 3, "Body")[0].find(".//a:r/a:rPr[@u='sng']", NS)
    click = run.find("a:hlinkClick", NS)
    key = click.get(f"{{{NS['r']}}}id")
    assert parts.relations(slide_name(3))[key] == ("hyperlink", "https://example.org/a?b=1&c=2")
    assert click.find(".//ahyp:hlinkClr", NS).get("val") == "tx"
    assert run.find("a:solidFill/a:schemeClr", NS).get("val") == "tx1"


def test_a_box_that_is_one_link_leads_there_as_a_whole(parts: Parts) -> None:
    for at, entry in enumerate(shapes_named(parts, 2, "Entry")):
        click = entry.find("p:nvSpPr/p:cNvPr/a:hlinkClick", NS)
        assert click.get("action") == "ppaction://hlinksldjump"
        target = parts.relations(slide_name(2))[click.get(f"{{{NS['r']}}}id")]
        assert target == ("slide", slide_name(3 + at))
        assert not entry.findall(".//a:rPr/a:hlinkClick", NS)


def test_a_box_that_is_one_address_keeps_its_link_on_the_text() -> None:
    words = fitted(line(run("example.org", link=WebTarget(url="https://example.org/"))))
    box = TextBox(rect=inches(1, 2, 5, 1), paragraphs=(words,), name="Address")
    parts = Parts(write_deck(deck(slide(1, "Links", box)), THEME, SETTINGS).data)
    assert parts.find(slide_name(1), "//a:rPr[a:hlinkClick]/@u") == ["none"]
    assert not parts.find(slide_name(1), "//p:cNvPr/a:hlinkClick")


def test_one_address_has_one_relationship_on_a_slide() -> None:
    web = WebTarget(url="https://example.org/")
    boxes = [PictureBox(rect=inches(1 + n, 2, 1, 1), picture=raster(), description=f"{n}", link=web) for n in range(3)]
    parts = Parts(write_deck(deck(slide(1, "Links", *boxes)), THEME, SETTINGS).data)
    kinds = [kind for kind, _ in parts.relations(slide_name(1)).values()]
    assert (kinds.count("hyperlink"), kinds.count("image")) == (1, 1)


def test_an_address_that_is_none_stays_text_and_is_told() -> None:
    web = WebTarget(url="http://<your host>:PORT/")
    box = PictureBox(rect=inches(1, 2, 1, 1), picture=raster(), description="x", link=web)
    written = write_deck(deck(slide(1, "Links", box)), THEME, SETTINGS)
    assert [told.code for told in written.diagnostics] == ["unlinkable-address"]
    assert not Parts(written.data).find(slide_name(1), "//a:hlinkClick")


def test_pictures_have_alternative_text_and_are_not_cropped(parts: Parts) -> None:
    pictures = parts.find(slide_name(6), "//p:pic")
    described = [item.find("p:nvPicPr/p:cNvPr", NS).get("descr") for item in pictures]
    assert described == ["Picture 0", "Picture 1", "Picture 2", "Picture 3", None]
    assert not parts.find(slide_name(6), "//a:srcRect")
    assert pictures[4].find(".//adec:decorative", NS).get("val") == "1"


def test_a_picture_is_stored_once_and_unusual_kinds_become_png(parts: Parts) -> None:
    media = {name: data for name, data in parts.files.items() if name.startswith("ppt/media/")}
    assert sorted(media) == [
        f"ppt/media/{name}" for name in ("image1.png", "image1.svg", "image2.png", "image3.png", "image4.jpeg")
    ]
    assert media["ppt/media/image1.svg"] == SVG
    assert Image.open(io.BytesIO(media["ppt/media/image3.png"])).format == "PNG"
    targets = [
        parts.relations(slide_name(6))[blip.get(f"{{{NS['r']}}}embed")][1]
        for blip in parts.find(slide_name(6), "//a:blip")
    ]
    assert targets == [
        f"ppt/media/{name}" for name in ("image2.png", "image3.png", "image2.png", "image4.jpeg", "image1.png")
    ]


def test_a_drawing_stands_beside_its_png(parts: Parts) -> None:
    blip = parts.find(slide_name(3), "//a:blip")[0]
    relations = parts.relations(slide_name(3))
    drawing = blip.find(".//asvg:svgBlip", NS)
    assert relations[drawing.get(f"{{{NS['r']}}}embed")][1] == "ppt/media/image1.svg"
    png = Image.open(io.BytesIO(parts.files[relations[blip.get(f"{{{NS['r']}}}embed")][1]]))
    # 5.3 inches wide at its widest, at 144 pixels to the inch.
    assert png.size == (763, 382)


def test_a_drawing_that_cannot_be_drawn_is_kept_and_told() -> None:
    broken = Picture(
        media_type="image/svg+xml", data=b"<svg xmlns='http://www.w3.org/2000/svg'><g>", width=10, height=10
    )
    box = PictureBox(rect=inches(1, 2, 1, 1), picture=broken, description="x")
    written = write_deck(deck(slide(1, "Broken", box)), THEME, SETTINGS)
    assert [(told.code, told.severity.value) for told in written.diagnostics] == [("undrawable-picture", "warning")]
    assert Parts(written.data).files["ppt/media/image1.svg"] == broken.data


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "WEBP"])
def test_kinds_that_not_every_program_shows_become_png(kind: str) -> None:
    box = PictureBox(rect=inches(1, 2, 1, 1), picture=raster(kind), description="x")
    parts = Parts(write_deck(deck(slide(1, "Kinds", box)), THEME, SETTINGS).data)
    assert Image.open(io.BytesIO(parts.files["ppt/media/image1.png"])).getpixel((5, 5))[0] > 150


def test_a_line_is_a_connector_and_decoration_is_marked(parts: Parts) -> None:
    line = parts.find(slide_name(2), "//p:cxnSp")[0]
    assert line.find("p:spPr/a:prstGeom", NS).get("prst") == "line"
    assert line.find(".//adec:decorative", NS) is not None
    described = parts.find(slide_name(1), "//p:cNvPr[@descr='B, the second subject']")[0]
    assert described.find(".//adec:decorative", NS) is None


def test_shapes_are_preset_and_filled_in_roles(parts: Parts) -> None:
    presets = [item.get("prst") for item in parts.find(slide_name(5), "//p:sp[not(p:txBody)]//a:prstGeom")]
    assert presets == ["rect", "ellipse", "triangle", "diamond", "hexagon"]
    ball = shapes_named(parts, 1, "Mark A")[0]
    assert ball.find("p:spPr/a:solidFill/a:schemeClr", NS).get("val") == "accent1"
    hexagon = shapes_named(parts, 5, "hexagon")[0]
    assert hexagon.find("p:spPr/a:ln/a:prstDash", NS).get("val") == "dash"
    assert hexagon.find("p:spPr/a:solidFill/a:srgbClr", NS).get("val") == "E7F2EC"


def test_a_table_is_native_with_only_its_rows_rules(parts: Parts) -> None:
    frame = parts.find(slide_name(4), "//p:graphicFrame")[0]
    assert frame.find("p:nvGraphicFramePr/p:cNvPr", NS).get("descr") == "Docker and VM by size and speed"
    made = frame.find(".//a:tbl", NS)
    properties = made.find("a:tblPr", NS)
    assert (properties.get("firstRow"), properties.get("firstCol"), properties.get("bandRow")) == ("1", "1", None)
    assert [int(column.get("w")) for column in made.findall("a:tblGrid/a:gridCol", NS)] == [2743200] * 3
    assert [int(item.get("h")) for item in made.findall("a:tr", NS)] == [731520] * 3
    assert words(made) == ["", "Docker", "VM", "Size", "small", "large", "Speed", "fast", "—"]
    cells = made.findall("a:tr/a:tc/a:tcPr", NS)
    margins = {tuple(cell.get(key) for key in ("marL", "marR", "marT", "anchor")) for cell in cells}
    assert margins == {("91440", "91440", "0", "ctr")}
    assert all(cell.find(f"a:{side}/a:noFill", NS) is not None for cell in cells for side in ("lnL", "lnR"))
    below = [cell.find("a:lnB", NS) for cell in cells[::3]]
    assert [int(edge.get("w")) for edge in below] == [19050, 9525, 0]
    above = [cell.find("a:lnT", NS) for cell in cells[::3]]
    assert [int(edge.get("w")) for edge in above] == [0, 19050, 9525]
    assert cells[1].find("a:solidFill/a:schemeClr", NS).get("val") == "accent1"


def test_shape_ids_are_unique_on_each_slide(parts: Parts) -> None:
    for number in range(1, 10):
        ids = [item.get("id") for item in parts.find(slide_name(number), "//p:cNvPr")]
        assert len(ids) == len(set(ids))


def test_what_xml_cannot_hold_is_left_out() -> None:
    odd = slide(1, "Nul\x00 and bell\x07 and \ud800 go")
    parts = Parts(write_deck(deck(odd, title="\x01Title"), THEME, SETTINGS).data)
    assert "Nul and bell and  go" in words(parts.xml(slide_name(1)))


def test_more_content_than_a_layout_has_places_for_stays_free() -> None:
    three = replace(columns(), number=1)
    extra = PictureBox(rect=inches(1, 5, 2, 1), picture=vector(), description="Third")
    three = replace(three, elements=(*three.elements, extra))
    parts = Parts(write_deck(deck(three), THEME, SETTINGS).data)
    assert layout_of(parts, 1) == "Two Content"
    assert parts.find(slide_name(1), "//p:pic//p:nvPr")[0].find("p:ph", NS) is None


def test_the_colour_of_a_whole_slide_is_its_background() -> None:
    full = Rect.from_edges(0, 0, THEME.grid.width, THEME.grid.height)
    ground = ShapeBox(rect=full, outline=Outline.RECTANGLE, fill=Colour.INK, name="Ground")
    plain = replace(columns(), number=1)
    parts = Parts(write_deck(deck(replace(plain, elements=(ground, *plain.elements))), THEME, SETTINGS).data)
    assert parts.find(slide_name(1), "//p:cSld/p:bg/p:bgPr/a:solidFill/*")[0].get("val") == "tx1"
    assert shapes_named(parts, 1, "Ground") == []
    without = Parts(write_deck(deck(plain), THEME, SETTINGS).data)
    assert without.find(slide_name(1), "//p:bg") == []
