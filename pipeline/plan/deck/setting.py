"""Paragraphs set at a size: lines broken, pitch exact, heights known."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.fitted import FittedParagraph, Marker, Run, TextAlign
from pipeline.plan.deck.runs import text_of
from pipeline.theme import Face, Theme
from pipeline.typeset import Typesetter, east_asian, right_to_left
from pipeline.units import Emu, Pt

NATURAL_PITCH = 1.2
_SPARES = (1.2, 1.1, 1.05)
_BALANCE = Emu.from_inches(0.1)
"""Widths of balanced text are found to so much."""
_NONE = Emu(0)


class Rank(Enum):
    """What a paragraph is among others; its size follows from the slide's body size."""

    BODY = "body"
    SECOND = "second"
    HEAD = "head"
    CALLOUT = "callout"
    LEGEND = "legend"
    ADDRESS = "address"


class Gap(Enum):
    """The space above a paragraph, unless it opens its box."""

    NONE = "none"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    HEAD = "head"


class Para(Struct, frozen=True, kw_only=True, eq=False):
    """A paragraph before it is set. `indent` is in ems of its own size; compared by identity, as a key of measures.

    One that is `stepped` waits for a click.
    """

    runs: tuple[Run, ...]
    rank: Rank = Rank.BODY
    gap: Gap = Gap.PARAGRAPH
    marker: Marker | None = None
    indent: float = 0
    level: int = 0
    stepped: bool = False

    @property
    def text(self) -> str:
        """Its words."""
        return text_of(self.runs)


