"""The whole check of one page: read each file, hold it against the page's units, put the report together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from pipeline.diagnostics import Diagnostic
from pipeline.model.document import Document
from pipeline.model.plan import Comparison
from pipeline.settings import Product
from pipeline.verify.carried import UnreadableError
from pipeline.verify.check_deck import check_deck
from pipeline.verify.check_handout import check_handout
from pipeline.verify.check_sheet import LeftOff, SheetCheck
from pipeline.verify.findings import Teller
from pipeline.verify.placing import Places
from pipeline.verify.read_deck import read_deck
from pipeline.verify.read_pdf import read_pdf
from pipeline.verify.report import CheckedFile, DeckPlace, Finding, Report, Trace, file_name
from pipeline.verify.units import Kind, Unit, units_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One file held against the page: where each unit stands in it, None if it cannot be read, and what is wrong."""

    file: CheckedFile
    places: Places | None
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
        return Checked(file=_file(product, data, self._document.stem), places=places, findings=findings)

    def report(self, checked: Iterable[Checked]) -> Report:
        """What the files that were checked carry, together."""
        by_product = {each.file.product: each for each in checked}
        present = [by_product[product] for product in Product if product in by_product]
        places = {each.file.product: each.places for each in present if each.places}
        return Report(
            path=self._document.path,
            digest=self._document.digest,
            files=tuple(each.file for each in present),
            traces=tuple(
                _trace(places, index, unit)
                for index, unit in enumerate(self._units)
                if unit.kind is not Kind.DESCRIPTION  # which may go anywhere
            ),
            comparison=self._comparison,
            findings=tuple(finding for each in present for finding in each.findings),
            diagnostics=self._diagnostics,
        )

    def _held(self, product: Product, data: bytes, teller: Teller) -> tuple[Places, tuple[Finding, ...]]:
        match product:
            case Product.DECK:
                return check_deck(teller, self._units, read_deck(data))
            case Product.HANDOUT:
                return check_handout(teller, self._units, read_pdf(data))
            case Product.CHEATSHEET:
                check = SheetCheck(teller, self._units, read_pdf(data))
                return check.places, tuple(check.findings(self._comparison, LeftOff.of(self._diagnostics)))


def _trace(places: Mapping[Product, Places], index: int, unit: Unit) -> Trace:
    """Where a unit went."""
    spots = {product: found.spots[index] for product, found in places.items()}
    deck = {DeckPlace(slide=spot.number, part=spot.where.value) for spot in spots.get(Product.DECK, ())}
    return Trace(
        kind=unit.kind.value,
        line=unit.span.first,
        text=unit.text,
        deck=tuple(sorted(deck)),
        handout=tuple(sorted({spot.number for spot in spots.get(Product.HANDOUT, ())})),
        sheet=bool(spots.get(Product.CHEATSHEET)),
    )


def _file(product: Product, data: bytes, stem: str) -> CheckedFile:
    return CheckedFile(product=product, name=file_name(product, stem), sha256=sha256(data).hexdigest(), size=len(data))
