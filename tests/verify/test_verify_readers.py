"""Decks and PDFs read back: what counts as carried, what does not, and what is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
import weasyprint
from pptx import Presentation
from pptx.util import Inches
from verify_page import png
from verify_sabotage import in_deck, in_pdf

from pipeline.verify.carried import UnreadableError, Where
from pipeline.verify.read_deck import read_deck
from pipeline.verify.read_pdf import read_pdf


def deck(done: Callable[[Any], None]) -> bytes:
    """A deck of one slide to which something was done."""
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    slide.shapes.title.text = "Tea"
    done(slide)
    stream = io.BytesIO()
    presentation.save(stream)
    return stream.getvalue()


def with_text(slide: Any, text: str, left: int = 0) -> Any:
    box = slide.shapes.add_textbox(left, 0, Inches(2), Inches(1))
    box.text_frame.text = text
    return box


def texts(data: bytes) -> list[str]:
    return [passage.text for passage in read_deck(data).bodies]


def test_text_tables_and_groups_are_read_in_order() -> None:
    def done(slide: Any) -> None:
        with_text(slide, "First")
        table = slide.shapes.add_table(1, 2, 0, 0, Inches(2), Inches(1)).table
        table.cell(0, 0).text = "Left"
        table.cell(0, 1).text = "Right"
        with_text(slide.shapes.add_group_shape(), "Inside")

    assert texts(deck(done)) == ["First", "Left", "Right", "Inside"]


def test_what_nobody_sees_is_not_carried() -> None:
    def done(slide: Any) -> None:
        with_text(slide, "Seen")
        with_text(slide, "Outside", Inches(40))
        with_text(slide, "Hidden")._element.nvSpPr.cNvPr.set("hidden", "1")

    assert texts(deck(done)) == ["Seen"]


def test_a_hidden_slide_is_not_carried() -> None:
    data = deck(lambda slide: with_text(slide, "Seen"))
    hidden = in_deck(data, lambda presentation: presentation.slides[0]._element.set("show", "0"))
    assert read_deck(hidden).bodies == ()


def test_a_link_over_several_runs_is_one() -> None:
    def done(slide: Any) -> None:
        paragraph = with_text(slide, "").text_frame.paragraphs[0]
        for word in ("the ", "tea ", "council"):
            run = paragraph.add_run()
            run.text = word
            run.hyperlink.address = "https://example.org/tea"

    (link,) = read_deck(deck(done)).links
    assert (link.text, link.url, link.where) == ("the tea council", "https://example.org/tea", Where.SLIDE)


def test_pictures_have_their_descriptions() -> None:
    def done(slide: Any) -> None:
        slide.shapes.add_picture(io.BytesIO(png(20)), 0, 0)._element.nvPicPr.cNvPr.set("descr", "A cup")
        with_text(slide, "x")._element.nvSpPr.cNvPr.set("descr", "A drawing")

    picture, drawing = read_deck(deck(done)).pictures
    assert (picture.description, picture.is_picture) == ("A cup", True)
    assert picture.digests == {sha256(png(20)).hexdigest()}
    assert (drawing.description, drawing.is_picture) == ("A drawing", False)


def with_part(data: bytes, name: str, part: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(stream, "w") as changed:
        for each in archive.namelist():
            changed.writestr(each, part if each == name else archive.read(each))
    return stream.getvalue()


BOMB = b"""<?xml version="1.0"?><!DOCTYPE sld [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>
<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">&b;</p:sld>"""


@pytest.mark.parametrize("part", [BOMB, BOMB.decode().encode("utf-16"), b"<not closed", b""])
def test_a_part_that_is_a_trap_or_no_xml_is_refused(part: bytes) -> None:
    data = deck(lambda slide: with_text(slide, "x"))
    with pytest.raises(UnreadableError, match=r"slide1\.xml"):
        read_deck(with_part(data, "ppt/slides/slide1.xml", part))


# ---------------------------------------------------------------- PDFs


def pdf(body: str, style: str = "") -> bytes:
    page = f"<html lang='en'><head><title>Tea</title><style>{style}</style></head><body>{body}</body></html>"
    return bytes(weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1"))


def passages(data: bytes) -> list[str]:
    return [" ".join(passage.text.split()) for passage in read_pdf(data).passages]


def test_text_is_read_in_the_order_of_tags_without_furniture() -> None:
    style = "@page{@top-left{content:'Running'}} .right{float:right}"
    data = pdf(
        "<h1>Tea</h1><p>One <b>two</b> three</p><div class='right'><p>Four</p></div><ul><li>Five</li></ul>", style
    )
    assert passages(data) == ["Tea", "One two three", "Four", "Five"]
    assert [passage.heading for passage in read_pdf(data).passages] == [True, False, False, False]


def test_text_in_a_picture_is_not_the_pages() -> None:
    drawing = (
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Ctext y='20'%3EDrawn%3C/text%3E%3C/svg%3E"
    )
    contents = read_pdf(pdf(f'<h1>Tea</h1><p><img alt="A cup" src="{drawing}"> Set</p>'))
    assert [" ".join(passage.text.split()) for passage in contents.passages] == ["Tea", "Set"]
    assert [picture.description for picture in contents.pictures] == ["A cup"]


def test_links_know_their_text_and_where_they_lead() -> None:
    data = pdf(
        "<h1 id='top'>Tea</h1><p>See <a href='https://example.org/a'>the council</a> or <a href='#top'>up</a></p>"
    )
    found = [(link.text.strip(), link.url, link.jump) for link in read_pdf(data).links]
    assert found == [("the council", "https://example.org/a", None), ("up", "", 1)]


def test_a_link_whose_annotation_is_gone_is_none() -> None:
    data = pdf("<h1>Tea</h1><p><a href='https://example.org/a'>the council</a></p>")

    def damage(file: Any) -> None:
        del file.pages[0]["/Annots"]

    assert read_pdf(in_pdf(data, damage)).links == ()


def test_a_table_of_contents_only_points() -> None:
    data = pdf("<ul><li><a href='#a'>Brewing</a></li></ul><h1 id='a'>Brewing</h1><p>See <a href='#a'>there</a> now</p>")
    assert [passage.pointer for passage in read_pdf(data).passages] == [True, False, False]


def test_bookmarks_language_title_and_fonts_are_read() -> None:
    contents = read_pdf(pdf("<h1>Tea</h1><h2>Brewing</h2>"))
    assert [(mark.title, mark.page) for mark in contents.bookmarks] == [("Tea", 1), ("Brewing", 1)]
    assert (contents.language, contents.title, contents.tagged, contents.bare_fonts) == ("en", "Tea", True, ())


def test_an_untagged_pdf_is_still_read() -> None:
    def damage(file: Any) -> None:
        del file.Root["/StructTreeRoot"]

    contents = read_pdf(in_pdf(pdf("<h1>Tea</h1><p>Words</p>"), damage))
    assert not contents.tagged
    assert "Words" in contents.passages[0].text


def test_a_structure_that_holds_itself_ends() -> None:
    def damage(file: Any) -> None:
        document = file.Root.StructTreeRoot.K[0]
        document.K.append(document)

    assert passages(in_pdf(pdf("<h1>Tea</h1>"), damage)) == ["Tea"]


def test_a_pdf_that_is_none_is_refused() -> None:
    with pytest.raises(UnreadableError):
        read_pdf(b"%PDF-1.7 nothing")


def test_text_beyond_the_edge_of_its_page_is_cut() -> None:
    style = "<style>@page { size: 300px 200px; margin: 10px } p { white-space: nowrap }</style>"
    html = f"<html lang=en><title>Tea</title>{style}<p>Tea is hot.<p>{'leaves' * 20}"
    data = weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")
    ((number, text),) = read_pdf(bytes(data)).cut
    assert (number, text[:12]) == (1, "leavesleaves")
