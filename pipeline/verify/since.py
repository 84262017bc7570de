"""What became of the files since they were built: gone, edited, older than their page, or less than they were."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec.structs import replace

from pipeline.diagnostics import Severity, Span
from pipeline.settings import Product
from pipeline.verify.findings import Teller, word
from pipeline.verify.record import Provenance, Recorded, RecordedUnit
from pipeline.verify.report import Report
from pipeline.verify.shown import gone
from pipeline.verify.trace import Finding, Trace, file_name, short
from pipeline.verify.units import Kind

_BUILD = "build the page again"
_PUT_BACK = "build the file again; if somebody edited it, put the text back where it was"
_PARTS = {"slide": "a slide", "notes": "the notes", "alt": "an alternative text"}


def since(report: Report, stem: str, provenance: Provenance) -> Iterator[Finding]:
    """What is to be said of the time since the files were built, beside what the `report` says of them as they are."""
    for product in Product:
        if product in provenance.missing:
            teller = Teller(product=product, path=report.path)
            message = f"the {teller.file}, {file_name(product, stem)}, is not there"
            yield teller.error("missing-file", message, None, hint=_BUILD)
    if provenance.earlier is not None:
        yield from _Since(report, provenance.earlier).findings()


class _Since:
    """A report on files, and the one of their build."""

    def __init__(self, report: Report, earlier: Recorded) -> None:
        self._report = report
        self._earlier = earlier
        digests = {file.product: file.sha256 for file in report.files}
        self._known = [product for product in digests if earlier.file(product)]
        self._edited = [product for product in earlier.edited(digests) if product in digests]

    def findings(self) -> Iterator[Finding]:
        """A finding for each loss, then for each file that is out of date, then a note for each that was edited."""
        stale = self._earlier.stale(self._report.digest)
        if not stale:
            yield from self._losses()
        for product in self._known:
            teller = self._teller(product)
            for changed, what in ((stale, "the page"), (self._other_settings(), "a setting")):
                if changed:
                    message = f"{what} was changed since the {teller.file} was built"
                    yield replace(teller.error("stale", message, None, hint=_BUILD), severity=Severity.WARNING)
        for product in self._edited:
            teller = self._teller(product)
            message = f"the {teller.file} was edited since it was built"
            hint = "to build it again, keep a copy and use --force"
            yield replace(teller.error("edited", message, None, hint=hint), severity=Severity.NOTE)

    def _other_settings(self) -> bool:
        return self._earlier.chosen.digest != self._report.chosen.digest

    def _losses(self) -> Iterator[Finding]:
        """A finding for each unit and excerpt that an edited file had in more places when it was built."""
        for product in self._edited:
            told = {f.span.first for f in self._report.findings if f.span and f.product is product}
            yield from self._units(product, told)
            yield from self._excerpts(product, told)

    def _units(self, product: Product, told: Collection[int]) -> Iterator[Finding]:
        units, traces = self._earlier.units, self._report.traces
        if [(unit.kind, unit.line) for unit in units] != [(trace.kind, trace.line) for trace in traces]:
            return
        teller = self._teller(product)
        for unit, trace in zip(units, traces, strict=True):
            for place in _left(product, unit, trace) if trace.line not in told else ():
                name = f"the {word(Kind(trace.kind))} “{short(trace.text)}”"
                message = f"{name} was on {place} of the {teller.file} and is there no more"
                span = Span(first=trace.line, last=trace.line)
                yield teller.error(f"lost-{trace.kind}", message, span, hint=_PUT_BACK)

    def _excerpts(self, product: Product, told: Collection[int]) -> Iterator[Finding]:
        built = self._earlier.file(product)
        present = next(file for file in self._report.files if file.product is product)
        teller = self._teller(product)
        for shown in gone(built.shown if built else (), present.shown):
            if shown.line not in told:
                message = f"“{shown.text}”, which stood on {shown.place} of the {teller.file}, is there no more"
                yield teller.error("lost-excerpt", message, Span(first=shown.line, last=shown.line), hint=_PUT_BACK)

    def _teller(self, product: Product) -> Teller:
        return Teller(product=product, path=self._report.path)


def _left(product: Product, unit: RecordedUnit, trace: Trace) -> Iterator[str]:
    """The places of a file that a unit has left."""
    match product:
        case Product.DECK:
            yield from (_PARTS[part] for part in sorted(unit.deck - {place.part for place in trace.deck}))
        case Product.CHEATSHEET:
            if unit.sheet and not trace.sheet:
                yield "the page"
        case Product.HANDOUT:
            # Paper has every unit once.
            return
