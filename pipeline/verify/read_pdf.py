"""A PDF read back in the order of its tags: passages, links, alternative texts, bookmarks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from typing import Any

import pikepdf
from msgspec import Struct, field

from pipeline.verify.carried import (
    LINE_END_HYPHEN,
    Bookmark,
    CarriedLink,
    CarriedPicture,
    ContentsLine,
    Passage,
    PdfContents,
    UnreadableError,
    Where,
)
from pipeline.verify.pdf_structure import Seen, walk_structure
from pipeline.verify.pdf_text import PageContents, page_contents
from pipeline.verify.runs import TextRun, contents_line, links_of, passage_of

# pdfium gives one kind of hyphen at the end of a line as a control character of its own.
_HYPHEN = re.compile("[-\u2010\x02]\n$")


def read_pdf(data: bytes) -> PdfContents:
    """What a PDF carries. Raises `UnreadableError`."""
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            return _Reader(pdf, page_contents(_without_pictures(pdf))).contents()
    except pikepdf.PdfError as error:
        message = "it is no PDF, or a damaged one"
        raise UnreadableError(message) from error


def _without_pictures(pdf: pikepdf.Pdf) -> bytes:
    """The file with an empty picture for each: text in them is not the page's, and thumbnails take long to read."""
    empty = pdf.make_stream(b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 1, 1])
    done: set[tuple[int, int]] = set()
    for page in pdf.pages:
        resources: Any = page.resources
        pictures: Any = resources.get("/XObject", {})
        # Pages may share what they draw with, and a long file's pictures are many.
        if pictures and (not resources.is_indirect or resources.objgen not in done):
            resources["/XObject"] = pikepdf.Dictionary(dict.fromkeys(pictures.keys(), empty))
            done.add(resources.objgen)
    stream = BytesIO()
    # Read once and thrown away, so nothing is packed again.
    pdf.save(stream, compress_streams=False)
    return stream.getvalue()


class _Run(Struct, frozen=True, kw_only=True):
    """A run of text with the page and the passage that it stands in. `order` counts what stands before it."""

    order: int
    page: int
    passage: int
    heading: bool
    run: TextRun


