"""Figures: images that stand alone, with the legend that the author gave them in one way or another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pipeline.diagnostics import Span
from pipeline.model.document import Block, Blocks, Figure, Paragraph, Table
from pipeline.model.inlines import (
    Image,
    Inline,
    InlineImage,
    Inlines,
    LineBreak,
    Link,
    Style,
    Styled,
    Target,
    Text,
)
from pipeline.model.text import plain_text
from pipeline.read.characters import is_blank
from pipeline.read.flatten import join_lines
from pipeline.read.tags import parse_tag
from pipeline.read.templates import parse_template

_LENGTH = re.compile(r"(\d{1,5}(?:\.\d+)?)(?:px)?\Z")
_WIDTH_ATTRIBUTE = re.compile(
    r"\{[^{}]*\bwidth\s*=\s*[\"']?(?P<given>\d{1,5})(?:px)?[\"'\s}]|\|(?P<embedded>\d{1,5})(?:x\d{1,5})?\]\]"
)
_FILE_NAME = re.compile(r"[\w.@/\\-]+\.[A-Za-z]{3,4}\Z")
# What is longer than a few lines below a figure is a paragraph of its own.
_LONGEST: Final = 240
# One that begins with the figure's number is its caption even so.
_LONGEST_NUMBERED: Final = 480
# A longer alternative text describes a picture to those who do not see it.
_LONGEST_ALT: Final = 80
_MARKED = re.compile(r"<span[ \t]+class=[\"']?caption[\"']?[ \t]*>(?:(?!</?span\b).)*</span>\s*\Z", re.DOTALL)
# "Figure 3: …", or "图 3 …" where no sentence follows.
_NUMBERED = re.compile(
    r"\s*(?:fig(?:ure|ura)?\.?|abb(?:ildung)?\.?|рис(?:унок)?\.?|图|圖|図|그림)\s*\d+(?:[.-]\d+)*"
    r"(?:\s*(?:[:：]|\.(?!\d)|[-–—](?!\d))|(?![\d.-])[^.。,，、:：;；!！?？]*\Z)",
    re.IGNORECASE,
)
# Words that tell that there is a picture, not what is on it.
_SAYS_NOTHING: Final = (
    frozenset(["alt", "alt text", "image", "image description", "img", "photo", "pic", "picture", "screenshot"])
    | frozenset(["diagram", "figure", "gif", "icon", "illustration", "logo"])
    | frozenset(["bild", "imagem", "imagen", "图", "图片", "圖片", "画像", "이미지"])
)


class _Standing(Struct, frozen=True, kw_only=True):
    """An image that stands alone, with where its link leads and the caption below it."""

    image: InlineImage
    target: Target | None
    span: Span
    caption: Inlines = ()


def figures_of(inlines: Inlines, source: str) -> tuple[Figure, ...]:
    """The figures that a paragraph is, if it holds images and nothing else; `source` is its Markdown.

    Emphasised text on the line below an image is its caption.
    """
    standing: list[_Standing] = []
    is_below = False
    for inline in inlines:
        image = _standing(inline)
        if image:
            standing.append(image)
        elif standing and isinstance(inline, Styled) and (is_below or inline.span.first > standing[-1].span.last):
            if inline.style is not Style.EMPHASIS or standing[-1].caption:
                return ()
            standing[-1] = replace(standing[-1], caption=inline.children)
        elif not _is_gap(inline):
            return ()
        is_below = isinstance(inline, LineBreak) or (is_below and _is_gap(inline))
    if len(standing) > 1 and any(image.target and not image.caption for image in standing):
        return ()
    widths = _widths(source, len(standing))
    return tuple(_figure(image, width) for image, width in zip(standing, widths, strict=True))


def _standing(inline: Inline) -> _Standing | None:
    """An image, by itself or as all that a link holds."""
    if isinstance(inline, InlineImage):
        return _Standing(image=inline, target=None, span=inline.span)
    inner = [child for child in inline.children if not _is_gap(child)] if isinstance(inline, Link) else []
    if isinstance(inline, Link) and len(inner) == 1 and isinstance(image := inner[0], InlineImage):
        return _Standing(image=image, target=inline.target, span=inline.span)
    return None


def with_captions(blocks: Blocks) -> Blocks:
    """The blocks with short paragraphs of emphasised text, or "Figure 3: …", as captions of the figures above them."""
    made: list[Block] = []
    for block in blocks:
        if made and _is_caption_of(made[-1], block) and isinstance(block, Paragraph):
            together = len(made) > 1 and isinstance(made[-2], Figure) and made[-2].span.last + 1 >= made[-1].span.first
            if not together:
                made[-1] = _bearing(made[-1], _caption_in(block))
                continue
        made.append(block)
    return tuple(made)


def _is_caption_of(above: Block, block: Block) -> bool:
    """Whether a paragraph is a figure's caption, which has none and stands at most one blank line above it."""
    if not isinstance(above, Figure) or not isinstance(block, Paragraph):
        return False
    said = plain_text(above.legend).strip()
    is_bare = said in ("", above.image.alt.strip(), above.image.title.strip())
    caption = plain_text(_caption_in(block))
    longest = _LONGEST_NUMBERED if _NUMBERED.match(caption) else _LONGEST
    return is_bare and block.span.first <= above.span.last + 2 and 0 < len(caption) <= longest


