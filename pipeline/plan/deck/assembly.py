"""The deck's slides in order, before they are numbered: cover, agenda, content, references."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.document import Blocks, Document, Section
from pipeline.model.fitted import SlideTarget
from pipeline.model.inlines import SectionTarget
from pipeline.model.origin import Origin, SlideRule
from pipeline.model.plan import Comparison, Reference, SlideKind
from pipeline.model.text import numbers_itself, own_inlines, plain_text, walk_blocks
from pipeline.plan.contents import led_to
from pipeline.plan.deck.content import ContentPlanner
from pipeline.plan.deck.drafts import Draft, lines_of
from pipeline.plan.deck.introduction import byline_of, cover_blocks, subtitle_of
from pipeline.plan.deck.slides.agenda import AgendaEntry, agenda_bodies
from pipeline.plan.deck.slides.company import CoverText
from pipeline.plan.deck.slides.cover import cover_elements
from pipeline.plan.deck.slides.reference_list import LONGEST_TEXT, ReferenceList
from pipeline.plan.deck.stepping import steps_asked
from pipeline.plan.references import is_reference_list
from pipeline.plan.speech import blocks_seconds
from pipeline.plan.topics import Topic, TopicKind, topics_of, walk_sections
from pipeline.theme import Colour

_FEWEST_SECTIONS = 3


class ReferencePart(Struct, frozen=True, kw_only=True):
    """Where references stand in the deck. `topic` is the page's own list, None for those that it only links to."""

    topic: Topic | None
    numbers: frozenset[int]


class AgendaPart(Struct, frozen=True, kw_only=True):
    """Where the agenda stands in the deck. `topic` is the page's own table of contents, whose place it takes."""

    topic: Topic | None


Part: TypeAlias = Draft | AgendaPart | ReferencePart


