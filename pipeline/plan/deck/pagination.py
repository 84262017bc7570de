"""Units over slides: every place for a break is weighed, and the cheapest set of slides is taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from pipeline.diagnostics import Span
from pipeline.model.document import Blocks, Hint
from pipeline.model.fitted import Element
from pipeline.model.origin import Layout, Weighed
from pipeline.plan.deck.dividing import SLIDE, divided
from pipeline.plan.deck.layouts.arrange import CODE_COSTS, LEAST_COST, Arrangement, Arranger
from pipeline.plan.deck.pieces import Bond, FixedPiece, TextPiece, Unit
from pipeline.plan.deck.wishes import Wishes, wishes_of

_LEFT_ALONE = 4.0
_FEW_WORDS = 26
_LONGEST = 24
"""No slide takes more units."""
_MANY = 300
"""More units than these fill one slide after another: to weigh every set of slides would take too long."""

_End: TypeAlias = tuple[int, Arrangement | None]
"""Where a slide ends, as the number of the first unit of the next one, and how it is arranged."""


class Page(Struct, frozen=True, kw_only=True):
    """The body of one slide, with what it covers and what is said on it.

    `weighed` holds the layouts that fit, the cheapest first. `begun` means that the author has it begin; `title`,
    `wished` and `refused` are the author's title, layout, and the hints that could not be followed.
    """

    elements: tuple[Element, ...] = ()
    covers: Blocks = ()
    notes: Blocks = ()
    seconds: float = 0
    ids: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    layout: Layout | None = None
    weighed: tuple[Weighed, ...] = ()
    begun: bool = False
    title: str = ""
    wished: Layout | None = None
    refused: tuple[Hint, ...] = ()
    cost: float = 0
    step: int = 0


def paginate(units: Sequence[Unit], arranger: Arranger) -> tuple[Page, ...]:
    """The slides of units, their text of one size where it can be; one at least, empty where nothing is shown."""
    pages = _paginated(units, arranger)
    smallest = max(page.step for page in pages) if len(units) <= _MANY else 0
    for step in range(1, smallest + 1):
        smaller = _paginated(units, replace(arranger, first=step))
        pages = min(pages, smaller, key=_total)
    return pages


def _total(pages: Sequence[Page]) -> float:
    return sum(SLIDE + page.cost for page in pages)


def _paginated(units: Sequence[Unit], arranger: Arranger) -> tuple[Page, ...]:
    """The cheapest slides of units, their text from the arranger's first step on."""
    pages: list[Page] = []
    ahead: list[Unit] = []
    for stretch in _stretches(units):
        wishes = wishes_of([block for unit in stretch for block in unit.covers])
        made, before = _stretch_pages(stretch, wishes, replace(arranger, wished=wishes.layout))
        if made:
            made[0] = _with_silent(replace(made[0], begun=bool(pages)), [*ahead, *before])
            pages.extend(_answered(made, wishes))
            ahead = []
        elif pages:
            pages[-1] = _with_silent(pages[-1], before, behind=True)
        elif any(unit.notes for unit in before):
            pages.append(_with_silent(Page(), before))
        else:
            # A ruler before everything begins no slide of its own.
            ahead.extend(before)
    return tuple(pages) or (_with_silent(Page(), ahead),)


def _stretch_pages(units: Sequence[Unit], wishes: Wishes, arranger: Arranger) -> tuple[list[Page], list[Unit]]:
    """The slides of units between two breaks of the author's, and the silent units before the first."""
    if wishes.keep:
        shown, before = attached(units)
        arrangement = arranger.arrange(shown, crowded=True) if shown else None
        if arrangement is not None:
            return [page_of(shown, arrangement, arranger)], before
    # What a slide can hold does not hang on the layout that is wished for.
    dividing = replace(arranger, wished=None)
    parts = divided(units, dividing, full=False)
    weighed = _weighed(parts, arranger)
    if list(_code_steps(parts)):
        fuller = divided(units, dividing, full=True)
        weighed = min((weighed, parts), (_weighed(fuller, arranger), fuller), key=_cost_of_way)[0]
    return weighed


