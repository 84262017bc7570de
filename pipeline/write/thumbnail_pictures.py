"""Pictures in thumbnails: each stored once, no finer than print needs, and without text."""

from __future__ import annotations

import hashlib
import io
import math
from typing import Any, Final

from PIL import Image
from weasyprint import DEFAULT_OPTIONS
from weasyprint.images import RasterImage

from pipeline.diagnostics import ContentError
from pipeline.model.inlines import Picture
from pipeline.write.svg import rasterise

_SVG: Final = "image/svg+xml"
_DOTS_PER_INCH: Final = 300
# Drawings have no finer detail than their lines and letters; drawing takes as long as there are pixels.
_DRAWN_DOTS_PER_INCH: Final = 200
_STEP: Final = 100
_MODES: Final = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})


class Pictures:
    """The pictures of all thumbnails of a handout, as WeasyPrint's images."""

    def __init__(self) -> None:
        self._images: dict[tuple[str, int], Any] = {}

    def image(self, picture: Picture, width: float) -> Any | None:
        """The picture as an image to be drawn so many points wide on paper; None where it cannot be drawn.

        Drawings become pixels here: their words would be text of the page.
        """
        drawn = picture.media_type == _SVG
        # Rounded up, so that a drawing that stands on several slides is mostly made once.
        pixels = _STEP * max(1, math.ceil(width / 72 * _DRAWN_DOTS_PER_INCH / _STEP)) if drawn else 0
        key = (hashlib.sha256(picture.data).hexdigest(), pixels)
        if key not in self._images:
            self._images[key] = _image(picture, pixels, f"{key[0]}-{pixels}")
        return self._images[key]


def _image(picture: Picture, pixels: int, name: str) -> Any | None:
    try:
        data = rasterise(picture, pixels) if pixels else picture.data
        opened = Image.open(io.BytesIO(data))
    except (ContentError, OSError):  # the deck's writer tells of it
        return None
    options = {**DEFAULT_OPTIONS, "dpi": _DOTS_PER_INCH}
    if opened.mode in _MODES or opened.format == "JPEG":
        return RasterImage(opened, name, data, options=options)
    return RasterImage(opened.convert("RGBA" if "A" in opened.mode else "RGB"), name, None, options=options)
