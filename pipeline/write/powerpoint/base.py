"""The file that a deck starts from: python-pptx's own presentation, redrawn on the theme's grid."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pptx
from msgspec import Struct
from msgspec.structs import replace
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.packuri import PackURI

from pipeline.theme import Theme
from pipeline.units import Size
from pipeline.write.powerpoint.layouts import Layouts
from pipeline.write.powerpoint.markup import Markup, TreeNode, element, grown, name
from pipeline.write.powerpoint.masters import NOTES_PAGE, layout_slide, master_slide, notes_master
from pipeline.write.powerpoint.package import Package, Part, Relationship
from pipeline.write.powerpoint.styles import text_styles
from pipeline.write.powerpoint.theme_part import theme_part

if TYPE_CHECKING:
    from pptx.presentation import Presentation

PRESENTATION: Final = "/ppt/presentation.xml"
NOTES_MASTER: Final = "/ppt/notesMasters/notesMaster1.xml"
_NOTES_THEME: Final = "/ppt/theme/theme2.xml"
_NOTES_MASTER_TYPE: Final = "application/vnd.openxmlformats-officedocument.presentationml.notesMaster+xml"
_THEME_TYPE: Final = "application/vnd.openxmlformats-officedocument.theme+xml"
# A printer's settings and a window's, and a picture of an empty slide: nothing of this deck.
_LEFT_OUT: Final = frozenset(
    {RELATIONSHIP_TYPE.PRINTER_SETTINGS, RELATIONSHIP_TYPE.VIEW_PROPS, RELATIONSHIP_TYPE.THUMBNAIL}
)


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


def base_presentation(theme: Theme, layouts: Layouts, size: Size, language: str) -> Presentation:
    """A presentation without slides: the theme's master and exactly these layouts."""
    presentation = pptx.Presentation()
    master = presentation.slide_master
    master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob = theme_part(theme)
    _replace(master.element, "p:cSld", master_slide(theme, language))
    _replace(master.element, "p:txStyles", text_styles(theme))
    master.element.find(name("p:txStyles")).addprevious(grown(element("p:hf", {"hdr": 0, "dt": 0})))
    _redraw_layouts(presentation, layouts, theme, language)
    _resize(presentation.element, size, language)
    return presentation


def packaged(presentation: Presentation, theme: Theme, language: str) -> Package:
    """The presentation's parts as a package to add slides to, with a notes master and a theme for it."""
    package = Package()
    opened = presentation.part.package
    for kind in (
        RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
        RELATIONSHIP_TYPE.CORE_PROPERTIES,
        RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
    ):
        package.relationships.add(kind, str(opened.part_related_by(kind).partname))
    _add_parts(package, presentation)
    package.add(Part(_NOTES_THEME, _THEME_TYPE, theme_part(theme)))
    notes = package.add(Part(NOTES_MASTER, _NOTES_MASTER_TYPE, notes_master(theme, language)))
    notes.relationships.add("theme", _NOTES_THEME)
    return package


def _add_parts(package: Package, presentation: Presentation) -> None:
    parts = {
        str(rel.target_partname): rel.target_part
        for rel in presentation.part.package.iter_rels()
        if rel.reltype not in _LEFT_OUT
    }
    for part_name in sorted(parts, key=lambda known: (known != PRESENTATION, known)):
        part = parts[part_name]
        added = package.add(Part(part_name, part.content_type, part.blob))
        for rel in part.rels.values():
            if rel.reltype not in _LEFT_OUT:
                target = str(rel.target_partname)
                added.relationships.keep(Relationship(id=rel.rId, kind=rel.reltype, target=target, external=False))


def _redraw_layouts(presentation: Presentation, layouts: Layouts, theme: Theme, language: str) -> None:
    wanted = {layout.name: layout for layout in layouts.all()}
    for known in list(presentation.slide_layouts):
        layout = wanted.get(known.name)
        if layout is None:
            presentation.slide_layouts.remove(known)
            continue
        known.part.partname = PackURI(layout.part)
        known.element.set("type", layout.kind)
        _replace(known.element, "p:cSld", layout_slide(layout, theme, language))


def _resize(root: TreeNode, size: Size, language: str) -> None:
    width, height = NOTES_PAGE
    _replace(root, "p:sldSz", element("p:sldSz", {"cx": int(size.width), "cy": int(size.height)}))
    _replace(root, "p:notesSz", element("p:notesSz", {"cx": int(width), "cy": int(height)}))
    for properties in root.iterfind(f"{name('p:defaultTextStyle')}/{name('a:defPPr')}/{name('a:defRPr')}"):
        properties.set("lang", language)


def _replace(root: TreeNode, tag: str, new: Markup) -> None:
    """Put a new child in the place of the one that there is."""
    old = root.find(name(tag))
    if old is None:
        message = f"the base presentation has no {tag}"
        raise ValueError(message)
    root.replace(old, grown(new))
