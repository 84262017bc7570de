"""What stands as a label before text: bold leads, words before a colon, paragraphs in place of headings."""

from __future__ import annotations

import re
import unicodedata

from pipeline.model.document import Block, Heading, Paragraph
from pipeline.model.inlines import Style, Styled
from pipeline.model.text import plain_text
from pipeline.plan.comparison.passages import Stretch, stretch_of
from pipeline.plan.speech import word_count

_MAX_LABEL_WORDS = 6
_MAX_HEAD_WORDS = 10
_MAX_INTRODUCTION_WORDS = 14
_MAX_LABEL_CHARACTERS = 60
_COLON = re.compile(r"([^:：\n]{1,60}?)\s*(?:：|:(?=\s|$))\s*")
_SEPARATOR = re.compile(r"\s*(?:[:：.。]|[-–—=＝]+(?=\s)|→|\n|$)\s*")
_FEWEST_ITEMS = 2
_MARK = re.compile(r"[^\w\s\"'“‘«(\[]+\s*")
_SENTENCE_END = re.compile(r"[.。!！?？;；,，]\s*$")
_INNER_STOP = re.compile(r"[.!?;,。！？；，]\s|[。！？；，]")


Labelled = tuple[Stretch, tuple[Stretch, ...]]
"""A label and the lines after it."""


def introduction(block: Block) -> Stretch | None:
    """The label of a list, if the paragraph before it ends with a few words and a colon."""
    if not isinstance(block, Paragraph):
        return None
    last = stretch_of(block.children, block.span.first).sentences[-1:]
    if not last or not last[0].text.endswith((":", "：")) or "\n" in last[0].text:
        return None
    return (
        _without_colon(last[0]) if _is_short(last[0].text, _MAX_INTRODUCTION_WORDS, 2 * _MAX_LABEL_CHARACTERS) else None
    )


def pseudo_heading(block: Block) -> Stretch | None:
    """The label of a paragraph that stands for a heading: wholly bold, or a few words after a pictograph."""
    if isinstance(block, Heading):
        return stretch_of(block.children, block.span.first)
    if not isinstance(block, Paragraph):
        return None
    text = stretch_of(block.children, block.span.first)
    if 0 < text.last <= _bold_end(block, 0) and len(text.text) <= 2 * _MAX_LABEL_CHARACTERS:
        return _without_colon(text)
    one_line = block.span.first == block.span.last and "\n" not in text.text
    if one_line and unicodedata.category(text.text[:1] or "x") == "So" and _is_short(text.text, _MAX_LABEL_WORDS):
        return text
    return None


def pictograph_items(text: Stretch) -> tuple[Stretch, ...]:
    """The lines of a paragraph that all begin with a pictograph, as a list of items does; without them."""
    lines = text.source_lines()
    if len(lines) < _FEWEST_ITEMS or not all(unicodedata.category(line.text[0]) == "So" for line in lines):
        return ()
    marks = (_MARK.match(line.text) for line in lines)
    return tuple(line.cut(mark.end() if mark else 0, len(line.text)) for line, mark in zip(lines, marks, strict=True))


def bold_lines(paragraph: Paragraph, text: Stretch) -> tuple[Labelled, ...]:
    """The lines of a paragraph that all have a bold lead, as a list of items does."""
    lines = text.source_lines()
    if len(lines) < _FEWEST_ITEMS:
        return ()
    ends = {line.first: _bold_end(paragraph, line.first) for line in lines}
    leads = tuple(lead for line in lines if (lead := _lead(line, ends[line.first])))
    return leads if len(leads) == len(lines) else ()


def bold_lead(paragraph: Paragraph, text: Stretch) -> Labelled | None:
    """A paragraph's bold lead and the lines after it, where something parts them."""
    return _lead(text, _bold_end(paragraph, 0))


def _lead(text: Stretch, last: int) -> Labelled | None:
    """A text whose bold words end at this offset, as a label and the lines after it."""
    if last <= text.first:
        return None
    bold = text.cut(0, last - text.first)
    after = _SEPARATOR.match(text.passage.text, last, text.last)
    closed = bold.text.endswith((":", "：", ".", "。"))
    if not (after or closed):
        return None
    rest = text.cut((after.end() if after else last) - text.first, len(text.text))
    return _without_colon(bold), rest.split_lines()


def _bold_end(paragraph: Paragraph, start: int) -> int:
    """Where in the plain text the bold words end that it goes on with from `start`; 0 where it goes on otherwise."""
    offset = 0
    for inline in paragraph.children:
        plain = plain_text((inline,))
        before, offset = offset, offset + len(plain)
        if offset <= start:
            continue
        if isinstance(inline, Styled) and inline.style is Style.STRONG:
            return offset
        if any(character.isalnum() for character in plain[max(start - before, 0) :]):
            return 0
    return 0


def colon_lead(text: Stretch) -> Labelled | None:
    """The few words before a text's colon, and the lines after it."""
    found = _COLON.match(text.text)
    if not found or not found[1].strip() or _INNER_STOP.search(found[1]) or not _is_short(found[1], _MAX_LABEL_WORDS):
        return None
    rest = text.cut(found.end(), len(text.text))
    return text.cut(0, found.end(1)), rest.split_lines()


def _without_colon(text: Stretch) -> Stretch:
    return text.cut(0, len(text.text.rstrip(":：.。 \n")))


def is_head(text: Stretch) -> bool:
    """Whether an item's text heads the list below it: a few words that end no sentence."""
    words = text.text
    return "\n" not in words and not _SENTENCE_END.search(words) and _is_short(words, _MAX_HEAD_WORDS)


def _is_short(text: str, words: int, characters: int = _MAX_LABEL_CHARACTERS) -> bool:
    return word_count(text) <= words and len(text) <= characters
