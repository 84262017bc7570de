"""A deck read back: slides, notes, tables, links and pictures, with none of the code that wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypedDict
from xml.etree.ElementTree import Element

from msgspec import Struct
from msgspec.structs import replace

from pipeline.verify.carried import CarriedLink, CarriedPicture, DeckContents, Passage, Where
from pipeline.verify.deck_boxes import Area, Box, box_of, frame_of, points_of
from pipeline.verify.package import Package, Relation
from pipeline.verify.runs import TextRun, links_of, passage_of

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_PICTURES = frozenset({f"{_A}blip", "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"})
_TEXTS = frozenset({f"{_A}r", f"{_A}br", f"{_A}fld", f"{_M}t"})
_MAIN = "ppt/presentation.xml"
_TITLES = frozenset({"title", "ctrTitle"})
_FURNITURE = frozenset({"ftr", "sldNum", "dt", "hdr", "sldImg"})
_SHAPES = frozenset({f"{_P}sp", f"{_P}pic", f"{_P}graphicFrame", f"{_P}cxnSp"})


class _Target(TypedDict, total=False):
    """Where a run leads."""

    url: str
    jump: int


class _Part(Struct, frozen=True, kw_only=True):
    """A slide or its notes: what is needed to read a shape of it."""

    where: Where
    number: int
    relations: Mapping[str, Relation]
    fonts: Mapping[str, str]


def read_deck(data: bytes) -> DeckContents:
    """What a deck carries. Raises `UnreadableError`."""
    reader = _Reader(Package(data))
    reader.read()
    return DeckContents(
        slides=len(reader.slides),
        titles=tuple(reader.titles),
        bodies=tuple(reader.bodies),
        notes=tuple(reader.notes),
        links=tuple(reader.links),
        pictures=tuple(reader.pictures),
        sections=tuple(section.get("name", "") for section in reader.main.iter(f"{_P14}section")),
        boxes=tuple(reader.boxes),
        size=reader.size,
    )


class _Reader:
    """A deck being read and what was found so far."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.main = package.xml(_MAIN)
        relations = package.relations(_MAIN)
        ids = [item.get(f"{_R}id", "") for item in self.main.iter(f"{_P}sldId")]
        self.slides = {relations[key].target: number for number, key in enumerate(ids, 1) if key in relations}
        size = self.main.find(f"{_P}sldSz")
        self.size = (0.0, 0.0) if size is None else (points_of(size, "cx"), points_of(size, "cy"))
        self.titles: list[Passage] = []
        self.bodies: list[Passage] = []
        self.notes: list[Passage] = []
        self.links: list[CarriedLink] = []
        self.pictures: list[CarriedPicture] = []
        self.boxes: list[Box] = []
        self._fonts: dict[str, Mapping[str, str]] = {}
        self._relations: dict[str, tuple[Relation, ...]] = {}
        self._order = 0

    def read(self) -> None:
        """Reads every slide that is shown, and its notes."""
        for name, number in self.slides.items():
            part = self._part(name, Where.SLIDE, number)
            root = self._package.xml(name)
            if root.get("show") in {"0", "false"}:
                continue
            self._shapes(part, root)
            for relation in part.relations.values():
                if relation.kind == "notesSlide":
                    notes = self._part(relation.target, Where.NOTES, number)
                    self._shapes(notes, self._package.xml(relation.target))

    def _part(self, name: str, where: Where, number: int) -> _Part:
        relations = self._package.relations(name)
        self._relations[name] = tuple(relations.values())
        fonts = self._theme_fonts(name) if where is Where.SLIDE else {}
        return _Part(where=where, number=number, relations=relations, fonts=fonts)

    def _theme_fonts(self, name: str) -> Mapping[str, str]:
        """The fonts that a slide's text takes by reference: those of its master's theme."""
        for kind in ("slideLayout", "slideMaster", "theme"):
            related = (relation.target for relation in self._related(name) if relation.kind == kind)
            name = next(related, "")
        if name not in self._fonts:
            self._fonts[name] = self._read_fonts(name) if name else {}
        return self._fonts[name]

    def _related(self, name: str) -> tuple[Relation, ...]:
        if name not in self._relations:
            self._relations[name] = tuple(self._package.relations(name).values())
        return self._relations[name]

    def _read_fonts(self, name: str) -> Mapping[str, str]:
        theme = self._package.xml(name)
        named = {"+mj-lt": f"{_A}majorFont", "+mn-lt": f"{_A}minorFont"}
        found = {key: next(theme.iter(tag), None) for key, tag in named.items()}
        latin = {key: font.find(f"{_A}latin") for key, font in found.items() if font is not None}
        return {key: font.get("typeface", "") for key, font in latin.items() if font is not None}

    def _shapes(self, part: _Part, root: Element) -> None:
        for shape, alone in _shapes(root):
            placeholder = next(shape.iter(f"{_P}ph"), None)
            role = "" if placeholder is None else placeholder.get("type", "body")
            about = next(shape.iter(f"{_P}cNvPr"), None)
            frame = frame_of(shape) if alone and part.where is Where.SLIDE else None
            if frame is not None and not frame.turned:
                self.boxes.append(box_of(part.number, shape, frame.area, part.fonts))
            outside = frame is not None and self._outside(frame.area)
            if role in _FURNITURE or about is None or about.get("hidden") in {"1", "true"} or outside:
                continue
            self._look(part, shape, about)
            self._text(part, shape, about, role)

    def _outside(self, area: Area) -> bool:
        """Whether a shape stands wholly outside its slide, where nobody sees it. Shapes in groups are taken as seen."""
        return area.left >= self.size[0] or area.top >= self.size[1] or area.right < 0 or area.bottom < 0

    def _look(self, part: _Part, shape: Element, about: Element) -> None:
        """Takes a shape's alternative text and its picture."""
        description = about.get("descr", "")
        is_picture = shape.tag == f"{_P}pic"
        if is_picture or description:
            picture = CarriedPicture(
                where=part.where,
                number=part.number,
                description=description,
                digests=frozenset(self._digests(part, shape)),
                decorative=any(item.get("val") in {"1", "true"} for item in about.iter(_DECORATIVE)),
                is_picture=is_picture,
                order=self._counted(),
            )
            self.pictures.append(picture)

    def _counted(self) -> int:
        """How much stands before what is read now."""
        self._order += 1
        return self._order

    def _digests(self, part: _Part, shape: Element) -> Iterator[str]:
        for blip in (element for element in shape.iter() if element.tag in _PICTURES):
            relation = part.relations.get(blip.get(f"{_R}embed", ""))
            if relation is not None and not relation.external:
                yield self._package.digest(relation.target)

    def _text(self, part: _Part, shape: Element, about: Element, role: str) -> None:
        """Takes what a shape says and where it leads; a shape that can be clicked leads there with all its text."""
        heading = role in _TITLES
        into = self.notes if part.where is Where.NOTES else self.titles if heading else self.bodies
        click = self._target(part, about.find(f"{_A}hlinkClick"))
        said, instead = "", _instead(shape)
        for paragraph in _paragraphs(shape):
            runs = tuple(self._runs(part, paragraph, instead))
            passage = passage_of(runs, part.where, part.number, heading=heading)
            if passage is not None:
                said += passage.text
                into.append(replace(passage, pointer=passage.pointer or "jump" in click, order=self._counted()))
                self.links.extend(links_of(runs, part.where, part.number))
        if click:
            run = TextRun(text=said or about.get("descr", ""), **click)
            self.links.extend(links_of((run,), part.where, part.number))

    def _runs(self, part: _Part, paragraph: Element, instead: frozenset[Element]) -> Iterator[TextRun]:
        for element in paragraph.iter():
            if element.tag not in _TEXTS or element in instead:
                continue
            if element.tag == f"{_A}br":
                yield TextRun(text="\n", follows=True)
            elif element.tag == f"{_M}t":
                yield TextRun(text=element.text or "")
            else:
                style = element.find(f"{_A}rPr")
                link = None if style is None else style.find(f"{_A}hlinkClick")
                # A raised number is no part of the word before it.
                raised = style is not None and style.get("baseline", "0") != "0"
                text = element.findtext(f"{_A}t") or ""
                yield TextRun(text=f" {text}" if raised else text, **self._target(part, link))

    def _target(self, part: _Part, link: Element | None) -> _Target:
        """Where a click leads: an address, another slide, or nowhere."""
        relation = None if link is None else part.relations.get(link.get(f"{_R}id", ""))
        if relation is None:
            return {}
        if relation.external:
            return {"url": relation.target}
        jump = self.slides.get(relation.target)
        return {} if jump is None else {"jump": jump}


