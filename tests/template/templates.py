"""Templates made with python-pptx for the tests: each with something that a company's might have."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pptx
from lxml import etree
from PIL import Image
from pptx.oxml.shapes.picture import CT_Picture
from pptx.util import Inches

if TYPE_CHECKING:
    from pptx.presentation import Presentation

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_NAMES = {
    "german": ("Titelfolie", "Titel und Inhalt", "Abschnittsüberschrift", "Nur Titel", "Zwei Inhalte"),
    "french": ("Diapositive de titre", "Titre et contenu", "Titre de section", "Titre seul", "Deux contenus"),
    "spanish": (
        "Diapositiva de título",
        "Título y objetos",
        "Encabezado de sección",
        "Solo el título",
        "Dos objetos",
    ),
    "chinese": ("标题幻灯片", "标题和内容", "节标题", "仅标题", "两栏内容"),
}
_ENGLISH = ("Title Slide", "Title and Content", "Section Header", "Title Only", "Two Content")
LANGUAGES = tuple(_NAMES)


def plain(path: Path) -> Path:
    """python-pptx's own presentation, which is 4:3."""
    return _saved(pptx.Presentation(), path)


def translated(path: Path, language: str) -> Path:
    """Layouts that have no type and names in another language, in another order."""
    deck = pptx.Presentation()
    names = dict(zip(_ENGLISH, _NAMES[language], strict=True))
    for layout in deck.slide_layouts:
        layout.name = names.get(layout.name, "x")
        layout._element.attrib.pop("type", None)
    listed = deck.slide_master._element.find(f"{P}sldLayoutIdLst")
    for item in reversed(list(listed)):
        listed.append(item)
    return _saved(deck, path)


def with_logo(path: Path) -> Path:
    """A logo over the title's right end and one over the body's left lower corner."""
    deck = pptx.Presentation()
    for left, top, colour in ((8.4, 0.2, "navy"), (0.3, 6.0, "teal")):
        _add_picture(deck.slide_master, colour, Inches(left), Inches(top), Inches(1.4), Inches(1.0))
    return _saved(deck, path)


def without_bodies(path: Path) -> Path:
    """Nothing but titles and what stands at the foot, on wide slides."""
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    for owner in (deck.slide_master, *deck.slide_layouts):
        for shape in list(owner.placeholders):
            kind = shape._element.find(f".//{P}ph").get("type", "")
            if kind not in {"title", "ctrTitle", "ftr", "sldNum", "dt"}:
                shape._element.getparent().remove(shape._element)
    return _saved(deck, path)


def with_two_titles(path: Path) -> Path:
    """Every layout has its title twice, all on a dark ground with the dark text of a light one."""
    deck = pptx.Presentation()
    for layout in deck.slide_layouts:
        for title in [s for s in layout.placeholders if s.placeholder_format.idx == 0]:
            layout.shapes._spTree.append(copy.deepcopy(title._element))
    ground(deck, "102A43")
    return _saved(deck, path)


def with_one_index(path: Path) -> Path:
    """All placeholders have index 0, as converters write them, and their look is that of sample text."""
    deck = pptx.Presentation()
    for layout in deck.slide_layouts:
        for shape in layout.placeholders:
            shape._element.find(f".//{P}ph").attrib.pop("idx", None)
    return _saved(deck, path)


def with_samples(path: Path) -> Path:
    """Slides, a section over them, a custom show, a link, and text in a font that nobody has."""
    deck = pptx.Presentation()
    for at in range(3):
        slide = deck.slides.add_slide(deck.slide_layouts[min(at, 1)])
        slide.shapes.title.text = f"Sample {at}"
    first = deck.slides[0].shapes.title.text_frame.paragraphs[0].runs[0]
    first.hyperlink.address = "https://company.invalid/intranet"
    relation = deck.part.relate_to(deck.slides[0].part, "http://x.invalid/other")
    show = (
        f'<p:custShowLst xmlns:p="{P[1:-1]}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f'<p:custShow name="Short" id="0"><p:sldLst><p:sld r:id="{relation}"/></p:sldLst></p:custShow></p:custShowLst>'
    )
    deck.element.find(f"{P}notesSz").addnext(etree.fromstring(show))
    return _saved(deck, path)


def ground(deck: Presentation, colour: str) -> None:
    """Give the master a ground of one colour."""
    shown = deck.slide_master._element.find(f"{P}cSld")
    for old in shown.findall(f"{P}bg"):
        shown.remove(old)
    shown.insert(
        0,
        etree.fromstring(
            f'<p:bg xmlns:p="{P[1:-1]}" xmlns:a="{A[1:-1]}"><p:bgPr><a:solidFill><a:srgbClr val="{colour}"/>'
            "</a:solidFill><a:effectLst/></p:bgPr></p:bg>"
        ),
    )


def changed(source: Path, path: Path, change: Callable[[str, bytes], bytes | None], more: Mapping[str, bytes]) -> Path:
    """A copy of a file with changed parts, without those that become None, and with more of them."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
        for name, data in more.items():
            new.writestr(name, data)
    return path


def _saved(deck: Presentation, path: Path) -> Path:
    deck.save(str(path))
    return path


def _add_picture(owner: object, colour: str, left: int, top: int, width: int, height: int) -> None:
    blob = io.BytesIO()
    Image.new("RGB", (40, 40), colour).save(blob, "PNG")
    blob.seek(0)
    _, relation = owner.part.get_or_add_image_part(blob)  # type: ignore[attr-defined]
    owner.shapes._spTree.append(CT_Picture.new_pic(900, "Logo", "", relation, left, top, width, height))  # type: ignore[attr-defined]
