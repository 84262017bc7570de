"""The comparison as a native table: a band for each subject, its tint down the column, aspects at the left edge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.fitted import (
    Anchor,
    Element,
    FittedCell,
    FittedRow,
    Outline,
    Run,
    ShapeBox,
    TableBox,
    TextAlign,
    TextBox,
)
from pipeline.plan.deck.layouts.grid import HAIRLINE, cut_row, in_chunks, table_size
from pipeline.plan.deck.layouts.space import box, shifted
from pipeline.plan.deck.layouts.text import boxed
from pipeline.plan.deck.pieces import ContrastPiece, FixedPiece, Measured
from pipeline.plan.deck.setting import Setter, height
from pipeline.theme import Colour
from pipeline.units import Emu, Pt

_INSET = Emu.from_inches(0.2)
_ASPECTS = (0.22, 0.3, 0.38)
"""No more of the width is for the aspects' names; more than the least only where rows are so much lower for it."""
_LOWER = 0.9
_SPARE = 1.06
"""So much wider than its name an aspect's cell is, since programs measure a little differently."""
_PADDING = 0.38
_MARK = Emu.from_inches(0.42)
_MARK_SIZE = Pt.from_points(16)
_KEY_GAP = Emu.from_inches(0.14)
_BLANK = "—"


class Mark(Struct, frozen=True, kw_only=True):
    """How a subject is told apart: by letter and shape as well as by colour."""

    letter: str
    outline: Outline
    colour: Colour
    tint: Colour


MARKS: Final = (
    Mark(letter="A", outline=Outline.ELLIPSE, colour=Colour.SUBJECT_A, tint=Colour.TINT_A),
    Mark(letter="B", outline=Outline.RECTANGLE, colour=Colour.SUBJECT_B, tint=Colour.TINT_B),
    Mark(letter="C", outline=Outline.TRIANGLE, colour=Colour.SUBJECT_C, tint=Colour.TINT_C),
    Mark(letter="D", outline=Outline.DIAMOND, colour=Colour.SUBJECT_D, tint=Colour.TINT_D),
    Mark(letter="E", outline=Outline.HEXAGON, colour=Colour.SUBJECT_E, tint=Colour.TINT_E),
)


def contrast_box(setter: Setter, piece: ContrastPiece, width: Emu, step: int) -> Measured:
    """The whole comparison at a step."""
    widths = _widths(setter, piece, width, step)
    rows = tuple(_row(setter, piece, at, widths, step) for at in range(len(piece.aspects)))
    return _boxed(setter, piece, rows, widths, step)


def split_contrast(setter: Setter, piece: ContrastPiece, width: Emu, limit: Emu, step: int) -> tuple[FixedPiece, ...]:
    """The comparison over slides, its bands repeated."""
    widths = _widths(setter, piece, width, step)
    rows = [_row(setter, piece, at, widths, step) for at in range(len(piece.aspects))]
    room = limit - _boxed(setter, piece, (), widths, step).height
    cut = [part for row in rows for part in cut_row(row, Emu(room))]
    return tuple(FixedPiece(measured=_boxed(setter, piece, chunk, widths, step)) for chunk in in_chunks(cut, room))


def _widths(setter: Setter, piece: ContrastPiece, width: Emu, step: int) -> tuple[Emu, ...]:
    """The aspects as wide as their names need, the subjects sharing the rest."""
    names = [setter.typesetter.width((_name(piece, at),), table_size(setter, step)) for at in range(len(piece.aspects))]
    needed = round(max(names, default=0) * _SPARE) + _INSET
    best = _shared(piece, width, min(needed, int(width * _ASPECTS[0])))
    for share in _ASPECTS[1:] if needed > best[0] else ():
        wider = _shared(piece, width, min(needed, int(width * share)))
        if _rows_height(setter, piece, wider, step) < _LOWER * _rows_height(setter, piece, best, step):
            best = wider
    return best


def _shared(piece: ContrastPiece, width: Emu, aspects: int) -> tuple[Emu, ...]:
    each = (width - aspects) // len(piece.columns)
    return (Emu(width - each * len(piece.columns)), *(Emu(each) for _ in piece.columns))


def _rows_height(setter: Setter, piece: ContrastPiece, widths: Sequence[Emu], step: int) -> int:
    return sum(_row(setter, piece, at, widths, step).height for at in range(len(piece.aspects)))


def _name(piece: ContrastPiece, at: int) -> Run:
    return Run(text=piece.aspects[at], bold=True, language=piece.language)


