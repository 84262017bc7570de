"""The agenda: the page's sections with their slides, each a link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.model.plan import (
    Element,
    FittedParagraph,
    Jump,
    Outline,
    Run,
    ShapeBox,
    Stroke,
    TextAlign,
    TextBox,
)
from pipeline.plan.layouts.space import box
from pipeline.plan.setting import Setter, height
from pipeline.theme import Colour
from pipeline.units import Emu, Pt, Rect

_RULE = Stroke(colour=Colour.RULE, width=Emu.from_points(1))
_PAGE_WIDTH = Emu.from_inches(1.0)
_HIGHEST = Emu.from_inches(1.0)
_PADDING = 0.42
"""Space above and below a title, in ems."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaEntry:
    """A line of the agenda. `slide` is None until slides are numbered."""

    number: int | None
    title: tuple[Run, ...]
    jump: Jump | None
    slide: int | None


def agenda_bodies(setter: Setter, entries: Sequence[AgendaEntry], body: Rect) -> tuple[tuple[Element, ...], ...]:
    """The bodies of as many slides as the agenda needs: one, where a size makes that possible."""
    type_ = setter.theme.type
    rows: list[tuple[AgendaEntry, FittedParagraph, int]] = []
    for size in (type_.head, *type_.body):
        rows = [(entry, *_row(setter, entry, size, body)) for entry in entries]
        if sum(high for _, _, high in rows) <= body.height:
            break
    spare = (body.height - sum(high for _, _, high in rows)) // max(1, len(rows))
    if spare > 0:
        rows = [(entry, fitted, max(high, min(high + spare, _HIGHEST))) for entry, fitted, high in rows]
    return tuple(tuple(_body(setter, page, body)) for page in _pages(rows, body.height))


def _row(setter: Setter, entry: AgendaEntry, size: Pt, body: Rect) -> tuple[FittedParagraph, int]:
    runs = tuple(replace(run, link=entry.jump, underline=False) for run in entry.title)
    fitted = setter.fit(runs, size, Emu(body.width - _PAGE_WIDTH))
    return fitted, height((fitted,)) + round(2 * _PADDING * size.emu)


def _pages(
    rows: Sequence[tuple[AgendaEntry, FittedParagraph, int]], limit: int
) -> Iterator[list[tuple[AgendaEntry, FittedParagraph, int]]]:
    page: list[tuple[AgendaEntry, FittedParagraph, int]] = []
    for row in rows:
        if page and sum(high for _, _, high in page) + row[2] > limit:
            yield page
            page = []
        page.append(row)
    yield page


def _body(setter: Setter, rows: Sequence[tuple[AgendaEntry, FittedParagraph, int]], body: Rect) -> Iterator[Element]:
    top = int(body.top)
    yield _rule(body, top)
    for entry, fitted, high in rows:
        text = top + (high - height((fitted,))) // 2
        if entry.number is not None:
            yield _number(setter, entry, fitted, text)
        rect = box(body.left, text, body.width - _PAGE_WIDTH, height((fitted,)))
        yield TextBox(rect=rect, paragraphs=(fitted,), name="Section")
        if entry.slide is not None:
            yield _slide(setter, entry, fitted, body, text)
        top += high
        yield _rule(body, top)


def _number(setter: Setter, entry: AgendaEntry, title: FittedParagraph, top: int) -> TextBox:
    right = setter.theme.grid.number_right
    run = Run(text=str(entry.number), colour=Colour.MUTED)
    fitted = replace(setter.fit((run,), title.size, right, align=TextAlign.END), leading=title.leading)
    return TextBox(rect=box(0, top, right, height((fitted,))), paragraphs=(fitted,), name="Section number")


def _slide(setter: Setter, entry: AgendaEntry, title: FittedParagraph, body: Rect, top: int) -> TextBox:
    run = Run(text=str(entry.slide), colour=Colour.MUTED, link=entry.jump)
    fitted = replace(setter.fit((run,), title.size, _PAGE_WIDTH, align=TextAlign.END), leading=title.leading)
    rect = box(body.right - _PAGE_WIDTH, top, _PAGE_WIDTH, height((fitted,)))
    return TextBox(rect=rect, paragraphs=(fitted,), name="Slide")


def _rule(body: Rect, top: int) -> ShapeBox:
    return ShapeBox(rect=box(body.left, top, body.width, 0), outline=Outline.LINE, stroke=_RULE, name="Rule")
