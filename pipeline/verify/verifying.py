"""The whole check of one page: read each file, hold it against the page's units, put the report together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from pipeline.diagnostics import Diagnostic
from pipeline.model.document import Document
from pipeline.model.plan import Comparison
from pipeline.settings import Product
from pipeline.verify.carried import Spot, UnreadableError
from pipeline.verify.check_deck import check_deck
from pipeline.verify.check_handout import check_handout
from pipeline.verify.check_sheet import LeftOff, SheetCheck
from pipeline.verify.findings import Teller
from pipeline.verify.placing import Places, is_text
from pipeline.verify.read_deck import read_deck
from pipeline.verify.record import CheckedFile, Provenance
from pipeline.verify.report import Report
from pipeline.verify.shown import excerpts
from pipeline.verify.since import since
from pipeline.verify.trace import DeckPlace, Finding, Omission, Trace, file_name
from pipeline.verify.units import Kind, Unit, units_of


class Checked(Struct, frozen=True, kw_only=True):
    """One file held against the page: for each unit the spots where it stands, and what is wrong."""

    file: CheckedFile
    spots: tuple[tuple[Spot, ...], ...]
    findings: tuple[Finding, ...]


class Verifying:
    """One page and its units. Files can be checked in any order, each by itself."""

    def __init__(self, document: Document, comparison: Comparison, diagnostics: tuple[Diagnostic, ...]) -> None:
        self._document = document
        self._comparison = comparison
        self._diagnostics = diagnostics
        self._units = units_of(document)

    def check(self, product: Product, data: bytes) -> Checked:
        """What one file carries and what is wrong with it."""
        teller = Teller(product=product, path=self._document.path)
        places: Places | None = None
        try:
            places, findings = self._held(product, data, teller)
        except UnreadableError as error:
            message = f"the {teller.file} cannot be read: {error}"
            findings = (teller.error(f"unreadable-{product.value}", message, None),)
        file = CheckedFile(
            product=product,
            name=file_name(product, self._document.stem),
            sha256=sha256(data).hexdigest(),
            size=len(data),
            shown=tuple(excerpts(self._units, places)) if places else (),
        )
        spots = tuple(map(tuple, places.spots)) if places else ((),) * len(self._units)
        return Checked(file=file, spots=spots, findings=findings)

    def report(self, checked: Iterable[Checked], provenance: Provenance) -> Report:
        """What the files that were checked carry, together, and what became of them since they were built."""
        by_product = {each.file.product: each for each in checked}
        present = [by_product[product] for product in Product if product in by_product]
        spots = {each.file.product: each.spots for each in present}
        report = Report(
            path=self._document.path,
            digest=self._document.digest,
            files=tuple(each.file for each in present),
            traces=tuple(
                _trace(spots, index, unit)
                for index, unit in enumerate(self._units)
                if unit.kind is not Kind.DESCRIPTION  # which may go anywhere
            ),
            comparison=self._comparison,
            findings=tuple(finding for each in present for finding in each.findings),
            diagnostics=self._diagnostics,
            omissions=tuple(self._omissions(spots)),
            chosen=provenance.chosen,
        )
        return replace(report, findings=(*report.findings, *since(report, self._document.stem, provenance)))

    def _omissions(self, spots: Mapping[Product, Sequence[Sequence[Spot]]]) -> Iterator[Omission]:
        """What is missing, as the page or the sheet's ranking asks for."""
        left = LeftOff.of(self._diagnostics)
        for index, unit in enumerate(self._units):
            absent = {product for product, places in spots.items() if not places[index]}
            if unit.skipped and Product.DECK in absent:
                yield _omission(Product.DECK, unit, "the page asks the deck to skip it")
            if Product.CHEATSHEET in absent and unit.span.first in left.lines and is_text(unit):
                yield _omission(Product.CHEATSHEET, unit, "the sheet has no room for it, by its ranking")

    def _held(self, product: Product, data: bytes, teller: Teller) -> tuple[Places, tuple[Finding, ...]]:
        if product is Product.DECK:
            return check_deck(teller, self._units, read_deck(data))
        # The libraries that read PDF load only where there is one.
        from pipeline.verify.read_pdf import read_pdf

        match product:
            case Product.HANDOUT:
                return check_handout(teller, self._units, read_pdf(data))
            case Product.CHEATSHEET:
                check = SheetCheck(teller, self._units, read_pdf(data))
                return check.places, tuple(check.findings(self._comparison, LeftOff.of(self._diagnostics)))


def _omission(product: Product, unit: Unit, reason: str) -> Omission:
    return Omission(product=product, kind=unit.kind.value, line=unit.span.first, text=unit.text, reason=reason)


def _trace(places: Mapping[Product, Sequence[Sequence[Spot]]], index: int, unit: Unit) -> Trace:
    """Where a unit went."""
    spots = {product: found[index] for product, found in places.items()}
    deck = {DeckPlace(slide=spot.number, part=spot.where.value) for spot in spots.get(Product.DECK, ())}
    return Trace(
        kind=unit.kind.value,
        line=unit.span.first,
        text=unit.text,
        deck=tuple(sorted(deck)),
        handout=tuple(sorted({spot.number for spot in spots.get(Product.HANDOUT, ())})),
        sheet=bool(spots.get(Product.CHEATSHEET)),
    )
