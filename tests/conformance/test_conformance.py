"""The checks of `make conformance` can fail: good files, damaged, and what is said of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import drawing
import open_xml
import pikepdf
import pytest
from lxml import etree
from pptx import Presentation
from pptx.util import Inches, Pt

from pipeline.build import build_all
from pipeline.jobs import find_jobs
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pdf_ua import PdfUaValidator

pytestmark = pytest.mark.conformance
CONTENT = Path(__file__).parents[2] / "content"
PAGE = CONTENT / "docker-vs-virtual-machine.md"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("build")
    (outcome,) = build_all(find_jobs([PAGE], output, None), Settings(root=CONTENT, output=output, offline=True))
    assert outcome.exit_code == 0
    return outcome.job.folder


@pytest.fixture(scope="module")
def validator() -> PdfUaValidator:
    from pdf_ua import PdfUaValidator

    return PdfUaValidator()


def _label(slide: Any, text: str, left: int, top: int) -> None:
    box = slide.shapes.add_textbox(left, top, Inches(3), Pt(30))
    box.text_frame.text = text
    box.text_frame.word_wrap = True


def _over_the_edge(presentation: Any) -> str:
    _label(presentation.slides[0], "MMMMMMMM", presentation.slide_width - Pt(40), Pt(20))
    return "slide 1"


def _off_the_slide(presentation: Any) -> str:
    _label(presentation.slides[1], "elsewhere", presentation.slide_width + Inches(2), Pt(20))
    return "slide 2"


def _over_another(presentation: Any) -> str:
    _label(presentation.slides[0], "Lorem", Pt(300), Pt(20))
    _label(presentation.slides[0], "ipsum", Pt(305), Pt(20))
    return "slide 1"


def _over_a_picture(presentation: Any) -> str:
    number, slide, picture = next(
        (number, slide, shape)
        for number, slide in enumerate(presentation.slides, start=1)
        for shape in slide.shapes
        if shape.element.tag.endswith("}pic")
    )
    _label(slide, "covering", picture.left + picture.width // 3, picture.top + picture.height // 2)
    return f"slide {number}"


def _hidden(presentation: Any) -> str:
    presentation.slides[1].element.set("show", "0")
    return "deck"


def _grown_table(presentation: Any) -> str:
    table = presentation.slides[1].shapes.add_table(9, 1, Inches(1), Inches(2), Inches(2), Inches(5)).table
    for row in range(9):
        table.cell(row, 0).text = "Lorem ipsum dolor sit amet consectetur"
    return "slide 2"


DAMAGES: dict[Callable[[Any], str], str] = {
    _over_the_edge: "“MMMMMMMM” reaches beyond the slide",
    _off_the_slide: "not drawn: “elsewhere”",
    _over_another: "“Lorem” and “ipsum” stand over each other",
    _over_a_picture: "“covering” stands over a picture",
    _hidden: "of them drawn",
    _grown_table: "reaches beyond the slide",
}


def test_each_damaged_deck_is_named_and_the_good_one_is_not(built: Path, tmp_path: Path) -> None:
    good = built / f"{PAGE.stem}.pptx"
    decks, places = [good], []
    for damage in DAMAGES:
        presentation = Presentation(str(good))
        places.append(damage(presentation))
        decks.append(tmp_path / f"{damage.__name__}.pptx")
        presentation.save(str(decks[-1]))
    unharmed, *harmed = drawing.check_decks(decks)
    assert unharmed == ()
    for findings, place, text in zip(harmed, places, DAMAGES.values(), strict=True):
        assert {finding.place for finding in findings} == {place}
        assert any(text in finding.text for finding in findings), findings


def test_a_deck_outside_the_schema_is_refused(built: Path, tmp_path: Path) -> None:
    good = built / f"{PAGE.stem}.pptx"
    presentation = Presentation(str(good))
    tree = presentation.slides[2].shapes._spTree
    etree.SubElement(tree, f"{{{tree.nsmap['p']}}}unknown")
    damaged = tmp_path / "damaged.pptx"
    presentation.save(str(damaged))
    assert open_xml.check_deck(good) == ()
    (finding,) = open_xml.check_deck(damaged)
    assert "/ppt/slides/slide3.xml" in finding.place
    assert "unknown" in finding.text


def test_slides_that_appear_step_by_step_conform_and_are_drawn_whole(tmp_path: Path) -> None:
    page, output = tmp_path / "page.md", tmp_path / "build"
    words = "Words.\n\n<!-- steps -->\n\n- One\n    - Deeper\n- Two\n\n| A | B |\n|---|---|\n| one | two |"
    others = "<!-- steps -->\n\n- **One**: a text.\n- **Two**: a text.\n\n---\n\n> [!TIP]\n> A tip.\n\n```\ncode\n```"
    page.write_text(f"# Page\n\n## First\n\n{words}\n\n## Second\n\n{others}\n", encoding="utf-8")
    (outcome,) = build_all(find_jobs([page], output, None), Settings(root=tmp_path, output=output, offline=True))
    assert outcome.exit_code == 0
    deck = outcome.job.folder / f"{page.stem}.pptx"
    assert any(slide.element.findall("{*}timing") for slide in Presentation(str(deck)).slides)
    assert open_xml.check_deck(deck) == ()
    assert drawing.check_decks([deck]) == ((),)


def test_a_file_that_is_no_deck_is_refused(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.pptx"
    damaged.write_bytes(b"no deck")
    assert open_xml.check_deck(damaged)


def test_a_figure_without_its_alternative_text_is_named(built: Path, tmp_path: Path, validator: PdfUaValidator) -> None:
    good = built / f"{PAGE.stem}-cheatsheet.pdf"
    damaged = tmp_path / "damaged.pdf"
    with pikepdf.open(good) as pdf:
        described = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o and "/S" in o]
        assert described
        for element in described:
            del element["/Alt"]
        pdf.save(damaged)
    assert validator.check(good) == ()
    (finding,) = validator.check(damaged)
    assert finding.place.startswith("clause 7.3")
    assert f"({len(described)} times)" in finding.text


def test_a_pdf_without_tags_or_language_is_named(built: Path, tmp_path: Path, validator: PdfUaValidator) -> None:
    damaged = tmp_path / "damaged.pdf"
    with pikepdf.open(built / f"{PAGE.stem}-cheatsheet.pdf") as pdf:
        del pdf.Root["/Lang"]
        del pdf.Root["/StructTreeRoot"]
        pdf.save(damaged)
    said = " ".join(finding.text for finding in validator.check(damaged))
    assert "StructTreeRoot" in said
    assert "language" in said


def test_a_file_that_is_no_pdf_is_named(tmp_path: Path, validator: PdfUaValidator) -> None:
    damaged = tmp_path / "damaged.pdf"
    damaged.write_bytes(b"no PDF")
    (finding,) = validator.check(damaged)
    assert "veraPDF cannot read it" in finding.text


def test_the_command_says_it_by_its_exit_code(built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from check_outputs import main

    folder = tmp_path / "build"
    shutil.copytree(built, folder, ignore=shutil.ignore_patterns("*-handout.pdf"))
    deck = folder / f"{PAGE.stem}.pptx"
    sheet = folder / f"{PAGE.stem}-cheatsheet.pdf"
    presentation = Presentation(str(deck))
    place = _over_a_picture(presentation)
    presentation.save(str(deck))
    assert main(folder) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{deck}: 1 found",
        f"  {place}: “covering” stands over a picture",
        f"{sheet}: ok (PDF/UA-1)",
    ]


def test_a_folder_without_files_is_not_called_good(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from check_outputs import main

    assert main(tmp_path) == 2
    assert "no decks" in capsys.readouterr().err
