"""Units over slides: every place for a break is weighed, and the cheapest set of slides is taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.model.document import Blocks
from pipeline.model.fitted import Element
from pipeline.plan.deck.layouts.arrange import Arrangement, Arranger
from pipeline.plan.deck.pieces import Bond, FixedPiece, PanelPiece, Piece, Unit

_SLIDE = 11.0
_SPLIT = 3.0
"""What a break within something costs."""
_LONGEST = 24
"""No slide takes more units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The body of one slide, with what it covers and what is said on it."""

    elements: tuple[Element, ...]
    covers: Blocks
    notes: Blocks
    seconds: float
    ids: tuple[str, ...]
    layout: str
    cost: float
    step: int = 0


def paginate(units: Sequence[Unit], arranger: Arranger) -> tuple[Page, ...]:
    """The slides of units, their text of one size where it can be; one at least, empty where nothing is shown."""
    pages = _paginated(units, arranger)
    for step in range(1, max(page.step for page in pages) + 1):
        smaller = _paginated(units, replace(arranger, first=step))
        pages = min(pages, smaller, key=_total)
    return pages


def _total(pages: Sequence[Page]) -> float:
    return sum(_SLIDE + page.cost for page in pages)


def _paginated(units: Sequence[Unit], arranger: Arranger) -> tuple[Page, ...]:
    """The cheapest slides of units, their text from the arranger's first step on."""
    pages: list[Page] = []
    for stretch in _stretches(units):
        shown, before = _attached(_divided(stretch, arranger))
        made = _cheapest(shown, arranger) if shown else []
        if made:
            pages.extend([_with_silent(made[0], before), *made[1:]])
        elif pages:
            pages[-1] = _with_silent(pages[-1], before, behind=True)
        else:
            pages.append(_with_silent(_EMPTY, before))
    return tuple(pages) or (_EMPTY,)


_EMPTY = Page(elements=(), covers=(), notes=(), seconds=0, ids=(), layout="title only", cost=0)


def _stretches(units: Sequence[Unit]) -> list[list[Unit]]:
    """The units between slides that must begin."""
    stretches: list[list[Unit]] = [[]]
    for unit in units:
        if unit.starts and stretches[-1]:
            stretches.append([])
        stretches[-1].append(unit)
    return stretches


def _divided(units: Sequence[Unit], arranger: Arranger) -> list[Unit]:
    """The units, those that no slide holds cut into several."""
    divided: list[Unit] = []
    for unit in units:
        parts = () if unit.piece is None else _worthwhile(unit.piece, arranger)
        if parts in {(), (unit.piece,)}:
            divided.append(unit)
            continue
        seconds, words = unit.seconds / len(parts), unit.words / len(parts)
        cut = any(map(_is_cut, parts))
        notes = (*unit.notes, *unit.unsaid) if cut else unit.notes
        divided.append(replace(unit, piece=parts[0], notes=notes, seconds=seconds, words=words, bond=Bond.FREE))
        divided.extend(Unit(piece=part, seconds=seconds, words=words) for part in parts[1:])
        divided[-1] = replace(divided[-1], bond=unit.bond)
    return divided


def _worthwhile(piece: Piece, arranger: Arranger) -> tuple[Piece, ...]:
    """A piece in parts where no slide holds it, or only in type so small that more slides are better."""
    whole = arranger.arrange((Unit(piece=piece),))
    if whole is not None and whole.cost <= _SLIDE:
        return ()
    parts = (
        _parts(piece, arranger) if whole is None else arranger.measurer.split(piece, arranger.body.width, arranger.room)
    )
    worth = whole is None or (_SLIDE + _SPLIT) * (len(parts) - 1) < whole.cost
    return parts if worth and not (whole and any(map(_is_cut, parts))) else ()


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


def _attached(units: Sequence[Unit]) -> tuple[list[Unit], list[Unit]]:
    """The units that show something, each with the silent ones behind it; and the silent ones before the first."""
    shown: list[Unit] = []
    before: list[Unit] = []
    for unit in units:
        if unit.piece is not None:
            shown.append(unit)
        elif shown:
            shown[-1] = _joined(shown[-1], unit)
        else:
            before.append(unit)
    return shown, before


def _joined(unit: Unit, silent: Unit) -> Unit:
    return replace(
        unit,
        covers=(*unit.covers, *silent.covers),
        notes=(*unit.notes, *silent.notes),
        seconds=unit.seconds + silent.seconds,
        ids=(*unit.ids, *silent.ids),
    )


def _with_silent(page: Page, units: Sequence[Unit], *, behind: bool = False) -> Page:
    covers = tuple(block for unit in units for block in unit.covers)
    notes = tuple(block for unit in units for block in unit.notes)
    return replace(
        page,
        covers=(*page.covers, *covers) if behind else (*covers, *page.covers),
        notes=(*page.notes, *notes) if behind else (*notes, *page.notes),
        seconds=page.seconds + sum(unit.seconds for unit in units),
        ids=(*page.ids, *(id_ for unit in units for id_ in unit.ids)),
    )


def _cheapest(units: Sequence[Unit], arranger: Arranger) -> list[Page]:
    """The set of slides that costs least, found from the end: what follows a break does not depend on what precedes."""
    count = len(units)
    costs: list[float] = [0.0] * (count + 1)
    ends: list[tuple[int, Arrangement | None]] = [(count, None)] * (count + 1)
    for start in range(count - 1, -1, -1):
        best: tuple[float, int, Arrangement] | None = None
        for end in range(start + 1, min(count, start + _LONGEST) + 1):
            arrangement = arranger.arrange(units[start:end])
            if arrangement is None:
                if best is not None:
                    break
                continue
            broken = units[end - 1].bond.value if end < count else 0.0
            cost = _SLIDE + arrangement.cost + broken + costs[end]
            if best is None or cost < best[0]:
                best = (cost, end, arrangement)
        if best is None:
            best = (costs[start + 1], start + 1, arranger.forced(units[start]))
        costs[start], ends[start] = best[0], (best[1], best[2])
    return _pages(units, ends, arranger)


def _pages(units: Sequence[Unit], ends: Sequence[tuple[int, Arrangement | None]], arranger: Arranger) -> list[Page]:
    pages: list[Page] = []
    start = 0
    while start < len(units):
        end, arrangement = ends[start]
        part = units[start:end]
        broken = part[-1].bond.value if end < len(units) else 0.0
        pages.append(
            Page(
                elements=arranger.placed(arrangement) if arrangement else (),
                covers=tuple(block for unit in part for block in unit.covers),
                notes=tuple(block for unit in part for block in unit.notes),
                seconds=sum(unit.seconds for unit in part),
                ids=tuple(id_ for unit in part for id_ in unit.ids),
                layout=arrangement.layout if arrangement else "title only",
                cost=broken + (arrangement.cost if arrangement else 0.0),
                step=arrangement.step if arrangement else 0,
            )
        )
        start = end
    return pages
