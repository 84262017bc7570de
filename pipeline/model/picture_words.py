"""How large the words in a drawing are, as far as its source tells."""

from __future__ import annotations

import re
from typing import Final

from pipeline.model.inlines import Picture

_POINTS_PER_PIXEL: Final = 0.75
_SIZE: Final = re.compile(rb"""font-size\s*[:=]\s*["']?\s*(\d{1,4}(?:\.\d{1,4})?)\s*(px|pt)?\s*[;"'}]""")
_VIEW: Final = re.compile(rb"""<svg\b[^>]*?\bviewBox\s*=\s*["']\s*[-\d.e]+[\s,]+[-\d.e]+[\s,]+([\d.e]+)""", re.DOTALL)
# Sizes are looked for in so much of a drawing; larger ones hold pictures rather than words.
_MOST_BYTES: Final = 400_000
_TEXT: Final = re.compile(rb"<(?:\w+:)?text\b")


def smallest_words(picture: Picture) -> float | None:
    """The size in points of the smallest words of a drawing at its natural width; None where it does not tell."""
    if picture.media_type != "image/svg+xml":
        return None
    source = picture.data[:_MOST_BYTES]
    sizes = [float(number) * (1 / _POINTS_PER_PIXEL if unit == b"pt" else 1) for number, unit in _SIZE.findall(source)]
    sizes = [size for size in sizes if size > 0]
    if not sizes or not _TEXT.search(source):
        return None
    return min(sizes) * _scale(source, picture.width) * _POINTS_PER_PIXEL


def _scale(source: bytes, width: float) -> float:
    """How much larger than its own units a drawing is at its natural width."""
    view = _VIEW.search(source)
    try:
        own = float(view[1]) if view else width
    except ValueError:
        own = width
    return width / own if own > 0 and width > 0 else 1.0
