"""Words on drawn pages: where they stand, and which stand where they must not."""

from __future__ import annotations

import ctypes
import unicodedata
from collections import Counter
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
    """Those of `words` whose letters and digits the page does not show."""
    shown = _letters("".join(word.text for word in page.words))
    if any(unicodedata.bidirectional(character) in {"R", "AL"} for character in shown):
        # Text that reads to the left comes out of a PDF in an order of its own: the letters themselves must be there.
        there = Counter(shown)
        return tuple(word for word in words if Counter(_letters(word)) - there)
    return tuple(word for word in words if _letters(word) not in shown)


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


def _joined(character: str) -> bool:
    # Accents, joiners and the Arabic lengthening stroke are meant to lie on the letters that they belong to.
    return unicodedata.category(character) in {"Mn", "Me", "Cf"} or character == "\N{ARABIC TATWEEL}"


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
            stroke.text += character
            if not _joined(character):
                left, bottom, right, top = text.get_charbox(index)
                stroke.boxes.append(Box(left=left, top=page_height - top, right=right, bottom=page_height - bottom))
    yield from stroke.word()
