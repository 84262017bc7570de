"""Words on drawn pages: where they stand, and which stand where they must not."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
from pypdfium2 import raw

EDGE = 0.5  # points that ink may reach over an edge: antialiasing, italics
TOUCH = 1.0  # points that ink may share with other ink
DEPTH = 0.25  # and the part of the lower word's height: descenders meet ascenders in tight lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle in points, from the page's upper left corner down and to the right."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """Points from top to bottom."""
        return self.bottom - self.top

    def shared(self, other: Box) -> tuple[float, float]:
        """Width and height, in points, of what both cover; not above 0 in either if they cover nothing together."""
        across = min(self.right, other.right) - max(self.left, other.left)
        return across, min(self.bottom, other.bottom) - max(self.top, other.top)


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What is drawn without a blank, by one stroke of the drawing program; its ink."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A drawn page: its size in points, its words in the order in which they were drawn."""

    width: float
    height: float
    words: tuple[Word, ...]


def pages_drawn(pdf: Path | bytes) -> tuple[Page, ...]:
    """The pages of a PDF."""
    with pypdfium2.PdfDocument(pdf) as document:
        return tuple(_page(page) for page in document)


def misplaced(page: Page, pictures: Sequence[Box]) -> Iterator[str]:
    """What is wrong with the words' places: over the page's edge, over a picture, over another word."""
    for word in page.words:
        box = word.box
        if min(box.left, box.top) < -EDGE or box.right > page.width + EDGE or box.bottom > page.height + EDGE:
            yield f"“{word.text}” reaches beyond the slide"
        if any(min(box.shared(picture)) > TOUCH for picture in pictures):
            yield f"“{word.text}” stands over a picture"
    for one, other in combinations(page.words, 2):
        across, down = one.box.shared(other.box)
        if across > TOUCH and down > max(TOUCH, DEPTH * min(one.box.height, other.box.height)):
            yield f"“{one.text}” and “{other.text}” stand over each other"


def not_drawn(words: Sequence[str], page: Page) -> tuple[str, ...]:
    """Those of `words` that the page does not show. Letters and digits count, in either direction of writing."""
    shown = _letters("".join(word.text for word in page.words))
    return tuple(w for w in words if (letters := _letters(w)) not in shown and letters[::-1] not in shown)


def _letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


@dataclass(slots=True)
class _Stroke:
    """The characters of a word, while it is being read."""

    owner: int | None = None
    text: str = ""
    boxes: list[Box] = field(default_factory=list)

    def word(self) -> Iterator[Word]:
        if self.boxes:
            box = Box(
                left=min(b.left for b in self.boxes),
                top=min(b.top for b in self.boxes),
                right=max(b.right for b in self.boxes),
                bottom=max(b.bottom for b in self.boxes),
            )
            yield Word(text=self.text, box=box)


def _page(page: pypdfium2.PdfPage) -> Page:
    width, height = page.get_size()
    return Page(width=width, height=height, words=tuple(_words(page.get_textpage(), height)))


def _words(text: pypdfium2.PdfTextPage, page_height: float) -> Iterator[Word]:
    stroke = _Stroke()
    for index in range(text.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(text, index))
        # Words that lie over each other are read without a blank between: a new text object is a new word.
        owner = ctypes.cast(raw.FPDFText_GetTextObject(text, index), ctypes.c_void_p).value
        blank = character.isspace() or raw.FPDFText_IsGenerated(text, index) == 1
        if blank or owner != stroke.owner:
            yield from stroke.word()
            stroke = _Stroke(owner=owner)
        if not blank:
            left, bottom, right, top = text.get_charbox(index)
            stroke.text += character
            stroke.boxes.append(Box(left=left, top=page_height - top, right=right, bottom=page_height - bottom))
    yield from stroke.word()