class _Reader:
    """A PDF being read and what was found so far."""

    def __init__(self, pdf: pikepdf.Pdf, painted: tuple[PageContents, ...]) -> None:
        self._pdf = pdf
        self._painted = painted
        self._pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        self._destinations: dict[str, int] = {}
        self._destinations.update(self._named())
        # Only annotations that a page still has can be clicked, whatever the structure names.
        self._leads = {item.objgen: self._lead(item) for page in pdf.pages for item in page.obj.get("/Annots", [])}
        self._pictures: list[CarriedPicture] = []

    def contents(self) -> PdfContents:
        """Everything that the file carries."""
        root = self._pdf.Root
        tagged = "/StructTreeRoot" in root
        runs = tuple(self._structure(root.StructTreeRoot) if tagged else self._untagged())
        read = _put_together(runs)
        return PdfContents(
            pages=len(self._pdf.pages),
            tagged=tagged,
            language=str(root.get("/Lang", "")),
            title=str(self._pdf.docinfo.get("/Title", "")),
            passages=tuple(read.passages),
            links=tuple(read.links),
            contents=tuple(read.contents),
            pictures=tuple(self._pictures),
            bookmarks=tuple(self._bookmarks()),
            bare_fonts=tuple(sorted(set(self._bare_fonts()))),
            cut=tuple((number, text) for number, page in enumerate(self._painted, 1) for text in page.cut),
        )

    def _named(self) -> Iterator[tuple[str, int]]:
        """Every named destination with its page."""
        names = self._pdf.Root.get("/Names")
        if names is None or "/Dests" not in names:
            return
        for name, destination in pikepdf.NameTree(names.Dests).items():
            page = self._page_of(destination)
            if page is not None:
                yield str(name), page

    def _page_of(self, destination: Any) -> int | None:
        """The page that a destination leads to; it may be given by name."""
        if isinstance(destination, pikepdf.Dictionary):
            destination = destination.get("/D")
        if isinstance(destination, pikepdf.Array) and len(destination):
            return self._pages.get(getattr(destination[0], "objgen", (0, 0)))
        return None if destination is None else self._destinations.get(str(destination))

    def _lead(self, annotation: Any) -> tuple[str, int | None]:
        """The address or the page that a link annotation opens."""
        action = annotation.get("/A")
        if action is None:
            return "", self._page_of(annotation.get("/Dest"))
        if "/URI" in action:
            return str(action.URI), None
        return "", self._page_of(action.get("/D"))

    def _structure(self, root: pikepdf.Object) -> Iterator[_Run]:
        """The text of the tags, in their order; notes the figures on the way."""
        for order, item in enumerate(walk_structure(root)):
            page = self._pages.get(item.page)
            if page is None:
                continue
            if isinstance(item, Seen):
                drawn = bool(item.marks & self._painted[page - 1].drawn)
                picture = CarriedPicture(
                    where=Where.PAGE, number=page, description=item.description, order=order, drawn=drawn
                )
                self._pictures.append(picture)
                continue
            text = self._painted[page - 1].texts.get(item.mark, "")
            url, jump = next((self._leads[key] for key in item.links if key in self._leads), ("", None))
            run = TextRun(text=text, url=url, jump=jump)
            yield _Run(order=order, page=page, passage=item.passage, heading=item.heading, run=run)

    def _untagged(self) -> Iterator[_Run]:
        """The text of the pages as it was painted."""
        for number, painted in enumerate(self._painted, 1):
            for text in painted.texts.values():
                yield _Run(order=0, page=number, passage=number, heading=False, run=TextRun(text=text))

    def _bookmarks(self) -> Iterator[Bookmark]:
        with self._pdf.open_outline() as outline:
            stack = list(reversed(outline.root))
        while stack:
            item = stack.pop()
            stack.extend(reversed(item.children))
            action = item.action
            place = item.destination if action is None else action.get("/D")
            yield Bookmark(title=str(item.title), page=self._page_of(place))

    def _bare_fonts(self) -> Iterator[str]:
        """Fonts that are named but not in the file."""
        met: set[tuple[int, int]] = set()
        for page in self._pdf.pages:
            fonts: Any = dict(page.resources.get("/Font", {}))
            for font in fonts.values():
                if font.objgen not in met:
                    met.add(font.objgen)
                    if not _embedded(font):
                        yield str(font.get("/BaseFont", "/?"))[1:]


def _embedded(font: Any) -> bool:
    inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    descriptor = inner.get("/FontDescriptor", {})
    return inner.get("/Subtype") == "/Type3" or any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3"))


class _Read(Struct, kw_only=True):
    """What runs make."""

    passages: list[Passage] = field(default_factory=list)
    links: list[CarriedLink] = field(default_factory=list)
    contents: list[ContentsLine] = field(default_factory=list)


def _put_together(runs: tuple[_Run, ...]) -> _Read:
    """The passages, the links and the lines of contents that runs make."""
    read = _Read()
    for (page, _), group in groupby(runs, key=lambda run: (run.page, run.passage)):
        own = tuple(group)
        texts = _spaced(tuple(run.run for run in own))
        passage = passage_of(texts, Where.PAGE, page, heading=own[0].heading, order=own[0].order)
        if passage is not None:
            read.passages.append(passage)
            read.links.extend(links_of(texts, Where.PAGE, page))
            line = contents_line(texts, page)
            read.contents.extend([line] if line else [])
    return read


def _spaced(runs: tuple[TextRun, ...]) -> tuple[TextRun, ...]:
    """Runs parted by line breaks, since lines end without a space, and with the hyphens at their ends marked."""
    *before, last = runs
    texts = (_HYPHEN.sub(LINE_END_HYPHEN, f"{run.text}\n") for run in before)
    return (*(TextRun(text=text, url=run.url, jump=run.jump) for text, run in zip(texts, before, strict=True)), last)
