"""Topics as slides: what stands on each, titled and in parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.diagnostics import Span
from pipeline.labels import Labels
from pipeline.model.document import Blocks, Heading
from pipeline.model.fitted import Element, Role, TextBox
from pipeline.model.inlines import Inlines, SectionTarget
from pipeline.model.plan import SlideKind, Subject
from pipeline.model.text import plain_text
from pipeline.plan.deck.contrasts import Contrast
from pipeline.plan.deck.drafts import Draft
from pipeline.plan.deck.frame import Framer
from pipeline.plan.deck.layouts.arrange import Arranger
from pipeline.plan.deck.layouts.compositions import Compositions
from pipeline.plan.deck.layouts.measurer import Measurer
from pipeline.plan.deck.pagination import Page, paginate
from pipeline.plan.deck.pieces import Bond, FigurePiece, Piece, Unit
from pipeline.plan.deck.runs import Inker
from pipeline.plan.deck.showing import Showing, UnitMaker
from pipeline.plan.deck.showing.figures import FigureMaker
from pipeline.plan.deck.slides.opener import OpenerEntry, opener_elements
from pipeline.plan.speech import blocks_seconds
from pipeline.plan.topics import Topic, TopicKind
from pipeline.settings import Prose

_MOST_SHARED_WORDS = 110
_MOST_SHARED_COST = 7.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentPlanner:
    """Plans the slides of topics."""

    measurer: Measurer
    framer: Framer
    maker: UnitMaker
    ink: Inker
    labels: Labels
    numbers: Mapping[str, int]
    prose: Prose
    contrast: Contrast | None
    subjects: tuple[Subject, ...]

    def drafts(self, topic: Topic) -> tuple[tuple[Draft, ...], bool]:
        """The slides of a topic, and whether they show the topics below it as well."""
        if topic.kind is TopicKind.OPENER and not topic.shares:
            return (self._opener(topic),), False
        units = self.units(topic)
        together = self._together(topic, units)
        if together is not None:
            return (self._draft(topic, together, None),), True
        if any(unit.piece for unit in units):
            return tuple(self._pages(topic, paginate(units, self._arranger(topic.title)))), False
        return (self._opener(topic),), False

    # ------------------------------------------------------------ units

    def units(self, topic: Topic) -> tuple[Unit, ...]:
        """The units of what stands directly under a topic's heading."""
        showing = self.showing(topic.title)
        units = self.maker.units(topic.blocks, showing)
        if self.contrast is None:
            return units
        if self.contrast.block is not None and any(self.contrast.block is block for block in topic.blocks):
            return tuple(self._with_contrast(units))
        if self.contrast.section_id == topic.id and self.contrast.block is None:
            return (*units, Unit(piece=self.contrast.piece))
        return units

    def _with_contrast(self, units: Sequence[Unit]) -> Iterator[Unit]:
        """The units with the comparison in place of those of the block that it is made of."""
        replaced = False
        for unit in units:
            if self.contrast and any(self.contrast.block is block for block in unit.covers):
                replaced = True
                said = unit.notes if any(self.contrast.block is block for block in unit.notes) else unit.covers
                yield replace(unit, piece=self.contrast.piece, notes=said, words=0, bond=Bond.FREE)
            elif unit.covers or not replaced:
                replaced = False
                yield unit

    def showing(self, title: Inlines) -> Showing:
        """How blocks under a title are shown."""
        subject = " ".join(plain_text(title).split())
        figures = FigureMaker(ink=self.ink, labels=self.labels, numbers=self.numbers, subject=subject)
        return Showing(figures=figures, prose=self.prose)

    # ------------------------------------------------------------ slides

    def _arranger(self, title: Inlines) -> Arranger:
        body = self.framer.body(self.ink.runs(title))
        return Arranger(compositions=Compositions(measurer=self.measurer, body=body, subjects=self.subjects))

    def _together(self, topic: Topic, units: Sequence[Unit]) -> Page | None:
        """A topic and all below it on one slide, with heads; None where that is too much, or there are none below."""
        plain = all(below.kind in {TopicKind.CONTENT, TopicKind.OPENER} for below in topic.walk())
        if not topic.topics or not topic.shares or not plain:
            return None
        joined = list(units)
        for below in tuple(topic.walk())[1:]:
            head = self.showing(below.title).head(below.title)
            inner = self.units(below)
            if not any(unit.piece for unit in inner):
                head = replace(head, bond=Bond.FREE)
            joined.append(Unit(piece=head.piece, bond=head.bond, words=head.words, ids=(below.id,)))
            joined.extend(inner)
        too_much = sum(unit.words for unit in joined) > _MOST_SHARED_WORDS or _figures(joined) > 1
        if too_much or any(unit.starts for unit in joined):
            return None
        arranger = self._arranger(topic.title)
        arrangement = arranger.arrange([unit for unit in joined if unit.piece])
        if arrangement is None or arrangement.cost > _MOST_SHARED_COST:
            return None
        return Page(
            elements=arranger.placed(arrangement),
            covers=tuple(block for unit in joined for block in unit.covers),
            notes=tuple(block for unit in joined for block in unit.notes),
            seconds=sum(unit.seconds for unit in joined),
            ids=tuple(id_ for unit in joined for id_ in unit.ids),
            layout=arrangement.layout,
            cost=arrangement.cost,
        )

    def _pages(self, topic: Topic, pages: Sequence[Page]) -> Iterator[Draft]:
        for at, page in enumerate(pages, start=1):
            yield self._draft(topic, page, (at, len(pages)) if len(pages) > 1 else None)

    def _draft(self, topic: Topic, page: Page, part: tuple[int, int] | None) -> Draft:
        return Draft(
            kind=SlideKind.CONTENT,
            title=" ".join(plain_text(topic.title).split()),
            title_runs=self.ink.runs(topic.title),
            elements=as_body(page),
            rule=page.layout,
            part=part,
            section=topic.number,
            section_id=topic.id,
            notes=(*self.cut_title(topic.title, topic.level, topic.heading), *page.notes),
            covers=page.covers,
            seconds=page.seconds,
            span=topic.heading,
            ids=(*((topic.id,) if part is None or part[0] == 1 else ()), *page.ids),
        )

    def cut_title(self, title: Inlines, level: int, span: Span | None) -> Blocks:
        """A title for the notes, where it is too long to stand whole on its slide."""
        if span is None or not self.framer.cuts(self.ink.runs(title)):
            return ()
        return (Heading(level=level, children=title, id="", span=span),)

    def _opener(self, topic: Topic) -> Draft:
        runs = self.ink.runs(topic.title)
        entries = [
            OpenerEntry(title=self.ink.runs(below.title), jump=self.ink.anchors.jump(SectionTarget(id=below.id)))
            for below in topic.topics
            if below.kind is not TopicKind.SKIPPED
        ]
        setter = self.measurer.setter
        said = (block for unit in self.units(topic) for block in unit.notes)
        notes = (*self.cut_title(topic.title, topic.level, topic.heading), *said)
        return Draft(
            kind=SlideKind.SECTION,
            title=" ".join(plain_text(topic.title).split()),
            title_runs=runs,
            elements=opener_elements(setter, runs, topic.number, entries, self.ink.language),
            rule="opens a part",
            section=topic.number,
            section_id=topic.id,
            notes=notes,
            covers=topic.blocks,
            seconds=blocks_seconds(topic.blocks),
            span=topic.heading,
            ids=(topic.id,),
            framed=False,
        )


def _figures(units: Sequence[Unit]) -> int:
    pieces: list[Piece | None] = [unit.piece for unit in units]
    return sum(1 for piece in pieces if isinstance(piece, FigurePiece))


def as_body(page: Page) -> tuple[Element, ...]:
    """The page's elements, the first text among them as the layout's body."""
    elements = list(page.elements)
    for at, element in enumerate(elements):
        if isinstance(element, TextBox) and element.name == "Text":
            elements[at] = replace(element, role=Role.BODY)
            break
    return tuple(elements)
