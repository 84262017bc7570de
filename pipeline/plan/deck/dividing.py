"""Units that no slide holds, or only in small type, in parts that several slides hold."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.plan.deck.layouts.arrange import Arranger
from pipeline.plan.deck.layouts.measurer import GAP, HEAD_GAP, Steps
from pipeline.plan.deck.layouts.points import is_lone_head
from pipeline.plan.deck.pieces import (
    Bond,
    CodePiece,
    FixedPiece,
    PanelPiece,
    Piece,
    TablePiece,
    TextPiece,
    Unit,
)
from pipeline.units import Emu

SLIDE = 11.0
"""What a slide costs."""
_SPLIT = 3.0
"""What a break within something costs."""


def divided(units: Sequence[Unit], arranger: Arranger, *, full: bool) -> list[Unit]:
    """The units, those that no slide holds cut into several.

    Code below what introduces it has the same height on each slide, or is as high as the later slides where it is to
    be `full`.
    """
    found: list[Unit] = []
    for unit in units:
        parts = () if unit.piece is None else _worthwhile(unit.piece, _heads(found, unit.piece), arranger)
        if unit.piece is not None and len(parts) > 1:
            parts = _below(found, unit.piece, parts, arranger, full=full and unit.within is None)
        if parts in {(), (unit.piece,)}:
            found.append(unit)
            continue
        seconds, words = unit.seconds / len(parts), unit.words / len(parts)
        cut = any(map(_is_cut, parts))
        notes = (*unit.notes, *unit.unsaid) if cut else unit.notes
        found.append(replace(unit, piece=parts[0], notes=notes, seconds=seconds, words=words, bond=Bond.FREE))
        others = Unit(piece=None, seconds=seconds, words=words, spans=unit.spans, within=unit.within)
        found.extend(replace(others, piece=part) for part in parts[1:])
        found[-1] = replace(found[-1], bond=unit.bond)
    return found


def _below(
    before: Sequence[Unit], piece: Piece, parts: tuple[Piece, ...], arranger: Arranger, *, full: bool
) -> tuple[Piece, ...]:
    """The parts of what is displayed, low enough for what introduces it where that takes one part more at most."""
    leads: list[Piece] = []
    for unit in reversed(before):
        if unit.bond.value < Bond.CLOSE.value or not isinstance(unit.piece, TextPiece):
            break
        leads.insert(0, unit.piece)
    if not leads or isinstance(piece, TextPiece):
        return parts
    lead = arranger.measurer.stack(leads, arranger.body.width, arranger.room, Steps(arranger.first))
    limit = Emu(arranger.room - lead.height - GAP) if lead else Emu(0)
    if limit < arranger.room // 2:
        return parts
    rest = arranger.room if full and isinstance(piece, CodePiece) else limit
    lower = arranger.measurer.split(piece, arranger.body.width, rest, limit)
    return lower if 1 < len(lower) <= len(parts) + 1 and any(map(_is_cut, lower)) <= any(map(_is_cut, parts)) else parts


def _heads(before: Sequence[Unit], piece: Piece) -> list[Piece]:
    """The heads right above code or a table, which no slide has without it."""
    heads: list[Piece] = []
    for unit in reversed(before if isinstance(piece, CodePiece | TablePiece) else ()):
        if unit.bond is not Bond.HEAD or unit.piece is None or not is_lone_head(unit.piece):
            break
        heads.insert(0, unit.piece)
    return heads


def _worthwhile(piece: Piece, heads: Sequence[Piece], arranger: Arranger) -> tuple[Piece, ...]:
    """A piece in parts where no slide holds it below its heads, or only in type so small that more are better."""
    if isinstance(piece, TextPiece) and arranger.holds(piece):
        return ()
    whole = arranger.arrange([Unit(piece=each) for each in (*heads, piece)])
    if whole is not None and whole.cost <= SLIDE:
        return ()
    parts = _parts(piece, arranger) if whole is None and not heads else _lower_parts(piece, heads, arranger)
    worth = whole is None or (SLIDE + _SPLIT) * (len(parts) - 1) < whole.cost
    return parts if worth and not (whole and any(map(_is_cut, parts))) else ()


def _lower_parts(piece: Piece, heads: Sequence[Piece], arranger: Arranger) -> tuple[Piece, ...]:
    """A piece in parts that each leave room for its heads."""
    above = arranger.measurer.stack(heads, arranger.body.width, arranger.room, Steps(arranger.first))
    taken = above.height + HEAD_GAP if heads and above else 0
    return arranger.measurer.split(piece, arranger.body.width, Emu(max(arranger.room - taken, arranger.room // 2)))


def _is_cut(piece: Piece) -> bool:
    """Whether a piece ends or begins within a text, so that no slide has it whole."""
    match piece:
        case FixedPiece():
            return piece.cut
        case PanelPiece():
            return any(map(_is_cut, piece.pieces))
        case _:
            return False


def _parts(piece: Piece, arranger: Arranger) -> tuple[Piece, ...]:
    """A piece cut until each part fits, or cannot be cut any more."""
    if arranger.arrange((Unit(piece=piece),)) is not None:
        return (piece,)
    parts = arranger.measurer.split(piece, arranger.body.width, arranger.room)
    return parts if len(parts) == 1 else tuple(inner for part in parts for inner in _parts(part, arranger))
