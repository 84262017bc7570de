"""What the user chose, as one frozen value that is passed in."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from pipeline.diagnostics import Diagnostic, Severity, Span, UsageError
from pipeline.units import Aspect

SETTINGS_FILE: Final = "slides.toml"
_MOST_BYTES: Final = 100_000
_LONGEST_SHOWN: Final = 60
_WRITTEN: Final = 'each setting stands on a line of its own, as in `handout-layout = "3-up"`'
# Where the TOML parser says that it stopped.
_POSITION: Final = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)")


class Product(Enum):
    """One of the three files made of a page."""

    DECK = "deck"
    HANDOUT = "handout"
    CHEATSHEET = "cheatsheet"

    @property
    def called(self) -> str:
        """What people call it; names of files and options have its value."""
        return "comparison sheet" if self is Product.CHEATSHEET else self.value


class Paper(Enum):
    """The paper that handout and sheet are printed on."""

    A4 = "a4"
    LETTER = "letter"


class Prose(Enum):
    """How much of a paragraph stands on the slide: all, its lead, or nothing. The notes always have it whole."""

    FULL = "full"
    LEAD = "lead"
    NONE = "none"


class HandoutLayout(Enum):
    """How the handout is laid out.

    Each slide beside all that is said there; one running text; or slides in small, so many on a page, before that text.
    """

    NOTES = "notes"
    ARTICLE = "article"
    THREE_UP = "3-up"
    SIX_UP = "6-up"


class Ink(Enum):
    """How much ink the handout may take: as much as its look asks for, or lines in place of fills."""

    FULL = "full"
    SAVE = "save"


class Sides(Enum):
    """How the handout's paper is printed: on one side, or on both and bound."""

    ONE = "one"
    TWO = "two"