class Setter:
    """Sets paragraphs in a theme's type, and remembers how."""

    def __init__(self, theme: Theme, typesetter: Typesetter) -> None:
        self.theme = theme
        self.typesetter = typesetter
        self._set: dict[tuple[int, int, int], tuple[Para, FittedParagraph]] = {}
        self._fits: dict[tuple[int, int, int, float], tuple[tuple[Run, ...], FittedParagraph]] = {}

    @property
    def steps(self) -> int:
        """How many sizes body text has."""
        return len(self.theme.type.body)

    def body_size(self, step: int) -> Pt:
        """The body's size at a step, from 0; steps past the last have its size."""
        return self.theme.type.body[min(step, self.steps - 1)]

    def size(self, rank: Rank, step: int) -> Pt:
        """The size of a rank where the body stands at a step."""
        type_ = self.theme.type
        match rank:
            case Rank.BODY:
                return self.body_size(step)
            case Rank.SECOND:
                return self.body_size(step + 1)
            case Rank.HEAD:
                return _in_proportion(type_.head, self.body_size(step), type_.body[0])
            case Rank.CALLOUT:
                return ((type_.callout, *type_.body))[min(step, self.steps)]
            case Rank.LEGEND:
                return type_.legend
            case Rank.ADDRESS:
                return type_.address

    def headed(self, runs: tuple[Run, ...], *, bold: bool | None = None) -> tuple[Run, ...]:
        """The runs as the theme sets titles; code keeps its face."""
        bold = self.theme.bold_titles if bold is None else bold
        return tuple(
            replace(run, bold=run.bold or bold, face=Face.HEAD if run.face is Face.SANS else run.face) for run in runs
        )

    def paragraphs(self, paras: tuple[Para, ...], width: Emu, step: int) -> tuple[FittedParagraph, ...]:
        """Paragraphs below each other, set for a width."""
        fitted = [self._paragraph(para, width, step) for para in paras]
        above: Para | None = None
        for at, para in enumerate(paras):
            gap = self._gap(above, para, step)
            if gap != fitted[at].before:
                fitted[at] = replace(fitted[at], before=gap)
            above = para
        return tuple(fitted)

    def _paragraph(self, para: Para, width: Emu, step: int) -> FittedParagraph:
        # The paragraph is kept beside its measure, so that its identity stays its own.
        key = (id(para), width, step)
        if key not in self._set:
            self._set[key] = (para, self._fitted(para, width, step))
        return self._set[key][1]

    def _fitted(self, para: Para, width: Emu, step: int) -> FittedParagraph:
        size = self.size(para.rank, step)
        leading = self.theme.leading
        factor = {Rank.HEAD: leading.head, Rank.CALLOUT: leading.callout, Rank.LEGEND: leading.head}
        indent = Emu(round(para.indent * size.emu))
        fitted = self.fit(para.runs, size, width, factor=factor.get(para.rank, leading.body), indent=indent)
        return replace(
            fitted,
            before=self._gap(para, para, step),
            marker=para.marker,
            level=para.level,
            heads=para.rank is Rank.HEAD,
            stepped=para.stepped,
        )

    def _gap(self, above: Para | None, para: Para, step: int) -> Pt:
        if above is None or para.gap is Gap.NONE:
            return Pt(0)
        space = self.theme.space
        if above.rank is Rank.HEAD and para.rank is not Rank.HEAD:
            gap = space.head_after
        elif para.gap is Gap.HEAD:
            gap = space.head_before
        else:
            gap = space.item if para.gap is Gap.ITEM else space.paragraph
        return _in_proportion(gap, self.body_size(step), self.theme.type.body[0])

    def fit_cached(
        self, runs: tuple[Run, ...], size: Pt, width: Emu, factor: float, hanging: Emu = _NONE
    ) -> FittedParagraph:
        """One paragraph at a size, remembered by the identity of its runs; lines behind its first may hang."""
        key = (id(runs), size, width, factor)
        if key not in self._fits:
            fitted = self.fit(runs, size, width, factor=factor)
            if hanging and len(fitted.lines) > 1:
                lines = self.typesetter.lines(runs, size, width, hanging)
                fitted = replace(fitted, lines=lines, hanging=hanging)
            self._fits[key] = (runs, fitted)
        return self._fits[key][1]

    def least_height(self, rows: int, size: Pt, factor: float) -> Emu:
        """How high so many rows are at least: a line in each."""
        return Pt(rows * round(NATURAL_PITCH * factor * size)).emu

    def fit(  # noqa: PLR0913 (a paragraph has as many properties)
        self,
        runs: tuple[Run, ...],
        size: Pt,
        width: Emu,
        *,
        factor: float = 1.0,
        indent: Emu = _NONE,
        align: TextAlign = TextAlign.START,
    ) -> FittedParagraph:
        """One paragraph at a size; `factor` is its pitch as a multiple of the natural one."""
        text = text_of(runs)
        return FittedParagraph(
            lines=self.typesetter.lines(runs, size, width - indent),
            size=size,
            leading=self.pitch(runs, size, factor),
            indent=indent,
            align=align,
            right_to_left=right_to_left(text),
        )

    def balanced(self, runs: tuple[Run, ...], size: Pt, width: Emu, factor: float = 1.0) -> tuple[FittedParagraph, Emu]:
        """One paragraph in lines about equally long, as many as a width needs, and a width that breaks it so.

        That is a little wider than the lines, where these stay the same: programs measure a little differently.
        """
        best, widest = self.fit(runs, size, width, factor=factor), width
        lines = len(best.lines)
        low, high = width // (lines + 1), int(width)
        while lines > 1 and high - low > _BALANCE:
            middle = (low + high) // 2
            narrower = self.fit(runs, size, Emu(middle), factor=factor)
            if len(narrower.lines) > lines:
                low = middle
            else:
                best, widest, high = narrower, Emu(middle), middle
        for spare in _SPARES if widest < width else ():
            wider = Emu(min(width, round(widest * spare)))
            if self.fit(runs, size, wider, factor=factor).lines == best.lines:
                return best, wider
        return best, widest

    def pitch(self, runs: tuple[Run, ...], size: Pt, factor: float) -> Pt:
        """The exact pitch of lines; East Asian text has its own, save in heads and where the pitch is wider anyway."""
        largest = max((run.size or size for run in runs), default=size)
        if factor > self.theme.leading.head and east_asian(text_of(runs)):
            factor = max(factor, self.theme.leading.east_asian)
        return Pt(round(NATURAL_PITCH * factor * max(largest, size)))


def shortened(paragraph: FittedParagraph, room: Emu) -> FittedParagraph:
    """The paragraph in as many lines as have room, at least one; where some are left out, with an ellipsis."""
    most = max(1, int(room / paragraph.leading.emu))
    if len(paragraph.lines) <= most:
        return paragraph
    *kept, last = paragraph.lines[:most]
    *runs, final = last.runs
    text = final.text.rstrip()
    # A word goes for the ellipsis, so that the line is no longer than it was.
    bare = text.rpartition(" ")[0] or text[:-2]
    shown = replace(last, runs=(*runs, replace(final, text=f"{bare}…")), hard=False)
    return replace(paragraph, lines=(*kept, shown))


def _in_proportion(value: Pt, size: Pt, full: Pt) -> Pt:
    """A value scaled as the body's size is, in half points."""
    return Pt(round(value * size / full / 50) * 50)


def height(paragraphs: tuple[FittedParagraph, ...]) -> Emu:
    """How high paragraphs stand below each other."""
    points = sum(paragraph.before + paragraph.leading * len(paragraph.lines) for paragraph in paragraphs)
    return Pt(points).emu


def widest(paragraphs: tuple[FittedParagraph, ...]) -> Emu:
    """How wide the widest line reaches, with its indent."""
    return Emu(max((line.width + paragraph.indent for paragraph in paragraphs for line in paragraph.lines), default=0))
