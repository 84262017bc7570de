"""The numbered references: text, short address, and the slides that name it; each a link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pipeline.labels import Labels
from pipeline.model.fitted import Element, FittedParagraph, Outline, Run, ShapeBox, Stroke, TextAlign, TextBox
from pipeline.model.plan import Reference
from pipeline.plan.deck.layouts.space import box, shifted
from pipeline.plan.deck.setting import Setter, height, shortened
from pipeline.plan.references import short_address
from pipeline.theme import Colour
from pipeline.units import Emu, Pt, Rect

_COLUMN_GAP = Emu.from_inches(0.5)
_RULE = Stroke(colour=Colour.RULE, width=Emu.from_points(1))
_NUMBER_EMS = 1.5
_NUMBER_DIGIT = 0.56
_SLIDE_WIDTH = Emu.from_inches(1.6)
_MOST_SLIDES = 3
_GAP_EMS = 0.75
_MOST_LINES, _TEXT_LINES = 4, 8
LONGEST_TEXT = 240
"""Longer texts are cut."""


class _Mode(Struct, frozen=True, kw_only=True):
    """How references are set: their size, the address's, and in how many columns."""

    size: Pt
    address: Pt
    columns: int


class _Row(Struct, frozen=True, kw_only=True):
    """A reference, or a head between them, set for a column; `elements` stand at the origin."""

    elements: tuple[Element, ...]
    height: int
    gap: int


