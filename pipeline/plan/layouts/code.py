"""Code on a panel, its line numbers in a box of their own so that copied code is code alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.model.plan import (
    Element,
    FittedParagraph,
    Line,
    Outline,
    Run,
    ShapeBox,
    TextAlign,
    TextBox,
)
from pipeline.plan.layouts.space import box
from pipeline.plan.pieces import CodePiece, FixedPiece, Measured
from pipeline.plan.setting import Setter, height
from pipeline.theme import Colour, Face
from pipeline.units import Emu, Pt

_PAD_X = Emu.from_inches(0.35)
_PAD_Y = Emu.from_inches(0.2)
_TITLE_GAP = Emu.from_inches(0.08)
_NUMBER_GAP = Emu.from_inches(0.25)
_BAR = Emu.from_inches(0.08)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Set:
    """Code set at a size: a paragraph for each line of source, and the size of its parts."""

    paragraphs: tuple[FittedParagraph, ...]
    size: Pt
    numbers: Emu


def code_size(setter: Setter, step: int) -> Pt:
    """The size of code at a step."""
    sizes = setter.theme.type.code
    return sizes[min(step, len(sizes) - 1)]


def code_panel(setter: Setter, piece: CodePiece, width: Emu, step: int) -> Measured:
    """The whole of some code on one panel."""
    return _panel(setter, piece, _set(setter, piece, width, step), width)


def wrapped_lines(setter: Setter, piece: CodePiece, width: Emu, step: int) -> int:
    """How many lines of source take more than one line at a step."""
    return sum(1 for paragraph in _set(setter, piece, width, step).paragraphs if len(paragraph.lines) > 1)


def split_code(setter: Setter, piece: CodePiece, width: Emu, limit: Emu, step: int) -> tuple[FixedPiece, ...]:
    """Code over panels that each fit a height, cut at blank lines where that leaves no panel half empty."""
    whole = _set(setter, piece, width, step)
    room = limit - 2 * _PAD_Y - _band(_title(setter, piece, width))
    most = max(1, int(room / whole.paragraphs[0].leading.emu))
    panels: list[FixedPiece] = []
    start = 0
    total = sum(len(paragraph.lines) for paragraph in whole.paragraphs)
    aim = -(-total // max(1, -(-total // most)))
    while start < len(whole.paragraphs):
        end = _end(whole.paragraphs, start, most, aim)
        part = CodePiece(
            lines=piece.lines[start:end],
            title=piece.title,
            marked=frozenset(line - start for line in piece.marked),
            first=None if piece.first is None else piece.first + start,
        )
        cut = replace(whole, paragraphs=whole.paragraphs[start:end])
        panels.append(FixedPiece(measured=_panel(setter, part, cut, width)))
        start = end
    return tuple(panels)


def _end(paragraphs: tuple[FittedParagraph, ...], start: int, most: int, aim: int) -> int:
    """Where a panel that begins at a line ends: near the aim, behind a blank line if one stands there."""
    counts = [len(paragraph.lines) for paragraph in paragraphs[start:]]
    used, end = 0, start
    for count in counts:
        if used + count > most and end > start:
            break
        used, end = used + count, end + 1
    if end == len(paragraphs):
        return end
    wished = start
    used = 0
    while wished < end and used < aim:
        used, wished = used + counts[wished - start], wished + 1
    blank = [at for at in range(start + 1, end + 1) if _is_blank(paragraphs[at - 1])]
    near = [at for at in blank if abs(at - wished) <= max(2, aim // 3)]
    return min(near, key=lambda at: abs(at - wished)) if near else wished


def _is_blank(paragraph: FittedParagraph) -> bool:
    return not "".join(run.text for line in paragraph.lines for run in line.runs).strip()


def _set(setter: Setter, piece: CodePiece, width: Emu, step: int) -> _Set:
    size = code_size(setter, step)
    numbers = _numbers_width(setter, piece, size)
    room = Emu(width - 2 * _PAD_X - numbers)
    factor = _leading(setter, step)
    paragraphs = tuple(setter.fit_cached(line, size, room, factor) for line in piece.lines)
    leading = max((paragraph.leading for paragraph in paragraphs), default=size)
    return _Set(
        paragraphs=tuple(replace(paragraph, leading=leading, right_to_left=False) for paragraph in paragraphs),
        size=size,
        numbers=numbers,
    )


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


def _panel(setter: Setter, piece: CodePiece, whole: _Set, width: Emu) -> Measured:
    title = _title(setter, piece, width)
    top = _PAD_Y + _band(title)
    high = height(whole.paragraphs)
    panel = box(0, 0, width, top + high + _PAD_Y)
    left = _PAD_X + whole.numbers
    elements: list[Element] = [
        ShapeBox(rect=panel, outline=Outline.RECTANGLE, fill=Colour.PANEL, name="Panel"),
        *_bands(piece, whole, width, top),
        *title,
        TextBox(
            rect=box(left, top, width - left - _PAD_X, high),
            paragraphs=whole.paragraphs,
            name=f"Code {piece.title}".strip(),
        ),
    ]
    if piece.first is not None:
        elements.append(
            TextBox(
                rect=box(_PAD_X, top, whole.numbers - _NUMBER_GAP, high),
                paragraphs=tuple(_numbers(setter, piece.first, whole)),
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


def _numbers(setter: Setter, first: int, whole: _Set) -> Iterator[FittedParagraph]:
    """A number beside the first line of each line of source, and nothing beside those it is wrapped to."""
    for at, paragraph in enumerate(whole.paragraphs):
        for line in range(len(paragraph.lines)):
            text = "" if line else str(first + at)
            run = Run(text=text, face=Face.MONO, bold=True, colour=Colour.MUTED)
            runs = (run,) if text else ()
            wide = setter.typesetter.width(runs, whole.size) if runs else Emu(0)
            yield FittedParagraph(
                lines=(Line(runs=runs, width=wide),),
                size=whole.size,
                leading=paragraph.leading,
                align=TextAlign.END,
            )


def _bands(piece: CodePiece, whole: _Set, width: Emu, top: Emu) -> Iterator[ShapeBox]:
    """One band across each stretch of marked lines, with a bar at its edge."""
    y = top
    open_: tuple[Emu, Emu] | None = None
    for at, paragraph in enumerate(whole.paragraphs, start=1):
        high = height((replace(paragraph, before=Pt(0)),))
        if at in piece.marked:
            open_ = (open_[0] if open_ else y, y + high)
        elif open_:
            yield from _band_at(*open_, width)
            open_ = None
        y += high
    if open_:
        yield from _band_at(*open_, width)


def _band_at(top: Emu, bottom: Emu, width: Emu) -> Iterator[ShapeBox]:
    rect = box(0, top, width, bottom - top)
    yield ShapeBox(rect=rect, outline=Outline.RECTANGLE, fill=Colour.MARK, name="Marked lines")
    bar = box(0, top, _BAR, bottom - top)
    yield ShapeBox(rect=bar, outline=Outline.RECTANGLE, fill=Colour.INK, name="Marked lines")
