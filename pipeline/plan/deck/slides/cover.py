"""The first slide: title, what it is about, who says it, and the marks of what is compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from pipeline.model.fitted import Anchor, Element, FittedParagraph, Outline, Role, Run, ShapeBox, TextAlign, TextBox
from pipeline.model.plan import Subject
from pipeline.plan.deck.layouts.contrast import MARKS, Mark
from pipeline.plan.deck.layouts.space import box
from pipeline.plan.deck.runs import text_of
from pipeline.plan.deck.setting import Setter, height, shortened
from pipeline.plan.deck.slides.company import CoverText, breaks_words, coloured, company_cover
from pipeline.theme import Colour
from pipeline.typeset import east_asian
from pipeline.units import Emu, Pt

_CELL = Emu.from_inches(2.875)
_MIDDLE = Emu.from_inches(3.6875)
"""Where the marks of two subjects meet, and the title's last line stands."""
_GAP = Emu.from_inches(0.2)
_MARK_GAP = Emu.from_inches(0.2)
_SUBTITLE_WIDTH = Emu.from_inches(9)
_LETTER = Pt.from_points(66)
_NAME_SIZES = tuple(Pt.from_points(size) for size in (24, 20, 18, 16, 14, 12))
_NAME_LINES = 2
_STRAIGHT = 0.88
_ROUND = 0.68
"""How much of a shape's width its name may take where the sides are not straight."""
_TITLE_LINES = 3
_SMALLER = (1.0, 0.815, 0.63, 0.52, 0.42)
_A_LITTLE_SMALLER = (0.95, 0.9)
"""A title is so much smaller where that spares it a line."""
_GRID_OF_FOUR = 4


class _Inks(Struct, frozen=True, kw_only=True):
    """The colours of a cover's text: the title's, and that of what stands round it."""

    title: Colour
    rest: Colour


_ON_PAPER = _Inks(title=Colour.INK, rest=Colour.MUTED)
_ON_INK = _Inks(title=Colour.PAPER, rest=Colour.RULE)


def slide_ground(setter: Setter, colour: Colour) -> ShapeBox:
    """The colour of a whole slide, under all that stands on it."""
    grid = setter.theme.grid
    rect = box(0, 0, grid.width, grid.height)
    return ShapeBox(rect=rect, outline=Outline.RECTANGLE, fill=colour, name="Ground")


def cover_elements(setter: Setter, text: CoverText, subjects: Sequence[Subject]) -> tuple[Element, ...]:
    """The cover: the title's last line stands on the slide's middle, the rest hangs below it."""
    if setter.theme.company:
        return company_cover(setter, setter.theme.company.frames, text)
    grid = setter.theme.grid
    full = grid.body_width
    marks = tuple(_marks(setter, subjects, text.language)) if subjects else ()
    width = Emu(full - 2 * grid.across(_CELL) - _MARK_GAP) if marks else full
    # Without marks, which are the cover's colour, it stands on a ground of ink.
    inks = _ON_PAPER if marks else _ON_INK
    title, measure = _title(setter, coloured(text.title, inks.title), width, Emu(_MIDDLE - grid.title_top))
    top = Emu(max(grid.title_top, _MIDDLE - height((title,))))
    ground = () if marks else (slide_ground(setter, Colour.INK),)
    elements: list[Element] = [
        *ground,
        TextBox(
            rect=box(grid.left, top, measure, height((title,))), paragraphs=(title,), role=Role.TITLE, name="Title"
        ),
    ]
    below = Emu(top + height((title,)) + _GAP)
    byline = _byline(setter, text, width, inks.rest)
    floor = byline[0].rect.top - _GAP if byline else grid.footer_bottom
    elements.extend(
        _subtitle(setter, coloured(text.subtitle, inks.rest), Emu(min(width, _SUBTITLE_WIDTH)), below, Emu(floor))
    )
    return (*elements, *byline, *marks)


def _title(setter: Setter, runs: tuple[Run, ...], width: Emu, room: Emu) -> tuple[FittedParagraph, Emu]:
    """The title at the largest size that needs few lines, these about equally long, and the width that they take."""
    bold = setter.headed(runs)
    fitted = None
    for factor in _SMALLER:
        size = Pt(round(setter.theme.type.cover * factor / 100) * 100)
        fitted = setter.fit(bold, size, width)
        broken = breaks_words(fitted)
        if len(fitted.lines) <= _TITLE_LINES and height((fitted,)) <= room and not broken:
            break
    if fitted is None:
        raise AssertionError(_SMALLER)
    little = (setter.fit(bold, Pt(round(fitted.size * factor / 100) * 100), width) for factor in _A_LITTLE_SMALLER)
    fitted = next((smaller for smaller in little if len(smaller.lines) < len(fitted.lines)), fitted)
    balanced, measure = setter.balanced(bold, fitted.size, width)
    # Chinese and Japanese may break within words: the fewer letters a line holds, the more often.
    if breaks_words(balanced) or east_asian(text_of(bold)):
        return shortened(fitted, room), width
    return shortened(balanced, room), measure


