"""Decks drawn by LibreOffice, and the words on them held against what the decks say."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import libreoffice
from drawn_words import Page, misplaced, not_drawn, pages_drawn
from findings import Finding
from slides_told import Slide, slides_of, write_without_pictures


def check_decks(decks: Sequence[Path]) -> tuple[tuple[Finding, ...], ...]:
    """For each deck, the words that LibreOffice draws where they must not stand, or not at all. Raises ToolError."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare = [folder / f"{number:04}.pptx" for number in range(len(decks))]
        for deck, copy in zip(decks, bare, strict=True):
            write_without_pictures(deck, copy)
        drawn = [pages_drawn(pdf) for pdf in libreoffice.draw(bare, folder)]
    return tuple(tuple(_findings(slides_of(deck), pages)) for deck, pages in zip(decks, drawn, strict=True))


def _findings(slides: Sequence[Slide], pages: Sequence[Page]) -> Iterator[Finding]:
    if len(slides) != len(pages):
        yield Finding(place="deck", text=f"{len(slides)} slides, {len(pages)} of them drawn")
        return
    for number, (slide, page) in enumerate(zip(slides, pages, strict=True), start=1):
        for text in misplaced(page, slide.pictures):
            yield Finding(place=f"slide {number}", text=text)
        lost = not_drawn(slide.words, page)
        if lost:
            yield Finding(place=f"slide {number}", text=f"not drawn: “{' '.join(lost)}”")
