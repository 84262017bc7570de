"""The handout's parts as its template prints them: slides with what is said of them, contents, notes, references."""

from __future__ import annotations

import re
from urllib.parse import quote

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from pipeline.labels import Labels
from pipeline.model.document import Blocks, Figure
from pipeline.model.plan import Deck, Handout, HandoutBlock, SlideKind
from pipeline.model.text import numbers_itself, plain_text
from pipeline.write.extent import lines_of
from pipeline.write.handout_footnotes import FootnotePrinter
from pipeline.write.handout_headings import HeadingPrinter
from pipeline.write.handout_references import is_listed
from pipeline.write.html import blocks_html
from pipeline.write.html_figure import Spot, arranged, figure_html
from pipeline.write.html_inlines import Printing, clean
from pipeline.write.labels import spread

# Panels of more lines than this may break over pages; the others stand on one. Figures under their slides hold a panel
# together longer.
MOST_LINES_KEPT, MOST_WITH_FIGURES = 18, 29
SIDE_BY_SIDE = 2
_WIDE = re.compile(r'class="(?:[a-z]+ )*wide\b')
# More slides than this stand in a strip across the page, with the text below.
MOST_SLIDES_BESIDE = 3
# An introduction of up to so many lines stands under the first slide's thumbnail, half a page wide.
MOST_LINES_UNDER_COVER = 12
# A slide's height as a part of its width, and what stands above and below it, in millimetres.
SLIDE_HEIGHT, SLIDE_SPACE, OPENING_SPACE = 0.5625, 8.0, 20.0
# The height of a slide that is as good as told by what stands beside it, as a part of another's.
SMALL = 0.58


class Thumbnail(Struct, frozen=True, kw_only=True):
    """A slide in small: its label, how long it takes to say, where its picture is kept and what it shows."""

    label: str
    time: str
    address: str
    description: str


class Panel(Struct, frozen=True, kw_only=True):
    """Slides and what is printed beside them, or below a `strip` of many. A panel that `flows` may break over pages.

    `margin` stands under the slides, and what `clears` them reaches below them across the page. Slides that are `small`
    take less room than others beside their text.
    `reserved` is the height in millimetres that must be free for what stands under each other at its side.
    """

    slides: tuple[Thumbnail, ...] = ()
    heading: Markup = Markup("")
    body: Markup = Markup("")
    margin: Markup = Markup("")
    running: str = ""
    flows: bool = False
    strip: bool = False
    small: bool = False
    reserved: float = 0.0

    @property
    def clears(self) -> bool:
        """Whether something of it takes the page's whole measure; in text, such signs are escaped."""
        return _WIDE.search(self.body) is not None


class ContentsLine(Struct, frozen=True, kw_only=True):
    """A line of the contents; without an address it leads nowhere."""

    number: str
    title: str
    slides: str
    address: str


class Arrangement(Struct, frozen=True, kw_only=True):
    """Which of the handout's blocks are printed where: the opening slides, the panels, and the one with references."""

    opening: tuple[HandoutBlock, ...]
    panels: tuple[HandoutBlock, ...]
    references: HandoutBlock | None


def arrange(handout: Handout, deck: Deck) -> Arrangement:
    """The handout's blocks by where they are printed."""
    kinds = {slide.number: slide.kind for slide in deck.slides}
    blocks = list(handout.blocks)
    opening: list[HandoutBlock] = []
    while blocks and _kinds(blocks[0], kinds) <= {SlideKind.COVER, SlideKind.AGENDA}:
        opening.append(blocks.pop(0))
    closing = [block for block in blocks if _kinds(block, kinds) == {SlideKind.REFERENCES}]
    last = closing[-1] if closing else None
    return Arrangement(
        opening=tuple(opening), panels=tuple(block for block in blocks if block is not last), references=last
    )


def _kinds(block: HandoutBlock, kinds: dict[int, SlideKind]) -> set[SlideKind]:
    return {kinds.get(number, SlideKind.CONTENT) for number in block.slides} or {SlideKind.CONTENT}


def thumbnails_of(block: HandoutBlock, deck: Deck, labels: Labels) -> tuple[Thumbnail, ...]:
    """The block's slides; the first carries the time that all of them take."""
    titles = {slide.number: slide.title for slide in deck.slides}
    found = []
    for number in block.slides:
        label = labels.slide_label.format(number)
        first = number == block.slides[0]
        found.append(
            Thumbnail(
                label=label,
                time=_minutes(block.seconds) if first and block.seconds else "",
                address=f"thumbnail:{number}",
                description=f"{label}: {clean(titles.get(number, '')).unescape()}",
            )
        )
    return tuple(found)


def _minutes(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02d}"


