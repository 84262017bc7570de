"""CommonMark 0.31.2's blocks: how they begin, go on and end. HTML blocks have their own module."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.diagnostics import Span
from pipeline.model.document import Claim
from pipeline.read.blocks.cursor import CODE_INDENT
from pipeline.read.blocks.engine import Begins, BlockParser, Proceeds
from pipeline.read.blocks.nodes import (
    Code,
    Explained,
    Heading,
    Item,
    List,
    Node,
    Paragraph,
    PipeTable,
    Quote,
    Rule,
)
from pipeline.read.blocks.references import read_reference
from pipeline.read.definitions import LinkDefinition

_ATX = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_ATX_CLOSING = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")
_FENCE = re.compile(r"`{3,}(?!.*`)|~{3,}")
# Directives that hold code end with colons.
_CLOSING_FENCE = re.compile(r"(`{3,}|~{3,}|:{3,})[ \t]*$")
_SETEXT = re.compile(r"(=+|-+)[ \t]*$")
_RULE = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$")
_MARKER = re.compile(r"([*+-])(?=[ \t]|$)|(\d{1,9})([.)])(?=[ \t]|$)")
_WIDEST_GAP = 4

# ---------------------------------------------------------------- going on


def proceed_always(_parser: BlockParser, _node: Node) -> Proceeds:
    """What holds items goes on as long as its parent does."""
    return Proceeds.YES


def proceed_never(_parser: BlockParser, _node: Node) -> Proceeds:
    """What takes one line never goes on."""
    return Proceeds.NO


def proceed_text(parser: BlockParser, _node: Node) -> Proceeds:
    """Paragraphs and tables go on until a blank line."""
    return Proceeds.NO if parser.cursor.blank else Proceeds.YES


def proceed_quote(parser: BlockParser, _node: Quote) -> Proceeds:
    """A quote goes on at its mark."""
    if parser.cursor.first != ">" or parser.indented:
        return Proceeds.NO
    _skip_quote_mark(parser)
    return Proceeds.YES


def proceed_item(parser: BlockParser, item: Item) -> Proceeds:
    """An item goes on at its column; it does not begin with a blank line."""
    cursor = parser.cursor
    if cursor.blank:
        cursor.skip_space()
        return Proceeds.YES if item.children else Proceeds.NO
    if cursor.indent < item.offset:
        return Proceeds.NO
    cursor.advance_columns(item.offset)
    return Proceeds.YES


def proceed_code(parser: BlockParser, code: Code) -> Proceeds:
    """Fenced code goes on to its closing fence, indented code as long as it is indented."""
    cursor = parser.cursor
    if code.info is None:
        if not cursor.blank and cursor.indent < CODE_INDENT:
            return Proceeds.NO
        cursor.advance_columns(CODE_INDENT)
        code.lines.append(cursor.rest())
        return Proceeds.TAKEN
    closing = _CLOSING_FENCE.match(cursor.line, cursor.next_offset)
    if closing and closing[1].startswith(code.fence) and not parser.indented:
        code.closed = True
        parser.close_tip()
        return Proceeds.TAKEN
    cursor.advance_columns(min(code.indent, cursor.indent))
    code.lines.append(cursor.rest())
    return Proceeds.TAKEN


# ---------------------------------------------------------------- beginning


def begin_quote(parser: BlockParser) -> Begins:
    """`>`."""
    _skip_quote_mark(parser)
    parser.add(Quote(first=parser.number))
    return Begins.CONTAINER


def _skip_quote_mark(parser: BlockParser) -> None:
    cursor = parser.cursor
    cursor.skip_space()
    cursor.advance(1)
    if cursor.indent:
        cursor.advance_columns(1)


def begin_atx_heading(parser: BlockParser) -> Begins:
    """`#` to `######`."""
    text = parser.cursor.text()
    opening = _ATX.match(text)
    if opening is None:
        return Begins.NOTHING
    title = _ATX_CLOSING.sub("", text[opening.end() :]).strip(" \t")
    level = len(opening[1])
    parser.add(Heading(first=parser.number, lines_from=parser.number, lines=[title], level=level))
    parser.close_tip()
    return Begins.LEAF


def begin_fence(parser: BlockParser) -> Begins:
    """Three backticks or tildes, or more."""
    cursor = parser.cursor
    opening = _FENCE.match(cursor.line, cursor.next_offset)
    if opening is None:
        return Begins.NOTHING
    code = Code(
        first=parser.number,
        lines_from=parser.number + 1,
        info=cursor.line[opening.end() :].strip(),
        fence=opening[0],
        indent=cursor.indent,
    )
    parser.add(code)
    return Begins.LEAF


def begin_indented_code(parser: BlockParser) -> Begins:
    """Four columns of white space, where no paragraph or table goes on."""
    cursor = parser.cursor
    if cursor.blank or parser.in_paragraph or isinstance(parser.container, PipeTable):
        return Begins.NOTHING
    cursor.advance_columns(CODE_INDENT)
    parser.add(Code(first=parser.number, lines_from=parser.number, lines=[cursor.rest()]))
    return Begins.LEAF


def begin_setext_heading(parser: BlockParser) -> Begins:
    """A paragraph's underline."""
    paragraph = parser.container
    underline = _SETEXT.match(parser.cursor.text())
    if underline is None or not isinstance(paragraph, Paragraph):
        return Begins.NOTHING
    parser.close_to(parser.matched)
    explained = take_references(parser, paragraph)
    if not paragraph.lines:
        parser.replace_closing([*explained, paragraph])
        return Begins.NOTHING
    heading = Heading(
        first=paragraph.first,
        last=parser.number,
        lines=[*paragraph.lines[:-1], paragraph.lines[-1].rstrip(" \t")],
        lines_from=paragraph.lines_from,
        level=1 if underline[1][0] == "=" else 2,
    )
    parser.replace_closing([*explained, heading])
    parser.opened[-1] = heading
    parser.close_tip()
    return Begins.LEAF


