"""Bytes → `Picture`: what kind it is, how large it is, and nothing in it that runs, loads or explodes."""

from __future__ import annotations

import io
import re
import struct
import warnings
from typing import TYPE_CHECKING, Final, cast

from pipeline.model.inlines import Picture

if TYPE_CHECKING:
    from lxml.etree import _Element
    from PIL.Image import Image as RasterImage

MAX_BYTES: Final = 20_000_000
MAX_PIXELS: Final = 60_000_000
MAX_SVG_BYTES: Final = 5_000_000
MAX_SVG_ELEMENTS: Final = 100_000
MAX_SVG_LAYERS: Final = 40
MAX_SVG_LENGTH: Final = 1e6

SVG: Final = "image/svg+xml"
_SVG_NS = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_ACTIVE = frozenset({"script", "foreignObject", "iframe", "audio", "video", "handler", "set", "animate"})
_INSIDE = ("#", "data:image/png", "data:image/jpeg", "data:image/gif")
_REFERRING = frozenset({"image", "feImage", "use", "mpath"})
_DRAWN = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "image", "use"})
_MEDIA_TYPES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "GIF": "image/gif",
    "WEBP": "image/webp",
    "BMP": "image/bmp",
    "TIFF": "image/tiff",
}
# Greys of 16 or 32 bits, or with a point: paper shows none of them.
_DEEP = ("I", "F")
_WHITE_OF_16_BITS = 65_535
_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "em": 16.0}
_EXTERNAL_URL = re.compile(r"url\(\s*['\"]?(?!#|['\"]?data:image/)[^)]*\)|@import[^;]*;?", re.IGNORECASE)
# What is drawn into a layer of its own, and what draws by name.
_LAYERED = re.compile(r"\b(?:clip-path|mask|filter|opacity|mix-blend-mode|isolation)\s*:")
_INNER_URL = re.compile(r"""(?:clip-path|mask|filter|marker[a-z-]*)\s*:\s*url\(\s*['"]?#([^'")]+)""")


class UnusablePictureError(Exception):
    """Bytes that are no picture, or one that may not be used. The message says why."""


class RefusedAddressError(Exception):
    """An address that is not fetched, or that gave no picture. The message says why."""


def read_picture(data: bytes) -> Picture:
    """The picture that the bytes hold. Raises `UnusablePictureError`."""
    if not data:
        raise UnusablePictureError("the file is empty")
    if len(data) > MAX_BYTES:
        raise UnusablePictureError(f"the file is larger than {MAX_BYTES // 1_000_000} MB")
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"<") or b"<svg" in head:
        return _read_svg(data)
    return _read_raster(data)


# ---------------------------------------------------------------- rasters


def _read_raster(data: bytes) -> Picture:
    from PIL import Image, ImageOps, UnidentifiedImageError

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(data), formats=tuple(_MEDIA_TYPES)) as image:
                media_type = _MEDIA_TYPES[image.format or ""]
                if image.width * image.height > MAX_PIXELS:
                    raise UnusablePictureError(f"it has {image.width} × {image.height} pixels")
                image.load()
                deep = image.mode.startswith(_DEEP)
                if deep or _lies_on_its_side(image):
                    return _encode(ImageOps.exif_transpose(_with_eight_bits(image) if deep else image))
                return Picture(media_type=media_type, data=data, width=float(image.width), height=float(image.height))
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise UnusablePictureError("it unpacks to too many pixels") from error
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, TypeError, struct.error) as error:
            raise UnusablePictureError("it is damaged or of an unknown kind") from error


def _lies_on_its_side(image: RasterImage) -> bool:
    try:
        return image.getexif().get(0x0112, 1) in range(2, 9)
    except (struct.error, TypeError, ValueError, KeyError, SyntaxError):
        return False  # damaged notes of a camera say nothing


def _with_eight_bits(image: RasterImage) -> RasterImage:
    """A picture of deep greys in 256 of them: those of 16 bits as they are, others from their darkest to lightest."""
    grey = image.convert("F")
    low, high = cast("tuple[float, float]", grey.getextrema())
    if image.mode != "F" and low >= 0 and high <= _WHITE_OF_16_BITS:
        low, high = 0.0, float(_WHITE_OF_16_BITS)
    scale = 255 / (high - low or 1)
    return grey.point(lambda value: value * scale + -low * scale).convert("L")


def _encode(image: RasterImage) -> Picture:
    """The picture stored upright, since not every program heeds its orientation mark."""
    out = io.BytesIO()
    image.save(out, format="PNG")
    return Picture(media_type="image/png", data=out.getvalue(), width=float(image.width), height=float(image.height))


# ---------------------------------------------------------------- SVG


def _read_svg(data: bytes) -> Picture:
    from lxml import etree

    if len(data) > MAX_SVG_BYTES:
        raise UnusablePictureError(f"the drawing is larger than {MAX_SVG_BYTES // 1_000_000} MB")
    if b"<!ENTITY" in data.upper():
        raise UnusablePictureError("the drawing declares entities")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnusablePictureError("it is no well-formed drawing") from error
    if etree.QName(root).localname != "svg":
        raise UnusablePictureError("it is no picture")
    _disarm(root)
    if not any(_local(element) in _DRAWN for element in root.iter()):
        raise UnusablePictureError("nothing is left to draw without scripts and what lies outside the file")
    if _drawn_elements(root) > MAX_SVG_ELEMENTS:
        raise UnusablePictureError(f"the drawing has more than {MAX_SVG_ELEMENTS:,} parts")
    if _layers(root) > MAX_SVG_LAYERS:
        raise UnusablePictureError(f"the drawing has more than {MAX_SVG_LAYERS} layers within each other")
    width, height = _svg_size(root)
    clean = etree.tostring(root, encoding="utf-8")
    return Picture(media_type=SVG, data=clean, width=width, height=height)


