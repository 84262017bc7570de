"""What stands within a line, where links lead, and pictures: types only."""

from __future__ import annotations

from enum import Enum
from typing import TypeAlias

from msgspec import Struct

from pipeline.diagnostics import Span

# ---------------------------------------------------------------- targets and pictures


class WebTarget(Struct, frozen=True, kw_only=True):
    """An address outside: `https:`, `http:`, `mailto:` and their kin, as the author wrote it."""

    url: str


class SectionTarget(Struct, frozen=True, kw_only=True):
    """A section of this page, or a heading in one, by its id; empty for the page's own top."""

    id: str


class PageTarget(Struct, frozen=True, kw_only=True):
    """Another page under the root; `fragment` may be empty.

    `path` and `source`, the page that the link stands on, are relative to the root: their results lie to each other as
    they do. `place` is the id of the heading that the fragment leads to, empty for the page's title or where there is
    none such.
    """

    path: str
    fragment: str
    source: str
    place: str = ""


class FileTarget(Struct, frozen=True, kw_only=True):
    """A file under the root that is no page; `path` is relative to the root.

    `way` leads there from the page's results, empty where they do not keep company.
    """

    path: str
    way: str


class BrokenTarget(Struct, frozen=True, kw_only=True):
    """An internal address that leads nowhere, as written. The reader has warned of it."""

    address: str


Target: TypeAlias = WebTarget | SectionTarget | PageTarget | FileTarget | BrokenTarget


class Picture(Struct, frozen=True, kw_only=True):
    """A picture that was read: its bytes, its kind and its natural size in CSS pixels (96 to the inch)."""

    media_type: str
    data: bytes
    width: float
    height: float


class Image(Struct, frozen=True, kw_only=True):
    """An image of the source. `picture` is None where it could not be had: the reader has warned of it."""

    source: str
    alt: str
    title: str
    picture: Picture | None
    span: Span


# ---------------------------------------------------------------- inlines


class Style(Enum):
    """What a styled stretch of text means."""

    EMPHASIS = "emphasis"
    STRONG = "strong"
    DELETED = "deleted"
    INSERTED = "inserted"
    MARKED = "marked"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"
    KEYBOARD = "keyboard"


class Text(Struct, frozen=True, kw_only=True, eq=False):
    """Plain text. A soft line break of the source is one space here, or nothing between CJK characters.

    `lines` tells where within the text each further source line begins: its offset and its number. It is no part of
    what makes texts equal.
    """

    text: str
    span: Span
    lines: tuple[tuple[int, int], ...] = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and (self.text, self.span) == (other.text, other.span)

    def __hash__(self) -> int:
        return hash((self.text, self.span))


class Styled(Struct, frozen=True, kw_only=True):
    """Text that is emphasised, deleted, marked and so on."""

    style: Style
    children: Inlines
    span: Span


class CodeSpan(Struct, frozen=True, kw_only=True):
    """Code within a line."""

    text: str
    span: Span


class DrawnFormula(Struct, frozen=True, kw_only=True):
    """A formula as outlines: an SVG drawing whose ink is `currentColor`, its size in ems, its `depth` what of its
    height stands below the baseline.
    """

    outlines: str
    width: float
    height: float
    depth: float


class FormulaSpan(Struct, frozen=True, kw_only=True):
    """A formula within a line, as LaTeX without its delimiters. `drawn` is None where it is shown as its source."""

    source: str
    span: Span
    drawn: DrawnFormula | None = None


class Link(Struct, frozen=True, kw_only=True):
    """Text that leads somewhere."""

    children: Inlines
    target: Target
    title: str
    span: Span


class InlineImage(Struct, frozen=True, kw_only=True):
    """An image that stands within a line, with the legend and origin that a component may give it."""

    image: Image
    legend: Inlines
    origin: Target | None
    span: Span


class FootnoteReference(Struct, frozen=True, kw_only=True):
    """A mark that leads to the footnote of that label."""

    label: str
    span: Span


class LineBreak(Struct, frozen=True, kw_only=True):
    """A hard line break."""

    span: Span


Inline: TypeAlias = Text | Styled | CodeSpan | FormulaSpan | Link | InlineImage | FootnoteReference | LineBreak
Inlines: TypeAlias = tuple[Inline, ...]
