"""Lists that are drawn in a box of lines in a block of code, line by line.

What is drawn in a box is text that somebody set, not code. Boxes beside or in each other are diagrams, and left alone.
"""

from __future__ import annotations

import re

from msgspec import Struct

from pipeline.model.document import CodeBlock
from pipeline.plan.comparison.passages import Passage, Stretch

_FRAMED = re.compile(r"\s*[│┃║](?P<inside>[^│┃║┌┐└┘╔╗╚╝├┤]*)[│┃║]\s*")
_RULER = re.compile(r"[\s─━═┌┐└┘├┤╔╗╚╝╠╣╭╮╰╯]+")
_MARK = re.compile(r"(?:[•●○◦▪▸►→✓✔✗✘✅❌☑*+–-]|\d{1,2}[.)])\ufe0f?\s+")
_FEWEST = 2


class Line(Struct, frozen=True, kw_only=True):
    """A line of a box: how far it is indented, its words without the mark of an item, and whether it had one."""

    indent: int
    words: Stretch
    is_item: bool


def lines_of_box(code: CodeBlock) -> tuple[Line, ...]:
    """The lines of words in the only box that a block of code draws; none where it draws none, or no list in it."""
    lines = code.text.split("\n")
    fence = 1 if code.span.last - code.span.first + 1 > len(lines) else 0
    found: list[Line] = []
    for at, line in enumerate(lines):
        framed = _FRAMED.fullmatch(line)
        if framed and _RULER.sub("", framed["inside"]):
            found.append(_line(line, framed, code.span.first + fence + at))
        elif not (framed or not line.strip() or _RULER.fullmatch(line)):
            return ()
    return tuple(found) if sum(line.is_item for line in found) >= _FEWEST else ()


def _line(text: str, framed: re.Match[str], number: int) -> Line:
    inside = framed["inside"]
    indent = len(inside) - len(inside.lstrip())
    mark = _MARK.match(inside, indent)
    first = framed.start("inside") + (mark.end() if mark else indent)
    whole = Stretch(passage=Passage(text=text, masked=text, lines=((0, number),)), first=0, last=len(text))
    return Line(indent=indent, words=whole.cut(first, framed.end("inside")), is_item=mark is not None)
