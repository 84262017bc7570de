"""Slides before they are numbered."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.diagnostics import Span
from pipeline.model.document import Blocks
from pipeline.model.fitted import Element, Run
from pipeline.model.plan import SlideKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A slide without number and foot. `ids` are the sections that begin on it; `framed` slides get a title and foot.

    `section_name` is the part of the deck that it belongs to.
    """

    kind: SlideKind
    title: str
    title_runs: tuple[Run, ...]
    elements: tuple[Element, ...]
    rule: str
    part: tuple[int, int] | None = None
    section: int | None = None
    section_id: str = ""
    notes: Blocks = ()
    covers: Blocks = ()
    seconds: float = 0
    span: Span | None = None
    ids: tuple[str, ...] = ()
    framed: bool = True
