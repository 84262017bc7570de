"""Pictures with their legends, frames for those that could not be had, and strips of small ones."""

from __future__ import annotations

from msgspec.structs import replace

from pipeline.model.fitted import Element, Outline, PictureBox, ShapeBox, Stroke, TextBox
from pipeline.model.inlines import Image, Picture
from pipeline.plan.deck.layouts.space import box, shifted
from pipeline.plan.deck.layouts.text import text_box
from pipeline.plan.deck.pieces import FigurePiece, Measured, StripPiece
from pipeline.plan.deck.setting import Setter, widest
from pipeline.theme import Colour
from pipeline.units import EMU_PER_INCH, Emu

_PIXEL = EMU_PER_INCH // 96
_LARGEST = 2.0
"""Pictures made of pixels are drawn up to so many times their natural size."""
_VECTOR = "image/svg+xml"
_OPAQUE = "image/jpeg"
_PLATE_PAD = Emu.from_inches(0.125)
_LEGEND_GAP = Emu.from_inches(0.125)
_FRAME_INSET = Emu.from_inches(0.25)
_FRAME_RATIO = 16 / 9
_FRAME_WIDTH = Emu.from_inches(5.333)
"""A frame is no wider than beside text: it stands for a picture, and need not be seen from afar."""
_FRAME_STROKE = Stroke(colour=Colour.MUTED, width=Emu.from_points(1), dashed=True)
_SIGN_STROKE = Stroke(colour=Colour.MUTED, width=Emu.from_points(2))
_SIGN = Emu.from_inches(0.9)
_LEAST_SIGN = Emu.from_inches(0.4)
_SIGN_RATIO = 4 / 3
_STRIP_GAP = Emu.from_inches(0.15)
_WIDE = 2.0
_FIGURE = "Figure"
_LEGEND = "Legend"
_NEARLY = 0.8
_LEAST_HEIGHT = Emu.from_inches(2.0)
_LEAST_PHOTOGRAPH = Emu.from_inches(1.6)
"""A photograph holds no writing, and is seen at a smaller size than what may."""
_LEAST_WORDS = 12.0
"""Words in pictures are to be so many points high at least."""
_SMALL = 260
"""Pictures of up to so many pixels either way are small."""


def ratio(piece: FigurePiece) -> float:
    """Width over height."""
    picture = piece.image.picture
    return picture.width / picture.height if picture and picture.height else _FRAME_RATIO


def is_wide(piece: FigurePiece) -> bool:
    """Whether a picture needs the slide's whole width."""
    return ratio(piece) > _WIDE


def is_small(piece: FigurePiece) -> bool:
    """Whether a picture is made of few pixels, so that it stands well among others."""
    picture = piece.image.picture
    return picture is not None and picture.media_type != _VECTOR and max(picture.width, picture.height) <= _SMALL


def figure_box(setter: Setter, piece: FigurePiece, width: Emu, limit: Emu) -> Measured:
    """A figure as large as a width and a height allow, its legend below."""
    legend = _legend(setter, piece, width)
    room = Emu(max(limit - legend.height - (_LEGEND_GAP if legend.elements else 0), Emu.from_inches(0.5)))
    picture = piece.image.picture
    shown = _picture(setter, piece, picture, width, room) if picture else _frame(setter, piece, width, room)
    if not legend.elements:
        return shown
    top = shown.height + _LEGEND_GAP
    return Measured(height=top + legend.height, elements=(*shown.elements, *shifted(legend.elements, 0, top)))


