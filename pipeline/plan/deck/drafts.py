"""Slides before they are numbered."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from pipeline.diagnostics import Span
from pipeline.model.document import Block, Blocks
from pipeline.model.fitted import Element, Run
from pipeline.model.origin import Origin
from pipeline.model.plan import SlideKind


class Draft(Struct, frozen=True, kw_only=True):
    """A slide without number and foot. `ids` are the sections that begin on it; `framed` slides get title and foot."""

    kind: SlideKind
    title: str
    title_runs: tuple[Run, ...]
    elements: tuple[Element, ...]
    origin: Origin
    part: tuple[int, int] | None = None
    section: int | None = None
    section_id: str = ""
    notes: Blocks = ()
    covers: Blocks = ()
    seconds: float = 0
    span: Span | None = None
    ids: tuple[str, ...] = ()
    framed: bool = True


def lines_of(heading: Span | None, blocks: Sequence[Block]) -> tuple[Span, ...]:
    """The lines of a heading and of blocks below it."""
    return joined_lines((*((heading,) if heading else ()), *(block.span for block in blocks)))


def joined_lines(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans in order, those that touch or overlap as one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.first <= joined[-1].last + 1:
            joined[-1] = joined[-1].cover(span)
        else:
            joined.append(span)
    return tuple(joined)
