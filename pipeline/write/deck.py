"""Deck → .pptx: the plan drawn as native, editable slides."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from pipeline.diagnostics import Diagnostic
from pipeline.model.plan import Deck, Slide
from pipeline.settings import Settings
from pipeline.theme import Theme
from pipeline.write.powerpoint.base import NOTES_MASTER, PRESENTATION, Start, base_presentation, packaged, printed
from pipeline.write.powerpoint.characters import Characters
from pipeline.write.powerpoint.languages import office_language
from pipeline.write.powerpoint.layouts import make_layouts
from pipeline.write.powerpoint.links import Links
from pipeline.write.powerpoint.markup import element, grown, name, serialise
from pipeline.write.powerpoint.notes_page import NotesWriter
from pipeline.write.powerpoint.package import Part, slide_part
from pipeline.write.powerpoint.pictures import media_of
from pipeline.write.powerpoint.properties import APPLICATION_PART, application_part, describe
from pipeline.write.powerpoint.sections import section_list, slide_list
from pipeline.write.powerpoint.slides import SlideWriter
from pipeline.write.written import Written

_TYPE: Final = "application/vnd.openxmlformats-officedocument.presentationml"


def write_deck(deck: Deck, theme: Theme, settings: Settings) -> Written:
    """The deck as the bytes of a .pptx file. The same deck gives the same bytes."""
    start = _start(deck, theme, settings)
    package = start.package
    slides = _Slides(
        start=start,
        slides=SlideWriter(characters=Characters(theme), media=media_of(package, deck.slides)),
        notes=NotesWriter(characters=Characters(printed(theme)), language=deck.language),
    )
    problems = [problem for slide in deck.slides for problem in slides.add(slide)]
    problems.extend(slides.slides.media.problems)
    notes = sum(bool(slide.notes) for slide in deck.slides)
    package.parts[APPLICATION_PART].data = application_part(deck, notes)
    _list_slides(start, deck)
    return Written(data=package.serialised(), diagnostics=tuple(dict.fromkeys(problems)))


def _start(deck: Deck, theme: Theme, settings: Settings) -> Start:
    """The file that the deck begins with: a company's template, or a presentation drawn from the theme."""
    language = office_language(deck.language)
    if theme.company:
        from pipeline.write.powerpoint.company import company_start

        return company_start(theme, theme.company, deck, settings)
    layouts = make_layouts(theme.grid)
    presentation = base_presentation(theme, layouts, deck.size, language)
    describe(presentation.core_properties, deck, settings)
    package = packaged(presentation, theme, language)
    return Start(package=package, layouts=layouts, root=presentation.element, notes_master=NOTES_MASTER)


class _Slides(Struct, frozen=True, kw_only=True):
    """Adds the parts of slides and their notes to a package."""

    start: Start
    slides: SlideWriter
    notes: NotesWriter

    def add(self, slide: Slide) -> list[Diagnostic]:
        """Add one slide; what cannot be written of it is told."""
        part = self.start.package.add(Part(slide_part(slide.number), f"{_TYPE}.slide+xml"))
        links = Links(relationships=part.relationships)
        layout = self.start.layouts.for_slide(slide)
        part.relationships.add("slideLayout", layout.part)
        problems = self._add_notes(slide, part) if slide.notes else []
        part.data = self.slides.slide(slide, layout, links)
        return [*links.problems, *problems]

    def _add_notes(self, slide: Slide, of: Part) -> list[Diagnostic]:
        part = Part(f"/ppt/notesSlides/notesSlide{slide.number}.xml", f"{_TYPE}.notesSlide+xml")
        links = Links(relationships=part.relationships)
        part.relationships.add("notesMaster", self.start.notes_master)
        part.relationships.add("slide", of.name)
        of.relationships.add("notesSlide", part.name)
        part.data = self.notes.page(slide, links)
        self.start.package.add(part)
        return links.problems


def _list_slides(start: Start, deck: Deck) -> None:
    """Name the notes master, the slides and the sections in the presentation, in the format's order."""
    root, part = start.root, start.package.parts[PRESENTATION]
    notes = element("p:notesMasterId", {"r:id": part.relationships.add("notesMaster", start.notes_master)})
    masters = root.find(name("p:sldMasterIdLst"))
    style = root.find(name("p:defaultTextStyle"))
    if masters is None or style is None:
        message = "the base presentation lacks its lists"
        raise ValueError(message)
    keys = [part.relationships.add("slide", slide_part(slide.number)) for slide in deck.slides]
    for tag in ("p:sldIdLst", "p:notesMasterIdLst"):
        for known in root.findall(name(tag)):
            root.remove(known)
    handouts = root.find(name("p:handoutMasterIdLst"))
    (masters if handouts is None else handouts).addnext(grown(slide_list(keys)))
    masters.addnext(grown(element("p:notesMasterIdLst", None, notes)))
    sections = section_list(deck)
    if sections is not None:
        style.addnext(grown(sections))
    part.data = serialise(root)
