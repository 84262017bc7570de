"""Diagnostics as lines for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from pipeline.diagnostics import Diagnostic, Severity

# So many notes of one kind are told one by one.
_MOST_NOTES = 8


def message_lines(diagnostics: Iterable[Diagnostic], *, quiet: bool) -> Iterator[tuple[Severity, str]]:
    """The lines to print; of many notes of one kind the first and how many more. `quiet` leaves them out."""
    notes: Counter[str] = Counter()
    for each in diagnostics:
        is_note = each.severity is Severity.NOTE
        notes[each.code] += is_note
        if not is_note or notes[each.code] <= (0 if quiet else _MOST_NOTES):
            yield each.severity, printable(str(each))
    for code, number in (notes - Counter(dict.fromkeys(notes, _MOST_NOTES))).items():
        if not quiet:
            yield Severity.NOTE, f"{counted(number, 'more note')} [{code}], told in the report"


def counted(number: int, noun: str) -> str:
    """The number with its noun in the singular or the plural."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def printable(text: str) -> str:
    """The text on one line, with control characters shown instead of sent to the terminal."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
