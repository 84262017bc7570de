"""What a deck itself says of its slides: their words and the places of their pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from drawn_words import Box
from pptx import Presentation
from pptx.util import Emu

TEXT = ".//a:p[not(ancestor::p:pic)]"
RUNS = "./a:r/a:t | ./a:br"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slide:
    """The words of a slide's shapes and tables, fields such as its number left out, and its pictures."""

    words: tuple[str, ...]
    pictures: tuple[Box, ...]


def slides_of(deck: Path) -> tuple[Slide, ...]:
    """The slides of a deck, in their order."""
    return tuple(
        Slide(words=tuple(_words(slide.element)), pictures=tuple(_pictures(slide.shapes)))
        for slide in Presentation(str(deck)).slides
    )


def write_without_pictures(deck: Path, target: Path) -> None:
    """Writes the deck without its slides' pictures, so that all words that are drawn are words of its shapes."""
    presentation = Presentation(str(deck))
    for slide in presentation.slides:
        for picture in slide.element.xpath(".//p:pic"):
            picture.getparent().remove(picture)
    presentation.save(str(target))


def _words(slide: Any) -> Iterator[str]:
    for paragraph in slide.xpath(TEXT):
        yield from "".join(run.text or " " for run in paragraph.xpath(RUNS)).split()


def _pictures(shapes: Any) -> Iterator[Box]:
    for shape in shapes:
        if shape.element.tag.endswith("}pic"):
            left, top = Emu(shape.left).pt, Emu(shape.top).pt
            yield Box(left=left, top=top, right=left + Emu(shape.width).pt, bottom=top + Emu(shape.height).pt)
