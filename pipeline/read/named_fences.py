"""Fences with a directive's name in braces, as MyST writes them: with an argument, options and content."""

from __future__ import annotations

import re
from textwrap import dedent
from typing import Final

from msgspec import Struct

from pipeline.model.document import Claim
from pipeline.read.blocks.nodes import Code, Directive, Explained, Node
from pipeline.read.callouts import TAB_GROUPS, callout_kind

_NAMED = re.compile(r"\{(?P<name>[\w:-]+)\}[ \t]*(?P<argument>.*)\Z")
OPTION = re.compile(r"[ \t]*:(?P<name>[\w-]+):[ \t]*(?P<value>.*?)[ \t]*\Z")
_YAML_OPTION = re.compile(r"(?P<name>[\w-]+)[ \t]*:[ \t]*(?P<value>.*?)[ \t]*\Z")
_LISTED_PAGE = re.compile(r"[ \t]*(?:(?P<title>[^<>]+?)[ \t]*<(?P<path>[^<>\s]+)>|(?P<name>[\w./-]+))[ \t]*\Z")
_RULER = re.compile(r"---[ \t]*\Z")

# What these hold is Markdown.
_CONTAINERS: Final = (
    TAB_GROUPS
    | frozenset(["card", "container", "div", "epigraph", "figure", "grid", "grid-item", "grid-item-card", "highlights"])
    | frozenset(
        [
            "glossary",
            "hlist",
            "rubric",
            "toctree",
            "image",
            "list-table",
            "margin",
            "pull-quote",
            "sidebar",
            "tab-item",
            "table",
        ]
    )
)
# What these hold is values.
_VALUES: Final = frozenset(["csv-table"])
# What a fence of reStructuredText holds, where that is one directive.
_DIRECTIVE = re.compile(r"\.\.[ \t]+(?P<name>[\w:-]+)::[ \t]*(?P<argument>.*?)[ \t]*\Z")
# Code by the names of the extensions of Sphinx that run it.
_RUN: Final = {
    **dict.fromkeys(["click:example", "click:run", "ipython", "jupyter-execute", "testcode"], "python"),
    "doctest": "pycon",
}
_CODE: Final = frozenset(["code", "code-block", "code-cell", "sourcecode"])
# What a cell of a notebook is told: `#| name: value`, with the sign of a comment of its language.
_CELL_OPTION = re.compile(r"[ \t]*(?:#|//|--|%%|%|!|;)\|[ \t]*(?P<name>[\w.-]+)[ \t]*:[ \t]*(?P<value>.*?)[ \t]*\Z")
_GOES_ON = re.compile(r"[ \t]*(?:#|//|--|%%|%|!|;)\|[ \t]")
_INCLUDES: Final = frozenset(["include", "literalinclude"])
# These steer the site and show nothing of their own.
_SILENT: Final = frozenset(
    ["bibliography", "contents", "currentmodule", "default-domain", "highlight", "index", "module", "tableofcontents"]
)


class NamedFence(Struct, frozen=True, kw_only=True):
    """A fence's name, its argument and options, and its content, which begins on source line `first`."""

    name: str
    argument: str
    options: tuple[tuple[str, str], ...]
    lines: list[str]
    first: int

    def option(self, *names: str) -> str:
        """The value of the first of these options that is given."""
        return next((value for name in names for key, value in self.options if key == name and value), "")


def read_named_fence(code: Code) -> NamedFence | None:
    """The fence as a directive, or None if braces name none."""
    named = _NAMED.match(code.info or "")
    if named is None:
        return None
    within = _only_directive(code.lines) if named["name"] == "eval-rst" else None
    inside = _dedented(code.lines[1:]) if within else code.lines
    named = within or named
    options, taken = _options(inside)
    while (options or within) and taken < len(inside) and not inside[taken].strip():
        taken += 1  # a blank line sets the content apart
    name, lines = named["name"].lower(), inside[taken:]
    return NamedFence(
        name=name,
        argument=named["argument"].strip(),
        options=options,
        lines=_AS_MARKDOWN[name](lines) if name in _AS_MARKDOWN else lines,
        first=code.lines_from + len(code.lines) - len(lines),
    )


def _only_directive(lines: list[str]) -> re.Match[str] | None:
    """The directive of code that reStructuredText holds, if its first line is one and all others are its content."""
    found = _DIRECTIVE.match(lines[0]) if lines else None
    is_code = found is not None and found["name"].lower() in _CODE.union(_RUN)
    return found if is_code and not any(line[:1].strip() for line in lines[1:]) else None


def _dedented(lines: list[str]) -> list[str]:
    """The lines without the indentation that all have in common."""
    return dedent("\n".join(lines)).split("\n") if lines else []


def _definitions(lines: list[str]) -> list[str]:
    """A glossary, which has what is said of its terms indented, with a colon before that."""
    marked: list[str] = []
    for before, line in zip(["", *lines], lines, strict=False):
        begins = before.strip() and not before[:1].isspace() and line.startswith("  ") and not before.startswith(":")
        marked.append(f":{line[1:]}" if begins else line)
    return marked


