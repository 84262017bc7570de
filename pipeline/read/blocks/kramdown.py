"""kramdown's marks in braces, alone on their lines: attributes of blocks, their definitions, extensions, comments.

Their syntax: https://kramdown.gettalong.org/syntax.html, "Attribute List Definitions" to "Extensions".
"""

from __future__ import annotations

import re
from typing import Final

from pipeline.model.document import Claim
from pipeline.read.blocks.engine import Begins, BlockParser
from pipeline.read.blocks.nodes import Comment, Container, Explained, Heading, List, Node, Paragraph, Quote, Target

_ATTRIBUTE: Final = r"(?:[.#][\w:-]+|[\w-]+(?:=(?:\"[^\"{}]*\"|'[^'{}]*'))?)"
_MARK = re.compile(
    r"\{:?[ \t]*(?:[.#:][^{}]*|[\w-]+=\"[^{}]*)\}[ \t]*$"
    rf"|\{{:[ \t]*{_ATTRIBUTE}(?:[ \t]+{_ATTRIBUTE})*[ \t]*\}}[ \t]*$"
    r"|\{:[\w-]+:[ \t][^{}]*\}[ \t]*$"
    r"|\{:/[\w-]*\}[ \t]*$"
)
_DEFINES = re.compile(r"\{:[\w:/-]*[:/]")
_ID = re.compile(r"[\s{:]#([\w:-]+)")
_CLASS = re.compile(r"[\s:]\.([\w-]+)")
_CONTENTS = re.compile(r"\{:[ \t]*(?:[^{}]*[ \t])?toc(?:[ \t][^{}]*)?\}")
_COMMENT: Final = "{::comment}"
_COMMENT_ENDS: Final = ("{:/comment}", "{:/}")


def begin_hidden(parser: BlockParser) -> Begins:
    """`{::comment}` down to what ends it, with nothing behind that."""
    text = parser.cursor.text()
    if not text.startswith(_COMMENT):
        return Begins.NOTHING
    inside = text[len(_COMMENT) :]
    if any(end in inside for end in _COMMENT_ENDS):
        return Begins.NOTHING  # one within a line
    ends = [(place, end) for end in _COMMENT_ENDS if (place := parser.next_line_with(end)) is not None]
    last, closing = min(ends, default=(0, ""))
    if not closing or parser.lines[last].partition(closing)[2].strip():
        return Begins.NOTHING
    parser.add(Comment(first=parser.number, lines_from=parser.number, lines=[inside], closing=closing))
    return Begins.LEAF


def begin_attribute_line(parser: BlockParser) -> Begins:
    """`{: .class #id }` or `{ .class }`: the look of the block above, or of that below where none is right above.

    An id is the heading's above, or else a place that links can lead to. What `toc` is said of is not content. The
    classes of a paragraph or quote may make a callout of it.
    """
    text = parser.cursor.text()
    if not _MARK.match(text):
        return Begins.NOTHING
    mark = Explained(first=parser.number, claim=Claim.MARKUP)
    parser.add(mark)
    parent = parser.opened[-2]
    parser.close_tip()
    siblings = parent.children if isinstance(parent, Container) else []
    above = siblings[-2] if len(siblings) > 1 and siblings[-2].last == parser.number - 1 else None
    if above and _CONTENTS.match(text) and _is_placeholder(above):
        siblings[-2:] = [Explained(first=above.first, last=parser.number, claim=Claim.METADATA)]
        return Begins.LEAF
    found = None if _DEFINES.match(text) else _ID.search(text)
    may_be_callout = above is None or isinstance(above, Paragraph | Quote | Explained)
    if may_be_callout and text.startswith("{:") and not _DEFINES.match(text):
        mark.classes = tuple(_CLASS.findall(text))
    if found and isinstance(above, Heading):
        above.id = found[1]
    elif found and above:
        mark.id = found[1]
    elif found:
        siblings[-1] = Target(first=parser.number, last=parser.number, name=found[1])
    return Begins.LEAF


def begin_end_mark(parser: BlockParser) -> Begins:
    """`^` alone on its line, which only ends the block above."""
    if parser.cursor.text().rstrip() != "^" or parser.in_paragraph:
        return Begins.NOTHING
    parser.add(Explained(first=parser.number, claim=Claim.MARKUP))
    parser.close_tip()
    return Begins.LEAF


def _is_placeholder(node: Node) -> bool:
    """Whether it is a list of one line, in whose stead the contents stand."""
    return isinstance(node, List) and len(node.children) == 1 and node.first == node.last