def _weighed(units: Sequence[Unit], arranger: Arranger) -> tuple[list[Page], list[Unit]]:
    """The slides of units that each fit one, and the silent units before the first."""
    shown, before = attached(units)
    shown = _whole_items(shown, arranger)
    weighing = _cheapest if len(shown) <= _MANY else _filled
    return (weighing(shown, arranger) if shown else []), before


def _cost_of_way(way: tuple[tuple[list[Page], list[Unit]], Sequence[Unit]]) -> float:
    """What slides cost, with the mean size of the code that goes on over them."""
    (pages, _), units = way
    sizes = [CODE_COSTS[step] for step in _code_steps(units)]
    return _total(pages) + sum(sizes) / max(1, len(sizes))


def _code_steps(units: Sequence[Unit]) -> Iterator[int]:
    """The sizes of code that goes on over slides."""
    for unit in units:
        if isinstance(unit.piece, FixedPiece) and unit.piece.step is not None:
            yield unit.piece.step


def _answered(pages: Sequence[Page], wishes: Wishes) -> list[Page]:
    """The slides of one stretch with what the author asks of them; the first has the hints that none follows."""
    refused = wishes.for_keeping if len(pages) > 1 else ()
    if wishes.layout not in {page.layout for page in pages}:
        refused = (*wishes.for_layout, *refused)
    answered = [replace(page, title=wishes.title, wished=wishes.layout) for page in pages]
    answered[0] = replace(answered[0], refused=refused)
    return answered


def _stretches(units: Sequence[Unit]) -> list[list[Unit]]:
    """The units between slides that must begin."""
    stretches: list[list[Unit]] = [[]]
    for unit in units:
        if unit.starts and stretches[-1]:
            stretches.append([])
        stretches[-1].append(unit)
    return stretches


def _whole_items(units: Sequence[Unit], arranger: Arranger) -> list[Unit]:
    """The units, those of an item that a slide can hold bound more closely: it rather begins the next slide."""
    bound = list(units)
    start = 0
    for at, unit in enumerate(units):
        if unit.bond.value >= Bond.WITHIN.value and at + 1 < len(units):
            continue
        held = units[start : at + 1]
        if any(each.bond is Bond.WITHIN for each in held) and len(held) <= _LONGEST and _is_held(held, arranger):
            bound[start : at + 1] = (
                replace(each, bond=Bond.WHOLE) if each.bond is Bond.WITHIN else each for each in held
            )
        start = at + 1
    return bound


def _is_held(units: Sequence[Unit], arranger: Arranger) -> bool:
    """Whether a slide holds units in type that costs less than one more slide would."""
    arrangement = arranger.arrange(units)
    return arrangement is not None and arrangement.cost <= SLIDE


def attached(units: Sequence[Unit]) -> tuple[list[Unit], list[Unit]]:
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
        spans=(*unit.spans, *silent.spans),
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
        spans=(*page.spans, *(span for unit in units for span in unit.spans)),
    )


def _cheapest(units: Sequence[Unit], arranger: Arranger) -> list[Page]:
    """The set of slides that costs least, found from the end: what follows a break does not depend on what precedes.

    What has no room behind a unit has none behind the unit before it either; the fullest slides are weighed first, and
    then only what may cost less.
    """
    count = reach = len(units)
    costs: list[float] = [0.0] * (count + 1)
    ends: dict[int, _End] = {}
    for start in range(count - 1, -1, -1):
        best: tuple[float, int, Arrangement] | None = None
        farthest = start + 1
        for end in range(min(reach, start + _LONGEST), start, -1):
            broken = units[end - 1].bond.value if end < count else 0.0
            others = SLIDE + broken + _left_alone(units, start, end) + costs[end]
            if best is not None and others + LEAST_COST > best[0]:
                continue
            arrangement = _arranged(units[start:end], arranger)
            if arrangement is not None:
                farthest = max(farthest, end)
                cost = others + arrangement.cost
                best = (cost, end, arrangement) if best is None or cost <= best[0] else best
        reach = farthest
        if best is None:
            best = (costs[start + 1], start + 1, arranger.forced(units[start]))
        costs[start], ends[start] = best[0], (best[1], best[2])
    return _pages(units, ends, arranger)


