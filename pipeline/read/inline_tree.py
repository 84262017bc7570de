"""Pieces nested into a tree of elements, with HTML tags paired and white space settled.

Texts are elements of their own (`t`), never the text or tail of another, so that each carries its lines:
`first` and `last` count the lines of the text that was read, from 0.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from typing import Final
from xml.etree.ElementTree import Element

from msgspec import Struct

from pipeline.read.inline_html import element_of, is_known, is_void, may_stay_open
from pipeline.read.inline_pieces import Piece
from pipeline.read.tags import Tag

# What lies deeper is read, but its markup is not: everything that walks inlines may recurse.
DEEPEST: Final = 40

# Without children, these show an address, a name or a picture.
_SHOWN_WHEN_EMPTY: Final = frozenset({"a", "img", "media", "component", "label"})

# What a template says without an end; others are shown as they are written.
_SHOWN_WITHOUT_END: Final = frozenset({"a", "discard", "icon", "img", "kbd", "label", "media", "variable"})

_SPACES = re.compile(r"[ \t\n]+")


def build_tree(text: str, pieces: list[Piece]) -> Element:
    """The tree of a text's pieces, under an element `inlines`."""
    return _TreeBuilder(text, pieces).build()


class _Frame(Struct, kw_only=True):
    """An element that is open. `name` is that of its HTML tag, or empty where Markdown began it."""

    element: Element
    name: str
    is_link: bool


class _TreeBuilder:
    def __init__(self, text: str, pieces: list[Piece]) -> None:
        self._text = text
        self._pieces = pieces
        self._newlines = [end.start() for end in re.finditer("\n", text)]
        self._paired = _paired_tags(pieces)
        self._root = Element("inlines")
        self._frames = [_Frame(element=self._root, name="", is_link=False)]
        self._flow = _Flow()

    def build(self) -> Element:
        for number, piece in enumerate(self._pieces):
            for _ in range(piece.closes):
                self._close_markup(piece)
            if piece.leaf is not None:
                self._leaf(piece, piece.leaf)
            elif piece.tag is not None:
                self._tag(piece, piece.tag, paired=number in self._paired)
            elif piece.text:
                self._write(piece, piece.text)
            for element in reversed(piece.opens):
                self._open(piece, element, "")
        self._flow.end_line()
        self._end_lines(0, self._line(len(self._text)))
        return self._root

    # ------------------------------------------------------------ nesting

    def _open(self, piece: Piece, element: Element, name: str) -> None:
        """Begin an element; too deep, or a link within a link, it is open without being there."""
        is_link = element.tag == "a"
        if len(self._frames) > DEEPEST or (is_link and self._in_link()):
            element = self._frames[-1].element
        else:
            element.set("first", str(self._line(piece.start)))
            self._frames[-1].element.append(element)
        self._frames.append(_Frame(element=element, name=name, is_link=is_link))

    def _in_link(self) -> bool:
        return any(frame.is_link for frame in self._frames[1 : DEEPEST + 1])

    def _close_markup(self, piece: Piece) -> None:
        """End the element that Markdown began last, and HTML elements that were left open in it."""
        place = len(self._frames) - 1
        while self._frames[place].name:
            place -= 1
        self._end_lines(place, self._line(piece.end))

    def _end_lines(self, place: int, last: int) -> None:
        """Close all frames from that place on; they end on that line."""
        for frame in self._frames[place:]:
            frame.element.set("last", str(last))
            if not len(frame.element) and frame.element.tag in _SHOWN_WHEN_EMPTY:
                self._flow.visible("\ufffc")
        del self._frames[place:]

    def _tag(self, piece: Piece, tag: Tag, *, paired: bool) -> None:
        if tag.closing:
            self._close_tag(piece, tag)
        elif tag.template and not paired:
            element = self._element(piece, tag)
            if element.tag == "variable":
                element.text = self._text[piece.start : piece.end]
            shown = element.tag in _SHOWN_WITHOUT_END or (element.tag == "code" and element.text)
            if shown or (element.tag == "component" and tag.get("text")):
                self._leaf(piece, element)
            else:
                self._add(piece, "template", self._text[piece.start : piece.end])
        elif is_void(tag):
            self._leaf(piece, self._element(piece, tag))
        elif paired or may_stay_open(tag):
            self._open(piece, self._element(piece, tag), tag.name.lower())
        elif tag.attributes:
            self._leaf(piece, self._element(piece, tag))
        else:
            # `<name>` in running text is a placeholder that the author forgot to escape.
            self._add(piece, "unescaped", self._text[piece.start : piece.end])

    def _element(self, piece: Piece, tag: Tag) -> Element:
        """The tag's element; one that nobody knows is called as it is written."""
        element = element_of(tag)
        if element.tag == "component":
            element.set("name", self._text[piece.start : piece.end] if tag.template else f"<{tag.name}>")
        return element

    def _close_tag(self, piece: Piece, tag: Tag) -> None:
        name = tag.name.lower()
        for place in range(len(self._frames) - 1, max(0, len(self._frames) - DEEPEST), -1):
            if not self._frames[place].name:
                break
            if self._frames[place].name == name:
                self._end_lines(place, self._line(piece.end))
                return
        if not is_known(tag):
            # The end of a component is markup whatever it ends; the end of nothing known may be meant as text.
            is_component = "-" in tag.name or not tag.name.islower()
            self._add(piece, "stray" if is_component else "unescaped", self._text[piece.start : piece.end])

    # ------------------------------------------------------------ what stands in the line

    def _leaf(self, piece: Piece, leaf: Element) -> None:
        match leaf.tag:
            case "soft":
                self._flow.soft_break(self._add(piece, "t", ""))
            case "br":
                self._flow.end_line()
                self._place(piece, leaf)
            case "literal":
                self._write(piece, leaf.get("text", ""))
            case "autolink" if self._in_link():
                self._write(piece, leaf.text or "")
            case "speech" | "span" | "icon" | "discard":
                self._place(piece, leaf)
            case _:
                self._flow.visible((leaf.text or "").strip() or "\ufffc")
                self._place(piece, leaf)

    def _write(self, piece: Piece, text: str) -> None:
        if self._frames[-1].element.tag == "discard":
            self._add(piece, "t", text)
        elif text := self._flow.text(_SPACES.sub(" ", text)):
            self._flow.written(self._add(piece, "t", text))

    def _add(self, piece: Piece, name: str, text: str) -> Element:
        element = Element(name)
        element.text = text
        if name in {"unescaped", "template"}:
            self._flow.visible(text)
        self._place(piece, element)
        return element

    def _place(self, piece: Piece, element: Element) -> None:
        element.set("first", str(self._line(piece.start)))
        # A line break belongs to the line that it ends.
        end = piece.start if element.tag in {"t", "br"} else piece.end
        element.set("last", str(self._line(end)))
        self._frames[-1].element.append(element)

    def _line(self, place: int) -> int:
        return bisect_left(self._newlines, place)


