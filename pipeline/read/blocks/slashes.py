"""Blocks between slashes, as pymdownx writes them: `/// name | Title`, indented options, text, `///`."""

from __future__ import annotations

import re
from typing import Final

from pipeline.diagnostics import Span
from pipeline.model.document import Claim
from pipeline.read.blocks.engine import Begins, BlockParser, Proceeds
from pipeline.read.blocks.nodes import Explained, Pane, Slashes

_OPENING = re.compile(r"(?P<fence>/{3,})[ \t]*(?P<name>[A-Za-z][\w-]*)[ \t]*(?:\|[ \t]*(?P<title>.*?))?[ \t]*$")
_CLOSING = re.compile(r"(?P<fence>/{3,})[ \t]*$")
_OPTION = re.compile(r"(?P<name>[\w-]+):[ \t]*(?P<value>.*?)[ \t]*$")
# Blocks that speak of what stands right before them.
CAPTIONS: Final = frozenset(["caption", "figure-caption", "table-caption"])
_OPTION_INDENT: Final = 4
_DEEPEST = 60


def begin_slashes(parser: BlockParser) -> Begins:
    """`/// name`, `/// name | Title`, if slashes follow that may close it: in running text they are a comment's."""
    opening = _OPENING.match(parser.cursor.text())
    interrupts = opening is not None and opening["name"].lower() in CAPTIONS
    if opening is None or (parser.in_paragraph and not interrupts) or parser.next_line_with(opening["fence"]) is None:
        return Begins.NOTHING
    if sum(isinstance(node, Slashes) for node in parser.opened) >= _DEEPEST:
        return Begins.NOTHING
    block = Slashes(
        first=parser.number, size=len(opening["fence"]), name=opening["name"].lower(), title=opening["title"] or ""
    )
    parser.add(block)
    parser.cursor.advance(len(parser.cursor.line))
    return Begins.CONTAINER


def proceed_slashes(parser: BlockParser, block: Slashes) -> Proceeds:
    """It goes on until its slashes; what is indented right below its first line are options."""
    cursor = parser.cursor
    if block.in_options:
        option = _OPTION.match(cursor.text()) if cursor.indent >= _OPTION_INDENT else None
        if option:
            block.children.append(Explained(first=parser.number, last=parser.number, claim=Claim.METADATA))
            block.options = (*block.options, (option["name"].lower(), option["value"].strip("\"'")))
            return Proceeds.TAKEN
        block.in_options = False
    return Proceeds.YES


def end_slashes(parser: BlockParser) -> Begins:
    """As many slashes as the innermost block that has so many."""
    closing = _CLOSING.match(parser.cursor.text())
    if closing is None:
        return Begins.NOTHING
    for depth in range(parser.matched, 0, -1):
        node = parser.opened[depth - 1]
        if isinstance(node, Slashes) and node.size == len(closing["fence"]):
            parser.close_to(depth)
            node.closed = True
            parser.close_tip()
            return Begins.LEAF
    return Begins.NOTHING


def finish_slashes(parser: BlockParser, block: Slashes) -> None:
    """Make a tab a pane; warn of a block that was never closed, whose text then stands after it."""
    if not block.closed:
        hint = f"close it with {'/' * block.size}"
        span = Span(first=block.first, last=block.first)
        parser.sink.warn("unclosed-container", f"this /// {block.name} block is not closed", span, hint=hint)
        parser.replace_closing([block, *block.children])
        block.children = []
        block.last = block.first
    elif block.name == "tab":
        pane = Pane(first=block.first, last=block.last, label=block.title, children=block.children)
        parser.replace_closing([pane])
