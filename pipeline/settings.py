"""What the user chose, as one frozen value that is passed in."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields, replace
from enum import Enum
from pathlib import Path
from typing import Any, Final

from pipeline.diagnostics import Diagnostic, Severity, Span, UsageError

SETTINGS_FILE: Final = "slides.toml"
_MOST_BYTES: Final = 100_000


class Product(Enum):
    """One of the three files made of a page."""

    DECK = "deck"
    HANDOUT = "handout"
    CHEATSHEET = "cheatsheet"


class Paper(Enum):
    """The paper that handout and sheet are printed on."""

    A4 = "a4"
    LETTER = "letter"


class Prose(Enum):
    """How much of a paragraph stands on the slide: all, its lead, or nothing. The notes always have it whole."""

    FULL = "full"
    LEAD = "lead"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """What one source of settings says; None leaves a setting as it is."""

    prose: Prose | None = None
    theme: str | None = None
    paper: Paper | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that shapes a build. Paths are absolute; `epoch` is seconds since 1970, UTC.

    `options` holds what the command line says, which wins over front matter and `slides.toml`.
    """

    root: Path
    output: Path
    products: frozenset[Product] = frozenset(Product)
    theme: str = "default"
    paper: Paper = Paper.A4
    prose: Prose = Prose.LEAD
    options: Overrides = Overrides()
    strict: bool = False
    offline: bool = False
    force: bool = False
    epoch: int | None = None

    def overridden(self, by: Overrides) -> Settings:
        """The settings with those of a narrower source: a folder's file, then a page's front matter."""
        return replace(self, **(_chosen(by) | _chosen(self.options)))


def _chosen(overrides: Overrides) -> dict[str, Any]:
    values = {field.name: getattr(overrides, field.name) for field in fields(overrides)}
    return {name: value for name, value in values.items() if value is not None}


def read_settings_file(root: Path) -> Overrides:
    """What `slides.toml` in the root says; nothing where there is none. Raises `UsageError`."""
    path = root / SETTINGS_FILE
    if not path.is_file():
        return Overrides()
    if path.is_symlink() or path.stat().st_size > _MOST_BYTES:
        raise UsageError(_bad_settings(path, "is no file of a few lines in the root itself", ""))
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        known = {field.name for field in fields(Overrides)}
        if unknown := sorted(raw.keys() - known):
            raise UsageError(
                _bad_settings(path, f"unknown setting {unknown[0]!r}", f"known: {', '.join(sorted(known))}")
            )
        return Overrides(
            prose=Prose(raw["prose"]) if "prose" in raw else None,
            theme=str(raw["theme"]) if "theme" in raw else None,
            paper=Paper(raw["paper"]) if "paper" in raw else None,
        )
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(
            _bad_settings(path, str(error), f"prose: {_values(Prose)}; paper: {_values(Paper)}; theme: a name")
        ) from error


def _values(choices: type[Enum]) -> str:
    return ", ".join(str(choice.value) for choice in choices)


def _bad_settings(path: Path, message: str, hint: str) -> Diagnostic:
    return Diagnostic(
        severity=Severity.ERROR,
        code="bad-settings",
        message=message,
        path=str(path),
        span=Span(first=1, last=1),
        hint=hint,
    )
