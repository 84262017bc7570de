"""Links to marked places (`<a id="…">`) and to the title led to what a document names: a section, or its top."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.document import Blocks, Document, Heading, Section
from pipeline.model.inlines import SectionTarget
from pipeline.model.text import walk_blocks


def led_to_sections(document: Document, places: Mapping[str, int]) -> Document:
    """The document with every link to one of the places, on those lines, leading to a section, a heading or the top."""
    named = set(_ids(document.blocks, document.sections))
    owners = {name: _section_at(line, document.sections) for name, line in places.items() if name not in named}
    return cast("Document", _led(document, owners)) if owners else document


def _ids(blocks: Blocks, sections: Sequence[Section]) -> Iterator[str]:
    yield from (block.id for block in walk_blocks(blocks) if isinstance(block, Heading))
    for section in sections:
        yield section.id
        yield from _ids(section.blocks, section.sections)


def _section_at(line: int, sections: Sequence[Section]) -> str:
    """The id of the innermost section that has begun before the line or on it; empty where none has."""
    begun = [section for section in sections if section.span.first <= line]
    return _section_at(line, begun[-1].sections) or begun[-1].id if begun else ""


def _led(value: Any, owners: Mapping[str, str]) -> Any:
    if isinstance(value, SectionTarget):
        return replace(value, id=owners.get(value.id, value.id))
    if isinstance(value, tuple):
        led = tuple(_led(item, owners) for item in value)
        return led if any(new is not old for new, old in zip(led, value, strict=True)) else value
    if not isinstance(value, Struct):
        return value
    held = {name: getattr(value, name) for name in value.__struct_fields__}
    changed = {name: new for name, old in held.items() if (new := _led(old, owners)) is not old}
    return replace(value, **changed) if changed else value
