"""Where links lead: addresses resolved to targets, with a warning for each that leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final
from urllib.parse import quote, unquote

from pipeline.diagnostics import Span
from pipeline.model.inlines import BrokenTarget, FileTarget, PageTarget, SectionTarget, Target, WebTarget
from pipeline.read.anchors import slug
from pipeline.read.context import Context
from pipeline.read.places import places_of
from pipeline.read.site import Site, SitePath
from pipeline.read.templates import plain_address

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
# What browsers skip within an address, and what could hide a scheme from those who do not.
_SKIPPED = re.compile(r"[\x00-\x1f\x7f]+")
_UNSAFE_SCHEMES: Final = frozenset({"javascript", "vbscript", "data", "file", "blob", "about"})
_LONGEST_SHOWN: Final = 120
# Looking for what was meant takes a while; who has more broken links than these has another problem.
_MOST_GUESSES: Final = 30


class Resolver:
    """Resolves the addresses of one page.

    `stated` holds those whose words no link keeps, the page's own and those that others state, with their lines.
    """

    def __init__(self, context: Context) -> None:
        self.stated: list[tuple[Span, str]] = []
        self._sink = context.sink
        self._anchors = context.anchors
        self._anchors_by_fold = {anchor.casefold(): anchor for anchor in sorted(context.anchors, reverse=True)}
        self._site = Site(context.settings.root, context.page)
        self._found: dict[str, SitePath | None] = {}
        self._results = context.settings.results
        self._told_of_files = False
        self._places: dict[str, Mapping[str, str] | None] = {}
        self._guesses = 0

    def resolve(self, address: str, span: Span) -> Target | None:
        """Where an address leads, or None where it is one that is never followed. Both kinds of trouble are told."""
        address = plain_address(_SKIPPED.sub("", address)).strip()
        scheme = _SCHEME.match(address)
        if scheme and scheme[1].lower() in _UNSAFE_SCHEMES:
            message = f"{scheme[1].lower()}: addresses are not linked"
            self._sink.warn("unsafe-link", message, span, hint="the link's text is kept")
            return None
        if scheme:
            return WebTarget(url=address.replace(" ", "%20"))
        if address.startswith("//"):
            return WebTarget(url=f"https:{address}".replace(" ", "%20"))
        return self._internal(address, span)

    def resolve_wiki(self, address: str, span: Span) -> Target:
        """Where the inside of `[[…]]` leads: to a page or file by its name, wherever under the root it stands."""
        name, _, headings = address.partition("#")
        # `Page#Heading#Sub-heading` leads to the last of them, which is written as the heading reads.
        heading = headings.rpartition("#")[2].strip()
        if not name:
            return self._section(heading, address, span)
        found = self._site.named(name)
        if found and found.path == self._site.page:
            self.stated.append((span, name))
        return self._target(found, heading, address, span) if found else self._broken(address, span, name)

    def wiki_file(self, name: str) -> str:
        """The address of an embedded file from the root, or the name itself where there is no such file."""
        found = self._site.named(name)
        return quote(f"/{found.path}") if found else name

    def _internal(self, address: str, span: Span) -> Target:
        if not address:
            return self._leads_nowhere(address, span, "", "write where it leads")
        path, _, fragment = address.partition("#")
        path, fragment = unquote(path.partition("?")[0]), unquote(fragment)
        if not path:
            return self._section(fragment, address, span)
        if path not in self._found:
            self._found[path] = self._site.find(path)
        found = self._found[path]
        if found and (found.stated or found.path == self._site.page):
            self.stated.append((span, path))
        return self._target(found, fragment, address, span) if found else self._broken(address, span, path)

    def _target(self, found: SitePath, fragment: str, address: str, span: Span) -> Target:
        if found.path == self._site.page:
            return self._section(fragment, address, span)
        if not found.is_page:
            return self._file(found, address, span)
        if found.path not in self._places and fragment:
            self._places[found.path] = places_of(self._site.file(found))
        places = self._places.get(found.path)
        fragment = self._place_on(found, places, fragment, address, span) if fragment and places else fragment
        place = fragment if places is None else places.get(fragment, "")
        return PageTarget(path=found.path, fragment=fragment, source=self._site.page, place=place)

    def _file(self, found: SitePath, address: str, span: Span) -> FileTarget:
        """A file, with the way there from the page's results where these stay with it when both are moved."""
        way = self._site.way_from(self._results, found)
        if not way and not self._told_of_files:
            self._told_of_files = True
            message = f"links to files, as to {_shortened(address)}, are text in the results"
            hint = "results that stand in the root or beside it link to the root's files"
            self._sink.note("unlinked-file", message, span, hint=hint)
        return FileTarget(path=found.path, way=way)

    def _place_on(self, found: SitePath, places: Mapping[str, str], fragment: str, address: str, span: Span) -> str:
        """The id of a place on another page; the fragment itself, after a warning, where the page has none such."""
        if fragment in places or fragment.startswith("^"):
            return fragment
        by_fold = {place.casefold(): place for place in sorted(places, reverse=True)}
        for guess in _guesses(fragment):
            if guess in by_fold:
                return by_fold[guess]
        near = get_close_matches(fragment[:_LONGEST_SHOWN].casefold(), sorted(by_fold), 1) if self._may_guess() else []
        hint = f"did you mean #{by_fold[near[0]]}?" if near else "the link leads to the page itself"
        message = f"the link to {_shortened(address)} leads to no section of {found.path}"
        self._sink.warn("broken-link", message, span, hint=hint)
        return fragment

    def _section(self, name: str, address: str, span: Span) -> Target:
        """The place of that name on this page, however its letters are cased and its words joined."""
        if name in self._anchors:
            return SectionTarget(id=name)
        if name in {"", "top"}:
            self.stated.append((span, name))
            return SectionTarget(id="")
        for guess in _guesses(name):
            if guess in self._anchors_by_fold:
                return SectionTarget(id=self._anchors_by_fold[guess])
        near = self._nearest_anchor(name) if self._may_guess() else ""
        return self._leads_nowhere(address, span, near, "no heading of this page has that id")

    def _nearest_anchor(self, name: str) -> str:
        near = get_close_matches(name[:_LONGEST_SHOWN].casefold(), sorted(self._anchors_by_fold), 1)
        return f"#{self._anchors_by_fold[near[0]]}" if near else ""

    def _may_guess(self) -> bool:
        self._guesses += 1
        return self._guesses <= _MOST_GUESSES

    def _broken(self, address: str, span: Span, path: str) -> BrokenTarget:
        if self._site.leads_outside(path):
            return self._leads_nowhere(address, span, "", "it is outside the root: give a wider one with --root")
        near = self._site.nearest(path) if self._may_guess() else ""
        return self._leads_nowhere(address, span, near, "there is no such page or file")

    def _leads_nowhere(self, address: str, span: Span, near: str, reason: str) -> BrokenTarget:
        message = f"the link to {_shortened(address)} leads nowhere" if address else "the link has no address"
        self._sink.warn("broken-link", message, span, hint=f"did you mean {near}?" if near else reason)
        return BrokenTarget(address=address)


def _guesses(name: str) -> tuple[str, ...]:
    """The ids that are meant by a place however its letters are cased and its words joined."""
    return (name.casefold(), re.sub(r"\s+", "-", name.casefold()), slug(name))


def _shortened(address: str) -> str:
    return address if len(address) <= _LONGEST_SHOWN else f"{address[:_LONGEST_SHOWN]}…"
