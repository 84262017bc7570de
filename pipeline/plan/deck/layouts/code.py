"""Code on a panel, its line numbers in a box of their own so that copied code is code alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.fitted import Element, FittedParagraph, Line, Outline, Run, ShapeBox, TextAlign, TextBox
from pipeline.plan.deck.layouts.space import box
from pipeline.plan.deck.pieces import CodePiece, FixedPiece, Measured, Piece
from pipeline.plan.deck.runs import text_of
from pipeline.plan.deck.setting import NATURAL_PITCH, Setter, height
from pipeline.theme import Colour, Face
from pipeline.typeset import east_asian
from pipeline.units import Emu, Pt

_PAD_X = Emu.from_inches(0.35)
_PAD_Y = Emu.from_inches(0.2)
_TITLE_GAP = Emu.from_inches(0.08)
_NUMBER_GAP = Emu.from_inches(0.25)
_BAR = Emu.from_inches(0.08)
# Signs as high as their type touch at the pitch of small Latin code; prose has more.
_EAST_ASIAN_LEADING = 1.1
_HANGING, _HANGING_PART = 4, 3
"""By how many characters the rest of a broken line stands behind its indent, as far as a part of the room allows."""
_FEW = 8
"""One in so many lines is few, and so is one line of less code."""
_WITHIN = 0.2
_TORN = 0.35
"""What it costs that a panel ends elsewhere than at a blank line, or within what a line opens, where an empty panel
costs one."""
_CLOSING = (*")]}",)


class _Lines(Struct, frozen=True, kw_only=True):
    """Code set at a size: a paragraph for each line of source, with its number and whether it is marked."""

    paragraphs: tuple[FittedParagraph, ...]
    numbers: tuple[int | None, ...]
    marked: tuple[bool, ...]
    size: Pt
    margin: Emu

    def part(self, start: int, end: int) -> _Lines:
        """Some of the lines."""
        return replace(
            self,
            paragraphs=self.paragraphs[start:end],
            numbers=self.numbers[start:end],
            marked=self.marked[start:end],
        )


def code_size(setter: Setter, step: int) -> Pt:
    """The size of code at a step."""
    sizes = setter.theme.type.code
    return sizes[min(step, len(sizes) - 1)]


def least_code_height(setter: Setter, piece: CodePiece, step: int) -> Emu:
    """How high some code is at least at a step: none of its lines broken."""
    return setter.least_height(len(piece.lines), code_size(setter, step), _leading(setter, step))


def code_panel(setter: Setter, piece: CodePiece, width: Emu, step: int) -> Measured:
    """The whole of some code on one panel."""
    return _panel(_title(setter, piece, width), _set(setter, piece, width, step), setter, width)


def wrapped_lines(setter: Setter, piece: CodePiece, width: Emu, step: int) -> int:
    """How many lines of source take more than one line at a step; of a drawing all, where any does."""
    wrapped = sum(1 for paragraph in _set(setter, piece, width, step).paragraphs if len(paragraph.lines) > 1)
    return len(piece.lines) if wrapped and piece.drawn else wrapped


def few_lines(pieces: Sequence[Piece]) -> int:
    """How many lines of the code among pieces may be wrapped, where the size follows from the bulk of them."""
    lines = sum(len(piece.lines) for piece in pieces if isinstance(piece, CodePiece))
    return max(1, lines // _FEW)


class Limits(NamedTuple):
    """How high the first panel may be, and each other."""

    first: Emu
    other: Emu


class SplitCode(NamedTuple):
    """Code over panels, and what it costs that they end elsewhere than at blank lines."""

    parts: tuple[FixedPiece, ...]
    torn: float


def split_code(setter: Setter, piece: CodePiece, width: Emu, limits: Limits, step: int) -> SplitCode:
    """Code over as few panels as fit their heights, about equally full, cut at blank lines where these are near.

    Blank lines at the edges of panels are left out, the numbers go on behind them.
    """
    title = _title(setter, piece, width)
    whole = _set(setter, piece, width, step)
    frame, leading = 2 * _PAD_Y + _band(title), whole.paragraphs[0].leading.emu
    first, most = (max(1, int((limit - frame) / leading)) for limit in limits)
    lines = len(whole.paragraphs)
    whole = _with_cut_lines(whole, most)
    cut = len(whole.paragraphs) > lines
    stretches = _stretches(whole.paragraphs, min(first, most), most)
    parts = (_panel(title, whole.part(start, end), setter, width) for start, end in stretches)
    return SplitCode(
        parts=tuple(FixedPiece(measured=part, cut=cut, step=step) for part in parts),
        torn=sum(_torn(whole.paragraphs, start) for start, _ in stretches[1:]),
    )


def _with_cut_lines(whole: _Lines, most: int) -> _Lines:
    """The code with lines of source that no panel holds cut into several, of which the first has the number."""
    cut = [
        (replace(paragraph, lines=paragraph.lines[start : start + most]), number if start == 0 else None, marked)
        for paragraph, number, marked in zip(whole.paragraphs, whole.numbers, whole.marked, strict=True)
        for start in range(0, len(paragraph.lines), most)
    ]
    paragraphs, numbers, marked = zip(*cut, strict=True)
    return replace(whole, paragraphs=paragraphs, numbers=numbers, marked=marked)


def _stretches(paragraphs: tuple[FittedParagraph, ...], first: int, most: int) -> list[tuple[int, int]]:
    """Where panels of at most so many lines begin and end: the fewest, and of these the ones that cost least.

    The `first` has no more than so many, unless that cuts a line of source.
    """
    filled = [at for at, paragraph in enumerate(paragraphs) if not _is_blank(paragraph)] or [0]
    above = list(accumulate((len(paragraph.lines) for paragraph in paragraphs), initial=0))
    count = len(filled)
    # For each line that is not blank: how many panels it and those behind it take, what they cost, the first one's end.
    best: list[tuple[int, float, int]] = [(0, 0.0, count)] * (count + 1)
    for start in range(count - 1, -1, -1):
        found: list[tuple[int, float, int]] = []
        room = most if start else first
        for end in range(start + 1, count + 1):
            used = above[filled[end - 1] + 1] - above[filled[start]]
            if used > room and found:
                break
            panels, cost, _ = best[end]
            torn = _torn(paragraphs, filled[end]) if end < count else 0.0
            found.append((panels + 1, cost + torn + (1 - used / room) ** 2, end))
        best[start] = min(found)
    stretches: list[tuple[int, int]] = []
    start = 0
    while start < count:
        end = best[start][2]
        stretches.append((filled[start], filled[end - 1] + 1))
        start = end
    return stretches


def _torn(paragraphs: tuple[FittedParagraph, ...], at: int) -> float:
    """What it costs that a panel begins with a line, which rather stands behind what opens it or speaks of it."""
    above, line = paragraphs[at - 1], paragraphs[at]
    if _is_blank(above):
        return 0.0
    told = all(run.colour is Colour.CODE_COMMENT for run in above.lines[-1].runs if run.text.strip())
    closes = _text(line).lstrip()[:1] in _CLOSING
    return _TORN if told or closes or _depth(_text(line)) > _depth(_text(above)) else _WITHIN


def _depth(text: str) -> int:
    """How far a line of source is indented, in characters."""
    return len(text) - len(text.lstrip())


def _text(paragraph: FittedParagraph) -> str:
    return "".join(text_of(line.runs) for line in paragraph.lines)


def _is_blank(paragraph: FittedParagraph) -> bool:
    return not _text(paragraph).strip()


def _set(setter: Setter, piece: CodePiece, width: Emu, step: int) -> _Lines:
    size = code_size(setter, step)
    margin = _numbers_width(setter, piece, size)
    room = Emu(width - 2 * _PAD_X - margin)
    factor = _leading(setter, step)
    column = setter.typesetter.width((Run(text=" ", face=Face.MONO, bold=True),), size)
    most = room // (_HANGING_PART * column)
    paragraphs = tuple(
        setter.fit_cached(line, size, room, factor, Emu(column * min(_depth(text_of(line)) + _HANGING, most)))
        for line in piece.lines
    )
    if piece.first is not None or piece.marked or any(map(_breaks_within_words, paragraphs)):
        paragraphs = tuple(map(_broken, paragraphs))
    if any(east_asian(text_of(line)) for line in piece.lines):
        factor = max(factor, _EAST_ASIAN_LEADING)
    leading = Pt(round(NATURAL_PITCH * factor * size))
    return _Lines(
        paragraphs=tuple(replace(paragraph, leading=leading, right_to_left=False) for paragraph in paragraphs),
        numbers=tuple(None if piece.first is None else piece.first + at for at in range(len(paragraphs))),
        marked=tuple(at in piece.marked for at in range(1, len(paragraphs) + 1)),
        size=size,
        margin=margin,
    )


def _breaks_within_words(paragraph: FittedParagraph) -> bool:
    """Whether a line of source is broken elsewhere than at a space, which each program does in its own places."""
    return any(not line.runs or not line.runs[-1].text.endswith(" ") for line in paragraph.lines[:-1])


def _broken(paragraph: FittedParagraph) -> FittedParagraph:
    """A line of source with breaks where it was broken, so that the numbers beside it agree in every program."""
    *broken, last = paragraph.lines
    return replace(paragraph, lines=(*map(_ended, broken), last)) if broken else paragraph


def _ended(line: Line) -> Line:
    """A line with a break for the spaces at its end, which would wrap before it."""
    runs = list(line.runs)
    while runs and not (text := runs[-1].text.rstrip()):
        runs.pop()
    if runs:
        runs[-1] = replace(runs[-1], text=text)
    return replace(line, runs=tuple(runs), hard=True)


def _leading(setter: Setter, step: int) -> float:
    """The pitch of lines, closer the smaller the type is: long code gains more from size than from space."""
    last = len(setter.theme.type.code) - 1
    return 1 + (setter.theme.leading.code - 1) * (1 - min(step, last) / last)


def _numbers_width(setter: Setter, piece: CodePiece, size: Pt) -> Emu:
    if piece.first is None:
        return Emu(0)
    last = str(piece.first + len(piece.lines))
    return setter.typesetter.width((Run(text=last, face=Face.MONO, bold=True),), size) + _NUMBER_GAP


def _band(title: tuple[TextBox, ...]) -> Emu:
    return Emu(sum(line.rect.height for line in title) + _TITLE_GAP) if title else Emu(0)


def _panel(title: tuple[TextBox, ...], code: _Lines, setter: Setter, width: Emu) -> Measured:
    top = _PAD_Y + _band(title)
    high = height(code.paragraphs)
    panel = box(0, 0, width, top + high + _PAD_Y)
    left = _PAD_X + code.margin
    elements: list[Element] = [
        ShapeBox(rect=panel, outline=Outline.RECTANGLE, fill=Colour.PANEL, name="Panel"),
        *_bands(code, width, top),
        *title,
        TextBox(rect=box(left, top, width - left - _PAD_X, high), paragraphs=code.paragraphs, name="Code"),
    ]
    if code.margin:
        elements.append(
            TextBox(
                rect=box(_PAD_X, top, code.margin - _NUMBER_GAP, high),
                paragraphs=tuple(_numbers(setter, code)),
                name="Line numbers",
            )
        )
    return Measured(height=panel.height, elements=tuple(elements))


def _title(setter: Setter, piece: CodePiece, width: Emu) -> tuple[TextBox, ...]:
    if not piece.title:
        return ()
    run = Run(text=piece.title, bold=True, colour=Colour.MUTED)
    room = Emu(width - 2 * _PAD_X)
    fitted = setter.fit((run,), setter.theme.type.legend, room, align=TextAlign.END)
    return (TextBox(rect=box(_PAD_X, _PAD_Y // 2, room, height((fitted,))), paragraphs=(fitted,), name="File"),)


def _numbers(setter: Setter, code: _Lines) -> Iterator[FittedParagraph]:
    """A number beside the first line of each line of source, and nothing beside those it is wrapped to."""
    for number, paragraph in zip(code.numbers, code.paragraphs, strict=True):
        for line in range(len(paragraph.lines)):
            text = "" if line or number is None else str(number)
            runs = (Run(text=text, face=Face.MONO, bold=True, colour=Colour.MUTED),) if text else ()
            wide = setter.typesetter.width(runs, code.size) if runs else Emu(0)
            yield FittedParagraph(
                lines=(Line(runs=runs, width=wide),),
                size=code.size,
                leading=paragraph.leading,
                align=TextAlign.END,
            )


def _bands(code: _Lines, width: Emu, top: Emu) -> Iterator[ShapeBox]:
    """One band across each stretch of marked lines, with a bar at its edge."""
    y = top
    for marked, group in groupby(zip(code.marked, code.paragraphs, strict=True), key=lambda line: line[0]):
        high = height(tuple(replace(paragraph, before=Pt(0)) for _, paragraph in group))
        if marked:
            yield from _band_at(y, Emu(y + high), width)
        y += high


def _band_at(top: Emu, bottom: Emu, width: Emu) -> Iterator[ShapeBox]:
    rect = box(0, top, width, bottom - top)
    yield ShapeBox(rect=rect, outline=Outline.RECTANGLE, fill=Colour.MARK, name="Marked lines")
    bar = box(0, top, _BAR, bottom - top)
    yield ShapeBox(rect=bar, outline=Outline.RECTANGLE, fill=Colour.INK, name="Marked lines")
