"""The file that a deck starts from: python-pptx's own presentation, redrawn on the theme's grid."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.plan import Deck
from pipeline.settings import Settings
from pipeline.theme import Theme
from pipeline.units import Size
from pipeline.write.powerpoint.base_file import (
    CORE_PART,
    CORE_PROPERTIES,
    EXTENDED_PROPERTIES,
    OFFICE_DOCUMENT,
    base_file,
    parsed,
)
from pipeline.write.powerpoint.languages import office_language
from pipeline.write.powerpoint.layouts import Layouts
from pipeline.write.powerpoint.markup import Markup, TreeNode, element, grown, name, serialise
from pipeline.write.powerpoint.masters import NOTES_PAGE, layout_slide, master_slide, notes_master
from pipeline.write.powerpoint.package import Package, Part, Relationships
from pipeline.write.powerpoint.properties import APPLICATION_PART, described
from pipeline.write.powerpoint.styles import text_styles
from pipeline.write.powerpoint.theme_part import theme_part

PRESENTATION: Final = "/ppt/presentation.xml"
NOTES_MASTER: Final = "/ppt/notesMasters/notesMaster1.xml"
_MASTER: Final = "/ppt/slideMasters/slideMaster1.xml"
_THEME: Final = "/ppt/theme/theme1.xml"
_NOTES_THEME: Final = "/ppt/theme/theme2.xml"
_NOTES_MASTER_TYPE: Final = "application/vnd.openxmlformats-officedocument.presentationml.notesMaster+xml"
_THEME_TYPE: Final = "application/vnd.openxmlformats-officedocument.theme+xml"


class Start(Struct, frozen=True, kw_only=True):
    """What a deck begins with: a package without slides, its layouts, and the root of its presentation."""

    package: Package
    layouts: Layouts
    root: TreeNode
    notes_master: str


def printed(theme: Theme) -> Theme:
    """The theme of notes pages: paper is white whatever ground a company's template has."""
    if theme.company is None:
        return theme
    company = replace(theme.company, scheme=MappingProxyType({}))
    return replace(theme, colours=theme.company.printed, company=company)


def base_start(theme: Theme, layouts: Layouts, deck: Deck, settings: Settings) -> Start:
    """A presentation without slides: the theme's master, exactly these layouts, and a notes master with a theme."""
    language = office_language(deck.language)
    parts = base_file().parts
    parts[_THEME].data = theme_part(theme)
    parts[CORE_PART].data = described(parts[CORE_PART].data, deck, settings)
    _redraw_layouts(parts, layouts, theme, language)
    _redraw_master(parts[_MASTER], theme, language)
    root = parsed(parts[PRESENTATION].data)
    _resize(root, deck.size, language)
    return Start(package=_packaged(parts, theme, language), layouts=layouts, root=root, notes_master=NOTES_MASTER)


def _packaged(parts: Mapping[str, Part], theme: Theme, language: str) -> Package:
    """The parts as a package to add slides to, the presentation first, with a notes master and a theme for it."""
    package = Package()
    package.relationships.add(OFFICE_DOCUMENT, PRESENTATION)
    package.relationships.add(CORE_PROPERTIES, CORE_PART)
    package.relationships.add(EXTENDED_PROPERTIES, APPLICATION_PART)
    for part in sorted(parts.values(), key=lambda part: (part.name != PRESENTATION, part.name)):
        package.add(part)
    package.add(Part(_NOTES_THEME, _THEME_TYPE, theme_part(theme)))
    notes = package.add(Part(NOTES_MASTER, _NOTES_MASTER_TYPE, notes_master(theme, language)))
    notes.relationships.add("theme", _NOTES_THEME)
    return package


def _redraw_master(part: Part, theme: Theme, language: str) -> None:
    root = parsed(part.data)
    _replace(root, "p:cSld", master_slide(theme, language))
    _replace(root, "p:txStyles", text_styles(theme))
    _found(root, "p:txStyles").addprevious(grown(element("p:hf", {"hdr": 0, "dt": 0})))
    listed = _found(root, "p:sldLayoutIdLst")
    kept = {relation.id for relation in part.relationships}
    for entry in list(listed):
        if entry.get(name("r:id")) not in kept:
            listed.remove(entry)
    part.data = serialise(root)


def _redraw_layouts(parts: dict[str, Part], layouts: Layouts, theme: Theme, language: str) -> None:
    """Draw those layouts that are wanted, under their own names, and take out the others."""
    wanted = {layout.name: layout for layout in layouts.all()}
    master = parts[_MASTER]
    known, master.relationships = master.relationships, Relationships()
    drawn: list[Part] = []
    for relation in known:
        if not relation.kind.endswith("/slideLayout"):
            master.relationships.keep(relation)
            continue
        part = parts.pop(relation.target)
        root = parsed(part.data)
        layout = wanted.get(_found(root, "p:cSld").get("name", ""))
        if layout is None:
            continue
        master.relationships.keep(replace(relation, target=layout.part))
        root.set("type", layout.kind)
        _replace(root, "p:cSld", layout_slide(layout, theme, language))
        part.name, part.data = layout.part, serialise(root)
        drawn.append(part)
    parts.update((part.name, part) for part in drawn)


def _resize(root: TreeNode, size: Size, language: str) -> None:
    width, height = NOTES_PAGE
    _replace(root, "p:sldSz", element("p:sldSz", {"cx": int(size.width), "cy": int(size.height)}))
    _replace(root, "p:notesSz", element("p:notesSz", {"cx": int(width), "cy": int(height)}))
    for properties in root.iterfind(f"{name('p:defaultTextStyle')}/{name('a:defPPr')}/{name('a:defRPr')}"):
        properties.set("lang", language)


def _replace(root: TreeNode, tag: str, new: Markup) -> None:
    """Put a new child in the place of the one that there is."""
    root.replace(_found(root, tag), grown(new))


def _found(root: TreeNode, tag: str) -> TreeNode:
    found = root.find(name(tag))
    if found is None:
        message = f"the base presentation has no {tag}"
        raise ValueError(message)
    return found