def _caption_in(block: Paragraph) -> Inlines:
    """What a paragraph holds, if that is emphasised as a whole or begins with a figure's number."""
    only = block.children[0] if len(block.children) == 1 else None
    if isinstance(only, Styled) and only.style is Style.EMPHASIS:
        return only.children
    return block.children if _NUMBERED.match(plain_text(block.children)) else ()


def is_marked_caption(source: str) -> bool:
    """Whether a paragraph is by its class a caption."""
    return _MARKED.match(source) is not None


def set_apart(inlines: Inlines, source: str) -> tuple[Inlines, tuple[Figure, ...]]:
    """A heading's words, and its images as figures to stand below it: titles are words wherever they are shown.

    Of a heading that has none but images, the words are their alternative texts.
    """
    images = [inline for inline in inlines if figures_of((inline,), "")]
    if not images:
        return inlines, ()
    figures = tuple(f for image in images for f in figures_of((image,), source if len(images) == 1 else ""))
    words = _trimmed([inline for inline in inlines if inline not in images])
    if not is_blank(plain_text(words)):
        return words, figures
    texts = [Text(text=f.image.alt.strip(), span=f.span) for f in figures if f.image.alt.strip()]
    gaps = [Text(text=" ", span=text.span) for text in texts]
    return tuple(inline for pair in zip(texts, gaps, strict=True) for inline in pair)[:-1], figures


def _trimmed(inlines: Sequence[Inline]) -> Inlines:
    """The inlines without white space at their ends, and with one space where an image stood between two."""
    kept: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Text) and (not kept or (isinstance(kept[-1], Text) and kept[-1].text.endswith(" "))):
            inline = replace(inline, text=inline.text.lstrip())  # noqa: PLW2901 - the same text, trimmed
        if not (_is_gap(inline) and not kept) and (not isinstance(inline, Text) or inline.text):
            kept.append(inline)
    while kept and _is_gap(kept[-1]):
        kept.pop()
    if kept and isinstance(last := kept[-1], Text):
        kept[-1] = replace(last, text=last.text.rstrip())
    return tuple(kept)


def captioned(blocks: Blocks, caption: Inlines, span: Span) -> Blocks:
    """The blocks with a caption: it belongs to the one figure or table among them, else it follows them.

    What that says already comes first.
    """
    bearers = [block for block in blocks if isinstance(block, Figure | Table)]
    if not caption:
        return blocks
    if len(bearers) != 1:
        return (*blocks, Paragraph(children=caption, span=span))
    return tuple(_bearing(block, caption) if block is bearers[0] else block for block in blocks)


def _bearing(block: object, caption: Inlines) -> Figure | Table:
    if isinstance(block, Table):
        return replace(block, caption=join_lines([block.caption, caption]))
    assert isinstance(block, Figure)  # noqa: S101 - told to the type checker
    return _captioned(block, caption)


def _captioned(figure: Figure, caption: Inlines) -> Figure:
    """The figure with its caption; alternative text stands in for a legend that is not given."""
    said = () if plain_text(figure.legend).strip() == figure.image.alt.strip() else figure.legend
    return replace(figure, legend=join_lines([said, caption]))


def length(value: str) -> float | None:
    """A length in CSS pixels, or None for a share of something and for what is no length."""
    found = _LENGTH.match(value.strip())
    return float(found[1]) or None if found else None


def _is_gap(inline: object) -> bool:
    return isinstance(inline, LineBreak) or (isinstance(inline, Text) and not inline.text.strip())


def _figure(standing: _Standing, width: float | None) -> Figure:
    image = standing.image
    figure = Figure(
        image=image.image,
        legend=image.legend or _legend(image.image),
        origin=image.origin or standing.target,
        width=width,
        span=standing.span,
    )
    return _captioned(figure, standing.caption) if standing.caption else figure


def _legend(image: Image) -> Inlines:
    """The title, else an alternative text that says something."""
    text = image.title or (image.alt if _says_something(image.alt) and not _describes(image) else "")
    return (Text(text=text, span=image.span),) if text.strip() else ()


def _describes(image: Image) -> bool:
    """Whether an alternative text is too long for a legend, or but the name of the picture's file."""
    alt = image.alt.strip()
    return len(alt) > _LONGEST_ALT or PurePosixPath(image.source).stem == alt


def _says_something(alt: str) -> bool:
    alt = alt.strip()
    return (
        len(alt) > 1 and any(map(str.isalpha, alt)) and alt.lower() not in _SAYS_NOTHING and not _FILE_NAME.match(alt)
    )


def _widths(source: str, count: int) -> list[float | None]:
    """The width that the author wishes for each image, where the tags tell; else None for each."""
    template = parse_template(source, 0)
    if template and count == 1:
        return [length(template.get("width"))]
    found: list[float | None] = []
    place = source.find("<")
    while place >= 0:
        tag = parse_tag(source, place)
        if tag and not tag.closing and (tag.get("src") or tag.get("still")):
            found.append(length(tag.get("w") or tag.get("width")))
        place = source.find("<", tag.end if tag else place + 1)
    if len(found) == count:
        return found
    behind = _WIDTH_ATTRIBUTE.search(source) if count == 1 else None
    return [float(behind["given"] or behind["embedded"]) or None if behind else None] * count
