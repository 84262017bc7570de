"""HTML and component tags among blocks, as events: an element opens, an element closes, something stands between."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Final, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from pipeline.diagnostics import Span
from pipeline.model.document import Claim
from pipeline.read.blocks.components import RAW_COMPONENT, WITHIN_A_LINE, holds_fence, read_tags
from pipeline.read.blocks.nodes import Comment, Explained, Html, Node, Paragraph, Raw, Tags
from pipeline.read.callouts import TAB_GROUPS, callout_kind
from pipeline.read.context import Sink
from pipeline.read.inline_html import is_known
from pipeline.read.tags import Tag, parse_tag
from pipeline.read.templates import OPENINGS, parse_template

# Elements that begin a block of their own; all others stand within text and are left to the inline reader.
FLOW: Final = (
    frozenset(["address", "article", "aside", "body", "center", "div", "footer", "header", "hgroup", "html", "main"])
    | frozenset(["nav", "noscript", "search", "section", "template"])
    | frozenset(["blockquote", "details", "dialog", "figcaption", "figure", "hr", "p", "pre", "summary"])
    | frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
    | frozenset(["dd", "dl", "dt", "li", "menu", "ol", "ul"])
    | frozenset(["caption", "col", "colgroup", "table", "tbody", "td", "tfoot", "th", "thead", "tr"])
    | frozenset(["fieldset", "form", "legend", "optgroup", "option", "select", "textarea"])
    | frozenset(["base", "head", "link", "meta", "title"])
    | frozenset(["area", "map", "math", "svg"])
)
_VOID: Final = frozenset(["area", "hr", "col", "meta", "link", "base"])
_RAW: Final = frozenset(["script", "style", "pre", "textarea", "svg", "math", RAW_COMPONENT])
_HIDDEN: Final = frozenset(["script", "style"])
_CONTAINERS: Final = TAB_GROUPS | frozenset(["column", "columns", "steps", "step", "tab", "tabitem", "tabpane"])
_INTERESTING = re.compile(r"<(?:!--|[A-Za-z/!?])|\{/\*|\{\{[<%]|\{%")
_DECLARATION = re.compile(r"<!\[CDATA\[|\]\]>|<![A-Za-z][^>]*>|<\?.*?\?>", re.DOTALL)
_CLOSING_AT_END = re.compile(r"</(?P<name>[A-Z][\w.$-]*)[ \t]*>\s*\Z")
_ELEMENT = re.compile(r"<(?P<name>[A-Z][\w.$-]*)(?=[\s>]).*</(?P=name)[ \t]*>[ \t]*\Z")
_LINE_END = re.compile(r"[ \t]*(?:\n|\Z)")
_SMALL_TAG = re.compile(r"[ \t]*(?P<tag></?[a-z][a-z0-9]*(?=[\s>])[^<>]*>)[ \t]*\Z")
_BACKTICKS = re.compile(r"`+")
_FENCE = re.compile(r"[ \t]*(`{3,}(?!.*`)|~{3,})(.*)")
_COMMENTS: Final = (("<!--", "-->"), ("{/*", "*/}"))


_BLOCK_TAG = re.compile(
    r"</?(?:blockquote|center|dd|details|div|dl|dt|h[1-6]|hr|li|map|math|ol|p|pre|summary|svg|table|t[drh]|ul)(?:\s[^<>]*)?/?>"
    r"|\{\{[<%]\s*/?\s*(?P<template>[A-Za-z][\w-]*)|\{%-?\s*(?:end)?(?P<liquid>[A-Za-z][\w-]*)",
    re.IGNORECASE,
)


class Opens(Struct, frozen=True, kw_only=True):
    """An element's opening tag; `empty` if nothing stands in it."""

    name: str
    tag: Tag
    source: str
    span: Span
    empty: bool


class Closes(Struct, frozen=True, kw_only=True):
    """An element's closing tag, and how it is written."""

    name: str
    source: str
    span: Span


class Chunk(Struct, frozen=True, kw_only=True):
    """Text between tags of block elements, not yet parsed."""

    text: str
    first: int


Event: TypeAlias = "Opens | Closes | Chunk | Node"


def holds_blocks(text: str) -> bool:
    """Whether tags of HTML blocks, or templates that hold blocks, stand in running text, outside of code."""
    if not any(mark in text for mark in ("<", *OPENINGS)) or not _BLOCK_TAG.search(text):
        return False
    code = _code_spans(text)
    return any(_is_block_tag(tag) and not _within(code, tag.start()) for tag in _BLOCK_TAG.finditer(text))


def _is_block_tag(tag: re.Match[str]) -> bool:
    name = tag["template"] or tag["liquid"]
    return name is None or _holds_blocks(name)


def _holds_blocks(name: str) -> bool:
    """Whether templates of that name are containers even where text stands beside them."""
    return callout_kind(name) is not None or name.lower() in _CONTAINERS


