"""What VuePress, VitePress and Zenn add: tabs that begin with a line each, code from files, and cards."""

from __future__ import annotations

import re

from pipeline.read.blocks.engine import Begins, BlockParser
from pipeline.read.blocks.nodes import Code, Directive, Paragraph
from pipeline.read.callouts import TAB_GROUPS

_TAB = re.compile(r"@tab(?::active)?[ \t]+(?P<title>\S.*?)(?:#[\w-]+)?[ \t]*$")
# The part of the file, the lines to mark, its language and VitePress's title follow its path.
_BROUGHT_IN = re.compile(
    r"<<<[ \t]+(?:@/)?(?P<path>[@./~\w][^\s{}\[\]#]*)(?:#[\w-]+)?(?:[ \t]+[\w+-]+)?(?:[ \t]*\{[^{}]*\})*"
    r"[ \t]*(?:\[(?P<title>[^\]\"]+)\])?[ \t]*$"
    r"|@\[code\b[^\]]*\]\((?:@/)?(?P<code>[^\s()]+)\)[ \t]*$"
)


# Zenn's cards and films, on lines of their own.
_CARD = re.compile(r"@\[(?:[a-z]+\]\((?P<address>https?://[^\s()<>]+)|youtube\]\((?P<film>[\w-]+)[^()]*)\)[ \t]*$")


def begin_tab(parser: BlockParser) -> Begins:
    """`@tab Title` right within a container of tabs; it goes on to the next one or to that container's end."""
    opening = _TAB.match(parser.cursor.text())
    inside = parser.opened[: parser.matched]
    depth = next((d for d in range(len(inside), 0, -1) if isinstance(inside[d - 1], Directive)), 0)
    node = inside[depth - 1]
    if opening is None or not isinstance(node, Directive):
        return Begins.NOTHING
    if not node.size:  # the tab above
        depth, node = depth - 1, inside[depth - 2]
    if not isinstance(node, Directive) or node.name not in TAB_GROUPS:
        return Begins.NOTHING
    parser.close_to(depth)
    tab = Directive(first=parser.number, size=0, name="tab", title=opening["title"], attributes="", closed=True)
    parser.add(tab)
    parser.cursor.advance(len(parser.cursor.line))
    return Begins.CONTAINER


def begin_brought_in(parser: BlockParser) -> Begins:
    """`<<< @/a.js{2} [Title]` and `@[code{2}](a.js)`: the name of a file whose content is not read, in its stead."""
    named = None if parser.in_paragraph else _BROUGHT_IN.match(parser.cursor.text())
    if named is None:
        return Begins.NOTHING
    info = f'title="{named["title"]}"' if named["title"] else ""
    path = named["path"] or named["code"]
    parser.add(
        Code(first=parser.number, lines_from=parser.number, lines=[path], info=info, closed=True),
    )
    parser.close_tip()
    return Begins.LEAF


def begin_card(parser: BlockParser) -> Begins:
    """`@[card](https://…)` and `@[youtube](…)`, which lead to what the site shows there."""
    card = None if parser.in_paragraph else _CARD.match(parser.cursor.text())
    if card is None:
        return Begins.NOTHING
    address = card["address"] or f"https://www.youtube.com/watch?v={card['film']}"
    parser.add(Paragraph(first=parser.number, lines_from=parser.number, lines=[f"<{address}>"]))
    parser.close_tip()
    return Begins.LEAF
