"""Front matter: the entries above a page's text, in YAML, TOML or JSON, or as the title block of pandoc."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from pipeline.diagnostics import Span
from pipeline.read.context import Sink

_YAML_END = re.compile(r"(?:---|\.\.\.)[ \t]*\Z")
_YAML_START = re.compile(r"---[ \t]*\Z")
_TOML = re.compile(r"\+\+\+[ \t]*\Z")
_YAML_LINE = re.compile(r"[\w\"'-][^:]*:(?:\s|\Z)")
_MOST_CHARACTERS = 100_000
_TITLE_FIELDS = ("title", "author", "date")
_AUTHOR_FIELD = 2
_AUTHORS = ";"
# What the YAML parser says of `title: one: two`.
_COLON = "mapping values are not allowed here"


class FrontMatter(Struct, frozen=True, kw_only=True):
    """The entries and the lines that they stand on; `span` is None where there are none."""

    entries: Mapping[str, Any]
    span: Span | None

    @property
    def body(self) -> int:
        """The index of the first line below."""
        return self.span.last if self.span else 0


class _BadEntriesError(Exception):
    def __init__(self, message: str, line: int, hint: str = "") -> None:
        super().__init__(message)
        self.line = line
        self.hint = hint


_NONE = FrontMatter(entries={}, span=None)


def read_front_matter(lines: Sequence[str], sink: Sink) -> FrontMatter:
    """The front matter of a page. What cannot be read is told and yields no entries; the text below stays whole."""
    first = lines[0] if lines else ""
    if _YAML_START.match(first):
        return _delimited(lines, _YAML_END, _yaml, sink)
    if _TOML.match(first):
        return _delimited(lines, _TOML, _toml, sink)
    if first.startswith("{") and not first.startswith(("{/*", "{{", "{%", "{#", "{:", "{.")):
        return _json(lines)
    return _title_block(lines) if first.startswith("%") else _NONE


def _delimited(lines: Sequence[str], closing: re.Pattern[str], parse: Any, sink: Sink) -> FrontMatter:
    end = next((i for i in range(1, len(lines)) if closing.match(lines[i])), None)
    if end is None:
        if len(lines) > 1 and _YAML_LINE.match(lines[1]):
            message = "the front matter is not closed, so it is read as text"
            sink.warn("unclosed-front-matter", message, Span(first=1, last=1), hint=f"close it with {lines[0].strip()}")
        return _NONE
    span = Span(first=1, last=end + 1)
    text = "\n".join(lines[1:end])
    try:
        entries = parse(text)
    except _BadEntriesError as error:
        line = min(error.line, span.last)
        message = f"the front matter cannot be read: {error}"
        hint = f"{error.hint}; the page is built without it" if error.hint else "the page is built without it"
        sink.warn("bad-front-matter", message, Span(first=line, last=line), hint=hint)
        return FrontMatter(entries={}, span=span)
    if isinstance(entries, str):
        return _NONE  # text between two rulers
    if not isinstance(entries, dict):
        message = "the front matter is no list of entries like `title: …`, so it is left out"
        sink.warn("bad-front-matter", message, Span(first=2, last=max(2, end)))
        entries = {}
    return FrontMatter(entries={str(key): value for key, value in entries.items()}, span=span)


def _title_block(lines: Sequence[str]) -> FrontMatter:
    """`% title`, `% author; author` and `% date` above a blank line; lines that begin with a space go on.

    This is what pandoc calls "pandoc_title_block" in its manual.
    """
    fields: list[str] = []
    end = 0
    while end < len(lines) and lines[end].strip():
        if lines[end].startswith("%") and len(fields) < len(_TITLE_FIELDS):
            fields.append(lines[end][1:].strip())
        elif lines[end].startswith((" ", "\t")):
            fields[-1] += f"{_AUTHORS if len(fields) == _AUTHOR_FIELD else ' '}{lines[end].strip()}"
        else:
            return _NONE
        end += 1
    entries: dict[str, Any] = {key: value for key, value in zip(_TITLE_FIELDS, fields, strict=False) if value}
    if "author" in entries:
        entries["author"] = [name.strip() for name in entries["author"].split(_AUTHORS) if name.strip()]
    return FrontMatter(entries=entries, span=Span(first=1, last=end)) if entries else _NONE


def _yaml(text: str) -> Any:
    """The value of YAML in which every scalar is text as it is written."""
    import yaml  # slow to import, and pages without front matter do not need it

    if len(text) > _MOST_CHARACTERS:
        raise _BadEntriesError("it is too long", 1)

    class Loader(yaml.SafeLoader):
        yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own name and kind
            first: [resolver for resolver in resolvers if resolver[0].endswith((":null", ":merge"))]
            for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

    try:
        value = yaml.load(text, Loader=Loader)  # noqa: S506 - the loader is a safe one
    except yaml.MarkedYAMLError as error:
        unclosed = error.context == "while scanning a quoted scalar"
        mark = error.context_mark if unclosed else error.problem_mark or error.context_mark
        problem = "a quotation mark is not closed" if unclosed else error.problem or "it is no YAML"
        hint = 'text that holds ": " stands in quotation marks' if problem == _COLON else ""
        raise _BadEntriesError(problem, mark.line + 2 if mark else 1, hint) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise _BadEntriesError("it is no YAML", 1) from error
    return {} if value is None else value


def _toml(text: str) -> Any:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        line = re.search(r"line (\d+)", str(error))
        raise _BadEntriesError(str(error), int(line[1]) + 1 if line else 1) from error


def _json(lines: Sequence[str]) -> FrontMatter:
    """JSON that begins with the page and ends with a line of its own; anything else is text."""
    end = next((i for i, line in enumerate(lines) if line.rstrip() == "}" or not line.strip()), None)
    end = 0 if lines[0].rstrip().endswith("}") else end
    if end is None:
        return _NONE
    try:
        entries = json.loads("\n".join(lines[: end + 1]))
    except (ValueError, RecursionError):
        return _NONE
    if not isinstance(entries, dict):
        return _NONE
    return FrontMatter(entries=entries, span=Span(first=1, last=end + 1))