def _code_spans(text: str) -> list[tuple[int, int]]:
    """Where code within a line begins and ends: between runs of as many backticks."""
    runs = [run.span() for run in _BACKTICKS.finditer(text)]
    same: dict[int, list[int]] = {}
    for i, (start, end) in enumerate(runs):
        same.setdefault(end - start, []).append(i)
    found: list[tuple[int, int]] = []
    i = 0
    while i < len(runs):
        start, end = runs[i]
        alike = same[end - start]
        closing = bisect_right(alike, i)
        if closing < len(alike):
            i = alike[closing]
            found.append((start, runs[i][1]))
        i += 1
    return found


def _within(regions: list[tuple[int, int]], place: int) -> int:
    """Where the region ends that the place is in; 0 if it is in none. Regions are in order."""
    region = bisect_right(regions, place, key=lambda span: span[0]) - 1
    return regions[region][1] if region >= 0 and place < regions[region][1] else 0


def _is_element(line: str) -> bool:
    """Whether a line is one component with its text, as `<TabItem label="a">text</TabItem>`."""
    element = _ELEMENT.match(line)
    return element is not None and element["name"] not in WITHIN_A_LINE and line.count(f"</{element['name']}") == 1


def events(nodes: list[Node], sink: Sink) -> Iterator[Event]:
    """The events of siblings, in order."""
    paired = _paired_names(nodes)
    for node in nodes:
        match node:
            case Html():
                yield from _Tokens(node, sink, paired=paired).events()
            case Tags():
                yield from _tag_events(node)
            case Paragraph() if holds_blocks(node.text) or all(map(_is_element, node.lines)):
                html = Html(first=node.first, last=node.last, lines=node.lines, lines_from=node.lines_from, kind=6)
                yield from _Tokens(html, sink, running=True).events()
            case Paragraph():
                yield from _paragraph_events(node)
            case _:
                yield node


def _paired_names(nodes: list[Node]) -> frozenset[str]:
    """Names that HTML does not know, as of components in small letters, whose tags have lines of their own."""
    lines = (line for node in nodes if isinstance(node, Html) for line in node.lines)
    found = (parse_tag(alone["tag"], 0) for line in lines if (alone := _SMALL_TAG.match(line)))
    tags = [tag for tag in found if tag and not tag.self_closing and tag.name not in FLOW and not is_known(tag)]
    opened = {tag.name for tag in tags if not tag.closing}
    return frozenset(tag.name for tag in tags if tag.closing and tag.name in opened)


def _tag_events(node: Tags) -> Iterator[Event]:
    text = node.text
    for tag in read_tags(text):
        yield _tag_event(tag, text, node.lines_from + text.count("\n", 0, tag.start))


def _tag_event(tag: Tag, text: str, first: int) -> Opens | Closes:
    span = Span(first=first, last=first + text.count("\n", tag.start, tag.end))
    name = tag.name.lower() if tag.name.isupper() else tag.name
    if tag.closing:
        return Closes(name=name, source=text[tag.start : tag.end], span=span)
    empty = name in _VOID or tag.self_closing
    return Opens(name=name, tag=tag, source=text[tag.start : tag.end], span=span, empty=empty)


def _paragraph_events(paragraph: Paragraph) -> Iterator[Event]:
    """A paragraph. A component's tag at its edge stands apart if its partner is elsewhere or at the other edge."""
    text = paragraph.text
    tag = parse_tag(text, 0) if text.startswith("<") else None
    closing = _CLOSING_AT_END.search(text, max(0, len(text) - 200)) if text.endswith(">") else None
    if tag and tag.name[0].isupper() and not tag.closing and not tag.self_closing:
        closers = text.count(f"</{tag.name}")
        wraps = closing is not None and closing["name"] == tag.name and closers == 1
        wraps = wraps and tag.name not in WITHIN_A_LINE
        if wraps or not closers:
            yield _tag_event(tag, text, paragraph.lines_from)
            end = closing.start() if closing and wraps else len(text)
            yield Chunk(text=text[tag.end : end], first=paragraph.lines_from + text.count("\n", 0, tag.end))
            if wraps:
                yield Closes(
                    name=tag.name, source=f"</{tag.name}>", span=Span(first=paragraph.last, last=paragraph.last)
                )
            return
    if closing and f"<{closing['name']}" not in text:
        yield Chunk(text=text[: closing.start()], first=paragraph.lines_from)
        yield Closes(
            name=closing["name"], source=closing[0].strip(), span=Span(first=paragraph.last, last=paragraph.last)
        )
        return
    yield paragraph


def _fenced(lines: list[str]) -> list[tuple[int, int]]:
    """Where fenced code begins and ends in the text of those lines: tags in it are code."""
    found: list[tuple[int, int]] = []
    place = opened_at = 0
    opened = ""
    for line in lines:
        fence = _FENCE.match(line)
        if fence and not opened:
            opened, opened_at = fence[1], place
        elif fence and fence[1].startswith(opened) and not fence[2].strip():
            found.append((opened_at, place + len(line)))
            opened = ""
        place += len(line) + 1
    return found


