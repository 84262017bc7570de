"""An Office file opened with suspicion: within limits, without outside relations, its XML without entities."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Final, TypeAlias

from lxml import etree
from msgspec import Struct

from pipeline.diagnostics import Diagnostic, Severity, UsageError
from pipeline.office import OfficeRelation

Element: TypeAlias = etree._Element  # noqa: SLF001  lxml's only name for the type

_MB: Final = 1024 * 1024
# No template is as large; what claims to be is a trap.
MOST_BYTES: Final = 100 * _MB
_LARGEST_PART: Final = 64 * _MB
_MOST_UNPACKED: Final = 256 * _MB
_MOST_PARTS: Final = 5_000
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
_TYPES: Final = "[Content_Types].xml"
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_CONTENT_TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_STRICT: Final = "http://purl.oclc.org/ooxml/"
_DAMAGED: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError, OSError)


class OutsideRelation(Struct, frozen=True, kw_only=True):
    """A relation to something outside the file, which is never followed."""

    id: str
    word: str
    target: str


class OfficeFile:
    """The parts of an Office file by their absolute names. Its methods raise `UsageError` where it is no such file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.data = self._file()
        try:
            self._archive = zipfile.ZipFile(BytesIO(self.data))
        except zipfile.BadZipFile as error:
            kind = "is encrypted, or of an Office before 2007" if self.data[:4] == _OLD_OFFICE else "is no Office file"
            raise self.refused(kind) from error
        self._entries = {f"/{entry.filename}": entry for entry in self._archive.infolist() if not entry.is_dir()}
        sizes = sum(entry.file_size for entry in self._entries.values())
        if len(self._entries) > _MOST_PARTS or sizes > _MOST_UNPACKED:
            raise self.refused(f"is larger than {_MOST_UNPACKED // _MB} MB or {_MOST_PARTS} parts when unpacked")
        self._unpacked = 0
        types = self.xml(f"/{_TYPES}")
        self._defaults = dict(_typed(types, "Default", "Extension"))
        self._overrides = dict(_typed(types, "Override", "PartName"))

    def refused(self, why: str) -> UsageError:
        """The error that ends what is done with this file."""
        hint = "save it as .pptx or .potx with PowerPoint or LibreOffice, and without a password"
        said = Diagnostic(severity=Severity.ERROR, code="bad-template", message=f"{self.path} {why}", hint=hint)
        return UsageError(said)

    def _file(self) -> bytes:
        try:
            if self.path.stat().st_size > MOST_BYTES:
                raise self.refused(f"is larger than {MOST_BYTES // _MB} MB")
            return self.path.read_bytes()
        except OSError as error:
            raise self.refused(f"cannot be read: {error.strerror or error}") from error

    def bytes_of(self, name: str) -> bytes:
        """A part's bytes, no more than the limits allow whatever the file says of their number."""
        try:
            with self._archive.open(self._entries[name]) as opened:
                data = opened.read(_LARGEST_PART + 1)
        except _DAMAGED as error:
            raise self.refused(f"has a part {name[1:100]} that is missing or damaged") from error
        self._unpacked += len(data)
        if len(data) > _LARGEST_PART or self._unpacked > 2 * _MOST_UNPACKED:
            raise self.refused(f"has a part {name[1:100]} that is too large")
        return data

    def xml(self, name: str) -> Element:
        """The root element of a part."""
        root = parsed(self.bytes_of(name))
        if root is None:
            raise self.refused(f"has a part {name[1:100]} that is no plain XML")
        if any(uri.startswith(_STRICT) for uri in root.nsmap.values()):
            raise self.refused("is of the strict kind of Office Open XML, which few programs read")
        return root

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self._entries

    def names(self) -> tuple[str, ...]:
        """The names of all parts."""
        return tuple(self._entries)

    def content_type(self, name: str) -> str:
        """What a part is said to be; nothing where that is not said."""
        extension = posixpath.splitext(name)[1][1:].casefold()
        return self._overrides.get(name.casefold()) or self._defaults.get(extension, "")

    def relations(self, name: str) -> Iterator[OfficeRelation | OutsideRelation]:
        """What a part, or with `/` the file itself, is related to."""
        folder, base = posixpath.split(name)
        source = posixpath.join(folder, "_rels", f"{base}.rels")
        if not self.has(source):
            return
        for item in self.xml(source).iter(_RELATION):
            id_, kind, target = (item.get(key, "") for key in ("Id", "Type", "Target"))
            if item.get("TargetMode") == "External":
                yield OutsideRelation(id=id_, word=kind.rpartition("/")[2], target=target)
            else:
                whole = posixpath.normpath(posixpath.join("/", folder, target))
                yield OfficeRelation(id=id_, kind=kind, target=f"/{whole.lstrip('/')}")


def parsed(data: bytes) -> Element | None:
    """The root element of XML without a document type, whose entities nothing expands; None where it is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None
    return None if root.getroottree().docinfo.internalDTD is not None else root


def _typed(types: Element, tag: str, key: str) -> Iterator[tuple[str, str]]:
    for item in types.iter(f"{_CONTENT_TYPES}{tag}"):
        yield item.get(key, "").casefold(), item.get("ContentType", "")


NAMESPACES: Final[Mapping[str, str]] = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}


def tag(prefixed: str) -> str:
    """The full name of a prefixed one: `a:t` → `{http://…}t`."""
    prefix, _, local = prefixed.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def child(element: Element | None, path: str) -> Element | None:
    """The first descendant by a path of prefixed names, as in `p:spPr/a:xfrm`."""
    return None if element is None else element.find("/".join(tag(step) for step in path.split("/")))