class Assembly(Struct, frozen=True, kw_only=True):
    """Assembles the slides of one page."""

    document: Document
    comparison: Comparison
    references: tuple[Reference, ...]
    content: ContentPlanner

    def parts(self) -> tuple[Part, ...]:
        """Cover, agenda, introduction, content and references."""
        agenda = () if self._own_contents() else (AgendaPart(topic=None),)
        parts: list[Part] = [self._cover(), *agenda, *self._introduction()]
        for topic in topics_of(self.document):
            self._add(topic, parts)
            parts.extend(self.content.page_comparison(topic))
        return tuple(self._with_references(parts))

    def _add(self, topic: Topic, parts: list[Part]) -> None:
        """Add the slides of a topic and of those below it; what the author leaves out goes with the slide before."""
        match topic.kind:
            case TopicKind.SKIPPED:
                at = max(i for i, part in enumerate(parts) if isinstance(part, Draft))
                before = parts[at]
                if isinstance(before, Draft):
                    ids = tuple(below.id for below in topic.walk())
                    covers = (*before.covers, *topic.all_blocks())
                    parts[at] = replace(before, covers=covers, ids=(*before.ids, *ids))
            case TopicKind.REFERENCES:
                parts.append(ReferencePart(topic=topic, numbers=frozenset()))
            case TopicKind.CONTENTS if (own := self._own_contents()) and own.id == topic.id:
                parts.append(AgendaPart(topic=topic))
            case TopicKind.OPENER | TopicKind.CONTENT | TopicKind.CONTENTS:
                for part in self.content.drafts(topic):
                    if isinstance(part, Topic):
                        self._add(part, parts)
                    else:
                        parts.append(part)

    def _with_references(self, parts: Sequence[Part]) -> list[Part]:
        """The parts with every reference in one place: its own list's, else at the end."""
        owners: dict[int, str] = {}
        for section in walk_sections(self.document.sections):
            if is_reference_list(section):
                owners |= {r.number: section.id for r in self._listed_in(section) if r.number not in owners}
        placed: list[Part] = []
        for part in parts:
            if isinstance(part, ReferencePart) and part.topic:
                mine = frozenset(number for number, owner in owners.items() if owner == part.topic.id)
                placed.append(replace(part, numbers=mine))
            else:
                placed.append(part)
        rest = frozenset(reference.number for reference in self.references) - owners.keys()
        if rest and isinstance(last := placed[-1], ReferencePart):
            placed[-1] = replace(last, numbers=last.numbers | rest)
        elif rest:
            placed.append(ReferencePart(topic=None, numbers=rest))
        return placed

    def _listed_in(self, section: Section) -> list[Reference]:
        span = section.span
        return [r for r in self.references if r.listed and span.first <= r.span.first <= span.last]

    # ------------------------------------------------------------ cover and introduction

    def _cover(self) -> Draft:
        document, ink = self.document, self.content.ink
        runs = ink.runs(document.title)
        blocks = cover_blocks(document)
        units = self.content.maker.units(blocks, self.content.showing(document.title))
        text = CoverText(
            title=runs,
            subtitle=ink.runs(subtitle_of(document)),
            byline=byline_of(document),
            language=document.language,
        )
        return Draft(
            kind=SlideKind.COVER,
            title=_line(plain_text(document.title)),
            title_runs=runs,
            elements=cover_elements(self.content.measurer.setter, text, self.comparison.subjects),
            origin=Origin(
                rule=SlideRule.COVER,
                lines=lines_of(document.title_span, blocks),
                refused=() if self._beyond_cover() else steps_asked(blocks),
            ),
            notes=(
                *self.content.cut_title(document.title, 1, document.title_span),
                *(block for unit in units for block in unit.notes),
            ),
            covers=blocks,
            seconds=blocks_seconds(blocks),
            span=document.title_span,
            framed=False,
        )

    def _introduction(self) -> tuple[Draft, ...]:
        """The slides of what the introduction has beyond the cover."""
        rest = self._beyond_cover()
        contrast = self.content.contrast
        if not rest and (contrast is None or contrast.section_id or contrast.block):
            return ()
        topic = Topic(
            kind=TopicKind.CONTENT,
            title=self.document.title,
            id="",
            level=1,
            number=None,
            blocks=rest,
            topics=(),
            shares=False,
            heading=rest[0].span if rest else self.document.title_span,
            stepped=bool(steps_asked(cover_blocks(self.document))),
        )
        return tuple(part for part in self.content.drafts(topic, SlideRule.INTRODUCTION) if isinstance(part, Draft))

    def _beyond_cover(self) -> Blocks:
        return self.document.blocks[len(cover_blocks(self.document)) :]

    # ------------------------------------------------------------ agenda and references

    def _has_agenda(self) -> bool:
        return len(self._numbered()) >= _FEWEST_SECTIONS

    def _own_contents(self) -> Topic | None:
        """The page's own table of contents, where the agenda takes its place: it leads no deeper than below these."""
        if not self._has_agenda():
            return None
        listed = {below.id for topic in self._numbered() for below in (topic, *topic.topics)}
        topics = (topic for top in topics_of(self.document) for topic in top.walk())
        contents = (topic for topic in topics if topic.kind is TopicKind.CONTENTS)
        return next((topic for topic in contents if led_to(topic.blocks) <= listed), None)

    def agenda(self, part: AgendaPart, starts: Mapping[str, int], closing: int | None) -> tuple[Draft, ...]:
        """The agenda's slides; `starts` holds each section's first slide, and `closing` is that of the references.

        There is none where the page has fewer than three sections.
        """
        if not self._has_agenda():
            return ()
        entries = [
            AgendaEntry(
                number=None if numbers_itself(plain_text(topic.title)) else topic.number,
                title=self.content.ink.runs(topic.title, self.content.ink.plain("", bold=True)),
                jump=self.content.ink.anchors.jump(SectionTarget(id=topic.id)),
                slide=starts.get(topic.id),
            )
            for topic in self._numbered()
        ]
        entries.extend(self._closing_entry(closing))
        topic = part.topic
        title = self.content.ink.runs(topic.title) if topic else (self.content.ink.plain(self.content.labels.agenda),)
        bodies = agenda_bodies(self.content.measurer.setter, entries, self.content.framer.body(title))
        drafts = [
            Draft(
                kind=SlideKind.AGENDA,
                title=_line("".join(run.text for run in title)),
                title_runs=title,
                elements=body,
                origin=Origin(rule=SlideRule.AGENDA),
                part=_part(at, len(bodies)),
            )
            for at, body in enumerate(bodies, start=1)
        ]
        if topic:
            drafts[0] = replace(
                drafts[0],
                origin=Origin(rule=SlideRule.AGENDA, lines=lines_of(topic.heading, topic.blocks)),
                section_id=topic.id,
                span=topic.heading,
                ids=(topic.id,),
                covers=topic.blocks,
                notes=self._said(topic),
            )
        return tuple(drafts)

    def _numbered(self) -> list[Topic]:
        """The sections of the outline, each once."""
        seen: dict[int, Topic] = {}
        for top in topics_of(self.document):
            for topic in top.walk():
                if topic.number is not None and topic.kind is not TopicKind.SKIPPED:
                    seen.setdefault(topic.number, topic)
        return list(seen.values())

    def _closing_entry(self, closing: int | None) -> list[AgendaEntry]:
        if not self.references:
            return []
        last = [section for section in walk_sections(self.document.sections) if is_reference_list(section)]
        muted = self.content.ink.plain(self.content.labels.references, colour=Colour.MUTED)
        title = self.content.ink.runs(last[-1].title, muted) if last else (muted,)
        jump = SlideTarget(number=closing) if closing else None
        return [AgendaEntry(number=None, title=title, jump=jump, slide=closing)]

    def reference_slides(self, part: ReferencePart, references: Sequence[Reference]) -> tuple[Draft, ...]:
        """The slides of one place of references."""
        ink, labels = self.content.ink, self.content.labels
        topic = part.topic
        runs = ink.runs(topic.title) if topic else (ink.plain(labels.references),)
        shown = [reference for reference in references if reference.number in part.numbers]
        layout = ReferenceList(setter=self.content.measurer.setter, labels=labels, language=self.document.language)
        bodies = layout.bodies(shown, self.content.framer.body(runs)) or ((),)
        blocks = topic.blocks if topic else ()
        drafts = [
            Draft(
                kind=SlideKind.REFERENCES,
                title=_line("".join(run.text for run in runs)),
                title_runs=runs,
                elements=body,
                origin=Origin(rule=SlideRule.REFERENCES, lines=lines_of(topic.heading if topic else None, blocks)),
                part=_part(at, len(bodies)),
                section_id=topic.id if topic else "",
                span=topic.heading if topic else None,
            )
            for at, body in enumerate(bodies, start=1)
        ]
        if topic:
            notes = () if _shows_all(blocks, shown) else self._said(topic)
            drafts[0] = replace(drafts[0], covers=blocks, notes=notes, ids=(topic.id,))
        return tuple(drafts)

    def _said(self, topic: Topic) -> Blocks:
        units = self.content.maker.units(topic.blocks, self.content.showing(topic.title))
        footnotes = (block for unit in units for block in unit.notes if block not in topic.blocks)
        return (*topic.blocks, *footnotes)


def _shows_all(blocks: Blocks, references: Sequence[Reference]) -> bool:
    """Whether the references' texts are all the words of the page's own list."""
    said = "".join(plain_text(inlines) for block in walk_blocks(blocks) for inlines in own_inlines(block))
    shown = "".join(reference.text[:LONGEST_TEXT] for reference in references if reference.listed)
    return "".join(said.split()) == "".join(shown.split())


def _part(at: int, count: int) -> tuple[int, int] | None:
    return (at, count) if count > 1 else None


def _line(text: str) -> str:
    return " ".join(text.split())
