"""The arrangements that a slide's body can have, each with its cost; the cheapest is taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.model.fitted import Element
from pipeline.plan.deck.layouts.figure import is_wide, picture_area
from pipeline.plan.deck.layouts.measurer import GAP, Measurer, below_each_other
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
    Unit,
)
from pipeline.plan.deck.setting import Gap, Rank
from pipeline.plan.deck.showing.blocks import MOST_WORDS
from pipeline.plan.speech import word_count
from pipeline.units import Emu, Rect

STEP_COSTS = (0.0, 2.0, 4.5, 8.0, 12.0, 16.0)
"""What smaller type costs, where a slide costs eleven."""
OVERFULL = "overfull"
"""The layout of what fits no slide."""
_FIRM_STEPS = 4
_BESIDE_TEXT = Emu.from_inches(5.75)
_COLUMN_GAP = Emu.from_inches(0.5)
_SMALL_PICTURE = 12.0
_LEAST_PICTURE = 0.4
"""How large a picture is at least above or below text, as a part of what it would be alone on a slide."""
_FRAME_IN_STACK = 1.5
_EMPTINESS = 3.0
_WRAPPED = 0.7
_MOST_WRAPPED = 8
_OVER = 0.4
_MOST_OVER = 1.15
_MOST_FIGURES = 3
_STATEMENT_WORDS = 26
_STATEMENT_MEASURE = Emu.from_inches(9.5)
_COLUMNS_FROM = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """A body laid out, what it costs, and the name of its layout."""

    elements: tuple[Element, ...]
    height: Emu
    cost: float
    layout: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranger:
    """Arranges units in the body of a slide."""

    measurer: Measurer
    body: Rect

    def arrange(self, units: Sequence[Unit]) -> Arrangement | None:
        """The cheapest arrangement of units on one slide, moved to the body; None where they do not fit."""
        pieces = tuple(unit.piece for unit in units if unit.piece is not None)
        words = sum(unit.words for unit in units)
        if len(pieces) > 1 and words > MOST_WORDS * _MOST_OVER:
            return None
        found = [self._priced(*candidate, pieces) for candidate in self._candidates(pieces)]
        if not found:
            return None
        best = min(found, key=lambda arrangement: arrangement.cost)
        over = max(0.0, words - MOST_WORDS) * _OVER if len(pieces) > 1 else 0.0
        return Arrangement(
            elements=shifted(best.elements, self.body.left, self.body.top),
            height=best.height,
            cost=best.cost + over,
            layout=best.layout,
        )

    def forced(self, unit: Unit) -> Arrangement:
        """A unit that fits no slide and cannot be cut, at the smallest type."""
        last = len(STEP_COSTS) - 1
        measured = self.measurer.measure(unit.piece, self.body.width, self.body.height, last) if unit.piece else None
        shown = measured or Measured(height=Emu(0), elements=())
        elements = shifted(shown.elements, self.body.left, self.body.top)
        return Arrangement(elements=elements, height=shown.height, cost=0.0, layout=OVERFULL)

    def _candidates(self, pieces: Sequence[Piece]) -> Iterator[tuple[str, int, Measured]]:
        """Every layout that fits, with its step: of each the largest type, and all steps where size is not all."""
        figures = [piece for piece in pieces if isinstance(piece, FigurePiece)]
        texts = all(isinstance(piece, TextPiece | FigurePiece) for piece in pieces)
        if len(figures) > _MOST_FIGURES:
            return
        layouts = [self._stack]
        if texts and not figures:
            layouts += [self._statement, self._columns]
        if texts and len(figures) == 1 and len(pieces) > 1:
            layouts += [self._beside, self._above_columns]
        if 1 < len(figures) == len(pieces):
            layouts = [self._row]
        elif len(figures) > 1:
            layouts = [self._text_above_row] if texts else []
        steps = len(STEP_COSTS) if any(_steps_on(piece) for piece in pieces) else _FIRM_STEPS
        for layout in layouts:
            for step in range(steps):
                measured = layout(pieces, step)
                if (
                    measured is not None
                    and measured.height <= self.body.height
                    and (layout == self._beside or self._legible(measured, pieces))
                ):
                    yield layout.__name__.strip("_"), step, measured
                    # Smaller type gains nothing where neither a picture's size nor a line of code depends on it.
                    if layout == self._beside or not (figures or _has_code(pieces)):
                        break

    def _priced(self, layout: str, step: int, measured: Measured, pieces: Sequence[Piece]) -> Arrangement:
        emptiness = 1 - measured.height / self.body.height
        cost = STEP_COSTS[step] + _EMPTINESS * emptiness**2 + self._picture_cost(measured, pieces)
        if layout == "stack" and len(pieces) > 1 and any(map(_is_frame, pieces)):
            cost += _FRAME_IN_STACK
        wrapped = self.measurer.wrapped(pieces, self.body.width, step)
        cost += _WRAPPED * min(wrapped, _MOST_WRAPPED)
        return Arrangement(elements=measured.elements, height=measured.height, cost=cost, layout=layout)

    def _legible(self, measured: Measured, pieces: Sequence[Piece]) -> bool:
        """Whether pictures that share the height with text are large enough to be seen from afar."""
        return len(pieces) == 1 or self._picture_share(measured, pieces) >= _LEAST_PICTURE

    def _picture_cost(self, measured: Measured, pieces: Sequence[Piece]) -> float:
        """What it costs that pictures are smaller than they would be alone."""
        return float(_SMALL_PICTURE * (1 - self._picture_share(measured, pieces)) ** 2)

    def _picture_share(self, measured: Measured, pieces: Sequence[Piece]) -> float:
        """How large pictures are, as a part of what they would be alone."""
        figures = [piece for piece in pieces if isinstance(piece, FigurePiece) and piece.image.picture]
        if not figures:
            return 1.0
        width, height = self.body.width, self.body.height
        alone = [self.measurer.measure(figure, width, height, 0) for figure in figures]
        wished = sum(picture_area(figure) for figure in alone if figure) / len(figures)
        return min(1.0, picture_area(measured) / max(1, wished))

    # ------------------------------------------------------------ layouts

    def _stack(self, pieces: Sequence[Piece], step: int) -> Measured | None:
        """Everything below each other over the whole width."""
        return self.measurer.stack(pieces, self.body.width, self.room, step)

    def _statement(self, pieces: Sequence[Piece], step: int) -> Measured | None:
        """A few words of prose alone on a slide, larger than body text."""
        paras = [para for piece in pieces if isinstance(piece, TextPiece) for para in piece.paras]
        if step or not paras or sum(word_count(para.text) for para in paras) > _STATEMENT_WORDS:
            return None
        plain = all(para.rank is Rank.BODY and para.marker is None and para.gap is Gap.PARAGRAPH for para in paras)
        if not plain:
            return None
        width = Emu(min(self.body.width, _STATEMENT_MEASURE))
        large = tuple(replace(para, rank=Rank.CALLOUT) for para in paras)
        return self.measurer.stack([TextPiece(paras=large)], width, self.room, 0)

    def _columns(self, pieces: Sequence[Piece], step: int) -> Measured | None:
        """A long list of short items in two columns."""
        items = [piece for piece in pieces if isinstance(piece, TextPiece)]
        leading = 1 if items and not _is_item(items[0]) else 0
        listed = items[leading:]
        if len(listed) < 2 * _COLUMNS_FROM or not all(map(_is_item, listed)):
            return None
        half = Emu((self.body.width - _COLUMN_GAP) // 2)
        if any(self._lines(item, half, step) > 1 for item in listed):
            return None
        middle = -(-len(listed) // 2)
        return self._under(items[:leading], [listed[:middle], listed[middle:]], half, step)

    def _lines(self, piece: TextPiece, width: Emu, step: int) -> int:
        return sum(len(p.lines) for p in self.measurer.setter.paragraphs(piece.paras, width, step))

    def _under(
        self, above: Sequence[Piece], columns: Sequence[Sequence[Piece]], width: Emu, step: int
    ) -> Measured | None:
        """Columns beside each other below what goes over all of them."""
        sides = [self.measurer.stack(column, width, self.room, step) for column in columns]
        top = self.measurer.stack(above, self.body.width, self.room, step) if above else None
        if (above and top is None) or any(side is None for side in sides):
            return None
        placed: list[Element] = []
        for at, side in enumerate(sides):
            if side:
                placed.extend(shifted(side.elements, at * (width + _COLUMN_GAP), 0))
        beside = Measured(height=Emu(max(side.height for side in sides if side)), elements=tuple(placed))
        return below_each_other([top, beside]) if top else beside

    def _beside(self, pieces: Sequence[Piece], step: int) -> Measured | None:
        """Text at the left, a figure at the right."""
        figure = next(piece for piece in pieces if isinstance(piece, FigurePiece))
        if is_wide(figure):
            return None
        texts = [piece for piece in pieces if isinstance(piece, TextPiece)]
        text = self.measurer.stack(texts, _BESIDE_TEXT, self.room, step)
        left = _BESIDE_TEXT + _COLUMN_GAP
        picture = self.measurer.measure(figure, Emu(self.body.width - left), self.body.height, step)
        if text is None or picture is None:
            return None
        elements = (*text.elements, *shifted(picture.elements, left, 0))
        return Measured(height=Emu(max(text.height, picture.height)), elements=elements)

    def _above_columns(self, pieces: Sequence[Piece], step: int) -> Measured | None:
        """A figure over the whole width, what is said before it above, its points in columns below."""
        at = next(i for i, piece in enumerate(pieces) if isinstance(piece, FigurePiece))
        points = pieces[at + 1 :]
        if not 1 < len(points) <= _MOST_FIGURES:
            return None
        width = Emu((self.body.width - _COLUMN_GAP * (len(points) - 1)) // len(points))
        # Columns are narrow: their type is a step smaller than text over the whole width.
        below = self._under((), [(point,) for point in points], width, step + 1)
        if below is None:
            return None
        room = Emu(self.room - below.height - GAP)
        above = self.measurer.stack(pieces[: at + 1], self.body.width, room, step)
        return below_each_other([above, below]) if above else None

    def _row(self, pieces: Sequence[Piece], step: int) -> Measured | None:
        """Figures beside each other."""
        return self._figures(pieces, self.body.height, step)

    def _text_above_row(self, pieces: Sequence[Piece], step: int) -> Measured | None:
        """Text, and figures beside each other below it."""
        figures = [piece for piece in pieces if isinstance(piece, FigurePiece)]
        texts = [piece for piece in pieces if isinstance(piece, TextPiece)]
        text = self.measurer.stack(texts, self.body.width, self.room, step)
        if text is None:
            return None
        room = Emu(self.body.height - text.height - GAP)
        row = self._figures(figures, room, step) if room > self.body.height // 3 else None
        return below_each_other([text, row]) if row else None

    def _figures(self, figures: Sequence[Piece], limit: Emu, step: int) -> Measured | None:
        width = Emu((self.body.width - _COLUMN_GAP * (len(figures) - 1)) // len(figures))
        elements: list[Element] = []
        high = 0
        for at, figure in enumerate(figures):
            measured = self.measurer.measure(figure, width, limit, step)
            if measured is None or measured.height > limit:
                return None
            elements.extend(shifted(measured.elements, at * (width + _COLUMN_GAP), 0))
            high = max(high, measured.height)
        return Measured(height=Emu(high), elements=tuple(elements))

    @property
    def room(self) -> Emu:
        """The body's height less half a line, which programs may need that measure a little differently."""
        setter = self.measurer.setter
        return Emu(self.body.height - setter.body_size(0).emu // 2)


def _is_item(piece: TextPiece) -> bool:
    return piece.paras[0].marker is not None


def _is_frame(piece: Piece) -> bool:
    """Whether a picture could not be had: a frame is no sight, and stands well beside text."""
    return isinstance(piece, FigurePiece) and piece.image.picture is None


def _has_code(pieces: Sequence[Piece]) -> bool:
    return any(isinstance(piece, CodePiece) for piece in pieces)


def _steps_on(piece: Piece) -> bool:
    """Whether a piece has smaller sizes than body text has."""
    return isinstance(piece, TablePiece | CodePiece | PanelPiece | ContrastPiece | FixedPiece)
