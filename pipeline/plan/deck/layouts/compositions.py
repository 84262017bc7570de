"""The layouts that a slide's body can have: sizes → elements from the body's corner, None where they do not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import zip_longest
from typing import Final

from msgspec import Struct

from pipeline.model.origin import Layout
from pipeline.model.plan import Subject
from pipeline.plan.deck.layouts.contrast import Mark
from pipeline.plan.deck.layouts.figure import centred_figure, is_small, is_wide
from pipeline.plan.deck.layouts.measurer import GAP, HEAD_GAP, Measurer, Steps, below_each_other, beside_each_other
from pipeline.plan.deck.layouts.points import (
    cards_box,
    is_bare_point,
    marks_of,
    points_box,
)
from pipeline.plan.deck.layouts.space import COLUMN_GAP, shifted
from pipeline.plan.deck.layouts.suiting import (
    Beside,
    Halves,
    Panes,
    as_statement,
    halved,
    is_quote,
    with_code,
    with_lists,
    with_panes,
    with_points,
)
from pipeline.plan.deck.pieces import (
    CodePiece,
    ColumnsPiece,
    ContrastPiece,
    FigurePiece,
    FixedPiece,
    Measured,
    PanelPiece,
    Piece,
    TablePiece,
    TextPiece,
)
from pipeline.plan.deck.setting import Rank
from pipeline.units import Emu, Rect

Composition = Callable[[Steps], Measured | None]
STACKED = frozenset(
    {Layout.TEXT, Layout.TABLE, Layout.COMPARISON, Layout.CODE, Layout.QUOTE, Layout.CALLOUT, Layout.FIGURE_LARGE}
)
"""Everything below each other, told apart by what is displayed."""

MOST_FIGURES = 3
_MOST_IN_GRID = 6
_BESIDE_TEXT = Emu.from_inches(5.75)
_BESIDE_CODE = (Emu.from_inches(5.5), Emu.from_inches(6.75))
_SMALLEST_BESIDE = 2
"""The step of the smallest type of code beside other code."""
_STATEMENT_WORDS = 26
_MOST_STATEMENT_WORDS = 60
"""So many words the author may have as a statement."""
_STATEMENT_MEASURE = Emu.from_inches(9.5)
_STATEMENT_MIDDLE = 0.42
"""Where the middle of a statement stands, as a part of the body's height: a little above the middle of the slide."""
_UNLIKE = 1.5
"""Text beside code is at most so many times as high, and the code has lines enough to stand there."""


