"""What stands where on a slide: rectangles, and the text in them with its sizes, as the file gives them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from xml.etree.ElementTree import Element

from msgspec import Struct

from pipeline.verify.text_extent import SizedText, extent

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_FRAMES = frozenset({f"{_A}xfrm", f"{_P}xfrm"})
_TEXTS = frozenset({f"{_A}r", f"{_A}br", f"{_A}fld"})
_POINT = 12700
_WHOLE = 100_000
# What a file that does not say means, by the format's standard.
_USUAL_SIZE = 18.0
_USUAL_SIDE, _USUAL_TOP = 7.2, 3.6
_NATURAL_PITCH = 1.2
_BULLETS = ("buAutoNum", "buBlip", "buChar")
_MONOSPACED = ("mono", "courier", "consol", "menlo", "code")


class Area(Struct, frozen=True, kw_only=True):
    """A rectangle in points, from the slide's upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def shares(self, other: Area, least: float) -> bool:
        """Whether two rectangles have more than so much in common, both across and down."""
        if min(self.bottom, other.bottom) - max(self.top, other.top) <= least:
            return False
        return min(self.right, other.right) - max(self.left, other.left) > least


class Box(Struct, frozen=True, kw_only=True):
    """A shape of a slide. `needed` and `room` are the heights that its text takes at least, and that it has.

    `covered` is where its text stands, cell by cell in a table, or the picture itself.
    """

    number: int
    text: str
    area: Area
    pitch: float = 0.0
    needed: float = 0.0
    room: float = 0.0
    covered: tuple[Area, ...] = ()


class Frame(Struct, frozen=True, kw_only=True):
    """Where a shape stands, perhaps turned."""

    area: Area
    turned: bool


def frame_of(shape: Element) -> Frame | None:
    """The frame of a shape that stands in no group; None where the file does not say where it stands."""
    frame = next((element for element in shape.iter() if element.tag in _FRAMES), None)
    offset, size = (None, None) if frame is None else (frame.find(f"{_A}off"), frame.find(f"{_A}ext"))
    if frame is None or offset is None or size is None:
        return None
    left, top = points_of(offset, "x"), points_of(offset, "y")
    area = Area(left=left, top=top, right=left + points_of(size, "cx"), bottom=top + points_of(size, "cy"))
    return Frame(area=area, turned=frame.get("rot", "0") != "0")


def box_of(number: int, shape: Element, area: Area, fonts: Mapping[str, str]) -> Box:
    """The box of a shape that stands upright in an area, its text in these fonts where it takes them by reference."""
    if shape.tag == f"{_P}pic":
        return Box(number=number, text="", area=area, covered=(area,))
    table = next(shape.iter(f"{_A}tbl"), None)
    if table is not None:
        return _table_box(number, table, area, fonts)
    body = shape.find(f"{_P}txBody")
    return Box(number=number, text="", area=area) if body is None else _text_box(number, body, area, fonts)


def points_of(element: Element, key: str, usual: float = 0.0) -> float:
    """A length in points, as the file gives it."""
    value = element.get(key)
    return usual if value is None else int(value) / _POINT


class _Laid(Struct, frozen=True, kw_only=True):
    """Paragraphs laid out in a column: their edges from the column's left, their height, and the most pitch."""

    text: str
    left: float
    right: float
    height: float
    pitch: float


def _text_box(number: int, body: Element, area: Area, fonts: Mapping[str, str]) -> Box:
    properties = body.find(f"{_A}bodyPr")
    if properties is None or properties.get("vert", "horz") != "horz":
        return Box(number=number, text="", area=area)
    inner = Area(
        left=area.left + points_of(properties, "lIns", _USUAL_SIDE),
        top=area.top + points_of(properties, "tIns", _USUAL_TOP),
        right=area.right - points_of(properties, "rIns", _USUAL_SIDE),
        bottom=area.bottom - points_of(properties, "bIns", _USUAL_TOP),
    )
    fitting = properties.find(f"{_A}normAutofit")
    scale = 1.0 if fitting is None else int(fitting.get("fontScale", str(_WHOLE))) / _WHOLE
    wraps = properties.get("wrap", "square") != "none"
    laid = _lay(body, inner.right - inner.left, fonts, scale=scale, wraps=wraps)
    return Box(
        number=number,
        text=laid.text,
        area=area,
        pitch=laid.pitch,
        needed=laid.height,
        room=inner.bottom - inner.top,
        covered=_covered(laid, inner, properties.get("anchor", "t")),
    )


def _covered(laid: _Laid, inner: Area, anchor: str) -> tuple[Area, ...]:
    """Where the text stands in its box or cell; nowhere without text."""
    if not laid.text.strip():
        return ()
    spare = inner.bottom - inner.top - laid.height
    top = inner.top + {"ctr": spare / 2, "b": spare}.get(anchor, 0.0)
    left, right = inner.left + laid.left, inner.left + laid.right
    return (Area(left=left, top=top, right=right, bottom=top + laid.height),)


def _table_box(number: int, table: Element, area: Area, fonts: Mapping[str, str]) -> Box:
    """A table's box. Rows grow with their text, so a table takes what its rows take together."""
    widths = [points_of(column, "w") for column in table.iter(f"{_A}gridCol")]
    properties = table.find(f"{_A}tblPr")
    turned = properties is not None and properties.get("rtl") in {"1", "true"}
    texts: list[str] = []
    covered: list[Area] = []
    bottom, pitch = area.top, 0.0
    for row in table.iter(f"{_A}tr"):
        top, cells = bottom, tuple(_cells(row, widths, fonts))
        tallest = max((cell.laid.height - cell.laid.pitch / 2 + cell.ends for cell in cells), default=0.0)
        bottom = top + max(points_of(row, "h"), tallest)
        for cell in cells:
            # Of a table written from right to left the first column is the last seen.
            left = area.left + (sum(widths) - cell.left - cell.width if turned else cell.left)
            inner = Area(left=left, top=top + cell.ends / 2, right=left + cell.width, bottom=bottom - cell.ends / 2)
            covered.extend(_covered(cell.laid, inner, cell.anchor))
            texts.append(cell.laid.text)
            pitch = max(pitch, cell.laid.pitch)
    return Box(
        number=number,
        text="\n".join(texts),
        area=area,
        pitch=pitch,
        needed=bottom - area.top,
        room=area.bottom - area.top,
        covered=tuple(covered),
    )


