"""The block tree with its tags paired: HTML blocks and lines of tags become elements around the blocks between them.

A pair may be blocks apart (`<details>`, a blank line, a list, a blank line, `</details>`), but never crosses the
edge of a container. What is not closed holds nothing: its blocks stand after it.
"""

from __future__ import annotations

import re
from typing import Final

from msgspec.structs import replace

from pipeline.model.document import Claim
from pipeline.read.blocks.engine import BlockParser, Grammar
from pipeline.read.blocks.grammar import dialect, fragment
from pipeline.read.blocks.headed import settle_tabs
from pipeline.read.blocks.nodes import (
    Code,
    Comment,
    Container,
    Directive,
    Element,
    Explained,
    Heading,
    Leaf,
    Node,
    Page,
    Paragraph,
)
from pipeline.read.context import Sink
from pipeline.read.definitions import FoundDefinitions
from pipeline.read.hints import read_notes
from pipeline.read.html_events import Chunk, Closes, Opens, events
from pipeline.read.named_fences import NamedFence, code_of, directive_of, holds_markdown, read_named_fence
from pipeline.read.templates import steers

_DEEPEST = 40
# Docusaurus shows what stands in such a fence, not its source.
_MARKDOWN_IN_A_FENCE = "mdx-code-block"
_HEADING = re.compile(r"h([1-6])\Z")
# Elements whose text may hold lists, code and so on, if it has lines of its own.
_LINES_MAY_BE_BLOCKS: Final = (
    frozenset(["article", "aside", "body", "center", "div", "footer", "header", "main", "nav", "section", "template"])
    | frozenset(["blockquote", "details", "figure"])
    | frozenset(["dd", "li", "td", "th"])
)
# What an opening tag closes without being asked, and what ends the search for it.
_CLOSED_BY: Final = {
    "li": (frozenset(["li"]), frozenset(["ul", "ol", "menu"])),
    "dt": (frozenset(["dt", "dd"]), frozenset(["dl"])),
    "dd": (frozenset(["dt", "dd"]), frozenset(["dl"])),
    "td": (frozenset(["td", "th"]), frozenset(["tr", "table"])),
    "th": (frozenset(["td", "th"]), frozenset(["tr", "table"])),
    "tr": (frozenset(["tr"]), frozenset(["table"])),
    "tbody": (frozenset(["tbody", "thead"]), frozenset(["table"])),
    "tfoot": (frozenset(["tbody", "thead"]), frozenset(["table"])),
    "p": (frozenset(["p"]), frozenset(["div", "td", "th", "li", "section", "details", "blockquote"])),
}
_MAY_STAY_OPEN: Final = frozenset(["li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot", "p"])


def pair_tags(page: Page, found: FoundDefinitions, sink: Sink) -> None:
    """Pair the tags in every container of the page, and make tabs of the headings that are labels of some."""
    grammar = fragment()
    todo: list[Container] = [page]
    while todo:
        container = todo.pop()
        settle_tabs(container)
        if not isinstance(container, Element):
            container.children = _Pairing(grammar, found, sink).fold(container.children, container.last)
        todo.extend(child for child in container.children if isinstance(child, Container))


