"""Running text with its place: stretches of a block's plain text that know the source line they come from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from msgspec import Struct

from pipeline.model.inlines import CodeSpan, Inline, InlineImage, Inlines, Link, Styled, Text
from pipeline.model.text import plain_text
from pipeline.plan.excerpts import masked_text
from pipeline.plan.sentences import clause_cuts, sentence_ends

_WINDOW = 1200
_EDGES = re.compile(r"\S(?:.*\S)?", re.DOTALL)


class Passage(Struct, frozen=True, kw_only=True):
    """The plain text of one block's inlines; `lines` holds where a new piece or line begins, and its source line.

    `masked` is as long as `text`, with code and formulas blotted out, so that marks in them end no sentence. `code`
    holds where each piece of code begins and ends.
    """

    text: str
    masked: str
    lines: tuple[tuple[int, int], ...]
    code: tuple[tuple[int, int], ...] = ()

    def line_at(self, offset: int) -> int:
        """The source line of the character at this offset."""
        index = bisect_right(self.lines, offset, key=lambda piece: piece[0])
        return self.lines[max(index - 1, 0)][1]


class Stretch(Struct, frozen=True, kw_only=True, dict=True):
    """A contiguous part of a passage, from offset `first` up to `last`."""

    passage: Passage
    first: int
    last: int

    @property
    def text(self) -> str:
        """The words of it."""
        return self.passage.text[self.first : self.last]

    @property
    def line(self) -> int:
        """The source line that it begins on."""
        return self.passage.line_at(self.first)

    @property
    def code(self) -> tuple[tuple[int, int], ...]:
        """Where code begins and ends in it."""
        within = ((max(first, self.first), min(last, self.last)) for first, last in self.passage.code)
        return tuple((first - self.first, last - self.first) for first, last in within if first < last)

    def cut(self, first: int, last: int) -> Stretch:
        """A part of it, by offsets within it, without white space at its ends."""
        start = self.first + first
        found = _EDGES.search(self.passage.text, start, min(self.first + last, self.last))
        edges = (found.start(), found.end()) if found else (start, start)
        return Stretch(passage=self.passage, first=edges[0], last=edges[1])

    def split_lines(self) -> tuple[Stretch, ...]:
        """Its lines where the author broke them, without the empty ones."""
        parts = (self.cut(found.start(), found.end()) for found in re.finditer(r"[^\n]+", self.text))
        return tuple(part for part in parts if part.text)

    def source_lines(self) -> tuple[Stretch, ...]:
        """Its parts by the lines of the source, without the empty ones."""
        starts = sorted({self.first, *(at for at, _ in self.passage.lines if self.first < at < self.last)})
        by_line = [
            start
            for start, before in zip(starts, (None, *starts), strict=False)
            if before is None or self._is_new(before, start)
        ]
        parts = (self.cut(a - self.first, b - self.first) for a, b in pairwise((*by_line, self.last)))
        return tuple(part for part in parts if part.text)

    def _is_new(self, before: int, start: int) -> bool:
        return self.passage.line_at(start) != self.passage.line_at(before)

    @cached_property
    def sentences(self) -> tuple[Stretch, ...]:
        """Its sentences, for which every rule asks."""
        ends = tuple(_sentence_ends(self.passage.masked[self.first : self.last]))
        return tuple(self.cut(start, end) for start, end in zip((0, *ends), ends, strict=False))

    def shortened(self, longest: int) -> Stretch:
        """All of it where it has at most so many characters, else what stands before its last clause that fits."""
        if len(self.text) <= longest:
            return self
        cuts = [cut for cut in clause_cuts(self.text[: 2 * longest]) if cut <= longest]
        return self.cut(0, cuts[-1]) if cuts else self


def _sentence_ends(text: str) -> Iterator[int]:
    """The offset after each sentence; long texts are looked at window by window."""
    start, width = 0, _WINDOW
    while start < len(text):
        window = text[start : start + width]
        ends = sentence_ends(window)
        if start + width >= len(text):
            yield from (start + end for end in ends)
            return
        # The last sentence of a window may go on behind it.
        sure = ends[:-1]
        yield from (start + end for end in sure)
        start, width = (start + sure[-1], _WINDOW) if sure else (start, 2 * width)


def passage_of(inlines: Inlines, line: int) -> Passage:
    """The plain text of inlines with the lines of their pieces; `line` is where their block begins."""
    pieces: list[tuple[int, int]] = [(0, line)]
    code: list[tuple[int, int]] = []
    _collect(inlines, 0, pieces, code)
    return Passage(text=plain_text(inlines), masked=masked_text(inlines), lines=tuple(pieces), code=tuple(code))


def stretch_of(inlines: Inlines, line: int) -> Stretch:
    """All of the plain text of inlines, without white space at its ends."""
    passage = passage_of(inlines, line)
    return Stretch(passage=passage, first=0, last=len(passage.text)).cut(0, len(passage.text))


def _collect(inlines: Inlines, offset: int, pieces: list[tuple[int, int]], code: list[tuple[int, int]]) -> int:
    for inline in inlines:
        inner = _inner(inline)
        if inner:
            offset = _collect(inner, offset, pieces, code)
        elif length := len(plain_text((inline,))):
            pieces.append((offset, inline.span.first))
            if isinstance(inline, Text):
                pieces.extend((offset + first, line) for first, line in inline.lines)
            elif isinstance(inline, CodeSpan):
                code.append((offset, offset + length))
            offset += length
    return offset


def _inner(inline: Inline) -> Inlines:
    if isinstance(inline, Styled | Link):
        return inline.children
    return inline.legend if isinstance(inline, InlineImage) else ()