class ReferenceList(Struct, frozen=True, kw_only=True):
    """Lays out references in one theme and language."""

    setter: Setter
    labels: Labels
    language: str

    def bodies(self, references: Sequence[Reference], body: Rect) -> tuple[tuple[Element, ...], ...]:
        """The bodies of as few slides as the references need, in the largest type that takes no more."""
        fewest: tuple[tuple[Element, ...], ...] = ()
        for mode in self._modes():
            bodies = tuple(self._bodies_in(mode, references, body))
            if not fewest or len(bodies) < len(fewest):
                fewest = bodies
            if len(fewest) <= 1:
                break
        return fewest

    def _bodies_in(self, mode: _Mode, references: Sequence[Reference], body: Rect) -> Iterator[tuple[Element, ...]]:
        width = self._column(body, mode)
        columns = list(_columns(list(self._rows(references, width, mode)), body.height))
        for at in range(0, len(columns), mode.columns):
            yield tuple(self._placed(columns[at : at + mode.columns], body, width))

    def _modes(self) -> tuple[_Mode, ...]:
        type_ = self.setter.theme.type
        return (
            _Mode(size=type_.body[0], address=type_.address, columns=1),
            *(_Mode(size=size, address=type_.legend, columns=1) for size in type_.body[1:]),
            _Mode(size=type_.body[-1], address=type_.legend, columns=2),
            _Mode(size=type_.legend, address=type_.footer, columns=2),
        )

    def _column(self, body: Rect, mode: _Mode) -> Emu:
        return Emu((body.width - _COLUMN_GAP * (mode.columns - 1)) // mode.columns)

    def _rows(self, references: Sequence[Reference], width: Emu, mode: _Mode) -> Iterator[_Row]:
        listed = any(reference.listed for reference in references)
        for before, reference in zip((None, *references), references, strict=False):
            if listed and not reference.listed and (before is None or before.listed):
                yield self._head(width, mode, ruled=before is not None)
            yield self._row(reference, width, mode)

    def _head(self, width: Emu, mode: _Mode, *, ruled: bool) -> _Row:
        run = Run(text=self.labels.linked, bold=True, colour=Colour.MUTED, language=self.language)
        fitted = self.setter.fit((run,), mode.address, width)
        space = mode.size.emu // 2
        text = TextBox(rect=box(0, space, width, height((fitted,))), paragraphs=(fitted,), name="Head")
        rule = ShapeBox(rect=box(0, 0, width, 0), outline=Outline.LINE, stroke=_RULE, name="Rule")
        elements: tuple[Element, ...] = (rule, text) if ruled else (text,)
        return _Row(elements=elements, height=space + height((fitted,)), gap=space)

    def _row(self, reference: Reference, width: Emu, mode: _Mode) -> _Row:
        left = round(mode.size.emu * (_NUMBER_EMS + _NUMBER_DIGIT * max(0, len(str(reference.number)) - 1)))
        slides = self._slides(reference, mode)
        # Room is left for the slides' numbers before they are known, so that numbering moves nothing.
        room = Emu(width - left - (0 if reference.listed else _SLIDE_WIDTH))
        paragraphs = tuple(self._paragraphs(reference, room, mode))
        number = Run(text=str(reference.number), colour=Colour.MUTED, language=self.language)
        fitted = replace(self.setter.fit((number,), mode.size, Emu(left)), leading=paragraphs[0].leading)
        high = height(paragraphs)
        elements: list[Element] = [
            TextBox(rect=box(0, 0, left, height((fitted,))), paragraphs=(fitted,), name="Number"),
            TextBox(rect=box(left, 0, room, high), paragraphs=paragraphs, name="Reference"),
        ]
        if slides:
            shown = replace(slides, leading=Pt(max(paragraphs[0].leading, slides.leading)))
            rect = box(width - _SLIDE_WIDTH, 0, _SLIDE_WIDTH, height((shown,)))
            elements.append(TextBox(rect=rect, paragraphs=(shown,), name="Slide"))
        return _Row(elements=tuple(elements), height=high, gap=round(mode.size.emu * _GAP_EMS))

    def _paragraphs(self, reference: Reference, width: Emu, mode: _Mode) -> Iterator[FittedParagraph]:
        """The text, and the address below it, which is the link: the text needs no line under it."""
        address = short_address(reference.target.url)
        linked = Run(text=address, colour=Colour.MUTED, link=reference.target, language=self.language)
        if address == reference.text:
            yield self._short(replace(linked, colour=Colour.INK, bold=True), mode.size, width)
            return
        text = Run(text=reference.text, bold=True, language=self.language)
        yield self._short(text, mode.size, width, _TEXT_LINES)
        yield self._short(linked, mode.address, width)

    def _short(self, run: Run, size: Pt, width: Emu, lines: int = _MOST_LINES) -> FittedParagraph:
        """A text in a few lines: what is longer than that stands whole where the page says it."""
        fitted = self.setter.fit((replace(run, text=run.text[:LONGEST_TEXT]),), size, width)
        return shortened(fitted, Emu(fitted.leading.emu * lines))

    def _slides(self, reference: Reference, mode: _Mode) -> FittedParagraph | None:
        """The slides that name a reference which the page does not list itself: as many as have room in a line."""
        if reference.listed or not reference.slides:
            return None
        *several, one = (self._first_slides(reference, most, mode) for most in range(_MOST_SLIDES, 0, -1))
        return next((fitted for fitted in several if len(fitted.lines) == 1), one)

    def _first_slides(self, reference: Reference, most: int, mode: _Mode) -> FittedParagraph:
        numbers = ", ".join(map(str, reference.slides[:most]))
        more = "…" if len(reference.slides) > most else ""
        run = Run(text=f"{self.labels.slide} {numbers}{more}", colour=Colour.MUTED, language=self.language)
        return self.setter.fit((run,), mode.address, _SLIDE_WIDTH, align=TextAlign.END)

    def _placed(self, columns: Sequence[Sequence[_Row]], body: Rect, width: Emu) -> Iterator[Element]:
        for at, column in enumerate(columns):
            top = int(body.top)
            for row in column:
                yield from shifted(row.elements, body.left + at * (width + _COLUMN_GAP), top)
                top += row.height + row.gap


def _columns(rows: Sequence[_Row], limit: int) -> Iterator[list[_Row]]:
    column: list[_Row] = []
    used = 0
    for row in rows:
        if column and used + row.height > limit:
            yield column
            column, used = [], 0
        column.append(row)
        used += row.height + row.gap
    if column:
        yield column
