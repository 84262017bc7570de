"""What a page defines once and uses elsewhere: link addresses, footnotes and abbreviations."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct, field

from pipeline.diagnostics import Span

_SPACE = re.compile(r"[ \t\r\n]+")


class LinkDefinition(Struct, frozen=True, kw_only=True):
    """`[label]: destination "title"`, with escapes and character references resolved."""

    destination: str
    title: str
    span: Span


class Abbreviation(Struct, frozen=True, kw_only=True):
    """`*[short]: expansion`."""

    short: str
    expansion: str
    span: Span


class Definitions(Struct, frozen=True, kw_only=True):
    """All definitions of a page.

    `links` and `footnotes` are keyed by their normalised label, `abbreviations` by the short form as written;
    `imports` gives the addresses of the files that module code gives a name.
    Of two definitions with one label, the first counts.
    """

    links: Mapping[str, LinkDefinition] = field(default_factory=dict)
    footnotes: Mapping[str, Span] = field(default_factory=dict)
    abbreviations: Mapping[str, Abbreviation] = field(default_factory=dict)
    imports: Mapping[str, str] = field(default_factory=dict)


def normalise_label(label: str) -> str:
    """The key of a label: case folded, with inner white space as single spaces (CommonMark 0.31.2, section 4.7)."""
    return _SPACE.sub(" ", label.strip(" \t\r\n")).casefold()


class FoundDefinitions:
    """Collects the definitions while the blocks are parsed."""

    def __init__(self) -> None:
        self._links: dict[str, LinkDefinition] = {}
        self._footnotes: dict[str, Span] = {}
        self._abbreviations: dict[str, Abbreviation] = {}
        self._imports: dict[str, str] = {}

    def link(self, label: str, definition: LinkDefinition) -> None:
        """Keep a link definition, unless its label has one."""
        self._links.setdefault(normalise_label(label), definition)

    def footnote(self, label: str, span: Span) -> bool:
        """Keep a footnote and say whether it is the first of its label."""
        return self._footnotes.setdefault(normalise_label(label), span) == span

    def abbreviation(self, abbreviation: Abbreviation) -> None:
        """Keep an abbreviation, unless its short form has one."""
        self._abbreviations.setdefault(abbreviation.short, abbreviation)

    def imported(self, name: str, address: str) -> None:
        """Keep a file's address, unless its name has one."""
        self._imports.setdefault(name, address)

    def complete(self) -> Definitions:
        """All that was found."""
        return Definitions(
            links=self._links,
            footnotes=self._footnotes,
            abbreviations=self._abbreviations,
            imports=self._imports,
        )
