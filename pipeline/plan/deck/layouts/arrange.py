"""Which layout and which sizes a slide's body gets: each has its cost, and the cheapest is taken."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.fitted import Element
from pipeline.model.origin import Layout, Weighed
from pipeline.plan.deck.layouts.airing import aired
from pipeline.plan.deck.layouts.code import few_lines
from pipeline.plan.deck.layouts.compositions import STACKED, Composition, Compositions
from pipeline.plan.deck.layouts.figure import is_tiny, picture_area, pictures_of
from pipeline.plan.deck.layouts.measurer import Measurer, Steps
from pipeline.plan.deck.layouts.points import is_lone_head, is_point, listed_points
from pipeline.plan.deck.layouts.space import shifted
from pipeline.plan.deck.pieces import (
    CodePiece,
    ColumnsPiece,
    ContrastPiece,
    FigurePiece,
    FixedPiece,
    FormulaPiece,
    Measured,
    PanelPiece,
    Piece,
    StripPiece,
    TablePiece,
    TextPiece,
    Unit,
)
from pipeline.plan.deck.setting import Rank
from pipeline.plan.deck.showing.blocks import MOST_WORDS
from pipeline.units import Emu, Rect

TEXT_COSTS = (0.0, 2.0, 4.5, 8.0)
"""What smaller text costs, where a slide costs eleven."""
_TABLE_COSTS = (0.0, 1.0, 2.5, 6.5, 15.0, 24.0)
_CONTRAST_COSTS = (0.0, 0.8, 4.0, 8.0, 16.0, 24.0)
CODE_COSTS = (0.0, 1.0, 5.0, 14.5, 22.0, 22.0)
_DRAWING_COSTS = (0.0, 0.5, 2.0, 5.0, 9.0, 9.0)
"""A drawing in characters stands whole in small type rather than over slides."""
_SHARED_CODE_COSTS = (0.0, 1.0, 11.0, 24.0, 30.0, 30.0)
"""Code gives way to little: what stands with it rather goes on another slide, or is only said."""
_PANEL_COSTS = (0.0, 1.0, 2.5, 5.0, 8.0, 8.0)
_UNMET = 25.0
"""What it costs that a slide has another layout than the author asks for."""
_CHANGE = 1.2
"""What it costs, by the square of steps, that a slide's text is smaller than that of others of its topic."""
_SMALL_PICTURE = 12.0
_TINY_PICTURE = 4.0
"""What it costs that a picture or its words cannot be seen from afar."""
_LEAST_PICTURE = 0.4
"""How large a picture is at least above or below text, as a part of what it would be alone on a slide."""
_FRAME_IN_STACK = 1.5
_EMPTINESS = 3.0
_FULL = 0.84
"""Up to so much of the body's height is filled with space between what stands there."""
_SPOKEN = 2.5
"""What it costs that a text is only said."""
_BESIDE_EACH_OTHER = 1.0
"""What points beside each other gain over points below each other."""
_WRAPPED = 0.7
_MOST_WRAPPED = 8
_SPARED = 1.0
"""What code gains over larger code with wrapped lines, where all of its lines are whole."""
_BROKEN = 9.0
"""Names in tables are broken only where smaller type does not spare it."""
_OVER = 0.4
_MOST_OVER = 1.15
LEAST_COST = -(_BESIDE_EACH_OTHER + _SPARED)
"""No arrangement costs less."""
_LEGIBLE_BESIDE = frozenset({Layout.FIGURE_BESIDE})
_AIRY = STACKED | {Layout.TWO_COLUMNS}
_IN_COLUMNS = frozenset({Layout.POINTS, Layout.CARDS, Layout.CODE_BESIDE})


class Arrangement(Struct, frozen=True, kw_only=True):
    """A body laid out, what it costs, its layout, the step of its text, and whether its spaces may grow.

    `weighed` holds the layouts that fit, the cheapest first.
    """

    elements: tuple[Element, ...]
    height: Emu
    cost: float
    layout: Layout
    step: int = 0
    airy: bool = False
    weighed: tuple[Weighed, ...] = ()


class _Shown(Struct, frozen=True, kw_only=True):
    """Pieces, and what is known of them whatever their layout and sizes.

    `costs` is what each step of what is displayed costs, `across` the same where it stands across the body, `beside`
    where it is code at the side of something; `figures` are those whose pictures could be had, `alone` how large these
    would be alone on a slide.
    """

    pieces: Sequence[Piece]
    costs: tuple[float, ...]
    across: tuple[float, ...]
    beside: tuple[float, ...]
    figures: Sequence[FigurePiece]
    alone: Sequence[Measured]
    has_text: bool
    pictured: bool
    coded: bool


