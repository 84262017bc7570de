"""`pictures.py FOLDER TARGET LOOK …`: the README's pictures, drawn from the files that a page was built into.

FOLDER holds its three files, each LOOK its deck in another look.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import libreoffice
import pypdfium2  # type: ignore[import-untyped]
from PIL import Image

WIDTH = 1600  # pixels, as the next two
UPRIGHT = 1200  # for a single page that is higher than wide
GUTTER = 32
FINER = 3  # drawn so many times finer, then scaled: small type stays even
GROUND = "#f2f4f7"
BORDER = "#cfd5dd"

Row: TypeAlias = Sequence[pypdfium2.PdfPage]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The pages of the three files, and the slides of other looks."""

    deck: tuple[pypdfium2.PdfPage, ...]
    handout: tuple[pypdfium2.PdfPage, ...]
    sheet: tuple[pypdfium2.PdfPage, ...]
    looks: tuple[tuple[pypdfium2.PdfPage, ...], ...]


def main(folder: Path, target: Path, *looks: Path) -> int:
    """Writes five pictures into the target folder."""
    target.mkdir(parents=True, exist_ok=True)
    drawn = Drawn(
        deck=_slides(folder),
        handout=_pages(folder / f"{folder.name}-handout.pdf"),
        sheet=_pages(folder / f"{folder.name}-cheatsheet.pdf"),
        looks=tuple(map(_slides, looks)),
    )
    for picture, rows in _pictures(drawn).items():
        path = target / f"{picture}.png"
        _compose(rows, UPRIGHT if len(rows) == len(rows[0]) == 1 else WIDTH).save(path, optimize=True)
        sys.stdout.write(f"{path}: {path.stat().st_size // 1000} kB\n")
    return 0


def _pictures(drawn: Drawn) -> dict[str, Sequence[Row]]:
    """What each picture shows, row by row."""
    deck, handout, sheet = drawn.deck, drawn.handout, drawn.sheet
    return {
        "deck": [deck[start : start + 3] for start in range(0, min(len(deck), 9) // 3 * 3, 3)],
        "handout": [handout[1:3]],
        "cheatsheet": [sheet],
        "overview": [(deck[0], handout[1], sheet[0])],
        "looks": [[slides[0] for slides in drawn.looks], [slides[5] for slides in drawn.looks]],
    }


def _slides(folder: Path) -> tuple[pypdfium2.PdfPage, ...]:
    """The slides of the deck in that folder, which has its name."""
    with tempfile.TemporaryDirectory() as name:
        (slides,) = libreoffice.draw([folder / f"{folder.name}.pptx"], Path(name))
        return _pages(slides)


def _pages(pdf: Path) -> tuple[pypdfium2.PdfPage, ...]:
    return tuple(pypdfium2.PdfDocument(pdf.read_bytes()))


def _compose(rows: Sequence[Row], width: int) -> Image.Image:
    """Pages side by side, as high as each other within a row, rows as wide as the picture."""
    heights = [_height(row, width) for row in rows]
    picture = Image.new("RGB", (width, sum(heights) + GUTTER * (len(rows) + 1)), GROUND)
    top = GUTTER
    for row, height in zip(rows, heights, strict=True):
        left = GUTTER
        for page in row:
            sheet = _paper(page, height)
            picture.paste(sheet, (left, top))
            left += sheet.width + GUTTER
        top += height + GUTTER
    return picture


def _height(row: Row, width: int) -> int:
    return int((width - GUTTER * (len(row) + 1)) / sum(page.get_width() / page.get_height() for page in row))


def _paper(page: pypdfium2.PdfPage, height: int) -> Image.Image:
    """A page in its border, of this height."""
    width = round(height * page.get_width() / page.get_height())
    framed = Image.new("RGB", (width, height), BORDER)
    drawn = page.render(scale=FINER * height / page.get_height()).to_pil().convert("RGB")
    framed.paste(drawn.resize((width - 2, height - 2), Image.Resampling.LANCZOS), (1, 1))
    return framed


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
