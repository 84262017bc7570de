"""Which way texts read, where the author says so or most of a list tells: kept as Unicode's marks of direction.

The deck, the handout and the sheet all find a text's direction by its letters, so that it is the same in all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from msgspec.structs import replace

from pipeline.diagnostics import Span
from pipeline.model.document import (
    Block,
    Blocks,
    Callout,
    DefinitionList,
    Group,
    ItemList,
    ListItem,
    Paragraph,
    Quote,
    SpeakerNotes,
    Tabs,
)
from pipeline.model.inlines import Inlines, Link, Styled, Text
from pipeline.model.text import plain_text
from pipeline.read.blocks.nodes import Container, Element, Page
from pipeline.read.frontmatter import FrontMatter
from pipeline.typeset import has_right_to_left, right_to_left

FROM_LEFT: Final = "\u200e"
FROM_RIGHT: Final = "\u200f"
_WAYS: Final = frozenset({"ltr", "rtl"})
_FROM_RIGHT_WORD = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")


def stated_directions(page: Page, front: FrontMatter) -> Mapping[int, str]:
    """The lines of which elements or the front matter say how they read: `rtl` or `ltr`."""
    stated: dict[int, str] = {}
    whole = next((str(front.entries[key]).lower() for key in ("dir", "direction") if key in front.entries), "")
    if whole in _WAYS:
        stated = dict.fromkeys(range(page.first, page.last + 1), whole)
    todo: list[Container] = [page]
    while todo:  # parents before children, which know better
        container = todo.pop()
        if isinstance(container, Element) and (way := container.tag.get("dir").lower()) in _WAYS:
            # What is not closed holds what follows, to the page's end.
            last = container.last if container.children else page.last
            stated |= dict.fromkeys(range(container.first, last + 1), way)
        todo.extend(child for child in reversed(container.children) if isinstance(child, Container))
    return stated


def loan_words(text: str) -> int:
    """How many of the Latin words in a text stand in lines that read from the right: names, and terms of the trade.

    Such a line says so with its first letter or mark, or has more words that do.
    """
    count = 0
    for line in text.split("\n"):
        latin = len(_LATIN_WORD.findall(line))
        if latin and _reads_from_the_right(line, latin):
            count += latin
    return count


def _reads_from_the_right(line: str, latin: int) -> bool:
    if line.startswith(FROM_RIGHT):
        return True
    words = len(_FROM_RIGHT_WORD.findall(line))
    return words > latin or (right_to_left(line) and 2 * words >= latin)


def in_one_direction(blocks: Blocks, stated: Mapping[int, str], *, mirrored: bool) -> Blocks:
    """The blocks of a page with marks where a text would read otherwise than what holds it.

    On a page that reads from the right (`mirrored`) these are items without a letter that does; on other pages all
    texts of what is stated to, and items of lists most of which read the other way.
    """
    return tuple(_block(block, stated, mirrored=mirrored) for block in blocks)


def _block(block: Block, stated: Mapping[int, str], *, mirrored: bool) -> Block:
    def inside(children: Blocks) -> Blocks:
        return in_one_direction(children, stated, mirrored=mirrored)

    match block:
        case Paragraph() if stated.get(block.span.first) == "rtl" and not mirrored:
            return _marked(block, right_to_left, from_right=True)
        case ItemList():
            items = tuple(replace(item, children=inside(item.children)) for item in block.items)
            return replace(block, items=_in_line(items, stated.get(block.span.first), mirrored=mirrored))
        case DefinitionList():
            return replace(block, entries=tuple(replace(e, children=inside(e.children)) for e in block.entries))
        case Tabs():
            return replace(block, tabs=tuple(replace(tab, children=inside(tab.children)) for tab in block.tabs))
        case Callout() | Quote() | Group() | SpeakerNotes():
            return replace(block, children=inside(block.children))
    return block


def _in_line(items: tuple[ListItem, ...], stated: str | None, *, mirrored: bool) -> tuple[ListItem, ...]:
    """The items with marks that have them all read as is stated, or as most do."""
    tells = has_right_to_left if mirrored else right_to_left
    texts = [
        plain_text(block.children) for item in items for block in item.children[:1] if isinstance(block, Paragraph)
    ]
    ways = [tells(text) for text in texts if any(map(str.isalpha, text))]
    if all(ways) or not (mirrored or any(ways)):
        return items
    from_right = mirrored or (2 * sum(ways) > len(ways) if stated is None else stated == "rtl")
    return tuple(
        replace(item, children=tuple(_marked(child, tells, from_right=from_right) for child in item.children))
        for item in items
    )


def _marked(paragraph: Block, tells: Callable[[str], bool], *, from_right: bool) -> Block:
    """A paragraph with a mark before it where it does not tell that direction.

    One without a letter of that direction is set between marks of its own, so that its signs stay at their ends.
    """
    if not isinstance(paragraph, Paragraph):
        return paragraph
    text = plain_text(paragraph.children)
    if tells(text) is from_right or not any(map(str.isalnum, text)):
        return paragraph
    first, other = (FROM_RIGHT, FROM_LEFT) if from_right else (FROM_LEFT, FROM_RIGHT)
    pure = not (has_right_to_left(text) if from_right else _LATIN_WORD.search(text))
    children = _opened(paragraph.children, first + other if pure else first, paragraph.span)
    return replace(paragraph, children=_closed(children, other, paragraph.span) if pure else children)


def _opened(inlines: Inlines, mark: str, span: Span) -> Inlines:
    """The inlines with a mark before their first letter, within what is bold or leads somewhere."""
    first, *rest = inlines
    match first:
        case Text():
            lines = tuple((offset + len(mark), number) for offset, number in first.lines)
            return (replace(first, text=mark + first.text, lines=lines), *rest)
        case Styled() | Link() if first.children:
            return (replace(first, children=_opened(first.children, mark, span)), *rest)
    return (Text(text=mark, span=span), *inlines)


def _closed(inlines: Inlines, mark: str, span: Span) -> Inlines:
    """The inlines with a mark behind their last letter, within what that stands in."""
    *before, last = inlines
    match last:
        case Text():
            return (*before, replace(last, text=last.text + mark))
        case Styled() | Link() if last.children:
            return (*before, replace(last, children=_closed(last.children, mark, span)))
    return (*inlines, Text(text=mark, span=span))