class _Sized(NamedTuple):
    """A layout at a size: what it costs, the size, and what is laid out."""

    cost: float
    steps: Steps
    measured: Measured


class Arranger(Struct, frozen=True, kw_only=True):
    """Arranges units in the body of a slide. `first` is the step that text begins at, `wished` the author's layout."""

    compositions: Compositions
    first: int = 0
    wished: Layout | None = None

    @property
    def measurer(self) -> Measurer:
        """What measures pieces."""
        return self.compositions.measurer

    @property
    def body(self) -> Rect:
        """Where the arranged elements stand."""
        return self.compositions.body

    @property
    def room(self) -> Emu:
        """How high what is split may be."""
        return self.compositions.room

    def arrange(self, units: Sequence[Unit], *, crowded: bool = False) -> Arrangement | None:
        """The cheapest arrangement of units on one slide; None where they do not fit, or are too many words for one.

        A slide that may be `crowded` takes more of them.
        """
        words = sum(unit.words for unit in units)
        pieces = tuple(unit.piece for unit in units if unit.piece is not None)
        if len(pieces) > 1 and words > MOST_WORDS * _MOST_OVER and not crowded:
            return None
        over = max(0.0, words - MOST_WORDS) * _OVER if len(pieces) > 1 else 0.0
        large = self.wished is Layout.FIGURE_LARGE
        spoken = _without_speech(units, every=large)
        found = [] if large and spoken else list(self._arrangements(pieces, over))
        if large and spoken:
            found.extend(self._arrangements(spoken, over))
        elif len(spoken) < len(pieces):
            found.extend(self._arrangements(spoken, over + _SPOKEN + TEXT_COSTS[self.first]))
        if not found:
            return None
        best = min(found, key=lambda arrangement: arrangement.cost)
        return replace(best, weighed=_weighed(found))

    def holds(self, piece: TextPiece) -> bool:
        """Whether a slide holds a text as large as any of its topic, which costs less than a slide."""
        return self.measurer.stack((piece,), self.body.width, self.room, Steps(self.first)) is not None

    def placed(self, arrangement: Arrangement) -> tuple[Element, ...]:
        """An arrangement's elements in the body, with the room that is to spare between them."""
        measured = Measured(height=arrangement.height, elements=arrangement.elements)
        if arrangement.airy and measured.height < self.body.height * _FULL:
            measured = aired(measured, Emu(round(self.body.height * _FULL)))
        return shifted(measured.elements, self.body.left, self.body.top)

    def forced(self, unit: Unit) -> Arrangement:
        """A unit that fits no slide and cannot be cut, at the smallest type."""
        last = Steps(len(TEXT_COSTS) - 1, len(_TABLE_COSTS) - 1)
        measured = self.measurer.measure(unit.piece, self.body.width, self.body.height, last) if unit.piece else None
        shown = measured or Measured(height=Emu(0), elements=())
        return Arrangement(elements=shown.elements, height=shown.height, cost=0.0, layout=Layout.OVERFULL)

    def _arrangements(self, pieces: Sequence[Piece], extra: float) -> Iterator[Arrangement]:
        """Every layout that fits, at the sizes at which it costs least."""
        loose = not any(isinstance(piece, PanelPiece | ColumnsPiece) for piece in pieces)
        shown = self._shown(pieces)
        for name, composition in self.compositions.layouts(pieces, self.wished):
            if sized := self._sized(name, composition, shown):
                yield Arrangement(
                    elements=sized.measured.elements,
                    height=sized.measured.height,
                    cost=sized.cost + extra,
                    layout=name,
                    step=sized.steps.text,
                    airy=loose and name in _AIRY,
                )

    def _shown(self, pieces: Sequence[Piece]) -> _Shown:
        costs = _display_costs(pieces)
        figures = [piece for piece in pieces if isinstance(piece, FigurePiece) and piece.image.picture]
        return _Shown(
            pieces=pieces,
            costs=costs,
            across=self._across(pieces, costs),
            beside=CODE_COSTS if sum(isinstance(piece, CodePiece) for piece in pieces) > 1 else costs,
            figures=figures,
            alone=[self._alone(figure) for figure in figures],
            has_text=any(isinstance(piece, TextPiece | ColumnsPiece) for piece in pieces),
            pictured=any(isinstance(piece, FigurePiece) for piece in pieces),
            coded=any(isinstance(piece, CodePiece | TablePiece) for piece in pieces),
        )

    def _sized(self, name: Layout, composition: Composition, shown: _Shown) -> _Sized | None:
        """A layout at the sizes at which it costs least; None where it fits at none."""
        texts = range(self.first, len(TEXT_COSTS)) if shown.has_text else range(1)
        smallest = Steps(texts[-1], len(shown.costs) - 1)
        best: _Sized | None = None
        for display in range(len(shown.costs)):
            least = min(*shown.across[display:], *shown.beside[display:]) - _BESIDE_EACH_OTHER
            for text in texts:
                if best is not None and least + self._text_cost(text, shown) >= best.cost:
                    break
                measured = composition(Steps(text, display))
                if measured is None and best is None and name in STACKED and composition(smallest) is None:
                    return None
                if measured is None or not self._may_stand(name, measured, shown):
                    continue
                cost = self._cost(name, Steps(text, display), measured, shown)
                if best is None or cost < best.cost:
                    best = _Sized(cost, Steps(text, display), measured)
                # The largest of both: what is smaller could only help lines of code, names or a picture.
                if text == texts[0] and not (shown.pictured or shown.coded):
                    return best
                # Smaller text gains nothing, unless it leaves a picture more room.
                if not shown.pictured or name in _LEGIBLE_BESIDE:
                    break
        return best

    def _may_stand(self, name: Layout, measured: Measured, shown: _Shown) -> bool:
        """Whether what is laid out has room, and its pictures can be seen."""
        return measured.height <= self.body.height and (name in _LEGIBLE_BESIDE or self._legible(measured, shown))

    def _text_cost(self, text: int, shown: _Shown) -> float:
        return TEXT_COSTS[text] + _CHANGE * (text - self.first) ** 2 if shown.has_text else 0.0

    def _cost(self, layout: Layout, steps: Steps, measured: Measured, shown: _Shown) -> float:
        pieces = shown.pieces
        # Lists beside each other leave room below them, and none at their side.
        beside = layout is Layout.POINTS and listed_points(pieces)[1]
        emptiness = 0.0 if beside else 1 - measured.height / self.body.height
        cost = self._text_cost(steps.text, shown)
        cost += (shown.beside if layout is Layout.CODE_BESIDE else shown.across)[steps.display]
        cost += _EMPTINESS * emptiness**2 + self._picture_cost(measured, shown)
        if layout not in _LEGIBLE_BESIDE and len(pieces) > 1:
            cost += _FRAME_IN_STACK * sum(1 for piece in pieces if _is_frame(piece))
        if layout in _IN_COLUMNS:
            cost -= _BESIDE_EACH_OTHER
        if self.wished not in {None, layout}:
            cost += _UNMET
        if layout is Layout.CODE_BESIDE or not shown.coded:
            return cost
        wrapped = self.measurer.wrapped(pieces, self.body.width, steps.display)
        broken = self.measurer.broken(pieces, self.body.width, steps.display)
        return cost + _WRAPPED * min(wrapped, _MOST_WRAPPED) + (_BROKEN if broken else 0.0)

    def _across(self, pieces: Sequence[Piece], costs: tuple[float, ...]) -> tuple[float, ...]:
        """What each step of what is displayed costs across the body: code whose lines are whole, less than wrapped.

        Few lines are wrapped where the others gain two steps.
        """
        if not any(isinstance(piece, CodePiece) for piece in pieces):
            return costs
        wrapped = [self.measurer.wrapped(pieces, self.body.width, step) for step in range(len(costs))]
        whole = next((step for step, count in enumerate(wrapped) if not count), 0)
        two_larger = wrapped[: max(0, whole - 1)]
        if whole == 0 or (two_larger and min(two_larger) <= few_lines(pieces)):
            return costs
        larger = zip(costs[:whole], wrapped[:whole], strict=True)
        most = min(cost + _WRAPPED * min(count, _MOST_WRAPPED) for cost, count in larger) - _SPARED
        return (*costs[:whole], min(costs[whole], most), *costs[whole + 1 :])

    def _legible(self, measured: Measured, shown: _Shown) -> bool:
        """Whether pictures that share the height with text are large enough to be seen from afar."""
        if len(shown.pieces) == 1:
            return True
        several = sum(1 for piece in shown.pieces if isinstance(piece, FigurePiece)) > 1
        if several and self.wished is None and _tiny(measured, shown):
            return False
        return _picture_share(measured, shown) >= _LEAST_PICTURE

    def _alone(self, figure: FigurePiece) -> Measured:
        measured = self.measurer.measure(figure, self.body.width, self.body.height, Steps(0))
        return measured or Measured(height=Emu(0), elements=())

    def _picture_cost(self, measured: Measured, shown: _Shown) -> float:
        """What it costs that pictures are smaller than they would be alone."""
        counts = len(shown.pieces) > 1 and self.wished is None
        tiny = _TINY_PICTURE * _tiny(measured, shown) if counts else 0.0
        return float(tiny + _SMALL_PICTURE * (1 - _picture_share(measured, shown)) ** 2)


