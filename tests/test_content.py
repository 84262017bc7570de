"""The project's own pages, built as `make slides` builds them, and the figures on them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pytest
import resvg_py
from lxml import etree
from PIL import Image

from pipeline.build import build_all, check_all
from pipeline.diagnostics import Diagnostic
from pipeline.jobs import find_jobs
from pipeline.model.fitted import PictureBox, Run
from pipeline.plan import plan_document
from pipeline.read import read_page
from pipeline.settings import Settings
from pipeline.theme import load_theme
from pipeline.typeset import Typesetter
from pipeline.units import Pt

CONTENT = Path(__file__).parents[1] / "content"
Built = dict[str, tuple[int, tuple[Diagnostic, ...], dict[str, Any]]]


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("build")


@pytest.fixture(scope="module")
def built(output: Path) -> Built:
    settings = Settings(root=CONTENT, output=output, offline=True)
    outcomes = build_all(find_jobs([CONTENT], output, None), settings)
    return {
        o.job.page.stem: (o.exit_code, o.diagnostics, json.loads(o.job.report.read_text(encoding="utf-8")))
        for o in outcomes
    }


def test_every_page_is_whole_and_nothing_is_complained_of(built: Built) -> None:
    assert built
    for code, diagnostics, report in built.values():
        assert (code, diagnostics, report["ok"]) == (0, (), True)
        for kind, total in report["totals"].items():
            assert total["deck"] == total["units"], kind
            assert total["handout"] == total["units"], kind


def test_the_first_page_compares_as_its_text_does(built: Built) -> None:
    comparison = built["docker-vs-virtual-machine"][2]["comparison"]
    assert [(s["name"], s["aliases"]) for s in comparison["subjects"]] == [("Docker", []), ("Virtual Machine", ["VM"])]
    told = {row["aspect"]: [cell["subject"] for cell in row["cells"]] for row in comparison["rows"]}
    aspects = ("Virtualizes", "Size", "Speed", "Isolation", "Compatibility", "When to use")
    assert told == {aspect: ["Docker", "Virtual Machine"] for aspect in aspects}


def test_the_guide_tells_of_every_spelling_on_both_sides(built: Built) -> None:
    comparison = built["writing-for-slides"][2]["comparison"]
    assert [subject["name"] for subject in comparison["subjects"]] == ["On the slide", "On paper"]
    assert [row["rule"] for row in comparison["rows"]] == ["table"] * 22
    assert all(len(row["cells"]) == 2 for row in comparison["rows"])


def test_files_built_earlier_are_still_whole(built: Built, output: Path) -> None:
    settings = Settings(root=CONTENT, output=output, offline=True)
    outcomes = list(check_all(find_jobs([CONTENT], output, None), settings))
    assert len(outcomes) == len(built)
    assert [(o.exit_code, o.diagnostics) for o in outcomes] == [(0, ())] * len(built)


# ---------------------------------------------------------------- figures

SVG = "{http://www.w3.org/2000/svg}"
FIGURES = sorted((CONTENT / "figures").glob("*.svg"))
PLAIN = {f"{SVG}{name}" for name in ("svg", "title", "desc", "g", "rect", "circle", "path", "text")}
FAMILIES = "Arial, Liberation Sans, Helvetica, sans-serif"
WHITE = (255, 255, 255)
Ground = tuple[int, int, int]


@dataclass(frozen=True, kw_only=True)
class Words:
    """A text of a figure in the drawing's own units, and the grounds at its two ends."""

    text: str
    size: float
    colour: Ground
    left: float
    right: float
    grounds: tuple[Ground, Ground]


def drawing(path: Path) -> etree._Element:
    return etree.fromstring(path.read_bytes())


def title_of(data: bytes) -> str:
    return etree.fromstring(data).findtext(f"{SVG}title") or ""


def view_box(root: etree._Element) -> tuple[float, float]:
    left, top, width, height = map(float, root.get("viewBox", "").split())
    assert (left, top) == (0, 0)
    return width, height


