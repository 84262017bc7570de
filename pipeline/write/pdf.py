"""HTML and CSS in, tagged PDF out, through WeasyPrint; what it complains of comes back as diagnostics."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from typing import Any, TypeAlias

import weasyprint
from cssselect2.tree import ElementWrapper
from lxml import etree
from msgspec import Struct
from weasyprint.html import UA_STYLESHEET
from weasyprint.images import SVGImage
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from pipeline.diagnostics import Diagnostic, Severity
from pipeline.theme import Face, Theme
from pipeline.typeset.fonts import Fonts, Style
from pipeline.write.legible import Legibility
from pipeline.write.repeating import Repeating
from pipeline.write.shelf import Shelf

VARIANT = "pdf/ua-1"
POINTS_PER_PIXEL = 0.75

Rectangle: TypeAlias = tuple[float, float, float, float]
# Print needs no more than this; larger pictures are scaled down.
DOTS_PER_INCH = 300
# What WeasyPrint says of the system's libraries and of its own plans is not about the page.
# A glyph that is part of the sign before it, as the dot of a letter, has no text of its own. Where a font's map says
# so, some readers take the glyph's number for a character; a word joiner is read by none (ISO 32000-1, 9.10.3).
_NO_TEXT, _WORD_JOINER = re.compile(rb"(?<=> )<>"), b"<2060>"
_NO_GLYPH = ".notdef glyph"
_NOT_OF_THE_PAGE = ("Using fontTools instead of HarfBuzz-Subset",)


class _ShelfFetcher(URLFetcher):
    """Serves the pictures of a shelf and refuses every other address."""

    def __init__(self, shelf: Shelf) -> None:
        super().__init__(allowed_protocols=())  # type: ignore[no-untyped-call]  # WeasyPrint has no types
        self._shelf = shelf

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The picture at that address; anything else is an error that WeasyPrint logs."""
        del headers
        picture = self._shelf.get(url)
        if picture is None:
            raise ValueError(f"{str(url)[:80]} is not part of the page")
        return URLFetcherResponse(url, picture.data, {"Content-Type": picture.media_type})


def _without_parts_of_all(sheet: weasyprint.CSS) -> weasyprint.CSS:
    """A style sheet less what it says of parts that any element may have.

    WeasyPrint's own does so of a list's markers and of footnotes that float: six styles for each element of a page,
    where no page of ours has either.
    """
    sheet = copy(sheet)
    sheet.matcher = copy(sheet.matcher)
    # Each rule with its test, specificity, place, pseudo-element and declarations.
    sheet.matcher.other_selectors = [rule for rule in sheet.matcher.other_selectors if rule[3] is None]
    return sheet


_PLAIN_STYLE = _without_parts_of_all(UA_STYLESHEET)


class _WellFormed(weasyprint.HTML):
    """HTML that is well-formed XML, as ours is, and so can be read by lxml: WeasyPrint's own parser is far slower.

    Raises `XMLSyntaxError` where it is not.
    """

    def __init__(self, html: str, fetcher: URLFetcher) -> None:
        root = etree.fromstring(html, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
        self.base_url = None
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[weasyprint.CSS]:  # noqa: FBT001, FBT002 - its own signature
        """The style sheet that every page begins with."""
        del forms
        return [_PLAIN_STYLE]


def _read(html: str, fetcher: URLFetcher) -> weasyprint.HTML:
    try:
        return _WellFormed(html, fetcher)
    except etree.XMLSyntaxError:
        return weasyprint.HTML(string=html, url_fetcher=fetcher)


class _Listener(logging.Handler):
    """Collects what one thread logs, each message once and in order."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: dict[str, None] = {}
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread != self._thread:
            return
        message = record.getMessage()
        if not message.startswith(_NOT_OF_THE_PAGE):
            self.messages.setdefault(message)


class Place(Struct, frozen=True, kw_only=True):
    """Where an element, or a part of it, stands: on a page from 1, its edges in points from the page's top."""

    page: int
    top: float
    bottom: float


class Layout(Struct, frozen=True):
    """Pages that are laid out and can be measured or written."""

    document: weasyprint.Document

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self.document.pages)

    def places(self) -> Mapping[str, tuple[Place, ...]]:
        """Where each element with an id stands: one place for every page that it is on."""
        found: dict[str, tuple[Place, ...]] = {}
        for number, page in enumerate(self.document.pages, start=1):
            for name, (_, top, _, bottom) in page.anchors.items():
                place = Place(page=number, top=top * POINTS_PER_PIXEL, bottom=bottom * POINTS_PER_PIXEL)
                found[name] = (*found.get(name, ()), place)
        return found


