"""The layouts that a slide's body can have: pieces → elements from the body's corner, None where they do not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.fitted import Element
from pipeline.model.origin import Layout
from pipeline.model.plan import Subject
from pipeline.plan.deck.layouts.figure import is_small, is_wide
from pipeline.plan.deck.layouts.measurer import GAP, Measurer, Steps, below_each_other
from pipeline.plan.deck.layouts.points import (
    COLUMN_GAP,
    MOST_POINTS,
    cards_box,
    is_bare_point,
    is_lone_head,
    is_point,
    listed_points,
    points_box,
)
from pipeline.plan.deck.layouts.space import shifted
from pipeline.plan.deck.pieces import (
    CodePiece,
    ContrastPiece,
    FigurePiece,
    FixedPiece,
    Measured,
    PanelPiece,
    Piece,
    TablePiece,
    TextPiece,
)
from pipeline.plan.deck.setting import Gap, Rank
from pipeline.plan.speech import word_count
from pipeline.units import Emu, Rect

Composition = Callable[[Sequence[Piece], Steps], Measured | None]
STACKED = frozenset(
    {Layout.TEXT, Layout.TABLE, Layout.COMPARISON, Layout.CODE, Layout.QUOTE, Layout.CALLOUT, Layout.FIGURE_LARGE}
)
"""Everything below each other, told apart by what is displayed."""

MOST_FIGURES = 3
_MOST_IN_GRID = 6
_BESIDE_TEXT = Emu.from_inches(5.75)
_BESIDE_CODE = (Emu.from_inches(5.5), Emu.from_inches(6.75))
_STATEMENT_WORDS = 26
_MOST_STATEMENT_WORDS = 60
"""So many words the author may have as a statement."""
_STATEMENT_MEASURE = Emu.from_inches(9.5)
_STATEMENT_MIDDLE = 0.42
"""Where the middle of a statement stands, as a part of the body's height: a little above the middle of the slide."""
_COLUMNS_FROM = 3
_UNEVEN = 1
"""A column of a list has up to so many items more than half of them."""
_LEAST_CODE = 3
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
            yield Layout.TWO_COLUMNS, self._halves
        if len(figures) > 1:
            yield from self._of_figures(pieces, figures, wished)
        elif figures:
            yield _stacked(pieces), self._stack
            if texts and len(pieces) > 1 and (not is_wide(figures[0]) or wished is Layout.FIGURE_BESIDE):
                yield Layout.FIGURE_BESIDE, self._beside
            if texts:
                yield Layout.POINTS, self._points
        else:
            yield from self._of_text(pieces, wished, texts=texts)

    def _of_figures(
        self, pieces: Sequence[Piece], figures: Sequence[FigurePiece], wished: Layout | None
    ) -> Iterator[tuple[Layout, Composition]]:
        """Several figures, beside each other or in a grid, with text above them; very wide ones below each other."""
        alone = len(figures) == len(pieces)
        if len(figures) <= MOST_FIGURES and alone:
            yield Layout.FIGURES, self._row
        elif len(figures) <= MOST_FIGURES:
            above, row = pieces[: -len(figures)], pieces[-len(figures) :]
            # A text between figures speaks of one of them.
            if all(isinstance(p, TextPiece) for p in above) and all(isinstance(p, FigurePiece) for p in row):
                yield Layout.FIGURES, self._text_above_row
        elif alone and len(figures) <= _MOST_IN_GRID and (wished is Layout.FIGURES or all(map(is_small, figures))):
            yield Layout.FIGURES, self._grid
        if alone and len(figures) <= MOST_FIGURES and all(map(is_wide, figures)):
            yield Layout.FIGURE_LARGE, self._stack

    def _of_text(
        self, pieces: Sequence[Piece], wished: Layout | None, *, texts: bool
    ) -> Iterator[tuple[Layout, Composition]]:
        """What has no figures."""
        yield _stacked(pieces), self._stack
        if _is_quote(pieces):
            yield Layout.QUOTE, self._quote
        most = _MOST_STATEMENT_WORDS if wished is Layout.STATEMENT else _STATEMENT_WORDS
        yield Layout.STATEMENT, lambda shown, steps: self._statement(shown, steps, most)
        if texts:
            yield Layout.TWO_COLUMNS, self._columns
            yield Layout.CARDS, self._cards
            yield Layout.POINTS, self._points
        elif len(pieces) > 1:
            matched = wished is not Layout.CODE_BESIDE
            yield Layout.CODE_BESIDE, lambda shown, steps: self._code_beside(shown, steps, matched=matched)

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

    def _quote(self, pieces: Sequence[Piece], steps: Steps) -> Measured | None:
        """A quote alone on a slide, about the middle of it."""
        return self._in_the_middle(self.measurer.measure(pieces[0], self.body.width, self.room, steps))

    def _statement(self, pieces: Sequence[Piece], steps: Steps, most: int) -> Measured | None:
        """A few words of prose alone on a slide, larger than body text and in lines about equally long."""
        if steps.text or not all(isinstance(piece, TextPiece) for piece in pieces):
            return None
        paras = [para for piece in pieces if isinstance(piece, TextPiece) for para in piece.paras]
        if sum(word_count(para.text) for para in paras) > most:
            return None
        plain = all(para.rank is Rank.BODY and para.marker is None and para.gap is Gap.PARAGRAPH for para in paras)
        if not plain:
            return None
        setter = self.measurer.setter
        width = Emu(min(self.body.width, _STATEMENT_MEASURE))
        large = tuple(replace(para, rank=Rank.CALLOUT) for para in paras)
        size, factor = setter.size(Rank.CALLOUT, 0), setter.theme.leading.callout
        width = Emu(max((setter.balanced(para.runs, size, width, factor)[1] for para in large), default=width))
        return self._in_the_middle(self.measurer.stack([TextPiece(paras=large)], width, self.room, steps))

    def _in_the_middle(self, measured: Measured | None) -> Measured | None:
        if measured is None:
            return None
        top = max(0, round(self.body.height * _STATEMENT_MIDDLE) - measured.height // 2)
        return Measured(height=Emu(top + measured.height), elements=shifted(measured.elements, 0, top))

    def _columns(self, pieces: Sequence[Piece], steps: Steps) -> Measured | None:
        """A long list of short items in two columns, between the text before it and behind it."""
        texts = [piece for piece in pieces if isinstance(piece, TextPiece)]
        items = [at for at, piece in enumerate(texts) if _is_item(piece)]
        if len(items) < 2 * _COLUMNS_FROM or items[-1] - items[0] >= len(items):
            return None
        first, end = items[0], items[-1] + 1
        middle = _middle(texts, first, end)
        half = Emu((self.body.width - COLUMN_GAP) // 2)
        if middle is None or any(self._lines(item, half, steps) > 1 for item in texts[first:end]):
            return None
        halves = [
            self.measurer.stack(side, half, self.room, steps) for side in (texts[first:middle], texts[middle:end])
        ]
        around = [self.measurer.stack(side, self.body.width, self.room, steps) for side in (texts[:first], texts[end:])]
        if any(part is None for part in (*halves, *around)):
            return None
        above, below = around
        beside = _beside_each_other([side for side in halves if side], half)
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
            beside = _beside_each_other([left, right], half) if left and right else None
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

    def _code_beside(self, pieces: Sequence[Piece], steps: Steps, *, matched: bool) -> Measured | None:
        """Large code of short lines beside the text before or behind it; `matched` if only about as high as that."""
        match pieces:
            case [*texts, CodePiece() as code] | [CodePiece() as code, *texts]:
                if steps.display > 1 or not all(isinstance(piece, TextPiece) for piece in texts):
                    return None
                if matched and len(code.lines) < _LEAST_CODE:
                    return None
                if is_lone_head(texts[-1]):
                    return None  # a head stands above what it heads
            case _:
                return None
        for wide in map(self._across, _BESIDE_CODE):
            if self.measurer.wrapped([code], wide, steps.display):
                continue
            narrow = Emu(self.body.width - COLUMN_GAP - wide)
            text = self.measurer.stack(texts, narrow, self.room, steps)
            panel = self.measurer.measure(code, wide, self.room, steps)
            if text is None or panel is None or (matched and _UNLIKE * panel.height < text.height):
                continue
            left, right = ((panel, wide), (text, narrow)) if pieces[0] is code else ((text, narrow), (panel, wide))
            elements = (*left[0].elements, *shifted(right[0].elements, left[1] + COLUMN_GAP, 0))
            return Measured(height=Emu(max(text.height, panel.height)), elements=elements)
        return None

    def _points(self, pieces: Sequence[Piece], steps: Steps) -> Measured | None:
        """Two or three points in columns, below the figure that they explain and what is said before it."""
        above, points = _with_points(pieces)
        if not points:
            above, points = _with_lists(pieces)
        if not points:
            return None
        # Heads below a figure are to stay on few lines: their type is a step smaller than text over the whole width.
        step = steps.text + (1 if any(isinstance(piece, FigurePiece) for piece in above) else 0)
        below = points_box(self.measurer.setter, points, self.subjects, self.body.width, step)
        return self._below(above, below, steps)

    def _cards(self, pieces: Sequence[Piece], steps: Steps) -> Measured | None:
        """Two or three points on cards, each of another subject."""
        above, points = _with_points(pieces)
        if not points:
            return None
        cards = cards_box(self.measurer.setter, points, self.subjects, self.body.width, steps.text)
        return self._below(above, cards, steps)

    def _below(self, above: Sequence[Piece], below: Measured | None, steps: Steps) -> Measured | None:
        """What is measured already below other pieces."""
        if below is None or not above:
            return below
        top = self.measurer.stack(above, self.body.width, Emu(self.room - below.height - GAP), steps)
        return below_each_other([top, below]) if top else None

    def _row(self, pieces: Sequence[Piece], steps: Steps) -> Measured | None:
        """Figures beside each other."""
        return self._figures(pieces, self.body.height, steps)

    def _text_above_row(self, pieces: Sequence[Piece], steps: Steps) -> Measured | None:
        """Text, and figures beside each other below it."""
        figures = [piece for piece in pieces if isinstance(piece, FigurePiece)]
        texts = [piece for piece in pieces if isinstance(piece, TextPiece)]
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
        row = _beside_each_other([measured for measured in shown if measured], width)
        return row if len(figures) == len([m for m in shown if m]) and row.height <= limit else None


def _beside_each_other(parts: Sequence[Measured], width: Emu) -> Measured:
    """Parts of one width beside each other."""
    elements: list[Element] = []
    for at, part in enumerate(parts):
        elements.extend(shifted(part.elements, at * (width + COLUMN_GAP), 0))
    return Measured(height=Emu(max(part.height for part in parts)), elements=tuple(elements))


def _middle(texts: Sequence[TextPiece], first: int, end: int) -> int | None:
    """Where the second half of a list begins: at an item of the same level as the first, none much longer."""
    level = texts[first].paras[0].level
    middle = first + -(-(end - first) // 2)
    starts = [at for at in range(first + 1, end) if texts[at].paras[0].level == level]
    nearest = min(starts, key=lambda at: abs(at - middle), default=None)
    return nearest if nearest is not None and abs(nearest - middle) <= _UNEVEN else None


def _with_points(pieces: Sequence[Piece]) -> tuple[Sequence[Piece], list[TextPiece]]:
    """The points that pieces end with, and what stands before them; no points where there are too many or few."""
    count = sum(1 for piece in pieces if is_point(piece) or is_bare_point(piece))
    above = pieces[: len(pieces) - count]
    points = [p for p in pieces[len(above) :] if isinstance(p, TextPiece) and (is_point(p) or is_bare_point(p))]
    suits = 1 < count <= MOST_POINTS and len(points) == count and len(above) <= len(("text", "figure"))
    return (above, points) if suits else (pieces, [])


def _with_lists(pieces: Sequence[Piece]) -> tuple[Sequence[Piece], list[TextPiece]]:
    """The lists with a head each that pieces end with, and what stands before them; none where they do not suit."""
    above, points = listed_points(pieces)
    suits = 1 < len(points) <= MOST_POINTS and len(above) <= len(("text", "figure"))
    return (above, points) if suits else (pieces, [])


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
}


def _is_quote(pieces: Sequence[Piece]) -> bool:
    return len(pieces) == 1 and isinstance(pieces[0], PanelPiece) and pieces[0].fill is None


def _is_item(piece: TextPiece) -> bool:
    return piece.paras[0].marker is not None
