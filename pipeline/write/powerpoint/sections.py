"""The list of slides in `presentation.xml`, and PowerPoint's sections over them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from pipeline.model.plan import Deck, DeckSection
from pipeline.write.powerpoint.markup import Markup, element, extensions

_SECTIONS: Final = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
# The format's first id for a slide.
_FIRST_SLIDE: Final = 256


def slide_list(relationships: Sequence[str]) -> Markup:
    """The deck's slides in order, by the ids of their relationships."""
    slides = [element("p:sldId", {"id": _FIRST_SLIDE + at, "r:id": key}) for at, key in enumerate(relationships)]
    return element("p:sldIdLst", None, *slides)


def section_list(deck: Deck) -> Markup | None:
    """The sections as an extension list, or None where the deck has none."""
    sections = whole_sections(deck)
    if not sections:
        return None
    made = [_section(deck, at, section) for at, section in enumerate(sections)]
    return extensions("p:extLst", _SECTIONS, "p14:sectionLst", None, *made)


def whole_sections(deck: Deck) -> tuple[DeckSection, ...]:
    """The deck's sections such that every slide is in one: PowerPoint repairs files that leave slides out."""
    if not deck.sections or not deck.slides:
        return ()
    ordered = sorted(deck.sections, key=lambda section: section.first)
    if ordered[0].first > 1:
        ordered.insert(0, DeckSection(name=deck.title, first=1, last=ordered[0].first - 1))
    ends = [*(section.first - 1 for section in ordered[1:]), len(deck.slides)]
    return tuple(
        DeckSection(name=section.name, first=section.first, last=last)
        for section, last in zip(ordered, ends, strict=True)
    )


def _section(deck: Deck, at: int, section: DeckSection) -> Markup:
    """One section. Its id hangs on what it is called and where it stands, so that each build gives the same."""
    key = str(uuid5(NAMESPACE_URL, f"{deck.title}\n{at}\n{section.name}")).upper()
    slides = [element("p14:sldId", {"id": _FIRST_SLIDE + n - 1}) for n in range(section.first, section.last + 1)]
    inside = element("p14:sldIdLst", None, *slides)
    return element("p14:section", {"name": section.name, "id": f"{{{key}}}"}, inside)
