"""The whole check of one page: read each file, hold it against the page's units, put the report together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256

from pipeline.diagnostics import Diagnostic
from pipeline.model.document import Document
from pipeline.model.plan import Comparison
from pipeline.settings import Product
from pipeline.verify.carried import Spot, UnreadableError
from pipeline.verify.check_deck import check_deck
from pipeline.verify.check_handout import check_handout
from pipeline.verify.check_sheet import LeftOff, SheetCheck
from pipeline.verify.findings import Teller
from pipeline.verify.placing import Places
from pipeline.verify.read_deck import read_deck
from pipeline.verify.read_pdf import read_pdf
from pipeline.verify.report import CheckedFile, DeckPlace, Finding, Report, Trace, file_name
from pipeline.verify.units import Kind, Unit, units_of


class Verifying:
    """One page, its units, and what was found of them so far."""

    def __init__(self, document: Document, comparison: Comparison, diagnostics: tuple[Diagnostic, ...]) -> None:
        self._document = document
        self._comparison = comparison
        self._diagnostics = diagnostics
        self._units = units_of(document)
        self._places: dict[Product, Places] = {}
        self._findings: list[Finding] = []

    def report(self, files: Mapping[Product, bytes]) -> Report:
        """What the files carry and what is wrong with them."""
        present = {product: files[product] for product in Product if product in files}
        for product, data in present.items():
            self._check(product, data)
        return Report(
            path=self._document.path,
            digest=self._document.digest,
            files=tuple(_checked(product, data, self._document.stem) for product, data in present.items()),
            traces=tuple(
                self._trace(i, unit) for i, unit in enumerate(self._units) if unit.kind is not Kind.DESCRIPTION
            ),
            comparison=self._comparison,
            findings=tuple(self._findings),
            diagnostics=self._diagnostics,
        )

    def _check(self, product: Product, data: bytes) -> None:
        teller = Teller(product=product, path=self._document.path)
        try:
            self._places[product], findings = self._held(product, data, teller)
        except UnreadableError as error:
            message = f"the {teller.file} cannot be read: {error}"
            findings = (teller.error(f"unreadable-{product.value}", message, None),)
        self._findings.extend(findings)

    def _held(self, product: Product, data: bytes, teller: Teller) -> tuple[Places, tuple[Finding, ...]]:
        match product:
            case Product.DECK:
                return check_deck(teller, self._units, read_deck(data))
            case Product.HANDOUT:
                return check_handout(teller, self._units, read_pdf(data))
            case Product.CHEATSHEET:
                check = SheetCheck(teller, self._units, read_pdf(data))
                return check.places, tuple(check.findings(self._comparison, LeftOff.of(self._diagnostics)))

    def _traces(self) -> Iterator[Trace]:
        """Where each unit went; the description may go anywhere."""
        kept = (pair for pair in enumerate(self._units) if pair[1].kind is not Kind.DESCRIPTION)
        return (self._trace(index, unit) for index, unit in kept)

    def _trace(self, index: int, unit: Unit) -> Trace:
        deck = {DeckPlace(slide=spot.number, part=spot.where.value) for spot in self._spots(Product.DECK, index)}
        pages = {spot.number for spot in self._spots(Product.HANDOUT, index)}
        return Trace(
            kind=unit.kind.value,
            line=unit.span.first,
            text=unit.text,
            deck=tuple(sorted(deck)),
            handout=tuple(sorted(pages)),
            sheet=bool(self._spots(Product.CHEATSHEET, index)),
        )

    def _spots(self, product: Product, index: int) -> list[Spot]:
        places = self._places.get(product)
        return places.spots[index] if places else []


def _checked(product: Product, data: bytes, stem: str) -> CheckedFile:
    return CheckedFile(product=product, name=file_name(product, stem), sha256=sha256(data).hexdigest(), size=len(data))
