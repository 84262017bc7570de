"""The whole answer on a page: what was found, as JSON, as annotations, and as a page to read."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from pipeline.diagnostics import Diagnostic, Severity
from pipeline.model.plan import Comparison
from pipeline.verify.record import VERSION, CheckedFile, Chosen
from pipeline.verify.trace import Finding, Omission, Trace, short


class Report(Struct, frozen=True, kw_only=True):
    """The whole answer. `findings` are about the files, `diagnostics` what the other stages said."""

    path: str
    digest: str
    files: tuple[CheckedFile, ...]
    traces: tuple[Trace, ...]
    comparison: Comparison
    findings: tuple[Finding, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    omissions: tuple[Omission, ...] = ()
    chosen: Chosen = Chosen()

    @property
    def ok(self) -> bool:
        """Whether nothing was lost and no stage met an error."""
        return all(d.severity is not Severity.ERROR for d in (*self.findings, *self.diagnostics))

    def as_json(self) -> str:
        """The report as JSON, the same text for the same report; `schema.py` says what stands in it."""
        value = {
            "version": VERSION,
            "source": {"path": self.path, "sha256": self.digest},
            "settings": {"sha256": self.chosen.digest, "options": self.chosen.options.as_text()},
            "ok": self.ok,
            "files": [_file(file) for file in self.files],
            "totals": _totals(self.traces),
            "units": [_unit(trace) for trace in self.traces],
            "findings": [
                _said(finding) | {"product": finding.product.value, "place": finding.place} for finding in self.findings
            ],
            "omissions": [_omission(omission) for omission in self.omissions],
            "diagnostics": [_said(diagnostic) for diagnostic in self.diagnostics],
            "comparison": _comparison(self.comparison),
        }
        return msgspec.json.format(msgspec.json.encode(value), indent=1).decode() + "\n"

    def as_html(self) -> str:
        """The report as a page to read: the source on one side, where it went on the other."""
        from pipeline.verify.report_page import report_page

        return report_page(self)

    def as_annotations(self) -> str:
        """The findings and diagnostics as GitHub shows them beside the source, one command a line."""
        return "".join(f"{annotation(said)}\n" for said in (*self.findings, *self.diagnostics))


def _file(file: CheckedFile) -> dict[str, Any]:
    return {
        "product": file.product.value,
        "name": file.name,
        "sha256": file.sha256,
        "size": file.size,
        "checked": file.checked,
        "shown": [{"place": x.place, "line": x.line, "text": x.text, "key": x.key} for x in file.shown],
    }


def _omission(omission: Omission) -> dict[str, Any]:
    return {
        "product": omission.product.value,
        "kind": omission.kind,
        "line": omission.line,
        "text": short(omission.text),
        "reason": omission.reason,
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
        "blanks": [
            {"subject": subject, "aspect": row.aspect, "line": row.cells[0].line} for subject, row in comparison.blanks
        ],
    }


def annotation(said: Diagnostic) -> str:
    """A diagnostic as a workflow command of GitHub's, which shows it beside the source."""
    command = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}[said.severity]
    place = {"file": said.path, "line": str(said.span.first) if said.span else "", "title": said.code}
    options = ",".join(f"{key}={_option(value)}" for key, value in place.items() if value)
    hint = f" — {said.hint}" if said.hint else ""
    return f"::{command} {options}::{_escaped(said.message + hint)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _option(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
