"""Whether every link of a page is in a file, over its own text and to its own target."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import assert_never
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from pipeline.model.inlines import BrokenTarget, FileTarget, PageTarget, SectionTarget, Target, WebTarget
from pipeline.settings import Product
from pipeline.verify.carried import CarriedLink, Spot, Where
from pipeline.verify.findings import Teller, quoted
from pipeline.verify.phrase import disordered, squeeze
from pipeline.verify.placing import Places
from pipeline.verify.runs import prints_address
from pipeline.verify.shuffled import shows_part
from pipeline.verify.trace import Finding, file_name, short
from pipeline.verify.units import Kind, Unit

# Addresses that any program opens; others may stand as text.
_SCHEMES = frozenset({"http", "https", "mailto", "ftp", "tel"})
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?")
_LONGEST = 2000
# A shorter text is not looked for within another.
_SHORT = 2
# An address as it is printed, on one line or several.
_PRINTED = re.compile(r"\s*(?:https?://)?[\w-]+(?:\.[\w-]+)+/(?:\S|\n)*\s*")


def canonical(address: str) -> str:
    """An address as it is compared: percent-encoding, a host's spelling and a last slash make no difference."""
    address = unicodedata.normalize("NFC", unquote(unescape(address.strip())))
    address = f"https:{address}" if address.startswith("//") else address
    scheme, mark, rest = address.partition("://")
    if not mark:
        return address
    host, slash, path = rest.partition("/")
    name, colon, port = host.lower().partition(":")
    return f"{scheme.lower()}://{_ascii(name)}{colon if port else ''}{port}{slash}{path}".removesuffix("/")


def _ascii(host: str) -> str:
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def opens(address: str) -> bool:
    """Whether every program would open an address; what is no proper address may stand as text alone."""
    try:
        parts = urlsplit(canonical(address))
    except ValueError:
        return False
    if parts.scheme not in _SCHEMES or len(address) > _LONGEST:
        return False
    return not parts.scheme.startswith("http") or _HOST.fullmatch(parts.hostname or "") is not None


def printed_forms(address: str) -> Iterator[str]:
    """An address as it may be printed, squeezed: as it stands or decoded, with or without its scheme."""
    for form in (address, unquote(address), canonical(address)):
        bare = form.partition("://")[2] or form.removeprefix("mailto:")
        yield squeeze(bare.removesuffix("/"))


class _Clickable(Struct, frozen=True, kw_only=True):
    """A link of the file with its text and address as they are compared."""

    link: CarriedLink
    key: str
    address: str


