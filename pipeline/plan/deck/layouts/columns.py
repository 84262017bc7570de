"""How wide a table's columns are: as their words ask, as far as the slide has room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from msgspec.structs import replace

from pipeline.model.fitted import Run
from pipeline.plan.deck.setting import Setter
from pipeline.plan.speech import unspaced
from pipeline.typeset import Typesetter
from pipeline.typeset.breaking import long_pieces
from pipeline.units import Emu, Pt

Cells = tuple[tuple[Run, ...], ...]

_WIDEST_WORD = 0.3
_WIDEST_NAME = 0.43
"""A word asks for no more than this part of the table, in the first column more, unless the others have room."""
_RUNNING = 0.6
_LEAST_RUNNING = 0.4
_LEAST_SHORT = 0.2
"""What a column has at least beside words that are wider still: more where running text is wider than a part of all."""
_EXTRA = Emu.from_inches(0.6)
_NARROWEST = Emu.from_inches(0.3)
_ROUNDING = 2_000


def column_widths(
    setter: Setter, rows: Sequence[tuple[Cells, Pt]], width: Emu, gaps: Sequence[Emu], *, squeeze: bool
) -> tuple[Emu, ...] | None:
    """The widths of the columns, each with the gap before it.

    None where the longest words do not fit beside each other, unless columns may be squeezed.
    """
    count = len(rows[0][0]) if rows else 0
    room = Emu(width - sum(gaps))
    if room < _NARROWEST * count and not squeeze:
        return None
    natural = [
        _needed(max((_natural(setter, cells[c], size) for cells, size in rows), default=0)) for c in range(count)
    ]
    least = _least(setter, rows, natural, room)
    if sum(natural) <= room:
        shares = _grown(natural, room)
    elif sum(least) <= room:
        shares = _between(least, natural, room)
    elif squeeze:
        shares = [part * room / sum(least) for part in least]
    else:
        return None
    return _rounded([share + gap for share, gap in zip(shares, gaps, strict=True)], width)


def _least(setter: Setter, rows: Sequence[tuple[Cells, Pt]], natural: list[float], room: float) -> list[float]:
    """What each column asks for at least: its longest word, or that of a word's pieces, as far as there is room."""
    parts = [min(wide, room * (_LEAST_RUNNING if wide > room * _RUNNING else _LEAST_SHORT)) for wide in natural]
    capped = [room * (_WIDEST_WORD if column else _WIDEST_NAME) for column in range(len(natural))]
    words = _longest(setter, rows, natural, _whole)
    if any(word > most for word, most in zip(words, capped, strict=True)):
        for longest in (words, _longest(setter, rows, natural, long_pieces)):
            asked = list(map(max, longest, parts))
            if sum(asked) <= room:
                return asked
    return list(map(min, words, capped))


def _longest(
    setter: Setter, rows: Sequence[tuple[Cells, Pt]], natural: list[float], pieces: Callable[[str], Sequence[str]]
) -> list[float]:
    """For each column the width of its widest word, or piece of one."""
    widest = (
        max((_longest_word(setter, cells[column], size, pieces) for cells, size in rows), default=0)
        for column in range(len(natural))
    )
    return [min(wide, _needed(word)) for wide, word in zip(natural, widest, strict=True)]


def _whole(word: str) -> Sequence[str]:
    return (word,)


def breaks(setter: Setter, runs: tuple[Run, ...], size: Pt, width: float) -> bool:
    """Whether a word of a cell must be broken in a width."""
    return _needed(_longest_word(setter, runs, size)) > width + _ROUNDING


def _needed(width: float) -> float:
    """A width with the margin that lines keep, so that what was measured on one line stays on one."""
    return width / (1 - Typesetter.MARGIN) + _ROUNDING


def _natural(setter: Setter, runs: tuple[Run, ...], size: Pt) -> int:
    return setter.typesetter.width(runs, size) if runs else 0


def _longest_word(
    setter: Setter, runs: tuple[Run, ...], size: Pt, pieces: Callable[[str], Sequence[str]] = _whole
) -> float:
    """The width of the widest word, which a column must hold; words are measured in the run that they stand in."""
    widest = 0.0
    for run in runs:
        words = sorted((piece for word in run.text.split() for piece in pieces(word)), key=len)[-2:]
        for word in words:
            wide = size.emu if unspaced(word) else setter.typesetter.width((replace(run, text=word),), size)
            widest = max(widest, wide)
    return widest


def _grown(natural: list[float], room: float) -> list[float]:
    """Natural widths with the room that is left, shared by what each column holds."""
    spare = room - sum(natural)
    weights = [part + _EXTRA for part in natural]
    return [part + spare * weight / sum(weights) for part, weight in zip(natural, weights, strict=True)]


def _between(least: list[float], natural: list[float], room: float) -> list[float]:
    """Least widths, with the room that is left shared by how much more each column would take."""
    spare = room - sum(least)
    wishes = [max(wide - small, 0) ** 0.75 for small, wide in zip(least, natural, strict=True)]
    if not sum(wishes):
        return [small + spare / len(least) for small in least]
    return [small + spare * wish / sum(wishes) for small, wish in zip(least, wishes, strict=True)]


def _rounded(widths: list[float], total: int) -> tuple[Emu, ...]:
    """Whole widths that add up to the total."""
    edges = [0, *(round(sum(widths[: at + 1]) * total / sum(widths)) for at in range(len(widths)))]
    return tuple(Emu(right - left) for left, right in pairwise(edges))
