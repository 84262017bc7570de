"""A company's template as frozen values: the parts of its file, and where the layouts that play a role have places."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from msgspec import Struct

from pipeline.units import Rect, Size


class LayoutRole(Enum):
    """What a layout is for in a deck."""

    COVER = "cover"
    SECTION = "section"
    CONTENT = "content"
    TITLE_ONLY = "title only"
    TWO_CONTENT = "two contents"
    PICTURE = "picture"


class OfficeRelation(Struct, frozen=True, kw_only=True):
    """A part's relation to another part, under the id that its XML calls it by. `kind` is the type's whole name."""

    id: str
    kind: str
    target: str

    @property
    def word(self) -> str:
        """The last word of the type."""
        return self.kind.rpartition("/")[2]


class OfficePart(Struct, frozen=True, kw_only=True):
    """One part of an Office file. `name` is absolute, as in `/ppt/presentation.xml`."""

    name: str
    content_type: str
    data: bytes
    relations: tuple[OfficeRelation, ...] = ()

    def related(self, word: str) -> tuple[str, ...]:
        """The names of the parts that it has such a relation to."""
        return tuple(relation.target for relation in self.relations if relation.word == word)


class LayoutPlace(Struct, frozen=True, kw_only=True):
    """A placeholder of a layout: the format's word for it, its index, and where it stands on the slide."""

    kind: str
    index: int
    rect: Rect


class TemplateLayout(Struct, frozen=True, kw_only=True):
    """A layout that plays a role, by the names of its part and of its master's."""

    part: str
    master: str
    name: str
    places: tuple[LayoutPlace, ...]


class Template(Struct, frozen=True, kw_only=True):
    """What is kept of a template's file. `digest` is the whole file's; `notes_master` is empty where it has none."""

    digest: str
    size: Size
    parts: tuple[OfficePart, ...]
    layouts: Mapping[LayoutRole, TemplateLayout]
    notes_master: str