class _Flow:
    """White space as it falls between what is visible: one space at most, none at a line's ends."""

    def __init__(self) -> None:
        # The last visible character, and the one before the text that was written last.
        self._last = ""
        self._before = ""
        self._soft: Element | None = None
        self._written: Element | None = None

    def soft_break(self, element: Element) -> None:
        """A line of the source ends; what its element says is known when the next character is."""
        self._strip()
        self._soft = element

    def end_line(self) -> None:
        """A line ends for good."""
        self._strip()
        self._last = ""
        self._soft = None

    def text(self, text: str) -> str:
        """The text as it stands after what came before."""
        if self._soft is not None or self._last in {"", " "}:
            text = text.lstrip(" ")
        if text:
            self.visible(text)
        return text

    def visible(self, text: str) -> None:
        """Something is seen that begins and ends with the characters of that text."""
        if self._soft is not None:
            joined = not self._last or (_is_unspaced(self._last) and _is_unspaced(text[0]))
            self._soft.text = "" if joined else " "
            self._soft = None
        self._before, self._last = self._last, text[-1]
        self._written = None

    def written(self, element: Element) -> None:
        """The text element that was written last: it may end with a space too many."""
        self._written = element

    def _strip(self) -> None:
        if self._written is not None:
            self._written.text = (self._written.text or "").rstrip(" ")
            self._last = self._written.text[-1:] or self._before


def _is_unspaced(character: str) -> bool:
    """Whether a character is of a script that sets no spaces between words: Chinese or Japanese."""
    if unicodedata.east_asian_width(character) not in "WF" or unicodedata.category(character) == "So":
        return False
    return not unicodedata.name(character, "").startswith("HANGUL")


def _paired_tags(pieces: list[Piece]) -> set[int]:
    """The numbers of the opening tags for which a closing tag follows."""
    closing: Counter[str] = Counter()
    paired: set[int] = set()
    for number in range(len(pieces) - 1, -1, -1):
        tag = pieces[number].tag
        if tag is None or tag.self_closing:
            continue
        if tag.closing:
            closing[tag.name.lower()] += 1
        elif closing[tag.name.lower()]:
            closing[tag.name.lower()] -= 1
            paired.add(number)
    return paired
