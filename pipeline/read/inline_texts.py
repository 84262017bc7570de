"""Texts among inlines: neighbours as one, with the source lines that they come from, and all of them as code."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise

from msgspec.structs import replace

from pipeline.model.inlines import CodeSpan, Inline, Inlines, Link, Styled, Text


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


def as_code(inlines: Inlines) -> Inlines:
    """The inlines with every plain text as code."""
    return tuple(_code_of(inline) for inline in inlines)


def _code_of(inline: Inline) -> Inline:
    match inline:
        case Text():
            return CodeSpan(text=inline.text, span=inline.span) if inline.text.strip() else inline
        case Styled() | Link():
            return replace(inline, children=as_code(inline.children))
        case _:
            return inline