class _Pairing:
    """Pairs the tags of one list of siblings."""

    def __init__(self, grammar: Grammar, found: FoundDefinitions, sink: Sink) -> None:
        self._grammar = grammar
        self._found = found
        self._sink = sink
        self._top: list[Node] = []
        self._open: list[Element] = []

    def fold(self, nodes: list[Node], last: int) -> list[Node]:
        """The siblings with elements in the place of tags."""
        for event in events(nodes, self._sink):
            match event:
                case Opens():
                    self._opens(event)
                case Closes():
                    self._closes(event)
                case Chunk():
                    self._here().extend(self._parsed(event))
                case Comment() if notes := read_notes(event):
                    self._here().append(self._directive(event, "notes", "", *notes))
                case Code() if event.info == _MARKDOWN_IN_A_FENCE:
                    self._here().append(self._directive(event, "", "", event.lines, event.lines_from))
                case Code() if event.closed and (fence := read_named_fence(event)):
                    self._here().extend(self._named_fence(event, fence))
                case Paragraph() if (before := self._text_right_above(event)) is not None:
                    before.lines.extend(event.lines)
                    before.last = event.last
                case _:
                    self._here().append(event)
        while self._open:
            self._leave(self._open[-1].last or last, closed=False)
        return self._top

    def _text_right_above(self, paragraph: Paragraph) -> Paragraph | None:
        """The text that a paragraph goes on with: that behind a comment, which is no paragraph by the letter."""
        before = self._here()[-1] if self._here() else None
        if not isinstance(before, Paragraph) or before.alone or paragraph.alone:
            return None
        return before if before.last + 1 == paragraph.first else None

    def _here(self) -> list[Node]:
        return self._open[-1].children if self._open else self._top

    # ------------------------------------------------------------ tags

    def _opens(self, event: Opens) -> None:
        self._close_implied(event)
        element = Element(
            first=event.span.first,
            last=event.span.last,
            name=event.name,
            tag=event.tag,
            source=event.source,
            opening=event.span,
        )
        self._here().append(element)
        if not event.empty and len(self._open) < _DEEPEST:
            self._open.append(element)

    def _close_implied(self, event: Opens) -> None:
        closed, until = _CLOSED_BY.get(event.name, (frozenset[str](), frozenset[str]()))
        for depth in range(len(self._open) - 1, -1, -1):
            if self._open[depth].name in until:
                return
            if self._open[depth].name in closed:
                self._leave_to(depth, max(event.span.first - 1, self._open[depth].first))
                return

    def _closes(self, event: Closes) -> None:
        depth = next((i for i in range(len(self._open) - 1, -1, -1) if self._open[i].name == event.name), None)
        if depth is not None:
            self._leave_to(depth + 1, event.span.last)
            self._leave(event.span.last, closed=True)
            return
        self._here().append(Explained(first=event.span.first, last=event.span.last, claim=Claim.MARKUP))
        if event.name[0].isupper():
            message = f"{event.source} closes nothing"
            self._sink.warn("stray-tag", message, event.span, hint="remove it, or open its element")

    def _leave_to(self, depth: int, last: int) -> None:
        while len(self._open) > depth:
            self._leave(last, closed=False)

    def _leave(self, last: int, *, closed: bool) -> None:
        element = self._open.pop()
        element.last = max(last, element.opening.last)
        if steers(element.tag):
            message = f"{element.source} is not followed"
            self._sink.warn("unknown-template", message, element.opening, hint="all that it holds is kept")
            self._here()[-1:] = element.children
            return
        if closed or element.name in _MAY_STAY_OPEN:
            self._here()[-1:] = _settled(element)
            return
        self._here().extend(element.children)
        element.children = []
        element.last = element.opening.last
        if element.tag.template:
            element.tag = replace(element.tag, self_closing=True)
        elif element.name[0].isupper():
            message = f"<{element.name}> is not closed"
            hint = f"write <{element.name} … /> or close it with </{element.name}>"
            self._sink.warn("unclosed-tag", message, element.opening, hint=hint)

    # ------------------------------------------------------------ blocks that hold blocks as text

    def _named_fence(self, code: Code, fence: NamedFence) -> list[Node]:
        """A fence with a directive's name in braces; names that are none are a language."""
        if not holds_markdown(fence):
            return code_of(fence, code)
        page = BlockParser(dialect(), self._found, self._sink).parse(fence.lines, fence.first)
        return [directive_of(fence, code, page.children)]

    def _directive(self, node: Leaf, name: str, title: str, lines: list[str], first: int) -> Directive:
        page = BlockParser(dialect(), self._found, self._sink).parse(lines, first)
        return Directive(
            first=node.first,
            last=node.last,
            children=page.children,
            size=0,
            name=name,
            title=title,
            attributes="",
            closed=True,
        )

    # ------------------------------------------------------------ text between tags

    def _parsed(self, chunk: Chunk) -> list[Node]:
        around = self._open[-1].name if self._open else "body"
        has_lines = "\n" in chunk.text and (chunk.text.lstrip(" \t").startswith("\n") or not self._open)
        if has_lines and (around in _LINES_MAY_BE_BLOCKS or around[0].isupper()):
            parser = BlockParser(self._grammar, self._found, self._sink, free_indent=1)
            return parser.parse(chunk.text.rstrip("\n").split("\n"), chunk.first).children
        return _paragraphs(chunk)


def _paragraphs(chunk: Chunk) -> list[Node]:
    """The chunk as running text, apart where it has blank lines."""
    nodes: list[Node] = []
    lines: list[str] = []
    for number, line in enumerate([*chunk.text.split("\n"), ""], start=chunk.first):
        if line.strip():
            lines.append(line.lstrip())
        elif lines:
            lines[-1] = lines[-1].rstrip()
            first = number - len(lines)
            nodes.append(Paragraph(first=first, last=number - 1, lines=lines, lines_from=first))
            lines = []
    return nodes


def _settled(element: Element) -> list[Node]:
    """The element, or the heading that it is; of a template's comment only that it was one."""
    if element.tag.template and element.name == "Comment":
        return [Explained(first=element.first, last=element.last, claim=Claim.COMMENT)]
    level = _HEADING.match(element.name)
    if level is None:
        return [element]
    texts = [child for child in element.children if isinstance(child, Leaf)]
    lines = [line for text in texts for line in text.lines if isinstance(text, Paragraph)]
    first = next((text.lines_from for text in texts if isinstance(text, Paragraph)), element.first)
    heading = Heading(
        first=element.first,
        last=element.last,
        lines=lines or [""],
        lines_from=first,
        level=int(level[1]),
        id=element.tag.get("id"),
    )
    return [heading, *(child for child in element.children if not isinstance(child, Paragraph))]
