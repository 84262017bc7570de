"""Open packaging: parts, what relates them, and the zip file that holds them, the same bytes each time."""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import Final

from msgspec import Struct, field

from pipeline.write.powerpoint.markup import element, plain_part

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS_TYPE: Final = "application/vnd.openxmlformats-package.relationships+xml"
# Numbers of ids that are counted on from.
_DIGITS: Final = 9
# Zip files can say no earlier time.
_ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)
# Kinds that are compressed already.
_STORED: Final = (".png", ".jpeg", ".jpg", ".gif")


class Relationship(Struct, frozen=True, kw_only=True):
    """A part's relation to another part, by its name, or to an address outside. `kind` is the type's whole name."""

    id: str
    kind: str
    target: str
    external: bool


class Relationships(Struct):
    """What one part relates to. Each target stands once, under the next free id."""

    _entries: dict[tuple[str, str, bool], Relationship] = field(default_factory=dict)
    _last: int = 0

    def keep(self, known: Relationship) -> None:
        """Take over a relationship under the id that the part's XML calls it by."""
        self._entries[known.kind, known.target, known.external] = known
        number = known.id.removeprefix("rId")
        self._last = max(self._last, int(number) if number.isdecimal() and len(number) <= _DIGITS else 0)

    def add(self, kind: str, target: str, *, external: bool = False) -> str:
        """The id of the relationship, which is made if it is new. `kind` may be the last word of Office's types."""
        kind = kind if "/" in kind else f"{_OFFICE}/{kind}"
        key = (kind, target, external)
        if key not in self._entries:
            self._last += 1
            self._entries[key] = Relationship(id=f"rId{self._last}", kind=kind, target=target, external=external)
        return self._entries[key].id

    def __bool__(self) -> bool:
        return bool(self._entries)

    def serialised(self, source: str) -> bytes:
        """The bytes of the `.rels` part of the part with that name."""
        folder = posixpath.dirname(source) or "/"
        made = []
        for entry in self._entries.values():
            target = entry.target if entry.external else posixpath.relpath(entry.target, folder)
            attributes = {"Id": entry.id, "Type": entry.kind, "Target": target}
            mode = {"TargetMode": "External"} if entry.external else {}
            made.append(element("Relationship", attributes | mode))
        return plain_part(_RELATIONSHIPS, "Relationships", *made)


class Part(Struct):
    """One file of the package. `name` is absolute, as in `/ppt/slides/slide1.xml`."""

    name: str
    content_type: str
    data: bytes = b""
    relationships: Relationships = field(default_factory=Relationships)


class Package(Struct):
    """The parts of one file, by name, and what the package itself relates to."""

    parts: dict[str, Part] = field(default_factory=dict)
    relationships: Relationships = field(default_factory=Relationships)

    def add(self, part: Part) -> Part:
        """The part, which now belongs to the package. No two parts have one name."""
        if part.name in self.parts:
            message = f"the package has a part {part.name} already"
            raise ValueError(message)
        self.parts[part.name] = part
        return part

    def serialised(self) -> bytes:
        """The bytes of the file: parts in the order in which they were added, with fixed dates."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            _write(archive, "/[Content_Types].xml", self._content_types())
            _write(archive, "/_rels/.rels", self.relationships.serialised("/"))
            for part in self.parts.values():
                _write(archive, part.name, part.data)
                if part.relationships:
                    folder, file = posixpath.split(part.name)
                    _write(archive, f"{folder}/_rels/{file}.rels", part.relationships.serialised(part.name))
        return buffer.getvalue()

    def _content_types(self) -> bytes:
        defaults = {"rels": _RELATIONSHIPS_TYPE, "xml": "application/xml"}
        media = {posixpath.splitext(p.name)[1][1:]: p.content_type for p in self.parts.values() if _is_media(p)}
        made = [
            element("Default", {"Extension": extension, "ContentType": kind})
            for extension, kind in sorted((defaults | media).items())
        ]
        named = [part for part in self.parts.values() if not _is_media(part)]
        made.extend(element("Override", {"PartName": part.name, "ContentType": part.content_type}) for part in named)
        return plain_part(_CONTENT_TYPES, "Types", *made)


def slide_part(number: int) -> str:
    """The name of a slide's part."""
    return f"/ppt/slides/slide{number}.xml"


def _is_media(part: Part) -> bool:
    return part.name.startswith("/ppt/media/")


def _write(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name.removeprefix("/"), _ZIP_DATE)
    # Unix attributes are written whatever system writes: the bytes are the same everywhere.
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    stored = name.endswith(_STORED)
    archive.writestr(entry, data, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED, None if stored else 6)
