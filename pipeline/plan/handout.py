"""The plan of the handout: the deck's slides, each beside the page's blocks that it covers, all of them once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from msgspec.structs import replace

from pipeline.model.document import Block, Document, Heading, Section
from pipeline.model.inlines import Inlines, Text
from pipeline.model.plan import Comparison, ContentsEntry, Deck, Handout, HandoutBlock, Slide, SlideKind
from pipeline.model.text import plain_text
from pipeline.plan.footnotes import footnotes_in_order
from pipeline.plan.topics import is_skipped, outline, section_numbers, walk_sections
from pipeline.settings import Settings

_OPENING = (SlideKind.COVER, SlideKind.AGENDA)


def plan_handout(document: Document, settings: Settings, comparison: Comparison, deck: Deck) -> Handout:
    """The handout of a page, what it compares, and its deck."""
    sections = {section.id: section for section in walk_sections(document.sections)}
    blocks = _with_headings(tuple(_blocks(_groups(deck.slides), sections)), sections)
    return Handout(
        title=document.title,
        subtitle=deck.subtitle,
        authors=deck.authors,
        date=deck.date,
        description=deck.description,
        language=document.language,
        paper=settings.overridden(document.metadata.overrides).paper,
        source=PurePosixPath(document.path).name,
        seconds=sum(slide.seconds for slide in deck.slides),
        comparison=comparison,
        contents=tuple(_contents(document, deck, blocks)),
        blocks=blocks,
        footnotes=tuple((footnote.label, footnote.children) for footnote in footnotes_in_order(document)),
        references=deck.references,
    )


# ---------------------------------------------------------------- which slides stand together


def _groups(slides: tuple[Slide, ...]) -> tuple[tuple[Slide, ...], ...]:
    """The slides in the order of the deck; one that covers nothing stands with its neighbour of the same section."""
    groups: list[tuple[Slide, ...]] = []
    for slide in slides:
        if groups and _joins(groups[-1], slide):
            groups[-1] = (*groups[-1], slide)
        else:
            groups.append((slide,))
    return tuple(groups)


def _joins(group: tuple[Slide, ...], slide: Slide) -> bool:
    kinds = {each.kind for each in group} | {slide.kind}
    if kinds <= set(_OPENING):
        return not slide.covers or not any(each.covers for each in group)
    if kinds == {SlideKind.REFERENCES}:
        return True
    if slide.kind is SlideKind.SECTION or kinds & {*_OPENING, SlideKind.REFERENCES}:
        return False
    empty = not slide.covers or not any(each.covers for each in group)
    return empty and group[-1].section_id == slide.section_id


# ---------------------------------------------------------------- titles


def _blocks(groups: tuple[tuple[Slide, ...], ...], sections: Mapping[str, Section]) -> Iterator[HandoutBlock]:
    """A block for each group; the first of a section has the section's title and id."""
    given = set(sections)
    top = min((section.level for section in sections.values()), default=2)
    opened: set[str] = set()
    for group in groups:
        first = group[0]
        section = sections.get(first.section_id)
        opens = section is not None and section.id not in opened
        title, level = _heading(group, section, top, opens=opens)
        if section and opens:
            name = section.id
            opened.add(section.id)
        else:
            name = _free(f"slide-{first.number}", given)
        yield HandoutBlock(
            slides=tuple(slide.number for slide in group),
            title=title,
            level=level,
            id=name,
            section=first.section,
            part=_part(group),
            blocks=tuple(block for slide in group for block in slide.covers),
            seconds=sum(slide.seconds for slide in group),
            opens=opens,
        )


def _heading(group: tuple[Slide, ...], section: Section | None, top: int, *, opens: bool) -> tuple[Inlines, int]:
    """The title of a group and its level: a section's where it opens one, the slide's own where that differs."""
    first = group[0]
    if section is None:
        return _text(first), 0 if first.part and first.part[0] > 1 else top
    if opens:
        return section.title, section.level
    if _letters(first.title) == _letters(plain_text(section.title)) or not first.title:
        return section.title, 0
    return _text(first), 0 if first.part and first.part[0] > 1 else section.level + 1


