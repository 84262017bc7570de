"""verify: finished files → what they carry of the page → Report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pipeline.diagnostics import Diagnostic
from pipeline.model.document import Document
from pipeline.model.plan import Comparison
from pipeline.settings import Product
from pipeline.verify.record import Chosen, Provenance, Recorded, recorded
from pipeline.verify.report import Report
from pipeline.verify.trace import Finding

if TYPE_CHECKING:
    from pipeline.verify.verifying import Checked

__all__ = ["Chosen", "Finding", "Provenance", "Recorded", "Report", "check_file", "recorded", "report_of", "verify"]


def verify(
    document: Document,
    comparison: Comparison,
    files: Mapping[Product, bytes],
    diagnostics: Iterable[Diagnostic] = (),
    provenance: Provenance | None = None,
) -> Report:
    """The files read back and held against the page.

    `diagnostics` are what the other stages said: the report keeps them, and what the sheet's writer said of parts
    that found no room makes those parts legal to miss. `provenance` tells of files that were built before.
    """
    # The readers' libraries load only when files are read.
    from pipeline.verify.verifying import Verifying

    verifying = Verifying(document, comparison, tuple(diagnostics))
    checked = [verifying.check(product, data) for product, data in files.items()]
    return verifying.report(checked, provenance or Provenance())


def check_file(
    document: Document, comparison: Comparison, product: Product, data: bytes, diagnostics: Iterable[Diagnostic]
) -> Checked:
    """One file read back and held against the page. `diagnostics` are at least what its writer said."""
    from pipeline.verify.verifying import Verifying

    return Verifying(document, comparison, tuple(diagnostics)).check(product, data)


def report_of(
    document: Document,
    comparison: Comparison,
    checked: Iterable[Checked],
    diagnostics: Iterable[Diagnostic],
    provenance: Provenance | None = None,
) -> Report:
    """What the files that were checked carry, together, with what the other stages said."""
    from pipeline.verify.verifying import Verifying

    return Verifying(document, comparison, tuple(diagnostics)).report(checked, provenance or Provenance())
