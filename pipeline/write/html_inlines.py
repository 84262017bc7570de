"""Inlines as HTML that is safe to print: every word is escaped, every address is checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import assert_never
from urllib.parse import quote

from markupsafe import Markup, escape
from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.labels import Labels
from pipeline.model.inlines import (
    BrokenTarget,
    CodeSpan,
    DrawnFormula,
    FileTarget,
    FootnoteReference,
    FormulaSpan,
    Image,
    Inline,
    InlineImage,
    Inlines,
    LineBreak,
    Link,
    PageTarget,
    SectionTarget,
    Style,
    Styled,
    Target,
    Text,
    WebTarget,
)
from pipeline.model.text import plain_text
from pipeline.settings import Product
from pipeline.typeset import has_right_to_left, right_to_left
from pipeline.write.formula_drawing import formula_address
from pipeline.write.neighbours import file_address, page_address
from pipeline.write.shelf import Shelf

MM_PER_PIXEL = 25.4 / 96
# Deeper nesting than this is printed flat: no page that people write has it, and laying out is recursive.
DEEPEST = 24
# Pictures up to this height in CSS pixels are badges and icons, and stand in the line.
LINE_HEIGHT_PIXELS = 32
# No formula stands in a line that is higher or wider, in ems.
HIGHEST_IN_LINE, WIDEST_IN_LINE = 5.0, 24.0

_TOP = "panel:front"  # where the title stands
_SCHEMES = frozenset(
    ("http", "https", "mailto", "tel", "sms", "ftp", "ftps", "sftp", "irc", "xmpp", "news", "git", "ssh")
)
_LONG_WORD = re.compile(r"(?![,.;:!?)\]}])[!-~\u00a1-\u024f]{25}")
# A name too long for a narrow column, and where its parts meet.
_LONG_NAME = re.compile(r"\w{30,}")
# A short option of a command, as in `ls --all`.
_OPTION = re.compile(r"(?<!\S)(--?[A-Za-z][\w-]{0,8}\w?)(?!\S)")
_SEAM = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=_)(?=[^\W_])")
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, 0xFFFE, 0xFFFF))
# About code within words from the right: its signs stay where they are in it.
LEFT_TO_RIGHT = "\u200e"
_TAGS = {
    Style.EMPHASIS: "em",
    Style.STRONG: "strong",
    Style.DELETED: "del",
    Style.INSERTED: "ins",
    Style.MARKED: "mark",
    Style.SUPERSCRIPT: "sup",
    Style.SUBSCRIPT: "sub",
    Style.KEYBOARD: "kbd",
}


class Headings:
    """Gives headings levels that begin where they may and skip none."""

    def __init__(self, first: int) -> None:
        self._last = first

    def place(self, level: int) -> int:
        """The level to print for a heading that asks for `level`."""
        self._last = max(2, min(level, self._last + 1, 6))
        return self._last


class Feet:
    """The footnotes that were marked since they were last asked for, by their labels: each is told of once."""

    def __init__(self) -> None:
        self._told: set[str] = set()
        self._marked: list[str] = []

    def mark(self, label: str) -> None:
        """Note that a footnote is marked here."""
        if label not in self._told:
            self._told.add(label)
            self._marked.append(label)

    def take(self) -> list[str]:
        """The footnotes marked since the last time, in the order of their marks."""
        marked, self._marked = self._marked, []
        return marked


class Printing(Struct, frozen=True, kw_only=True):
    """What printing a page needs to know: where its addresses lead on paper, and where its pictures are kept.

    `product` is the file to print.
    `numbers` are the references' by address, `places` the ids that exist in the file, `marks` the footnotes' marks by
    label, `measure` the width of the text in millimetres (about so many `ems`, in lines of so many millimetres),
    `across` that of the page, `margin` that of the slides beside it, `tallest` what a picture may be high. `deeper` is
    added to the levels of headings inside blocks. `in_link` says that a link is around already, `right_to_left` how
    the page is written. Code of up to `unbroken` letters stays on one line.
    `feet` takes down which footnotes are marked. Formulas are drawn in `ink`, their source set in the family `mono`.
    """

    product: Product
    labels: Labels
    shelf: Shelf
    numbers: Mapping[str, int] = field(default_factory=dict)
    places: frozenset[str] = frozenset()
    marks: Mapping[str, str] = field(default_factory=dict)
    headings: Headings = field(default_factory=lambda: Headings(1))
    deeper: int = 0
    measure: float = 94
    across: float = 174
    margin: float = 74
    ems: float = 28
    line: float = 4.66
    tallest: float = 110
    in_link: bool = False
    right_to_left: bool = False
    unbroken: int = 0
    feet: Feet = field(default_factory=Feet)
    ink: str = "#000000"
    mono: str = "monospace"

    def way(self, text: str) -> str:
        """The direction of a text: that of the page where it has no letters.

        On a page that reads from the right, one without any letter that does reads from the left, as on slides.
        """
        if not any(map(str.isalpha, text)):
            return "rtl" if self.right_to_left else "ltr"
        return "rtl" if (has_right_to_left if self.right_to_left else right_to_left)(text) else "ltr"

    def within(self, text: str) -> str:
        """The direction of a text's words, which may be set between marks of their own."""
        return {"\u200f\u200e": "ltr", "\u200e\u200f": "rtl"}.get(text[:2], self.way(text))

    def turned(self, text: str) -> str | None:
        """The direction of a text that reads the other way than the page."""
        way = self.way(text)
        return None if way == ("rtl" if self.right_to_left else "ltr") else way

    def turning(self, text: str) -> Markup:
        """The attribute that turns such a text, or nothing; for templates."""
        way = self.turned(text.striptags() if isinstance(text, Markup) else text)
        return Markup(' dir="{}"').format(way) if way else Markup("")