def words_of(path: Path, typesetter: Typesetter) -> Iterator[Words]:
    """Every text of a figure; its grounds are those of the figure drawn without words."""
    root = drawing(path)
    width, height = view_box(root)
    texts = list(root.iter(f"{SVG}text"))
    placed = [{key: str(value) for key, value in text.attrib.items()} | {"": text.text or ""} for text in texts]
    for text in texts:
        parent = text.getparent()
        assert parent is not None
        parent.remove(text)
    png = bytes(resvg_py.svg_to_bytes(svg_string=etree.tostring(root, encoding="unicode"), width=round(width)))
    image = Image.open(BytesIO(png)).convert("RGBA")
    paper = Image.new("RGBA", image.size, WHITE)
    paper.alpha_composite(image)
    for given in placed:
        size = float(given["font-size"])
        run = Run(text=given[""], bold=given.get("font-weight") == "bold")
        wide = typesetter.width((run,), Pt.from_points(size)).points
        left = float(given["x"]) - (wide / 2 if given.get("text-anchor") == "middle" else 0)
        assert left >= 0, given
        assert left + wide <= width, given
        assert size <= float(given["y"]) <= height, given
        middle = round(float(given["y"]) - size * 0.35)
        ends = (max(0, round(left) - 2), min(round(width) - 1, round(left + wide) + 2))
        first, last = (cast("tuple[int, ...]", paper.getpixel((x, middle)))[:3] for x in ends)
        yield Words(
            text=given[""],
            size=size,
            colour=colour(given["fill"]),
            left=left,
            right=left + wide,
            grounds=(cast("Ground", first), cast("Ground", last)),
        )


def colour(value: str) -> Ground:
    return (int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16))


def luminance(ground: Ground) -> float:
    parts = [(c / 255 / 12.92) if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in ground]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: Ground, other: Ground) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def shown(pages: Sequence[Path], folder: Path, typesetter: Typesetter) -> Iterator[tuple[str, float]]:
    """The title of every drawing on a slide, with its width there in points."""
    for page in pages:
        settings = Settings(root=CONTENT, output=folder, offline=True)
        document = read_page(page, settings).document
        plans = plan_document(document, settings, load_theme("default"), typesetter).plans
        for slide in plans.deck.slides:
            for element in slide.elements:
                if isinstance(element, PictureBox):
                    yield title_of(element.picture.data), element.rect.width.points


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return Typesetter(load_theme("default"))


@pytest.mark.parametrize("path", FIGURES, ids=lambda path: path.stem)
def test_figures_are_plain_and_say_what_they_show(path: Path) -> None:
    root = drawing(path)
    assert {element.tag for element in root.iter() if isinstance(element.tag, str)} <= PLAIN
    assert root.get("font-family") == FAMILIES
    for name in ("title", "desc"):
        assert (root.findtext(f"{SVG}{name}") or "").strip()


@pytest.mark.parametrize("path", FIGURES, ids=lambda path: path.stem)
def test_words_of_figures_stand_on_one_ground_and_apart_from_it(path: Path, typesetter: Typesetter) -> None:
    found = list(words_of(path, typesetter))
    assert found
    for words in found:
        assert words.grounds[0] == words.grounds[1], words
        assert contrast(words.colour, words.grounds[0]) >= 4.5, words


def test_words_of_figures_can_be_read_from_the_last_row(typesetter: Typesetter, output: Path) -> None:
    widths = dict(shown(sorted(CONTENT.glob("*.md")), output, typesetter))
    assert sorted(title_of(path.read_bytes()) for path in FIGURES) == sorted(widths)
    for path in FIGURES:
        scale = widths[title_of(path.read_bytes())] / view_box(drawing(path))[0]
        smallest = min(words.size for words in words_of(path, typesetter)) * scale
        assert smallest >= 18, (path.name, smallest)
