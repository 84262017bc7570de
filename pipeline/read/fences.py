"""Fenced code: what its info string says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from pipeline.read.entities import unescape

_MOST_MARKED = 10_000

_LANGUAGE = re.compile(r"[^\s{}\[\],:=\"']+")
_BRACES = re.compile(r"\{(?P<inside>[^{}]*)\}")
_RANGES = re.compile(r"[\d\s,-]*\d[\d\s,-]*\Z")
_RANGE = re.compile(r"(\d+)(?:\s*-\s*(\d+))?")
_ATTRIBUTE = re.compile(
    r"(?P<name>[\w-]+)\s*=\s*"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|\[(?P<list>[^\[\]]*)\]|(?P<bare>[^\s,}\"']+))"
)
_BRACKETS = re.compile(r"(?:\A|\s)\[(?P<title>[^\]]+)\]")
_NUMBERED = re.compile(
    r"(?:showLineNumbers|:?line-?numbers|numberLines|linenos|\.number-lines)\b(?:=\{?\"?(\d+))?", re.IGNORECASE
)

# Expressive Code's lines that are new, and those that are gone.
_CHANGED = re.compile(r"\b(?:(?P<added>ins)|del)=\{(?P<lines>[\d\s,-]+)\}")

_TITLES: Final = ("title", "caption", "file", "filename", "file-name")
_MARKS: Final = ("hl_lines", "mark_lines", "highlight", "emphasize-lines", "mark")
_STARTS: Final = ("linenums", "linenostart", "startline", "startfrom", "start", "lineno-start", "first_line")
_OFF: Final = frozenset({"false", "off", "0"})


class Info(Struct, frozen=True, kw_only=True):
    """What an info string says. `marked` are lines to look at, of which some are `added` or `removed`."""

    language: str
    title: str
    marked: tuple[int, ...]
    added: tuple[int, ...]
    removed: tuple[int, ...]
    numbered_from: int | None


def read_info(info: str) -> Info:
    """The language, title, marked lines and first number of `ts title="a.ts" {1,3-5} showLineNumbers` and its kin."""
    info = unescape(info.strip())
    attributes = {m["name"].lower(): _value(m) for m in _ATTRIBUTE.finditer(info)}
    language = _language(info)
    brackets = _BRACKETS.search(_ATTRIBUTE.sub("", info))
    titles = dict.fromkeys(value for key in _TITLES if (value := attributes.get(key)))
    # Where there is another title, a name only tells the code from other code.
    title = " — ".join(titles) or attributes.get("name", "")
    marks = [m["inside"] for m in _BRACES.finditer(info) if _RANGES.match(m["inside"])]
    marks += [attributes[key] for key in _MARKS if key in attributes]
    return Info(
        language=language,
        title=title or (brackets["title"].strip() if brackets else ""),
        marked=_all_numbers(marks),
        added=_all_numbers([m["lines"] for m in _CHANGED.finditer(info) if m["added"]]),
        removed=_all_numbers([m["lines"] for m in _CHANGED.finditer(info) if not m["added"]]),
        numbered_from=_numbered_from(info, attributes),
    )


def _value(attribute: re.Match[str]) -> str:
    return next((value for kind in ("double", "single", "list", "bare") if (value := attribute[kind])), "")


def _language(info: str) -> str:
    """The first word, or in `{.python #id}` the first class."""
    if info.startswith("{"):
        inside = info[1:].split("}", 1)[0].strip()
        first = inside.split(None, 1)[0] if inside else ""
        return "" if "=" in first or _RANGES.match(inside) else first.lstrip(".#")
    word = _LANGUAGE.match(info)
    if word is None or info[word.end() : word.end() + 1] == "=":
        return ""
    return word[0].lstrip(".")


def _all_numbers(marks: list[str]) -> tuple[int, ...]:
    return tuple(sorted({number for mark in marks for number in _numbers(mark)}))


def _numbers(ranges: str) -> Iterator[int]:
    for match in _RANGE.finditer(ranges):
        first, last = int(match[1]), int(match[2] or match[1])
        yield from range(first, min(last, first + _MOST_MARKED) + 1)


def _numbered_from(info: str, attributes: dict[str, str]) -> int | None:
    if attributes.get("linenos", "").lower() in _OFF:
        return None
    for key in _STARTS:
        digits = re.match(r"\d{1,6}", attributes.get(key, ""))
        if digits:
            return int(digits[0])
    numbered = _NUMBERED.search(info)
    if numbered is None or "no-line-numbers" in info:
        return None
    return int(numbered[1][:6]) if numbered[1] else 1
