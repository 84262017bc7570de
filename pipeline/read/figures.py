"""Figures: images that stand alone, with the legend that the author gave them in one way or another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from pipeline.diagnostics import Span
from pipeline.model.document import Blocks, Figure, Paragraph, Table
from pipeline.model.inlines import Image, Inline, InlineImage, Inlines, LineBreak, Link, Target, Text
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
# Words that tell that there is a picture, not what is on it.
_SAYS_NOTHING: Final = (
    frozenset(["alt", "alt text", "image", "image description", "img", "photo", "pic", "picture", "screenshot"])
    | frozenset(["diagram", "figure", "gif", "icon", "illustration", "logo"])
    | frozenset(["bild", "imagem", "imagen", "图", "图片", "圖片", "画像", "이미지"])
)


def figures_of(inlines: Inlines, source: str) -> tuple[Figure, ...]:
    """The figures that a paragraph is, if it holds images and nothing else; `source` is its Markdown."""
    images = [inline for inline in inlines if not _is_gap(inline)]
    if not images:
        return ()
    if len(images) == 1 and isinstance(images[0], Link):
        link = images[0]
        inner = [inline for inline in link.children if not _is_gap(inline)]
        if len(inner) == 1 and isinstance(inner[0], InlineImage):
            return (replace(_figure(inner[0], link.target, _widths(source, 1)[0]), span=link.span),)
        return ()
    standing = [image for image in images if isinstance(image, InlineImage)]
    if len(standing) < len(images):
        return ()
    widths = _widths(source, len(standing))
    return tuple(_figure(image, None, width) for image, width in zip(standing, widths, strict=True))


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
    # Alternative text stands in for a legend that is not given.
    said = () if plain_text(block.legend).strip() == block.image.alt.strip() else block.legend
    return replace(block, legend=join_lines([said, caption]))


def length(value: str) -> float | None:
    """A length in CSS pixels, or None for a share of something and for what is no length."""
    found = _LENGTH.match(value.strip())
    return float(found[1]) or None if found else None


def _is_gap(inline: object) -> bool:
    return isinstance(inline, LineBreak) or (isinstance(inline, Text) and not inline.text.strip())


def _figure(image: InlineImage, target: Target | None, width: float | None) -> Figure:
    return Figure(
        image=image.image,
        legend=image.legend or _legend(image.image),
        origin=image.origin or target,
        width=width,
        span=image.span,
    )


def _legend(image: Image) -> Inlines:
    """The title, else an alternative text that says something."""
    text = image.title or (image.alt if _says_something(image.alt) else "")
    return (Text(text=text, span=image.span),) if text.strip() else ()


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
