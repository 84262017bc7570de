"""Pictures of slides for the handout, drawn from the plan as vectors without a text layer.

`thumbnails` returns one image for each slide, to be given to WeasyPrint as its image cache (or as part of it), both
when laying out and when writing. The handout then places slide 7 with

    <img src="thumbnail:7" alt="Slide 7: Images and containers"/>

at any width; its height follows from the slide's proportions. Words are drawn as outlines, so that nothing on a
slide is text of the page: the alternative text alone says what is there. Colours are those of the theme given.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, TypeAlias, assert_never

from pipeline.model.fitted import Anchor, Element, PictureBox, ShapeBox, TableBox, TextBox
from pipeline.model.inlines import Picture
from pipeline.model.plan import Deck, Slide
from pipeline.theme import Colour, Theme
from pipeline.typeset import Typesetter
from pipeline.typeset.formulas import formula_picture
from pipeline.units import EMU_PER_INCH, Emu, Rect, Size
from pipeline.write.thumbnail_pictures import Pictures
from pipeline.write.thumbnail_shapes import Ground, filled, rectangle, rule, shape
from pipeline.write.thumbnail_text import Glyphs, TextPainter

SCHEME: Final = "thumbnail:"
_PIXELS_PER_INCH: Final = 96

_Part: TypeAlias = bytes | PictureBox


def thumbnails(deck: Deck, theme: Theme, typesetter: Typesetter, *, outlined: bool = False) -> dict[str, Thumbnail]:
    """One image for each slide of the deck by its address, `thumbnail:1` and so on. `outlined` ones have no fills."""
    glyphs, pictures, ground = Glyphs(), Pictures(), Ground(theme, outlined=outlined)
    return {
        f"{SCHEME}{slide.number}": Thumbnail(
            slide, deck.size, ground, TextPainter(ground.text_theme, typesetter, glyphs), pictures
        )
        for slide in deck.slides
    }


class Thumbnail:
    """One slide as an image that WeasyPrint draws: it asks for the size, then has it drawn as often as it stands."""

    def __init__(self, slide: Slide, size: Size, ground: Ground, painter: TextPainter, pictures: Pictures) -> None:
        self._slide = slide
        self._size = size
        self._ground = ground
        self._theme = ground.theme
        self._painter = painter
        self._pictures = pictures
        self._parts: tuple[_Part, ...] | None = None

    def get_intrinsic_size(self, _resolution: float, _font_size: float) -> tuple[float, float, float]:
        """The slide's width and height in CSS pixels, and their ratio."""
        width, height = (side / EMU_PER_INCH * _PIXELS_PER_INCH for side in (self._size.width, self._size.height))
        return width, height, width / height

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        """Draws the slide into a WeasyPrint stream, from the origin to so many CSS pixels right and down."""
        if self._parts is None:
            self._parts = tuple(self._drawn())
        with stream.stacked():
            stream.transform(a=width / self._size.width.points, d=height / self._size.height.points)
            for part in self._parts:
                if isinstance(part, bytes):
                    stream.stream.append(part)
                else:
                    self._draw_picture(part, stream, style)
        # WeasyPrint has no call for defining a form once and drawing it from several pages.
        self._painter.define(stream._resources["XObject"], compress=stream.compress)  # noqa: SLF001

    def _draw_picture(self, box: PictureBox, stream: Any, style: Any) -> None:
        rect = box.rect
        on_paper = abs(rect.width.points * stream.ctm[0][0])
        image = self._pictures.image(self._picture(box), on_paper)
        if image is None:
            frame = rectangle(rect.left.points, rect.top.points, rect.width.points, rect.height.points)
            stream.stream.append(filled(frame, self._theme.colours[Colour.PANEL]))
            return
        with stream.stacked():
            stream.transform(e=rect.left.points, f=rect.top.points)
            image.draw(stream, rect.width.points, rect.height.points, style)

    def _picture(self, box: PictureBox) -> Picture:
        """The picture of a box; a formula in the ink of this ground."""
        if box.formula is None:
            return box.picture
        ink = self._theme.colours[Colour.INK]
        return formula_picture(box.formula, f"#{ink}", box.picture.height / box.formula.height)

    def _drawn(self) -> Iterator[_Part]:
        paper = rectangle(0, 0, self._size.width.points, self._size.height.points)
        yield b"%b W n" % paper
        yield filled(paper, self._theme.colours[Colour.PAPER])
        for element in self._slide.elements:
            yield from self._element(element)

    def _element(self, element: Element) -> Iterator[_Part]:
        match element:
            case TextBox():
                yield from self._painter.paragraphs(
                    element.paragraphs, _inside(element.rect, element.inset, element.inset), element.anchor
                )
            case ShapeBox():
                yield from shape(element, self._ground)
            case PictureBox():
                yield element
            case TableBox():
                yield from self._table(element)
            case _:
                assert_never(element)

    def _table(self, table: TableBox) -> Iterator[_Part]:
        top = table.rect.top
        for row in table.rows:
            left = table.rect.left
            for cell, width in zip(row.cells, table.widths, strict=True):
                room = Rect(left=left, top=top, width=width, height=row.height)
                if cell.fill is not None:
                    area = rectangle(left.points, top.points, width.points, row.height.points)
                    yield self._ground.area(area, cell.fill)
                yield from self._painter.paragraphs(cell.paragraphs, _inside(room, cell.inset, Emu(0)), Anchor.MIDDLE)
                left += width
            top += row.height
        yield from self._rules(table)

    def _rules(self, table: TableBox) -> Iterator[_Part]:
        """The rules under the rows, over the fills of the rows below."""
        bottom = table.rect.top
        for row in table.rows:
            bottom += row.height
            if row.rule is not None:
                yield rule(table.rect.left.points, bottom.points, table.rect.right.points, row.rule, self._theme)


def _inside(rect: Rect, across: Emu, down: Emu) -> Rect:
    """A rectangle without its insets."""
    return Rect.from_edges(rect.left + across, rect.top + down, rect.right - across, rect.bottom - down)
