"""Which parts of a template's file go on into decks: its look, and nothing that acts, links or is a sample."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree
from msgspec import Struct

from pipeline.office import OfficePart, OfficeRelation
from pipeline.template.package import NAMESPACES, Element, OfficeFile, OutsideRelation, parsed, tag

PRESENTATION: Final = "/ppt/presentation.xml"
_PRESENTATION_TYPE: Final = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
# What each kind of part may lead to, by the last words of the relations' types.
_IMAGES: Final = frozenset({"image", "hdphoto"})
_KEPT: Final[Mapping[str, frozenset[str]]] = {
    "officeDocument": frozenset(
        {"slideMaster", "theme", "presProps", "tableStyles", "handoutMaster", "notesMaster", "font"}
    ),
    "slideMaster": frozenset({"slideLayout", "theme"}) | _IMAGES,
    "slideLayout": frozenset({"slideMaster", "themeOverride"}) | _IMAGES,
    "handoutMaster": frozenset({"theme"}) | _IMAGES,
    "notesMaster": frozenset({"theme"}) | _IMAGES,
    "theme": _IMAGES,
    "themeOverride": _IMAGES,
}
_SHAPES: Final = frozenset(map(tag, ("p:sp", "p:pic", "p:graphicFrame", "p:cxnSp", "p:contentPart", "p:grpSp")))
_ALONE: Final = frozenset(
    map(tag, ("a:hlinkClick", "a:hlinkHover", "a:hlinkMouseOver", "p:custDataLst", "p:controls", "p:bg", "p:timing"))
) | {tag("p:transition"), tag("p:embeddedFont")}
_LINKS: Final = frozenset(map(tag, ("a:hlinkClick", "a:hlinkHover", "a:hlinkMouseOver", "p:custDataLst", "p:controls")))
_ALTERNATIVE: Final = tag("mc:AlternateContent")
_REFERENCE: Final = f"{{{NAMESPACES['r']}}}"
# Of the presentation: its slides, those who may change it, and what belongs to slides.
_LISTS: Final = frozenset(
    map(tag, ("p:sldIdLst", "p:custShowLst", "p:photoAlbum", "p:custDataLst", "p:modifyVerifier", "p:extLst"))
) | {tag("p:smartTags")}


class Kept(Struct, frozen=True, kw_only=True):
    """The parts that are kept, the presentation first; what was left out, in words; and the sample slides' layouts."""

    parts: Mapping[str, OfficePart]
    left_out: tuple[str, ...]
    samples: tuple[str, ...]


def keep(file: OfficeFile) -> Kept:
    """What is kept of a file."""
    main = next((r.target for r in _inside(file, "/") if r.word == "officeDocument"), "")
    if not main or not file.has(main) or file.xml(main).tag != tag("p:presentation"):
        raise file.refused("holds no presentation")
    left_out: dict[str, None] = {}
    kinds = _reached(file, main, left_out)
    renamed = _names(kinds)
    parts = {renamed[name]: _part(file, name, kind, renamed, left_out) for name, kind in kinds.items()}
    return Kept(parts=parts, left_out=tuple(left_out), samples=tuple(_samples(file, main)))


def _inside(file: OfficeFile, name: str) -> Iterator[OfficeRelation]:
    return (relation for relation in file.relations(name) if isinstance(relation, OfficeRelation))


def _reached(file: OfficeFile, main: str, left_out: dict[str, None]) -> dict[str, str]:
    """The parts that are kept, each with the relation that leads there."""
    kinds = {main: "officeDocument"}
    waiting = [main]
    while waiting:
        name = waiting.pop(0)
        for relation in file.relations(name):
            if isinstance(relation, OutsideRelation):
                left_out[f"what {relation.word} leads to outside the file"] = None
            elif relation.word in _KEPT.get(kinds[name], ()) and file.has(relation.target):
                if relation.target not in kinds:
                    kinds[relation.target] = relation.word
                    waiting.append(relation.target)
            elif (what := _ACTING.get(relation.word)) is not None:
                left_out[what] = None
    if any("vbaproject" in name.casefold() for name in file.names()):
        left_out[_ACTING["vbaProject"]] = None
    return kinds


_ACTING: Final[Mapping[str, str]] = {
    "vbaProject": "macros",
    "oleObject": "embedded objects",
    "package": "embedded objects",
    "control": "ActiveX controls",
    "audio": "sound",
    "video": "films",
    "slide": "the sample slides",
    "commentAuthors": "comments",
}


def _names(kinds: Mapping[str, str]) -> dict[str, str]:
    """What parts are called in decks: pictures stand apart from those of slides."""
    names: dict[str, str] = {}
    for name, kind in kinds.items():
        if kind == "officeDocument":
            names[name] = PRESENTATION
        elif kind in _IMAGES:
            pictures = sum(known.startswith("/ppt/media/") for known in names.values())
            names[name] = f"/ppt/media/template{pictures + 1}{posixpath.splitext(name)[1].casefold()}"
        else:
            names[name] = name
    return names


def _part(file: OfficeFile, name: str, kind: str, renamed: Mapping[str, str], left_out: dict[str, None]) -> OfficePart:
    content_type = _PRESENTATION_TYPE if kind == "officeDocument" else file.content_type(name)
    data = file.bytes_of(name)
    relations: list[OfficeRelation] = []
    lost: set[str] = set()
    for relation in file.relations(name):
        allowed = isinstance(relation, OfficeRelation) and relation.word in _KEPT.get(kind, ())
        if isinstance(relation, OfficeRelation) and allowed and relation.target in renamed:
            relations.append(OfficeRelation(id=relation.id, kind=relation.kind, target=renamed[relation.target]))
        else:
            lost.add(relation.id)
    if kind in _KEPT:
        root = file.xml(name)
        if _cleaned(root, lost):
            left_out["shapes, links and sounds that need what was left out"] = None
        data = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return OfficePart(name=renamed[name], content_type=content_type, data=data, relations=tuple(relations))


def _cleaned(root: Element, lost: set[str]) -> bool:
    """Take out what refers to parts that are not there, and all links; whether anything was taken out."""
    taken = False
    for element in list(root):
        if root.tag == tag("p:presentation") and element.tag in _LISTS:
            root.remove(element)
    for element in list(root.iter(*_LINKS)):
        _remove(element)
        taken = True
    for element in list(root.iter()):
        refers = any(str(key).startswith(_REFERENCE) and value in lost for key, value in element.attrib.items())
        if refers and element.getroottree().getroot() is root:
            _remove(_holder(element))
            taken = True
    return taken


def _holder(element: Element) -> Element:
    """The smallest element round a reference that can be left out."""
    for around in (element, *element.iterancestors()):
        parent = around.getparent()
        if parent is None or around.tag in _ALONE or around.tag in _SHAPES:
            break
        if parent.tag == tag("p:presentation"):
            return around
    else:
        return element
    for outer in (around, *around.iterancestors()):
        if outer.tag == _ALTERNATIVE:
            return outer
    return around if around.getparent() is not None else element


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _samples(file: OfficeFile, main: str) -> Iterator[str]:
    """The layouts of the sample slides, in their order: they tell how the template is meant."""
    targets = {relation.id: relation.target for relation in _inside(file, main) if relation.word == "slide"}
    for item in file.xml(main).iter(tag("p:sldId")):
        slide = targets.get(item.get(f"{_REFERENCE}id", ""), "")
        yield from (relation.target for relation in _inside(file, slide) if relation.word == "slideLayout")


def reread(part: OfficePart) -> Element:
    """The root element of a part that was kept."""
    root = parsed(part.data)
    if root is None:
        raise AssertionError(part.name)
    return root
