"""The handout as one running text: every word of the page in its order, the slides' numbers in the margin."""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from pipeline.labels import Labels
from pipeline.model.document import Blocks
from pipeline.model.plan import Handout, HandoutBlock
from pipeline.model.text import plain_text
from pipeline.write.handout_footnotes import FootnotePrinter
from pipeline.write.handout_headings import HeadingPrinter
from pipeline.write.handout_references import is_listed
from pipeline.write.html import blocks_html
from pipeline.write.html_inlines import Printing
from pipeline.write.labels import spread
from pipeline.write.panels import Arrangement


class Chapter(Struct, frozen=True, kw_only=True):
    """A stretch of the text with the slides that show it. One that `opens` has a title.

    `address` is the place where its first slide stands in small, if it does.
    """

    slides: str
    address: str
    heading: Markup
    body: Markup
    running: str
    opens: bool


class ArticlePrinter:
    """Prints blocks as chapters, one after the other. `illustrated` says that the slides stand in small before them."""

    def __init__(self, handout: Handout, printing: Printing, feet: FootnotePrinter, *, illustrated: bool) -> None:
        self._handout = handout
        self._printing = printing
        self._feet = feet
        self._illustrated = illustrated
        self._headings = HeadingPrinter(handout, printing)

    def chapters(self, arrangement: Arrangement) -> list[Chapter]:
        """The text up to the references."""
        return [self._chapter(block, block.blocks) for block in (*arrangement.opening, *arrangement.panels)]

    def references(self, block: HandoutBlock | None) -> Chapter:
        """What stands above the numbered references: their title and what else the page says there."""
        title = self._printing.labels.references_and_links
        if block is None:
            return Chapter(
                slides="",
                address="",
                heading=self._headings.label(title, ""),
                body=Markup(""),
                running=title,
                opens=True,
            )
        said = tuple(each for each in block.blocks if not is_listed(each, self._handout.references))
        if plain_text(block.title).strip():
            return self._chapter(replace(block, opens=True), said)
        heading = self._headings.label(title, block.id)
        return replace(self._printed(block, heading, said), running=title, opens=True)

    def _chapter(self, block: HandoutBlock, said: Blocks) -> Chapter:
        if not (block.opens and plain_text(block.title).strip()):
            return self._printed(block, self._headings.anchor(block.id), said)
        heading = self._headings.heading(replace(block, part=None, level=max(block.level, 1)))
        return replace(self._printed(block, heading, said), opens=True)

    def _printed(self, block: HandoutBlock, heading: Markup, said: Blocks) -> Chapter:
        body = blocks_html(said, self._printing, across=self._printing.across) + self._feet.below()
        tells = bool(said) or bool(heading.striptags())
        return Chapter(
            slides=slide_numbers(block.slides, self._printing.labels) if tells else "",
            address=f"#{slide_place(block.slides[0])}" if self._illustrated and block.slides else "",
            heading=heading,
            body=body,
            running=self._headings.running(block),
            opens=False,
        )


def slide_numbers(numbers: tuple[int, ...], labels: Labels) -> str:
    """The slides by their numbers, as a label of its own."""
    if not numbers:
        return ""
    if len(numbers) == 1:
        return labels.slide_label.format(numbers[0])
    text = spread(numbers, labels.slide_small, labels.slides_small)
    return text[:1].upper() + text[1:]


def slide_place(number: int) -> str:
    """The id of a slide in small."""
    return f"slide:{number}"