def _subtitle(setter: Setter, runs: tuple[Run, ...], width: Emu, top: Emu, floor: Emu) -> Iterator[TextBox]:
    """The subtitle at the first size at which it fits."""
    if not runs:
        return
    sizes = (setter.theme.type.cover_small, *setter.theme.type.body[-2:], setter.theme.type.legend)
    for size in sizes:
        fitted, measure = setter.balanced(runs, size, width, setter.theme.leading.callout)
        if top + height((fitted,)) <= floor:
            break
    fitted = shortened(fitted, Emu(floor - top))
    yield TextBox(
        rect=box(setter.theme.grid.left, top, measure, height((fitted,))),
        paragraphs=(fitted,),
        role=Role.SUBTITLE,
        name="Subtitle",
    )


def _byline(setter: Setter, text: CoverText, width: Emu, colour: Colour) -> tuple[TextBox, ...]:
    """Who and when, at the foot."""
    if not text.byline:
        return ()
    grid = setter.theme.grid
    run = Run(text=text.byline, colour=colour, language=text.language)
    for size in (setter.theme.type.address, setter.theme.type.legend, setter.theme.type.footer):
        fitted = setter.fit((run,), size, width)
        if len(fitted.lines) <= _NAME_LINES:
            break
    fitted = shortened(fitted, Emu(fitted.leading.emu * _NAME_LINES))
    rect = box(grid.left, grid.footer_bottom - height((fitted,)), width, height((fitted,)))
    return (TextBox(rect=rect, paragraphs=(fitted,), name="Author and date", anchor=Anchor.BOTTOM),)


def _marks(setter: Setter, subjects: Sequence[Subject], language: str) -> Iterator[Element]:
    """The subjects' marks on a grid: two on its diagonal, up to four in its corners, five in three columns."""
    grid = setter.theme.grid
    cell = grid.across(_CELL)
    left = grid.width - grid.right - 2 * cell
    for subject, mark, (x, y, side) in zip(subjects, MARKS, _places(len(subjects), cell), strict=False):
        yield from _mark(setter, subject, mark, (left + x, _MIDDLE - cell + y, side), language)


def _places(count: int, cell: Emu) -> tuple[tuple[int, int, int], ...]:
    """Left, top and side of each mark, from the grid's corner."""
    if count == len(("A", "B")):
        return (0, 0, cell), (cell, cell, cell)
    columns = 2 if count <= _GRID_OF_FOUR else 3
    pitch = 2 * cell // columns
    side = pitch - _GAP
    return tuple((at % columns * pitch, at // columns * pitch, side) for at in range(count))


def _mark(
    setter: Setter, subject: Subject, mark: Mark, place: tuple[int, int, int], language: str
) -> Iterator[Element]:
    left, top, side = place
    yield ShapeBox(rect=box(left, top, side, side), outline=mark.outline, fill=mark.colour, name=f"Mark {mark.letter}")
    width = Emu(round(side * (_STRAIGHT if mark.outline is Outline.RECTANGLE else _ROUND)))
    letter = Run(text=mark.letter, bold=True, colour=Colour.ON_SUBJECT, language=language)
    size = Pt(round(_LETTER * side / _CELL / 100) * 100)
    paragraphs = (
        setter.fit((letter,), size, width, align=TextAlign.CENTRE),
        _name(setter, subject.name, width, language),
    )
    high = height(paragraphs)
    inset = (side - width) // 2
    yield TextBox(
        rect=box(left + inset, top + (side - high) // 2, width, high),
        paragraphs=paragraphs,
        anchor=Anchor.MIDDLE,
        name=f"Subject {mark.letter}",
    )


def _name(setter: Setter, name: str, width: Emu, language: str) -> FittedParagraph:
    run = Run(text=name, colour=Colour.ON_SUBJECT, language=language)
    fits = [setter.fit((run,), size, width, align=TextAlign.CENTRE) for size in _NAME_SIZES]
    large = [fitted for fitted in fits if fitted.size >= setter.theme.type.body[-1] and len(fitted.lines) == 1]
    wrapped = [fitted for fitted in fits if len(fitted.lines) <= _NAME_LINES and not breaks_words(fitted)]
    return (*large, *wrapped, shortened(fits[-1], Emu(fits[-1].leading.emu * _NAME_LINES)))[0]
