"""Measuring pieces of every kind, alone and below each other, and cutting those that no slide can hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, assert_never

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.model.fitted import Element
from pipeline.plan.deck.layouts.code import Limits, code_panel, few_lines, least_code_height, split_code, wrapped_lines
from pipeline.plan.deck.layouts.contrast import contrast_box, split_contrast
from pipeline.plan.deck.layouts.figure import figure_box, strip_box
from pipeline.plan.deck.layouts.formula import formula_box
from pipeline.plan.deck.layouts.grid import broken_names, least_table_height, split_table, table_box
from pipeline.plan.deck.layouts.panel import head_box, panel_box, panel_height, panel_width
from pipeline.plan.deck.layouts.space import COLUMN_GAP, shifted
from pipeline.plan.deck.layouts.text import split_text, text_box
from pipeline.plan.deck.pieces import (
    CodePiece,
    ColumnsPiece,
    ContrastPiece,
    Displayed,
    FigurePiece,
    FixedPiece,
    FormulaPiece,
    Measured,
    PanelPiece,
    Piece,
    StripPiece,
    TablePiece,
    TextPiece,
)
from pipeline.plan.deck.setting import Para, Rank, Setter
from pipeline.plan.deck.stepping import as_step, as_stepped
from pipeline.units import Emu

GAP = Emu.from_inches(0.3)
HEAD_GAP = Emu.from_inches(0.125)
"""The space between pieces, and less of it between a head and what it heads."""
SPLIT_STEP = 3
"""The step at which what goes on over slides is set: one more line on a slide is worth no smaller type."""
_AIRY = 0.85
"""As a part of a slide, how high code is that leaves room for a line of text."""
_LEAST_FIGURE = Emu.from_inches(1.5)


class Steps(NamedTuple):
    """How many sizes below the largest type is set: running text, and what is displayed with it."""

    text: int
    display: int = 0


class Measurer(Struct, frozen=True, kw_only=True):
    """Measures pieces in one theme, and remembers how."""

    setter: Setter
    _known: dict[tuple[int, int, int, Steps], tuple[Piece, Measured | None]] = field(default_factory=dict)

    def measure(self, piece: Piece, width: Emu, limit: Emu, steps: Steps) -> Measured | None:
        """A piece at its step; None where it cannot be set in that width. Figures, formulas and panels heed
        the height.
        """
        # The piece is kept beside its measure, so that its identity stays its own.
        relevant = Steps(steps.text) if isinstance(piece, TextPiece | FormulaPiece) else Steps(0, steps.display)
        relevant = steps if isinstance(piece, ColumnsPiece) else relevant
        heeds = isinstance(piece, FigurePiece | PanelPiece | ColumnsPiece | FormulaPiece)
        key = (id(piece), width, limit if heeds else 0, relevant)
        if key not in self._known:
            measured = self._measured(piece, width, limit, steps)
            stepped = measured and isinstance(piece, Displayed) and piece.stepped
            self._known[key] = (piece, as_step(measured) if measured and stepped else measured)
        return self._known[key][1]

    def _measured(  # noqa: C901 (one case for each kind of piece)
        self, piece: Piece, width: Emu, limit: Emu, steps: Steps
    ) -> Measured | None:
        step = steps.display
        match piece:
            case TextPiece():
                return text_box(self.setter, piece.paras, width, steps.text)
            case FigurePiece():
                return figure_box(self.setter, piece, width, limit)
            case StripPiece():
                return strip_box(piece, width)
            case FormulaPiece():
                return formula_box(self.setter, piece, width, limit, steps.text)
            case TablePiece():
                return table_box(self.setter, piece, width, step)
            case CodePiece():
                return code_panel(self.setter, piece, width, step)
            case PanelPiece():
                return self._panel(piece, width, limit, step)
            case ColumnsPiece():
                return self._columns(piece, width, limit, steps)
            case ContrastPiece():
                return contrast_box(self.setter, piece, width, step)
            case FixedPiece():
                return piece.measured
            case _:
                assert_never(piece)

    def stack(self, pieces: Sequence[Piece], width: Emu, limit: Emu, steps: Steps) -> Measured | None:
        """Pieces below each other within a height, text in one box, figures in what room the others leave."""
        groups = tuple(grouped(pieces))
        if sum(self._least(piece, steps) for piece in pieces) > limit:
            return None
        figures = sum(1 for group in groups if isinstance(group, FigurePiece))
        measured = [
            None if isinstance(group, FigurePiece) else self._group(group, width, limit, steps) for group in groups
        ]
        gaps = [HEAD_GAP if _ends_with_head(group) else GAP for group in groups[:-1]]
        used = sum(part.height for part in measured if part) + sum(gaps)
        if used > limit or (figures and (limit - used) // figures < _LEAST_FIGURE):
            return None
        share = Emu((limit - used) // figures) if figures else limit
        whole: list[Measured] = []
        for group, part in zip(groups, measured, strict=True):
            shown = self.measure(group, width, share, steps) if isinstance(group, FigurePiece) else part
            if shown is None or shown.height > limit:
                return None
            whole.append(shown)
        stacked = below_each_other(whole, gaps)
        return stacked if stacked.height <= limit else None

    def _least(self, piece: Piece, steps: Steps) -> int:
        """How high a piece is at least, known without measuring its text; what may be much higher than a slide."""
        match piece:
            case TablePiece():
                return least_table_height(self.setter, piece, steps.display)
            case CodePiece():
                return least_code_height(self.setter, piece, steps.display)
            case _:
                return 0

    def _group(self, group: Piece | tuple[Para, ...], width: Emu, limit: Emu, steps: Steps) -> Measured | None:
        if isinstance(group, tuple):
            return text_box(self.setter, group, width, steps.text)
        return self.measure(group, width, limit, steps)

    def _panel(self, piece: PanelPiece, width: Emu, limit: Emu, step: int) -> Measured | None:
        inner = panel_width(piece, width)
        head = head_box(self.setter, piece, width, step)
        room = panel_height(piece, limit, head.height)
        inside = Steps(step, step)
        content = (
            self.stack(piece.pieces, inner, room, inside) if piece.pieces else Measured(height=Emu(0), elements=())
        )
        return panel_box(self.setter, piece, content, width, step) if content else None

    def _columns(self, piece: ColumnsPiece, width: Emu, limit: Emu, steps: Steps) -> Measured | None:
        each = column_width(width, len(piece.columns))
        columns = [self.stack(column, each, limit, steps) for column in piece.columns]
        return beside_each_other([column for column in columns if column], each) if all(columns) else None

    def wrapped(self, pieces: Sequence[Piece], width: Emu, step: int) -> int:
        """How many lines of code among the pieces are broken at a step."""
        return sum(wrapped_lines(self.setter, p, width, step) for p in pieces if isinstance(p, CodePiece))

    def broken(self, pieces: Sequence[Piece], width: Emu, step: int) -> int:
        """How many rows of the tables among the pieces have a name that is broken at a step."""
        return sum(broken_names(self.setter, p, width, step) for p in pieces if isinstance(p, TablePiece))

    def split(self, piece: Piece, width: Emu, limit: Emu, first: Emu | None = None) -> tuple[Piece, ...]:
        """A piece that no slide holds, in parts that each fit one; of code, the `first` may be less high."""
        parts = self._split(piece, width, Limits(limit if first is None else first, limit))
        stepped = isinstance(piece, Displayed) and piece.stepped
        return tuple(map(as_stepped, parts)) if stepped else parts

    def _split(self, piece: Piece, width: Emu, limits: Limits) -> tuple[Piece, ...]:
        limit = limits.other
        match piece:
            case TextPiece():
                return split_text(self.setter, piece.paras, width, limit)
            case TablePiece():
                return _largest(lambda step: split_table(self.setter, piece, width, limit, step))
            case CodePiece():
                return self._split_code(piece, width, limits)
            case PanelPiece():
                return self._split_panel(piece, width, limit)
            case ColumnsPiece():
                return tuple(inner for column in piece.columns for inner in column)
            case ContrastPiece():
                return _largest(lambda step: split_contrast(self.setter, piece, width, limit, step))
            case FigurePiece() if piece.legend:
                return (replace(piece, legend=None), TextPiece(paras=(piece.legend,)))
            case StripPiece() if len(piece.images) > 1:
                middle = len(piece.images) // 2
                return (
                    StripPiece(images=piece.images[:middle], descriptions=piece.descriptions[:middle]),
                    StripPiece(images=piece.images[middle:], descriptions=piece.descriptions[middle:]),
                )
            case FigurePiece() | StripPiece() | FormulaPiece() | FixedPiece():
                return (piece,)
            case _:
                assert_never(piece)

    def _split_code(self, piece: CodePiece, width: Emu, limits: Limits) -> tuple[FixedPiece, ...]:
        """Code over slides: at the first step from the one before that for splitting which breaks few of its lines.

        Or larger, where that does so too, takes no more slides though a line of text stands on each, and tears it
        no more.
        """
        wrapped = [wrapped_lines(self.setter, piece, width, step) for step in range(self.setter.steps)]
        few = few_lines((piece,))
        step = next((step for step in range(SPLIT_STEP - 1, self.setter.steps) if wrapped[step] <= few), SPLIT_STEP)
        full = split_code(self.setter, piece, width, limits, step)
        airy = Emu(round(limits.other * _AIRY))
        lower = Limits(min(limits.first, airy), airy)
        larger = (split_code(self.setter, piece, width, lower, at) for at in range(step) if wrapped[at] <= few)
        as_good = (each for each in larger if len(each.parts) <= len(full.parts) and each.torn <= full.torn)
        return next(as_good, full).parts

    def _split_panel(self, piece: PanelPiece, width: Emu, limit: Emu) -> tuple[Piece, ...]:
        """The panel over slides: as few as the smallest type takes, or one more where that spares it."""
        last = self.setter.steps
        fewest = len(self._panels(piece, width, limit, last))
        for steps, most in ((range(SPLIT_STEP), fewest), (range(last), fewest + 1)):
            for step in steps:
                panels = self._panels(piece, width, limit, step)
                if len(panels) <= most:
                    return panels
        return self._panels(piece, width, limit, last)

    def _panels(self, piece: PanelPiece, width: Emu, limit: Emu, step: int) -> tuple[Piece, ...]:
        """The panel over slides: as many of its pieces in each as fit at a step."""
        inner = panel_width(piece, width)
        room = panel_height(piece, limit, head_box(self.setter, piece, width, step).height)
        parts: list[Piece] = []
        for part in piece.pieces:
            fits = self.stack((part,), inner, room, Steps(step, step)) is not None
            parts.extend((part,) if fits else self.split(part, inner, room))
        panels: list[Piece] = []
        held: list[Piece] = []
        for part in parts:
            if held and self.stack((*held, part), inner, room, Steps(step, step)) is None:
                panels.append(_panel_of(piece, held))
                held = []
            held.append(part)
        return (*panels, _panel_of(piece, held)) if held else tuple(panels)


def column_width(width: Emu, count: int) -> Emu:
    """How wide each of some columns is."""
    return Emu((width - (count - 1) * COLUMN_GAP) // count)


def beside_each_other(parts: Sequence[Measured], width: Emu) -> Measured:
    """Measured parts of one width beside each other."""
    elements: list[Element] = []
    for at, part in enumerate(parts):
        elements.extend(shifted(part.elements, at * (width + COLUMN_GAP), 0))
    return Measured(height=Emu(max(part.height for part in parts)), elements=tuple(elements))


def _largest(split: Callable[[int], tuple[FixedPiece, ...]]) -> tuple[FixedPiece, ...]:
    """Parts of the largest type that takes no more slides than the step for splitting does."""
    fewest = split(SPLIT_STEP)
    larger = (parts for step in range(SPLIT_STEP) if len(parts := split(step)) <= len(fewest))
    return next(larger, fewest)


def _panel_of(piece: PanelPiece, pieces: Sequence[Piece]) -> PanelPiece:
    return PanelPiece(head=piece.head, pieces=tuple(pieces), bar=piece.bar, fill=piece.fill, name=piece.name)


def grouped(pieces: Sequence[Piece]) -> Iterator[Piece | tuple[Para, ...]]:
    """The pieces, with the paragraphs of neighbouring texts in one group."""
    for is_text, group in groupby(pieces, key=lambda piece: isinstance(piece, TextPiece)):
        if is_text:
            yield tuple(para for piece in group if isinstance(piece, TextPiece) for para in piece.paras)
        else:
            yield from group


def _ends_with_head(group: Piece | tuple[Para, ...]) -> bool:
    return isinstance(group, tuple) and group[-1].rank is Rank.HEAD


def below_each_other(parts: Sequence[Measured], gaps: Sequence[Emu] | None = None) -> Measured:
    """Measured parts below each other, with the usual space between them unless other `gaps` are given."""
    elements: list[Element] = []
    bottom = 0
    for part, gap in zip(parts, (0, *([GAP] * (len(parts) - 1) if gaps is None else gaps)), strict=False):
        elements.extend(shifted(part.elements, 0, bottom + gap))
        bottom += gap + part.height
    return Measured(height=Emu(bottom), elements=tuple(elements))