def _left_alone(units: Sequence[Unit], start: int, end: int) -> float:
    """What it costs that a text of few words is left alone on the first or the last of several slides."""
    outer = start == 0 or end == len(units)
    lone = units[start] if outer and end - start == 1 and len(units) > 1 else None
    return _LEFT_ALONE if lone and isinstance(lone.piece, TextPiece) and lone.words <= _FEW_WORDS else 0.0


def _arranged(units: Sequence[Unit], arranger: Arranger) -> Arrangement | None:
    """One slide of units, below the items that they go on with, unless a sole unit has no room for these."""
    within = units[0].within
    if within is None:
        return arranger.arrange(units)
    arrangement = arranger.arrange((Unit(piece=within), *units))
    return arranger.arrange(units) if arrangement is None and len(units) == 1 else arrangement


def _filled(units: Sequence[Unit], arranger: Arranger) -> list[Page]:
    """Slides each as full as costs least for a unit, whatever follows."""
    ends: dict[int, _End] = {}
    start, held = 0, 1
    while start < len(units):
        fitting = _fitting(units, start, held, arranger)
        best: tuple[float, int, Arrangement] | None = None
        for end in range(max(fitting, default=start), start, -1):
            others = SLIDE + (units[end - 1].bond.value if end < len(units) else 0.0)
            if best is not None and (others + LEAST_COST) / (end - start) >= best[0]:
                continue
            arrangement = fitting.get(end) or _arranged(units[start:end], arranger)
            if arrangement is not None:
                cost = (others + arrangement.cost) / (end - start)
                best = (cost, end, arrangement) if best is None or cost < best[0] else best
        ends[start] = (best[1], best[2]) if best else (start + 1, arranger.forced(units[start]))
        held = ends[start][0] - start
        start = ends[start][0]
    return _pages(units, ends, arranger)


def _fitting(units: Sequence[Unit], start: int, held: int, arranger: Arranger) -> Mapping[int, Arrangement]:
    """The fullest slides from a unit on, by where they end; looked for from as many units on as another slide held."""
    fitting: dict[int, Arrangement] = {}
    last = min(len(units), start + _LONGEST)
    guess = min(last, start + held)
    for end in range(guess, last + 1):
        arrangement = _arranged(units[start:end], arranger)
        if arrangement is None:
            break
        fitting[end] = arrangement
    for end in range(guess - 1, start, -1) if not fitting else ():
        arrangement = _arranged(units[start:end], arranger)
        if arrangement is not None:
            return {end: arrangement}
    return fitting


def _pages(units: Sequence[Unit], ends: Mapping[int, _End], arranger: Arranger) -> list[Page]:
    pages: list[Page] = []
    start = 0
    while start < len(units):
        end, arrangement = ends[start]
        page = page_of(units[start:end], arrangement, arranger)
        broken = units[end - 1].bond.value if end < len(units) else 0.0
        pages.append(replace(page, cost=broken + page.cost))
        start = end
    return pages


def page_of(units: Sequence[Unit], arrangement: Arrangement | None, arranger: Arranger) -> Page:
    """The slide of units as they are arranged."""
    page = Page(
        covers=tuple(block for unit in units for block in unit.covers),
        notes=tuple(block for unit in units for block in unit.notes),
        seconds=sum(unit.seconds for unit in units),
        ids=tuple(id_ for unit in units for id_ in unit.ids),
        spans=tuple(span for unit in units for span in unit.spans),
    )
    if arrangement is None:
        return page
    return replace(
        page,
        elements=arranger.placed(arrangement),
        layout=arrangement.layout,
        weighed=arrangement.weighed,
        cost=arrangement.cost,
        step=arrangement.step,
    )
