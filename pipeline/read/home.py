"""The home page of a site: what VitePress and VuePress show of its front matter in place of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from pipeline.diagnostics import Span
from pipeline.model.document import Block, Definition, DefinitionList, Figure, ItemList, ListItem, Paragraph
from pipeline.model.inlines import Inlines, Link
from pipeline.read.builder import Builder
from pipeline.read.frontmatter import FrontMatter

_MOST: Final = 100
_FOUND_BY: Final = 40


def home_title(entries: Mapping[str, Any]) -> tuple[str, str]:
    """The name that a home page shows as its title, and the entry that has it; empty where it has none."""
    hero = _mapping(entries.get("hero"))
    if _text(hero.get("name")):
        return _text(hero["name"]), "name"
    return (_text(entries.get("heroText")), "heroText") if _is_home(entries) else ("", "")


def home_blocks(front: FrontMatter, lines: Sequence[str], builder: Builder) -> tuple[Block, ...]:
    """What a home page shows of its front matter: words, a picture, links, features; nothing of other pages."""
    return tuple(_Home(front, lines, builder).blocks()) if _is_home(front.entries) else ()


def _is_home(entries: Mapping[str, Any]) -> bool:
    return _text(entries.get("layout")) == "home" or _text(entries.get("home")) in {"true", "True"}


class _Home:
    """Makes the blocks of a home page, each on the line of the front matter that it is read from."""

    def __init__(self, front: FrontMatter, lines: Sequence[str], builder: Builder) -> None:
        self._entries = front.entries
        self._hero = _mapping(front.entries.get("hero"))
        self._lines = lines[: front.body]
        self._builder = builder

    def blocks(self) -> Iterator[Block]:
        """The blocks in the order in which the site shows them."""
        entries, hero = self._entries, self._hero
        name, key = home_title(entries)
        if _text(entries.get("title")) not in {"", name}:
            yield from self._paragraph(hero or entries, key)
        yield from self._paragraph(hero, "text")
        yield from self._paragraph(hero or entries, "tagline")
        yield from self._picture(hero.get("image") or entries.get("heroImage"))
        yield from self._actions(hero.get("actions") or entries.get("actions"))
        yield from self._features(entries.get("features"))
        yield from self._paragraph(entries, "footer")

    def _paragraph(self, entries: Mapping[str, Any], key: str) -> Iterator[Paragraph]:
        children, span = self._inlines(_text(entries.get(key)), key)
        if children:
            yield Paragraph(children=children, span=span)

    def _picture(self, image: object) -> Iterator[Figure]:
        """The picture, or that for light pages where there are two."""
        named = _mapping(image)
        source = _text(image) or _text(named.get("src")) or _text(named.get("light"))
        if source:
            span = self._span(source, "light" if _text(named.get("light")) == source else "src")
            shown = self._builder.image(source, _text(named.get("alt")), span)
            yield Figure(image=shown, legend=(), origin=None, width=None, span=span)

    def _actions(self, actions: object) -> Iterator[ItemList]:
        """The links that invite to go on, as a list; those of older pages stand in two entries."""
        found = _mappings(actions) or [
            {"text": self._entries.get("actionText"), "link": self._entries.get("actionLink")}
        ]
        items = [
            ListItem(children=(paragraph,), checked=None, span=paragraph.span)
            for action in found
            for paragraph in self._link(_text(action.get("text")), _text(action.get("link")))
        ]
        if items:
            span = items[0].span.cover(items[-1].span)
            yield ItemList(items=tuple(items), start=None, tight=True, span=span)

    def _features(self, features: object) -> Iterator[DefinitionList]:
        """What the site is praised for: each feature with its details."""
        made: list[Definition] = []
        for feature in _mappings(features):
            term, span = self._inlines(_text(feature.get("title")), "title")
            details = tuple(self._paragraph(feature, "details"))
            more = self._link(_text(feature.get("linkText")), _text(feature.get("link")))
            children = (*details, *more)
            if term:
                last = children[-1].span if children else span
                made.append(Definition(term=term, children=children, span=span.cover(last)))
        if made:
            yield DefinitionList(entries=tuple(made), span=made[0].span.cover(made[-1].span))

    def _link(self, text: str, address: str) -> Iterator[Paragraph]:
        children, span = self._inlines(text, "text")
        if children:
            target = self._builder.target(address, span) if address else None
            linked = (Link(children=children, target=target, title="", span=span),) if target else children
            yield Paragraph(children=linked, span=span)

    def _inlines(self, text: str, key: str) -> tuple[Inlines, Span]:
        span = self._span(text, key)
        return (self._builder.inlines(text, (span.first,)) if text else ()), span

    def _span(self, text: str, key: str) -> Span:
        """The line that has the beginning of an entry's text, if there is one beside its key; the first if none has."""
        start = text[:_FOUND_BY].split()[:3]
        having = [n for n, line in enumerate(self._lines, start=1) if start and all(word in line for word in start)]
        beside = [n for n in having if f"{key}:" in self._lines[n - 1]]
        line = next(iter(beside or having), 1)
        return Span(first=line, last=line)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _mappings(value: object) -> list[Mapping[str, Any]]:
    return [entry for entry in value[:_MOST] if isinstance(entry, dict)] if isinstance(value, list) else []


def _text(value: object) -> str:
    """A scalar on one line; nothing for what has parts."""
    return "" if value is None or isinstance(value, dict | list) else " ".join(str(value).split())