class _Tokens:
    """Goes through the text of one HTML block, or of `running` text with HTML in it."""

    def __init__(self, node: Html, sink: Sink, *, running: bool = False, paired: frozenset[str] = frozenset()) -> None:
        self._node = node
        self._paired = paired
        self._sink = sink
        self._text = node.text
        self._place = 0
        self._chunk_from = 0
        self._line_ends = [i for i, character in enumerate(self._text) if character == "\n"]
        self._code = _code_spans(self._text) if running else _fenced(node.lines)
        self._never_closed: set[str] = set()

    def events(self) -> Iterator[Event]:
        """Tags of block elements, comments and what stands between them."""
        while found := _INTERESTING.search(self._text, self._place):
            start = found.start()
            if end := _within(self._code, start):
                self._place = end
                continue
            taken = self._comment(start) or self._declaration(start) or self._element(start)
            if taken is None:
                self._place = start + 1
                continue
            event, end = taken
            yield from self._chunk(start)
            yield event
            self._place = self._chunk_from = end
        yield from self._chunk(len(self._text))

    def _chunk(self, end: int) -> Iterator[Event]:
        text = self._text[self._chunk_from : end]
        if text.strip():
            yield Chunk(text=text, first=self._line(self._chunk_from))

    def _line(self, place: int) -> int:
        return self._node.lines_from + bisect_left(self._line_ends, place)

    def _lines(self, start: int, end: int) -> Span:
        return Span(first=self._line(start), last=self._line(max(start, end - 1)))

    def _comment(self, start: int) -> tuple[Event, int] | None:
        for opening, closing in _COMMENTS:
            if self._text.startswith(opening, start):
                end = self._text.find(closing, start + len(opening) - (opening == "<!--") * 2)
                span = self._lines(start, end if end >= 0 else len(self._text))
                if end < 0:
                    hint = f"all down to line {span.last} is read as part of it; close it with {closing}"
                    self._sink.warn("unclosed-comment", "this comment is not closed", span, hint=hint)
                    end = len(self._text)
                inside = self._text[start + len(opening) : max(end, start + len(opening))]
                node = Comment(
                    first=span.first, last=span.last, lines=inside.split("\n"), lines_from=span.first, closing=closing
                )
                return node, min(end + len(closing), len(self._text))
        return None

    def _declaration(self, start: int) -> tuple[Event, int] | None:
        found = _DECLARATION.match(self._text, start)
        if found is None:
            return None
        span = self._lines(start, found.end())
        return Explained(first=span.first, last=span.last, claim=Claim.MARKUP), found.end()

    def _element(self, start: int) -> tuple[Event, int] | None:
        if self._text[start] == "{":
            return self._template(start)
        tag = parse_tag(self._text, start)
        if tag is None:
            return None
        name = tag.name.lower() if tag.name.isupper() else tag.name
        if name in _RAW and not tag.closing and (raw := self._raw(tag, name)):
            return raw
        if name in FLOW or "-" in name or tag.name[0].isupper() or (name in _HIDDEN and tag.closing):
            return _tag_event(tag, self._text, self._line(tag.start)), tag.end
        if name in self._paired and self._is_alone(tag):
            component = replace(tag, name=name.capitalize())
            return _tag_event(component, self._text, self._line(tag.start)), tag.end
        return None

    def _template(self, start: int) -> tuple[Event, int] | None:
        """A container's tag, or one alone on its line; others stand within the line."""
        tag = parse_template(self._text, start)
        if tag is None or not (_holds_blocks(tag.name) or self._is_alone(tag)):
            return None
        return _tag_event(tag, self._text, self._line(tag.start)), tag.end

    def _is_alone(self, tag: Tag) -> bool:
        if not _LINE_END.match(self._text, tag.end):
            return False
        return not self._text[self._text.rfind("\n", 0, tag.start) + 1 : tag.start].strip()

    def _raw(self, tag: Tag, name: str) -> tuple[Event, int] | None:
        """An element whose content is not to be parsed, up to its closing tag."""
        closing = None
        if name == RAW_COMPONENT and (tag.self_closing or holds_fence(self._text, tag)):
            return None
        if name not in self._never_closed:
            closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(self._text, tag.end)
        if closing is None:
            self._never_closed.add(name)
        if closing is None and name not in _HIDDEN:
            return None
        end = tag.end if tag.self_closing else closing.end() if closing else len(self._text)
        span = self._lines(tag.start, end)
        if name in _HIDDEN:
            self._sink.warn("active-content", f"<{name}> is left out", span, hint="nothing in a page is executed")
            return Explained(first=span.first, last=span.last, claim=Claim.CODE), end
        lines = self._text[tag.start : end].split("\n")
        return Raw(first=span.first, last=span.last, lines=lines, lines_from=span.first, name=name), end