class Compositions(Struct, frozen=True, kw_only=True):
    """The layouts of one slide's body; `subjects` are what the page compares."""

    measurer: Measurer
    body: Rect
    subjects: tuple[Subject, ...]

    def layouts(self, pieces: Sequence[Piece], wished: Layout | None) -> Iterator[tuple[Layout, Composition]]:
        """The layouts that suit what there is, with their names; the wished one also where it suits less well."""
        figures = [piece for piece in pieces if isinstance(piece, FigurePiece)]
        texts = all(isinstance(piece, TextPiece | FigurePiece) for piece in pieces)
        if wished is Layout.TWO_COLUMNS and len(pieces) > 1 and len(figures) <= MOST_FIGURES:
            yield Layout.TWO_COLUMNS, partial(self._halves, pieces)
        if len(figures) > 1:
            yield from self._of_figures(pieces, figures, wished)
        elif figures:
            alone = partial(self._picture, figures[0]) if len(pieces) == 1 else partial(self._stack, pieces)
            yield _stacked(pieces), alone
            if texts and len(pieces) > 1 and (not is_wide(figures[0]) or wished is Layout.FIGURE_BESIDE):
                yield Layout.FIGURE_BESIDE, partial(self._beside, pieces)
            if texts:
                yield from self._of_points(pieces)
        else:
            yield from self._of_text(pieces, wished, texts=texts)

    def _of_figures(
        self, pieces: Sequence[Piece], figures: Sequence[FigurePiece], wished: Layout | None
    ) -> Iterator[tuple[Layout, Composition]]:
        """Several figures, beside each other or in a grid, with text above them; very wide ones below each other."""
        alone = len(figures) == len(pieces)
        if len(figures) <= MOST_FIGURES and alone:
            yield Layout.FIGURES, partial(self._row, pieces)
        elif len(figures) <= MOST_FIGURES:
            above, row = pieces[: -len(figures)], pieces[-len(figures) :]
            # A text between figures speaks of one of them.
            if all(isinstance(p, TextPiece) for p in above) and all(isinstance(p, FigurePiece) for p in row):
                yield Layout.FIGURES, partial(self._text_above_row, above, row)
        elif alone and len(figures) <= _MOST_IN_GRID and (wished is Layout.FIGURES or all(map(is_small, figures))):
            yield Layout.FIGURES, partial(self._grid, pieces)
        if alone and len(figures) <= MOST_FIGURES and all(map(is_wide, figures)):
            yield Layout.FIGURE_LARGE, partial(self._stack, pieces)

    def _of_text(
        self, pieces: Sequence[Piece], wished: Layout | None, *, texts: bool
    ) -> Iterator[tuple[Layout, Composition]]:
        """What has no figures."""
        yield _stacked(pieces), partial(self._stack, pieces)
        if is_quote(pieces):
            yield Layout.QUOTE, partial(self._quote, pieces[0])
        if not texts:
            matched = wished is not Layout.CODE_BESIDE
            if beside := with_code(pieces, matched=matched):
                yield Layout.CODE_BESIDE, partial(self._code_beside, beside, matched=matched)
            if panes := with_panes(pieces):
                yield Layout.CODE_BESIDE, partial(self._panes, panes)
            return
        if large := as_statement(pieces, _MOST_STATEMENT_WORDS if wished is Layout.STATEMENT else _STATEMENT_WORDS):
            yield Layout.STATEMENT, partial(self._statement, large)
        if halves := halved(pieces):
            yield Layout.TWO_COLUMNS, partial(self._columns, halves)
        yield from self._of_points(pieces)

    def _of_points(self, pieces: Sequence[Piece]) -> Iterator[tuple[Layout, Composition]]:
        """Two or three points that pieces end with: on cards where each is of another subject, and in columns."""
        above, points = with_points(pieces)
        listed = not points
        if listed:
            above, points = with_lists(pieces)
        if not points:
            return
        pictured = any(isinstance(piece, FigurePiece) for piece in above)
        marks = marks_of(points, self.subjects)
        told = [mark for mark in marks if mark]
        if len(told) == len(points) and not (listed or pictured):
            yield Layout.CARDS, partial(self._cards, above, points, told)
        if len(told) == len(points) or not any(map(is_bare_point, points)):
            # Heads below a figure are to stay on few lines: their type is a step smaller than text over the width.
            yield Layout.POINTS, partial(self._points, above, points, marks, smaller=1 if pictured else 0)

    @property
    def room(self) -> Emu:
        """The body's height less half a line, which programs may need that measure a little differently."""
        return Emu(self.body.height - self.measurer.setter.body_size(0).emu // 2)

    def _across(self, length: Emu) -> Emu:
        """A length across wide slides as it is on these."""
        return self.measurer.setter.theme.grid.across(length)

    def _stack(self, pieces: Sequence[Piece], steps: Steps) -> Measured | None:
        """Everything below each other over the whole width."""
        return self.measurer.stack(pieces, self.body.width, self.room, steps)

    def _quote(self, quote: Piece, steps: Steps) -> Measured | None:
        """A quote alone on a slide, about the middle of it."""
        return self._in_the_middle(self.measurer.measure(quote, self.body.width, self.room, steps))

    def _picture(self, figure: FigurePiece, steps: Steps) -> Measured | None:
        """A figure alone on a slide, about the middle of it."""
        measured = self.measurer.measure(figure, self.body.width, self.room, steps)
        centred = measured and centred_figure(measured, self.body.width)
        return self._in_the_middle(centred) if centred and centred.height <= self.room else None

    def _statement(self, large: TextPiece, steps: Steps) -> Measured | None:
        """A few words alone on a slide, larger than body text and in lines about equally long."""
        if steps.text:
            return None
        setter = self.measurer.setter
        width = Emu(min(self.body.width, _STATEMENT_MEASURE))
        size, factor = setter.size(Rank.CALLOUT, 0), setter.theme.leading.callout
        width = Emu(max(setter.balanced(para.runs, size, width, factor)[1] for para in large.paras))
        return self._in_the_middle(self.measurer.stack([large], width, self.room, steps))

    def _in_the_middle(self, measured: Measured | None) -> Measured | None:
        if measured is None:
            return None
        top = max(0, round(self.body.height * _STATEMENT_MIDDLE) - measured.height // 2)
        return Measured(height=Emu(top + measured.height), elements=shifted(measured.elements, 0, top))

    def _columns(self, listed: Halves, steps: Steps) -> Measured | None:
        """A long list of short items in two columns, between the text before it and behind it."""
        half = Emu((self.body.width - COLUMN_GAP) // 2)
        if any(self._lines(item, half, steps) > 1 for item in (*listed.left, *listed.right)):
            return None
        halves = [self.measurer.stack(side, half, self.room, steps) for side in (listed.left, listed.right)]
        around = [self.measurer.stack(side, self.body.width, self.room, steps) for side in (listed.above, listed.below)]
        if any(part is None for part in (*halves, *around)):
            return None
        above, below = around
        beside = beside_each_other([side for side in halves if side], half)
        return below_each_other([part for part in (above, beside, below) if part and part.elements])

    def _lines(self, piece: TextPiece, width: Emu, steps: Steps) -> int:
        return sum(len(p.lines) for p in self.measurer.setter.paragraphs(piece.paras, width, steps.text))

    def _halves(self, pieces: Sequence[Piece], steps: Steps) -> Measured | None:
        """Whatever there is in two columns about equally high."""
        half = Emu((self.body.width - COLUMN_GAP) // 2)
        best: Measured | None = None
        for at in range(1, len(pieces)):
            left = self.measurer.stack(pieces[:at], half, self.room, steps)
            right = self.measurer.stack(pieces[at:], half, self.room, steps)
            beside = beside_each_other([left, right], half) if left and right else None
            if beside and (best is None or beside.height < best.height):
                best = beside
        return best

    def _beside(self, pieces: Sequence[Piece], steps: Steps) -> Measured | None:
        """Text at the left, a figure at the right."""
        figure = next(piece for piece in pieces if isinstance(piece, FigurePiece))
        texts = [piece for piece in pieces if isinstance(piece, TextPiece)]
        width = self._across(_BESIDE_TEXT)
        text = self.measurer.stack(texts, width, self.room, steps)
        left = width + COLUMN_GAP
        picture = self.measurer.measure(figure, Emu(self.body.width - left), self.body.height, steps)
        if text is None or picture is None:
            return None
        elements = (*text.elements, *shifted(picture.elements, left, 0))
        return Measured(height=Emu(max(text.height, picture.height)), elements=elements)

    def _code_beside(self, beside: Beside, steps: Steps, *, matched: bool) -> Measured | None:
        """Large code of short lines beside the text before or behind it; `matched` if only about as high as that."""
        if steps.display > 1:
            return None
        for wide in map(self._across, _BESIDE_CODE):
            if self.measurer.wrapped([beside.code], wide, steps.display):
                continue
            narrow = Emu(self.body.width - COLUMN_GAP - wide)
            text = self.measurer.stack(beside.texts, narrow, self.room, steps)
            panel = self.measurer.measure(beside.code, wide, self.room, steps)
            if text is None or panel is None or (matched and _UNLIKE * panel.height < text.height):
                continue
            sides = ((panel, wide), (text, narrow)) if beside.begins else ((text, narrow), (panel, wide))
            (left, width), (right, _) = sides
            elements = (*left.elements, *shifted(right.elements, width + COLUMN_GAP, 0))
            return Measured(height=Emu(max(text.height, panel.height)), elements=elements)
        return None

    def _panes(self, panes: Panes, steps: Steps) -> Measured | None:
        """Pieces of code beside each other, each below its head, between texts over the whole width."""
        count = len(panes.codes)
        each = Emu((self.body.width - COLUMN_GAP * (count - 1)) // count)
        if steps.display > _SMALLEST_BESIDE or self.measurer.wrapped(panes.codes, each, steps.display):
            return None
        codes = [self.measurer.measure(code, each, self.room, steps) for code in panes.codes]
        heads = [self.measurer.stack([head], each, self.room, steps) for head in panes.heads]
        high = max((head.height + HEAD_GAP for head in heads if head), default=0)
        columns = [
            Measured(
                height=Emu(high + code.height),
                elements=(*(head.elements if head else ()), *shifted(code.elements, 0, high)),
            )
            for head, code in zip_longest(heads, codes)
            if code
        ]
        around = [self.measurer.stack(text, self.body.width, self.room, steps) for text in (panes.above, panes.below)]
        above, below = (text if text and text.elements else None for text in around)
        whole = below_each_other([part for part in (above, beside_each_other(columns, each), below) if part])
        return whole if all(around) and whole.height <= self.room else None

    def _points(
        self,
        above: Sequence[Piece],
        points: Sequence[TextPiece],
        marks: Sequence[Mark | None],
        steps: Steps,
        *,
        smaller: int,
    ) -> Measured | None:
        """Two or three points in columns, below the figure that they explain and what is said before it."""
        below = points_box(self.measurer.setter, points, marks, self.body.width, steps.text + smaller)
        return self._below(above, below, steps)

    def _cards(
        self, above: Sequence[Piece], points: Sequence[TextPiece], marks: Sequence[Mark], steps: Steps
    ) -> Measured | None:
        """Two or three points on cards, each of another subject."""
        cards = cards_box(self.measurer.setter, points, marks, self.subjects, self.body.width, step=steps.text)
        return self._below(above, cards, steps)

    def _below(self, above: Sequence[Piece], below: Measured, steps: Steps) -> Measured | None:
        """What is measured already below other pieces."""
        if not above:
            return below
        top = self.measurer.stack(above, self.body.width, Emu(self.room - below.height - GAP), steps)
        return below_each_other([top, below]) if top else None

    def _row(self, pieces: Sequence[Piece], steps: Steps) -> Measured | None:
        """Figures beside each other."""
        return self._figures(pieces, self.body.height, steps)

    def _text_above_row(self, texts: Sequence[Piece], figures: Sequence[Piece], steps: Steps) -> Measured | None:
        """Text, and figures beside each other below it."""
        text = self.measurer.stack(texts, self.body.width, self.room, steps)
        if text is None:
            return None
        room = Emu(self.body.height - text.height - GAP)
        row = self._figures(figures, room, steps) if room > self.body.height // 3 else None
        return below_each_other([text, row]) if row else None

    def _grid(self, pieces: Sequence[Piece], steps: Steps) -> Measured | None:
        """Figures in two rows."""
        across = -(-len(pieces) // 2)
        limit = Emu((self.body.height - GAP) // 2)
        width = Emu((self.body.width - COLUMN_GAP * (across - 1)) // across)
        rows = [self._figures(row, limit, steps, width) for row in (pieces[:across], pieces[across:])]
        whole = [row for row in rows if row]
        return below_each_other(whole) if len(whole) == len(rows) else None

    def _figures(self, figures: Sequence[Piece], limit: Emu, steps: Steps, width: Emu | None = None) -> Measured | None:
        width = width or Emu((self.body.width - COLUMN_GAP * (len(figures) - 1)) // len(figures))
        shown = [self.measurer.measure(figure, width, limit, steps) for figure in figures]
        row = beside_each_other([measured for measured in shown if measured], width)
        return row if len(figures) == len([m for m in shown if m]) and row.height <= limit else None


def _stacked(pieces: Sequence[Piece]) -> Layout:
    """The name of pieces below each other: that of what is displayed among them."""
    named = [_NAMES.get(type(piece), Layout.TEXT) for piece in pieces]
    for at, piece in enumerate(pieces):
        if isinstance(piece, PanelPiece) and piece.fill is None:
            named[at] = Layout.QUOTE
        elif isinstance(piece, FixedPiece):
            within = (_DRAWN.get(element.name) for element in piece.measured.elements)
            named[at] = next((name for name in within if name), Layout.TEXT)
    return next((name for name in named if name is not Layout.TEXT), Layout.TEXT)


_DRAWN: Final[Mapping[str, Layout]] = {
    "Comparison": Layout.COMPARISON,
    "Table": Layout.TABLE,
    "Code": Layout.CODE,
}
_NAMES: Final[Mapping[type[Piece], Layout]] = {
    ContrastPiece: Layout.COMPARISON,
    TablePiece: Layout.TABLE,
    CodePiece: Layout.CODE,
    FigurePiece: Layout.FIGURE_LARGE,
    PanelPiece: Layout.CALLOUT,
    ColumnsPiece: Layout.TWO_COLUMNS,
}
