"""Covers, openers, titles and feet in the places of a company's template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.fitted import Anchor, Element, FittedParagraph, Jump, Role, Run, TextAlign, TextBox
from pipeline.plan.deck.layouts.space import box
from pipeline.plan.deck.runs import text_of
from pipeline.plan.deck.setting import Setter, height, shortened
from pipeline.theme import Colour, Frames, Place
from pipeline.units import Emu, Pt

_GAP = Emu.from_inches(0.15)
_STEP = Pt.from_points(2)
_SMALLEST_TITLE = Pt.from_points(18)
_SMALLER = 0.75
_SMALLEST_TEXT = Pt.from_points(12)
_ENTRY_GAP = Pt.from_points(8)
_BYLINE_SHARE = 0.4
"""How much of the place below a title those who speak may take."""


class CoverText(Struct, frozen=True, kw_only=True):
    """What stands on a cover."""

    title: tuple[Run, ...]
    subtitle: tuple[Run, ...]
    byline: str
    language: str


class OpenerEntry(Struct, frozen=True, kw_only=True):
    """A topic of the part."""

    title: tuple[Run, ...]
    jump: Jump | None


def coloured(runs: tuple[Run, ...], colour: Colour) -> tuple[Run, ...]:
    """The runs in one colour."""
    return tuple(replace(run, colour=colour) for run in runs)


def company_cover(setter: Setter, frames: Frames, text: CoverText) -> tuple[Element, ...]:
    """A template's cover: the title in its place; the subtitle, and below it those who speak, in the other."""
    title = placed_title(setter, text.title, frames.cover_title, setter.theme.type.cover)
    place = frames.cover_text
    room = place.rect.height
    byline = (Run(text=text.byline, colour=place.colour, language=text.language),) if text.byline else ()
    low = _fitted(setter, byline, place, setter.theme.type.address, Emu(round(room * _BYLINE_SHARE)))
    used = height((low,)) + _GAP if low else Emu(0)
    runs = coloured(text.subtitle, place.colour)
    high = _fitted(setter, runs, place, setter.theme.type.cover_small, Emu(room - used))
    whole = (height((high,)) if high else 0) + (height((low,)) if low else 0) + (_GAP if high and low else 0)
    top = place.rect.top + _spare(place, room - whole)
    elements: list[Element] = [title]
    for paragraph, role, name in ((high, Role.SUBTITLE, "Subtitle"), (low, Role.NONE, "Author and date")):
        if paragraph:
            rect = box(place.rect.left, top, place.rect.width, height((paragraph,)))
            elements.append(TextBox(rect=rect, paragraphs=(paragraph,), role=role, name=name))
            top += height((paragraph,)) + _GAP
    return tuple(elements)


def company_opener(
    setter: Setter, frames: Frames, title: tuple[Run, ...], entries: Sequence[OpenerEntry]
) -> tuple[Element, ...]:
    """The opening of a part in a template's places: the title, and what it holds as far as there is room."""
    place = frames.part_text
    heading = placed_title(setter, title, frames.part_title, min(frames.part_title.size, setter.theme.type.cover))
    listed = _entries(setter, entries, place)
    return (heading, *_below_each_other(listed, place))


def placed_title(setter: Setter, runs: tuple[Run, ...], place: Place, size: Pt) -> TextBox:
    """A title that fills its place, at the largest size at which it does and breaks no word."""
    fitted = fitted_title(setter, runs, place, size)
    return TextBox(rect=place.rect, paragraphs=(fitted,), role=Role.TITLE, name="Title", anchor=Anchor(place.anchor))


def fitted_title(setter: Setter, runs: tuple[Run, ...], place: Place, largest: Pt) -> FittedParagraph:
    """A title set for its place; one that is too long even in small type is cut."""
    headed = setter.headed(coloured(runs, place.colour), bold=place.bold)
    align = TextAlign(place.align)
    fitted = None
    # A title somewhat smaller on one line looks better than one on two.
    for size in range(largest, round(largest * _SMALLER), -_STEP):
        fitted = setter.fit(headed, Pt(size), place.rect.width, align=align)
        if len(fitted.lines) == 1 and height((fitted,)) <= place.rect.height:
            return fitted
    for size in range(largest, _SMALLEST_TITLE - 1, -_STEP):
        fitted = setter.fit(headed, Pt(size), place.rect.width, align=align)
        if height((fitted,)) <= place.rect.height and not breaks_words(fitted):
            return fitted
    fitted = fitted or setter.fit(headed, largest, place.rect.width, align=align)
    return shortened(fitted, place.rect.height)


def breaks_words(fitted: FittedParagraph) -> bool:
    """Whether a line ends within a word."""
    texts = [text_of(line.runs) for line in fitted.lines]
    return any(
        text and not text[-1].isspace() and text[-1].isascii() and text[-1].isalnum() and following[:1].isalnum()
        for text, following in pairwise(texts)
    )


def _fitted(setter: Setter, runs: tuple[Run, ...], place: Place, largest: Pt, room: Emu) -> FittedParagraph | None:
    """Text below a title, at the first size at which it has room."""
    if not runs:
        return None
    align = TextAlign(place.align)
    fitted = setter.fit(runs, largest, place.rect.width, align=align)
    for size in range(largest, _SMALLEST_TEXT - 1, -_STEP):
        fitted = setter.fit(runs, Pt(size), place.rect.width, factor=setter.theme.leading.body, align=align)
        if height((fitted,)) <= room:
            return fitted
    return shortened(fitted, room)


def _spare(place: Place, spare: int) -> int:
    """How far below the top of its place text begins."""
    return max(0, {Anchor.TOP: 0, Anchor.MIDDLE: spare // 2, Anchor.BOTTOM: spare}[Anchor(place.anchor)])


def _entries(setter: Setter, entries: Sequence[OpenerEntry], place: Place) -> tuple[FittedParagraph, ...]:
    """The topics at the first size at which all have room; none where even the smallest is too large."""
    for size in setter.theme.type.body[1:]:
        fitted = tuple(
            replace(
                setter.fit(
                    tuple(replace(run, link=entry.jump, underline=False, colour=place.colour) for run in entry.title),
                    size,
                    place.rect.width,
                    align=TextAlign(place.align),
                ),
                before=_ENTRY_GAP if at else Pt(0),
            )
            for at, entry in enumerate(entries)
        )
        if height(fitted) <= place.rect.height:
            return fitted
    return ()


def _below_each_other(paragraphs: Sequence[FittedParagraph], place: Place) -> Iterator[TextBox]:
    """A box for each, since a link on a whole box needs no line under its text."""
    top = place.rect.top + _spare(place, place.rect.height - height(tuple(paragraphs)))
    for paragraph in paragraphs:
        top += paragraph.before.emu
        alone = (replace(paragraph, before=Pt(0)),)
        yield TextBox(rect=box(place.rect.left, top, place.rect.width, height(alone)), paragraphs=alone, name="Topic")
        top += height(alone)
