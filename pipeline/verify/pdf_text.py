"""The text of a PDF's pages by the marked content that it belongs to, as pdfium reads it."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from msgspec import Struct
from pypdfium2 import raw

from pipeline.verify.carried import UnreadableError

# Letters may reach a little beyond where they stand.
_SLACK = 1.0
_TURNED = re.compile("([\udc00-\udfff])([\ud800-\udbff])")


class PageContents(Struct, frozen=True, kw_only=True):
    """What is painted on a page: the text of each piece of marked content, and which of them have anything else.

    `cut` are the texts of the page's own, not of its margins, that go beyond its sides.
    """

    texts: Mapping[int, str]
    drawn: frozenset[int]
    cut: tuple[str, ...]


def page_contents(data: bytes) -> tuple[PageContents, ...]:
    """What is painted on each page, in the order of painting.

    Only text painted on the page itself counts: what stands inside a picture, as in a thumbnail, does not.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        message = "it is no PDF"
        raise UnreadableError(message) from error
    with closing(document):
        return tuple(_marked(page) for page in document)


def _marked(page: Any) -> PageContents:
    texts: dict[int, str] = {}
    drawn: set[int] = set()
    cut: list[str] = []
    with closing(page), closing(page.get_textpage()) as text_page:
        width = page.get_width()
        for item, mark, text in _objects(page, text_page):
            if text is None:
                drawn.add(mark)
            else:
                texts[mark] = texts.get(mark, "") + text
                if mark >= 0 and text.strip() and _goes_beyond(item, width):
                    cut.append(text)
    return PageContents(texts=texts, drawn=frozenset(drawn), cut=tuple(cut))


def _goes_beyond(item: Any, width: float) -> bool:
    """Whether a text goes beyond the sides of a page of that width, and can be seen."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    within = left.value >= -_SLACK and right.value <= width + _SLACK
    return not within and bool(raw.FPDFTextObj_GetTextRenderMode(item) != raw.FPDF_TEXTRENDERMODE_INVISIBLE)


def _objects(page: Any, text_page: Any) -> Iterator[tuple[Any, int, str | None]]:
    """Each object of a page, its mark, and its text where it is text."""
    buffer = _Buffer(4096)
    get, kind, mark, text = (
        raw.FPDFPage_GetObject,
        raw.FPDFPageObj_GetType,
        raw.FPDFPageObj_GetMarkedContentID,
        raw.FPDF_PAGEOBJ_TEXT,
    )
    handle = page.raw
    for index in range(raw.FPDFPage_CountObjects(page)):
        item = get(handle, index)
        if kind(item) != text:
            yield item, mark(item), None
            continue
        length = raw.FPDFTextObj_GetText(item, text_page, buffer.pointer, buffer.size)
        if length > buffer.size:
            buffer = _Buffer(length)
            raw.FPDFTextObj_GetText(item, text_page, buffer.pointer, buffer.size)
        yield item, mark(item), buffer.text(length)


class _Buffer:
    """Memory that pdfium writes UTF-16 into."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._memory = ctypes.create_string_buffer(size)
        self.pointer = ctypes.cast(self._memory, ctypes.POINTER(ctypes.c_ushort))

    def text(self, length: int) -> str:
        """The text of that many bytes, the closing zero among them."""
        text = ctypes.string_at(self._memory, max(0, length - 2)).decode("utf-16-le", "surrogatepass")
        # Where the text runs from right to left pdfium turns round the halves of a character, too.
        text = _TURNED.sub(r"\2\1", text)
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
