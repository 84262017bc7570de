"""What a file shows of the page without being a whole unit of it, and whether it was changed on the way."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pipeline.verify.alterations import Source, excerpt_change, words
from pipeline.verify.carried import Passage, Spot, Where
from pipeline.verify.findings import Teller, changed
from pipeline.verify.phrase import disordered, phrase_of, reshaped
from pipeline.verify.placing import Places, is_text
from pipeline.verify.stream import Stream
from pipeline.verify.trace import Finding
from pipeline.verify.units import Kind, Unit

FEW: Final = 2
"""The least words of a text that is judged where the writer sets no labels of its own."""
MANY: Final = 6
"""The least words of a text that is judged among the writer's labels, or where chance finds more that is alike."""
NONE: Final = sys.maxsize
"""No text is judged."""
# Of a text's words so many must be a unit's to be compared with it.
_SHARED = 0.75
_LONGEST_BADGE = 3
_COMMAND = re.compile(r"\\[A-Za-z]+")
_BETWEEN_POINTS = "·"
_HEADINGS = frozenset({Kind.TITLE, Kind.SECTION, Kind.HEADING})


class ExcerptCheck:
    """The page's words by which a file's texts are judged. Units already `told` of are left out.

    A unit may be whole in the notes and yet be wrong on the slide.
    """

    def __init__(self, teller: Teller, units: Sequence[Unit], places: Places, told: frozenset[int]) -> None:
        self._teller = teller
        self._units = units
        self._places = places
        self._source = Source.of(text for unit in units for text in (unit.text, *unit.phrase.written))
        read = [i for i, unit in enumerate(units) if is_text(unit) or unit.kind is Kind.DESCRIPTION]
        read = [index for index in read if index not in told]
        self._least = (FEW, FEW, MANY)
        self._words = {index: words(units[index].text) for index in read}
        self._by_word: dict[str, list[int]] = {}
        self._by_number: dict[int, set[int]] = {}
        for index in read:
            for word in dict.fromkeys(self._words[index]):
                self._by_word.setdefault(word, []).append(index)
            for spot in places.spots[index]:
                self._by_number.setdefault(spot.number, set()).add(index)

    def findings(
        self, titles: Iterable[Passage] = (), *, heads: int = FEW, near: int = FEW, far: int = MANY
    ) -> Iterator[Finding]:
        """A finding for each text that is nearly, but not quite, what the page says.

        `titles` are looked at again. A text of at least so many words is compared with a title where it is one of the
        `heads`, which fill a heading or a line of contents; with a unit `near` it, on the same slide or page; and with
        one `far` from it.
        """
        self._least = (heads, near, far)
        for read in self._places.reads:
            for passage in read.stream.unclaimed():
                if not (passage.where is Where.PAGE and _uncertain(read.stream, passage.text)):
                    yield from self._judged(passage)
        for title in titles:
            yield from self._judged(title)

    def _judged(self, passage: Passage) -> Iterator[Finding]:
        # A sheet sets several points on one line.
        for text in passage.text.split(_BETWEEN_POINTS):
            said = words(text)
            # A subject's letter or a section's number may stand before its name.
            has_badge = len(said) > 1 and len(said[0]) < _LONGEST_BADGE
            as_it_is = self._source.has(said) or (has_badge and self._source.has(said[1:]))
            found = None if as_it_is else self._changed(said, passage)
            if found:
                index, told = found
                yield changed(self._teller, self._units[index], told, Spot(where=passage.where, number=passage.number))

    def _changed(self, said: tuple[str, ...], passage: Passage) -> tuple[int, str] | None:
        """The unit that a text shows with a change, and the change."""
        alike = self._alike(said)
        text = "".join(said)
        if any("".join(self._words[index]) in text for index in alike):
            # A unit whole, with a label before it.
            return None
        for index in alike:
            if len(said) >= self._least_for(index, passage):
                told = excerpt_change(self._words[index], said, _beside(self._units[index]))
                if told:
                    return index, told
        return None

    def _least_for(self, index: int, passage: Passage) -> int:
        """How many words a passage must have to be compared with a unit."""
        heads, near, far = self._least
        if (passage.heading or passage.pointer) and self._units[index].kind in _HEADINGS:
            return heads
        return near if index in self._by_number.get(passage.number, ()) else far

    def _alike(self, said: tuple[str, ...]) -> list[int]:
        """The units that have most of the words."""
        different = dict.fromkeys(said)
        shared = Counter(index for word in different for index in self._by_word.get(word, ()))
        return sorted(index for index, count in shared.items() if count >= _SHARED * len(different))


def _beside(unit: Unit) -> str:
    """What a file may say where a unit has pictures and formulas: the words of each, those of a formula also bare."""
    texts = [text for formula in unit.phrase.formulas for text in (formula.source, _COMMAND.sub(" ", formula.source))]
    for inline in unit.phrase.images:
        image = inline.image
        texts += [image.alt, image.title, image.source, phrase_of(inline.legend).text]
        texts.append(f"{image.alt or image.title} {image.source}")  # in place of one that could not be had
    texts.append(" ".join(inline.image.alt for inline in unit.phrase.images))  # side by side
    return "\n".join("".join(words(text)) for text in texts)


def _uncertain(stream: Stream, text: str) -> bool:
    """Whether a PDF may give a text in another order than it is read."""
    return stream.right_to_left or disordered(text) or reshaped(text)
