"""Ways to damage a finished deck or PDF."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from lxml import etree
from pptx import Presentation

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


def in_deck(data: bytes, damage: Callable[[Any], None]) -> bytes:
    """The deck after something was done to it."""
    presentation = Presentation(io.BytesIO(data))
    damage(presentation)
    stream = io.BytesIO()
    presentation.save(stream)
    return stream.getvalue()


def in_pdf(data: bytes, damage: Callable[[Any], None]) -> bytes:
    """The PDF after something was done to it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        damage(pdf)
        stream = io.BytesIO()
        pdf.save(stream)
    return stream.getvalue()


def parts(presentation: Any) -> Iterator[Any]:
    """The root of every slide and of its notes."""
    for slide in presentation.slides:
        yield slide._element
        if slide.has_notes_slide:
            yield slide.notes_slide._element


def paragraphs(presentation: Any) -> Iterator[Any]:
    for part in parts(presentation):
        yield from part.iter(f"{A}p")


def said(element: Any) -> str:
    return "".join(t.text or "" for t in element.iter(f"{A}t"))


def drop(element: Any) -> None:
    element.getparent().remove(element)


def drop_slide(number: int) -> Callable[[Any], None]:
    def damage(presentation: Any) -> None:
        drop(presentation.slides._sldIdLst[number - 1])

    return damage


def swap_slides(first: int, second: int) -> Callable[[Any], None]:
    def damage(presentation: Any) -> None:
        ids = presentation.slides._sldIdLst
        a, b = ids[first - 1], ids[second - 1]
        below = etree.Element("placeholder")
        ids.replace(a, below)
        ids.replace(b, a)
        ids.replace(below, b)

    return damage


def redescribed(old: str, new: str) -> Callable[[Any], None]:
    """Changes an alternative text."""

    def damage(presentation: Any) -> None:
        (name,) = (n for part in parts(presentation) for n in part.iter(f"{P}cNvPr") if n.get("descr") == old)
        name.set("descr", new)

    return damage


def replaced(old: str, new: str) -> Callable[[Any], None]:
    """Changes text everywhere in a deck."""

    def damage(presentation: Any) -> None:
        met = 0
        for part in parts(presentation):
            for t in part.iter(f"{A}t"):
                if old in (t.text or ""):
                    t.text = t.text.replace(old, new)
                    met += 1
        assert met, f"{old!r} is not in the deck"

    return damage


def without_paragraph(text: str, copy: int | None = None) -> Callable[[Any], None]:
    """Drops the paragraphs that say a text, or only one of them, counted from 0."""

    def damage(presentation: Any) -> None:
        found = [p for p in paragraphs(presentation) if text in said(p)]
        assert found, f"{text!r} is not in the deck"
        for paragraph in found if copy is None else [found[copy]]:
            for child in list(paragraph):
                paragraph.remove(child)

    return damage


def notes_emptied(number: int) -> Callable[[Any], None]:
    def damage(presentation: Any) -> None:
        for paragraph in list(presentation.slides[number - 1].notes_slide._element.iter(f"{A}p"))[1:]:
            for child in list(paragraph):
                paragraph.remove(child)

    return damage


def links(presentation: Any, text: str) -> Iterator[Any]:
    for part in parts(presentation):
        for run in part.iter(f"{A}r"):
            click = run.find(f"{A}rPr/{A}hlinkClick")
            if click is not None and said(run) == text:
                yield click


def unlinked(text: str) -> Callable[[Any], None]:
    def damage(presentation: Any) -> None:
        found = list(links(presentation, text))
        assert found
        for click in found:
            drop(click)

    return damage


def retargeted(data: bytes, old: str, new: str) -> bytes:
    """The deck in which every link to an address leads elsewhere."""
    stream = io.BytesIO()
    met = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(stream, "w") as damaged:
        for name in archive.namelist():
            part = archive.read(name)
            met += part.count(old.encode())
            damaged.writestr(name, part.replace(old.encode(), new.encode()) if name.endswith(".rels") else part)
    assert met
    return stream.getvalue()


def first_shape(tag: str, done: Callable[[Any], None]) -> Callable[[Any], None]:
    """Does something to the first element of a tag, as in `pic`."""

    def damage(presentation: Any) -> None:
        found = next(e for part in parts(presentation) for e in part.iter() if etree.QName(e).localname == tag)
        done(found)

    return damage


def without_page(number: int) -> Callable[[Any], None]:
    def damage(pdf: Any) -> None:
        del pdf.pages[number - 1]

    return damage


def with_blank_page(pdf: Any) -> None:
    pdf.add_blank_page()


def without_annotations(pdf: Any) -> None:
    for page in pdf.pages:
        if "/Annots" in page:
            del page["/Annots"]


def uri(old: str, new: str) -> Callable[[Any], None]:
    def damage(pdf: Any) -> None:
        met = 0
        for page in pdf.pages:
            for annotation in page.get("/Annots", []):
                action = annotation.get("/A")
                if action is not None and str(action.get("/URI", "")) == old:
                    action["/URI"] = pikepdf.String(new)
                    met += 1
        assert met

    return damage
