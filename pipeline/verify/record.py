"""What an earlier report says: the files and settings of that build, where everything was, and what was told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

from pipeline.diagnostics import Diagnostic, Severity, Span
from pipeline.settings import Overrides, Product
from pipeline.verify.shown import Shown

VERSION: Final = 2


class CheckedFile(Struct, frozen=True, kw_only=True):
    """A file that was read; not `checked` are those of an earlier build that this one left as they are.

    `shown` are the excerpts that it has beside the page's units.
    """

    product: Product
    name: str
    sha256: str
    size: int
    checked: bool = True
    shown: tuple[Shown, ...] = ()


class Chosen(Struct, frozen=True, kw_only=True):
    """The settings of a build, as the digest of all that shapes it; `options` are those of the command line."""

    digest: str = ""
    options: Overrides = Overrides()


class RecordedUnit(Struct, frozen=True, kw_only=True):
    """Where a unit of the page was when the files were built: the deck's parts, and whether it was on the sheet."""

    kind: str
    line: int
    deck: frozenset[str]
    sheet: bool


class Recorded(Struct, frozen=True, kw_only=True):
    """What an earlier report says of its files, and the digest of the source that they were made of.

    `diagnostics` are what the build said, such as what had to leave the sheet: a later check needs to know it.
    """

    source: str
    files: tuple[CheckedFile, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    chosen: Chosen = Chosen()
    units: tuple[RecordedUnit, ...] = ()

    def file(self, product: Product) -> CheckedFile | None:
        """What it says of one file."""
        return next((file for file in self.files if file.product is product), None)

    def edited(self, files: Mapping[Product, str]) -> tuple[Product, ...]:
        """Those of the files, given by their digests, that were changed since they were built."""
        return tuple(f.product for f in self.files if files.get(f.product, f.sha256) != f.sha256)

    def stale(self, source: str) -> bool:
        """Whether the source, given by its digest, was changed since the files were built."""
        return source != self.source


class Provenance(Struct, frozen=True, kw_only=True):
    """Where files come from: the settings as they are now, and of files built before the report of that build.

    `missing` are the files that should be there and are not.
    """

    chosen: Chosen = Chosen()
    earlier: Recorded | None = None
    missing: frozenset[Product] = frozenset()


def recorded(text: str) -> Recorded | None:
    """What an earlier report holds, or None where the text is no such report."""
    try:
        value = json.loads(text.encode("utf-8", "replace"))
        if value["version"] != VERSION:
            return None
        return Recorded(
            source=str(value["source"]["sha256"]),
            files=tuple(_read_file(file) for file in value["files"]),
            diagnostics=tuple(_read_diagnostic(said) for said in value["diagnostics"]),
            chosen=_read_chosen(value["settings"]),
            units=tuple(_read_unit(unit) for unit in value["units"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError):
        return None


def _read_file(file: Mapping[str, Any]) -> CheckedFile:
    shown = (
        Shown(place=str(s["place"]), line=int(s["line"]), text=str(s["text"]), key=str(s["key"])) for s in file["shown"]
    )
    return CheckedFile(
        product=Product(file["product"]),
        name=str(file["name"]),
        sha256=str(file["sha256"]),
        size=int(file["size"]),
        checked=False,
        shown=tuple(shown),
    )


def _read_diagnostic(said: Mapping[str, Any]) -> Diagnostic:
    return Diagnostic(
        severity=Severity(said["severity"]),
        code=str(said["code"]),
        message=str(said["message"]),
        path=str(said["path"]),
        span=None if said["line"] is None else Span(first=int(said["line"]), last=int(said["last_line"])),
        hint=str(said["hint"]),
    )


def _read_chosen(value: Mapping[str, Any]) -> Chosen:
    return Chosen(digest=str(value["sha256"]), options=Overrides.read(value["options"]))


def _read_unit(unit: Mapping[str, Any]) -> RecordedUnit:
    deck = frozenset(str(place["in"]) for place in unit["deck"])
    return RecordedUnit(kind=str(unit["kind"]), line=int(unit["line"]), deck=deck, sheet=bool(unit["sheet"]))
