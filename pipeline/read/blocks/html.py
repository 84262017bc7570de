"""CommonMark's seven kinds of HTML blocks."""

from __future__ import annotations

import re

from pipeline.read.blocks.engine import Begins, BlockParser, Proceeds
from pipeline.read.blocks.nodes import Html

_NAMES = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt"
    "|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main"
    "|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead"
    "|title|tr|track|ul"
)
_ATTRIBUTE = (
    r"(?:[ \t]+[A-Za-z_:][A-Za-z0-9_.:-]*(?:[ \t]*=[ \t]*(?:[^ \t\"'=<>`]+|'[^']*'|\"[^\"]*\"))?)"  # name = value
)
_OPENING_TAG = rf"<[A-Za-z][A-Za-z0-9-]*{_ATTRIBUTE}*[ \t]*/?>"
_CLOSING_TAG = r"</[A-Za-z][A-Za-z0-9-]*[ \t]*>"

_BEGINS = (
    re.compile(r"<(?:script|pre|textarea|style)(?:\s|>|$)", re.IGNORECASE),
    re.compile(r"<!--"),
    re.compile(r"<\?"),
    re.compile(r"<![A-Za-z]"),
    re.compile(r"<!\[CDATA\["),
    re.compile(rf"</?(?:{_NAMES})(?:\s|/?>|$)", re.IGNORECASE),
    re.compile(rf"(?:{_OPENING_TAG}|{_CLOSING_TAG})[ \t]*$"),
)
_ENDS = (
    re.compile(r"</(?:script|pre|textarea|style|CodeBlock)>", re.IGNORECASE),
    re.compile(r"-->"),
    re.compile(r"\?>"),
    re.compile(r">"),
    re.compile(r"\]\]>"),
)
_ANY_TAG = 7
# A component that is called like an element but for its capital.
_WITHIN_A_LINE = re.compile(r"</?Link\b")


def begin_html(parser: BlockParser) -> Begins:
    """What a line that begins with `<` opens; a tag of no known name does not interrupt a paragraph."""
    cursor = parser.cursor
    kind = _kind(cursor.text())
    if kind is not None and _WITHIN_A_LINE.match(cursor.text()):
        return Begins.NOTHING
    if kind is None or (kind == _ANY_TAG and parser.in_paragraph):
        return Begins.NOTHING
    parser.add(Html(first=parser.number, lines_from=parser.number, lines=[cursor.rest()], kind=kind))
    if _ends(kind, cursor.text()):
        parser.close_tip()
    return Begins.LEAF


def proceed_html(parser: BlockParser, html: Html) -> Proceeds:
    """The first five kinds go on to their end mark, the others to a blank line."""
    cursor = parser.cursor
    if html.kind > len(_ENDS) and cursor.blank:
        return Proceeds.NO
    html.lines.append(cursor.rest())
    if _ends(html.kind, cursor.rest()):
        parser.close_tip()
    return Proceeds.TAKEN


def _kind(text: str) -> int | None:
    return next((i for i, pattern in enumerate(_BEGINS, start=1) if pattern.match(text)), None)


def _ends(kind: int, text: str) -> bool:
    return kind <= len(_ENDS) and _ENDS[kind - 1].search(text) is not None
