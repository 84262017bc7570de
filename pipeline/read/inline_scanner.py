"""A text cut into pieces from left to right, with links closed and emphasis paired, in linear time."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import ClassVar
from xml.etree.ElementTree import Element

from pipeline.read.addresses import find_addresses
from pipeline.read.brackets import Bracket, read_tail
from pipeline.read.definitions import Definitions, normalise_label
from pipeline.read.delimiters import Run, pair_runs, read_run
from pipeline.read.inline_leaves import Leaves
from pipeline.read.inline_pieces import Piece, leaf_piece
from pipeline.read.learn import brought_in_piece, colons_piece

_PLAIN = re.compile(r"[^\\`*_~=+^$<\[\]!&\n:{%@]+")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
# Not the beginning of a line and a class of characters, as programs write patterns.
_NOTE = re.compile(r"(?<!/)\^\[(?![\^\\\]])")
_BREAK = re.compile(r"\\?\n[ \t]*")


def scan(text: str, definitions: Definitions) -> list[Piece]:
    """The pieces of a text, in order and complete: nothing in it but markup is left out."""
    return _Scanner(text, definitions).scan()


class _Scanner:
    def __init__(self, text: str, definitions: Definitions) -> None:
        self._text = text
        self._definitions = definitions
        self._leaves = Leaves(text, definitions.imports)
        self._addresses = iter(find_addresses(text))
        self._address = next(self._addresses, None)
        self._pieces: list[Piece] = []
        self._runs: list[Run] = []
        self._brackets: list[Bracket] = []
        # Links hold no links: a bracket before this number of pieces can open none.
        self._no_link_before = 0

    def scan(self) -> list[Piece]:
        pos = 0
        while pos < len(self._text):
            piece = self._next(pos)
            self._pieces.append(piece)
            pos = piece.end
        pair_runs(self._runs)
        return self._pieces

    def _next(self, pos: int) -> Piece:
        """The piece at that place; it is never empty."""
        while self._address and self._address.start < pos:
            self._address = next(self._addresses, None)
        address = self._address
        if address and address.start == pos:
            return leaf_piece(pos, address.end, "autolink", self._text[pos : address.end], href=address.href)
        plain = _PLAIN.match(self._text, pos, address.start if address else len(self._text))
        if plain:
            return Piece(start=pos, end=plain.end(), text=plain.group())
        piece = self._READERS[self._text[pos]](self, pos)
        return piece or Piece(start=pos, end=pos + 1, text=self._text[pos])

    def _brace(self, pos: int) -> Piece | None:
        leaves = self._leaves
        piece = leaves.template(pos) or leaves.critic(pos) or leaves.role(pos)
        return piece or leaves.braced(pos, after_markup=self._after_markup())

    def _backslash(self, pos: int) -> Piece | None:
        if escape := _ESCAPE.match(self._text, pos):
            return Piece(start=pos, end=escape.end(), text=escape[1])
        return self._break(pos)

    def _break(self, pos: int) -> Piece | None:
        """A line break: hard after a backslash or two spaces, else soft."""
        end = _BREAK.match(self._text, pos)
        if end is None:
            return None
        hard = self._text[pos] == "\\" or self._text.endswith("  ", 0, pos)
        return leaf_piece(pos, end.end(), "br" if hard else "soft")

    def _run(self, pos: int) -> Piece:
        run = read_run(self._text, pos)
        if run.can_open or run.can_close:
            self._runs.append(run)
        return run.piece

    def _after_markup(self) -> bool:
        """Whether the last piece can be the end of an inline that takes attributes."""
        if not self._pieces:
            return False
        last = self._pieces[-1]
        is_leaf = last.leaf is not None and last.leaf.tag != "soft"
        is_run = bool(self._runs) and self._runs[-1].piece is last and self._runs[-1].can_close
        return is_leaf or last.tag is not None or last.closes > 0 or is_run

    def _open_bracket(self, pos: int) -> Piece:
        leaf = self._footnote(pos) or self._wiki(pos) or brought_in_piece(self._text, pos)
        return leaf or self._bracket(pos, pos + 1)

    def _footnote(self, pos: int) -> Piece | None:
        """A footnote mark, unless it is the text of a link: what follows may be text, another mark or a link."""
        mark = self._leaves.footnote(pos)
        if mark is None or not self._text.startswith(("(", "["), mark.end):
            return mark
        opening = Piece(start=pos, end=pos + 1, text="[")
        bracket = Bracket(piece=opening, number=0, runs=0, image=False, note=False)
        return None if read_tail(self._text, bracket, mark.end - 1, self._definitions) else mark

    def _open_note(self, pos: int) -> Piece | None:
        """A footnote that stands within the line."""
        return self._bracket(pos, pos + 2, note=True) if _NOTE.match(self._text, pos) else None

    def _open_image(self, pos: int) -> Piece | None:
        if not self._text.startswith("![", pos):
            return None
        return self._wiki(pos) or self._bracket(pos, pos + 2, image=True)

    def _wiki(self, pos: int) -> Piece | None:
        """A wiki link, unless a definition makes a link of its inner brackets."""
        piece = self._leaves.wiki(pos)
        if piece is None or piece.leaf is None:
            return None
        defined = normalise_label(piece.leaf.get("target", "")) in self._definitions.links
        return None if defined else piece

    def _bracket(self, start: int, end: int, *, image: bool = False, note: bool = False) -> Piece:
        piece = Piece(start=start, end=end, text=self._text[start:end])
        number, runs = len(self._pieces), len(self._runs)
        self._brackets.append(Bracket(piece=piece, number=number, runs=runs, image=image, note=note))
        return piece

    def _close_bracket(self, pos: int) -> Piece | None:
        if not self._brackets:
            return None
        bracket = self._brackets.pop()
        if bracket.note:
            return self._closed(bracket, Element("note"), pos + 1, pos)
        if not bracket.image and bracket.number < self._no_link_before:
            return None
        tail = read_tail(self._text, bracket, pos, self._definitions)
        if tail is None:
            span = None if bracket.image else self._leaves.span_end(pos + 1)
            return self._closed(bracket, Element(span[0]), span[1], pos) if span else None
        if bracket.image:
            classes = self._leaves.classes(tail.end)
            element = Element("img", {"src": tail.destination, "title": tail.title, "class": classes})
        else:
            element = Element("a", {"href": tail.destination, "title": tail.title})
            self._no_link_before = len(self._pieces)
        return self._closed(bracket, element, tail.end, pos)

    def _closed(self, bracket: Bracket, element: Element, end: int, pos: int) -> Piece:
        """The piece that ends an element, which begins at the bracket."""
        pair_runs(self._runs[bracket.runs :])
        del self._runs[bracket.runs :]
        bracket.piece.text = ""
        bracket.piece.opens.append(element)
        return Piece(start=pos, end=end, closes=1)

    _READERS: ClassVar[Mapping[str, Callable[[_Scanner, int], Piece | None]]] = {
        "\\": _backslash,
        "`": lambda self, pos: self._leaves.code(pos),
        "*": _run,
        "_": _run,
        "~": lambda self, pos: self._leaves.script(pos) or self._run(pos),
        "=": _run,
        "+": lambda self, pos: self._leaves.keys(pos) or self._run(pos),
        "^": lambda self, pos: self._leaves.script(pos) or self._open_note(pos) or self._run(pos),
        "%": lambda self, pos: self._leaves.percent_comment(pos),
        "@": lambda self, pos: self._leaves.cross_reference(pos),
        "$": lambda self, pos: self._leaves.formula(pos),
        "<": lambda self, pos: self._leaves.pointed(pos),
        "[": _open_bracket,
        "!": _open_image,
        "]": _close_bracket,
        "&": lambda self, pos: self._leaves.entity(pos),
        "\n": _break,
        ":": lambda self, pos: self._leaves.emoji(pos) or colons_piece(self._text, pos),
        "{": _brace,
    }
