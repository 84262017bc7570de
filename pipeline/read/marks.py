"""Links to marked places (`<a id="…">`) led to the section that holds the place, since a document names no others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.document import Document, Section
from pipeline.model.inlines import SectionTarget


def led_to_sections(document: Document, marks: Mapping[str, int]) -> Document:
    """The document with every link to one of the marks, which stand on those lines, leading to a section."""
    owners = {mark: owner for mark, line in marks.items() if (owner := _section_at(line, document.sections))}
    return cast("Document", _led(document, owners)) if owners else document


def _section_at(line: int, sections: Sequence[Section]) -> str:
    """The id of the innermost section that holds the line; empty where none does."""
    for section in sections:
        if section.span.first <= line <= section.span.last:
            return _section_at(line, section.sections) or section.id
    return ""


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
