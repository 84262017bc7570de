"""References to a PDF's pages, made once: pydyf makes those of all pages anew for each of the file's tags."""

from __future__ import annotations

import pydyf

_EACH_PAGE = 3
"""A page stands in the list of pages as three numbers: of an object, of its generation, and a sign."""


def keep_page_references() -> None:
    """Let pydyf make the references of pages only when there are more. What it answers is the same."""
    pydyf.PDF.page_references = property(_kept)  # type: ignore[method-assign, assignment]  # there is no other way in


def _kept(pdf: pydyf.PDF) -> tuple[bytes, ...]:
    numbers = pdf.pages["Kids"]
    kept: tuple[bytes, ...] = pdf.__dict__.get("kept_references", ())
    if len(kept) * _EACH_PAGE != len(numbers):
        kept = tuple(f"{number} 0 R".encode("ascii") for number in numbers[::_EACH_PAGE])
        pdf.__dict__["kept_references"] = kept
    return kept