def clean(text: str) -> Markup:
    """The text, escaped, without control characters."""
    return escape(text.translate(_CONTROLS))


def element(tag: str, content: Markup, **attributes: object) -> Markup:
    """An element; attributes that are None or empty are left out, a trailing underscore in their names too."""
    written = [
        Markup(' {}="{}"').format(name.rstrip("_").replace("_", "-"), clean(str(value)))
        for name, value in attributes.items()
        if value not in (None, "")
    ]
    return Markup("<{0}{1}>{2}</{0}>").format(tag, Markup("").join(written), content)


def inlines_html(inlines: Inlines, printing: Printing, depth: int = 0) -> Markup:
    """The inlines as HTML."""
    if depth >= DEEPEST:
        return clean(plain_text(inlines))
    between = zip((None, *inlines), inlines, strict=False)
    return Markup("").join(_between(*pair, printing) + _inline(pair[1], printing, depth + 1) for pair in between)


def words_html(inlines: Inlines, printing: Printing) -> Markup:
    """The inlines of a whole text, held together where they read otherwise than the block that they stand in.

    WeasyPrint sets each box within a line by itself, so that marks of direction do not reach over several.
    """
    shown, text = inlines_html(inlines, printing), plain_text(inlines)
    within = printing.within(text)
    return shown if within == printing.way(text) else element("bdi", shown, dir=within)


def _between(before: Inline | None, inline: Inline, printing: Printing) -> Markup:
    """A place for a line to end before what begins with a very long word, and between a space and unbroken code.

    WeasyPrint divides a word that is too long for a line only where it begins one, and ends no line at a space between
    two pieces of code that stay on one line.
    """
    text = inline.text if isinstance(inline, Text) else plain_text((inline,))
    spaced = isinstance(before, Text) and before.text.endswith(" ")
    return Markup("<wbr/>") if _LONG_WORD.match(text) or (spaced and _is_unbroken(inline, printing)) else Markup("")


def _is_unbroken(inline: Inline, printing: Printing) -> bool:
    return isinstance(inline, CodeSpan) and len(inline.text) <= printing.unbroken


def _code(text: str) -> Markup:
    """Code, with places for a line to end between the parts of its very long names."""
    parts = _LONG_NAME.sub(lambda name: _SEAM.sub("\0", name[0]), text).split("\0")
    return Markup("<wbr/>").join(map(with_options, parts))


def with_options(text: str) -> Markup:
    """Code whose options, such as `--all`, are not divided at their hyphens."""
    parts = map(clean, _OPTION.split(text))
    return Markup("").join(
        element("span", part, class_="unbroken") if at % 2 else part for at, part in enumerate(parts)
    )


def _inline(inline: Inline, printing: Printing, depth: int) -> Markup:
    match inline:
        case Text():
            return clean(inline.text)
        case Styled():
            return element(_TAGS[inline.style], inlines_html(inline.children, printing, depth))
        case CodeSpan():
            unbroken = "unbroken" if _is_unbroken(inline, printing) else None
            turned = LEFT_TO_RIGHT if printing.right_to_left else ""
            return element("code", _code(turned + inline.text + turned), class_=unbroken)
        case FormulaSpan():
            return _formula(inline, printing)
        case Link():
            inside = inlines_html(inline.children, replace(printing, in_link=True), depth)
            return link_html(inside, inline.target, printing)
        case InlineImage():
            return _inline_image(inline, printing, depth)
        case FootnoteReference():
            return _footnote_mark(inline, printing)
        case LineBreak():
            return Markup("<br/>")
        case _:
            assert_never(inline)


def _formula(formula: FormulaSpan, printing: Printing) -> Markup:
    """The formula in its line, on the line's base; its source where it is not drawn, or too large for a line."""
    drawn = formula.drawn
    if drawn is None or drawn.height > HIGHEST_IN_LINE or drawn.width > WIDEST_IN_LINE:
        return element("code", clean(formula.source), class_="formula")
    style = f"width: {drawn.width:.3f}em; vertical-align: {-drawn.depth:.3f}em"
    return formula_image(drawn, formula.source, style, printing)


def formula_image(drawn: DrawnFormula, source: str, style: str, printing: Printing) -> Markup:
    """A formula's drawing with its source as alternative text."""
    words = " ".join(source.translate(_CONTROLS).split())
    address = formula_address(drawn, words, printing.shelf, printing.ink, printing.mono)
    return Markup('<img class="formula" src="{}" alt="{}" style="{}"/>').format(address, words, style)


