"""Lines that consist of tags of components or templates: `<Tabs>`, `<Img … />` over several lines, `{{% /note %}}`."""

from __future__ import annotations

import re
from typing import Final

from pipeline.model.document import Claim
from pipeline.read.blocks.engine import Begins, BlockParser, Proceeds
from pipeline.read.blocks.nodes import Explained, Quote, Tags
from pipeline.read.tags import Tag, parse_tag
from pipeline.read.templates import OPENINGS, parse_template

_BEGINS = re.compile(r"</?(?P<name>[A-Z][A-Za-z0-9_.$-]*)")
_FRAGMENT = re.compile(r"</?>[ \t]*$")
_MOST_LINES = 100
# Components that stand within a line, even where they have one to themselves.
WITHIN_A_LINE: Final = frozenset(["Badge", "Highlight", "Icon", "Kbd", "Link", "Translate", "NuxtLink", "RouterLink"])


def begin_tags(parser: BlockParser) -> Begins:
    """Tags of components and templates, if nothing else stands on their lines. They may interrupt a paragraph."""
    text = parser.cursor.text()
    if _FRAGMENT.match(text):
        parser.add(Explained(first=parser.number, claim=Claim.MARKUP))
        parser.close_tip()
        return Begins.LEAF
    name = _BEGINS.match(text)
    if not text.startswith(OPENINGS) and (name is None or name["name"] in WITHIN_A_LINE or _is_html(name["name"])):
        return Begins.NOTHING
    found = _tags(_ahead(parser, text, whole=False)) or ("{" in text and _tags(_ahead(parser, text, whole=True)))
    if not found:
        return Begins.NOTHING
    tags, lines = found
    parser.add(Tags(first=parser.number, lines_from=parser.number, lines=[text], remaining=lines - 1))
    _count(parser, tags)
    if lines == 1:
        parser.close_tip()
    return Begins.LEAF


def proceed_tags(parser: BlockParser, node: Tags) -> Proceeds:
    """Tags go on over as many lines as was found when they began."""
    node.lines.append(parser.cursor.text())
    node.remaining -= 1
    if not node.remaining:
        parser.close_tip()
    return Proceeds.TAKEN


def read_tags(text: str) -> list[Tag]:
    """The tags of a text that holds nothing else."""
    found = _tags(text)
    return found[0] if found else []


def _is_html(name: str) -> bool:
    """Whether it is HTML's own name in capitals, as in `<DIV>`."""
    return len(name) > 1 and name.isupper()


def _ahead(parser: BlockParser, text: str, *, whole: bool) -> str:
    """The line and those after it, to a blank line or (`whole`) further. A quote's marks would stand between them."""
    if any(isinstance(node, Quote) for node in parser.opened[: parser.matched]):
        return text
    following = list(parser.lines[parser.index + 1 : parser.index + _MOST_LINES])
    if not whole:
        blank = next((i for i, line in enumerate(following) if not line.strip()), len(following))
        following = following[:blank]
    return "\n".join([text, *following])


def _tags(text: str) -> tuple[list[Tag], int] | None:
    """The tags at the text's beginning and the number of lines that they fill, or None if there is more on these."""
    tags: list[Tag] = []
    place = 0
    while True:
        tag = parse_template(text, place) if text.startswith("{", place) else parse_tag(text, place)
        if tag is None or not tag.name[0].isupper():
            return None
        tags.append(tag)
        line_end = text.find("\n", tag.end)
        line_end = len(text) if line_end < 0 else line_end
        gap = text[tag.end : line_end]
        if not gap.strip():
            return tags, text.count("\n", 0, tag.end) + 1
        place = tag.end + len(gap) - len(gap.lstrip())


def _count(parser: BlockParser, tags: list[Tag]) -> None:
    """Within components, indentation means nothing: count those that are open and will be closed."""
    for tag in tags:
        if tag.closing and not tag.template:
            parser.free_indent = max(0, parser.free_indent - 1)
        elif not tag.self_closing and not tag.template and parser.next_line_with(f"</{tag.name}") is not None:
            parser.free_indent += 1