class _LaidCell(Struct, frozen=True, kw_only=True):
    """A cell's text laid out in its column, from the table's left edge, and the room above and below it."""

    laid: _Laid
    left: float
    width: float
    ends: float
    anchor: str


def _cells(row: Element, widths: Sequence[float], fonts: Mapping[str, str]) -> Iterator[_LaidCell]:
    for column, cell in enumerate(row.findall(f"{_A}tc")):
        body, properties = cell.find(f"{_A}txBody"), cell.find(f"{_A}tcPr")
        joined = {"hMerge", "vMerge"} & set(cell.keys()) or int(cell.get("rowSpan", "1")) > 1
        if body is None or joined:
            continue
        left, right, ends = _USUAL_SIDE, _USUAL_SIDE, 2 * _USUAL_TOP
        if properties is not None:
            left, right = points_of(properties, "marL", _USUAL_SIDE), points_of(properties, "marR", _USUAL_SIDE)
            ends = sum(points_of(properties, key, _USUAL_TOP) for key in ("marT", "marB"))
        width = sum(widths[column : column + int(cell.get("gridSpan", "1"))]) - left - right
        yield _LaidCell(
            laid=_lay(body, width, fonts),
            left=sum(widths[:column]) + left,
            width=width,
            ends=ends,
            anchor="t" if properties is None else properties.get("anchor", "t"),
        )


def _lay(body: Element, width: float, fonts: Mapping[str, str], *, scale: float = 1.0, wraps: bool = True) -> _Laid:
    height = largest = 0.0
    edges: list[tuple[float, float]] = []
    texts: list[str] = []
    for number, paragraph in enumerate(body.findall(f"{_A}p")):
        properties = paragraph.find(f"{_A}pPr")
        runs = tuple(_runs(paragraph, scale, fonts))
        texts.append("".join(run.text for run in runs))
        size = max((run.size for run in runs), default=_USUAL_SIZE * scale)
        left, right = (0.0, 0.0) if properties is None else _margins(properties)
        outdent = _outdent(properties, texts[-1])
        taken = extent(runs, max(1.0, width - left - right), wraps=wraps, outdent=outdent)
        pitch = _spacing(properties, "lnSpc", size * _NATURAL_PITCH, scale)
        above = _spacing(properties, "spcBef", 0.0, scale) if number else 0.0
        height += above + taken.lines * pitch + _spacing(properties, "spcAft", 0.0, scale)
        largest = max(largest, pitch)
        beside = width - left - right - taken.width
        align = "l" if properties is None else properties.get("algn", "l")
        start = left + {"ctr": beside / 2, "r": beside}.get(align, 0.0)
        edges.append((start - outdent, start + taken.width))
    return _Laid(
        text="\n".join(texts),
        left=min((start for start, _ in edges), default=0.0),
        right=max((end for _, end in edges), default=0.0),
        height=height,
        pitch=largest,
    )


def _margins(properties: Element) -> tuple[float, float]:
    """The margins at the left and the right: `marL` is where lines begin, be it at the right."""
    begin, end = (points_of(properties, key) for key in ("marL", "marR"))
    return (end, begin) if properties.get("rtl") in {"1", "true"} else (begin, end)


def _outdent(properties: Element | None, text: str) -> float:
    """How far left of the others the first line begins, where no bullet and no number before a tab stands there."""
    if properties is None or "\t" in text or any(properties.find(f"{_A}{sign}") is not None for sign in _BULLETS):
        return 0.0
    return max(0.0, -points_of(properties, "indent"))


def _spacing(properties: Element | None, name: str, usual: float, scale: float) -> float:
    """A pitch or space in points; a share is one of the usual pitch."""
    said = None if properties is None else properties.find(f"{_A}{name}")
    if said is None:
        return usual
    points, share = said.find(f"{_A}spcPts"), said.find(f"{_A}spcPct")
    if points is not None:
        return int(points.get("val", "0")) / 100 * scale
    return usual if share is None else usual * int(share.get("val", str(_WHOLE)).rstrip("%")) / _WHOLE


@lru_cache(maxsize=256)
def _font(typeface: str) -> tuple[str, bool]:
    """A font's name in small letters, and whether its letters have one width."""
    font = typeface.casefold()
    return font, any(part in font for part in _MONOSPACED)


def _runs(paragraph: Element, scale: float, fonts: Mapping[str, str]) -> Iterator[SizedText]:
    for element in paragraph.iter():
        if element.tag not in _TEXTS:
            continue
        style = element.find(f"{_A}rPr")
        size = _USUAL_SIZE if style is None else int(style.get("sz", str(int(_USUAL_SIZE * 100)))) / 100
        latin = None if style is None else style.find(f"{_A}latin")
        named = "+mn-lt" if latin is None else latin.get("typeface", "")
        font, monospaced = _font(fonts.get(named, named))
        yield SizedText(
            text="\n" if element.tag == f"{_A}br" else element.findtext(f"{_A}t") or "",
            size=size * scale,
            bold=style is not None and style.get("b") in {"1", "true"},
            monospaced=monospaced,
            font=font,
        )
