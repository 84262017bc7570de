"""Pictures: each stored once however often it stands on slides, drawings with a PNG for older programs."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace
from PIL import Image

from pipeline.diagnostics import ContentError, Diagnostic, Severity
from pipeline.model.fitted import PictureBox
from pipeline.model.inlines import Picture
from pipeline.model.plan import Slide
from pipeline.units import EMU_PER_INCH
from pipeline.write.powerpoint.frames import decorative, geometry, identity, place, transform
from pipeline.write.powerpoint.links import Links
from pipeline.write.powerpoint.markup import Markup, element, extensions
from pipeline.write.powerpoint.package import Package, Part
from pipeline.write.powerpoint.shapes import Frame
from pipeline.write.svg import rasterise

_SVG: Final = "image/svg+xml"
_PNG: Final = "image/png"
_SVG_EXTENSION: Final = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
# Kinds that every version of PowerPoint, Keynote, Google Slides and LibreOffice shows.
_KEPT: Final = {_PNG: "png", "image/jpeg": "jpeg", "image/gif": "gif"}
# A slide across a screen of 1920 pixels; programs that show the SVG itself do not need these at all.
_PIXELS_PER_INCH: Final = 144
_MODES: Final = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})


class Stored(Struct, frozen=True, kw_only=True):
    """The parts that hold one picture: what every program shows, and the drawing beside it."""

    image: str
    drawing: str | None = None


class Media(Struct, kw_only=True):
    """The pictures of a deck. `widths` says how wide each drawing is at its widest, in EMU."""

    package: Package
    widths: dict[bytes, int]
    problems: list[Diagnostic] = field(default_factory=list)
    _stored: dict[bytes, Stored] = field(default_factory=dict)

    def stored(self, picture: Picture) -> Stored:
        """The parts of a picture, added when it is first met."""
        key = _key(picture)
        if key not in self._stored:
            self._stored[key] = self._store(picture, key)
        return self._stored[key]

    def _store(self, picture: Picture, key: bytes) -> Stored:
        stem = f"/ppt/media/image{len(self._stored) + 1}"
        if picture.media_type == _SVG:
            width = max(1, self.widths[key] * _PIXELS_PER_INCH // EMU_PER_INCH)
            image = self._add(f"{stem}.png", _PNG, self._drawn(picture, width))
            return Stored(image=image, drawing=self._add(f"{stem}.svg", _SVG, picture.data))
        if picture.media_type in _KEPT:
            name = f"{stem}.{_KEPT[picture.media_type]}"
            return Stored(image=self._add(name, picture.media_type, picture.data))
        return Stored(image=self._add(f"{stem}.png", _PNG, _as_png(picture)))

    def _drawn(self, picture: Picture, width: int) -> bytes:
        """The drawing as PNG; one that cannot be drawn here is blank, since newer programs show the drawing itself."""
        try:
            return rasterise(picture, width)
        except ContentError as error:
            self.problems.extend(replace(told, severity=Severity.WARNING) for told in error.diagnostics)
            return _blank()

    def _add(self, name: str, content_type: str, data: bytes) -> str:
        return self.package.add(Part(name, content_type, data)).name


def media_of(package: Package, slides: Iterable[Slide]) -> Media:
    """An empty store that knows how wide each picture of these slides is drawn."""
    widths: dict[bytes, int] = {}
    for slide in slides:
        for box in slide.elements:
            if isinstance(box, PictureBox):
                key = _key(box.picture)
                widths[key] = max(widths.get(key, 0), int(box.rect.width))
    return Media(package=package, widths=widths)


def picture(box: PictureBox, frame: Frame, links: Links, media: Media) -> Markup:
    """A picture, whole and never cropped, with its alternative text."""
    stored = media.stored(box.picture)
    click = links.click(box.link, on_text=False) if box.link else None
    mark = None if box.description else decorative()
    names = element(
        "p:nvPicPr",
        None,
        identity(frame.id, box.name, box.description, click, mark),
        element(
            "p:cNvPicPr", None, element("a:picLocks", {"noGrp": 1 if frame.placeholder else None, "noChangeAspect": 1})
        ),
        place(frame.placeholder),
    )
    stretched = element("a:stretch", None, element("a:fillRect"))
    filled = element("p:blipFill", None, _blip(stored, links), stretched)
    return element("p:pic", None, names, filled, element("p:spPr", None, transform(box.rect), geometry("rect")))


def _blip(stored: Stored, links: Links) -> Markup:
    embed = {"r:embed": links.relationships.add("image", stored.image)}
    if stored.drawing is None:
        return element("a:blip", embed)
    drawing = {"r:embed": links.relationships.add("image", stored.drawing)}
    return element("a:blip", embed, extensions("a:extLst", _SVG_EXTENSION, "asvg:svgBlip", drawing))


def _blank() -> bytes:
    """A transparent pixel as PNG."""
    buffer = io.BytesIO()
    Image.new("RGBA", (1, 1)).save(buffer, format="PNG")
    return buffer.getvalue()


def _as_png(picture: Picture) -> bytes:
    """The picture's first frame as PNG, in colours that every program reads."""
    buffer = io.BytesIO()
    with Image.open(io.BytesIO(picture.data)) as image:
        plain = image if image.mode in _MODES else image.convert("RGBA" if "A" in image.mode else "RGB")
        plain.save(buffer, format="PNG")
    return buffer.getvalue()


def _key(picture: Picture) -> bytes:
    return hashlib.sha256(picture.media_type.encode() + b"\0" + picture.data).digest()
