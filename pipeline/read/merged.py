"""Neighbouring texts of a line as one, with the source lines that they come from."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise

from msgspec.structs import replace

from pipeline.model.inlines import Inline, Text


def merged(inlines: Iterator[Inline]) -> Iterator[Inline]:
    """The inlines with neighbouring texts as one."""
    for is_text, group in groupby(inlines, key=lambda inline: isinstance(inline, Text)):
        if not is_text:
            yield from group
            continue
        texts = _spaced([inline for inline in group if isinstance(inline, Text)])
        # The space of a soft break does not make the text begin on the line before.
        seen = [text for text in texts if text.text.strip()] or texts
        whole = "".join(text.text for text in texts)
        yield Text(text=whole, span=seen[0].span.cover(seen[-1].span), lines=tuple(_lines(texts)))


def _spaced(texts: list[Text]) -> list[Text]:
    """The texts with one space where something between two of them shows nothing."""
    doubled = (before.text.endswith(" ") and text.text.startswith(" ") for before, text in pairwise(texts))
    rest = zip(texts[1:], doubled, strict=True)
    return [*texts[:1], *(replace(text, text=text.text[1:]) if double else text for text, double in rest)]


def _lines(texts: list[Text]) -> Iterator[tuple[int, int]]:
    """Where in neighbouring texts a further source line begins, and which."""
    offset, current = 0, 0
    for text in texts:
        if text.text.strip() and text.span.first > current:
            if current:
                yield (offset, text.span.first)
            current = text.span.first
        offset += len(text.text)