def _links(found: list[tuple[str, str, Rectangle, Any]]) -> list[tuple[str, str, Rectangle, Any]]:
    """The links of a page with one area for each, that of a link's inner elements joined to its own.

    WeasyPrint gives every element inside a link an area of its own, which then is not tagged as a link.
    """
    links: list[tuple[str, str, Rectangle, Any]] = []
    for kind, target, area, box in found:
        if (box.element_tag or "").split(":")[0] == "a" or not links:
            links.append((kind, target, area, box))
        else:
            last_kind, last_target, (left, top, right, bottom), last_box = links[-1]
            joined = (min(left, area[0]), min(top, area[1]), max(right, area[2]), max(bottom, area[3]))
            links[-1] = (last_kind, last_target, joined, last_box)
    return links


def _name_all_glyphs(pdf: Any) -> None:
    """Gives each glyph without a text one that is not seen."""
    for item in pdf.objects:
        lines = getattr(item, "stream", ())
        if b"begincmap" in lines:
            item.stream = [_NO_TEXT.sub(_WORD_JOINER, line) for line in lines]


class Press:
    """Lays out and writes the PDFs of one page. `drawings` are finished images by their addresses."""

    def __init__(self, shelf: Shelf, theme: Theme, *, path: str, drawings: Mapping[str, Any] | None = None) -> None:
        self._shelf = shelf
        self._path = path
        fonts, style = Fonts(theme, substitute_widening=1.0), Style(Face.SANS)
        self._legibility = Legibility(lambda char: fonts.for_char(char, style) is not None)
        self._cache: dict[str, Any] = dict(drawings or {})
        self._fetcher = _ShelfFetcher(shelf)
        self._fonts = FontConfiguration()
        self._messages: dict[str, None] = {}

    def lay_out(self, html: str, css: str) -> Layout:
        """The pages that this HTML makes with this style sheet."""
        html, css = self._legibility.html(html), self._legibility.text(css)
        with self._listening():
            sheet = weasyprint.CSS(string=css, font_config=self._fonts, url_fetcher=self._fetcher)
            page = _read(html, self._fetcher)
            document = page.render(
                font_config=self._fonts, stylesheets=[sheet], cache=self._cache, pdf_variant=VARIANT, dpi=DOTS_PER_INCH
            )
        for each in document.pages:
            each.links = _links(each.links)
        for image in self._cache.values():
            if isinstance(image, SVGImage) and not isinstance(image.draw, Repeating):
                image.draw = Repeating(image.draw)  # type: ignore[method-assign]  # there is no other way in
        return Layout(document)

    def write(self, layout: Layout, finish: Callable[[Any, Any], None] | None = None) -> bytes:
        """The PDF of these pages. `finish` gets WeasyPrint's document and PDF before they are written out."""

        def finish_all(document: Any, pdf: Any) -> None:
            _name_all_glyphs(pdf)
            if finish:
                finish(document, pdf)

        with self._listening():
            data = layout.document.write_pdf(
                finisher=finish_all, cache=self._cache, pdf_variant=VARIANT, dpi=DOTS_PER_INCH
            )
        return bytes(data)

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What WeasyPrint complained of so far, and which signs are printed as words."""
        said = tuple(map(self._diagnostic, self._messages))
        missing = "".join(self._legibility.missing)
        return (*said, self._worded(missing)) if missing else said

    def _worded(self, signs: str) -> Diagnostic:
        return Diagnostic(
            severity=Severity.NOTE,
            code="missing-sign",
            message=f"no installed font has {' '.join(signs)}: the PDF has words instead",
            path=self._path,
            hint="install a font with these signs, such as Noto Emoji",
        )

    def _diagnostic(self, message: str) -> Diagnostic:
        if message.startswith(_NO_GLYPH):
            return Diagnostic(severity=Severity.WARNING, code="missing-font", message=message, path=self._path)
        origin = self._shelf.origin(message)
        if origin is None:
            return Diagnostic(severity=Severity.WARNING, code="pdf-layout", message=message, path=self._path)
        source, span = origin
        return Diagnostic(
            severity=Severity.WARNING,
            code="unreadable-picture",
            message=f"the picture {source} cannot be drawn in the PDF",
            path=self._path,
            span=span,
            hint="save it anew as PNG, JPEG or plain SVG",
        )

    @contextmanager
    def _listening(self) -> Iterator[None]:
        logger = logging.getLogger("weasyprint")
        listener = _Listener()
        logger.addHandler(listener)
        try:
            yield
        finally:
            logger.removeHandler(listener)
            for message in listener.messages:
                self._messages.setdefault(message)
