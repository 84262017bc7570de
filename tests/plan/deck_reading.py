"""Decks planned from Markdown, and what a test wants to know of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from page_reading import read

from pipeline.model.document import Blocks, Document
from pipeline.model.fitted import Element, FittedParagraph, PictureBox, Run, ShapeBox, TableBox, TextBox
from pipeline.model.plan import Deck, Slide
from pipeline.model.text import own_inlines, plain_text, walk_blocks
from pipeline.plan.comparison import compare
from pipeline.plan.deck import plan_deck
from pipeline.plan.topics import walk_sections
from pipeline.settings import Prose
from pipeline.theme import load_theme
from pipeline.typeset import Typesetter


def planned(folder: Path, markdown: str, prose: Prose = Prose.LEAD, theme: str = "default") -> tuple[Document, Deck]:
    document = read(folder, markdown)
    return document, deck_of(document, prose, theme)


def deck_of(document: Document, prose: Prose = Prose.LEAD, theme: str = "default") -> Deck:
    loaded = load_theme(theme)
    return plan_deck(document, compare(document), prose, loaded, Typesetter(loaded))


def paragraphs_of(element: Element) -> Iterator[FittedParagraph]:
    match element:
        case TextBox():
            yield from element.paragraphs
        case TableBox():
            yield from (p for row in element.rows for cell in row.cells for p in cell.paragraphs)
        case ShapeBox() | PictureBox():
            return


def runs_of(slide: Slide) -> Iterator[Run]:
    for element in slide.elements:
        for paragraph in paragraphs_of(element):
            for line in paragraph.lines:
                yield from line.runs


def text_of_paragraph(paragraph: FittedParagraph) -> str:
    """A paragraph's words, with a space where the author broke a line."""
    return "".join("".join(run.text for run in line.runs) + (" " if line.hard else "") for line in paragraph.lines)


FRAMING = frozenset({"Title", "Section number", "Footer", "Slide number", "Line numbers"})


def shown(slide: Slide, without: Iterable[str] = FRAMING) -> list[str]:
    """The paragraphs of a slide's body, in reading order."""
    return [
        text_of_paragraph(paragraph).strip()
        for element in slide.elements
        if element.name not in without
        for paragraph in paragraphs_of(element)
    ]


def titles(deck: Deck) -> list[str]:
    return [slide.title + (f" {slide.part[0]}/{slide.part[1]}" if slide.part else "") for slide in deck.slides]


def said(blocks: Blocks) -> str:
    """All words of blocks."""
    return "\n".join(
        [plain_text(inlines) for block in walk_blocks(blocks) for inlines in own_inlines(block)]
        + [str(getattr(block, "text", getattr(block, "source", ""))) for block in walk_blocks(blocks)]
    )


def letters(text: str) -> str:
    return re.sub(r"\s+", "", text)


def carried(deck: Deck) -> str:
    """All letters of a deck: what its bodies show, one after the other, its titles, descriptions and notes."""
    repeated = {*FRAMING, "Sign", "Tip"}
    bodies = [text for slide in deck.slides for text in shown(slide, without=repeated)]
    descriptions = [getattr(element, "description", "") for slide in deck.slides for element in slide.elements]
    others = [text for slide in deck.slides for text in (slide.title, said(slide.notes))]
    return letters("\n".join([*bodies, *others, *descriptions]))


def top_blocks(document: Document) -> list[int]:
    """The page's blocks that no other block holds, by identity."""
    sections = walk_sections(document.sections)
    return [id(block) for block in (*document.blocks, *(b for section in sections for b in section.blocks))]


def covered(deck: Deck) -> list[int]:
    return [id(block) for slide in deck.slides for block in slide.covers]
