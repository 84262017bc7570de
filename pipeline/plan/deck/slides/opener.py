"""A slide that opens a part: its title large, and what it holds."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.model.fitted import Element, FittedParagraph, Role, Run, TextAlign, TextBox
from pipeline.model.text import numbers_itself
from pipeline.plan.deck.layouts.space import box
from pipeline.plan.deck.runs import text_of
from pipeline.plan.deck.setting import Setter, height, shortened
from pipeline.plan.deck.slides.company import OpenerEntry, company_opener
from pipeline.plan.deck.slides.cover import slide_ground
from pipeline.theme import Colour
from pipeline.units import Emu, Pt

_MIDDLE = 0.5
_GAP = Emu.from_inches(0.3)
_SCALES = (0.815, 0.63, 0.52, 0.42)
_LINES = 3
_ITEM_GAP = Pt.from_points(8)


def opener_elements(
    setter: Setter, title: tuple[Run, ...], number: int | None, entries: Sequence[OpenerEntry], language: str
) -> tuple[Element, ...]:
    """The title with its last line on the slide's middle, the part's topics below as far as there is room."""
    if setter.theme.company:
        return company_opener(setter, setter.theme.company.frames, title, entries)
    grid = setter.theme.grid
    width = grid.body_width
    fitted = _title(setter, title, width)
    low = height((fitted,))
    # What stands below needs room: a title alone stands in the middle, one with a long list higher.
    listed = _entries(setter, entries, width, Emu(grid.footer_top - grid.title_bottom - low - 2 * _GAP))
    rest = height(listed)
    middle = round(grid.height * _MIDDLE)
    bottom = min(middle, grid.footer_top - _GAP - rest - _GAP) if listed else middle + low // 2
    top = max(int(grid.title_top), bottom - low)
    elements: list[Element] = [
        slide_ground(setter, Colour.PANEL),
        TextBox(rect=box(grid.left, top, width, low), paragraphs=(fitted,), role=Role.TITLE, name="Title"),
    ]
    if number is not None and not numbers_itself(text_of(title)):
        elements.append(_number(setter, number, fitted, top, language))
    y = top + low + _GAP
    for entry in listed:
        y += entry.before.emu
        # A box for each, since a link on a whole box needs no line under its text.
        alone = (replace(entry, before=Pt(0)),)
        elements.append(TextBox(rect=box(grid.left, y, width, height(alone)), paragraphs=alone, name="Topic"))
        y += height(alone)
    return tuple(elements)


def _title(setter: Setter, runs: tuple[Run, ...], width: Emu) -> FittedParagraph:
    bold = setter.headed(runs)
    fitted = setter.fit(bold, setter.theme.type.title, width)
    for scale in _SCALES:
        fitted = setter.fit(bold, Pt(round(setter.theme.type.cover * scale / 100) * 100), width)
        if len(fitted.lines) <= _LINES:
            break
    return shortened(fitted, Emu(setter.theme.grid.height // 2 - setter.theme.grid.title_top))


def _number(setter: Setter, number: int, title: FittedParagraph, top: int, language: str) -> TextBox:
    right = setter.theme.grid.number_right
    run = Run(text=str(number), colour=Colour.MUTED, language=language)
    fitted = replace(setter.fit((run,), title.size, right, align=TextAlign.END), leading=title.leading)
    return TextBox(rect=box(0, top, right, height((fitted,))), paragraphs=(fitted,), name="Section number")


def _entries(setter: Setter, entries: Sequence[OpenerEntry], width: Emu, room: Emu) -> tuple[FittedParagraph, ...]:
    """The topics at the first size at which all have room; none where even the smallest is too large."""
    for size in setter.theme.type.body[1:]:
        fitted = tuple(
            replace(
                setter.fit(
                    tuple(replace(run, link=entry.jump, underline=False, colour=Colour.MUTED) for run in entry.title),
                    size,
                    width,
                ),
                before=_ITEM_GAP if at else Pt(0),
            )
            for at, entry in enumerate(entries)
        )
        if height(fitted) <= room:
            return fitted
    return ()
