"""What of the page's introduction the cover takes, and what goes on slides of its own."""

from __future__ import annotations

from pipeline.model.document import Blocks, Divider, Document, Hint, Paragraph, SpeakerNotes
from pipeline.model.inlines import InlineImage, Inlines, Text
from pipeline.model.text import plain_text, walk_inlines
from pipeline.plan.leads import lead
from pipeline.plan.speech import word_count

_FEW_WORDS = 60
_SHORT_DESCRIPTION = 25


def cover_blocks(document: Document) -> Blocks:
    """The blocks that the cover stands for: the first paragraph, or all of an introduction that is short prose.

    A ruler behind them begins the first section, which needs none.
    """
    taken = _taken(document)
    rest = document.blocks[len(taken) :]
    return document.blocks if all(isinstance(block, Divider) for block in rest) else taken


def _taken(document: Document) -> Blocks:
    last = max((at for at, block in enumerate(document.blocks, start=1) if not isinstance(block, Divider)), default=0)
    if _is_short_prose(document.blocks[:last]):
        return document.blocks[:last]
    if document.metadata.subtitle:
        return ()
    for count, block in enumerate(document.blocks, start=1):
        if isinstance(block, Paragraph) and is_prose(block):
            return document.blocks[:count]
        if not isinstance(block, Hint | SpeakerNotes):
            break
    return ()


def is_prose(paragraph: Paragraph) -> bool:
    """Whether a paragraph is text alone, without pictures that a cover would not show."""
    return not any(isinstance(inline, InlineImage) for inline in walk_inlines(paragraph.children))


def _is_short_prose(blocks: Blocks) -> bool:
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    others = [block for block in blocks if not isinstance(block, Paragraph | Hint | SpeakerNotes)]
    words = sum(word_count(plain_text(paragraph.children)) for paragraph in paragraphs)
    return not others and words <= _FEW_WORDS and all(map(is_prose, paragraphs))


def subtitle_of(document: Document) -> Inlines:
    """What stands below the title: the author's subtitle or short description, else the introduction's lead."""
    metadata = document.metadata
    described = metadata.description if word_count(metadata.description) <= _SHORT_DESCRIPTION else ""
    given = metadata.subtitle or described
    if not given:
        for block in cover_blocks(document):
            if isinstance(block, Paragraph):
                first = lead(block.children, introduces=False)
                # What only introduces the next block says nothing below a title.
                return () if plain_text(first).endswith((":", "：")) else first
        given = metadata.description
    span = metadata.span or document.title_span
    return (Text(text=given, span=span),) if given and span else ()


def byline_of(document: Document) -> str:
    """Who and when, in one line."""
    metadata = document.metadata
    return " · ".join(part for part in (", ".join(metadata.authors), metadata.date) if part)
