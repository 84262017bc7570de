"""What is printed of very many messages."""

from __future__ import annotations

from pipeline.diagnostics import Diagnostic, Severity
from pipeline.messages import message_lines


def told(severity: Severity, number: int, code: str = "left-off-sheet") -> Diagnostic:
    return Diagnostic(severity=severity, code=code, message=f"message {number}", path="page.md")


def test_many_notes_of_one_kind_are_counted_and_no_error_among_them_is_hidden() -> None:
    notes = [told(Severity.NOTE, number) for number in range(20)]
    lines = [*message_lines([*notes, told(Severity.ERROR, 20), told(Severity.NOTE, 21, "other")], quiet=False)]
    assert [line.partition("message ")[2] for _, line in lines[:-1]] == [*map(str, range(8)), "20", "21"]
    assert lines[-1] == (Severity.NOTE, "12 more notes [left-off-sheet], told in the report")


def test_quiet_leaves_notes_out() -> None:
    messages = [*(told(Severity.NOTE, number) for number in range(20)), told(Severity.WARNING, 20)]
    assert [severity for severity, _ in message_lines(messages, quiet=True)] == [Severity.WARNING]
