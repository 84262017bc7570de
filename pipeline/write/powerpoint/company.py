"""The file that a deck starts from where a company's template is given: its parts, and what it lacks."""

from __future__ import annotations

from itertools import count
from typing import Final

import pptx
from lxml import etree
from msgspec.structs import replace
from pptx.opc.constants import RELATIONSHIP_TYPE

from pipeline.model.fitted import Role
from pipeline.model.plan import Deck
from pipeline.office import LayoutPlace, LayoutRole, OfficePart, Template, TemplateLayout
from pipeline.settings import Settings
from pipeline.theme import Company, Theme
from pipeline.units import Rect
from pipeline.write.powerpoint.base import PRESENTATION, Start, printed
from pipeline.write.powerpoint.languages import office_language
from pipeline.write.powerpoint.layouts import Layout, Layouts, Placeholder
from pipeline.write.powerpoint.markup import TreeNode, element, grown, name
from pipeline.write.powerpoint.masters import NOTES_PAGE, notes_master
from pipeline.write.powerpoint.package import Package, Part, Relationship
from pipeline.write.powerpoint.properties import APPLICATION_PART, describe
from pipeline.write.powerpoint.theme_part import theme_part

_NOTES_MASTER_TYPE: Final = "application/vnd.openxmlformats-officedocument.presentationml.notesMaster+xml"
_THEME_TYPE: Final = "application/vnd.openxmlformats-officedocument.theme+xml"
_APPLICATION_TYPE: Final = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
_TAKES: Final = {
    "title": frozenset({Role.TITLE}),
    "ctrTitle": frozenset({Role.TITLE}),
    "subTitle": frozenset({Role.SUBTITLE}),
    "body": frozenset({Role.BODY, Role.SUBTITLE}),
    "": frozenset({Role.BODY, Role.PICTURE, Role.SUBTITLE}),
    "pic": frozenset({Role.PICTURE}),
    "ftr": frozenset({Role.FOOTER}),
    "sldNum": frozenset({Role.NUMBER}),
}
_TITLES: Final = ("title", "ctrTitle")
_NEAR: Final = 25_000
"""Places so near are one."""
# What a presentation lists before its default text style, in the format's order.
_BEFORE_STYLE: Final = (
    "p:kinsoku",
    "p:custDataLst",
    "p:photoAlbum",
    "p:custShowLst",
    "p:embeddedFontLst",
    "p:smartTags",
    "p:notesSz",
)


def company_start(theme: Theme, company: Company, deck: Deck, settings: Settings) -> Start:
    """A package with the template's masters, layouts and themes, without slides, with a notes master."""
    template = company.template
    language = office_language(deck.language)
    package = Package()
    for part in template.parts:
        _add(package, part)
    root = etree.fromstring(package.parts[PRESENTATION].data, etree.XMLParser(resolve_entities=False, no_network=True))
    _complete(root)
    _describe(package, deck, settings)
    notes = template.notes_master or _add_notes_master(package, theme, language)
    return Start(package=package, layouts=_layouts(template), root=root, notes_master=notes)


def _add(package: Package, part: OfficePart) -> None:
    added = package.add(Part(part.name, part.content_type, part.data))
    for relation in part.relations:
        kept = Relationship(id=relation.id, kind=relation.kind, target=relation.target, external=False)
        added.relationships.keep(kept)


def _complete(root: TreeNode) -> None:
    """Give a presentation what the format or our lists need."""
    if root.find(name("p:notesSz")) is None:
        width, height = NOTES_PAGE
        size = root.find(name("p:sldSz"))
        if size is not None:
            size.addnext(grown(element("p:notesSz", {"cx": int(width), "cy": int(height)})))
    if root.find(name("p:defaultTextStyle")) is None:
        before = next(found for tag in _BEFORE_STYLE if (found := root.find(name(tag))) is not None)
        before.addnext(grown(element("p:defaultTextStyle")))


def _describe(package: Package, deck: Deck, settings: Settings) -> None:
    """What the file says of itself, which is nothing of the template's."""
    base = pptx.Presentation()
    describe(base.core_properties, deck, settings)
    core = base.part.package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES)
    package.relationships.add(RELATIONSHIP_TYPE.OFFICE_DOCUMENT, PRESENTATION)
    package.relationships.add(RELATIONSHIP_TYPE.CORE_PROPERTIES, str(core.partname))
    package.relationships.add(RELATIONSHIP_TYPE.EXTENDED_PROPERTIES, APPLICATION_PART)
    package.add(Part(str(core.partname), core.content_type, core.blob))
    package.add(Part(APPLICATION_PART, _APPLICATION_TYPE))


def _add_notes_master(package: Package, theme: Theme, language: str) -> str:
    """The name of a notes master drawn from the template's colours and fonts."""
    paper = replace(printed(theme), company=None)
    look = package.add(Part(_free(package, "/ppt/theme/theme"), _THEME_TYPE, theme_part(paper)))
    master = _free(package, "/ppt/notesMasters/notesMaster")
    part = package.add(Part(master, _NOTES_MASTER_TYPE, notes_master(paper, language)))
    part.relationships.add("theme", look.name)
    return part.name


def _free(package: Package, stem: str) -> str:
    return next(made for number in count(1) if (made := f"{stem}{number}.xml") not in package.parts)


def _layouts(template: Template) -> Layouts:
    """The layouts for each role; one of another master, or whose title stands elsewhere, gives way to the content's."""
    content = template.layouts[LayoutRole.CONTENT]

    def like_content(role: LayoutRole) -> Layout:
        layout = template.layouts[role]
        alike = layout.master == content.master and _title_of(layout) == _title_of(content)
        return _layout(layout if alike else content)

    return Layouts(
        cover=_layout(template.layouts[LayoutRole.COVER]),
        section=_layout(template.layouts[LayoutRole.SECTION]),
        content=_layout(content),
        title_only=like_content(LayoutRole.TITLE_ONLY),
        two_content=like_content(LayoutRole.TWO_CONTENT),
        picture=like_content(LayoutRole.PICTURE),
    )


def _title_of(layout: TemplateLayout) -> tuple[int, ...]:
    """Where a layout's title stands, in steps so wide that small differences are none."""
    places = [place.rect for place in layout.places if place.kind in _TITLES]
    return tuple(round(edge / _NEAR) for rect in places for edge in (rect.left, rect.top, rect.right, rect.bottom))


def _layout(layout: TemplateLayout) -> Layout:
    places = tuple(_placeholder(place) for place in layout.places if place.kind in _TAKES)
    if not any(place.kind in _TITLES for place in places):
        # A slide has a title even where its layout has no place for it.
        title = LayoutPlace(kind="title", index=0, rect=Rect.from_edges(0, 0, 0, 0))
        places = (_placeholder(title), *places)
    return Layout(name=layout.name, kind="", placeholders=places, part=layout.part)


def _placeholder(place: LayoutPlace) -> Placeholder:
    return Placeholder(kind=place.kind, index=place.index, name=place.kind, rect=place.rect, takes=_TAKES[place.kind])
