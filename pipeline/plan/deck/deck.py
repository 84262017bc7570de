"""Document → Deck."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.diagnostics import Diagnostic, Severity, Span
from pipeline.labels import labels_for
from pipeline.model.document import Block, Document, Table
from pipeline.model.fitted import TableBox
from pipeline.model.origin import Layout
from pipeline.model.plan import Comparison, Deck, Slide
from pipeline.model.text import plain_text, walk_blocks
from pipeline.plan.deck.anchors import Anchors
from pipeline.plan.deck.assembly import Assembly
from pipeline.plan.deck.content import ContentPlanner
from pipeline.plan.deck.contrasts import contrast_of
from pipeline.plan.deck.frame import Framer, title_size
from pipeline.plan.deck.introduction import subtitle_of
from pipeline.plan.deck.layouts.measurer import Measurer
from pipeline.plan.deck.numbering import deck_sections, number_slides
from pipeline.plan.deck.runs import Inker
from pipeline.plan.deck.setting import Setter
from pipeline.plan.deck.showing import UnitMaker
from pipeline.plan.deck.showing.tables import table_description
from pipeline.plan.deck.wishes import hint_problems, refusal
from pipeline.plan.footnotes import footnote_numbers, footnotes_in_order
from pipeline.plan.references import number_references, numbers_by_address
from pipeline.plan.topics import walk_sections
from pipeline.settings import Prose
from pipeline.theme import Theme
from pipeline.typeset import Typesetter


def plan_deck(document: Document, comparison: Comparison, prose: Prose, theme: Theme, typesetter: Typesetter) -> Deck:
    """The deck of a page."""
    numbered = number_slides(_assembly(document, comparison, prose, Setter(theme, typesetter)))
    title = " ".join(plain_text(document.title).split())
    metadata = document.metadata
    return Deck(
        title=title,
        subtitle=" ".join(plain_text(subtitle_of(document)).split()),
        authors=metadata.authors,
        date=metadata.date,
        keywords=metadata.keywords,
        description=metadata.description,
        language=document.language,
        size=theme.size,
        slides=numbered.slides,
        sections=deck_sections(numbered.slides, title),
        references=numbered.references,
    )


def _assembly(document: Document, comparison: Comparison, prose: Prose, setter: Setter) -> Assembly:
    references = number_references(document)
    numbers = footnote_numbers(document)
    ink = Inker(anchors=Anchors(document), footnotes=numbers, language=document.language)
    title = " ".join(plain_text(document.title).split())
    titles = [" ".join(plain_text(section.title).split()) for section in walk_sections(document.sections)]
    size = title_size(setter, (title, *titles))
    content = ContentPlanner(
        measurer=Measurer(setter=setter),
        framer=Framer(setter=setter, language=document.language, footer=title, size=size),
        maker=UnitMaker(footnotes={n.label: (numbers[n.label], n) for n in footnotes_in_order(document)}),
        ink=ink,
        labels=labels_for(document.language),
        title=document.title,
        numbers=numbers_by_address(references),
        prose=prose,
        contrast=contrast_of(document, comparison),
        subjects=comparison.subjects,
    )
    return Assembly(document=document, comparison=comparison, references=references, content=content)


def deck_problems(document: Document, deck: Deck) -> Iterator[Diagnostic]:
    """What does not fit a slide, and hints that are not followed: they are told rather than hidden."""
    yield from hint_problems(document)
    for slide in deck.slides:
        yield from (refusal(hint, slide.origin.layout, document.path) for hint in slide.origin.refused)
        if slide.origin.layout is Layout.OVERFULL:
            yield Diagnostic(
                severity=Severity.WARNING,
                code="does-not-fit",
                message=f"slide {slide.number}, “{slide.title}”, holds more than has room and cannot be divided",
                path=document.path,
                span=slide.span,
                hint="shorten or divide what stands there",
            )
    yield from _divided_tables(document, deck)


def _divided_tables(document: Document, deck: Deck) -> Iterator[Diagnostic]:
    """A warning for each table whose columns do not fit beside each other on a slide."""
    boxes = [(slide, box) for slide in deck.slides for box in slide.elements if isinstance(box, TableBox)]
    for table in (block for block in _all_blocks(document) if isinstance(block, Table)):
        name, count = table_description(table), len(table.alignments)
        own = ((slide, box) for slide, box in boxes if _tells_of(slide, table.span) and box.description == name)
        parts = len({slide.number for slide, box in own if len(box.widths) < count})
        if parts > 1:
            yield Diagnostic(
                severity=Severity.WARNING,
                code="wide-table",
                message=f"{count} columns do not fit a slide: the table takes {parts}, with its first column on each",
                path=document.path,
                span=table.span,
                hint="turn it, or make several of it",
            )


def _tells_of(slide: Slide, span: Span) -> bool:
    return any(lines.first <= span.last and span.first <= lines.last for lines in slide.origin.lines)


def _all_blocks(document: Document) -> Iterator[Block]:
    for blocks in (document.blocks, *(section.blocks for section in walk_sections(document.sections))):
        yield from walk_blocks(blocks)
