"""Code as a piece: highlighted line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from pipeline.highlight import highlighted
from pipeline.model.document import CodeBlock
from pipeline.model.fitted import Run
from pipeline.plan.deck.pieces import CodePiece, Shown
from pipeline.plan.deck.runs import Inker
from pipeline.theme import Face

_NUMBERED_FROM = 4
"""Code of fewer lines has no numbers, unless the author numbers them."""
_TERMINAL = frozenset({"console", "shell-session", "doscon", "pycon", "output"})
"""What a terminal shows is no text whose lines are counted."""
_DRAWINGS = frozenset({"goat", "ditaa", "svgbob", "ascii", "asciiart", "tree"})
_TAB = 4
# Lines of boxes, arrows and trees: box drawing and block elements of Unicode, or plus signs, bars and dashes.
_DRAWN_LINE = re.compile(r"[\u2500-\u259f]|\+[-=]{2,}|[-=]{2,}\+|^\s*[|+].*[|+]\s*$")


def code_piece(block: CodeBlock, ink: Inker) -> Shown:
    """The piece of a code block."""
    source = block.text.rstrip("\n").expandtabs(_TAB)
    lines = tuple(_lines(source, block.language, ink))
    drawn = block.language.casefold() in _DRAWINGS or _is_drawn(source)
    long = len(lines) >= _NUMBERED_FROM and block.language.casefold() not in _TERMINAL
    numbered = (long and not drawn) or block.numbered_from is not None
    start = block.numbered_from if block.numbered_from is not None else 1
    piece = CodePiece(
        lines=lines,
        title=block.title,
        marked=frozenset(block.marked),
        first=start if numbered else None,
        drawn=drawn,
    )
    return Shown(piece=piece)


def _is_drawn(source: str) -> bool:
    """Whether most of the lines make a drawing, such as a diagram of boxes or a tree of files."""
    filled = [line for line in source.split("\n") if line.strip()]
    return 2 * sum(1 for line in filled if _DRAWN_LINE.search(line)) > len(filled)


def _lines(source: str, language: str, ink: Inker) -> Iterator[tuple[Run, ...]]:
    base = replace(ink.plain(""), face=Face.MONO, bold=True)
    for line in highlighted(source, language):
        yield tuple(replace(base, text=text, colour=colour) for text, colour in line)
