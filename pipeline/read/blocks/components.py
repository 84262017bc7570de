"""Lines that consist of tags of components or templates: `<Tabs>`, `<Img … />` over several lines, `{{% /note %}}`."""

from __future__ import annotations

import re
from typing import Final

from pipeline.diagnostics import Span
from pipeline.model.document import Claim
from pipeline.read.blocks.engine import Begins, BlockParser, Proceeds
from pipeline.read.blocks.nodes import Explained, Expression, Html, Quote, Tags
from pipeline.read.tags import Tag, brace_end, parse_tag
from pipeline.read.templates import OPENINGS, parse_template

_BEGINS = re.compile(r"</?(?P<name>[A-Z][A-Za-z0-9_.$-]*)")
_MAKES_SOMETHING = re.compile(r"=>|&&|\|\||</?[A-Za-z>]")
_BEGINS_LONG = re.compile(r"<[A-Za-z][\w.-]*(?:\s[^<>]*)?$")
_QUOTE_LIKE = re.compile(r"\n[ \t]*>\Z")
_FRAGMENT = re.compile(r"</?>[ \t]*$")
_MOST_LINES = 100
_WIDEST_GAP = 100
# Components that stand within a line, even where they have one to themselves.
WITHIN_A_LINE: Final = frozenset(["Badge", "Highlight", "Icon", "Kbd", "Link", "Translate", "NuxtLink", "RouterLink"])
# What stands between its tags is code and no Markdown.
RAW_COMPONENT: Final = "CodeBlock"


def begin_component_code(parser: BlockParser) -> Begins:
    """`<CodeBlock …>` with its closing tag on this line or a later one, as HTML that goes on to there."""
    text = parser.cursor.text()
    if not text.startswith(f"<{RAW_COMPONENT}"):
        return Begins.NOTHING
    closing = f"</{RAW_COMPONENT}"
    if closing not in text and parser.next_line_with(closing) is None:
        return Begins.NOTHING
    ahead = _ahead(parser, text, whole=True)
    tag = parse_tag(ahead, 0)
    if tag is None or tag.name != RAW_COMPONENT or tag.self_closing or holds_fence(ahead, tag):
        return Begins.NOTHING
    parser.add(Html(first=parser.number, lines_from=parser.number, lines=[parser.cursor.rest()], kind=1))
    if closing in text:
        parser.close_tip()
    return Begins.LEAF


def begin_expression(parser: BlockParser) -> Begins:
    """`{…}` with nothing behind it, if it makes JSX or takes a choice: shown as it is written, never executed."""
    text = parser.cursor.text()
    if parser.in_paragraph or text.startswith(("{{", "{%")):
        return Begins.NOTHING
    ahead = _ahead(parser, text, whole=True)
    end = brace_end(ahead, 0)
    if end is None or not _MAKES_SOMETHING.search(ahead, 1, end) or ahead[end:].partition("\n")[0].strip():
        return Begins.NOTHING
    count = ahead.count("\n", 0, end)
    node = Expression(first=parser.number, lines_from=parser.number, lines=[text], info="jsx", remaining=count)
    parser.add(node)
    span = Span(first=parser.number, last=parser.number + count)
    hint = "write what it makes into the page to have it shown"
    parser.sink.warn("unread-expression", "an expression is shown as it is written, not executed", span, hint=hint)
    if not count:
        parser.close_tip()
    return Begins.LEAF


def holds_fence(text: str, tag: Tag) -> bool:
    """Whether Markdown's own code stands first behind a tag."""
    return text[tag.end : tag.end + _WIDEST_GAP].lstrip().startswith(("```", "~~~"))


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


def begin_long_tag(parser: BlockParser) -> Begins:
    """A tag over several lines, the last of which begins with the `>` that ends it and would begin a quote."""
    text = parser.cursor.text()
    if parser.in_paragraph or not _BEGINS_LONG.match(text):
        return Begins.NOTHING
    ahead = _ahead(parser, text, whole=False)
    tag = parse_tag(ahead, 0)
    if tag is None or not tag.attributes or not _QUOTE_LIKE.search(ahead[: tag.end]):
        return Begins.NOTHING
    parser.add(Html(first=parser.number, lines_from=parser.number, lines=[parser.cursor.rest()], kind=7))
    return Begins.LEAF


def proceed_tags(parser: BlockParser, node: Tags | Expression) -> Proceeds:
    """Tags and expressions go on over as many lines as was found when they began."""
    node.lines.append(parser.cursor.text() if isinstance(node, Tags) else parser.cursor.rest())
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