def begin_rule(parser: BlockParser) -> Begins:
    """Three stars, underscores or hyphens, or more."""
    cursor = parser.cursor
    # The cheap question first: a line of a thousand bullets ends in something else.
    if not cursor.line.rstrip(" \t").endswith(cursor.first) or not _RULE.match(cursor.text()):
        return Begins.NOTHING
    parser.add(Rule(first=parser.number))
    parser.close_tip()
    return Begins.LEAF


def begin_item(parser: BlockParser) -> Begins:
    """A bullet or number, which interrupts a paragraph only if it is not empty and does not count from later on."""
    cursor = parser.cursor
    marker = _MARKER.match(cursor.line, cursor.next_offset)
    if marker is None:
        return Begins.NOTHING
    if isinstance(parser.container, Paragraph):
        empty = not cursor.line[marker.end() :].strip(" \t")
        if empty or (marker[2] and int(marker[2]) != 1):
            return Begins.NOTHING
    indent = cursor.indent
    cursor.skip_space()
    cursor.advance(marker.end() - marker.start())
    offset = indent + marker.end() - marker.start() + _skip_gap(parser)
    _open_list(parser, marker[1] or marker[3], int(marker[2]) if marker[2] else None)
    parser.add(Item(first=parser.number, offset=offset))
    return Begins.CONTAINER


def _skip_gap(parser: BlockParser) -> int:
    """The columns between a marker and its text, which are passed; what is wider than four is code."""
    cursor = parser.cursor
    gap = 1 if cursor.blank or cursor.indent > _WIDEST_GAP else cursor.indent
    if cursor.indent:
        cursor.advance_columns(gap)
    return gap


def _open_list(parser: BlockParser, marker: str, start: int | None) -> None:
    parser.close_to(parser.matched)
    tip = parser.tip
    if isinstance(tip, Paragraph):
        parser.close_to(len(parser.opened) - 1)
        tip = parser.tip
    if not isinstance(tip, List) or tip.marker != marker or (tip.start is None) != (start is None):
        parser.add(List(first=parser.number, marker=marker, start=start))


# ---------------------------------------------------------------- ending


def finish_paragraph(parser: BlockParser, paragraph: Paragraph) -> None:
    """Take link definitions off its beginning and white space off its end."""
    explained = take_references(parser, paragraph)
    if paragraph.lines:
        paragraph.lines[-1] = paragraph.lines[-1].rstrip(" \t")
    if explained or not paragraph.lines:
        parser.replace_closing([*explained, paragraph] if paragraph.lines else explained)


def take_references(parser: BlockParser, paragraph: Paragraph) -> list[Explained]:
    """The link definitions at the beginning of a paragraph, which are taken off it and kept."""
    taken: list[Explained] = []
    if not paragraph.lines or not paragraph.lines[0].startswith("["):
        return taken
    text = paragraph.text
    place, line = 0, paragraph.first
    while text.startswith("[", place) and (reference := read_reference(text, place)):
        after = line + text.count("\n", place, reference.end) + (reference.end == len(text))
        span = Span(first=line, last=after - 1)
        definition = LinkDefinition(destination=reference.destination, title=reference.title, span=span)
        parser.found.link(reference.label, definition)
        taken.append(Explained(first=span.first, last=span.last, claim=Claim.DEFINITION))
        place, line = reference.end, after
    paragraph.lines = text[place:].split("\n") if text[place:] else []
    paragraph.first = paragraph.lines_from = line
    return taken


def finish_code(parser: BlockParser, code: Code) -> None:
    """Take blank lines off the end of indented code; warn of a fence that was never closed."""
    if code.info is None:
        while code.lines and not code.lines[-1].strip(" \t"):
            code.lines.pop()
        code.last = code.first + len(code.lines) - 1
    elif not code.closed:
        parser.sink.warn(
            "unclosed-fence",
            "this code block has no closing fence",
            Span(first=code.first, last=code.first),
            hint=f"everything down to line {code.last} is read as code; close it with {code.fence}",
        )


def finish_list(_parser: BlockParser, node: List) -> None:
    """A list is tight if no blank line stands between its items or between the blocks of one."""
    for item, following in zip(node.children, [*node.children[1:], None], strict=True):
        inner = item.children if isinstance(item, Item) else []
        if any(a.last + 1 < b.first for a, b in pairwise(inner)):
            node.tight = False
        if following and item.last + 1 < following.first:
            node.tight = False
