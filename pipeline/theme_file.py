"""A new theme's file, from the one that it extends."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from pipeline.diagnostics import Diagnostic, OutputError, Severity, UsageError
from pipeline.theme import load_theme, templates_folder, theme_values

_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")
_TABLE: Final = re.compile(r"\[.+\]")
_ENTRY: Final = re.compile(r"[a-z_]+ = ")
_OWN: Final = frozenset({"name", "about", "extends"})


def begin_theme(name: str, base: str) -> Path:
    """The file of a theme that looks like its base until it is changed. Raises `UsageError` and `OutputError`."""
    if _NAME.fullmatch(name) is None:
        raise UsageError(
            _error("bad-name", f"a theme cannot be called {name[:60]!r}", "small letters, digits, hyphens")
        )
    load_theme(base)
    folder = templates_folder() / name
    path = folder / "theme.toml"
    title = name.replace("-", " ").capitalize()
    head = [
        f'name = "{title}"',
        f'about = "{title}: like {base} until something here is changed"',
        f'extends = "{base}"',
    ]
    whole = (templates_folder() / "default" / "theme.toml").read_text(encoding="utf-8").splitlines()
    text = "\n".join((*head, *_commented(whole, theme_values(templates_folder() / base)))) + "\n"
    try:
        folder.mkdir(exist_ok=False)
        path.write_text(text, encoding="utf-8")
    except FileExistsError as error:
        raise UsageError(
            _error("theme-exists", f"there is a theme or folder {name!r} already", "take another name")
        ) from error
    except OSError as error:
        raise OutputError(_error("unwritable", f"{path} cannot be written: {error.strerror}", "")) from error
    return path


def _commented(lines: list[str], values: Mapping[str, Any]) -> Iterator[str]:
    """All of a theme's tables, each entry as a comment with its value; tables without entries change nothing."""
    table = values
    for line in lines:
        if _TABLE.match(line):
            (table,) = _tables(tomllib.loads(line), values)
            yield line
        elif not line or line.startswith("#"):
            yield line
        elif (entry := _ENTRY.match(line)) and entry.group().removesuffix(" = ") not in _OWN:
            key = entry.group().removesuffix(" = ")
            yield f"# {key} = {json.dumps(table[key], ensure_ascii=False)}"


def _tables(path: Mapping[str, Any], values: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The table of values that an empty table leads to."""
    if not path:
        yield values
    for key, inner in path.items():
        yield from _tables(inner, values[key])


def _error(code: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(severity=Severity.ERROR, code=code, message=message, hint=hint)
