"""Callouts and quotes: pieces on a ground of their own, with a bar at the left edge."""

from __future__ import annotations

from msgspec.structs import replace

from pipeline.model.fitted import Anchor, Element, FittedParagraph, Outline, Run, ShapeBox, TextAlign, TextBox
from pipeline.plan.deck.layouts.space import box, shifted
from pipeline.plan.deck.layouts.text import boxed
from pipeline.plan.deck.pieces import Measured, PanelPiece
from pipeline.plan.deck.setting import Setter
from pipeline.theme import Colour
from pipeline.units import Emu, Pt

_BAR = Emu.from_inches(0.14)
_THIN_BAR = Emu.from_inches(0.05)
_PAD_X = Emu.from_inches(0.45)
_PAD_Y = Emu.from_inches(0.35)
_SIGN = Emu.from_inches(0.55)
_SIGN_GAP = Emu.from_inches(0.4)
_HEAD_GAP = Pt.from_points(6)
_SIGN_SIZE = Pt.from_points(22)
_SIGNS = {
    Colour.TIP: (Outline.ELLIPSE, "✓"),
    Colour.NOTE: (Outline.ELLIPSE, "i"),
    Colour.WARNING: (Outline.TRIANGLE, "!"),
    Colour.DANGER: (Outline.HEXAGON, "!"),
}


def panel_width(piece: PanelPiece, width: Emu) -> Emu:
    """The room that the pieces of a panel have."""
    return Emu(width - _left(piece) - (_PAD_X if piece.fill else 0))


def panel_height(piece: PanelPiece, limit: Emu, head: Emu) -> Emu:
    """The room below a panel's head that its pieces have within a height."""
    return Emu(limit - 2 * _pad(piece) - head)


def head_box(setter: Setter, piece: PanelPiece, width: Emu, step: int) -> Measured:
    """The panel's word, with the space below it."""
    if piece.head is None:
        return Measured(height=Emu(0), elements=())
    fitted = setter.paragraphs((piece.head,), panel_width(piece, width), step)
    measured = boxed(fitted, panel_width(piece, width), piece.name)
    return replace(measured, height=measured.height + _HEAD_GAP.emu)


def panel_box(setter: Setter, piece: PanelPiece, content: Measured, width: Emu, step: int) -> Measured:
    """A panel round what its pieces measure."""
    head = head_box(setter, piece, width, step)
    pad = _pad(piece)
    sign = _sign(setter, piece)
    inside = max(head.height + content.height, _SIGN if sign else 0)
    high = Emu(inside + 2 * pad)
    left = _left(piece)
    return Measured(
        height=high,
        elements=(
            *_ground(piece, width, high),
            *shifted(sign, _BAR + _PAD_X, pad),
            *shifted(head.elements, left, pad),
            *shifted(content.elements, left, pad + head.height),
        ),
    )


def _ground(piece: PanelPiece, width: Emu, high: Emu) -> tuple[Element, ...]:
    wide = _BAR if piece.fill else _THIN_BAR
    bar = ShapeBox(rect=box(0, 0, wide, high), outline=Outline.RECTANGLE, fill=piece.bar, name="Bar")
    if piece.fill is None:
        return (bar,)
    return (ShapeBox(rect=box(0, 0, width, high), outline=Outline.RECTANGLE, fill=piece.fill, name="Panel"), bar)


def _sign(setter: Setter, piece: PanelPiece) -> tuple[Element, ...]:
    """A shape with a letter, so that a kind is told by more than its colour."""
    if piece.fill is None or piece.bar not in _SIGNS:
        return ()
    outline, letter = _SIGNS[piece.bar]
    run = Run(text=letter, bold=True, colour=Colour.PAPER)
    fitted: FittedParagraph = setter.fit((run,), _SIGN_SIZE, Emu(_SIGN * 2), align=TextAlign.CENTRE)
    # A triangle's middle stands lower than that of its box.
    top = _SIGN // 7 if outline is Outline.TRIANGLE else 0
    rect = box(0, top, _SIGN, _SIGN - top)
    return (
        ShapeBox(rect=box(0, 0, _SIGN, _SIGN), outline=outline, fill=piece.bar, name="Sign"),
        TextBox(rect=rect, paragraphs=(fitted,), anchor=Anchor.MIDDLE, name="Sign"),
    )


def _left(piece: PanelPiece) -> Emu:
    if piece.fill is None:
        return Emu(_THIN_BAR + _PAD_X)
    return Emu(_BAR + _PAD_X + _SIGN + _SIGN_GAP)


def _pad(piece: PanelPiece) -> Emu:
    return _PAD_Y if piece.fill else Emu(0)
