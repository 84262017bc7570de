"""What stands round a slide's body: title, section number, footer and slide number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.fitted import Anchor, Element, FittedParagraph, Role, Run, TextAlign, TextBox
from pipeline.model.text import numbers_itself
from pipeline.plan.deck.layouts.space import box
from pipeline.plan.deck.runs import text_of
from pipeline.plan.deck.setting import Setter, height, shortened
from pipeline.plan.deck.slides.company import coloured, fitted_title
from pipeline.theme import Colour, Frames, Place
from pipeline.typeset import has_right_to_left, reads_from_the_right
from pipeline.units import Emu, Pt, Rect

_WIDEST_PART = "88/88"
_PART_SPACE = "\u2002"
_FROM_LEFT, _FROM_RIGHT = "\u200e", "\u200f"
"""Marks that keep a number behind a title which reads the other way, and the title's signs within it."""
_A_PART = "8/8"
_TITLE_STEP = Pt.from_points(2)
_TITLE_LINES = 2
_FOOTER_WIDTH = 0.8
_ELLIPSIS = "…"
_HIGHEST_TITLE = Emu.from_inches(2.2)
_SMALLEST_TITLE = Pt.from_points(18)


def title_size(setter: Setter, titles: Sequence[str]) -> Pt:
    """The largest size at which all titles stand on one line, those apart that need two lines in any case."""
    type_, company = setter.theme.type, setter.theme.company
    room = company.frames.title.rect.width if company else setter.theme.grid.body_width

    def fits(title: str, size: Pt) -> bool:
        return len(setter.fit(setter.headed((Run(text=f"{title}{_PART_SPACE}{_A_PART}"),)), size, room).lines) == 1

    short = [title for title in titles if fits(title, type_.head)]
    sizes = range(type_.title, type_.head, -_TITLE_STEP)
    return next((Pt(size) for size in sizes if all(fits(title, Pt(size)) for title in short)), type_.head)


