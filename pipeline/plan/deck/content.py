"""Topics as slides: what stands on each, titled and in parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from pipeline.diagnostics import Span
from pipeline.labels import Labels
from pipeline.model.document import Blocks, Heading, Hint
from pipeline.model.fitted import Element, Role, TextBox
from pipeline.model.inlines import Inlines, SectionTarget
from pipeline.model.origin import Origin, SlideRule
from pipeline.model.plan import SlideKind, Subject
from pipeline.model.text import plain_text
from pipeline.plan.deck.contrasts import Contrast
from pipeline.plan.deck.drafts import Draft, joined_lines, lines_of
from pipeline.plan.deck.frame import Framer
from pipeline.plan.deck.layouts.arrange import Arranger
from pipeline.plan.deck.layouts.compositions import Compositions
from pipeline.plan.deck.layouts.measurer import Measurer
from pipeline.plan.deck.packing import is_short, packed
from pipeline.plan.deck.pagination import Page, page_of, paginate
from pipeline.plan.deck.pieces import Bond, FigurePiece, Piece, TextPiece, Unit
from pipeline.plan.deck.runs import Inker
from pipeline.plan.deck.setting import Gap, Para
from pipeline.plan.deck.showing import Showing, UnitMaker
from pipeline.plan.deck.showing.figures import FigureMaker
from pipeline.plan.deck.slides.company import OpenerEntry
from pipeline.plan.deck.slides.opener import opener_elements
from pipeline.plan.deck.stepping import stepped, steps_asked, unmet_steps, with_text
from pipeline.plan.deck.wishes import Wishes, wishes_of
from pipeline.plan.leads import INTRODUCES
from pipeline.plan.speech import blocks_seconds
from pipeline.plan.topics import Topic, TopicKind
from pipeline.settings import Prose

_MOST_SHARED_WORDS = 110
_MOST_SHARED_COST = 7.0
_MOST_ANNOUNCED = 8
_INDENT = 1.15


class ContentPlanner(Struct, frozen=True, kw_only=True):
    """Plans the slides of topics."""

    measurer: Measurer
    framer: Framer
    maker: UnitMaker
    ink: Inker
    labels: Labels
    title: Inlines
    numbers: Mapping[str, int]
    prose: Prose
    contrast: Contrast | None
    subjects: tuple[Subject, ...]

    def drafts(self, topic: Topic, rule: SlideRule = SlideRule.HEADING) -> tuple[Draft | Topic, ...]:
        """The slides of a topic, the first made by a rule; in their places the topics below it that have their own."""
        if topic.kind is TopicKind.OPENER and not topic.shares:
            return (self._opener(topic), *topic.topics)
        units = self.units(topic)
        together = self._together(topic, units)
        if together is not None:
            return (self._draft(topic, together, None, SlideRule.TOGETHER),)
        return tuple(self._apart(topic, units, rule))

    def page_comparison(self, topic: Topic) -> Iterator[Draft]:
        """The comparison behind a topic that holds most of it, where it is the page's: slides with the page's title."""
        contrast = self.contrast
        if contrast is None or contrast.block is not None or contrast.of_section:
            return
        if all(below.id != contrast.section_id for below in topic.walk()):
            return
        titled = replace(topic, title=self.title, number=None, heading=None)
        pages = paginate((Unit(piece=contrast.piece),), self._arranger(self.title))
        for at, page in enumerate(pages, start=1):
            part = (at, len(pages)) if len(pages) > 1 else None
            yield replace(self._draft(titled, page, part, SlideRule.COMPARISON), ids=(), span=topic.heading)

    # ------------------------------------------------------------ units

    def units(self, topic: Topic) -> tuple[Unit, ...]:
        """The units of what stands directly under a topic's heading, those behind the hint for steps marked."""
        return tuple(stepped(self._units(topic), waiting=topic.stepped))

    def _units(self, topic: Topic) -> tuple[Unit, ...]:
        showing = self.showing(topic.title)
        units = self.maker.units(topic.blocks, showing)
        if self.contrast is None:
            return units
        if self.contrast.block is not None and any(self.contrast.block is block for block in topic.blocks):
            return tuple(self._with_contrast(units))
        if self.contrast.section_id == topic.id and self.contrast.block is None and self.contrast.of_section:
            return (*units, Unit(piece=self.contrast.piece))
        return units

    def _with_contrast(self, units: Sequence[Unit]) -> Iterator[Unit]:
        """The units with the comparison in place of those of the block that it is made of."""
        replaced = False
        for unit in units:
            if self.contrast and any(self.contrast.block is block for block in unit.covers):
                replaced = True
                said = unit.notes if any(self.contrast.block is block for block in unit.notes) else unit.covers
                spans = tuple(block.span for block in unit.covers)
                seconds = blocks_seconds(unit.covers)
                yield replace(
                    unit, piece=self.contrast.piece, notes=said, seconds=seconds, words=0, bond=Bond.FREE, spans=spans
                )
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
        sections = [units, *(self._headed(below, self.units(below)) for below in tuple(topic.walk())[1:])]
        joined = [unit for section in sections for unit in section]
        page = self._shared(topic, joined, wishes_of([block for unit in joined for block in unit.covers]))
        unmet = tuple(hint for section in sections for hint in unmet_steps(section))
        return page and replace(page, refused=unmet)

    def _headed(self, topic: Topic, inner: Sequence[Unit]) -> tuple[Unit, ...]:
        """The units of a topic below its title as a head."""
        head = self.showing(topic.title).head(topic.title)
        return (
            Unit(
                piece=head.piece and with_text(head.piece, inner),
                bond=head.bond if any(unit.piece for unit in inner) else Bond.FREE,
                words=head.words,
                ids=(topic.id,),
                spans=(topic.heading,) if topic.heading else (),
            ),
            *inner,
        )

    def _shared(self, topic: Topic, units: Sequence[Unit], wishes: Wishes) -> Page | None:
        """All units on one slide, as far as that is no crowd or the author asks for it."""
        own = wishes_of(topic.blocks)
        if any(unit.starts for unit in units) or len(wishes.hints) > len(own.hints):
            return None
        crowded = sum(unit.words for unit in units) > _MOST_SHARED_WORDS or _figures(units) > 1
        if crowded and not own.keep:
            return None
        arranger = replace(self._arranger(topic.title), wished=own.layout)
        arrangement = arranger.arrange([unit for unit in units if unit.piece], crowded=own.keep)
        if arrangement is None or (arrangement.cost > _MOST_SHARED_COST and not own.keep):
            return None
        return replace(page_of(units, arrangement, arranger), title=own.title, wished=own.layout)

    def _apart(self, topic: Topic, units: tuple[Unit, ...], rule: SlideRule) -> Iterator[Draft | Topic]:
        """The slides of a topic where one does not hold all of it."""
        made = tuple(self._in_order(topic, units))
        count = sum(1 for each in made if not isinstance(each, Topic))
        at = 0
        for each in made:
            at += not isinstance(each, Topic)
            if not isinstance(each, Page):
                yield each
                continue
            rule_of_first = rule if at == 1 else SlideRule.CONTINUED
            made_by = SlideRule.BREAK if each.begun else SlideRule.TOGETHER if each.ids else rule_of_first
            yield self._draft(topic, each, (at, count) if count > 1 else None, made_by)

    def _in_order(self, topic: Topic, units: tuple[Unit, ...]) -> Iterator[Page | Draft | Topic]:
        """What becomes of a topic's own units and of the topics below it: short neighbours share slides."""
        arranger = self._arranger(topic.title)
        sections = [(topic, units), *((below, self.units(below)) for below in topic.topics)]
        for short, group in groupby(sections, lambda each: _is_leaf(each[0], topic) and is_short(each[1], arranger)):
            run = tuple(group)
            below = [each for each, _ in run if each is not topic]
            own = len(below) < len(run)
            headed = [inner if each is topic else self._headed(each, inner) for each, inner in run]
            pages = packed(headed, arranger) if short and len(below) > 1 else ()
            if own and not pages:
                yield from self._own(topic, units, arranger)
            if not pages:
                yield from below
            titled = {each.id: each for each in below}
            for at, page in enumerate(pages):
                # What would stand alone below its head has its title in the head's place.
                alone = len(page.ids) == 1 and not (own and at == 0)
                yield titled[page.ids[0]] if alone else page

    def _own(self, topic: Topic, units: Sequence[Unit], arranger: Arranger) -> Iterator[Page | Draft]:
        """What stands directly under a topic's heading, alone."""
        if any(unit.piece for unit in units):
            shown = (*units, *self._announced(topic, units))
            yield from _answered(paginate(shown, arranger), topic, unmet_steps(units))
        else:
            yield self._opener(topic)

    def _draft(self, topic: Topic, page: Page, part: tuple[int, int] | None, rule: SlideRule) -> Draft:
        first = part is None or part[0] == 1
        runs = (self.ink.plain(page.title),) if page.title else self.ink.runs(topic.title)
        heading = (topic.heading,) if topic.heading and first else ()
        return Draft(
            kind=SlideKind.CONTENT,
            title=page.title or " ".join(plain_text(topic.title).split()),
            title_runs=runs,
            elements=as_body(page),
            origin=Origin(
                rule=rule,
                lines=joined_lines((*heading, *page.spans)),
                layout=page.layout,
                weighed=page.weighed,
                wished=page.wished,
                refused=page.refused,
            ),
            part=part,
            section=topic.number,
            section_id=topic.id,
            notes=(*self._unshown_title(topic, page, first=first), *page.notes),
            covers=page.covers,
            seconds=page.seconds,
            span=topic.heading,
            ids=(*((topic.id,) if first else ()), *page.ids),
        )

    def _unshown_title(self, topic: Topic, page: Page, *, first: bool) -> Blocks:
        """The heading for the notes, where the slide has another title or cuts it."""
        if page.title and topic.heading and first:
            return (Heading(level=topic.level, children=topic.title, id="", span=topic.heading),)
        return () if page.title else self.cut_title(topic.title, topic.level, topic.heading)

    def cut_title(self, title: Inlines, level: int, span: Span | None) -> Blocks:
        """A title for the notes, where it is too long to stand whole on its slide."""
        if span is None or not self.framer.cuts(self.ink.runs(title)):
            return ()
        return (Heading(level=level, children=title, id="", span=span),)

    def _entries(self, topic: Topic) -> Iterator[OpenerEntry]:
        """The topics below a topic, each with the way to its slide."""
        for below in topic.topics:
            if below.kind is not TopicKind.SKIPPED:
                jump = self.ink.anchors.jump(SectionTarget(id=below.id))
                yield OpenerEntry(title=self.ink.runs(below.title), jump=jump)

    def _announced(self, topic: Topic, units: Sequence[Unit]) -> Iterator[Unit]:
        """The few topics below a topic as a list, where its own text ends with a colon."""
        entries = tuple(self._entries(topic))
        last = next((unit.piece for unit in reversed(units) if unit.piece), None)
        if not isinstance(last, TextPiece) or not last.paras[-1].text.endswith(INTRODUCES):
            return
        for at, entry in enumerate(entries if len(entries) <= _MOST_ANNOUNCED else ()):
            runs = tuple(replace(run, link=entry.jump, underline=False) for run in entry.title)
            para = Para(runs=runs, gap=Gap.ITEM, indent=_INDENT)
            bond = Bond.CLOSE if at < len(entries) - 1 else Bond.FREE
            yield Unit(piece=TextPiece(paras=(para,)), bond=bond)

    def _opener(self, topic: Topic) -> Draft:
        runs = self.ink.runs(topic.title)
        entries = tuple(self._entries(topic))
        setter = self.measurer.setter
        said = (block for unit in self.units(topic) for block in unit.notes)
        notes = (*self.cut_title(topic.title, topic.level, topic.heading), *said)
        return Draft(
            kind=SlideKind.SECTION,
            title=" ".join(plain_text(topic.title).split()),
            title_runs=runs,
            elements=opener_elements(setter, runs, topic.number, entries, self.ink.language),
            origin=Origin(
                rule=SlideRule.OPENER,
                lines=lines_of(topic.heading, topic.blocks),
                refused=steps_asked(topic.blocks),
            ),
            section=topic.number,
            section_id=topic.id,
            notes=notes,
            covers=topic.blocks,
            seconds=blocks_seconds(topic.blocks),
            span=topic.heading,
            ids=(topic.id,),
            framed=False,
        )


def _answered(pages: tuple[Page, ...], topic: Topic, unmet: tuple[Hint, ...]) -> tuple[Page, ...]:
    """The slides of a topic apart from those below it, which the author may have wanted together."""
    asked = wishes_of(topic.blocks).for_keeping if topic.topics else ()
    return (replace(pages[0], refused=(*pages[0].refused, *asked, *unmet)), *pages[1:])


def _is_leaf(each: Topic, topic: Topic) -> bool:
    """Whether a topic is the one that holds slides, or an unnumbered one below it with nothing further below."""
    return each is topic or (each.kind is TopicKind.CONTENT and not each.topics and each.number == topic.number)


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