class PanelPrinter:
    """Prints blocks as panels, one after the other."""

    def __init__(self, handout: Handout, deck: Deck, printing: Printing, feet: FootnotePrinter) -> None:
        self._handout = handout
        self._deck = deck
        self._printing = printing
        self._feet = feet
        self._headings = HeadingPrinter(handout, printing)

    def opening(self, blocks: tuple[HandoutBlock, ...]) -> tuple[Panel | None, Panel | None]:
        """The title's and agenda's slides: side by side with a short introduction, else as a panel of their own."""
        if not blocks:
            return None, None
        slides = tuple(slide for block in blocks for slide in thumbnails_of(block, self._deck, self._printing.labels))
        body = Markup("").join(self._headings.anchor(block.id) for block in blocks)
        said = tuple(block for each in blocks for block in each.blocks)
        lines = lines_of(said, self._printing.ems, self._printing.measure)
        short = len(slides) <= SIDE_BY_SIDE and lines <= MOST_LINES_UNDER_COVER
        body += blocks_html(said, self._printing, across=None if short else self._printing.across) + self._feet.below()
        flows = self._flows(said, slides)
        strip = len(slides) > MOST_SLIDES_BESIDE
        height = self._slides_height(slides, strip=strip)
        panel = Panel(slides=slides, body=body, flows=flows, strip=strip, reserved=height)
        return (panel, None) if short else (None, panel)

    def opening_height(self, blocks: tuple[HandoutBlock, ...]) -> float:
        """About how many millimetres the opening slides take side by side with what stands under the first."""
        said = tuple(block for each in blocks for block in each.blocks)
        lines = lines_of(said, self._printing.ems, self._printing.measure)
        return self._printing.across / 2 * SLIDE_HEIGHT + OPENING_SPACE + lines * self._printing.line

    def panel(self, block: HandoutBlock) -> Panel:
        """The block with its slides."""
        heading = self._headings.heading(block)
        return self._panel(block, block.blocks, heading, self._headings.running(block), flows=False)

    def _panel(self, block: HandoutBlock, said: Blocks, heading: Markup, running: str, *, flows: bool) -> Panel:
        slides = thumbnails_of(block, self._deck, self._printing.labels)
        strip = len(slides) > MOST_SLIDES_BESIDE
        height = self._slides_height(slides, strip=strip)
        small = len(slides) == 1 and not lines_of(said, self._printing.ems, self._printing.measure)
        height *= SMALL if small else 1
        parts = arranged(said, height, self._printing)
        most = MOST_WITH_FIGURES if parts.margin or parts.end else MOST_LINES_KEPT
        flows = flows or parts.height > most * self._printing.line
        if strip or flows:
            parts = replace(parts, margin=(), column=said, end=(), beside=height)
        body = self._body(parts.column, strip=strip) + self._figures(parts.end, Spot.ACROSS)
        margin = self._figures(parts.margin, Spot.MARGIN)
        return Panel(
            slides=slides,
            heading=heading,
            body=body + self._feet.below(),
            margin=margin,
            running=running,
            flows=flows,
            strip=strip,
            small=small,
            # What goes across the page at the end takes the slides with it, which float.
            reserved=parts.height if parts.end else parts.beside,
        )

    def _slides_height(self, slides: tuple[Thumbnail, ...], *, strip: bool) -> float:
        """The height in millimetres that slides in small take, one under the other or as the first row of a strip."""
        return (1 if strip else len(slides)) * (self._printing.margin * SLIDE_HEIGHT + SLIDE_SPACE)

    def _body(self, blocks: Blocks, *, strip: bool) -> Markup:
        across = self._printing.across
        if strip:
            return blocks_html(blocks, replace(self._printing, measure=across))
        return blocks_html(blocks, self._printing, across=across)

    def _figures(self, figures: tuple[Figure, ...], spot: Spot) -> Markup:
        return Markup("").join(figure_html(each, self._printing, spot) for each in figures)

    def references(self, block: HandoutBlock | None) -> Panel:
        """The panel that holds the numbered references, with what else the page says there."""
        title = self._printing.labels.references_and_links
        flows = len(self._handout.references) * 2.4 > MOST_WITH_FIGURES
        if block is None:
            return Panel(heading=self._headings.label(title, ""), running=title, flows=flows)
        said = tuple(each for each in block.blocks if not is_listed(each, self._handout.references))
        own = (
            self._headings.heading(block) if plain_text(block.title).strip() else self._headings.label(title, block.id)
        )
        made = self._panel(block, said, own, self._headings.running(block) or title, flows=flows)
        if made.small or made.strip or made.margin:
            return made
        return replace(made, small=True, reserved=made.reserved * SMALL)

    def _flows(self, blocks: Blocks, slides: tuple[Thumbnail, ...]) -> bool:
        lines = lines_of(blocks, self._printing.ems, self._printing.measure)
        return max(lines, len(slides) * 11) > MOST_WITH_FIGURES


def contents_lines(handout: Handout, places: frozenset[str], labels: Labels) -> list[ContentsLine]:
    """The table of contents."""
    return [
        ContentsLine(
            number=str(entry.number) if entry.number and not numbers_itself(entry.title) else "",
            title=entry.title,
            slides=spread(
                tuple(dict.fromkeys((entry.first_slide, entry.last_slide))), labels.slide_small, labels.slides_small
            )
            if entry.shown
            else "",
            address=f"#{quote(entry.id)}" if entry.id in places else "",
        )
        for entry in handout.contents
    ]