def link_html(content: Markup, target: Target, printing: Printing) -> Markup:
    """The content as a link, with what paper needs beside it: a reference's number or a page."""
    if printing.in_link:
        return content  # links do not nest
    match target:
        case WebTarget():
            return _web_link(content, target.url, printing)
        case SectionTarget():
            return _section_link(content, target.id, printing)
        case PageTarget():
            return element("a", content, href=page_address(target, printing.product))
        case FileTarget():
            return element("a", content, href=file_address(target)) if target.way else content
        case BrokenTarget():
            return content
        case _:
            assert_never(target)


def _web_link(content: Markup, url: str, printing: Printing) -> Markup:
    shown = element("a", content, href=web_address(url)) if is_safe(url) else content
    number = printing.numbers.get(url)
    if number is None:
        return shown
    mark = element("a", clean(str(number)), href=f"#reference:{number}")
    return shown + element("sup", mark, class_="number")


def web_address(url: str) -> str:
    """The address as PDF wants it, in ASCII."""
    return quote(url.strip(), safe="/:?#[]@!$&'()*+,;=~%")


def is_safe(url: str) -> bool:
    """Whether an address may be made a live link: of a known scheme, or of none."""
    head = url.strip().split("/", 1)[0]
    return ":" not in head or head.split(":", 1)[0].lower() in _SCHEMES


def _section_link(content: Markup, name: str, printing: Printing) -> Markup:
    exists = name in printing.places if name else printing.product is Product.HANDOUT
    if not exists:
        return content
    address = f"#{quote(name) or _TOP}"
    return element("a", content, href=address) + element("a", Markup(""), class_="to-page", href=address)


def _footnote_mark(reference: FootnoteReference, printing: Printing) -> Markup:
    mark = printing.marks.get(reference.label)
    if mark is None or printing.in_link:
        return Markup("")
    link = element("a", clean(mark), href=f"#footnote:{mark}")
    printing.feet.mark(reference.label)
    return element("sup", link, class_="number")


def _inline_image(inline: InlineImage, printing: Printing, depth: int) -> Markup:
    legend = inlines_html(inline.legend, printing, depth)
    if inline.origin is not None:
        legend += Markup(" ") + source_html(inline.origin, printing)
    shown = picture_html(inline.image, plain_text(inline.legend), printing, class_="in-line")
    if shown is None:
        said = f"{inline.image.alt or inline.image.title} ({inline.image.source})"
        shown = element("span", clean(said.lstrip()), class_="missing")
    return shown + (element("span", Markup(" ({})").format(legend), class_="legend") if legend else Markup(""))


def source_html(origin: Target, printing: Printing) -> Markup:
    """Where a picture is from: the word, and the address as short as it can be recognised."""
    match origin:
        case WebTarget():
            # Behind a number the whole address is found among the references.
            short = short_address(origin.url, 60)
            name = short.split("/", 1)[0] if origin.url in printing.numbers else short
        case SectionTarget():
            name = origin.id
        case PageTarget() | FileTarget():
            name = origin.path
        case BrokenTarget():
            name = origin.address
        case _:
            assert_never(origin)
    return clean(f"{printing.labels.source}: ") + link_html(clean(name), origin, printing)


def picture_html(
    image: Image, legend: str, printing: Printing, *, class_: str, width: float | None = None
) -> Markup | None:
    """The picture at the width in millimetres, or at its natural one; None where it could not be had."""
    picture = image.picture
    if picture is None:
        return None
    in_line = class_ == "in-line" and picture.height <= LINE_HEIGHT_PIXELS
    style = "" if in_line else f"width: {width or picture_width(picture.width, picture.height, None, printing):.2f}mm"
    return Markup('<img class="{}" src="{}" alt="{}" style="{}"/>').format(
        "icon" if in_line else class_, printing.shelf.put(image, picture), clean(description(image, legend)), style
    )


def picture_width(width: float, height: float, wish: float | None, printing: Printing) -> float:
    """The width in millimetres at which a picture of this size in CSS pixels fits the measure and the page."""
    natural = (wish or width or 1) * MM_PER_PIXEL
    proportion = (width or 1) / (height or 1)
    # A hair's breadth less than the measure: a rounding error more would move the picture below what floats beside it.
    return min(natural, printing.measure - 0.1, printing.tallest * proportion)


def description(image: Image, legend: str) -> str:
    """What to say of a picture to who cannot see it; never empty."""
    address = "" if image.source.startswith("data:") else image.source.split("?", 1)[0].split("#", 1)[0]
    name = PurePosixPath(address).name
    return image.alt.strip() or legend.strip() or image.title.strip() or name[:100] or "picture"


def short_address(url: str, longest: int) -> str:
    """The address without scheme and `www.`, cut in the middle where it is too long; the link keeps it whole."""
    bare = url.split("://", 1)[-1].removeprefix("mailto:").removeprefix("www.").rstrip("/")
    if len(bare) <= longest:
        return bare
    end = longest // 3
    return f"{bare[: longest - end - 1]}…{bare[-end:]}"
