"""A .pptx taken apart with zipfile and lxml, for the tests of the deck writer."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lxml import etree

NS = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "p14": "http://schemas.microsoft.com/office/powerpoint/2010/main",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "ahyp": "http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
}


@dataclass(frozen=True)
class Parts:
    """The files of a package."""

    data: bytes

    @cached_property
    def files(self) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return {entry.filename: archive.read(entry) for entry in archive.infolist()}

    def xml(self, name: str) -> Any:
        return etree.fromstring(self.files[name])

    def find(self, name: str, path: str) -> list[Any]:
        found: list[Any] = self.xml(name).xpath(path, namespaces=NS)
        return found

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """By id: the last word of the type, and the part's name or the address."""
        folder, file = posixpath.split(name)
        rels = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
        made = {}
        for item in self.xml(rels) if rels in self.files else ():
            inside = item.get("TargetMode") != "External"
            target = posixpath.normpath(posixpath.join(folder, item.get("Target"))) if inside else item.get("Target")
            made[item.get("Id")] = (item.get("Type").rpartition("/")[2], target)
        return made


def slide_name(number: int) -> str:
    return f"ppt/slides/slide{number}.xml"


def notes_name(number: int) -> str:
    return f"ppt/notesSlides/notesSlide{number}.xml"


def words(root: Any) -> list[str]:
    """The text of each paragraph; a line break is a line feed."""
    made = []
    for paragraph in root.iter(f"{{{NS['a']}}}p"):
        parts = [
            "\n" if item.tag.endswith("}br") else item.text or ""
            for item in paragraph.iter(f"{{{NS['a']}}}t", f"{{{NS['a']}}}br")
        ]
        made.append("".join(parts))
    return made


def shapes_named(parts: Parts, number: int, name: str) -> list[Any]:
    return parts.find(slide_name(number), f"//*[*/p:cNvPr[@name='{name}']]")