def _tiny(measured: Measured, shown: _Shown) -> int:
    """How many pictures cannot be seen from afar, though they could alone."""
    pictures = zip(pictures_of(measured), shown.alone, shown.figures, strict=True) if shown.figures else ()
    return sum(is_tiny(picture, own, figure) for picture, alone, figure in pictures for own in pictures_of(alone))


def _picture_share(measured: Measured, shown: _Shown) -> float:
    """How large pictures are, as a part of what they would be alone."""
    if not shown.figures:
        return 1.0
    wished = sum(map(picture_area, shown.alone)) / len(shown.figures)
    return min(1.0, picture_area(measured) / max(1, wished))


def _weighed(arrangements: Sequence[Arrangement]) -> tuple[Weighed, ...]:
    """Each layout with the least that it costs, the cheapest first."""
    least: dict[Layout, float] = {}
    for arrangement in arrangements:
        least[arrangement.layout] = min(arrangement.cost, least.get(arrangement.layout, math.inf))
    return tuple(Weighed(layout=each, cost=cost) for each, cost in sorted(least.items(), key=lambda entry: entry[1]))


def _without_speech(units: Sequence[Unit], *, every: bool) -> tuple[Piece, ...]:
    """The pieces without the text that is only said: the one before a table, or before a figure with its points.

    Or without `every` such text.
    """
    shown = [unit for unit in units if unit.piece is not None]
    if every:
        return tuple(unit.piece for unit in shown if unit.piece is not None and not _is_spoken(unit))
    if shown and _is_spoken(shown[0]) and _needs_room([unit.piece for unit in shown[1:] if unit.piece]):
        shown = shown[1:]
    return tuple(unit.piece for unit in shown if unit.piece is not None)


