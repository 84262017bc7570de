"""A page's blocks as a tree of sections, and its title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field

from pipeline.diagnostics import Span
from pipeline.model.document import Block, Blocks, Heading, Paragraph, Section
from pipeline.model.inlines import Inlines, Text
from pipeline.model.text import plain_text
from pipeline.read.characters import is_blank
from pipeline.read.context import Sink
from pipeline.read.figures import figures_of

_SPACE = re.compile(r"\s+")


class Outline(Struct, frozen=True, kw_only=True):
    """A page's title, what stands before its first section, and its sections."""

    title: Inlines
    title_span: Span | None
    blocks: Blocks
    sections: tuple[Section, ...]


class _Growing(Struct, kw_only=True):
    """A section that is still growing."""

    heading: Heading
    blocks: list[Block] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    last: int = 0


def outline(blocks: Blocks, stated: str, stated_at: Span | None, file_name: str, sink: Sink) -> Outline:
    """The page's outline. `stated` is the title in its front matter, which stands at `stated_at`.

    Without it the title is a sole heading of level 1 that comes before all others, and opens no section then;
    else the first heading of level 1, else one of another level with which the page begins, which keep their
    sections; else the file's name.
    """
    kept = _without_empty(blocks, sink)
    headings = [block for block in kept if isinstance(block, Heading)]
    tops = [heading for heading in headings if heading.level == 1]
    leads = headings[0] if len(tops) == 1 and headings[0] is tops[0] else None
    if leads and stated and _folded(plain_text(leads.children)) != _folded(stated):
        leads = None
    first, sections = _tree([block for block in kept if block is not leads])
    title: Inlines
    at: Span | None
    if leads:
        title, at = leads.children, leads.span
    elif stated:
        title, at = _text(stated, stated_at or Span(first=1, last=1)), stated_at
    elif headings and (tops or not first):
        named = tops[0] if tops else headings[0]
        title, at = named.children, named.span
    else:
        title, at = _text(_from_file_name(file_name), Span(first=1, last=1)), None
    return Outline(title=title, title_span=at, blocks=first, sections=sections)


def _without_empty(blocks: Blocks, sink: Sink) -> list[Block]:
    """The blocks without headings that say nothing: what stands below them belongs to the section before.

    What such a heading holds all the same, as an image without words, stays.
    """
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and is_blank(plain_text(block.children)):
            sink.warn("empty-heading", "this heading is empty", block.span, hint="it opens no section")
            if any(not isinstance(inline, Text) for inline in block.children):
                kept.extend(figures_of(block.children, "") or (Paragraph(children=block.children, span=block.span),))
        else:
            kept.append(block)
    return kept


def _tree(blocks: Sequence[Block]) -> tuple[Blocks, tuple[Section, ...]]:
    """The blocks before the first heading, and the sections by the levels of their headings."""
    before: list[Block] = []
    sections: list[Section] = []
    open_sections: list[_Growing] = []

    def close(level: int) -> None:
        while open_sections and open_sections[-1].heading.level >= level:
            done = _grown(open_sections.pop())
            if open_sections:
                open_sections[-1].sections.append(done)
                open_sections[-1].last = max(open_sections[-1].last, done.span.last)
            else:
                sections.append(done)

    for block in blocks:
        if isinstance(block, Heading):
            close(block.level)
            open_sections.append(_Growing(heading=block, last=block.span.last))
        elif open_sections:
            open_sections[-1].blocks.append(block)
            open_sections[-1].last = max(open_sections[-1].last, block.span.last)
        else:
            before.append(block)
    close(0)
    return tuple(before), tuple(sections)


def _grown(growing: _Growing) -> Section:
    heading = growing.heading
    return Section(
        level=heading.level,
        title=heading.children,
        id=heading.id,
        blocks=tuple(growing.blocks),
        sections=tuple(growing.sections),
        heading=heading.span,
        span=Span(first=heading.span.first, last=max(growing.last, heading.span.last)),
    )


def _text(text: str, span: Span) -> Inlines:
    return (Text(text=text, span=span),)


def _folded(text: str) -> str:
    return _SPACE.sub(" ", text).strip().casefold()


def _from_file_name(stem: str) -> str:
    """`docker-vs-vm` as Docker vs vm; a date before the name is none of it."""
    name = re.sub(r"\A\d{4}-\d{2}-\d{2}-(?=\w)", "", stem)
    words = _SPACE.sub(" ", re.sub(r"[-_]+", " ", name)).strip() or stem
    return words[:1].upper() + words[1:]
