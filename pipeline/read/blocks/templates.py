"""Code between tags of a template language: `{{< highlight go >}}`, `{% highlight go %}` and their kin."""

from __future__ import annotations

import re
from typing import Final

from pipeline.model.document import Claim
from pipeline.read.blocks.engine import Begins, BlockParser, Proceeds
from pipeline.read.blocks.nodes import Explained, Tags, TemplateCode
from pipeline.read.tags import Tag
from pipeline.read.templates import OPENINGS, parse_template

# What stands between them is code, in the language that the tag names or, if it says none, that it is called by.
_CODE: Final = frozenset(["highlight", "code", "code-toggle", "mermaid", "plantuml", "katex", "math", "goat"])
_INFO: Final = {"highlight": "", "code": "", "code-toggle": "", "katex": "math"}
# Hugo's options of a highlighter stand in one value: `linenos=table,hl_lines=2 4-6,linenostart=10`.
_FENCES: Final = ("```", "~~~")
_RAW = re.compile(r"\{%-?[ \t]*(?:end)?raw[ \t]*-?%\}")
_OPTION = re.compile(r"([A-Za-z_]+)(?:\s*=\s*([^,=]*))?")
_OPTIONS: Final = frozenset(["hl_lines", "linenos", "linenostart", "mark_lines"])


def begin_template_code(parser: BlockParser) -> Begins:
    """A tag alone on its line whose closing tag stands alone on a later one; Liquid's `raw` may stand within.

    A fence right below the tag, as GitBook has it, holds the code by itself.
    """
    text = parser.cursor.text()
    tag = parse_template(text, 0) if text.startswith(OPENINGS) else None
    if tag is None or tag.closing or tag.self_closing or _RAW.sub("", text[tag.end :]).strip():
        return Begins.NOTHING
    name = tag.name.lower()
    info = _info(name, tag) if name in _CODE else _info_of_tab(parser, tag)
    closing = None if info is None else _closing(parser, name)
    if closing is None or parser.lines[parser.index + 1].lstrip(" \t>").startswith(_FENCES):
        return Begins.NOTHING
    end = closing - (closing - parser.index > 1 and _is_raw(parser.lines[closing - 1]))
    _add_tag(parser, name, text, parser.number)
    first = parser.number + 1 + (end - parser.index > 1 and _is_raw(parser.lines[parser.index + 1]))
    indent = parser.cursor.indent
    code = TemplateCode(first=first, lines_from=first, info=info, end=end, closing=closing, indent=indent, name=name)
    parser.add(code)
    return Begins.LEAF


def _add_tag(parser: BlockParser, name: str, text: str, number: int) -> None:
    """A line that holds a tag around code: a tab's names it, others say nothing more."""
    if name == "tab":
        parser.add(Tags(first=number, lines_from=number, lines=[text], remaining=0))
    else:
        parser.add(Explained(first=number, claim=Claim.MARKUP))
    parser.close_tip()


def _info_of_tab(parser: BlockParser, tag: Tag) -> str | None:
    """The info of the code that a tab of Docsy's or Kubernetes' holds, or None where it holds text."""
    if tag.name.lower() != "tab" or not parser.cursor.text().startswith("{{<"):
        return None
    line = parser.line_above_with("tabpane").strip(" \t>")
    around = parse_template(line, 0)
    pane = around if around and around.name.lower() == "tabpane" and not around.closing else None
    is_text = any(one.get("text") == "true" for one in (tag, pane) if one)
    if not tag.get("codelang") and (pane is None or is_text):
        return None
    return tag.get("codelang") or tag.get("lang") or (pane.get("lang") if pane else "")


def _is_raw(line: str) -> bool:
    return _RAW.fullmatch(line.strip(" \t>")) is not None


def _closing(parser: BlockParser, name: str) -> int | None:
    """The index of the line that ends it, if nothing else stands there."""
    places = (parser.next_line_with(mark) for mark in (f"/{name}", f"/ {name}", f"end{name}"))
    end = min((place for place in places if place is not None), default=None)
    if end is None:
        return None
    line = _RAW.sub("", parser.lines[end]).strip(" \t>")
    tag = parse_template(line, 0)
    return end if tag and tag.closing and tag.name.lower() == name and tag.end == len(line) else None


def _info(name: str, tag: Tag) -> str:
    """The info string that a fence around the code would have."""
    language = tag.get("language") or tag.get("lang") or _INFO.get(name, name)
    title = tag.get("title") or tag.get("file")
    options = [
        *tag.attributes,
        *(option.groups("true") for option in _OPTION.finditer(tag.get("options") or tag.get("0"))),
    ]
    said = {"title": title, **{name: value.strip() for name, value in options if name.lower() in _OPTIONS}}
    return " ".join([language, *(f'{name}="{value}"' for name, value in said.items() if value)])


def proceed_template_code(parser: BlockParser, code: TemplateCode) -> Proceeds:
    """It goes on to the line that was found when it began."""
    cursor = parser.cursor
    if parser.index >= code.closing:
        behind = parser.number - (code.closing - code.end)
        code.last = behind - 1
        _add_tag(parser, code.name, cursor.text(), behind)
        return Proceeds.TAKEN
    if parser.number < code.first or parser.index >= code.end:
        return Proceeds.TAKEN
    cursor.advance_columns(min(code.indent, cursor.indent))
    code.lines.append(cursor.rest())
    return Proceeds.TAKEN
