"""What stands within a line, where links lead, and pictures: types only."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from pipeline.diagnostics import Span

# ---------------------------------------------------------------- targets and pictures


@dataclass(frozen=True, slots=True, kw_only=True)
class WebTarget:
    """An address outside: `https:`, `http:`, `mailto:` and their kin, as the author wrote it."""

    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionTarget:
    """A section (or other marked place) of this page, by its id."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTarget:
    """Another page under the root; `path` is relative to the root, `fragment` may be empty."""

    path: str
    fragment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTarget:
    """A file under the root that is no page; `path` is relative to the root."""

    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenTarget:
    """An internal address that leads nowhere, as written. The reader has warned of it."""

    address: str


Target: TypeAlias = WebTarget | SectionTarget | PageTarget | FileTarget | BrokenTarget


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that was read: its bytes, its kind and its natural size in CSS pixels (96 to the inch)."""

    media_type: str
    data: bytes
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Plain text. A soft line break of the source is one space here, or nothing between CJK characters.

    `lines` tells where within the text each further source line begins: its offset and its number.
    """

    text: str
    span: Span
    lines: tuple[tuple[int, int], ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Styled:
    """Text that is emphasised, deleted, marked and so on."""

    style: Style
    children: Inlines
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeSpan:
    """Code within a line."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class FormulaSpan:
    """A formula within a line, as LaTeX without its delimiters."""

    source: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Text that leads somewhere."""

    children: Inlines
    target: Target
    title: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineImage:
    """An image that stands within a line, with the legend and origin that a component may give it."""

    image: Image
    legend: Inlines
    origin: Target | None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class FootnoteReference:
    """A mark that leads to the footnote of that label."""

    label: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class LineBreak:
    """A hard line break."""

    span: Span


Inline: TypeAlias = Text | Styled | CodeSpan | FormulaSpan | Link | InlineImage | FootnoteReference | LineBreak
Inlines: TypeAlias = tuple[Inline, ...]