class BadSettingError(ValueError):
    """A setting that there is not, or that cannot be what it is said to be."""

    def __init__(self, name: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.name = name
        self.hint = hint


class Overrides(Struct, frozen=True, kw_only=True):
    """What one source of settings says; None leaves a setting as it is."""

    prose: Prose | None = None
    theme: str | None = None
    aspect: Aspect | None = None
    paper: Paper | None = None
    handout_layout: HandoutLayout | None = None
    handout_ink: Ink | None = None
    handout_sides: Sides | None = None
    template: str | None = None

    @classmethod
    def read(cls, entries: Mapping[str, Any]) -> Overrides:
        """What entries of text say, by the settings' names as files spell them. Raises `BadSettingError`."""
        return cls(**{_field(name): _value(name, value) for name, value in entries.items()})

    def as_text(self) -> dict[str, str]:
        """What is said, as text that `read` takes."""
        given = ((name, getattr(self, _field(name))) for name in _KINDS)
        return {name: str(getattr(value, "value", value)) for name, value in given if value is not None}


# What each setting may be, by its name in files.
_KINDS: Final[Mapping[str, type[Enum | str]]] = MappingProxyType(
    {
        "prose": Prose,
        "theme": str,
        "paper": Paper,
        "handout-layout": HandoutLayout,
        "handout-ink": Ink,
        "handout-sides": Sides,
        "aspect": Aspect,
        "template": str,
    }
)


def _value(name: str, value: Any) -> Any:
    """A setting's value of its type. Raises `BadSettingError`."""
    if isinstance(value, dict):
        raise BadSettingError(name, f"there is no table {name[:_LONGEST_SHOWN]!r}", _WRITTEN)
    if name not in _KINDS:
        near = get_close_matches(name, _KINDS, 1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(_KINDS)}"
        raise BadSettingError(name, f"there is no setting {name[:_LONGEST_SHOWN]!r}", hint)
    kind = _KINDS[name]
    try:
        if isinstance(value, str):
            return kind(value)
    except ValueError:
        pass
    raise BadSettingError(name, f"{name} cannot be {str(value)[:_LONGEST_SHOWN]!r}", f"it is {_values(kind)}")


def _field(name: str) -> str:
    return name.replace("-", "_")


class Settings(Struct, frozen=True, kw_only=True):
    """Everything that shapes a build. Paths are absolute; `epoch` is seconds since 1970, UTC.

    `output` is the folder of all results, `results` that of one page's, below it.
    `aspect` None is the theme's own; `template` is the path of a company's `.pptx`.
    `options` holds what the command line says, which wins over front matter and `slides.toml`.
    """

    root: Path
    output: Path
    results: Path | None = None
    products: frozenset[Product] = frozenset(Product)
    theme: str = "default"
    aspect: Aspect | None = None
    template: str | None = None
    paper: Paper = Paper.A4
    prose: Prose = Prose.LEAD
    handout_layout: HandoutLayout = HandoutLayout.NOTES
    handout_ink: Ink = Ink.FULL
    handout_sides: Sides = Sides.ONE
    options: Overrides = Overrides()
    strict: bool = False
    offline: bool = False
    force: bool = False
    epoch: int | None = None

    def overridden(self, by: Overrides) -> Settings:
        """The settings with those of a narrower source: a folder's file, then a page's front matter."""
        return replace(self, **(_chosen(by) | _chosen(self.options)))

    @property
    def shaping(self) -> Overrides:
        """All that shapes what a page's files show."""
        return Overrides(**{name: getattr(self, name) for name in Overrides.__struct_fields__})


def _chosen(overrides: Overrides) -> dict[str, Any]:
    values = {name: getattr(overrides, name) for name in overrides.__struct_fields__}
    return {name: value for name, value in values.items() if value is not None}


def read_settings_file(root: Path) -> Overrides:
    """What `slides.toml` in the root says; nothing where there is none. Raises `UsageError`."""
    path = root / SETTINGS_FILE
    if not path.is_file():
        return Overrides()
    if path.is_symlink() or path.stat().st_size > _MOST_BYTES:
        raise UsageError(_bad_settings(path, "is no file of a few lines in the root itself", ""))
    text = ""
    try:
        text = path.read_text(encoding="utf-8")
        return Overrides.read(tomllib.loads(text))
    except BadSettingError as error:
        raise UsageError(_bad_settings(path, str(error), error.hint, _line_of(error.name, text))) from error
    except tomllib.TOMLDecodeError as error:
        message = f"this is no TOML: {_POSITION.sub('', str(error))}"
        raise UsageError(_bad_settings(path, message, _WRITTEN, _line_told(str(error), text))) from error
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(_bad_settings(path, str(error), "it is text in UTF-8")) from error


def setting_place(root: Path, name: str) -> tuple[str, Span]:
    """The path of `slides.toml` in the root, and the line there on which a setting stands."""
    path = root / SETTINGS_FILE
    line = _line_of(name, path.read_text(encoding="utf-8"))
    return str(path), Span(first=line, last=line)


def _line_of(name: str, text: str) -> int:
    """The first line that gives a value to a name, or is the heading of a table of that name."""
    key = re.compile(rf"""\s*\[*\s*["']?{re.escape(name)}["']?\s*[=.\]]""")
    return next((number for number, line in enumerate(text.splitlines(), start=1) if key.match(line)), 1)


def _line_told(message: str, text: str) -> int:
    """The line that an error of the TOML parser names."""
    told = _POSITION.search(message)
    return int(told["line"]) if told and told["line"] else max(1, len(text.splitlines()))


def _values(kind: type[Enum | str]) -> str:
    return f"one of {', '.join(str(choice.value) for choice in kind)}" if issubclass(kind, Enum) else "a name in quotes"


def _bad_settings(path: Path, message: str, hint: str, line: int = 1) -> Diagnostic:
    return Diagnostic(
        severity=Severity.ERROR,
        code="bad-settings",
        message=message,
        path=str(path),
        span=Span(first=line, last=line),
        hint=hint,
    )