def _row(setter: Setter, piece: ContrastPiece, at: int, widths: Sequence[Emu], step: int) -> FittedRow:
    size = table_size(setter, step)
    cells = [FittedCell(paragraphs=(setter.fit((_name(piece, at),), size, Emu(widths[0] - _INSET)),))]
    for column, mark, wide in zip(piece.columns, MARKS, widths[1:], strict=False):
        runs = column.cells[at] or (Run(text=_BLANK, colour=Colour.MUTED, language=piece.language),)
        fitted = setter.fit(runs, size, Emu(wide - 2 * _INSET))
        cells.append(FittedCell(paragraphs=(fitted,), fill=mark.tint, inset=_INSET))
    high = max(height(cell.paragraphs) for cell in cells) + round(2 * _PADDING * size.emu)
    return FittedRow(cells=tuple(cells), height=Emu(high), rule=HAIRLINE)


def _band(setter: Setter, piece: ContrastPiece, widths: Sequence[Emu], step: int) -> FittedRow:
    size = Pt(min(setter.theme.type.head, table_size(setter, step) + Pt.from_points(4)))
    indent = _MARK + _INSET
    blank = setter.fit((), size, widths[0])
    cells = [FittedCell(paragraphs=(blank,))]
    for column, mark, wide in zip(piece.columns, MARKS, widths[1:], strict=False):
        run = Run(text=column.name, bold=True, colour=Colour.ON_SUBJECT, language=piece.language)
        fitted = setter.fit((run,), size, Emu(wide - 2 * _INSET), indent=indent)
        cells.append(FittedCell(paragraphs=(fitted,), fill=mark.colour, inset=_INSET))
    tallest = max(height(cell.paragraphs) for cell in cells)
    high = max(tallest, int(_MARK)) + round(2 * _PADDING * size.emu)
    return FittedRow(cells=tuple(cells), height=Emu(high), rule=HAIRLINE)


def _boxed(
    setter: Setter, piece: ContrastPiece, rows: tuple[FittedRow, ...], widths: Sequence[Emu], step: int
) -> Measured:
    width = Emu(sum(widths))
    band = _band(setter, piece, widths, step)
    high = band.height + sum(row.height for row in rows)
    table = TableBox(
        rect=box(0, 0, width, high),
        widths=tuple(widths),
        rows=(band, *rows),
        has_head=True,
        bold_first_column=True,
        description=", ".join(column.name for column in piece.columns),
        name="Comparison",
    )
    elements: tuple[Element, ...] = (table, *_marks(setter, piece, widths, band.height))
    if all(cell for column in piece.columns for cell in column.cells):
        return Measured(height=Emu(high), elements=elements)
    key = _key(setter, piece, width)
    top = high + _KEY_GAP
    return Measured(height=Emu(top + key.height), elements=(*elements, *shifted(key.elements, 0, top)))


def _marks(setter: Setter, piece: ContrastPiece, widths: Sequence[Emu], high: Emu) -> Iterator[Element]:
    left = int(widths[0])
    for _, mark, wide in zip(piece.columns, MARKS, widths[1:], strict=False):
        rect = box(left + _INSET, (high - _MARK) // 2, _MARK, _MARK)
        yield ShapeBox(rect=rect, outline=mark.outline, fill=Colour.ON_SUBJECT, name=f"Mark {mark.letter}")
        yield letter_box(setter, mark, _MARK_SIZE, mark.colour, rect.left, rect.top, _MARK)
        left += wide


def letter_box(setter: Setter, mark: Mark, size: Pt, colour: Colour, *place: int) -> TextBox:
    """A mark's letter in the middle of its shape; `place` is left, top and side."""
    left, top, side = place
    # The middle of a triangle stands lower than that of its box.
    lower = side // 6 if mark.outline is Outline.TRIANGLE else 0
    fitted = setter.fit((Run(text=mark.letter, bold=True, colour=colour),), size, Emu(side), align=TextAlign.CENTRE)
    return TextBox(
        rect=box(left, top + lower, side, side - lower),
        paragraphs=(fitted,),
        anchor=Anchor.MIDDLE,
        name=f"Mark {mark.letter}",
    )


def _key(setter: Setter, piece: ContrastPiece, width: Emu) -> Measured:
    runs = (
        Run(text=f"{_BLANK}  ", bold=True, language=piece.language),
        Run(text=piece.silent, colour=Colour.MUTED, language=piece.language),
    )
    fitted = setter.fit(runs, setter.theme.type.legend, width)
    return boxed((replace(fitted),), width, "Key")