def _needs_room(pieces: Sequence[Piece]) -> bool:
    """Whether pieces are a table alone, or a figure with its points."""
    match pieces:
        case [TablePiece() | ContrastPiece() | CodePiece() | FixedPiece()]:
            return True
        case [FigurePiece(), _, _, *_]:
            return all(map(is_point, pieces[1:]))
        case _:
            return False


def _is_spoken(unit: Unit) -> bool:
    """Whether a unit is running text that the notes hold whole."""
    if not isinstance(unit.piece, TextPiece) or not unit.covers or unit.covers[0] not in unit.notes:
        return False
    return all(para.rank is Rank.BODY and para.marker is None for para in unit.piece.paras)


def _is_frame(piece: Piece) -> bool:
    """Whether a picture could not be had: a frame is no sight, and stands well beside text."""
    return isinstance(piece, FigurePiece) and piece.image.picture is None


def _display_costs(pieces: Sequence[Piece]) -> tuple[float, ...]:
    """What each step of what is displayed costs: that of the piece which suffers most. A head takes nothing from it."""
    shared = sum(1 for piece in pieces if not is_lone_head(piece)) > 1
    each = [costs for piece in pieces if (costs := _costs(piece, shared=shared))]
    return tuple(map(max, zip(*each, strict=True))) if each else (0.0,)


def _costs(piece: Piece, *, shared: bool) -> tuple[float, ...]:
    match piece:
        case TablePiece():
            return _TABLE_COSTS
        case ContrastPiece():
            return _CONTRAST_COSTS
        case CodePiece(drawn=True):
            return CODE_COSTS if shared else _DRAWING_COSTS
        case CodePiece():
            return _SHARED_CODE_COSTS if shared else CODE_COSTS
        case PanelPiece():
            return _PANEL_COSTS
        case ColumnsPiece():
            inner = _display_costs([each for column in piece.columns for each in column])
            return inner if len(inner) > 1 else ()
        case TextPiece() | FigurePiece() | StripPiece() | FormulaPiece() | FixedPiece():
            return ()
