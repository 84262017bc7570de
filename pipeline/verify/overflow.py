"""Whether what stands on slides fits: rectangles and sizes as the file gives them, text measured at its least."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, groupby

from pipeline.verify.carried import DeckContents, Spot, Where
from pipeline.verify.deck_boxes import Box
from pipeline.verify.findings import Teller
from pipeline.verify.phrase import squeeze
from pipeline.verify.placing import Places
from pipeline.verify.trace import Finding, short
from pipeline.verify.units import Unit

# Points that a shape may stand over the slide's edge, and that two texts may share: programs round, glyphs lean.
_OVER_EDGE = 1.0
_SHARED = 3.0
# So much of a line may be wanting: a last line has room below its letters.
_PART_OF_LINE = 0.5
_FITS = "shorten the text, make the box larger or let it go on with another slide"
_APART = "move them apart"


class OverflowCheck:
    """The boxes of a deck, and the units that stand on its slides, to tell a box by its source line."""

    def __init__(self, teller: Teller, units: Sequence[Unit], places: Places, deck: DeckContents) -> None:
        self._teller = teller
        self._deck = deck
        self._on: dict[int, list[Unit]] = {}
        for unit, spots in zip(units, places.spots, strict=True):
            for number in {spot.number for spot in spots}:
                self._on.setdefault(number, []).append(unit)

    def findings(self) -> Iterator[Finding]:
        """A finding for each box that leaves its slide, cannot hold its text, or covers another's text."""
        width, height = self._deck.size
        for _, group in groupby(self._deck.boxes, key=lambda box: box.number):
            boxes = tuple(group)
            for box in boxes:
                area = box.area
                if min(area.left, area.top, width - area.right, height - area.bottom) < -_OVER_EDGE:
                    yield self._told(box, "off-slide", f"{_named(box)} stands over the edge of", _APART)
                # Programs give lines and fields of colour an empty paragraph.
                if box.pitch and box.text.strip() and box.needed > box.room + _PART_OF_LINE * box.pitch:
                    sizes = f"it needs {box.needed:.0f} points of height at least and has {box.room:.0f}"
                    yield self._told(box, "overflow", f"{_named(box)} does not fit its box ({sizes}) on", _FITS)
            yield from self._overlaps(boxes)

    def _overlaps(self, boxes: Sequence[Box]) -> Iterator[Finding]:
        for first, second in combinations((box for box in boxes if box.covered), 2):
            # Pictures may lie on pictures.
            if (first.text or second.text) and _covers(first, second):
                over = f"{_named(second)} stands over {_named(first)} on"
                own = next((box for box in (second, first) if self._own(box)), second)
                yield self._told(own, "overlap", over, _APART)

    def _told(self, box: Box, code: str, message: str, hint: str) -> Finding:
        spot = Spot(where=Where.SLIDE, number=box.number)
        unit = self._unit(box)
        return self._teller.error(code, f"{message} {spot}", unit.span if unit else None, spot, hint)

    def _unit(self, box: Box) -> Unit | None:
        """The unit whose text stands in a box, else the first on its slide."""
        return self._own(box) or next(iter(self._on.get(box.number, ())), None)

    def _own(self, box: Box) -> Unit | None:
        """The unit whose text stands in a box."""
        units = self._on.get(box.number, [])
        for line in box.text.split("\n"):
            key = squeeze(line)
            alike = (unit for unit in units if key and unit.phrase.key and _shares(key, unit.phrase.key))
            found = next(alike, None)
            if found is not None:
                return found
        return None


def _named(box: Box) -> str:
    text = " ".join(box.text.split())
    return f"the text “{short(text)}”" if text else "a picture"


def _covers(first: Box, second: Box) -> bool:
    return any(one.shares(other, _SHARED) for one in first.covered for other in second.covered)


def _shares(key: str, other: str) -> bool:
    return key in other or key.startswith(other)
