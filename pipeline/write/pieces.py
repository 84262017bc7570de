"""Huge texts in pieces, since laying one out as a whole takes too long."""

from __future__ import annotations

from msgspec.structs import replace

from pipeline.model.inlines import Inline, Inlines, Text

# Paragraphs of more characters than this are laid out in pieces of so many, or of fewer where they have no spaces:
# finding where a word may break takes longer than its length.
_HUGE, _PIECE, _PIECE_OF_WORD = 12_000, 3_000, 600


def in_pieces(inlines: Inlines) -> list[Inlines]:
    """The inlines as one piece, or, where their text is huge, as pieces of it cut at spaces where there are any."""
    if sum(len(inline.text) for inline in inlines if isinstance(inline, Text)) <= _HUGE:
        return [inlines]
    pieces: list[Inlines] = [()]
    length = 0
    for inline in inlines:
        for part in _cut(inline):
            size = len(part.text) if isinstance(part, Text) else 0
            if length and (length + size > _PIECE or size == _PIECE_OF_WORD):
                pieces.append(())
                length = 0
            pieces[-1] = (*pieces[-1], part)
            length += size
    return pieces


def _cut(inline: Inline) -> list[Inline]:
    if not isinstance(inline, Text):
        return [inline]
    size = _PIECE if " " in inline.text else _PIECE_OF_WORD
    return [replace(inline, text=text) for text in cut_text(inline.text, size)]


def cut_text(text: str, size: int) -> list[str]:
    """The text in stretches of at most so many characters, each ending at a space where it has one."""
    parts = []
    start = 0
    while len(text) - start > size:
        space = text.rfind(" ", start, start + size) + 1
        end = space if space > start else start + size
        parts.append(text[start:end])
        start = end
    return [*parts, text[start:]]
