"""Pandoc's tables that are drawn: grids, and columns under dashes whose rows have one line or several.

A table begins only where all of its lines are found to fit its columns; cells may be of characters of double width.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from textwrap import dedent
from typing import TypeAlias
from unicodedata import category, east_asian_width

from pipeline.model.document import Alignment
from pipeline.read.blocks.engine import Begins, BlockParser, Proceeds
from pipeline.read.blocks.leaves import stated_alignment
from pipeline.read.blocks.nodes import (
    Code,
    Container,
    Node,
    Paragraph,
    PipeTable,
    Quote,
    RuledCell,
    RuledRow,
    RuledTable,
)

_GRID = re.compile(r"\+(?::?[-=]+:?\+)+[ \t]*$")
_COLUMNS = re.compile(r"[ \t]*-{2,}(?:[ \t]+-{2,})+[ \t]*$")
_RULE = re.compile(r"[ \t]*-{3,}[ \t]*$")
_MOST_HEADER_LINES = 10
_WITHOUT_WIDTH = frozenset(["Mn", "Me", "Cf"])

# The index of a row's first line and its cells, line by line.
_Row: TypeAlias = "tuple[int, list[list[str]]]"


def proceed_ruled_table(parser: BlockParser, table: RuledTable) -> Proceeds:
    """It goes on over as many lines as were found when it began."""
    table.remaining -= 1
    if not table.remaining:
        parser.close_tip()
    return Proceeds.TAKEN


# ---------------------------------------------------------------- grids


def begin_grid(parser: BlockParser) -> Begins:
    """`+---+---+`, rows between bars and such lines, and one at the end; lines between cells alone are not read."""
    text = parser.cursor.text()
    within = parser.in_paragraph or isinstance(parser.container, PipeTable)
    if within or not _GRID.match(text) or _cannot_look_ahead(parser):
        return Begins.NOTHING
    column = parser.cursor.next_offset
    lines = _drawn(parser, column)
    edges = [place for place, character in enumerate(text) if character == "+"]
    rules = [n for n, line in enumerate(lines) if _GRID.match(line)]
    if len(rules) == 1 or rules[-1] != len(lines) - 1 or any(not _fits(line, edges) for line in lines):
        return Begins.NOTHING
    has_head = "=" in lines[rules[1]]
    marks = _between(lines[rules[1] if has_head else 0], edges)
    alignments = tuple(stated_alignment(mark.strip()) for mark in marks)
    rows: list[RuledRow] = []
    for above, below in pairwise(rules):
        if below > above + 1:
            row = RuledRow(first=parser.number + above + 1, last=parser.number + below - 1)
            cells = zip(*(_between(line, edges) for line in lines[above + 1 : below]), strict=True)
            row.children = [_grid_cell(parser, row, cell) for cell in cells]
            rows.append(row)
    return _add(parser, rows, alignments, len(lines), head=has_head)


def _drawn(parser: BlockParser, column: int) -> list[str]:
    """The lines from this one on that have a bar or a corner at that place, from there."""
    found: list[str] = []
    for number in range(parser.index, len(parser.lines)):
        line = parser.lines[number]
        if found and (line[column : column + 1] not in ("|", "+") or line[:column].strip()):
            break
        found.append(line[column:].rstrip())
    return found


def _fits(line: str, edges: list[int]) -> bool:
    """Whether a line has bars, or corners if it is drawn, at all edges and drawn ones no more corners."""
    places = _places(line, edges)
    mark = "+" if _GRID.match(line) else "|"
    return all(line[place : place + 1] == mark for place in places) and (mark == "|" or line.count("+") == len(edges))


def _between(line: str, edges: list[int]) -> list[str]:
    return [line[left + 1 : right] for left, right in pairwise(_places(line, edges))]


def _grid_cell(parser: BlockParser, row: RuledRow, said: Sequence[str]) -> RuledCell:
    """A cell with its blocks; one without words is text, as a dash is."""
    lines = dedent("\n".join(line.rstrip() for line in said)).split("\n")
    if not any(character.isalnum() for line in lines for character in line):
        return _cell(row, lines)
    return RuledCell(first=row.first, last=row.last, children=parser.inner(lines, row.first))


# ---------------------------------------------------------------- columns under dashes


def begin_columns(parser: BlockParser) -> Begins:
    """Dashes over each column, below a header or with more dashes at the end; rules around rows of several lines."""
    line = parser.cursor.line
    is_rule = _RULE.match(line) is not None
    if not (is_rule or _COLUMNS.match(line)) or _cannot_look_ahead(parser):
        return Begins.NOTHING
    if is_rule:
        return _begin_below_rule(parser)
    header = _header_above(parser)
    if header:
        return _begin_below_header(parser, header)
    if parser.in_paragraph:
        return Begins.NOTHING
    end = parser.next_line_with("--")
    if end is None or parser.lines[end].rstrip() != line.rstrip() or not parser.lines[parser.index + 1].strip():
        return Begins.NOTHING
    return _begin_columns(parser, parser.index, range(0), range(parser.index + 1, end), end)


def _begin_below_rule(parser: BlockParser) -> Begins:
    """A rule, header lines, dashes over the columns, rows with blank lines between, and a rule."""
    ahead = parser.lines[parser.index + 1 : parser.index + 2 + _MOST_HEADER_LINES]
    found = next((n for n, line in enumerate(ahead) if not line.strip() or _COLUMNS.match(line)), 0)
    dashes = parser.index + 1 + found
    if parser.in_paragraph or not found or not _COLUMNS.match(parser.lines[dashes]):
        return Begins.NOTHING
    end = parser.next_line_with("---", dashes)
    if end is None or not _RULE.match(parser.lines[end]):
        return Begins.NOTHING
    return _begin_columns(parser, dashes, range(parser.index + 1, dashes), range(dashes + 1, end), end)


def _begin_below_header(parser: BlockParser, header: Node) -> Begins:
    """A header of one line, dashes, and rows of one line each down to a blank line or more dashes."""
    end = parser.index + 1
    while end < len(parser.lines) and parser.lines[end].strip() and not _COLUMNS.match(parser.lines[end]):
        end += 1
    last = end if end < len(parser.lines) and parser.lines[end].strip() else end - 1
    rows, above = range(parser.index + 1, end), range(parser.index - 1, parser.index)
    if not rows or not _cut(parser, [*above, *rows], parser.index):
        return Begins.NOTHING
    parser.close_to(len(parser.opened) - 1)
    container = parser.opened[-1]
    if isinstance(container, Container) and container.children and container.children[-1] is header:
        container.children.pop()
    return _begin_columns(parser, parser.index, above, rows, last)


def _header_above(parser: BlockParser) -> Node | None:
    """The open paragraph or indented code whose only line stands right above."""
    tip = parser.tip
    is_text = isinstance(tip, Paragraph) and parser.container is tip and len(tip.lines) == 1
    is_code = isinstance(tip, Code) and tip.info is None and parser.matched == len(parser.opened) - 1
    return tip if (is_text or is_code) and tip.first == parser.number - 1 else None


def _begin_columns(parser: BlockParser, dashes: int, header: range, body: range, last: int) -> Begins:
    """The table whose columns the dashes tell, if all lines fit them."""
    cut = _cut(parser, [*header, *body], dashes)
    filled = [n for n in body if parser.lines[n].strip()]
    if cut is None or not filled:
        return Begins.NOTHING
    several = len(filled) < len(body) or (header and header.start == parser.index + 1)
    rows: list[_Row] = [(header.start, [cut[n] for n in header])] if header else []
    for n in filled:
        if several and rows and n - 1 in body and parser.lines[n - 1].strip():
            rows[-1][1].append(cut[n])
        else:
            rows.append((n, [cut[n]]))
    table: list[RuledRow] = []
    for at, lines in rows:
        row = RuledRow(first=_number(parser, at), last=_number(parser, at + len(lines) - 1))
        row.children = [_cell(row, [line.strip() for line in said]) for said in zip(*lines, strict=True)]
        table.append(row)
    alignments = _shown(parser.lines[dashes], rows[0][1])
    return _add(parser, table, alignments, last - parser.index + 1, head=bool(header))


def _cut(parser: BlockParser, numbers: Sequence[int], dashes: int) -> dict[int, list[str]] | None:
    """The cells of those lines, or None if something stands in a gap between columns or before the first."""
    starts = [run.start() for run in re.finditer("-+", parser.lines[dashes])]
    cut: dict[int, list[str]] = {}
    for number in numbers:
        line = parser.lines[number]
        places = _places(line, starts)
        if line[: places[0]].strip() or any(line[place - 1 : place].strip() for place in places[1:]):
            return None
        cut[number] = [line[left:right] for left, right in pairwise([*places, len(line)])]
    return cut


def _shown(dashes: str, lines: list[list[str]]) -> tuple[Alignment, ...]:
    """Each column's alignment by where its first cell stands below or above its dashes."""
    found: list[Alignment] = []
    for run, said in zip(re.finditer("-+", dashes), zip(*lines, strict=True), strict=True):
        text = max(said, key=lambda line: len(line.strip()))
        at_left, at_right = not text[:1].isspace(), sum(map(_width, text.rstrip())) == len(run[0])
        if at_left:
            found.append(Alignment.NONE if at_right or not text.strip() else Alignment.LEFT)
        else:
            found.append(Alignment.RIGHT if at_right else Alignment.CENTRE)
    return tuple(found)


