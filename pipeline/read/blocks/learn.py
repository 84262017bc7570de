"""What stands between three colons on Microsoft Learn, and the files that its pages bring in."""

from __future__ import annotations

from typing import Final

from pipeline.diagnostics import Span
from pipeline.read.blocks.dialect import close_directive, is_too_deep
from pipeline.read.blocks.engine import Begins, BlockParser
from pipeline.read.blocks.nodes import Code, Directive, Paragraph
from pipeline.read.callouts import LAYOUTS, NOTES, TAB_GROUPS, callout_kind
from pipeline.read.learn import Colons, brought_in_at, colons_at

# What `name-end` ends, and what directive its content is: the long description of a picture is to be said.
_ENDED: Final = {"column": "column", "image": "notes", "moniker": "moniker", "row": "row", "zone": "zone"}
_END: Final = "-end"
# What stands for some readers only.
_CHOICES: Final = frozenset(["moniker", "zone"])


def begin_colons(parser: BlockParser) -> Begins:
    """`:::name a="b":::` alone on its line, `::: name a="b"` that `::: name-end` ends, and that."""
    text = parser.cursor.text().rstrip()
    mark = colons_at(text, 0)
    if mark is None or mark.end < len(text):
        return Begins.NOTHING
    if mark.name.endswith(_END) and (name := mark.name.removesuffix(_END)) in _ENDED:
        return close_directive(parser, lambda directive: directive.ending == name, text)
    is_ended = mark.name in _ENDED and parser.next_line_with(f"{mark.name}{_END}") is not None
    if mark.name in _ENDED and mark.name != "image" and (is_ended or mark.attributes):
        return _open(parser, mark)
    if is_ended and mark.attributes.get("type") == "complex" and not is_too_deep(parser):
        _add_line(parser, text)
        return _open(parser, mark)
    return _alone(parser, mark, text) if mark.closed and mark.attributes else Begins.NOTHING


def _open(parser: BlockParser, mark: Colons) -> Begins:
    if is_too_deep(parser):
        return Begins.NOTHING
    if mark.name in _CHOICES:
        message = "what is for some versions or choices only is shown with what is for others"
        span = Span(first=parser.number, last=parser.number)
        parser.sink.once("all-choices", message, span, hint="the site shows one of them at a time")
    name = _ENDED[mark.name]
    parser.add(Directive(first=parser.number, size=0, name=name, title="", attributes="", ending=mark.name))
    parser.cursor.advance(len(parser.cursor.line))
    return Begins.CONTAINER


def _alone(parser: BlockParser, mark: Colons, text: str) -> Begins:
    """What begins and ends on its line: code, a film, or what is read as a line of text."""
    source = mark.attributes.get("source", "")
    if mark.name == "code" and source:
        return _name(parser, source, "")
    if mark.name == "video" and source:
        return _add_line(parser, f"<{source}>")
    if mark.name == "no-loc":
        return Begins.NOTHING
    if mark.name != "image":
        if callout_kind(mark.name) or mark.name in LAYOUTS | NOTES | TAB_GROUPS:
            return Begins.NOTHING
        span = Span(first=parser.number, last=parser.number)
        parser.sink.warn("unknown-container", f":::{mark.name} is not known; its line is shown as it stands", span)
    return _add_line(parser, text)


def begin_brought_in_file(parser: BlockParser) -> Begins:
    """`[!code-js[Title](a.js)]` and `[!INCLUDE [title](a.md)]`: the name of a file that is not read, in its stead."""
    text = parser.cursor.text().rstrip()
    mark = brought_in_at(text, 0)
    if mark is None or mark.end < len(text) or (parser.in_paragraph and not mark.is_code):
        return Begins.NOTHING
    return _name(parser, mark.path, mark.title)


def _name(parser: BlockParser, path: str, title: str) -> Begins:
    info = f'title="{title}"' if title else ""
    parser.add(Code(first=parser.number, lines_from=parser.number, lines=[path], info=info, closed=True))
    parser.close_tip()
    return Begins.LEAF


def _add_line(parser: BlockParser, line: str) -> Begins:
    parser.add(Paragraph(first=parser.number, lines_from=parser.number, lines=[line], alone=True))
    parser.close_tip()
    return Begins.LEAF
