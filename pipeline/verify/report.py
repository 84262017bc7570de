"""What was found: where every unit of a page went, what is wrong, and all that as JSON and as annotations."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.diagnostics import Diagnostic, Severity, Span
from pipeline.model.plan import Comparison
from pipeline.settings import Product

VERSION = 1
# The report quotes a unit; it does not repeat the page.
_LONGEST_QUOTE = 80
_FILE_NAMES = {
    Product.DECK: "{}.pptx",
    Product.HANDOUT: "{}-handout.pdf",
    Product.CHEATSHEET: "{}-cheatsheet.pdf",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Diagnostic):
    """Something that is wrong with a finished file. `place` is where in the file, as in `slide 4`."""

    product: Product
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class DeckPlace:
    """A slide and the part of it (`slide`, `notes` or `alt`) that carries a unit."""

    slide: int
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Where one unit of the page went."""

    kind: str
    line: int
    text: str
    deck: tuple[DeckPlace, ...]
    handout: tuple[int, ...]
    sheet: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFile:
    """A file that was read; not `checked` are those of an earlier build that this one left as they are."""

    product: Product
    name: str
    sha256: str
    size: int
    checked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole answer. `findings` are about the files, `diagnostics` what the other stages said."""

    path: str
    digest: str
    files: tuple[CheckedFile, ...]
    traces: tuple[Trace, ...]
    comparison: Comparison
    findings: tuple[Finding, ...]
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing was lost and no stage met an error."""
        return all(d.severity is not Severity.ERROR for d in (*self.findings, *self.diagnostics))

    def as_json(self) -> str:
        """The report as JSON, `version` 1, the same text for the same report.

        - `source`: the page's `path` and `sha256`; `ok`.
        - `files`: of each its `product`, `name`, `sha256`, `size` in bytes, and whether it was `checked` this time
          or is of an earlier build.
        - `totals`: by kind, how many `units` the page has and how many each file carries.
        - `units`: in the page's order `kind`, `line`, the beginning of `text`, and where it is carried: `deck` as
          a list of `slide` and `in` (slide, notes or alt), `handout` as pages, `sheet` as true or false.
        - `findings` and `diagnostics`: `severity`, `code`, `message`, `path`, `line`, `last_line`, `hint`;
          findings with `product` and `place`.
        - `comparison`: `subjects` with their `aliases`, `rows` with `aspect`, `rule` and `cells`.
        """
        value = {
            "version": VERSION,
            "source": {"path": self.path, "sha256": self.digest},
            "ok": self.ok,
            "files": [_file(file) for file in self.files],
            "totals": _totals(self.traces),
            "units": [_unit(trace) for trace in self.traces],
            "findings": [
                _said(finding) | {"product": finding.product.value, "place": finding.place} for finding in self.findings
            ],
            "diagnostics": [_said(diagnostic) for diagnostic in self.diagnostics],
            "comparison": _comparison(self.comparison),
        }
        return json.dumps(value, ensure_ascii=False, indent=1) + "\n"

    def as_annotations(self) -> str:
        """The findings and diagnostics as GitHub shows them beside the source, one command a line."""
        return "".join(f"{_annotation(said)}\n" for said in (*self.findings, *self.diagnostics))


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What an earlier report says of its files, and the digest of the source that they were made of.

    `diagnostics` are what the build said, such as what had to leave the sheet: a later check needs to know it.
    """

    source: str
    files: tuple[CheckedFile, ...]
    diagnostics: tuple[Diagnostic, ...] = ()

    def edited(self, files: Mapping[Product, str]) -> tuple[Product, ...]:
        """Those of the files, given by their digests, that were changed since they were built."""
        return tuple(f.product for f in self.files if files.get(f.product, f.sha256) != f.sha256)

    def stale(self, source: str) -> bool:
        """Whether the source, given by its digest, was changed since the files were built."""
        return source != self.source


def recorded(text: str) -> Recorded | None:
    """The digests that an earlier report holds, or None where the text is no such report."""
    try:
        value = json.loads(text.encode("utf-8", "replace"))
        if value["version"] != VERSION:
            return None
        files = tuple(
            CheckedFile(
                product=Product(file["product"]),
                name=str(file["name"]),
                sha256=str(file["sha256"]),
                size=int(file["size"]),
                checked=False,
            )
            for file in value["files"]
        )
        diagnostics = tuple(_read_diagnostic(said) for said in value["diagnostics"])
        return Recorded(source=str(value["source"]["sha256"]), files=files, diagnostics=diagnostics)
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError):
        return None


def _read_diagnostic(said: Mapping[str, Any]) -> Diagnostic:
    return Diagnostic(
        severity=Severity(said["severity"]),
        code=str(said["code"]),
        message=str(said["message"]),
        path=str(said["path"]),
        span=None if said["line"] is None else Span(first=int(said["line"]), last=int(said["last_line"])),
        hint=str(said["hint"]),
    )


def file_name(product: Product, stem: str) -> str:
    """The name of a page's file."""
    return _FILE_NAMES[product].format(stem)


def short(text: str) -> str:
    """A text's beginning, on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST_QUOTE else f"{flat[: _LONGEST_QUOTE - 1].rstrip()}…"


def _file(file: CheckedFile) -> dict[str, Any]:
    return {
        "product": file.product.value,
        "name": file.name,
        "sha256": file.sha256,
        "size": file.size,
        "checked": file.checked,
    }


def _unit(trace: Trace) -> dict[str, Any]:
    return {
        "kind": trace.kind,
        "line": trace.line,
        "text": short(trace.text),
        "deck": [{"slide": place.slide, "in": place.part} for place in trace.deck],
        "handout": list(trace.handout),
        "sheet": trace.sheet,
    }


def _totals(traces: tuple[Trace, ...]) -> dict[str, dict[str, int]]:
    totals: dict[str, dict[str, int]] = {}
    for trace in traces:
        total = totals.setdefault(trace.kind, {"units": 0, "deck": 0, "handout": 0, "sheet": 0})
        total["units"] += 1
        total["deck"] += bool(trace.deck)
        total["handout"] += bool(trace.handout)
        total["sheet"] += trace.sheet
    return dict(sorted(totals.items()))


def _said(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "severity": diagnostic.severity.value,
        "code": diagnostic.code,
        "message": diagnostic.message,
        "path": diagnostic.path,
        "line": diagnostic.span.first if diagnostic.span else None,
        "last_line": diagnostic.span.last if diagnostic.span else None,
        "hint": diagnostic.hint,
    }


def _comparison(comparison: Comparison) -> dict[str, Any]:
    return {
        "subjects": [{"name": subject.name, "aliases": list(subject.aliases)} for subject in comparison.subjects],
        "rows": [
            {
                "aspect": row.aspect,
                "rule": row.rule,
                "cells": [{"subject": cell.subject, "text": cell.text, "line": cell.line} for cell in row.cells],
            }
            for row in comparison.rows
        ],
    }


def _annotation(said: Diagnostic) -> str:
    command = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}[said.severity]
    place = {"file": said.path, "line": str(said.span.first) if said.span else "", "title": said.code}
    options = ",".join(f"{key}={_option(value)}" for key, value in place.items() if value)
    hint = f" — {said.hint}" if said.hint else ""
    return f"::{command} {options}::{_escaped(said.message + hint)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _option(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
