"""Short sections packed on slides: each below its head, none cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from msgspec.structs import replace

from pipeline.model.document import Hint
from pipeline.plan.deck.layouts.arrange import Arranger
from pipeline.plan.deck.layouts.measurer import Steps
from pipeline.plan.deck.pagination import Page, paginate
from pipeline.plan.deck.pieces import Bond, CodePiece, PanelPiece, Piece, TextPiece, Unit
from pipeline.units import Emu


def is_short(units: Sequence[Unit], arranger: Arranger) -> bool:
    """Whether a section would leave half of its slide empty, and its author asks for nothing there."""
    pieces = [unit.piece for unit in units if unit.piece is not None]
    asked = any(isinstance(block, Hint) for unit in units for block in unit.covers)
    if not pieces or asked or any(unit.starts for unit in units) or not all(map(_is_running, pieces)):
        return False
    half = Emu(arranger.body.height // 2)
    return arranger.measurer.stack(pieces, arranger.body.width, half, Steps(0)) is not None


def _is_running(piece: Piece) -> bool:
    """Whether a piece reads well among other sections: text, code, or a callout on its ground."""
    return isinstance(piece, TextPiece | CodePiece) or (isinstance(piece, PanelPiece) and piece.fill is not None)


def packed(sections: Sequence[Sequence[Unit]], arranger: Arranger) -> tuple[Page, ...]:
    """The slides that sections share; none where that spares no slide."""
    pages = paginate(tuple(chain.from_iterable(map(_whole, sections))), arranger)
    return pages if len(pages) < len(sections) else ()


def _whole(units: Sequence[Unit]) -> Iterator[Unit]:
    """The units of a section held together; what stands before the first head speaks of what follows."""
    for unit in units[:-1]:
        yield _bound(unit, Bond.WHOLE)
    yield replace(units[-1], bond=Bond.FREE) if units[0].ids else _bound(units[-1], Bond.NEAR)


def _bound(unit: Unit, least: Bond) -> Unit:
    return replace(unit, bond=max(unit.bond, least, key=lambda bond: bond.value))
