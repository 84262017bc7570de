"""The notes page of a slide: the slide's picture, what is said, how long that takes, and the page's number."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from pipeline.model.fitted import Anchor, FittedParagraph, Line, Run
from pipeline.model.plan import Slide
from pipeline.theme import Colour
from pipeline.units import Emu, Pt
from pipeline.write.powerpoint.characters import Characters
from pipeline.write.powerpoint.frames import body_properties, identity, shape_tree
from pipeline.write.powerpoint.languages import office_language
from pipeline.write.powerpoint.links import Links
from pipeline.write.powerpoint.markup import Markup, element, whole_part
from pipeline.write.powerpoint.masters import NUMBER_FIELD, slide_image
from pipeline.write.powerpoint.notes_text import NotesText
from pipeline.write.powerpoint.slides import master_colours
from pipeline.write.powerpoint.styles import NOTES_LEADING, NOTES_SIZE
from pipeline.write.powerpoint.text import TextWriter

_TIME: Final = {"zh": "用时:约 {}", "ja": "時間:約 {}", "en": "Time: about {}"}
_MINUTE: Final = 60


class NotesWriter(Struct, frozen=True, kw_only=True):
    """Writes the notes pages of one deck, each with the links of its own part."""

    characters: Characters
    language: str

    def page(self, slide: Slide, links: Links) -> bytes:
        """The bytes of a slide's notes page."""
        said = NotesText(language=self.language).paragraphs(slide.notes)
        timed = (*said, self._time(slide.seconds)) if slide.seconds else said
        writer = TextWriter(characters=self.characters, links=links, family="")
        image = slide_image(element("p:nvPr", None, element("p:ph", {"type": "sldImg"})))
        body = _placeholder(3, "Notes", {"type": "body", "idx": 1}, Anchor.TOP, writer.paragraphs(timed))
        tree = shape_tree([image, body, self._number(slide.number)])
        return whole_part("p:notes", None, element("p:cSld", None, tree), master_colours())

    def _time(self, seconds: int) -> FittedParagraph:
        """The last line: how long the notes take to say."""
        words = _TIME.get(self.language.partition("-")[0].lower(), _TIME["en"])
        text = words.format(f"{seconds // _MINUTE}:{seconds % _MINUTE:02}")
        run = Run(text=text, colour=Colour.MUTED, language=self.language)
        line = Line(runs=(run,), width=Emu(0))
        return FittedParagraph(lines=(line,), size=NOTES_SIZE, leading=NOTES_LEADING, before=Pt(1200))

    def _number(self, number: int) -> Markup:
        spoken = element("a:rPr", {"lang": office_language(self.language)})
        field = element("a:fld", {"id": NUMBER_FIELD, "type": "slidenum"}, spoken, element("a:t", text=str(number)))
        attributes = {"type": "sldNum", "sz": "quarter", "idx": 5}
        line = element("a:p", None, element("a:pPr", {"algn": "r"}), field)
        return _placeholder(4, "Slide Number", attributes, Anchor.BOTTOM, [line])


def _placeholder(number: int, name: str, kind: dict[str, object], anchor: Anchor, paragraphs: list[Markup]) -> Markup:
    names = element(
        "p:nvSpPr",
        None,
        identity(number, name),
        element("p:cNvSpPr", None, element("a:spLocks", {"noGrp": 1})),
        element("p:nvPr", None, element("p:ph", kind)),
    )
    text = element("p:txBody", None, body_properties(anchor, Emu(0)), element("a:lstStyle"), *paragraphs)
    return element("p:sp", None, names, element("p:spPr"), text)
