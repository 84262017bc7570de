"""What is printed of very many messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.cli import _tell
from pipeline.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    import pytest


def told(severity: Severity, number: int, code: str = "left-off-sheet") -> Diagnostic:
    return Diagnostic(severity=severity, code=code, message=f"message {number}", path="page.md")


def test_many_notes_of_one_kind_are_counted_and_no_error_among_them_is_hidden(
    capsys: pytest.CaptureFixture[str],
) -> None:
    notes = [told(Severity.NOTE, number) for number in range(20)]
    _tell([*notes, told(Severity.ERROR, 20), told(Severity.NOTE, 21, "other")], quiet=False)
    lines = capsys.readouterr().err.splitlines()
    assert [line.partition("message ")[2] for line in lines[:-1]] == [*map(str, range(8)), "20", "21"]
    assert lines[-1] == "12 more notes [left-off-sheet], told in the report"


def test_quiet_prints_no_note(capsys: pytest.CaptureFixture[str]) -> None:
    _tell([told(Severity.NOTE, number) for number in range(20)] + [told(Severity.WARNING, 20)], quiet=True)
    assert capsys.readouterr().err.count("\n") == 1
