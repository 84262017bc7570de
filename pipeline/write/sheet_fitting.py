"""The largest type, and then the most air, with which a sheet fills exactly one page: render, measure, refit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import sqrt

from msgspec import Struct
from msgspec.structs import replace

from pipeline.write.sheet_ladder import Departure, Kept

# Nominal sizes are multiplied by a scale between these; none gets under the floor.
SMALLEST = 0.6
LARGEST = 1.6
# More is told than key points only where the type is as large as this.
ROOMY = 1.1
# A page that is full to this part needs no further fitting.
FULL = 0.94
# Text that is certainly too much for a page, in ems, is cut before anything is rendered.
MOST_EMS = 6500.0
MOST_RENDERS = 5
MOST_AIR = 10.0
# Room under this part of the page is no matter.
LEAST_SPARE = 0.02


class Setting(Struct, frozen=True, kw_only=True):
    """How a sheet is set: what is kept, the scale of its type, and points of air added to its gaps."""

    kept: Kept
    scale: float = 1.0
    air: float = 0.0


Measure = Callable[[Setting], float]


class Fitted(Struct, frozen=True, kw_only=True):
    """The setting that fits, and how many steps down the ladder it took."""

    setting: Setting
    steps: int


def fit(
    wholes: Sequence[Kept], steps: tuple[Departure, ...], weights: list[float], measure: Measure, room: float
) -> Fitted:
    """The setting that fills `room`: the first of the `wholes` that leaves the type large, else the last of them, and
    of that as much as fits. `measure` gives the height that a setting takes.
    """
    *fuller, whole = wholes
    for more in fuller if weights[0] <= MOST_EMS else ():
        full = Setting(kept=more, scale=ROOMY)
        if measure(full) <= room:
            return Fitted(setting=_with_air(_largest_scale(full, measure, room) or full, measure, room), steps=0)
    first = next((number for number, ems in enumerate(weights) if ems <= MOST_EMS), len(steps))

    def kept(number: int) -> Kept:
        return steps[number - 1].kept if number else whole

    floor = Setting(kept=kept(first), scale=SMALLEST)
    if first == 0:
        setting = _largest_scale(Setting(kept=whole), measure, room)
        if setting is not None:
            return Fitted(setting=_with_air(setting, measure, room), steps=0)
    number = _fewest_steps(first, weights, lambda k: measure(replace(floor, kept=kept(k))), room)
    # One thing that leaves may make room for more than it was short of.
    setting = replace(floor, kept=kept(number))
    if measure(setting) < FULL * room:
        setting = _largest_scale(setting, measure, room) or setting
    return Fitted(setting=_with_air(setting, measure, room), steps=number)


def _largest_scale(start: Setting, measure: Measure, room: float) -> Setting | None:
    """The setting at the largest scale that fits, or None where even the smallest does not."""
    low, high = SMALLEST, LARGEST
    best: Setting | None = None
    scale = start.scale
    for _ in range(MOST_RENDERS):
        height = measure(replace(start, scale=scale))
        if height <= room:
            best = replace(start, scale=scale)
            low = scale
            if height >= FULL * room or scale >= LARGEST:
                break
        else:
            high = scale
            if scale <= SMALLEST:
                break
        # Wrapped text takes room with the square of its size, so this guess is near; the bracket keeps it honest.
        guess = min(max(scale * sqrt(room / height) * 0.99, SMALLEST), LARGEST)
        scale = guess if low < guess < high or guess in {SMALLEST, LARGEST} else (low + high) / 2
    if best is None and measure(replace(start, scale=SMALLEST)) <= room:
        return replace(start, scale=SMALLEST)
    return best


def _fewest_steps(first: int, weights: list[float], measure: Callable[[int], float], room: float) -> int:
    """The fewest steps after which the sheet fits; heights between the measured ones are guessed from the text."""
    low, high = first, len(weights) - 1
    low_height, high_height = measure(low), 0.0
    if low_height <= room:
        return low
    halve = False
    while high - low > 1:
        share = 0.5 if halve else (low_height - room) / max(low_height - high_height, 1.0)
        target = weights[low] - share * (weights[low] - weights[high])
        guess = next(number for number in range(low, high + 1) if weights[number] <= target or number == high)
        number = min(max(guess, low + 1), high - 1)
        height, width = measure(number), high - low
        if height <= room:
            high, high_height = number, height
            if height >= FULL * room:
                break
        else:
            low, low_height = number, height
        # A guess that brings little is followed by the middle, so that the search is never slow.
        halve = not halve and high - low > width / 2
    return high


def _with_air(fitted: Setting, measure: Measure, room: float) -> Setting:
    """The setting with its gaps opened so far that the page is filled, within limits."""
    height = measure(fitted)
    spare = room - height
    if spare < LEAST_SPARE * room:
        return fitted
    trial = 2.0
    growth = (measure(replace(fitted, air=trial)) - height) / trial
    if growth <= 0:
        return fitted
    aired = replace(fitted, air=min(spare * 0.97 / growth, MOST_AIR * fitted.scale))
    return aired if measure(aired) <= room else fitted
