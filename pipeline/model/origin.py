"""Why a slide is there and looks as it does: types only."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from pipeline.diagnostics import Span
from pipeline.model.document import Hint


class SlideRule(Enum):
    """What made a slide begin."""

    COVER = "cover"
    AGENDA = "agenda"
    OPENER = "opener"
    INTRODUCTION = "introduction"
    HEADING = "heading"
    TOGETHER = "together"
    BREAK = "break"
    CONTINUED = "continued"
    COMPARISON = "comparison"
    REFERENCES = "references"


class Layout(Enum):
    """How a slide's body is laid out, by the names that authors give in `layout=`."""

    TEXT = "text"
    TWO_COLUMNS = "two-columns"
    POINTS = "points"
    CARDS = "cards"
    STATEMENT = "statement"
    QUOTE = "quote"
    CALLOUT = "callout"
    FIGURE_BESIDE = "figure-beside"
    FIGURE_LARGE = "figure-large"
    FIGURES = "figures"
    TABLE = "table"
    COMPARISON = "comparison"
    CODE = "code"
    CODE_BESIDE = "code-beside"
    OVERFULL = "overfull"


class Weighed(Struct, frozen=True, kw_only=True):
    """A layout that the slide's contents fit, and the least that it costs there, where a further slide costs 11."""

    layout: Layout
    cost: float


class Origin(Struct, frozen=True, kw_only=True):
    """What made a slide, and the source lines of what it shows or has in its notes.

    `layout` is None where nothing is laid out, as on a cover. `weighed` holds the layouts that fit, the cheapest
    first; `wished` is the author's own, and `refused` are hints that the slide could not follow.
    """

    rule: SlideRule
    lines: tuple[Span, ...] = ()
    layout: Layout | None = None
    weighed: tuple[Weighed, ...] = ()
    wished: Layout | None = None
    refused: tuple[Hint, ...] = ()
