"""Document → Deck."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.diagnostics import Diagnostic, Severity
from pipeline.labels import labels_for
from pipeline.model.document import Document
from pipeline.model.origin import Layout
from pipeline.model.plan import Comparison, Deck
from pipeline.model.text import plain_text
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
