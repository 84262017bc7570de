"""The page as topics: which headings are slides, which open a part, and what is left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum

from msgspec import Struct

from pipeline.diagnostics import Span
from pipeline.model.document import Blocks, Divider, Document, Hint, Section, SpeakerNotes
from pipeline.model.inlines import Inlines
from pipeline.plan.contents import is_contents_list
from pipeline.plan.references import is_reference_list

_SKIP = "skip"


class TopicKind(Enum):
    """What is made of a heading."""

    OPENER = "opener"
    CONTENT = "content"
    CONTENTS = "contents"
    REFERENCES = "references"
    SKIPPED = "skipped"


class Topic(Struct, frozen=True, kw_only=True):
    """A heading with what stands directly under it, and the topics below it. `number` hangs in the margin.

    One that `shares` may stand with those below it on its slides. One that is `stepped` appears step by step from its
    first block on, since the hint for that stands before them.
    """

    kind: TopicKind
    title: Inlines
    id: str
    level: int
    number: int | None
    blocks: Blocks
    topics: tuple[Topic, ...]
    shares: bool
    heading: Span | None
    stepped: bool = False

    def walk(self) -> Iterator[Topic]:
        """This topic and all below it, in reading order."""
        yield self
        for topic in self.topics:
            yield from topic.walk()

    def all_blocks(self) -> Blocks:
        """The blocks of the topic and of those below it."""
        return tuple(block for topic in self.walk() for block in topic.blocks)


def topics_of(document: Document) -> tuple[Topic, ...]:
    """The page's sections as topics."""
    level = slide_level(document)
    numbers = section_numbers(document)
    return tuple(_topic(section, level, numbers, None) for section in document.sections)


def _topic(section: Section, level: int, numbers: Mapping[str, int], number: int | None) -> Topic:
    number = numbers.get(section.id, number)
    return Topic(
        kind=_kind(section),
        title=section.title,
        id=section.id,
        level=section.level,
        number=number,
        blocks=section.blocks,
        topics=tuple(_topic(inner, level, numbers, number) for inner in section.sections),
        shares=section.level >= level,
        heading=section.heading,
    )


def _kind(section: Section) -> TopicKind:
    if is_skipped(section):
        return TopicKind.SKIPPED
    if is_contents_list(section):
        return TopicKind.CONTENTS
    if is_reference_list(section):
        return TopicKind.REFERENCES
    return TopicKind.CONTENT if _is_shown(section.blocks) or not section.sections else TopicKind.OPENER


def is_skipped(section: Section) -> bool:
    """Whether the author leaves a section out: it says so before any `---`."""
    for block in section.blocks:
        if isinstance(block, Divider):
            return False
        if isinstance(block, Hint) and block.name == _SKIP:
            return True
    return False


def slide_level(document: Document) -> int:
    """The highest heading level that holds content directly: such headings are slides, those above open parts."""
    return min((section.level for section in walk_sections(document.sections) if _is_shown(section.blocks)), default=1)


def _is_shown(blocks: Blocks) -> bool:
    return any(not isinstance(block, Hint | Divider | SpeakerNotes) for block in blocks)


def walk_sections(sections: tuple[Section, ...]) -> Iterator[Section]:
    """Every section, in reading order."""
    for section in sections:
        yield section
        yield from walk_sections(section.sections)


def outline(document: Document) -> tuple[Section, ...]:
    """The sections that number the page: the highest level that has several."""
    sections = document.sections
    while len(sections) == 1 and sections[0].sections:
        sections = sections[0].sections
    return sections


def section_numbers(document: Document) -> Mapping[str, int]:
    """The number of each section of the outline, by its id; a table of contents or list of references has none."""
    unnumbered = (is_contents_list, is_reference_list, is_skipped)
    numbered = [s for s in outline(document) if not any(test(s) for test in unnumbered)]
    return {section.id: number for number, section in enumerate(numbered, start=1)}
