"""Parts of inlines by the offsets of their plain text, with their links and styles kept."""

from __future__ import annotations

from msgspec.structs import replace

from pipeline.model.inlines import (
    CodeSpan,
    FootnoteReference,
    FormulaSpan,
    Inline,
    InlineImage,
    Inlines,
    LineBreak,
    Link,
    Styled,
    Text,
)
from pipeline.model.text import plain_text


def excerpt(inlines: Inlines, first: int, last: int) -> Inlines:
    """The inlines between two offsets of their plain text; marks without text stay with what stands before them."""
    kept: list[Inline] = []
    offset = 0
    for inline in inlines:
        length = len(plain_text((inline,)))
        if length:
            part = _part(inline, first - offset, last - offset, length)
        else:
            # A mark belongs to the text before it, and one that opens the text to all of it.
            part = inline if first < offset <= last or first == offset == 0 else None
        if part is not None:
            kept.append(part)
        offset += length
    return tuple(kept)


def trimmed(inlines: Inlines) -> Inlines:
    """The inlines without white space at their ends."""
    text = plain_text(inlines)
    return excerpt(inlines, len(text) - len(text.lstrip()), len(text.rstrip()))


def _part(inline: Inline, first: int, last: int, length: int) -> Inline | None:
    if last <= 0 or first >= length:
        return None
    if first <= 0 and last >= length:
        return inline
    first, last = max(first, 0), min(last, length)
    match inline:
        case Text() | CodeSpan():
            return replace(inline, text=inline.text[first:last])
        case Styled() | Link():
            return replace(inline, children=excerpt(inline.children, first, last))
        case FormulaSpan() | InlineImage() | LineBreak() | FootnoteReference():
            return inline


def masked_text(inlines: Inlines) -> str:
    """The plain text with code and formulas made of one letter, so that marks in them end no sentence."""
    return "".join(map(_masked, inlines))


def _masked(inline: Inline) -> str:
    match inline:
        case CodeSpan() | FormulaSpan():
            return "X" * len(plain_text((inline,)))
        case Styled() | Link():
            return masked_text(inline.children)
        case Text() | InlineImage() | LineBreak() | FootnoteReference():
            return plain_text((inline,))
