"""Formulas in finished files: drawn, with their source as what is said of them, and missed where they are damaged."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest

from pipeline.build import build_all
from pipeline.jobs import find_jobs
from pipeline.plan.comparison import compare
from pipeline.read import read_page
from pipeline.settings import Product, Settings
from pipeline.verify import verify

PAGE = r"""# Formulas

## Lines

- Energy is $E = mc^2$ at rest.
- The half is $\frac{1}{2}$ of all.

## Displays

$$
\int_0^1 x^2\,dx = \frac{1}{3}
$$

## Broken

$$\unknowncommand{x}$$
"""
SOURCE = r"\int_0^1 x^2\,dx = \frac{1}{3}"
PRODUCTS = frozenset({Product.DECK, Product.HANDOUT})


def built(folder: Path) -> tuple[list[tuple[str, int]], bytes, bytes]:
    page = folder / "page.md"
    page.write_text(PAGE, encoding="utf-8")
    settings = Settings(root=folder, output=folder / "out", products=PRODUCTS, offline=True)
    (outcome,) = build_all(find_jobs((page,), folder / "out", None), settings)
    deck, handout = (next((folder / "out").rglob(name)).read_bytes() for name in ("*.pptx", "*-handout.pdf"))
    return [(d.code, d.span.first if d.span else 0) for d in outcome.diagnostics], deck, handout


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[str, int]], bytes, bytes]:
    folder = tmp_path_factory.mktemp("formulas")
    return (folder, *built(folder))


def told(folder: Path, deck: bytes, handout: bytes) -> set[tuple[str, int]]:
    document = read_page(folder / "page.md", Settings(root=folder, output=folder / "out", offline=True)).document
    found = verify(document, compare(document), {Product.DECK: deck, Product.HANDOUT: handout}).findings
    return {(finding.code, finding.span.first if finding.span else 0) for finding in found}


def rewritten(deck: bytes, before: str, after: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(deck)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if re.fullmatch(r"ppt/(slides|notesSlides)/[^/]+\.xml", name):
                data = data.decode().replace(before, after).encode()
            new.writestr(name, data)
    return out.getvalue()


def figures(pdf: pikepdf.Pdf) -> list[Any]:
    return [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]


def test_only_what_cannot_be_drawn_is_complained_of(files: tuple[Path, list[tuple[str, int]], bytes, bytes]) -> None:
    assert files[1] == [("undrawable-formula", 16)]


def test_a_deck_has_the_drawing_beside_its_pixels(files: tuple[Path, list[tuple[str, int]], bytes, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(files[2])) as deck:
        media = [name for name in deck.namelist() if name.startswith("ppt/media/")]
        slides = "".join(deck.read(name).decode() for name in deck.namelist() if name.startswith("ppt/slides/slide"))
    assert {name.rpartition(".")[2] for name in media} == {"svg", "png"}
    assert f'descr="{SOURCE}"' in slides
    assert r"\unknowncommand{x}" in slides


def test_a_handout_says_each_source_once_and_holds_it_as_text(
    files: tuple[Path, list[tuple[str, int]], bytes, bytes],
) -> None:
    with pikepdf.open(io.BytesIO(files[3])) as pdf:
        alts = [str(figure.Alt) for figure in figures(pdf)]
    assert [alt for alt in alts if not alt.startswith("Slide ")] == ["E = mc^2", r"\frac{1}{2}", SOURCE]
    document = pdfium.PdfDocument(files[3])
    text = "".join("".join(page.get_textpage().get_text_bounded() for page in document).split())
    document.close()
    assert text.count("".join(SOURCE.split())) == 1
    assert "EnergyisE=mc^2atrest." in text


def test_whole_files_are_found_whole(files: tuple[Path, list[tuple[str, int]], bytes, bytes]) -> None:
    assert told(files[0], files[2], files[3]) == set()


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        (r"\frac{1}{3}&quot;", r"\frac{1}{4}&quot;", 0),
        (SOURCE, SOURCE.replace("3", "4"), 10),
        (SOURCE, "", 10),
        (">mc<", ">mg<", 5),
        ("is 1/2 of", "is 1/7 of", 6),
        (r"\unknowncommand", r"\anothercommand", 16),
    ],
)
def test_a_formula_altered_in_the_deck_is_named(
    files: tuple[Path, list[tuple[str, int]], bytes, bytes], before: str, after: str, line: int
) -> None:
    found = told(files[0], rewritten(files[2], before, after), files[3])
    assert ("lost-formula", line) in found if line else not found


@pytest.mark.parametrize(("source", "line"), [("E = mc^2", 5), (r"\frac{1}{2}", 6), (SOURCE, 10)])
def test_a_formula_altered_in_the_handout_is_named(
    files: tuple[Path, list[tuple[str, int]], bytes, bytes], source: str, line: int
) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(files[3])) as pdf:
        for figure in figures(pdf):
            if str(figure.Alt) == source:
                figure.Alt = pikepdf.String(source + "+1")
        pdf.save(out)
    assert ("lost-formula", line) in told(files[0], files[2], out.getvalue())


def test_the_same_page_gives_the_same_files(
    files: tuple[Path, list[tuple[str, int]], bytes, bytes], tmp_path: Path
) -> None:
    assert built(tmp_path)[1:] == files[2:]
