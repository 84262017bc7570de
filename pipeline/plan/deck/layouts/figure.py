"""Pictures with their legends, frames for those that could not be had, and strips of small ones."""

from __future__ import annotations

from pipeline.model.fitted import Element, Outline, PictureBox, ShapeBox, Stroke
from pipeline.model.inlines import Image, Picture
from pipeline.plan.deck.layouts.space import box, shifted
from pipeline.plan.deck.layouts.text import text_box
from pipeline.plan.deck.pieces import FigurePiece, Measured, StripPiece
from pipeline.plan.deck.setting import Setter
from pipeline.theme import Colour
from pipeline.units import EMU_PER_INCH, Emu

_PIXEL = EMU_PER_INCH // 96
_LARGEST = 2.0
"""Pictures made of pixels are drawn up to so many times their natural size."""
_VECTOR = "image/svg+xml"
_LEGEND_GAP = Emu.from_inches(0.125)
_FRAME_INSET = Emu.from_inches(0.25)
_FRAME_RATIO = 16 / 9
_FRAME_WIDTH = Emu.from_inches(5.333)
"""A frame is no wider than beside text: it stands for a picture, and need not be seen from afar."""
_FRAME_STROKE = Stroke(colour=Colour.MUTED, width=Emu.from_points(1), dashed=True)
_STRIP_GAP = Emu.from_inches(0.15)
_WIDE = 2.0


def ratio(piece: FigurePiece) -> float:
    """Width over height."""
    picture = piece.image.picture
    return picture.width / picture.height if picture and picture.height else _FRAME_RATIO


def is_wide(piece: FigurePiece) -> bool:
    """Whether a picture needs the slide's whole width."""
    return ratio(piece) > _WIDE


def figure_box(setter: Setter, piece: FigurePiece, width: Emu, limit: Emu) -> Measured:
    """A figure as large as a width and a height allow, its legend below."""
    legend = _legend(setter, piece, width)
    room = Emu(max(limit - legend.height - (_LEGEND_GAP if legend.elements else 0), Emu.from_inches(0.5)))
    picture = piece.image.picture
    shown = _picture(piece, picture, width, room) if picture else _frame(setter, piece, width, room)
    if not legend.elements:
        return shown
    top = shown.height + _LEGEND_GAP
    return Measured(height=top + legend.height, elements=(*shown.elements, *shifted(legend.elements, 0, top)))


def picture_area(measured: Measured) -> int:
    """How much of a slide the pictures take, in square EMU."""
    boxes = [element for element in measured.elements if isinstance(element, PictureBox)]
    return sum(int(element.rect.width) * int(element.rect.height) for element in boxes)


def _legend(setter: Setter, piece: FigurePiece, width: Emu) -> Measured:
    if piece.legend is None:
        return Measured(height=Emu(0), elements=())
    return text_box(setter, (piece.legend,), width, 0, "Legend")


def _picture(piece: FigurePiece, picture: Picture, width: Emu, room: Emu) -> Measured:
    wide, high = max(picture.width, 1) * _PIXEL, max(picture.height, 1) * _PIXEL
    scale = min(width / wide, room / high)
    if picture.media_type != _VECTOR:
        scale = min(scale, _LARGEST)
    rect = box(0, 0, max(1, int(wide * scale)), max(1, int(high * scale)))
    element = PictureBox(rect=rect, picture=picture, description=piece.description, name="Figure")
    return Measured(height=rect.height, elements=(element,))


def _frame(setter: Setter, piece: FigurePiece, width: Emu, room: Emu) -> Measured:
    """A dashed frame with the picture's address in it."""
    width = Emu(min(width, _FRAME_WIDTH))
    inner = Emu(width - 2 * _FRAME_INSET)
    text = text_box(setter, (piece.address,) if piece.address else (), inner, 0, "Address")
    least = text.height + 2 * _FRAME_INSET
    high = Emu(max(least, min(room, int(width / _FRAME_RATIO))))
    frame = ShapeBox(
        rect=box(0, 0, width, high),
        outline=Outline.RECTANGLE,
        stroke=_FRAME_STROKE,
        name="Missing picture",
        description=piece.description,
    )
    return Measured(height=high, elements=(frame, *shifted(text.elements, _FRAME_INSET, _FRAME_INSET)))


def strip_box(piece: StripPiece, width: Emu) -> Measured:
    """Small pictures in rows, at their natural size."""
    elements: list[Element] = []
    left = top = row = 0
    for image, description in zip(piece.images, piece.descriptions, strict=True):
        wide, high = _natural(image, width)
        if left and left + wide > width:
            left, top, row = 0, top + row + _STRIP_GAP, 0
        if image.picture is not None:
            rect = box(left, top, wide, high)
            elements.append(PictureBox(rect=rect, picture=image.picture, description=description, name="Sign"))
        left, row = left + wide + _STRIP_GAP, max(row, high)
    return Measured(height=Emu(top + row), elements=tuple(elements))


def _natural(image: Image, width: Emu) -> tuple[int, int]:
    picture = image.picture
    if picture is None:
        return 0, 0
    scale = min(1.0, width / (max(picture.width, 1) * _PIXEL))
    return max(1, int(picture.width * _PIXEL * scale)), max(1, int(picture.height * _PIXEL * scale))