def _text(slide: Slide) -> Inlines:
    span = slide.span or next((block.span for block in slide.covers), None)
    return (Text(text=slide.title, span=span),) if span and slide.title else ()


def _letters(text: str) -> str:
    """A title's letters, since the deck sets its signs anew."""
    return re.sub(r"[\W_]+", "", text).casefold()


def _part(group: tuple[Slide, ...]) -> tuple[int, int, int] | None:
    """The first and the last of the parts of its title that a group is, and of how many; None where it holds all."""
    part = group[0].part
    if part is None:
        return None
    held = {slide.part[0] for slide in group if slide.part}
    return None if len(held) == part[1] else (min(held), max(held), part[1])


def _free(name: str, given: set[str]) -> str:
    while name in given:
        name = f"{name}-"
    given.add(name)
    return name


# ---------------------------------------------------------------- sections without a slide of their own


def _with_headings(blocks: tuple[HandoutBlock, ...], sections: Mapping[str, Section]) -> tuple[HandoutBlock, ...]:
    """The blocks with headings before the content of sections that no slide opens, so that every title is printed."""
    opened = {block.id for block in blocks}
    result = list(blocks)
    if not result:
        return ()
    for section in sections.values():
        if section.id not in opened and (spot := _place(result, section, sections)):
            index, place = spot
            block = result[index]
            heading = Heading(level=section.level, children=section.title, id=section.id, span=section.heading)
            result[index] = replace(block, blocks=(*block.blocks[:place], heading, *block.blocks[place:]))
    return tuple(result)


def _place(blocks: list[HandoutBlock], section: Section, sections: Mapping[str, Section]) -> tuple[int, int] | None:
    """Where a section's heading goes: before its first block, else after the last block or title before it.

    None where the author leaves the section out, so that none of its blocks is there.
    """
    held = [(i, j, inner) for i, block in enumerate(blocks) for j, inner in enumerate(block.blocks)]
    inside = [(i, j) for i, j, inner in held if _is_within(inner, section)]
    if inside:
        return inside[0]
    if any(inner.blocks for inner in walk_sections((section,))):
        return None
    line = section.heading.first
    before = [(inner.span.first, i, j + 1) for i, j, inner in held if inner.span.last < line]
    titles = ((i, sections.get(block.id)) for i, block in enumerate(blocks))
    before += [(opened.heading.first, i, 0) for i, opened in titles if opened and opened.heading.first < line]
    return max(before)[1:] if before else (0, 0)


def _is_within(block: Block, section: Section) -> bool:
    return section.span.first <= block.span.first <= section.span.last


# ---------------------------------------------------------------- contents


def _contents(document: Document, deck: Deck, blocks: tuple[HandoutBlock, ...]) -> Iterator[ContentsEntry]:
    """A line for each section of the outline, and one for the references."""
    named: set[str] = set()
    numbers_of = section_numbers(document)
    for section in outline(document):
        ids = {inner.id for inner in walk_sections((section,))}
        own = [slide.number for slide in deck.slides if slide.section_id in ids]
        numbers = own or _holding(blocks, section)
        if numbers:
            named |= ids
            yield ContentsEntry(
                number=numbers_of.get(section.id),
                title=plain_text(section.title),
                id=section.id,
                first_slide=numbers[0],
                last_slide=numbers[-1],
                shown=bool(own) and not is_skipped(section),
            )
    closing = [slide for slide in deck.slides if slide.kind is SlideKind.REFERENCES]
    if closing and closing[0].section_id not in named:
        home = next(block.id for block in blocks if closing[0].number in block.slides)
        first, last = closing[0].number, closing[-1].number
        yield ContentsEntry(number=None, title=closing[0].title, id=home, first_slide=first, last_slide=last)


def _holding(blocks: tuple[HandoutBlock, ...], section: Section) -> list[int]:
    """The slides beside which a section stands that no slide opens."""
    holding = (b for b in blocks if any(isinstance(i, Heading) and i.id == section.id for i in b.blocks))
    return [number for block in holding for number in block.slides][:1]
