"""The agenda: the page's sections with their slides, each a link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.fitted import Element, FittedParagraph, Jump, Outline, Run, ShapeBox, Stroke, TextAlign, TextBox
from pipeline.plan.deck.layouts.columns import breaks
from pipeline.plan.deck.layouts.space import box
from pipeline.plan.deck.setting import Setter, height
from pipeline.theme import Colour
from pipeline.units import Emu, Pt, Rect

_RULE = Stroke(colour=Colour.RULE, width=Emu.from_points(1))
_PAGE_WIDTH = Emu.from_inches(1.0)
_GUTTER = Emu.from_inches(1.25)
_NUMBER_WIDTH = Emu.from_inches(0.5)
_NUMBER_GAP = Emu.from_inches(0.2)
_HIGHEST = Emu.from_inches(1.0)
_PADDING = 0.42
"""Space above and below a title, in ems."""


class AgendaEntry(Struct, frozen=True, kw_only=True):
    """A line of the agenda. `slide` is None until slides are numbered."""

    number: int | None
    title: tuple[Run, ...]
    jump: Jump | None
    slide: int | None


class _Row(Struct, frozen=True, kw_only=True):
    """An entry set for a column."""

    entry: AgendaEntry
    title: FittedParagraph
    height: int


def agenda_bodies(setter: Setter, entries: Sequence[AgendaEntry], body: Rect) -> tuple[tuple[Element, ...], ...]:
    """The bodies of as many slides as the agenda needs: one, where a size or a second column makes that possible."""
    type_ = setter.theme.type
    if setter.theme.company:
        # A template's margin may be too narrow for numbers: they stand within the body.
        body = Rect.from_edges(body.left + _NUMBER_WIDTH + _NUMBER_GAP, body.top, body.right, body.bottom)
    modes = [(size, 1) for size in (type_.head, *type_.body[:-1])] + [(size, 2) for size in type_.body[1:]]
    # A word too wide for its column is broken by each program in a place of its own: better one column and more slides.
    wordy = not _breaks_words(setter, entries, type_.body[-1], body)
    last = type_.body[-1], 1 if wordy and _breaks_words(setter, entries, type_.body[-1], _halves(body)[0]) else 2
    columns: list[list[_Row]] = []
    halves: tuple[Rect, ...] = (body,)
    for size, count in (*modes, last):
        halves = _halves(body) if count > 1 else (body,)
        if len(entries) * _least_height(setter, size) > count * body.height and (size, count) != last:
            continue
        rows = [_row(setter, entry, size, halves[0]) for entry in entries]
        columns = _columns(rows, body.height, count)
        if len(columns) <= count and not (wordy and _breaks_words(setter, entries, size, halves[0])):
            break
    count = len(halves)
    return tuple(
        tuple(
            element
            for column, place in zip(columns[at : at + count], halves, strict=False)
            for element in _column(setter, _spread(column, max(columns, key=len), body.height), place)
        )
        for at in range(0, len(columns), count)
    )


def _halves(body: Rect) -> tuple[Rect, ...]:
    """The body as two columns, with room for numbers before each."""
    width = (body.width - _GUTTER) // 2
    return tuple(box(body.left + at * (width + _GUTTER), body.top, width, body.height) for at in range(2))


def _row(setter: Setter, entry: AgendaEntry, size: Pt, place: Rect) -> _Row:
    runs = tuple(replace(run, link=entry.jump, underline=False) for run in entry.title)
    fitted = setter.fit(runs, size, Emu(place.width - _PAGE_WIDTH))
    return _Row(entry=entry, title=fitted, height=height((fitted,)) + round(2 * _PADDING * size.emu))


def _breaks_words(setter: Setter, entries: Sequence[AgendaEntry], size: Pt, place: Rect) -> bool:
    """Whether a title has a word too wide for its column."""
    room = Emu(place.width - _PAGE_WIDTH)
    return any(breaks(setter, entry.title, size, room) for entry in entries)


def _least_height(setter: Setter, size: Pt) -> int:
    """How high a row is whose title takes one line."""
    return setter.least_height(1, size, 1.0) + round(2 * _PADDING * size.emu)


def _columns(rows: Sequence[_Row], limit: int, count: int) -> list[list[_Row]]:
    """The rows in columns, as many on each slide, about equally high."""
    full = _filled(rows, limit, limit)
    most = -(-len(full) // count) * count
    even = _filled(rows, limit, sum(row.height for row in rows) / most)
    return even if len(even) <= most else full


def _filled(rows: Sequence[_Row], limit: int, aim: float) -> list[list[_Row]]:
    """The rows in columns up to a limit, each ending where it comes nearest to so many times the height aimed at."""
    columns: list[list[_Row]] = [[]]
    used = passed = 0
    for row in rows:
        if columns[-1] and (used + row.height > limit or passed + row.height / 2 > aim * len(columns)):
            columns.append([])
            used = 0
        columns[-1].append(row)
        used += row.height
        passed += row.height
    return columns


def _spread(rows: Sequence[_Row], longest: Sequence[_Row], limit: int) -> list[_Row]:
    """The rows with the room that is left beside the longest column shared, as far as that looks well."""
    spare = max(
        0, min((limit - sum(row.height for row in column)) // max(1, len(column)) for column in (rows, longest))
    )
    return [replace(row, height=max(row.height, min(row.height + spare, _HIGHEST))) for row in rows]


def _column(setter: Setter, rows: Sequence[_Row], place: Rect) -> Iterator[Element]:
    top = int(place.top)
    yield _rule(place, top)
    for row in rows:
        text = top + (row.height - height((row.title,))) // 2
        if row.entry.number is not None:
            yield _number(setter, row.entry, row.title, place, text)
        rect = box(place.left, text, place.width - _PAGE_WIDTH, height((row.title,)))
        yield TextBox(rect=rect, paragraphs=(row.title,), name="Section")
        if row.entry.slide is not None:
            yield _slide(setter, row.entry, row.title, place, text)
        top += row.height
        yield _rule(place, top)


def _number(setter: Setter, entry: AgendaEntry, title: FittedParagraph, place: Rect, top: int) -> TextBox:
    grid = setter.theme.grid
    own = setter.theme.company is None
    width = grid.number_right if own else _NUMBER_WIDTH
    gap = grid.left - grid.number_right if own else _NUMBER_GAP
    run = Run(text=str(entry.number), colour=Colour.MUTED)
    fitted = replace(setter.fit((run,), title.size, width, align=TextAlign.END), leading=title.leading)
    left = place.left - gap - width
    return TextBox(rect=box(left, top, width, height((fitted,))), paragraphs=(fitted,), name="Section number")


def _slide(setter: Setter, entry: AgendaEntry, title: FittedParagraph, body: Rect, top: int) -> TextBox:
    run = Run(text=str(entry.slide), colour=Colour.MUTED, link=entry.jump)
    fitted = replace(setter.fit((run,), title.size, _PAGE_WIDTH, align=TextAlign.END), leading=title.leading)
    rect = box(body.right - _PAGE_WIDTH, top, _PAGE_WIDTH, height((fitted,)))
    return TextBox(rect=rect, paragraphs=(fitted,), name="Slide")


def _rule(body: Rect, top: int) -> ShapeBox:
    return ShapeBox(rect=box(body.left, top, body.width, 0), outline=Outline.LINE, stroke=_RULE, name="Rule")
