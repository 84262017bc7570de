"""What a finished file carries: the types that its reader hands to the checks."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from pipeline.verify.deck_boxes import Box

# Stands for a hyphen at the end of a line, which may be the page's own or the line breaker's.
LINE_END_HYPHEN = "\x02"


class Where(Enum):
    """The part of a file that something stands in."""

    SLIDE = "slide"
    NOTES = "notes"
    ALT = "alt"
    PAGE = "page"


class Spot(Struct, frozen=True, kw_only=True):
    """A place in a file: a slide, a slide's notes, the alternative texts of a slide, or a page."""

    where: Where
    number: int

    def __str__(self) -> str:
        match self.where:
            case Where.SLIDE | Where.PAGE:
                return f"{self.where.value} {self.number}"
            case Where.NOTES:
                return f"notes of slide {self.number}"
            case Where.ALT:
                return f"alternative texts of slide {self.number}"


class UnreadableError(Exception):
    """A file that is not what its name says, or would not be read by the program that it is for."""


class Passage(Struct, frozen=True, kw_only=True):
    """A paragraph as it stands on a slide, in a slide's notes or on a page, whose number is `number`.

    A `pointer` is nothing but a link to another place of the file, as in a table of contents. `order` counts what
    stands before it in the file, pictures among it. `addresses` are links that are printed as what they open.
    """

    where: Where
    number: int
    text: str
    heading: bool = False
    pointer: bool = False
    order: int = 0
    addresses: tuple[CarriedLink, ...] = ()


class CarriedLink(Struct, frozen=True, kw_only=True):
    """Text that can be clicked. It opens `url`, or jumps to the slide or page `jump`."""

    where: Where
    number: int
    text: str
    url: str = ""
    jump: int | None = None


class CarriedPicture(Struct, frozen=True, kw_only=True):
    """A picture or another thing that is seen; `digests` are those of its stored bytes.

    `order` counts what stands before it in the file. One that is not `drawn` has only its alternative text left.
    """

    where: Where
    number: int
    description: str
    digests: frozenset[str] = frozenset()
    decorative: bool = False
    is_picture: bool = True
    order: int = 0
    drawn: bool = True


class DeckContents(Struct, frozen=True, kw_only=True):
    """What a deck carries, in the order of its slides; `size` is a slide's width and height in points."""

    slides: int
    titles: tuple[Passage, ...]
    bodies: tuple[Passage, ...]
    notes: tuple[Passage, ...]
    links: tuple[CarriedLink, ...]
    pictures: tuple[CarriedPicture, ...]
    sections: tuple[str, ...]
    boxes: tuple[Box, ...] = ()
    size: tuple[float, float] = (0.0, 0.0)


class Bookmark(Struct, frozen=True, kw_only=True):
    """An entry of a PDF's outline; `page` is None where it leads nowhere."""

    title: str
    page: int | None


class ContentsLine(Struct, frozen=True, kw_only=True):
    """A line of a table of contents on page `number`: a title, the page that it prints, and the page that it opens."""

    number: int
    title: str
    printed: int
    jump: int


class PdfContents(Struct, frozen=True, kw_only=True):
    """What a PDF carries, in reading order. `cut` are the texts that go beyond a page's sides, with its number."""

    pages: int
    tagged: bool
    language: str
    title: str
    passages: tuple[Passage, ...]
    links: tuple[CarriedLink, ...]
    pictures: tuple[CarriedPicture, ...]
    bookmarks: tuple[Bookmark, ...]
    contents: tuple[ContentsLine, ...]
    bare_fonts: tuple[str, ...]
    cut: tuple[tuple[int, str], ...] = ()