class LinkCheck:
    """The links of one file, held against those of the page."""

    def __init__(self, teller: Teller, units: Sequence[Unit], places: Places, links: Sequence[CarriedLink]) -> None:
        self._teller = teller
        self._units = units
        self._places = places
        self._links = tuple(_Clickable(link=x, key=squeeze(x.text), address=canonical(x.url)) for x in links)
        self._by_spot: dict[tuple[Where, int], list[int]] = {}
        self._by_address: dict[str, list[int]] = {}
        for index, item in enumerate(self._links):
            self._by_spot.setdefault((item.link.where, item.link.number), []).append(index)
            self._by_address.setdefault(item.address, []).append(index)
        self._used: set[int] = set()
        # What is left of the text of links that several of the page's have become, since they lead to one place.
        self._rests: dict[int, str] = {}
        self._uncertain = any(read.stream.right_to_left for read in places.reads)
        self._anchors = {unit.anchor: index for index, unit in reversed(list(enumerate(units))) if unit.anchor}
        self._anchors[""] = 0  # the title
        self._targets = self._expected()
        self._texts = "\n".join(unit.phrase.key for unit in units if unit.kind is not Kind.REFERENCE)

    def _expected(self) -> Mapping[str, set[str]]:
        """For each link's text the addresses that the page gives it."""
        targets: dict[str, set[str]] = {}
        for unit in self._units:
            address = self._address(unit.target) if unit.kind is Kind.LINK else ""
            if address:
                targets.setdefault(unit.phrase.key, set()).add(address)
        return targets

    def findings(self) -> Iterator[Finding]:
        """What is wrong with the links. Notes the spots of those that are there."""
        # Links whose text was found take theirs first, so that a lost copy takes no other's.
        for index, unit in sorted(enumerate(self._units), key=lambda pair: not self._spots(pair[1])):
            if unit.kind in {Kind.LINK, Kind.ORIGIN} and unit.target is not None and not unit.skipped:
                yield from self._check(index, unit, unit.target)
            elif unit.kind is Kind.REFERENCE and isinstance(unit.target, WebTarget):
                self._note(index, self._by_address.get(canonical(unit.target.url), ()))
                yield from self._misprinted(unit, unit.target)

    def _check(self, index: int, unit: Unit, target: Target) -> Iterator[Finding]:
        spots = self._spots(unit)
        wrong = tuple(self._wrong(unit, spots)) if unit.kind is Kind.LINK and self._address(target) else ()
        yield from wrong
        own = self._own(unit, target, spots)
        firsts = {self._links[number].link.where: number for number in reversed(own)}
        self._note(index, sorted(firsts.values()))
        for number in firsts.values():
            self._use(number, unit)
        if not own and not wrong and self._must_open(target, spots):
            # Where the text is lost and told of, the address may still be opened from another place.
            text_lost = unit.parent is not None and not spots
            if not (text_lost and self._address(target) in self._by_address):
                yield self._lost(unit, target, spots)

    def _own(self, unit: Unit, target: Target, spots: Sequence[Spot]) -> list[int]:
        """The links that are a unit's: where its text stands, else on the page before or after."""
        around = [Spot(where=s.where, number=s.number + by) for s in spots for by in (-1, 1) if s.where is Where.PAGE]
        for places in (spots, around):
            nearby = self._candidates(places) if spots else self._anywhere(target)
            right = (number for number in nearby if self._leads(self._links[number], target))
            own = [number for number in right if self._has_text(number, unit)]
            if own:
                return own
        return []

    def _use(self, number: int, unit: Unit) -> None:
        """Takes a link for a unit; of one that shows more than that the rest stays free."""
        text, key = self._rests.get(number, self._links[number].key), unit.phrase.key
        if key and len(text) > len(key) and key in text:
            self._rests[number] = text.replace(key, "", 1)
        else:
            self._used.add(number)

    def _lost(self, unit: Unit, target: Target, spots: Sequence[Spot]) -> Finding:
        message = f"{quoted(unit)} leads nowhere in the {self._teller.file}: no link there opens {_told(target)}"
        return self._teller.error(f"lost-{unit.kind.value}", message, unit.span, spots[0] if spots else None)

    def _spots(self, unit: Unit) -> list[Spot]:
        """Where the text stands that a link is part of."""
        return [] if unit.parent is None else self._places.spots[unit.parent]

    def _candidates(self, spots: Sequence[Spot]) -> Iterator[int]:
        """The links that stand at spots and were not taken for another unit."""
        numbers = (number for spot in spots for number in self._by_spot.get((spot.where, spot.number), ()))
        return (number for number in numbers if number not in self._used)

    def _anywhere(self, target: Target) -> Iterator[int]:
        """The links to an address, wherever they stand, that were not taken for another unit."""
        return (number for number in self._by_address.get(self._address(target), ()) if number not in self._used)

    def _address(self, target: Target | None) -> str:
        """The address that a link to a target opens, as it is compared; empty for what has no certain one."""
        match target:
            case WebTarget():
                return canonical(target.url)
            case PageTarget():
                return canonical(_neighbour(target, self._teller.product))
            case _:
                return ""

    def _leads(self, item: _Clickable, target: Target) -> bool:
        match target:
            case WebTarget() | PageTarget():
                return item.address == self._address(target)
            case SectionTarget():
                return item.link.jump is not None and item.link.jump in self._numbers(target.id)
            case FileTarget():
                return _same_file(item.address, target.path)
            case BrokenTarget():
                return False
            case _:
                assert_never(target)

    def _must_open(self, target: Target, spots: Sequence[Spot]) -> bool:
        """Whether a link has to be there: to another page, an address that every program opens, or a section.

        PowerPoint's notes lead to no slide.
        """
        match target:
            case PageTarget():
                return True
            case WebTarget():
                return opens(target.url)
            case SectionTarget():
                return bool(self._numbers(target.id)) and any(spot.where is not Where.NOTES for spot in spots)
            case FileTarget() | BrokenTarget():
                return False
            case _:
                assert_never(target)

    def _numbers(self, anchor: str) -> set[int]:
        """The slides or pages that a section stands on; of a heading inside one, those from the section's on."""
        index = self._anchors.get(anchor)
        if index is None:
            return set()
        numbers = {spot.number for spot in self._places.spots[index]}
        section = self._units[index].section
        if self._units[index].kind is Kind.HEADING and section is not None and numbers:
            begin = min((spot.number for spot in self._places.spots[section]), default=min(numbers))
            numbers.update(range(begin, max(numbers)))
        return numbers

    def _has_text(self, number: int, unit: Unit) -> bool:
        """Whether a link stands over a unit's text, or over the part of it that is on that slide or page."""
        item = self._links[number]
        if unit.kind is Kind.ORIGIN or not unit.phrase.pieces:
            return True
        return bool(item.key) and (self._shows(item, unit) or self._joins(number, unit) or prints_address(item.link))

    def _joins(self, number: int, unit: Unit) -> bool:
        """Whether a link's text has a unit's among others: neighbours that lead to one place look like one link."""
        text, key = self._rests.get(number, self._links[number].key), unit.phrase.key
        uncertain = self._links[number].link.where is Where.PAGE and self._uncertain
        within = len(key) > _SHORT and shows_part(key, text, uncertain=uncertain)
        return within or text.startswith(key) or text.endswith(key)

    def _shows(self, item: _Clickable, unit: Unit) -> bool:
        """Whether a link's text is its unit's or a part of it; a PDF may give it in another order."""
        uncertain = item.link.where is Where.PAGE and self._uncertain
        around = unit if unit.parent is None else self._units[unit.parent]
        keys = dict.fromkeys((item.key, _without_pictures(item.key, around)))
        whole = unit.phrase.key
        # A letter or two, such as a footnote's mark, stand in many a text; they tell of one that is hardly longer.
        telling = (key for key in keys if len(key) > _SHORT or (key and len(key) > len(whole) // 2))
        return any(shows_part(key, whole, uncertain=uncertain) for key in telling)

    def _wrong(self, unit: Unit, spots: Sequence[Spot]) -> Iterator[Finding]:
        """A finding for each link over the unit's text that opens what the page does not say."""
        for number in self._candidates(spots) if spots else ():
            item = self._links[number]
            expected = self._targets.get(unit.phrase.key, set())
            if item.key == unit.phrase.key and item.link.url and item.address not in expected:
                self._used.add(number)
                place = Spot(where=item.link.where, number=item.link.number)
                message = f"{quoted(unit)} opens {short(item.link.url)} on {place}, not {_told(unit.target)}"
                yield self._teller.error("wrong-target", message, unit.span, place)

    def _misprinted(self, unit: Unit, target: WebTarget) -> Iterator[Finding]:
        """A finding for each link to an address whose text is an address too, but neither that nor the page's text."""
        forms = tuple(printed_forms(target.url))
        for number in self._by_address.get(canonical(target.url), ()):
            item = self._links[number]
            bare = item.key.partition("://")[2] or item.key
            right = prints_address(item.link) or any(bare in form for form in forms) or item.key in self._texts
            if _PRINTED.fullmatch(item.link.text) and not right and not (self._uncertain or disordered(item.link.text)):
                place = Spot(where=item.link.where, number=item.link.number)
                message = f"the address {short(target.url)} reads “{short(item.link.text)}” on {place}"
                yield self._teller.error(f"altered-{unit.kind.value}", message, unit.span, place)

    def _note(self, index: int, numbers: Sequence[int]) -> None:
        for number in numbers:
            link = self._links[number].link
            spot = Spot(where=link.where, number=link.number)
            if spot not in self._places.spots[index]:
                self._places.spots[index].append(spot)


def _without_pictures(key: str, unit: Unit) -> str:
    """A link's text without what stands in it for a text's pictures that could not be had."""
    for inline in unit.phrase.images:
        image = inline.image
        key = key.replace(squeeze(image.alt or image.title or image.source), "", 1)
    return key


def _neighbour(target: PageTarget, product: Product) -> str:
    """The other page's file of a kind, from this page's: results lie in folders of their pages' names, beside them."""
    folder, stem = posixpath.split(posixpath.splitext(target.path)[0])
    here = posixpath.splitext(target.source)[0]
    file = posixpath.relpath(posixpath.join(folder, stem, file_name(product, stem)), here)
    return f"{file}#{target.place}" if product is Product.HANDOUT and target.place else file


def _same_file(address: str, path: str) -> bool:
    """Whether an address leads to a file, relative to wherever the reader stands."""
    place = posixpath.normpath(address.partition("#")[0])
    while place.startswith("../"):
        place = place.removeprefix("../")
    wanted = posixpath.normpath(unicodedata.normalize("NFC", path))
    return place == wanted or place.endswith(f"/{wanted}") or wanted.endswith(f"/{place}")


def _told(target: Target | None) -> str:
    match target:
        case WebTarget():
            return short(target.url)
        case SectionTarget():
            return f"the section #{target.id}"
        case PageTarget() | FileTarget():
            return target.path
        case BrokenTarget():
            return target.address
        case None:
            return "anything"
        case _:
            assert_never(target)
