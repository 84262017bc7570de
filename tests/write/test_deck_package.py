"""The file as a whole: base, theme, layouts, sections, properties, and the same bytes each time."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pptx
import pypdfium2
import pytest
from deck_parts import NS, Parts, slide_name, words
from deck_sample import SETTINGS, THEME, chinese, cover, deck, grid, points, shapes, slide, whole_deck
from msgspec.structs import replace

from pipeline.model.plan import DeckSection
from pipeline.theme import Colour
from pipeline.write.deck import write_deck
from pipeline.write.powerpoint.package import Package, Part

LAYOUTS = ["Title Slide", "Title and Content", "Section Header", "Two Content", "Title Only", "Picture with Caption"]


@pytest.fixture(scope="module")
def parts() -> Parts:
    return Parts(write_deck(whole_deck(), THEME, SETTINGS).data)


def test_every_relationship_leads_to_a_part_and_every_part_is_reached(parts: Parts) -> None:
    reached = set()
    for name in [name for name in parts.files if not name.endswith(".rels")]:
        for kind, target in parts.relations(name).values():
            if kind != "hyperlink":
                assert target in parts.files, (name, kind, target)
                reached.add(target)
    package = {target for _, target in parts.relations("").values()}
    plain = {name for name in parts.files if not name.endswith(".rels")} - {"[Content_Types].xml"}
    assert plain == reached | package


def test_every_relationship_that_is_named_exists_and_each_that_exists_is_named(parts: Parts) -> None:
    silent = {"slideLayout", "slideMaster", "notesMaster", "notesSlide", "theme", "presProps", "tableStyles"}
    for name in [name for name in parts.files if name.startswith("ppt/") and name.endswith(".xml")]:
        named = {str(value) for value in parts.find(name, "//@r:id | //@r:embed")}
        relations = parts.relations(name)
        assert named <= set(relations)
        unnamed = {relations[key][0] for key in set(relations) - named}
        assert unnamed <= (silent | {"slide"} if "notesSlides" in name else silent), name


def test_every_part_has_a_content_type(parts: Parts) -> None:
    root = parts.xml("[Content_Types].xml")
    defaults = {item.get("Extension") for item in root.findall("ct:Default", NS)}
    overrides = {item.get("PartName").removeprefix("/") for item in root.findall("ct:Override", NS)}
    assert {"png", "svg", "jpeg", "rels", "xml"} <= defaults
    for name in parts.files:
        media = name.rpartition(".")[2] in defaults - {"xml"}
        assert (name in overrides) != (media or name == "[Content_Types].xml"), name


def test_the_layouts_are_those_that_are_needed_and_no_others(parts: Parts) -> None:
    names = [
        parts.find(f"ppt/slideLayouts/slideLayout{n}.xml", "/p:sldLayout/p:cSld/@name")[0]
        for n in range(1, len(LAYOUTS) + 1)
    ]
    assert names == LAYOUTS
    assert f"ppt/slideLayouts/slideLayout{len(LAYOUTS) + 1}.xml" not in parts.files
    left = [name for name in parts.files if "printer" in name or "thumbnail" in name or "viewProps" in name]
    assert not left


def test_placeholders_of_layouts_stand_on_the_grid(parts: Parts) -> None:
    grid_ = THEME.grid
    for n in range(1, len(LAYOUTS) + 1):
        for frame in parts.find(f"ppt/slideLayouts/slideLayout{n}.xml", "//p:sp/p:spPr/a:xfrm"):
            left, top, width, height = (int(v) for v in (*frame[0].attrib.values(), *frame[1].attrib.values()))
            assert left >= grid_.left
            assert left + width <= grid_.width - grid_.right
            assert top >= grid_.title_top
            assert top + height <= grid_.footer_bottom


def test_footer_and_number_stand_on_every_layout(parts: Parts) -> None:
    for n in range(1, len(LAYOUTS) + 1):
        kinds = [item.get("type") for item in parts.find(f"ppt/slideLayouts/slideLayout{n}.xml", "//p:ph")]
        assert kinds[-2:] == ["ftr", "sldNum"]


def test_the_theme_carries_the_colours_and_fonts(parts: Parts) -> None:
    for name in ("ppt/theme/theme1.xml", "ppt/theme/theme2.xml"):
        scheme = {item.tag.rpartition("}")[2]: item[0].get("val") for item in parts.find(name, "//a:clrScheme/*")}
        assert scheme["dk1"] == scheme["hlink"] == THEME.colours[Colour.INK]
        assert (scheme["lt1"], scheme["accent1"]) == (THEME.colours[Colour.PAPER], THEME.colours[Colour.SUBJECT_A])
        faces = [item.get("typeface") for item in parts.find(name, "//a:minorFont/*")]
        assert faces == ["Arial", "Microsoft YaHei", "Arial"]
    custom = parts.find("ppt/theme/theme1.xml", "//a:custClr[@name='tint a']/a:srgbClr/@val")
    assert custom == [THEME.colours[Colour.TINT_A]]


def test_a_dark_theme_gives_a_dark_deck() -> None:
    dark = replace(THEME, colours={**THEME.colours, Colour.PAPER: "10171F", Colour.INK: "F1F4F7"})
    parts = Parts(write_deck(deck(slide(1, "Dark")), dark, SETTINGS).data)
    assert parts.find("ppt/slideMasters/slideMaster1.xml", "//p:bg//a:schemeClr/@val") == ["bg1"]
    assert parts.find("ppt/theme/theme1.xml", "//a:lt1/a:srgbClr/@val") == ["10171F"]


def test_the_slide_is_as_large_as_planned_and_the_language_is_the_page_s() -> None:
    parts = Parts(write_deck(deck(chinese(), language="zh"), THEME, SETTINGS).data)
    size = parts.find("ppt/presentation.xml", "//p:sldSz")[0]
    assert (size.get("cx"), size.get("cy")) == ("12192000", "6858000")
    assert parts.find("ppt/presentation.xml", "//a:defRPr/@lang") == ["zh-CN"]


def test_sections_hold_every_slide_once(parts: Parts) -> None:
    sections = parts.find("ppt/presentation.xml", "//p14:section")
    assert [item.get("name") for item in sections] == ["Opening", "First & <second>", "End"]
    held = [item.get("id") for section in sections for item in section.iter(f"{{{NS['p14']}}}sldId")]
    assert held == [item.get("id") for item in parts.find("ppt/presentation.xml", "//p:sldId")]
    assert len({item.get("id") for item in sections}) == 3


def test_slides_that_no_section_holds_are_put_into_one() -> None:
    slides = [replace(shapes(), number=n) for n in range(1, 6)]
    gaps = (DeckSection(name="Late", first=3, last=3), DeckSection(name="Last", first=5, last=5))
    parts = Parts(write_deck(deck(*slides, sections=gaps), THEME, SETTINGS).data)
    held = {
        section.get("name"): len(list(section.iter(f"{{{NS['p14']}}}sldId")))
        for section in parts.find("ppt/presentation.xml", "//p14:section")
    }
    assert held == {"Sample deck": 2, "Late": 2, "Last": 1}


def test_a_deck_without_sections_has_no_list_of_them() -> None:
    parts = Parts(write_deck(deck(cover()), THEME, SETTINGS).data)
    assert not parts.find("ppt/presentation.xml", "//p14:sectionLst")


def test_the_properties_say_what_the_deck_says_of_itself(parts: Parts) -> None:
    core = parts.xml("docProps/core.xml")
    read = {item.tag.rpartition("}")[2]: item.text for item in core}
    assert read == read | {
        "title": "Sample deck",
        "subject": "A deck that holds everything.",
        "creator": "Ada, Grace",
        "keywords": "one, two",
        "language": "en-US",
        "description": None,
        "created": "2023-11-14T22:13:20Z",
        "modified": "2023-11-14T22:13:20Z",
    }
    counts = {item.tag.rpartition("}")[2]: item.text for item in parts.xml("docProps/app.xml")}
    assert (counts["Slides"], counts["Notes"]) == ("9", "2")


def test_without_a_date_from_outside_the_date_is_fixed_and_long_words_are_cut() -> None:
    long = deck(cover(), description="word " * 100)
    parts = Parts(write_deck(long, THEME, replace(SETTINGS, epoch=None)).data)
    core = parts.xml("docProps/core.xml")
    assert core.findtext("dcterms:created", namespaces=NS) == "1980-01-01T00:00:00Z"
    subject = core.findtext("dc:subject", namespaces=NS)
    assert len(subject) <= 255
    assert subject.endswith("…")


def test_the_zip_has_fixed_dates_and_its_types_first() -> None:
    with zipfile.ZipFile(io.BytesIO(write_deck(whole_deck(), THEME, SETTINGS).data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert [entry.filename for entry in archive.infolist()][:3] == [
            "[Content_Types].xml",
            "_rels/.rels",
            "ppt/presentation.xml",
        ]


def test_one_name_is_one_part() -> None:
    package = Package()
    package.add(Part("/a.xml", "application/xml"))
    with pytest.raises(ValueError, match=r"/a\.xml"):
        package.add(Part("/a.xml", "application/xml"))


def test_the_bytes_are_the_same_in_other_zones_locales_and_hash_seeds(tmp_path: Path) -> None:
    script = tmp_path / "digest.py"
    script.write_text(
        "import hashlib\n"
        "from deck_sample import SETTINGS, THEME, whole_deck\n"
        "from pipeline.write.deck import write_deck\n"
        "print(hashlib.sha256(write_deck(whole_deck(), THEME, SETTINGS).data).hexdigest())\n",
        encoding="utf-8",
    )
    here = hashlib.sha256(write_deck(whole_deck(), THEME, SETTINGS).data).hexdigest()
    elsewhere = {
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parents[2])]),
        "PYTHONHASHSEED": "4242",
        "TZ": "Pacific/Auckland",
        "LC_ALL": "tr_TR.UTF-8",
    }
    done = subprocess.run(
        [sys.executable, str(script)], env={**os.environ, **elsewhere}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == here


def test_python_pptx_opens_it_and_finds_everything() -> None:
    opened = pptx.Presentation(io.BytesIO(write_deck(whole_deck(), THEME, SETTINGS).data))
    assert [item.name for item in opened.slide_layouts] == LAYOUTS
    titles = [item.shapes.title.text_frame.text for item in opened.slides]
    assert titles[1:4] == ["Agenda", "Points and a figure", "A table"]
    assert opened.slides[3].notes_slide.notes_text_frame.text == "Short.\nTime: about 0:05"
    table = next(shape for shape in opened.slides[3].shapes if shape.has_table).table
    assert table.cell(1, 1).text == "small"
    saved = io.BytesIO()
    opened.save(saved)
    assert len(pptx.Presentation(saved).slides) == 9


def test_libreoffice_makes_a_page_of_each_slide(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    source = tmp_path / "sample.pptx"
    source.write_bytes(write_deck(whole_deck(), THEME, SETTINGS).data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(source)],
        capture_output=True,
        check=True,
        timeout=120,
    )
    pages = pypdfium2.PdfDocument(tmp_path / "sample.pdf")
    assert len(pages) == 9
    assert "Points and a figure" in pages[2].get_textpage().get_text_bounded()
    assert pages[0].get_size() == pytest.approx((960, 540), abs=1)
    pages.close()


def test_time_grows_with_the_number_of_slides_and_no_faster() -> None:
    kinds = [points(), grid(), shapes(), chinese()]

    def seconds(count: int) -> float:
        many = deck(*(replace(kinds[n % 4], number=n + 1) for n in range(count)))
        start = time.process_time()
        written = write_deck(many, THEME, SETTINGS)
        spent = time.process_time() - start
        assert len(Parts(written.data).find("ppt/presentation.xml", "//p:sldId")) == count
        return spent

    seconds(10)
    few, many = (min(seconds(count) for _ in range(3)) for count in (100, 300))
    assert many < 5 * few


def test_a_slide_in_the_middle_is_where_it_belongs(parts: Parts) -> None:
    listed = parts.find("ppt/presentation.xml", "//p:sldId/@r:id")
    relations = parts.relations("ppt/presentation.xml")
    assert [relations[str(key)][1] for key in listed] == [slide_name(n) for n in range(1, 10)]
    assert words(parts.xml(slide_name(5)))[0] == "Shapes"
