"""Figures: images that stand alone, with the legend that the author gave them in one way or another."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from pipeline.model.document import Figure
from pipeline.model.inlines import Image, InlineImage, Inlines, LineBreak, Link, Target, Text
from pipeline.read.tags import parse_tag

_LENGTH = re.compile(r"(\d{1,5}(?:\.\d+)?)(?:px)?\Z")
_WIDTH_ATTRIBUTE = re.compile(r"\{[^{}]*\bwidth\s*=\s*[\"']?(\d{1,5})(?:px)?[\"'\s}]")
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
    return [float(behind[1]) or None if behind else None] * count