class Framer(Struct, frozen=True, kw_only=True):
    """Draws the frames of one deck's slides; `size` is that of titles on one line."""

    setter: Setter
    language: str
    footer: str
    size: Pt

    def title(self, runs: tuple[Run, ...], part: tuple[int, int] | None, number: int | None) -> tuple[TextBox, ...]:
        """The title, with its part behind it, and the section's number in the margin."""
        grid = self.setter.theme.grid
        if self.setter.theme.company:
            return (self._placed(runs, part, self.setter.theme.company.frames.title),)
        fitted = self._fit_title(runs, part)
        top, anchor = grid.title_top, Anchor.MIDDLE
        room = grid.title_bottom - grid.title_top
        if len(fitted.lines) > 1:
            anchor = Anchor.TOP
        high = max(height((fitted,)), int(room))
        title = TextBox(
            rect=box(grid.left, top, self.width, high),
            paragraphs=(fitted,),
            role=Role.TITLE,
            name="Title",
            anchor=anchor,
        )
        if number is None or numbers_itself(text_of(runs)):
            return (title,)
        return (title, self._number_box(number, fitted, Emu(high) if anchor is Anchor.MIDDLE else None))

    def _placed(self, runs: tuple[Run, ...], part: tuple[int, int] | None, place: Place) -> TextBox:
        """The title in its place on a company's template."""
        fitted = self._fit_in(runs, part, place)
        return TextBox(
            rect=place.rect, paragraphs=(fitted,), role=Role.TITLE, name="Title", anchor=Anchor(place.anchor)
        )

    def _fit_in(self, runs: tuple[Run, ...], part: tuple[int, int] | None, place: Place) -> FittedParagraph:
        """The title for its place: at the deck's size on one line, else smaller."""
        counted = (
            *coloured(self._turned(runs, part), place.colour),
            *(replace(run, colour=place.colour, size=None) for run in self._part(part)),
        )
        return fitted_title(self.setter, counted, place, self.size)

    def _number_box(self, number: int, title: FittedParagraph, high: Emu | None) -> TextBox:
        grid = self.setter.theme.grid
        run = Run(text=str(number), colour=Colour.MUTED, language=self.language)
        paragraph = self.setter.fit((run,), title.size, grid.number_right, align=TextAlign.END)
        paragraph = replace(paragraph, leading=title.leading)
        return TextBox(
            rect=box(0, grid.title_top, grid.number_right, high or height((paragraph,))),
            paragraphs=(paragraph,),
            name="Section number",
            anchor=Anchor.MIDDLE if high else Anchor.TOP,
        )

    @property
    def width(self) -> Emu:
        """The width of title and body."""
        return self.setter.theme.grid.body_width

    def body(self, title: tuple[Run, ...]) -> Rect:
        """The room below a title, whatever part number it may get."""
        grid = self.setter.theme.grid
        if self.setter.theme.company:
            return Rect.from_edges(grid.left, grid.body_top, grid.width - grid.right, grid.body_bottom)
        fitted = self._fit_title(title, (88, 88))
        below = grid.title_top + height((fitted,)) + Pt.from_points(10).emu
        top = max(grid.body_top, below)
        return Rect.from_edges(grid.left, top, grid.width - grid.right, grid.body_bottom)

    def _fit_title(self, runs: tuple[Run, ...], part: tuple[int, int] | None) -> FittedParagraph:
        """The title at the first size at which it has one line, else two; a longer one is set small."""
        type_, company = self.setter.theme.type, self.setter.theme.company
        if company:
            return self._fit_in(runs, part, company.frames.title)
        counted = (*self.setter.headed(self._turned(runs, part)), *self._part(part))
        factor = self.setter.theme.leading.head
        for size, lines in ((self.size, 1), (type_.head, _TITLE_LINES), (type_.part, _TITLE_LINES)):
            fitted = self.setter.fit(counted, size, self.width, factor=factor)
            if len(fitted.lines) <= lines:
                return fitted
        return shortened(self.setter.fit(counted, _SMALLEST_TITLE, self.width, factor=factor), _HIGHEST_TITLE)

    def cuts(self, runs: tuple[Run, ...]) -> bool:
        """Whether a title is too long to stand whole above a body."""
        fitted = self._fit_title(runs, None)
        return sum(len(text_of(line.runs)) for line in fitted.lines) < len(text_of(runs).replace("\n", ""))

    def _turned(self, runs: tuple[Run, ...], part: tuple[int, int] | None) -> tuple[Run, ...]:
        """A title from the left before a number from the right, with marks of its own direction at its ends."""
        if part is None or not runs or not reads_from_the_right(self.language) or has_right_to_left(text_of(runs)):
            return runs
        first = replace(runs[0], text=f"{_FROM_RIGHT}{_FROM_LEFT}{runs[0].text}")
        marked = (first, *runs[1:])
        return (*marked[:-1], replace(marked[-1], text=f"{marked[-1].text}{_FROM_LEFT}"))

    def _part(self, part: tuple[int, int] | None) -> Iterator[Run]:
        if part is not None:
            size = self.setter.theme.type.part
            mark = _FROM_RIGHT if reads_from_the_right(self.language) else ""
            text = f"{mark}{_PART_SPACE}{part[0]}/{part[1]}"
            yield Run(text=text, size=size, colour=Colour.MUTED, language=self.language)

    def foot(self, number: int, count: int) -> tuple[Element, ...]:
        """The deck's title and the slide's number, at the foot."""
        grid = self.setter.theme.grid
        if self.setter.theme.company:
            return tuple(self._placed_foot(number, self.setter.theme.company.frames))
        size = self.setter.theme.type.footer
        high = grid.footer_bottom - grid.footer_top
        wide = Emu(round(self.width * _FOOTER_WIDTH))
        text = self.setter.fit((self._footer_run(wide),), size, wide)
        runs = (
            Run(text=str(number), bold=True, language=self.language),
            Run(text=f" / {count}", colour=Colour.MUTED, language=self.language),
        )
        rest = Emu(self.width - wide)
        counted = self.setter.fit(runs, size, rest, align=TextAlign.END)
        return (
            TextBox(
                rect=box(grid.left, grid.footer_top, wide, high),
                paragraphs=(text,),
                role=Role.FOOTER,
                name="Footer",
                anchor=Anchor.MIDDLE,
            ),
            TextBox(
                rect=box(grid.left + wide, grid.footer_top, rest, high),
                paragraphs=(counted,),
                role=Role.NUMBER,
                name="Slide number",
                anchor=Anchor.MIDDLE,
            ),
        )

    def _placed_foot(self, number: int, frames: Frames) -> Iterator[Element]:
        """What a company's template has a place for at the foot."""
        numeral = Run(text=str(number), language=self.language)
        size = self.setter.theme.type.footer
        for place, role, name in (
            (frames.footer, Role.FOOTER, "Footer"),
            (frames.number, Role.NUMBER, "Slide number"),
        ):
            if place is None:
                continue
            run = numeral if role is Role.NUMBER else self._footer_run(place.rect.width)
            runs = (replace(run, colour=place.colour),)
            fitted = self.setter.fit(runs, size, place.rect.width, align=TextAlign(place.align))
            if len(fitted.lines) == 1:
                yield TextBox(rect=place.rect, paragraphs=(fitted,), role=role, name=name, anchor=Anchor(place.anchor))

    def _footer_run(self, width: Emu) -> Run:
        """The deck's title, cut to one line between words: it is written out on the first slide."""
        run = Run(text=self.footer, colour=Colour.MUTED, language=self.language)
        size = self.setter.theme.type.footer
        line = self.setter.typesetter.lines((run,), size, width)[0]
        shown = "".join(part.text for part in line.runs)
        return (
            run if shown.strip() == self.footer.strip() else replace(run, text=shown.rstrip()[:-1].rstrip() + _ELLIPSIS)
        )
