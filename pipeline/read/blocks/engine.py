"""The machine that parses blocks: CommonMark's two-phase algorithm, told its constructs by a `Grammar`.

It goes through the source once, line by line, and keeps the open nodes on a stack. For each line,

1. every open node from the root on says whether it goes on: `Proceeds.YES` (it took its prefix), `NO`, or
   `TAKEN` (it is a leaf that took the whole line);
2. below the last one that goes on, the grammar's starts are tried by the first character that is no white
   space, until none begins anything or one takes the line as a leaf;
3. what is left is text: of the open paragraph (also lazily, when containers around it did not go on), of the
   open table, or of a new paragraph.

A start either leaves cursor and stack alone and returns `Begins.NOTHING`, or has added nodes with `add`.
`Grammar.finishes` is called when a node is closed, with `last` already set; it may exchange the node, which
is then its parent's last child. There is no recursion, and a line costs no more than its length and the
number of open containers that need no prefix.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any, TypeAlias

from msgspec import Struct

from pipeline.read.blocks.cursor import CODE_INDENT, Cursor
from pipeline.read.blocks.nodes import Container, Item, Leaf, Node, Page, Paragraph, PipeTable, Quote
from pipeline.read.context import Sink
from pipeline.read.definitions import FoundDefinitions


class Proceeds(Enum):
    """Whether an open node goes on in the next line."""

    YES = "yes"
    NO = "no"
    TAKEN = "taken"


class Begins(Enum):
    """What a start began."""

    NOTHING = "nothing"
    CONTAINER = "container"
    LEAF = "leaf"


# The second argument's type is the key under which the function is filed.
Proceed: TypeAlias = "Callable[[BlockParser, Any], Proceeds]"
Finish: TypeAlias = "Callable[[BlockParser, Any], None]"
Start: TypeAlias = "Callable[[BlockParser], Begins]"


class Grammar(Struct, frozen=True, kw_only=True):
    """The constructs: how open nodes go on, what begins with which character, what happens on closing.

    `holds` names the containers that hold only certain nodes, `never_lazy` those whose paragraphs do not go
    on in a line without their prefix.
    """

    proceeds: Mapping[type[Node], Proceed]
    starts: Mapping[str, tuple[Start, ...]]
    indented: tuple[Start, ...]
    finishes: Mapping[type[Node], Finish]
    holds: Mapping[type[Container], tuple[type[Node], ...]]
    never_lazy: tuple[type[Node], ...] = ()


class BlockParser:
    """Parses one stretch of source lines. `free_indent` counts the reasons for which indentation means nothing.

    `in_cell` says that the lines are those of a table's cell.
    """

    def __init__(
        self,
        grammar: Grammar,
        found: FoundDefinitions,
        sink: Sink,
        *,
        free_indent: int = 0,
        in_cell: bool = False,
    ) -> None:
        self.found = found
        self.sink = sink
        self.cursor = Cursor()
        self.free_indent = free_indent
        self.in_cell = in_cell
        self.lines: Sequence[str] = ()
        self.index = -1
        self.number = 0
        self.matched = 0
        self.opened: list[Node] = []
        self._grammar = grammar
        self._ends: dict[str, list[int]] = {}
        self._after_blank = False

    def parse(self, lines: Sequence[str], first: int = 1) -> Page:
        """The tree of those lines, of which the first is source line `first`."""
        page = Page(first=first)
        self.lines = lines
        self.opened = [page]
        self.number = first - 1
        for self.index, line in enumerate(lines):
            self.number += 1
            self._take(line)
        self.number += 1
        self.close_to(0)
        page.last = first + max(len(lines), 1) - 1
        return page

    def inner(self, lines: Sequence[str], first: int) -> list[Node]:
        """The blocks of a cell's lines."""
        return BlockParser(self._grammar, self.found, self.sink, in_cell=True).parse(lines, first).children

    # ------------------------------------------------------------ what starts may ask

    @property
    def tip(self) -> Node:
        """The innermost open node."""
        return self.opened[-1]

    @property
    def container(self) -> Node:
        """The innermost node that goes on in this line."""
        return self.opened[self.matched - 1]

    @property
    def indented(self) -> bool:
        """Whether the line is indented as code is."""
        return self.cursor.indent >= CODE_INDENT and not self.free_indent

    @property
    def in_paragraph(self) -> bool:
        """Whether the line would continue a paragraph, perhaps lazily, if nothing began."""
        if not isinstance(self.opened[-1], Paragraph):
            return False
        return not any(isinstance(node, self._grammar.never_lazy) for node in self.opened[self.matched :])

    def next_line_with(self, mark: str, after: int | None = None) -> int | None:
        """The index of the next line after this one, or another, that has the mark in it."""
        ends = self._lines_with(mark)
        place = bisect_right(ends, self.index if after is None else after)
        return ends[place] if place < len(ends) else None

    def line_above_with(self, mark: str) -> str:
        """The last line before this one that has the mark in it, or nothing."""
        ends = self._lines_with(mark)
        place = bisect_left(ends, self.index)
        return self.lines[ends[place - 1]] if place else ""

    def has(self, mark: str) -> bool:
        """Whether any line has the mark in it."""
        return bool(self._lines_with(mark))

    def _lines_with(self, mark: str) -> list[int]:
        if mark not in self._ends:
            self._ends[mark] = [i for i, line in enumerate(self.lines) if mark in line]
        return self._ends[mark]

    # ------------------------------------------------------------ what starts may do

    def add(self, node: Node) -> None:
        """Close what does not go on or cannot hold the node, and open it."""
        self.close_to(self.matched)
        while not self._may_hold(self.opened[-1], node):
            self.close_to(len(self.opened) - 1)
        parent = self.opened[-1]
        if isinstance(parent, Container):
            parent.children.append(node)
        self.opened.append(node)
        self.matched = len(self.opened)

    def close_to(self, depth: int) -> None:
        """Close open nodes, innermost first, until only `depth` are open."""
        while len(self.opened) > depth:
            node = self.opened[-1]
            if not node.last:
                node.last = self._last_line(node)
            finish = self._grammar.finishes.get(type(node))
            if finish:
                finish(self, node)
            self.opened.pop()
        self.matched = min(self.matched, depth)

    def close_tip(self) -> None:
        """Close the innermost node; the line in hand is its last."""
        self.opened[-1].last = self.number
        self.close_to(len(self.opened) - 1)

    def replace_closing(self, nodes: Sequence[Node]) -> None:
        """Put other nodes where the innermost open node stands in its parent."""
        parent = self.opened[-2]
        if isinstance(parent, Container):
            parent.children[-1:] = nodes

    # ------------------------------------------------------------ the algorithm

    def _may_hold(self, parent: Node, node: Node) -> bool:
        if isinstance(parent, Leaf) or not isinstance(parent, Container):
            return False
        only = self._grammar.holds.get(type(parent))
        return isinstance(node, only) if only else not isinstance(node, Item)

    def _last_line(self, node: Node) -> int:
        if isinstance(node, Leaf | Quote):
            return max(node.first, self.number - 1)
        if isinstance(node, Container) and node.children:
            return max(node.first, node.children[-1].last)
        return node.first

    def _take(self, line: str) -> None:
        self.cursor.start(line)
        blank = self.cursor.blank
        if blank and self._after_blank and not isinstance(self.opened[-1], Leaf):
            return  # containers say to a second blank line what they said to the first
        self._after_blank = blank
        if self._match() and self._begin():
            self._text()

    def _match(self) -> bool:
        """Whether the line is still to be dealt with, once the open nodes have been asked."""
        proceeds = self._grammar.proceeds
        self.matched = 1
        while self.matched < len(self.opened):
            node = self.opened[self.matched]
            answer = proceeds[type(node)](self, node)
            if answer is Proceeds.TAKEN:
                return False
            if answer is Proceeds.NO:
                break
            self.matched += 1
        return True

    def _begin(self) -> bool:
        """Whether there is text left, once everything has begun that begins in this line."""
        grammar = self._grammar
        while True:
            starts = grammar.indented if self.indented else grammar.starts.get(self.cursor.first, ())
            for start in starts:
                begun = start(self)
                if begun is Begins.LEAF:
                    return False
                if begun is Begins.CONTAINER:
                    break
            else:
                return True

    def _text(self) -> None:
        cursor = self.cursor
        if cursor.blank:
            self.close_to(self.matched)
            return
        if not self.in_paragraph:
            self.close_to(self.matched)
        tip = self.opened[-1]
        if isinstance(tip, Paragraph | PipeTable):
            tip.lines.append(cursor.text())
        else:
            self.add(Paragraph(first=self.number, lines_from=self.number, lines=[cursor.text()]))
