"""The places of other pages that links can lead to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pipeline.diagnostics import SlidesError
from pipeline.read.anchors import name_places
from pipeline.read.blocks.extension import page_parser
from pipeline.read.context import Sink
from pipeline.read.definitions import FoundDefinitions
from pipeline.read.elements import pair_tags
from pipeline.read.frontmatter import read_front_matter
from pipeline.read.source import read_source

_MOST_BYTES: Final = 1_000_000


def places_of(page: Path) -> Mapping[str, str] | None:
    """The ids of a page's headings and other marked places with the heading of each; None where they are not known."""
    sink = Sink(path=page.name)
    try:
        if page.stat().st_size > _MOST_BYTES:
            return None
        lines = read_source(page, sink).lines
    except (SlidesError, OSError):
        return None
    front = read_front_matter(lines, sink)
    found = FoundDefinitions()
    tree = page_parser(found, sink).parse_page(lines[front.body :], front.body + 1)
    pair_tags(tree, found, sink)
    places = name_places(tree)
    return {place: places.heading_of(place) for place in sorted(places.ids)}