def _disarm(root: _Element) -> None:
    """Take out what runs or loads: scripts, foreign content, event handlers, addresses outside the file."""
    for element in list(root.iter()):
        name, parent = _local(element), element.getparent()
        if name in _ACTIVE and parent is not None:
            _remove(element, parent)
            continue
        for key, value in list(element.attrib.items()):
            _disarm_attribute(element, str(key), str(value))
        if name in _REFERRING and parent is not None and not (element.get("href") or element.get(_HREF)):
            _remove(element, parent)
        elif name == "style" and element.text:
            element.text = _EXTERNAL_URL.sub("none", element.text)


def _local(element: _Element) -> str:
    """An element's name without its namespace; nothing for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _remove(element: _Element, parent: _Element) -> None:
    previous = element.getprevious()
    if element.tail and previous is not None:
        previous.tail = (previous.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _disarm_attribute(element: _Element, key: str, value: str) -> None:
    name = key.rpartition("}")[2].lower()
    leaves_the_file = name == "href" and not value.lstrip().startswith(_INSIDE)
    if name.startswith("on") or leaves_the_file:
        del element.attrib[key]
    elif "url(" in value.lower():
        element.set(key, _EXTERNAL_URL.sub("none", value))


def _layers(root: _Element) -> int:
    """How many layers at most are drawn within each other: each takes the memory of a whole picture.

    Cycles count as too many. Where style sheets make layers, every element may be one.
    """
    by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
    sheets = " ".join(element.text or "" for element in root.iter(f"{_SVG_NS}style"))
    styled = _LAYERED.search(sheets) is not None
    depths: dict[_Element, int] = {}
    open_: set[_Element] = set()
    stack = [root]
    while stack:
        element = stack[-1]
        said = " ".join(f"{key!s}:{value!s};" for key, value in element.attrib.items())
        names = _INNER_URL.findall(said + (sheets if element is root else ""))
        needs = [*element, *_used(element, by_id), *(by_id[name] for name in names if name in by_id)]
        waiting = [child for child in needs if child not in depths]
        if element in depths or not waiting or element in open_:
            stack.pop()
            if waiting and element not in depths:
                return MAX_SVG_LAYERS + 1
            deepest = max((depths[child] for child in needs), default=0)
            depths[element] = deepest + (styled or _LAYERED.search(said) is not None)
            open_.discard(element)
            continue
        open_.add(element)
        if any(child in open_ for child in waiting):
            return MAX_SVG_LAYERS + 1
        stack.extend(waiting)
    return depths[root]


def _drawn_elements(root: _Element) -> int:
    """How many elements are drawn once every `<use>` is followed; cycles count as too many."""
    by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
    counted: dict[_Element, int] = {}
    open_: set[_Element] = set()
    stack = [root]
    while stack:
        element = stack[-1]
        if element in counted:
            stack.pop()
            continue
        needs = [*element, *_used(element, by_id)]
        waiting = [child for child in needs if child not in counted]
        if element in open_:
            if waiting:
                return MAX_SVG_ELEMENTS + 1
            counted[element] = 1 + sum(counted[child] for child in needs)
            stack.pop()
            continue
        open_.add(element)
        if any(child in open_ for child in waiting):
            return MAX_SVG_ELEMENTS + 1
        stack.extend(waiting)
    return counted[root]


def _used(element: _Element, by_id: dict[str | None, _Element]) -> list[_Element]:
    if element.tag != f"{_SVG_NS}use":
        return []
    target = by_id.get((element.get("href") or element.get(_HREF) or "").lstrip("#"))
    return [] if target is None else [target]


def _svg_size(root: _Element) -> tuple[float, float]:
    """Width and height in CSS pixels: as written, else from the view box, else the default of 300 × 150."""
    box = [float(n) for n in re.findall(r"-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?", root.get("viewBox") or "")]
    view = (box[2], box[3]) if len(box) == 4 and _sensible(*box[2:]) else None  # noqa: PLR2004 - x, y, width, height
    width, height = _svg_length(root.get("width")), _svg_length(root.get("height"))
    if width and height:
        return width, height
    if view and width:
        return width, width * view[1] / view[0]
    if view and height:
        return height * view[0] / view[1], height
    return view or (width or 300.0, height or 150.0)


def _svg_length(value: str | None) -> float | None:
    match = re.fullmatch(r"\s*(\d*\.?\d+)\s*([a-z]*)\s*", value or "")
    if not match or match[2] not in _UNITS:
        return None
    length = float(match[1]) * _UNITS[match[2]]
    return length if _sensible(length) else None


def _sensible(*lengths: float) -> bool:
    return all(0 < length < MAX_SVG_LENGTH for length in lengths)
