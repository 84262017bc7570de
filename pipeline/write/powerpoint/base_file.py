"""The file that a deck starts from: python-pptx's own presentation, read without python-pptx, which is slow to load."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from lxml import etree

from pipeline.write.powerpoint.markup import TreeNode
from pipeline.write.powerpoint.package import Package, Part, Relationship

OFFICE_DOCUMENT: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
CORE_PROPERTIES: Final = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
EXTENDED_PROPERTIES: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties"
CORE_PART: Final = "/docProps/core.xml"
# A printer's settings and a window's, and a picture of an empty slide: nothing of this deck.
_LEFT_OUT: Final = ("/printerSettings", "/viewProps", "/thumbnail")


def base_file() -> Package:
    """The parts of the file and what relates them; what the package itself relates to is left to who completes it."""
    with zipfile.ZipFile(_path()) as archive:
        types = {item.get("PartName", ""): item.get("ContentType", "") for item in _xml(archive, "[Content_Types].xml")}
        package = Package()
        waiting = [relation.target for relation in _relations(archive, "/")]
        while waiting:
            name = waiting.pop()
            if name in package.parts:
                continue
            part = package.add(Part(name, types[name], archive.read(name[1:])))
            for relation in _relations(archive, name):
                part.relationships.keep(relation)
                waiting.append(relation.target)
    return package


def parsed(data: bytes) -> TreeNode:
    """The root element of a part."""
    return etree.fromstring(data, etree.XMLParser(remove_blank_text=True, resolve_entities=False, no_network=True))


def _path() -> Path:
    spec = find_spec("pptx")
    if spec is None or not spec.submodule_search_locations:
        message = "python-pptx, which has the file that decks start from, is not installed"
        raise ImportError(message)
    return Path(spec.submodule_search_locations[0]) / "templates" / "default.pptx"


def _relations(archive: zipfile.ZipFile, source: str) -> Iterator[Relationship]:
    """What a part, or with `/` the package itself, relates to in the file."""
    folder, base = posixpath.split(source)
    listed = posixpath.join(folder, "_rels", f"{base}.rels")[1:]
    if listed not in archive.NameToInfo:
        return
    for item in _xml(archive, listed):
        kind = item.get("Type", "")
        if not kind.endswith(_LEFT_OUT):
            target = posixpath.normpath(posixpath.join(folder, item.get("Target", "")))
            yield Relationship(id=item.get("Id", ""), kind=kind, target=target, external=False)


def _xml(archive: zipfile.ZipFile, name: str) -> TreeNode:
    return parsed(archive.read(name))
