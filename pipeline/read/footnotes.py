"""Footnotes that something refers to, and those that nothing does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.model.document import Block, Blocks, Footnote, Group
from pipeline.model.inlines import FootnoteReference, Text
from pipeline.model.text import own_inlines, walk_blocks, walk_inlines
from pipeline.read.context import Sink


def told_apart(
    footnotes: tuple[Footnote, ...], blocks: Blocks, sink: Sink
) -> tuple[tuple[Footnote, ...], tuple[Block, ...]]:
    """The footnotes that are referred to, and the others, after a warning, as blocks that end the page."""
    by_label = {footnote.label: footnote for footnote in footnotes}
    met: set[str] = set()
    todo = [*_referred_to(blocks)]
    while todo:
        label = todo.pop()
        if label not in met and label in by_label:
            met.add(label)
            todo.extend(_referred_to(by_label[label].children))
    unused = [footnote for footnote in footnotes if footnote.label not in met]
    for footnote in unused:
        message = f"nothing refers to the footnote [^{footnote.label}]"
        hint = "it stands at the end of the page; refer to it, or remove it"
        sink.warn("unused-footnote", message, footnote.span, hint=hint)
    return tuple(footnote for footnote in footnotes if footnote.label in met), tuple(map(_shown, unused))


def _referred_to(blocks: Iterable[Block]) -> Iterator[str]:
    for block in walk_blocks(tuple(blocks)):
        for inlines in own_inlines(block):
            for inline in walk_inlines(inlines):
                if isinstance(inline, FootnoteReference):
                    yield inline.label


def _shown(footnote: Footnote) -> Block:
    label = (Text(text=footnote.label, span=footnote.span),)
    return Group(label=label, children=footnote.children, span=footnote.span)