def _links(lines: list[str]) -> list[str]:
    """The pages of a table of contents as links, each in an item."""
    pages = (_LISTED_PAGE.match(line) for line in lines)
    return [
        f"- [{page['title'] or page['path'] or page['name']}]({page['path'] or page['name']})" if page else line
        for page, line in zip(pages, lines, strict=True)
    ]


_AS_MARKDOWN: Final = {"glossary": _definitions, "toctree": _links}


def _options(lines: list[str]) -> tuple[tuple[tuple[str, str], ...], int]:
    """The options at the beginning of the content and the number of lines that they take."""
    if lines and _RULER.match(lines[0]):
        end = next((i for i, line in enumerate(lines[1:], start=1) if _RULER.match(line)), 0)
        found = [m for line in lines[1:end] if (m := _YAML_OPTION.match(line))]
        return tuple((m["name"], m["value"]) for m in found), end + 1 if end else 0
    options: list[tuple[str, str]] = []
    for line in lines:
        option = OPTION.match(line)
        if option is None:
            break
        options.append((option["name"], option["value"]))
    return tuple(options), len(options)


def holds_markdown(fence: NamedFence) -> bool:
    """Whether the fence's content is Markdown."""
    if fence.name == "toctree" and "hidden" in dict(fence.options):
        return False
    return callout_kind(fence.name) is not None or fence.name in _CONTAINERS


def directive_of(fence: NamedFence, code: Code, children: list[Node]) -> Directive:
    """The directive with its content."""
    between = range(code.first + 1, fence.first)
    options = [Explained(first=number, last=number, claim=Claim.METADATA) for number in between]
    return Directive(
        first=code.first,
        last=code.last,
        children=[*options, *children],
        size=0,
        name=fence.name,
        title=fence.argument,
        attributes="",
        options=fence.options,
        closed=True,
    )


def code_of(fence: NamedFence, code: Code) -> list[Node]:
    """The fence as code, or as what steers the site and is not shown."""
    if fence.name in _SILENT or (fence.name == "toctree" and "hidden" in dict(fence.options)):
        return [Explained(first=code.first, last=code.last, claim=Claim.METADATA)]
    if fence.name in _VALUES:
        inside = Code(
            first=fence.first, last=max(fence.first, code.last - 1), lines=fence.lines, lines_from=fence.first
        )
        return [directive_of(fence, code, [inside])]
    if fence.lines and _CELL_OPTION.match(fence.lines[0]):
        return _cell(fence, code)
    if fence.name in _INCLUDES and not fence.lines:
        return _named_file(fence, code)
    if fence.name not in _CODE and fence.name not in _RUN and fence.name != "math":
        code.info = (
            f'{code.info} title="{fence.argument}"' if fence.argument and '"' not in fence.argument else code.info
        )
        return [code]
    title = fence.option("caption", "name") or (fence.argument if fence.name in _RUN else "")
    marks = fence.option("emphasize-lines")
    start = fence.option("lineno-start")
    language = "math" if fence.name == "math" else _RUN.get(fence.name) or fence.argument or "text"
    said = (("title", title), ("hl_lines", marks), ("start", start))
    info = [language, *(f'{name}="{value}"' for name, value in said if value)]
    has_options = fence.first > code.first + 1
    above = range(code.first, fence.first) if has_options else ()
    options = [Explained(first=number, last=number, claim=Claim.METADATA) for number in above]
    if options:
        options[0].id = fence.option("name", "label")
    shown = Code(
        first=min(fence.first, code.last) if has_options else code.first,
        last=code.last,
        lines=fence.lines,
        lines_from=fence.first,
        info=" ".join(info),
        closed=True,
    )
    return [*options, shown]


def _cell(fence: NamedFence, code: Code) -> list[Node]:
    """A cell of a notebook as code, called by its caption; what it is told is not shown."""
    taken = next((i for i, line in enumerate(fence.lines) if not _GOES_ON.match(line)), len(fence.lines))
    options = [m for line in fence.lines[:taken] if (m := _CELL_OPTION.match(line))]
    said = {option["name"]: option["value"].strip("\"'") for option in options}
    title = next((said[name] for name in ("filename", "fig-cap", "tbl-cap", "lst-cap") if said.get(name)), "")
    first = fence.first + taken
    above = [Explained(first=n, last=n, claim=Claim.METADATA) for n in range(code.first, first)]
    above[0].id = said.get("label", "")
    info = f'{fence.name} title="{title}"' if title and '"' not in title else fence.name
    shown = Code(
        first=min(first, code.last),
        last=code.last,
        lines=fence.lines[taken:],
        lines_from=first,
        info=info,
        closed=True,
    )
    return [*above, *([shown] if fence.lines[taken:] else [])]


def _named_file(fence: NamedFence, code: Code) -> list[Node]:
    """The name of a file whose content is not read, in its stead."""
    name = Code(
        first=code.first, last=code.first, lines=[fence.argument], lines_from=code.first, info="text", closed=True
    )
    options = range(code.first + 1, fence.first)
    return [name, *(Explained(first=number, last=number, claim=Claim.METADATA) for number in options)]
