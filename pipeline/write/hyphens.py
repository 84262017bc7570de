"""Hyphenation patterns that are parsed as words need them: a dictionary has thousands, a page needs few."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pyphen

_DIGITS = re.compile(r"\d")
# A letter and how strongly it may be divided before it; after the last letter there is one more.
_GAPS = re.compile(r"(\d?)(\D?)")
# Letters in hexadecimal, and patterns that replace letters: dictionaries that have some are left to Pyphen.
_SPECIAL = re.compile(r"\^\^|/.*=")
_NO_PATTERNS = ("%", "#", "LEFTHYPHENMIN", "RIGHTHYPHENMIN", "COMPOUNDLEFTHYPHENMIN", "COMPOUNDRIGHTHYPHENMIN")


def prepare_hyphenation() -> None:
    """Let Pyphen open its dictionaries faster. What it answers is the same."""
    for path in pyphen.LANGUAGES.values():
        pyphen.hdcache.setdefault(path, _Dictionary(Path(str(path))))


class _Dictionary(pyphen.HyphDict):
    """One language's patterns: the file is read when the first word of that language is asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __getattr__(self, name: str) -> Any:
        if name not in {"patterns", "maxlen", "cache"}:
            raise AttributeError(name)
        self._read()
        return getattr(self, name)

    def _read(self) -> None:
        with self._path.open("rb") as file:
            encoding = file.readline().decode().strip()
        text = self._path.read_text("cp1251" if encoding.lower() == "microsoft-cp1251" else encoding)
        if _SPECIAL.search(text):
            super().__init__(self._path)  # type: ignore[no-untyped-call]
            return
        lines = [line for line in map(str.strip, text.split("\n")[1:]) if line and not line.startswith(_NO_PATTERNS)]
        letters = _DIGITS.sub("", "\n".join(lines)).split("\n")
        self.patterns = _Patterns(dict(zip(letters, lines, strict=True)))  # type: ignore[assignment]  # all that is asked
        self.maxlen = max(map(len, letters))
        self.cache: dict[str, list[int]] = {}


class _Patterns:
    """What stands for each sequence of letters: how many gaps come before the first that counts, and the values."""

    def __init__(self, lines: dict[str, str]) -> None:
        self._lines = lines
        self._parsed: dict[str, tuple[int, tuple[int, ...]] | None] = {}

    def get(self, letters: str) -> tuple[int, tuple[int, ...]] | None:
        """The pattern of these letters, if they have one."""
        line = self._lines.get(letters)
        if line is None:
            return None
        if letters not in self._parsed:
            self._parsed[letters] = _parsed(line)
        return self._parsed[letters]


def _parsed(line: str) -> tuple[int, tuple[int, ...]] | None:
    values = [int(value or "0") for value, _ in _GAPS.findall(line)]
    counting = [place for place, value in enumerate(values) if value]
    return (counting[0], tuple(values[counting[0] : counting[-1] + 1])) if counting else None
