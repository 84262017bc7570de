"""The handout held against the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.verify.carried import LINE_END_HYPHEN, CarriedLink, Passage, PdfContents
from pipeline.verify.figures import FigureCheck
from pipeline.verify.findings import Teller, changed_excerpts, missing, out_of_order, quoted
from pipeline.verify.links import LinkCheck
from pipeline.verify.phrase import squeeze
from pipeline.verify.placing import Layer, Places, place, text_units
from pipeline.verify.report import Finding
from pipeline.verify.stream import join_hyphens
from pipeline.verify.units import Kind, Unit


def check_handout(teller: Teller, units: Sequence[Unit], pdf: PdfContents) -> tuple[Places, tuple[Finding, ...]]:
    """Where each unit stands in the handout, and what is wrong with it."""
    pdf = mended(pdf, units)
    layer = Layer(passages=pdf.passages, units=text_units(units), titled=pdf.tagged)
    places = place(units, (layer,))
    return places, tuple(_findings(teller, units, pdf, places))


def mended(pdf: PdfContents, units: Sequence[Unit]) -> PdfContents:
    """The contents with the hyphens at the ends of lines resolved by what the page says."""
    source = "\n".join(unit.phrase.key for unit in units)

    def passage(item: Passage) -> Passage:
        return replace(item, text=join_hyphens(item.text, source)) if LINE_END_HYPHEN in item.text else item

    def link(item: CarriedLink) -> CarriedLink:
        return replace(item, text=join_hyphens(item.text, source)) if LINE_END_HYPHEN in item.text else item

    return replace(pdf, passages=tuple(map(passage, pdf.passages)), links=tuple(map(link, pdf.links)))


def _findings(teller: Teller, units: Sequence[Unit], pdf: PdfContents, places: Places) -> Iterator[Finding]:
    required = text_units(units)
    told = frozenset(index for index in required if not places.spots[index])
    yield from missing(teller, units, places, required)
    yield from changed_excerpts(teller, units, places, told)
    yield from out_of_order(teller, units, places)
    yield from LinkCheck(teller, units, places, pdf.links).findings()
    yield from FigureCheck(teller, units, places, pdf.pictures).findings()
    yield from _bookmarks(teller, units, pdf)
    yield from accessible(teller, pdf)


def _bookmarks(teller: Teller, units: Sequence[Unit], pdf: PdfContents) -> Iterator[Finding]:
    """A finding for each section that the outline does not lead to."""
    titles = [squeeze(bookmark.title) for bookmark in pdf.bookmarks if bookmark.page is not None]
    for unit in units:
        if unit.kind is Kind.SECTION:
            found = next((index for index, title in enumerate(titles) if unit.phrase.key in title), None)
            if found is None:
                message = f"{quoted(unit)} has no bookmark in the {teller.file}"
                yield teller.error("no-bookmark", message, unit.span)
            else:
                titles.pop(found)


def accessible(teller: Teller, pdf: PdfContents) -> Iterator[Finding]:
    """A finding for each thing that a reader of the file, or a program that reads it aloud, misses."""
    wanting = {
        "no-tags": (not pdf.tagged, "has no tags, so its reading order is unknown"),
        "no-language": (not pdf.language, "does not say its language"),
        "no-document-title": (not pdf.title.strip(), "has no title"),
        "bare-font": (bool(pdf.bare_fonts), f"lacks its fonts {', '.join(pdf.bare_fonts)}"),
    }
    for code, (is_wanting, message) in wanting.items():
        if is_wanting:
            yield teller.error(code, f"the {teller.file} {message}", None)
