"""Links between slides: provisional while slides are laid out, resolved when they are numbered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar, assert_never

from msgspec.structs import replace

from pipeline.model.document import Blocks, Document, Heading, Section
from pipeline.model.fitted import (
    Element,
    FittedParagraph,
    Jump,
    Line,
    PictureBox,
    Run,
    ShapeBox,
    SlideTarget,
    TableBox,
    TextBox,
)
from pipeline.model.inlines import BrokenTarget, FileTarget, PageTarget, SectionTarget, Target, WebTarget
from pipeline.model.text import walk_blocks

_TOP = ""  # the id of the page itself
_Linked = TypeVar("_Linked", Run, PictureBox)


class Anchors:
    """The places of a page that links lead to.

    A link to a place is a `SlideTarget` with a negative number until `resolved` puts the slide's number in its stead:
    slides can be laid out before they are numbered, and runs need no second kind of link.
    """

    def __init__(self, document: Document) -> None:
        sections = tuple(_sections(document.sections))
        owners = {_TOP: _TOP} | {section.id: section.id for section in sections}
        owners |= {id_: _TOP for id_ in inner_ids(document.blocks) if id_ not in owners}
        for section in sections:
            owners |= {id_: section.id for id_ in inner_ids(section.blocks) if id_ not in owners}
        self._numbers = {id_: -number for number, id_ in enumerate(owners, start=1)}
        self._owners = owners

    def jump(self, target: Target) -> Jump | None:
        """Where a link leads from a slide; None for one that leads nowhere."""
        match target:
            case WebTarget() | PageTarget():
                return target
            case FileTarget():
                return target if target.way else None
            case SectionTarget():
                number = self._numbers.get(target.id)
                return None if number is None else SlideTarget(number=number)
            case BrokenTarget():
                return None
            case _:
                assert_never(target)

    def numbered(self, slides: Mapping[str, int]) -> Mapping[int, int]:
        """The slide of each provisional number.

        `slides` holds each section's first, and that of each heading inside one that is not split.
        """
        slides = {**slides, _TOP: 1}
        places = ((number, slides.get(id_) or slides.get(self._owners[id_])) for id_, number in self._numbers.items())
        return {number: slide for number, slide in places if slide}

    def resolved(self, elements: tuple[Element, ...], numbers: Mapping[int, int]) -> tuple[Element, ...]:
        """The elements with every link between slides at its slide, by what `numbered` gives."""

        def resolve(linked: _Linked) -> _Linked:
            link = linked.link
            if not isinstance(link, SlideTarget) or link.number > 0:
                return linked
            number = numbers.get(link.number)
            return replace(linked, link=None if number is None else SlideTarget(number=number))

        return tuple(_mapped(element, resolve, resolve) for element in elements)


def _sections(sections: tuple[Section, ...]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _sections(section.sections)


def inner_ids(blocks: Blocks) -> Iterator[str]:
    """The ids of the headings in blocks."""
    return (block.id for block in walk_blocks(blocks) if isinstance(block, Heading) and block.id)


def runs_of_element(element: Element) -> Iterator[Run]:
    """Every run of an element, in reading order."""
    return (run for paragraph in paragraphs_of(element) for line in paragraph.lines for run in line.runs)


def paragraphs_of(element: Element) -> tuple[FittedParagraph, ...]:
    """Every paragraph of an element, in reading order."""
    match element:
        case TextBox():
            return element.paragraphs
        case TableBox():
            return tuple(p for row in element.rows for cell in row.cells for p in cell.paragraphs)
        case ShapeBox() | PictureBox():
            return ()
        case _:
            assert_never(element)


def _mapped(element: Element, run: Callable[[Run], Run], picture: Callable[[PictureBox], PictureBox]) -> Element:
    match element:
        case PictureBox():
            return picture(element)
        case ShapeBox():
            return element
        case TextBox():
            return replace(element, paragraphs=_mapped_paragraphs(element.paragraphs, run))
        case TableBox():
            rows = tuple(
                replace(
                    row,
                    cells=tuple(
                        replace(cell, paragraphs=_mapped_paragraphs(cell.paragraphs, run)) for cell in row.cells
                    ),
                )
                for row in element.rows
            )
            return replace(element, rows=rows)
        case _:
            assert_never(element)


def _mapped_paragraphs(
    paragraphs: tuple[FittedParagraph, ...], change: Callable[[Run], Run]
) -> tuple[FittedParagraph, ...]:
    return tuple(
        replace(paragraph, lines=tuple(_mapped_line(line, change) for line in paragraph.lines))
        if any(isinstance(run.link, SlideTarget) for line in paragraph.lines for run in line.runs)
        else paragraph
        for paragraph in paragraphs
    )


def _mapped_line(line: Line, change: Callable[[Run], Run]) -> Line:
    return replace(line, runs=tuple(map(change, line.runs)))
