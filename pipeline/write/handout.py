"""The handout: each slide in small with all that the page says there, on paper, as a tagged PDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pipeline.labels import Labels, labels_for
from pipeline.model.document import Heading
from pipeline.model.plan import Deck, Handout
from pipeline.model.text import inner_blocks, plain_text
from pipeline.settings import Settings
from pipeline.theme import Theme
from pipeline.typeset import Typesetter
from pipeline.write.handout_references import reference_columns
from pipeline.write.html import blocks_html
from pipeline.write.html_inlines import Headings, Printing, clean, inlines_html
from pipeline.write.html_table import MM_PER_POINT
from pipeline.write.in_short import in_short, short_subjects
from pipeline.write.labels import direction, italic
from pipeline.write.marks import COLOURS, SHAPES, mark_drawing
from pipeline.write.panels import PanelPrinter, arrange, contents_lines
from pipeline.write.paper import Margins, fill, font_stacks, margins, palette, w3c_date
from pipeline.write.pdf import Layout, Press
from pipeline.write.ruling import draw_rulings, placed_word, rulings
from pipeline.write.shelf import Shelf
from pipeline.write.written import Written

if TYPE_CHECKING:
    from markupsafe import Markup

# Ids of the handout's own, which no section can have: they are not told as places of the page.
OWN_PLACES = ("panel:", "reference:", "footnote:")


# A picture takes no more than this part of a page's height.
TALLEST = 0.42


@dataclass(frozen=True, slots=True, kw_only=True)
class FootnoteEntry:
    """A footnote with its mark."""

    mark: str
    body: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOutHandout:
    """A handout whose pages are known and can be written. `pages` gives the page of each section, by id."""

    pages: Mapping[str, int]
    _press: Press
    _layout: Layout
    _finish: Callable[[Any, Any], None]

    def written(self) -> Written:
        """The handout as PDF."""
        data = self._press.write(self._layout, self._finish)
        return Written(data=data, diagnostics=self._press.diagnostics(), pages=self.pages)


def write_handout(handout: Handout, deck: Deck, theme: Theme, settings: Settings, typesetter: Typesetter) -> Written:
    """The handout as PDF, with the page on which each section stands."""
    return lay_out_handout(handout, deck, theme, settings, typesetter).written()


def lay_out_handout(
    handout: Handout, deck: Deck, theme: Theme, settings: Settings, typesetter: Typesetter
) -> LaidOutHandout:
    """The handout's pages: who names them need not wait until they are written."""
    from pipeline.write.thumbnail import thumbnails

    paper = margins(handout.paper, theme.handout["margins"])
    labels = labels_for(handout.language)
    shelf = Shelf()
    html = _html(handout, deck, theme, _printing(handout, theme, paper, shelf), settings.epoch)
    marks = {
        shape: shelf.put_drawing(shape, mark_drawing(shape, colour, theme))
        for shape, colour in zip(SHAPES, COLOURS, strict=True)
    }
    press = Press(shelf, theme, path=handout.source, drawings=thumbnails(deck, theme, typesetter))
    layout = press.lay_out(html, _css(handout, theme, paper, labels, marks))
    places = layout.places()
    lines = rulings(places, layout.page_count, paper)
    word = placed_word(labels.your_notes, handout.language, theme.handout["small"], typesetter)
    leftward = direction(handout.language) == "rtl"
    pages = {name: spots[0].page for name, spots in places.items() if not name.startswith(OWN_PLACES)}
    finish = draw_rulings(lines, word, paper, theme, leftward=leftward)
    return LaidOutHandout(pages=MappingProxyType(pages), _press=press, _layout=layout, _finish=finish)


def _html(handout: Handout, deck: Deck, theme: Theme, printing: Printing, epoch: int | None) -> str:
    labels = printing.labels
    paper = margins(handout.paper, theme.handout["margins"])
    printer = PanelPrinter(handout, deck, printing)
    arrangement = arrange(handout, deck)
    heading = inlines_html(handout.title, printing)
    if handout.contents:
        printing.headings.place(2)
    opening, first = printer.opening(arrangement.opening)
    panels = [first] if first else []
    panels.extend(printer.panel(block) for block in arrangement.panels)
    footnotes = _footnotes(handout, printing)
    closing = printer.references(arrangement.references) if handout.references or arrangement.references else None
    return fill(
        theme,
        "handout.html",
        turned=printing.turning,
        handout=handout,
        title=plain_text(handout.title).strip() or handout.source,
        heading=heading,
        keywords=", ".join(deck.keywords),
        date=w3c_date(epoch),
        language=handout.language,
        direction=direction(handout.language),
        labels=labels,
        slide_count=(labels.one_slide if len(deck.slides) == 1 else labels.slide_count).format(len(deck.slides)),
        minutes=_minutes(handout.seconds, labels),
        byline=" · ".join(filter(None, (", ".join(handout.authors), handout.date))),
        in_short=in_short(handout, paper, theme.handout["text"], printer.opening_height(arrangement.opening)),
        subjects=short_subjects(handout.comparison),
        contents=contents_lines(handout, printing.places, labels),
        opening=opening,
        panels=panels,
        footnotes=footnotes,
        references=closing,
        entries=reference_columns(handout.references, labels),
    )


def _printing(handout: Handout, theme: Theme, paper: Margins, shelf: Shelf) -> Printing:
    chapters = {entry.id for entry in handout.contents}
    levels = [block.level for block in handout.blocks if block.level and block.id in chapters]
    column = paper.measure - theme.handout["thumbnail"] - theme.handout["gutter"]
    return Printing(
        labels=labels_for(handout.language),
        shelf=shelf,
        right_to_left=direction(handout.language) == "rtl",
        numbers={reference.target.url: reference.number for reference in handout.references},
        places=_places(handout),
        marks={label: _mark(index) for index, (label, _) in enumerate(handout.footnotes)},
        headings=Headings(1),
        deeper=2 - min(levels, default=2),
        measure=column,
        across=paper.measure,
        margin=theme.handout["thumbnail"],
        ems=column / MM_PER_POINT / theme.handout["text"],
        line=theme.handout["leading"] * MM_PER_POINT,
        tallest=paper.depth * TALLEST,
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


def _mark(index: int) -> str:
    """The footnote's mark: a letter, since numbers are the references'."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    mark = ""
    index += 1
    while index:
        index, letter = divmod(index - 1, len(letters))
        mark = letters[letter] + mark
    return mark


def _footnotes(handout: Handout, printing: Printing) -> list[FootnoteEntry]:
    if handout.footnotes:
        printing.headings.place(2)
    return [
        FootnoteEntry(mark=printing.marks[label], body=blocks_html(blocks, printing))
        for label, blocks in handout.footnotes
    ]


def _minutes(seconds: int, labels: Labels) -> str:
    if not seconds:
        return ""
    minutes = max(round(seconds / 60), 1)
    return (labels.minute if minutes == 1 else labels.minutes).format(minutes)


def _css(handout: Handout, theme: Theme, paper: Margins, labels: Labels, marks: Mapping[str, str]) -> str:
    leftward = direction(handout.language) == "rtl"
    start, end = ("right", "left") if leftward else ("left", "right")
    return fill(
        theme,
        "handout.css",
        page=paper,
        colour=palette(theme),
        font=font_stacks(theme, handout.language),
        size=dict(theme.handout),
        start=start,
        marks=marks,
        end=end,
        italic=italic(handout.language),
        page_of=labels.page_of,
        to_page=labels.page.replace(" ", "\u00a0").split("{}"),
        footer=f"{clean(handout.source).unescape()} · {labels.running}",
    )