def centred_figure(measured: Measured, width: Emu) -> Measured:
    """A figure in the middle of a width, its legend from the picture's edge on."""
    legends = [element for element in measured.elements if isinstance(element, TextBox) and element.name == _LEGEND]
    others = [element for element in measured.elements if element not in legends]
    edges = (*(each.rect.right for each in others), *(widest(legend.paragraphs) for legend in legends))
    left = max(0, (width - max(edges)) // 2)
    narrowed = (
        replace(legend, rect=box(left, legend.rect.top, legend.rect.width - left, legend.rect.height))
        for legend in legends
    )
    return replace(measured, elements=(*shifted(tuple(others), left, 0), *narrowed))


def picture_area(measured: Measured) -> int:
    """How much of a slide the pictures take, in square EMU."""
    boxes = [element for element in measured.elements if isinstance(element, PictureBox)]
    return sum(int(element.rect.width) * int(element.rect.height) for element in boxes)


def is_tiny(shown: PictureBox, alone: PictureBox, piece: FigurePiece) -> bool:
    """Whether a picture, or its words, cannot be seen from afar, though they could be where it stands alone."""
    if shown.rect.height >= _NEARLY * alone.rect.height and shown.rect.width >= _NEARLY * alone.rect.width:
        return False
    if piece.words is not None:
        natural = max(1, int(max(shown.picture.width, 1) * _PIXEL))
        return piece.words * shown.rect.width / natural < _LEAST_WORDS
    least = _LEAST_PHOTOGRAPH if shown.picture.media_type == _OPAQUE else _LEAST_HEIGHT
    return shown.rect.height < least and not is_small(piece)


def pictures_of(measured: Measured) -> list[PictureBox]:
    """The figures' pictures in reading order."""
    return [element for element in measured.elements if isinstance(element, PictureBox) and element.name == _FIGURE]


def _legend(setter: Setter, piece: FigurePiece, width: Emu) -> Measured:
    if piece.legend is None:
        return Measured(height=Emu(0), elements=())
    return text_box(setter, (piece.legend,), width, 0, _LEGEND)


def _picture(setter: Setter, piece: FigurePiece, picture: Picture, width: Emu, room: Emu) -> Measured:
    """The picture as large as it may be; on dark slides, on a plate of the ground that it was drawn for."""
    pad = _PLATE_PAD if setter.theme.is_dark and picture.media_type != _OPAQUE else 0
    wide, high = max(picture.width, 1) * _PIXEL, max(picture.height, 1) * _PIXEL
    scale = min(max(width - 2 * pad, 1) / wide, max(room - 2 * pad, 1) / high)
    if picture.media_type != _VECTOR:
        scale = min(scale, _LARGEST)
    rect = box(pad, pad, max(1, int(wide * scale)), max(1, int(high * scale)))
    element = PictureBox(rect=rect, picture=picture, description=piece.description, name=_FIGURE)
    if not pad:
        return Measured(height=rect.height, elements=(element,))
    plate = box(0, 0, rect.width + 2 * pad, rect.height + 2 * pad)
    ground = ShapeBox(rect=plate, outline=Outline.RECTANGLE, fill=Colour.PICTURE, name="Plate")
    return Measured(height=plate.height, elements=(ground, element))


def _frame(setter: Setter, piece: FigurePiece, width: Emu, room: Emu) -> Measured:
    """A dashed frame with the sign of a picture in it, and below that the address of the one that is missing."""
    width = Emu(min(width, _FRAME_WIDTH))
    inner = Emu(width - 2 * _FRAME_INSET)
    text = text_box(setter, (piece.address,) if piece.address else (), inner, 0, "Address")
    least = text.height + 2 * _FRAME_INSET
    high = Emu(max(least, min(room, int(width / _FRAME_RATIO))))
    frame = ShapeBox(
        rect=box(0, 0, width, high),
        outline=Outline.RECTANGLE,
        fill=Colour.PANEL,
        stroke=_FRAME_STROKE,
        name="Missing picture",
        description=piece.description,
    )
    low = high - _FRAME_INSET - text.height
    spare = low - 2 * _FRAME_INSET
    side = min(_SIGN, spare)
    sign = _picture_sign((width - side * _SIGN_RATIO) / 2, _FRAME_INSET + (spare - side) / 2, side)
    shown = sign if side >= _LEAST_SIGN else ()
    return Measured(height=high, elements=(frame, *shown, *shifted(text.elements, _FRAME_INSET, low)))


def _picture_sign(left: float, top: float, high: float) -> tuple[ShapeBox, ...]:
    """A small landscape: a frame, a sun and two hills."""
    wide = high * _SIGN_RATIO

    def part(outline: Outline, x: float, y: float, width: float, height: float) -> ShapeBox:
        rect = box(round(left + x * wide), round(top + y * high), round(width * wide), round(height * high))
        return ShapeBox(rect=rect, outline=outline, fill=Colour.MUTED, name="Picture sign")

    card = box(round(left), round(top), round(wide), round(high))
    return (
        ShapeBox(rect=card, outline=Outline.RECTANGLE, fill=Colour.PAPER, stroke=_SIGN_STROKE, name="Picture sign"),
        part(Outline.ELLIPSE, 0.66, 0.16, 0.16, 0.16 * _SIGN_RATIO),
        part(Outline.TRIANGLE, 0.1, 0.34, 0.5, 0.56),
        part(Outline.TRIANGLE, 0.44, 0.54, 0.44, 0.36),
    )


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
