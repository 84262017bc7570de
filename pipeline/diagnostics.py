"""What can be said about a page: where, how bad, why and what to do; and the errors that end a build."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import ClassVar

from msgspec import Struct


class Severity(Enum):
    """How bad a diagnostic is: an error loses content or stops a page, a warning does neither."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Span(Struct, frozen=True, kw_only=True, order=True):
    """Source lines `first` to `last`, counted from 1, both included."""

    first: int
    last: int

    def cover(self, other: Span) -> Span:
        """The shortest span that holds both."""
        return Span(first=min(self.first, other.first), last=max(self.last, other.last))


class Diagnostic(Struct, frozen=True, kw_only=True):
    """One message about a page. `code` is its stable name in kebab case, as in `missing-image`."""

    severity: Severity
    code: str
    message: str
    path: str = ""
    span: Span | None = None
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.span.first}" if self.span else self.path
        text = f"{self.severity.value}[{self.code}]: {self.message}"
        hint = f" — {self.hint}" if self.hint else ""
        return f"{place}: {text}{hint}" if place else f"{text}{hint}"


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Diagnostics of one page in the order of the source's lines; what concerns no line comes first."""
    return tuple(sorted(diagnostics, key=lambda said: said.span.first if said.span else 0))


class SlidesError(Exception):
    """A reason to stop, told in one line. `exit_code` is what the process ends with."""

    exit_code: ClassVar[int] = 1

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__("\n".join(map(str, diagnostics)))
        self.diagnostics = diagnostics


class ContentError(SlidesError):
    """The page cannot be read or built, or something of it was lost."""

    exit_code = 1


class UsageError(SlidesError):
    """The command asks for what is not there: a missing page, a folder without pages, an unknown theme."""

    exit_code = 2


class OutputError(SlidesError):
    """The results cannot be put where they were asked for, or would overwrite somebody's work."""

    exit_code = 3


class SystemLibraryError(SlidesError):
    """A library or font of the system that the build needs is missing."""

    exit_code = 4
