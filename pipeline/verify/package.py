"""An Office package opened with suspicion: its parts as XML, their relationships, their bytes."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from typing import NoReturn
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from msgspec import Struct

from pipeline.verify.carried import UnreadableError

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# More than any deck of ours needs; a package that claims more is a trap.
_LARGEST_PART = 256 * 1024 * 1024
_MOST_PARTS = 100_000


class Relation(Struct, frozen=True, kw_only=True):
    """Where a relationship leads: a part of the package, or an address outside."""

    kind: str
    target: str
    external: bool


class _DocumentTypeError(Exception):
    """A part with a document type, which may declare entities."""


class _Builder(TreeBuilder):
    def doctype(self, *_: object) -> NoReturn:
        """Refuses a document type where it begins, before anything that it declares."""
        raise _DocumentTypeError


class Package:
    """A package's parts by name."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except zipfile.BadZipFile as error:
            message = "it is no Office file"
            raise UnreadableError(message) from error
        self._names = frozenset(self._archive.namelist())
        self._digests: dict[str, str] = {}
        if len(self._names) > _MOST_PARTS:
            message = f"it has more than {_MOST_PARTS:,} parts"
            raise UnreadableError(message)

    def xml(self, name: str) -> Element:
        """The root element of a part. Document types are refused, so there are no entities that could expand."""
        parser = XMLParser(target=_Builder())  # noqa: S314 - what it could expand is refused
        try:
            parser.feed(self.data(name))
            root: Element = parser.close()
        except (ParseError, ValueError, LookupError) as error:  # the latter two of unknown encodings
            message = f"its part {name} is no XML"
            raise UnreadableError(message) from error
        except _DocumentTypeError as error:
            message = f"its part {name} has a document type"
            raise UnreadableError(message) from error
        return root

    def data(self, name: str) -> bytes:
        """A part's bytes."""
        try:
            if self._archive.getinfo(name).file_size > _LARGEST_PART:
                message = f"its part {name} is too large"
                raise UnreadableError(message)
            return self._archive.read(name)
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            message = f"its part {name} is missing or damaged"
            raise UnreadableError(message) from error

    def digest(self, name: str) -> str:
        """The SHA-256 of a part, or nothing where it is missing."""
        if name not in self._digests:
            self._digests[name] = sha256(self.data(name)).hexdigest() if name in self._names else ""
        return self._digests[name]

    def relations(self, name: str) -> Mapping[str, Relation]:
        """A part's relationships by their id."""
        folder, base = posixpath.split(name)
        source = posixpath.join(folder, "_rels", f"{base}.rels")
        if source not in self._names:
            return {}
        return {item.get("Id", ""): _relation(item, folder) for item in self.xml(source).iter(_RELATION)}


def _relation(item: Element, folder: str) -> Relation:
    external = item.get("TargetMode") == "External"
    target = item.get("Target", "")
    if not external:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return Relation(kind=item.get("Type", "").rpartition("/")[2], target=target, external=external)
