"""The report: what it says, to people, to programs and to a later build."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from lxml import etree
from msgspec.structs import replace
from verify_files import files_of
from verify_page import COMPARISON, tea
from verify_sabotage import drop, in_deck, said, without_paragraph

from pipeline.diagnostics import Diagnostic, Severity, Span
from pipeline.settings import Overrides, Paper, Product, Prose
from pipeline.verify import Chosen, Finding, Provenance, Report, recorded, verify
from pipeline.verify.schema import SCHEMA


@pytest.fixture(scope="module")
def files() -> dict[Product, bytes]:
    return files_of(tea(), COMPARISON)


@pytest.fixture(scope="module")
def report(files: dict[Product, bytes]) -> Report:
    return verify(tea(), COMPARISON, files)


@pytest.fixture(scope="module")
def value(report: Report) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(report.as_json())
    return read


def test_the_report_names_the_files(value: dict[str, Any], files: dict[Product, bytes]) -> None:
    assert value["version"] == 2
    assert value["source"] == {"path": "content/tea.md", "sha256": "ab" * 32}
    assert [(file["name"], file["sha256"], file["size"]) for file in value["files"]] == [
        (name, sha256(files[product]).hexdigest(), len(files[product]))
        for name, product in zip(("tea.pptx", "tea-handout.pdf", "tea-cheatsheet.pdf"), Product, strict=True)
    ]


def test_the_report_says_where_each_unit_went(value: dict[str, Any]) -> None:
    units = {(unit["kind"], unit["line"]): unit for unit in value["units"]}
    assert units["item", 15] == {
        "kind": "item",
        "line": 15,
        "text": "Time: two minutes.",
        "deck": [{"slide": 2, "in": "notes"}, {"slide": 2, "in": "slide"}],
        "handout": [1],
        "sheet": False,
    }
    assert units["formula", 52]["deck"] == [{"slide": 4, "in": "alt"}]
    assert units["section", 40]["sheet"] is True
    assert value["totals"]["section"] == {"units": 4, "deck": 4, "handout": 4, "sheet": 4}


def test_the_report_holds_the_comparison(value: dict[str, Any]) -> None:
    assert value["comparison"] == {
        "subjects": [{"name": "Tea", "aliases": []}, {"name": "Coffee", "aliases": ["espresso"]}],
        "rows": [
            {
                "aspect": "Caffeine",
                "rule": "table",
                "cells": [
                    {"subject": "Tea", "text": "40 mg", "line": 26},
                    {"subject": "Coffee", "text": "95 mg", "line": 26},
                ],
            }
        ],
        "blanks": [],
    }


def test_what_the_page_does_not_say_of_a_subject_is_told_with_the_line_of_the_other(
    files: dict[Product, bytes],
) -> None:
    rows = tuple(replace(row, cells=row.cells[:1]) for row in COMPARISON.rows)
    value = json.loads(verify(tea(), replace(COMPARISON, rows=rows), files).as_json())
    assert value["comparison"]["blanks"] == [{"subject": "Coffee", "aspect": "Caffeine", "line": 26}]


def test_the_same_files_give_the_same_report(report: Report, files: dict[Product, bytes]) -> None:
    assert verify(tea(), COMPARISON, dict(reversed(files.items()))).as_json() == report.as_json()


def test_findings_fail_the_report_and_are_annotated(files: dict[Product, bytes]) -> None:
    damaged = in_deck(files[Product.DECK], without_paragraph("A cup of tea costs"))
    report = verify(tea(), COMPARISON, {Product.DECK: damaged})
    assert not report.ok
    assert json.loads(report.as_json())["findings"][0]["line"] == 42
    assert report.as_annotations().startswith("::error file=content/tea.md,line=42,title=lost-paragraph::the paragraph")


def test_diagnostics_of_other_stages_are_kept(report: Report) -> None:
    warning = Diagnostic(
        severity=Severity.WARNING, code="missing-image", message="100% gone", path="a,b.md", span=Span(first=3, last=3)
    )
    held = replace(report, diagnostics=(warning,))
    assert held.ok
    assert json.loads(held.as_json())["diagnostics"][0]["code"] == "missing-image"
    assert held.as_annotations() == "::warning file=a%2Cb.md,line=3,title=missing-image::100%25 gone\n"
    assert not replace(report, diagnostics=(replace(warning, severity=Severity.ERROR),)).ok


def test_a_cell_that_had_to_leave_the_sheet_is_no_loss(files: dict[Product, bytes]) -> None:
    row = replace(COMPARISON.rows[0], cells=(replace(COMPARISON.rows[0].cells[0], text="no such text"),))
    more = replace(COMPARISON, rows=(row,))
    left = Diagnostic(severity=Severity.NOTE, code="left-off-sheet", message="no room", span=Span(first=20, last=30))
    sheet = {Product.CHEATSHEET: files[Product.CHEATSHEET]}
    assert [finding.code for finding in verify(tea(), more, sheet).findings] == ["lost-comparison"]
    assert verify(tea(), more, sheet, (left,)).findings == ()


@pytest.mark.parametrize("product", [None, *Product])
def test_the_report_is_as_its_schema_says(product: Product | None, files: dict[Product, bytes]) -> None:
    damaged = files | ({product: b"no such file"} if product else {})
    report = verify(tea(), COMPARISON, damaged, (Diagnostic(severity=Severity.NOTE, code="said", message="so"),))
    Draft202012Validator.check_schema(dict(SCHEMA))
    Draft202012Validator(dict(SCHEMA)).validate(json.loads(report.as_json()))
    assert report.ok is (product is None)


def test_the_schema_refuses_another_report(value: dict[str, Any]) -> None:
    validator = Draft202012Validator(dict(SCHEMA))
    assert validator.is_valid(value)
    for other in ({"version": 1}, {"more": 1}, {"units": [{}]}, {"source": {"path": "a.md", "sha256": "short"}}):
        assert not validator.is_valid(value | other), other


def test_the_report_can_be_read_as_a_page(files: dict[Product, bytes]) -> None:
    damaged = in_deck(files[Product.DECK], without_paragraph("A cup of tea costs"))
    whole, less = verify(tea(), COMPARISON, files), verify(tea(), COMPARISON, {Product.DECK: damaged})
    assert "Nothing is lost." in whole.as_html()
    assert "Not whole: 1 error." in less.as_html()
    for report in (whole, less):
        page = etree.fromstring(report.as_html().encode(), etree.HTMLParser())
        rows = page.findall(".//tbody/tr")
        assert len(rows) == len(report.traces)
        assert page.find("head/title").text == "Report on content/tea.md"
        assert not [e for e in page.iter() if e.tag in {"script", "link", "img", "iframe"} or "src" in e.attrib]


def test_the_page_escapes_what_a_file_may_say(report: Report) -> None:
    error = Diagnostic(severity=Severity.ERROR, code="x", message="<script>alert('1')</script> & more")
    page = replace(report, path="<b>.md", diagnostics=(error,)).as_html()
    assert "<script" not in page
    assert "&lt;script&gt;alert" in page
    assert "<b>.md" not in page


def test_an_earlier_report_tells_what_was_edited_and_what_is_stale(report: Report) -> None:
    earlier = recorded(report.as_json())
    assert earlier is not None
    same = {file.product: file.sha256 for file in earlier.files}
    assert not any(file.checked for file in earlier.files)
    assert earlier.edited(same) == ()
    assert earlier.edited(same | {Product.DECK: "00"}) == (Product.DECK,)
    assert not earlier.stale("ab" * 32)
    assert earlier.stale("cd" * 32)


def test_an_earlier_report_tells_a_later_check_what_the_build_said(report: Report) -> None:
    left = Diagnostic(severity=Severity.NOTE, code="left-off-sheet", message="no room", span=Span(first=20, last=30))
    bare = Diagnostic(severity=Severity.WARNING, code="missing-image", message="gone", path="a.md", hint="look")
    earlier = recorded(replace(report, diagnostics=(left, bare)).as_json())
    assert earlier is not None
    assert earlier.diagnostics == (left, bare)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 3}', '{"version": 2, "files": [{}]}', "null"])
def test_what_is_no_report_records_nothing(text: str) -> None:
    assert recorded(text) is None


# ---------------------------------------------------------------- files that were built before


def since(report: Report, files: dict[Product, bytes], *, chosen: Chosen | None = None) -> list[Finding]:
    """What a later check says of files, with the report of their build beside them."""
    provenance = Provenance(chosen=chosen or Chosen(), earlier=recorded(report.as_json()))
    return list(verify(tea(), COMPARISON, files, (), provenance).findings)


def test_nothing_is_said_of_files_that_are_as_they_were(report: Report, files: dict[Product, bytes]) -> None:
    assert since(report, files) == []


def test_a_file_saved_again_was_edited_and_is_whole(report: Report, files: dict[Product, bytes]) -> None:
    (note,) = since(report, files | {Product.DECK: in_deck(files[Product.DECK], lambda _: None)})
    assert (note.code, note.severity, note.product) == ("edited", Severity.NOTE, Product.DECK)


def test_a_page_or_setting_changed_since_makes_every_file_stale(report: Report, files: dict[Product, bytes]) -> None:
    old = since(replace(report, digest="cd" * 32), files)
    assert [(f.code, f.severity, f.product) for f in old] == [("stale", Severity.WARNING, p) for p in Product]
    assert "the page was changed" in old[0].message
    other = since(report, files, chosen=Chosen(digest="ef" * 32))
    assert [f.code for f in other] == ["stale"] * 3
    assert "a setting was changed" in other[0].message


def test_a_file_that_is_gone_is_missed(files: dict[Product, bytes]) -> None:
    report = verify(tea(), COMPARISON, files, (), Provenance(missing=frozenset({Product.CHEATSHEET})))
    (finding,) = report.findings
    assert (finding.code, finding.product) == ("missing-file", Product.CHEATSHEET)
    assert "tea-cheatsheet.pdf" in finding.message


def test_a_lead_gone_from_a_slide_is_missed_though_the_notes_are_whole(
    report: Report, files: dict[Product, bytes]
) -> None:
    def damage(presentation: Any) -> None:
        shown = [p for p in presentation.slides[1]._element.iter() if p.tag.endswith("}p") and "80 degrees" in said(p)]
        drop(shown[0])

    findings = since(report, files | {Product.DECK: in_deck(files[Product.DECK], damage)})
    assert [(f.code, f.span and f.span.first) for f in findings] == [("lost-excerpt", 14), ("edited", None)]


def test_the_settings_of_the_command_line_are_recorded(report: Report) -> None:
    chosen = Chosen(digest="ab" * 32, options=Overrides(paper=Paper.LETTER, prose=Prose.NONE, theme="default"))
    earlier = recorded(replace(report, chosen=chosen).as_json())
    assert earlier is not None
    assert earlier.chosen == chosen