# ---------------------------------------------------------------- both


def _cannot_look_ahead(parser: BlockParser) -> bool:
    """Whether the lines that follow may have marks of quotes before them, or this is a cell already."""
    return parser.in_cell or any(isinstance(node, Quote) for node in parser.opened[: parser.matched])


def _places(line: str, columns: list[int]) -> list[int]:
    """Where in a line those columns are."""
    if line.isascii():
        return columns
    ends = [0]
    for character in line:
        ends.append(ends[-1] + _width(character))
    place, found = 0, []
    for column in columns:
        while place < len(line) and ends[place] < column:
            place += 1
        found.append(place)
    return found


def _width(character: str) -> int:
    return 2 if east_asian_width(character) in "WF" else category(character) not in _WITHOUT_WIDTH


def _cell(row: RuledRow, lines: list[str]) -> RuledCell:
    """A cell of text alone."""
    filled = [n for n, line in enumerate(lines) if line]
    cell = RuledCell(first=row.first, last=row.last)
    if filled:
        first = row.first + filled[0]
        said = lines[filled[0] : filled[-1] + 1]
        cell.children.append(Paragraph(first=first, last=first + len(said) - 1, lines=said, lines_from=first))
    return cell


def _number(parser: BlockParser, index: int) -> int:
    return parser.number - parser.index + index


def _add(
    parser: BlockParser, rows: list[RuledRow], alignments: tuple[Alignment, ...], count: int, *, head: bool
) -> Begins:
    """Open the table, which goes on over that many lines with this one."""
    if not rows:
        return Begins.NOTHING
    first = min(parser.number, rows[0].first)
    parser.add(RuledTable(first=first, children=[*rows], head=head, alignments=alignments, remaining=count - 1))
    return Begins.LEAF
