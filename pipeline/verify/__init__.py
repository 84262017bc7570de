"""verify: finished files → what they carry of the page → Report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.diagnostics import Diagnostic
from pipeline.model.document import Document
from pipeline.model.plan import Comparison
from pipeline.settings import Product
from pipeline.verify.report import Finding, Recorded, Report, recorded

__all__ = ["Finding", "Recorded", "Report", "recorded", "verify"]


def verify(
    document: Document, comparison: Comparison, files: Mapping[Product, bytes], diagnostics: Iterable[Diagnostic] = ()
) -> Report:
    """The files read back and held against the page.

    `diagnostics` are what the other stages said: the report keeps them, and what the sheet's writer said of parts
    that found no room makes those parts legal to miss.
    """
    # The readers' libraries load only when files are read.
    from pipeline.verify.verifying import Verifying

    return Verifying(document, comparison, tuple(diagnostics)).report(files)