def _paragraphs(shape: Element) -> Iterator[Element]:
    """A shape's paragraphs in the order of reading: where a table's column of heads is the last, rows begin there."""
    properties = next(shape.iter(f"{_A}tblPr"), None)
    if (
        properties is None
        or properties.get("lastCol") not in {"1", "true"}
        or properties.get("firstCol") in {"1", "true"}
    ):
        yield from shape.iter(f"{_A}p")
        return
    for row in shape.iter(f"{_A}tr"):
        for cell in reversed(row.findall(f"{_A}tc")):
            yield from cell.iter(f"{_A}p")


def _instead(element: Element) -> frozenset[Element]:
    """What an element has for programs that do not know the rest of it."""
    return frozenset(inner for fallback in element.iter(f"{_MC}Fallback") for inner in fallback.iter())


def _shapes(root: Element) -> Iterator[tuple[Element, bool]]:
    """Every shape in reading order, and whether it stands alone; those of groups in their place.

    Of alternatives the first.
    """
    stack = [(child, True) for tree in root.iter(f"{_P}spTree") for child in reversed(tree)]
    while stack:
        element, alone = stack.pop()
        if element.tag in _SHAPES:
            yield element, alone
        elif element.tag in {f"{_P}grpSp", f"{_MC}Choice"}:
            stack.extend((child, False) for child in reversed(element))
        elif element.tag == f"{_MC}AlternateContent":
            stack.extend((child, False) for child in element[:1])
