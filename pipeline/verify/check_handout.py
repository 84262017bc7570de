"""The handout held against the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from pipeline.diagnostics import Severity
from pipeline.model.inlines import WebTarget
from pipeline.verify.carried import (
    LINE_END_HYPHEN,
    CarriedLink,
    ContentsLine,
    Passage,
    PdfContents,
    Spot,
    Where,
)
from pipeline.verify.contents import ContentsCheck
from pipeline.verify.doubled import DoubledCheck
from pipeline.verify.entries import EntryCheck
from pipeline.verify.excerpts import MANY, NONE, ExcerptCheck
from pipeline.verify.figures import FigureCheck
from pipeline.verify.findings import Teller, missing, out_of_order, quoted
from pipeline.verify.links import LinkCheck, opens, printed_forms
from pipeline.verify.phrase import fold, reshaped, squeeze
from pipeline.verify.placing import Layer, Places, place, text_units
from pipeline.verify.stream import join_hyphens
from pipeline.verify.trace import Finding, short
from pipeline.verify.units import Kind, Unit

# Of the words of a text whose order is not certain so many must stand where it should, and so far around.
_MOST = 0.8
_AROUND = 1500


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

    def line(item: ContentsLine) -> ContentsLine:
        return replace(item, title=join_hyphens(item.title, source))

    return replace(
        pdf,
        passages=tuple(map(passage, pdf.passages)),
        links=tuple(map(link, pdf.links)),
        contents=tuple(map(line, pdf.contents)),
    )


def _findings(teller: Teller, units: Sequence[Unit], pdf: PdfContents, places: Places) -> Iterator[Finding]:
    required, unread = readable(units, places)
    told = frozenset(index for index in required if not places.spots[index])
    yield from missing(teller, units, places, required)
    yield from ExcerptCheck(teller, units, places, told).findings(near=MANY, far=NONE)
    yield from DoubledCheck(teller, units, places).findings()
    yield from out_of_order(teller, units, places)
    yield from LinkCheck(teller, units, places, pdf.links).findings()
    yield from EntryCheck(teller, units, places).findings()
    yield from _unprinted(teller, units, places)
    yield from FigureCheck(teller, units, places, pdf.pictures).findings()
    yield from _bookmarks(teller, units, pdf)
    yield from ContentsCheck(teller, units, places, pdf.contents).findings()
    yield from accessible(teller, pdf)
    yield from unchecked(teller, unread)


def readable(units: Sequence[Unit], places: Places) -> tuple[tuple[int, ...], tuple[Unit, ...]]:
    """The units that can be looked for, and those not found whose text a PDF does not give back as it is read."""
    read = text_units(units)
    unread = frozenset(
        i for i in read if not places.spots[i] and (reshaped(units[i].text) or _scattered(i, units, places))
    )
    return tuple(i for i in read if i not in unread), tuple(units[i] for i in sorted(unread))


def _scattered(index: int, units: Sequence[Unit], places: Places) -> bool:
    """Whether a unit's words stand where it should, though not in one stretch, on paper written from right to left."""
    wanted = Counter(map(_letters, fold(units[index].text).split()))
    for own in places.reads:
        stretch = own.stretches.get(index) if own.stream.right_to_left else None
        if stretch:
            around = max(0, stretch[0] - _AROUND), stretch[1] + _AROUND
            there: Iterable[str] = own.stream.words_between(*around)
            # The words of a title elsewhere than in headings, where there are any, are no title.
            if units[index].kind is Kind.SECTION and any(passage.heading for passage in own.stream.passages):
                headings = (passage for passage in own.stream.passages_between(*around) if passage.heading)
                there = [word for heading in headings for word in fold(heading.text).split()]
            if sum((wanted & Counter(map(_letters, there))).values()) >= _MOST * wanted.total():
                return True
    return False


def _letters(word: str) -> str:
    return "".join(sorted(character for character in word if character.isalnum()))


def unchecked(teller: Teller, unread: Sequence[Unit]) -> Iterator[Finding]:
    """One note of all units that could not be looked for."""
    if unread:
        count = f"{len(unread)} texts in the {teller.file} could not be checked"
        message = f"{count}: PDFs give their script in pieces, or in another order than it is read"
        yield replace(teller.error("unchecked-script", message, unread[0].span, None, ""), severity=Severity.NOTE)


def _unprinted(teller: Teller, units: Sequence[Unit], places: Places) -> Iterator[Finding]:
    """A finding for each web address that is not printed: paper cannot be clicked."""
    if any(read.stream.right_to_left for read in places.reads):
        # A PDF may give addresses in pieces there.
        return
    text = "".join(read.stream.text for read in places.reads)
    for unit in units:
        url = unit.target.url if unit.kind is Kind.REFERENCE and isinstance(unit.target, WebTarget) else ""
        if opens(url) and not any(key in text for key in printed_forms(url)):
            message = f"the address {short(url)} is not printed in the {teller.file}"
            yield teller.error("lost-reference", message, unit.span)


def _bookmarks(teller: Teller, units: Sequence[Unit], pdf: PdfContents) -> Iterator[Finding]:
    """A finding for each section that the outline does not lead to."""
    titles = [squeeze(bookmark.title) for bookmark in pdf.bookmarks if bookmark.page is not None]
    for unit in units:
        if unit.kind is Kind.SECTION:
            found = next((index for index, title in enumerate(titles) if squeeze(unit.text) in title), None)
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
    for number, text in pdf.cut:
        spot = Spot(where=Where.PAGE, number=number)
        message = f"“{short(text)}” goes beyond the edge of {spot} of the {teller.file}"
        yield teller.error("off-page", message, None, spot, "divide its longest word")
