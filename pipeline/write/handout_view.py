"""What the handout's templates print: its front, then its body in one of the layouts, its notes and references."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pipeline.labels import Labels, labels_for
from pipeline.model.document import Heading
from pipeline.model.plan import Deck, Handout
from pipeline.model.text import inner_blocks, plain_text
from pipeline.settings import HandoutLayout, Product
from pipeline.theme import Colour
from pipeline.write.edition import Edition
from pipeline.write.handout_article import ArticlePrinter
from pipeline.write.handout_footnotes import FootnotePrinter, footnote_marks
from pipeline.write.handout_references import reference_columns
from pipeline.write.handout_slides import slide_sheets
from pipeline.write.html_inlines import Headings, Printing, inlines_html
from pipeline.write.html_table import MM_PER_POINT
from pipeline.write.in_short import in_short, short_subjects
from pipeline.write.labels import direction
from pipeline.write.panels import ContentsLine, PanelPrinter, arrange, contents_lines
from pipeline.write.paper import fill, font_stacks, palette, w3c_date

# A picture takes no more than this part of a page's height.
TALLEST = 0.42
# How many slides stand abreast in the layouts that show them in small before the text.
ABREAST: Mapping[HandoutLayout, int] = MappingProxyType({HandoutLayout.THREE_UP: 1, HandoutLayout.SIX_UP: 2})


def handout_html(handout: Handout, deck: Deck, edition: Edition) -> str:
    """The whole handout as HTML. Its pictures are put on the shelf."""
    printing = _printing(handout, edition)
    labels = printing.labels
    heading = inlines_html(handout.title, printing)
    if handout.contents:
        printing.headings.place(2)
    parts = (_article if edition.is_article else _notes)(handout, deck, printing, edition)
    return fill(
        edition.theme,
        "handout.html",
        turned=printing.turning,
        handout=handout,
        title=plain_text(handout.title).strip() or handout.source,
        heading=heading,
        keywords=", ".join(deck.keywords),
        date=w3c_date(edition.settings.epoch),
        language=handout.language,
        direction=direction(handout.language),
        labels=labels,
        slide_count=(labels.one_slide if len(deck.slides) == 1 else labels.slide_count).format(len(deck.slides)),
        minutes=_minutes(handout.seconds, labels),
        byline=" · ".join(filter(None, (", ".join(handout.authors), handout.date))),
        in_short=in_short(handout, edition.paper, edition.size["text"], parts.pop("below_front")),
        subjects=short_subjects(handout.comparison),
        entries=reference_columns(handout.references, labels, edition.shelf),
        **parts,
    )


def _notes(handout: Handout, deck: Deck, printing: Printing, edition: Edition) -> dict[str, Any]:
    """Each slide beside what is said there."""
    del edition
    feet = FootnotePrinter(handout, printing)
    printer = PanelPrinter(handout, deck, printing, feet)
    arrangement = arrange(handout, deck)
    opening, first = printer.opening(arrangement.opening)
    panels = [first] if first else []
    panels.extend(printer.panel(block) for block in arrangement.panels)
    has_references = handout.references or arrangement.references
    return {
        "contents": contents_lines(handout, printing.places, printing.labels),
        "opening": opening,
        "panels": panels,
        "chapters": None,
        "sheets": None,
        "references": printer.references(arrangement.references) if has_references else None,
        "footnotes": feet.unmarked(),
        "below_front": printer.opening_height(arrangement.opening),
    }


def _article(handout: Handout, deck: Deck, printing: Printing, edition: Edition) -> dict[str, Any]:
    """One running text, after the slides in small where the layout shows them."""
    labels = printing.labels
    contents = contents_lines(handout, printing.places, labels)
    sheets = None
    abreast = ABREAST.get(edition.settings.handout_layout)
    if abreast and deck.slides:
        sheets = slide_sheets(handout, deck, labels, edition.paper, abreast)
        printing.headings.place(2)
        contents.insert(0, ContentsLine(number="", title=sheets.title, slides="", address="#panel:slides"))
    feet = FootnotePrinter(handout, printing)
    printer = ArticlePrinter(handout, printing, feet, illustrated=sheets is not None)
    arrangement = arrange(handout, deck)
    chapters = printer.chapters(arrangement)
    has_references = handout.references or arrangement.references
    return {
        "contents": contents,
        "chapters": chapters,
        "sheets": sheets,
        "references": printer.references(arrangement.references) if has_references else None,
        "footnotes": feet.unmarked(),
        "below_front": 0.0,
    }


def _printing(handout: Handout, edition: Edition) -> Printing:
    size, paper = edition.size, edition.paper
    chapters = {entry.id for entry in handout.contents}
    levels = [block.level for block in handout.blocks if block.level and block.id in chapters]
    column = paper.measure - size["thumbnail"] - size["gutter"]
    return Printing(
        product=Product.HANDOUT,
        labels=labels_for(handout.language),
        shelf=edition.shelf,
        right_to_left=edition.leftward,
        numbers={reference.target.url: reference.number for reference in handout.references},
        places=_places(handout),
        marks=footnote_marks(handout),
        headings=Headings(1),
        deeper=2 - min(levels, default=2),
        measure=column,
        across=paper.measure,
        margin=size["thumbnail"],
        ems=column / MM_PER_POINT / size["text"],
        line=size["leading"] * MM_PER_POINT,
        tallest=paper.depth * TALLEST,
        ink=palette(edition.theme)[Colour.INK.value],
        mono=font_stacks(edition.theme, handout.language)["mono"],
    )


def _places(handout: Handout) -> frozenset[str]:
    """The ids that the handout will have: its blocks' and those of the headings inside them."""
    found = {block.id for block in handout.blocks if block.id}
    left = [inner for block in handout.blocks for inner in block.blocks]
    left += [inner for _, blocks in handout.footnotes for inner in blocks]
    while left:
        block = left.pop()
        if isinstance(block, Heading) and block.id:
            found.add(block.id)
        for group in inner_blocks(block):
            left.extend(group)
    return frozenset(found)


def _minutes(seconds: int, labels: Labels) -> str:
    if not seconds:
        return ""
    minutes = max(round(seconds / 60), 1)
    return (labels.minute if minutes == 1 else labels.minutes).format(minutes)
