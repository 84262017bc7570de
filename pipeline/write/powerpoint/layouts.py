"""The layouts of the base file as values: which placeholders each has, and where they stand on the grid."""

from __future__ import annotations

from typing import Final, assert_never

from msgspec import Struct

from pipeline.model.fitted import Anchor, Element, PictureBox, Role, ShapeBox, TableBox, TextBox
from pipeline.model.plan import Slide, SlideKind
from pipeline.theme import DeckGrid
from pipeline.units import EMU_PER_INCH, Emu, Rect

# The text column beside a figure.
_TEXT_COLUMN: Final = Emu.from_inches(5.75)
_COVER_MIDDLE: Final = 31 * EMU_PER_INCH // 8
_FOOTER_INDEX: Final = 11
_NUMBER_INDEX: Final = 12


class Placeholder(Struct, frozen=True, kw_only=True):
    """One place of a layout. `kind` is the format's word; an empty one takes any content. Index 0 is the title's."""

    kind: str
    index: int
    name: str
    rect: Rect
    takes: frozenset[Role]
    anchor: Anchor = Anchor.TOP
    quarter: bool = False


class Layout(Struct, frozen=True, kw_only=True):
    """One layout, under the name and the kind that PowerPoint knows it by."""

    name: str
    kind: str
    placeholders: tuple[Placeholder, ...]
    part: str = ""


class Layouts(Struct, frozen=True, kw_only=True):
    """The layouts of a base file."""

    cover: Layout
    content: Layout
    section: Layout
    two_content: Layout
    title_only: Layout
    picture: Layout

    def all(self) -> tuple[Layout, ...]:
        """Every layout, in the order of PowerPoint's menu."""
        return (self.cover, self.content, self.section, self.two_content, self.title_only, self.picture)

    def for_slide(self, slide: Slide) -> Layout:
        """The layout whose placeholders suit what stands on a slide."""
        if slide.kind is SlideKind.COVER:
            return self.cover
        if slide.kind is SlideKind.SECTION:
            return self.section
        roles = [role_of(item) for item in slide.elements]
        bodies, pictures = roles.count(Role.BODY), roles.count(Role.PICTURE)
        match bodies, pictures:
            case (0, 0):
                return self.title_only
            case (1, 0) | (0, 1):
                return self.content
            case (1, 1):
                return self.picture
            case _:
                return self.two_content


def role_of(item: Element) -> Role:
    """Which placeholder an element looks for. A picture that says something is content, one that does not is none."""
    match item:
        case TextBox():
            return item.role
        case PictureBox():
            return Role.PICTURE if item.description else Role.NONE
        case ShapeBox() | TableBox():
            return Role.NONE
        case _:
            assert_never(item)


def make_layouts(grid: DeckGrid) -> Layouts:
    """The layouts on a theme's grid."""
    right = grid.width - grid.right
    text_end = grid.left + grid.across(_TEXT_COLUMN)
    whole = Rect.from_edges(grid.left, grid.body_top, right, grid.body_bottom)
    text = Rect.from_edges(grid.left, grid.body_top, text_end, grid.body_bottom)
    figure = Rect.from_edges(text_end + grid.gap, grid.body_top, right, grid.body_bottom)
    title = title_placeholder(grid)
    footer = footer_placeholders(grid)
    return Layouts(
        cover=Layout(part=_part(1), name="Title Slide", kind="title", placeholders=(*_cover(grid), *footer)),
        content=Layout(
            part=_part(2),
            name="Title and Content",
            kind="obj",
            placeholders=(title, _content(1, whole, Role.BODY, Role.PICTURE), *footer),
        ),
        section=Layout(
            part=_part(3),
            name="Section Header",
            kind="secHead",
            placeholders=(title, _text(1, whole, Role.BODY, Role.SUBTITLE), *footer),
        ),
        two_content=Layout(
            part=_part(4),
            name="Two Content",
            kind="twoObj",
            placeholders=(
                title,
                _content(1, text, Role.BODY, Role.PICTURE),
                _content(2, figure, Role.BODY, Role.PICTURE),
                *footer,
            ),
        ),
        title_only=Layout(part=_part(5), name="Title Only", kind="titleOnly", placeholders=(title, *footer)),
        picture=Layout(
            part=_part(6),
            name="Picture with Caption",
            kind="picTx",
            placeholders=(title, _picture(1, figure), _text(2, text, Role.BODY), *footer),
        ),
    )


def _part(number: int) -> str:
    return f"/ppt/slideLayouts/slideLayout{number}.xml"


def title_placeholder(grid: DeckGrid) -> Placeholder:
    """The title's place on the master and on all layouts but the cover."""
    return Placeholder(
        kind="title",
        index=0,
        name="Title",
        rect=Rect.from_edges(grid.left, grid.title_top, grid.width - grid.right, grid.title_bottom),
        takes=frozenset({Role.TITLE}),
        anchor=Anchor.MIDDLE,
    )


def body_placeholder(grid: DeckGrid) -> Placeholder:
    """The body's place on the master."""
    rect = Rect.from_edges(grid.left, grid.body_top, grid.width - grid.right, grid.body_bottom)
    return _text(1, rect, Role.BODY)


def footer_placeholders(grid: DeckGrid) -> tuple[Placeholder, Placeholder]:
    """Footer and slide number."""
    right = grid.width - grid.right
    middle = right - 2 * EMU_PER_INCH
    return (
        Placeholder(
            kind="ftr",
            index=_FOOTER_INDEX,
            name="Footer",
            rect=Rect.from_edges(grid.left, grid.footer_top, middle, grid.footer_bottom),
            takes=frozenset({Role.FOOTER}),
            anchor=Anchor.MIDDLE,
            quarter=True,
        ),
        Placeholder(
            kind="sldNum",
            index=_NUMBER_INDEX,
            name="Slide Number",
            rect=Rect.from_edges(middle, grid.footer_top, right, grid.footer_bottom),
            takes=frozenset({Role.NUMBER}),
            anchor=Anchor.MIDDLE,
            quarter=True,
        ),
    )


def _cover(grid: DeckGrid) -> tuple[Placeholder, Placeholder]:
    end = grid.left + grid.across(_TEXT_COLUMN)
    title = Rect.from_edges(grid.left, grid.title_top, end, _COVER_MIDDLE)
    below = Rect.from_edges(grid.left, _COVER_MIDDLE, end, grid.body_bottom)
    return (
        Placeholder(
            kind="ctrTitle",
            index=0,
            name="Title",
            rect=title,
            takes=frozenset({Role.TITLE}),
            anchor=Anchor.BOTTOM,
        ),
        Placeholder(kind="subTitle", index=1, name="Subtitle", rect=below, takes=frozenset({Role.SUBTITLE})),
    )


def _content(index: int, rect: Rect, *takes: Role) -> Placeholder:
    return Placeholder(kind="", index=index, name="Content", rect=rect, takes=frozenset(takes))


def _text(index: int, rect: Rect, *takes: Role) -> Placeholder:
    return Placeholder(kind="body", index=index, name="Text", rect=rect, takes=frozenset(takes))


def _picture(index: int, rect: Rect) -> Placeholder:
    return Placeholder(kind="pic", index=index, name="Picture", rect=rect, takes=frozenset({Role.PICTURE}))
