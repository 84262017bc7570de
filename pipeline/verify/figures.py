"""Whether every figure and formula of a page is in a file, and every picture there can be heard as well as seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import PurePosixPath

from pipeline.model.inlines import Image
from pipeline.settings import Product
from pipeline.verify.carried import CarriedPicture, Passage, Spot, Where
from pipeline.verify.findings import Teller, quoted
from pipeline.verify.formula_words import formula_texts
from pipeline.verify.phrase import squeeze
from pipeline.verify.placing import Places
from pipeline.verify.stream import Match, Stream
from pipeline.verify.trace import Finding
from pipeline.verify.units import Kind, Unit

# So much besides a formula may stand between it and the text that it is of.
_BESIDE = 16


def _standing(stream: Stream, key: str, low: int, high: int) -> int | None:
    """The first place between two positions where a text stands as whole words."""
    at = stream.text.find(key, low, high)
    while at >= 0:
        if stream.is_whole(Match(start=at, end=at + len(key))):
            return at
        at = stream.text.find(key, at + 1, high)
    return None


class FigureCheck:
    """The pictures of one file, held against those of the page."""

    def __init__(
        self, teller: Teller, units: Sequence[Unit], places: Places, pictures: Sequence[CarriedPicture]
    ) -> None:
        self._teller = teller
        self._units = units
        self._places = places
        self._pictures = tuple(pictures)
        self._keys = tuple(squeeze(picture.description) for picture in pictures)
        self._by_digest: dict[str, list[int]] = {}
        self._by_key: dict[str, list[int]] = {}
        for index, picture in enumerate(self._pictures):
            self._by_key.setdefault(self._keys[index], []).append(index)
            for digest in sorted(picture.digests):
                self._by_digest.setdefault(digest, []).append(index)
        self._used: set[int] = set()
        self._matched: dict[int, CarriedPicture] = {}

    def findings(self) -> Iterator[Finding]:
        """What is wrong with the pictures. Notes the spots of those that are there."""
        numbers = self._numbers()
        for index, unit in enumerate(self._units):
            if unit.kind not in {Kind.FIGURE, Kind.FORMULA}:
                continue
            if self._rather_in_words(unit) and self._in_words(index, unit):
                continue
            found = self._nearest(self._alike(unit), numbers[index])
            if found is not None and not self._pictures[found].drawn:
                spot = Spot(where=self._pictures[found].where, number=self._pictures[found].number)
                message = f"{quoted(unit)} is not drawn on {spot} of the {self._teller.file}, only described"
                yield self._teller.error(f"lost-{unit.kind.value}", message, unit.span, spot)
            if found is not None:
                self._used.add(found)
                self._matched[index] = self._pictures[found]
                self._note(index, found)
            elif not unit.skipped and not self._in_words(index, unit):
                near = self._places.spots[unit.parent][:1] if unit.parent is not None else []
                message = f"{quoted(unit)} is not in the {self._teller.file}"
                place = near[0] if near else None
                yield self._teller.error(f"lost-{unit.kind.value}", message, unit.span, place)
        yield from self._mixed()
        yield from self._unheard()

    def _rather_in_words(self, unit: Unit) -> bool:
        """Whether words stand for a unit before any picture that has them among others: a picture that was missing."""
        if unit.kind is Kind.FORMULA:
            return unit.inline
        return unit.image is not None and unit.image.picture is None and unit.phrase.key not in self._by_key

    def _numbers(self) -> list[int]:
        """For each unit the slide or page of the last one before it that was found."""
        numbers: list[int] = []
        number = 1
        for spots in self._places.spots:
            number = spots[0].number if spots else number
            numbers.append(number)
        return numbers

    def _alike(self, unit: Unit) -> list[int]:
        """The pictures that may be a unit's: the same bytes, or the same words said of them; of formulas no others."""
        if unit.kind is Kind.FORMULA:
            return [index for index in self._by_key.get(unit.phrase.key, ()) if index not in self._used]
        picture = unit.image.picture if unit.image else None
        same = self._by_digest.get(sha256(picture.data).hexdigest(), []) if picture else []
        if same:
            return [index for index in same if index not in self._used]
        file = _file_name(unit.image) if unit.image and not unit.image.alt else ""
        said = self._said(unit.phrase.key) or self._said(file)
        return [index for index in said if index not in self._used]

    def _said(self, key: str) -> list[int]:
        """The pictures whose alternative text is or holds a text."""
        return self._by_key.get(key) or [index for index, text in enumerate(self._keys) if key and key in text]

    def _nearest(self, indices: Sequence[int], number: int) -> int | None:
        return min(indices, key=lambda index: (abs(self._pictures[index].number - number), index), default=None)

    def _in_words(self, index: int, unit: Unit) -> bool:
        """Whether the unit stands as text: a formula, or what stands for a picture that could not be had."""
        if unit.kind is Kind.FORMULA:
            return self._is_written(index, unit)
        if unit.image is not None and unit.image.picture is not None:
            return self._is_said(index, unit)
        for key in (unit.phrase.key, squeeze(unit.image.source) if unit.image else ""):
            for read in self._places.reads:
                at = read.stream.text.find(key) if key else -1
                if at >= 0:
                    passage = read.stream.passage_at(at)
                    self._places.spots[index].append(Spot(where=passage.where, number=passage.number))
                    return True
        return not unit.phrase.pieces

    def _is_said(self, index: int, unit: Unit) -> bool:
        """Whether a picture that a deck only speaks of is named there: notes hold no pictures, but legends or names."""
        if not unit.spoken or self._teller.product is not Product.DECK:
            return False
        legend = next((after for after in self._units[index + 1 : index + 2] if after.kind is Kind.LEGEND), unit)
        for read in self._places.reads:
            at = _standing(read.stream, legend.phrase.key, 0, len(read.stream)) if legend.phrase.key else None
            passage = read.stream.passage_at(at) if at is not None else None
            if passage is not None and passage.where is Where.NOTES:
                self._places.spots[index].append(Spot(where=passage.where, number=passage.number))
                return True
        return False

    def _is_written(self, index: int, unit: Unit) -> bool:
        """Whether a formula stands as text in every copy of the text that holds it, or anywhere if it stands apart."""
        keys = tuple(dict.fromkeys(filter(None, map(squeeze, formula_texts(unit.text)))))
        spots: list[Spot] = []
        for stream, low, high in self._copies(unit):
            found = next((at for key in keys if (at := _standing(stream, key, low, high)) is not None), None)
            if found is not None:
                passage = stream.passage_at(found)
                spots.append(Spot(where=passage.where, number=passage.number))
            elif unit.parent is not None:
                return False
        self._places.spots[index].extend(spots)
        return bool(spots) or not keys

    def _copies(self, unit: Unit) -> Iterator[tuple[Stream, int, int]]:
        """Where to look for a formula: the copies of its text with what may stand beside them, else everywhere."""
        beside = 2 * len(unit.text) + _BESIDE
        for read in self._places.reads:
            placed = read.placed.get(unit.parent) if unit.parent is not None else None
            if placed is not None:
                start, end = placed.match.start, placed.match.end
                yield read.stream, max(0, start - beside), min(len(read.stream), end + beside)
            elif unit.parent is None:
                yield read.stream, 0, len(read.stream)

    def _note(self, index: int, found: int) -> None:
        picture = self._pictures[found]
        where = Where.ALT if picture.where is Where.SLIDE and not picture.is_picture else picture.where
        self._places.spots[index].append(Spot(where=where, number=picture.number))

    def _mixed(self) -> Iterator[Finding]:
        """A finding for each legend that stands by another figure than its own."""
        pairs = [(figure, *legend) for index, figure in self._matched.items() if (legend := self._legend(index))]
        pairs.sort(key=lambda pair: pair[0].order)
        there = sorted((at.order, _words(unit)) for _, unit, at in pairs)
        for (figure, unit, at), (_, key) in zip(pairs, there, strict=True):
            elsewhere = figure.where is Where.SLIDE and figure.number != at.number
            if (_words(unit) != key or elsewhere) and not (self._stands_by(figure, unit) or self._is_like(figure, at)):
                spot = Spot(where=at.where, number=at.number)
                message = f"{quoted(unit)} stands by another figure than its own on {spot} of the {self._teller.file}"
                yield self._teller.error("mixed-legend", message, unit.span, spot, "put it under its own figure")

    def _stands_by(self, figure: CarriedPicture, legend: Unit) -> bool:
        """Whether a legend stands on its figure's slide after all, though it was found in a longer text elsewhere."""
        loose = (passage for read in self._places.reads for passage in read.stream.unclaimed())
        return any(
            (passage.where, passage.number) == (figure.where, figure.number)
            and squeeze(passage.text) == squeeze(legend.text)
            for passage in loose
        )

    def _is_like(self, figure: CarriedPicture, legend: Passage) -> bool:
        """Whether the picture right before a legend cannot be told from a figure: paper has no more than its words."""
        above = [
            picture
            for picture in self._pictures
            if (picture.where, picture.number) == (legend.where, legend.number) and picture.order < legend.order
        ]
        last = max(above, key=lambda picture: picture.order, default=figure)
        return not last.digests and squeeze(last.description) == squeeze(figure.description)

    def _legend(self, figure: int) -> tuple[Unit, Passage] | None:
        """The legend that follows a figure on the page, and where it stands; None where it has none or that is lost."""
        index = figure + 1
        if index >= len(self._units) or self._units[index].kind is not Kind.LEGEND:
            return None
        for read in self._places.reads:
            placed = read.placed.get(index)
            passage = read.stream.passage_at(placed.match.start) if placed else None
            if passage is not None and passage.where is not Where.NOTES:
                return self._units[index], passage
        return None

    def _unheard(self) -> Iterator[Finding]:
        """A finding for each picture without an alternative text that is not marked as decoration."""
        for index, picture in enumerate(self._pictures):
            if picture.is_picture and not picture.decorative and not self._keys[index]:
                spot = Spot(where=picture.where, number=picture.number)
                own = (self._units[number] for number, found in self._matched.items() if found is picture)
                unit = next(own, None) or next(self._on(spot), None)
                hint = "give the picture an alternative text, on the page or in the file"
                message = f"a picture on {spot} of the {self._teller.file} has no alternative text"
                yield self._teller.error("no-alt", message, unit.span if unit else None, spot, hint)

    def _on(self, spot: Spot) -> Iterator[Unit]:
        return (u for u, spots in zip(self._units, self._places.spots, strict=True) if spot in spots)


def _file_name(image: Image) -> str:
    """What may be said of a picture of which the page says nothing; one that stands in the page has no name."""
    return "picture" if image.source.startswith("data:") else squeeze(PurePosixPath(image.source).name)


def _words(legend: Unit) -> str:
    """A legend's letters and digits: of two that differ in signs alone, one may be found where the other stands."""
    key = legend.phrase.key
    return "".join(filter(str.isalnum, key)) or key
