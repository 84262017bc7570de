"""The comparison sheet held against the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from pipeline.diagnostics import Diagnostic, Span
from pipeline.model.inlines import WebTarget
from pipeline.model.plan import Comparison
from pipeline.verify.carried import Passage, PdfContents, Spot, Where
from pipeline.verify.check_handout import accessible, mended
from pipeline.verify.entries import EntryCheck
from pipeline.verify.excerpts import MANY, ExcerptCheck
from pipeline.verify.findings import Teller, quoted
from pipeline.verify.links import canonical, opens
from pipeline.verify.phrase import phrase_of_text, reshaped, squeeze
from pipeline.verify.placing import Layer, Places, place, text_units
from pipeline.verify.shuffled import find_shuffled
from pipeline.verify.stream import Stream
from pipeline.verify.trace import Finding, short
from pipeline.verify.units import Kind, Unit

_SECOND = 2
# What may stand on one line with a section's title: its number, the handout's page.
_BESIDE_TITLE = 24


class LeftOff(Struct, frozen=True, kw_only=True):
    """What had to leave the sheet, as its writer said: source lines, and whether even titles and references did."""

    lines: frozenset[int] = frozenset()
    full: bool = False

    @classmethod
    def of(cls, diagnostics: Sequence[Diagnostic]) -> LeftOff:
        """What the diagnostics of a build say of it."""
        spans = [said.span for said in diagnostics if said.code == "left-off-sheet" and said.span]
        return cls(
            lines=frozenset(line for span in spans for line in range(span.first, span.last + 1)),
            full=any(said.code == "sheet-full" for said in diagnostics),
        )


class SheetCheck:
    """One sheet and the page that it sums up."""

    def __init__(self, teller: Teller, units: Sequence[Unit], pdf: PdfContents) -> None:
        self._teller = teller
        self._units = units
        self._pdf = mended(pdf, units)
        self._keys = tuple(squeeze(passage.text) for passage in self._pdf.passages)
        self._words = "".join(self._keys)
        self.places = self._placed()

    def findings(self, comparison: Comparison, left_off: LeftOff) -> Iterator[Finding]:
        """What is wrong with the sheet."""
        if self._pdf.pages != 1:
            message = f"the {self._teller.file} has {self._pdf.pages} pages; it must have one"
            yield self._teller.error("sheet-pages", message, None, None, "build the file again")
        yield from self._staying(left_off)
        yield from self._cells(comparison, left_off)
        yield from ExcerptCheck(self._teller, self._units, self.places, frozenset()).findings(heads=MANY, near=MANY)
        yield from EntryCheck(self._teller, self._units, self.places).findings()
        yield from self._order()
        yield from accessible(self._teller, self._pdf)

    def _placed(self) -> Places:
        """Where units stand. A reference does where its address is printed or can be clicked."""
        layer = Layer(passages=self._pdf.passages, units=text_units(self._units), loose=True)
        places = place(self._units, (layer,))
        linked = {canonical(link.url): link.number for link in self._pdf.links}
        printed = dict(zip(self._keys, self._pdf.passages, strict=True))
        for index, unit in enumerate(self._units):
            if unit.kind is Kind.REFERENCE and isinstance(unit.target, WebTarget):
                number = linked.get(canonical(unit.target.url)) or _printed(unit.phrase.key, printed)
                if number:
                    places.spots[index].append(Spot(where=Where.PAGE, number=number))
        return places

    def _staying(self, left_off: LeftOff) -> Iterator[Finding]:
        """A finding for the title, and each section title and reference, that is not there."""
        for index, unit in enumerate(self._units):
            second = unit.kind is Kind.SECTION and unit.depth == _SECOND
            reference = isinstance(unit.target, WebTarget) and unit.kind is Kind.REFERENCE and opens(unit.target.url)
            bound = unit.kind is Kind.TITLE or ((second or reference) and not left_off.full)
            if bound and not (self.places.spots[index] or reshaped(unit.text) or self._says(unit.text)):
                message = f"{quoted(unit)} is not on the {self._teller.file}"
                yield self._teller.error(f"lost-{unit.kind.value}", message, unit.span)

    def _cells(self, comparison: Comparison, left_off: LeftOff) -> Iterator[Finding]:
        for row in comparison.rows:
            for cell in row.cells:
                if cell.line not in left_off.lines and not self._says(cell.text):
                    said = f"what the page says of {cell.subject} under “{row.aspect}”"
                    message = f"{said}, “{short(cell.text)}”, is not on the {self._teller.file}"
                    yield self._teller.error("lost-comparison", message, Span(first=cell.line, last=cell.line))

    def _says(self, text: str) -> bool:
        phrase = phrase_of_text(text)
        if not phrase.pieces or phrase.key in self._words or reshaped(text):
            return True
        fresh = Stream(self._pdf.passages)
        return find_shuffled(fresh, phrase.pieces, 0, len(fresh)) is not None

    def _order(self) -> Iterator[Finding]:
        """A finding for each section title that stands before the one that it follows on the page."""
        at = 0
        titles = Counter(unit.phrase.key for unit in self._units if unit.kind is Kind.SECTION)
        for unit in self._units:
            # Of sections of one title nobody can tell which is which.
            if unit.kind is Kind.SECTION and unit.depth == _SECOND and titles[unit.phrase.key] == 1:
                found = [index for index, key in enumerate(self._keys) if _titles(squeeze(unit.text), key)]
                later = [index for index in found if index >= at]
                if later:
                    at = later[0] + 1
                elif found:
                    message = f"{quoted(unit)} stands out of order on the {self._teller.file}"
                    yield self._teller.error("moved", message, unit.span)


def _titles(title: str, key: str) -> bool:
    return title in key and len(key) <= len(title) + _BESIDE_TITLE


def _printed(address: str, passages: dict[str, Passage]) -> int | None:
    return next((passage.number for key, passage in passages.items() if address in key), None)
