"""What documentation dialects add to CommonMark's leaves: tables, formulas, comments, component code."""

from __future__ import annotations

import re

from pipeline.model.document import Alignment, Claim
from pipeline.read.blocks.engine import Begins, BlockParser, Proceeds
from pipeline.read.blocks.nodes import Comment, Directive, Explained, Formula, Page, Paragraph, PipeTable
from pipeline.read.expressions import imported

_DELIMITERS = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_CELL_END = re.compile(r"(?:[^\\|]|\\.)*")
_MODULE_CODE = re.compile(
    r"import\s+(?:[\w*{},\s$]+\s+from\s+)?['\"]|import\s+(?:type\s+)?\{\s*$"
    r"|export\s+(?:default|const|let|var|function|class|async|type|interface)\s|export\s*[{*]"
)
_STATEMENT_END = re.compile(r"[;})\]'\"`]\s*$")
_STRINGS = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|`(?:[^`\\]|\\.)*`|//.*$")
_PERCENT_LINE = re.compile(r"%[ \t]+\S")
_MARK = re.compile(r"(?:\+{3,}[ \t]*(?:\{.*\})?|\^{3,}|\. \. \.|\{(?:\+\+|--|==|~~|>>)|(?:\+\+|--|==|~~|<<)\})[ \t]*$")
# What MyST's pages have.
_DIRECTIVES = ("```{", ":::{")
_COMMENTS = (("{/*", "*/}"), ("%%", "%%"))
_FORMULA_NAME = re.compile(
    r"(?<=\$\$)[ \t]*(?:\((?P<myst>[\w:.-]{1,200})\)|\{#(?P<quarto>[\w:-]{1,200})[^{}]{0,200}\})[ \t]*\Z"
)
_LONGEST_CODE = 500

# ---------------------------------------------------------------- tables


def split_row(line: str) -> list[str]:
    """The cells of a row as they are written; an escaped `|` is a character of its cell and stays escaped."""
    line = line.strip()
    place = 1 if line.startswith("|") else 0
    cells: list[str] = []
    while place <= len(line):
        match = _CELL_END.match(line, place)
        end = match.end() if match else place
        if end < len(line) and line[end] == "\\":
            end = len(line)  # a backslash at the very end escapes nothing
        cells.append(line[place:end].strip())
        place = end + 1
    if len(cells) > 1 and not cells[-1] and line.endswith("|"):
        cells.pop()
    return cells


def begin_table(parser: BlockParser) -> Begins:
    """A delimiter row below a line of a paragraph that has as many cells."""
    paragraph = parser.container
    text = parser.cursor.text().replace("+", "|")
    if not _DELIMITERS.match(text):
        return Begins.NOTHING
    if not isinstance(paragraph, Paragraph):
        return _begin_with_delimiters(parser, text)
    header, delimiters = paragraph.lines[-1], split_row(text)
    if ("|" not in text and "|" not in header) or len(split_row(header)) != len(delimiters):
        return Begins.NOTHING
    paragraph.lines.pop()
    paragraph.last = parser.number - 2
    parser.close_to(parser.matched - 1)
    first = parser.number - 1
    alignments = tuple(map(stated_alignment, delimiters))
    parser.add(PipeTable(first=first, lines_from=first, lines=[header, text], alignments=alignments))
    return Begins.LEAF


def _begin_with_delimiters(parser: BlockParser, text: str) -> Begins:
    """As kramdown writes them: a table without a head, or a line above one's head, which is only drawn."""
    below = [line.lstrip(" \t>").replace("+", "|") for line in parser.lines[parser.index + 1 : parser.index + 3]]
    within = isinstance(parser.tip, Paragraph | PipeTable)
    if within or not text.startswith("|") or not below or not below[0].startswith("|"):
        return Begins.NOTHING
    if _DELIMITERS.match(below[-1]) and len(split_row(below[-1])) == len(split_row(below[0])):
        parser.add(Explained(first=parser.number, claim=Claim.MARKUP))
        parser.close_tip()
        return Begins.LEAF
    alignments = tuple(map(stated_alignment, split_row(text)))
    above = parser.number - 1
    parser.add(PipeTable(first=parser.number, lines_from=above, lines=["", text], alignments=alignments))
    return Begins.LEAF


def stated_alignment(delimiter: str) -> Alignment:
    """What colons at the ends of a column's dashes state."""
    match delimiter.startswith(":"), delimiter.endswith(":"):
        case True, True:
            return Alignment.CENTRE
        case True, False:
            return Alignment.LEFT
        case False, True:
            return Alignment.RIGHT
    return Alignment.NONE


# ---------------------------------------------------------------- formulas


def begin_formula(parser: BlockParser) -> Begins:
    """`$$` with its closing `$$` at the end of this line or a later one."""
    text, name = _without_name(parser.cursor.text().rstrip())
    body = text[2:]
    if not text.startswith("$$") or "$$" in body.removesuffix("$$"):
        return Begins.NOTHING
    if body.endswith("$$"):
        if not body.removesuffix("$$").strip():
            return Begins.NOTHING
        body = body.removesuffix("$$").strip()
        parser.add(Formula(first=parser.number, lines_from=parser.number, lines=[body], closed=True, id=name))
        parser.close_tip()
        return Begins.LEAF
    end = parser.next_line_with("$$")
    if name or end is None or not _without_name(parser.lines[end].rstrip())[0].endswith("$$"):
        return Begins.NOTHING
    parser.add(Formula(first=parser.number, lines_from=parser.number, lines=[body]))
    return Begins.LEAF


def _without_name(line: str) -> tuple[str, str]:
    """The end of a formula without the name of its place: `$$ (name)` or `$$ {#name}`."""
    named = _FORMULA_NAME.search(line)
    return (line[: named.start()], named["myst"] or named["quarto"]) if named else (line, "")


def proceed_formula(parser: BlockParser, formula: Formula) -> Proceeds:
    """A formula goes on to its closing mark."""
    text, name = _without_name(parser.cursor.text().rstrip())
    formula.id = name
    formula.lines.append(text.removesuffix("$$"))
    if text.endswith("$$"):
        parser.close_tip()
    return Proceeds.TAKEN


# ---------------------------------------------------------------- comments and code of components


def begin_comment(parser: BlockParser) -> Begins:
    """`{/* … */}` or Obsidian's `%% … %%` with nothing behind it."""
    text = parser.cursor.text()
    opening, closing = next((pair for pair in _COMMENTS if text.startswith(pair[0])), ("", ""))
    if not opening:
        return Begins.NOTHING
    inside, end, behind = text[len(opening) :].partition(closing)
    if end:
        if behind.strip() or not inside.strip():
            return Begins.NOTHING
        parser.add(Comment(first=parser.number, lines_from=parser.number, lines=[inside], closing=closing))
        parser.close_tip()
        return Begins.LEAF
    last = parser.next_line_with(closing)
    if last is None or parser.lines[last].partition(closing)[2].strip():
        return Begins.NOTHING
    parser.add(Comment(first=parser.number, lines_from=parser.number, lines=[inside], closing=closing))
    return Begins.LEAF


def proceed_comment(parser: BlockParser, comment: Comment) -> Proceeds:
    """A comment goes on to its closing mark."""
    inside, end, _ = parser.cursor.rest().partition(comment.closing)
    comment.lines.append(inside)
    if end:
        parser.close_tip()
    return Proceeds.TAKEN


def begin_percent_line(parser: BlockParser) -> Begins:
    """MyST's `% …`, a line that is not shown; at the very beginning of a page it is pandoc's title."""
    if parser.in_paragraph or parser.index == 0 or not _PERCENT_LINE.match(parser.cursor.text()):
        return Begins.NOTHING
    parser.add(Explained(first=parser.number, claim=Claim.COMMENT))
    parser.close_tip()
    return Begins.LEAF


def begin_mark(parser: BlockParser) -> Begins:
    """What stands alone on its line between blocks: MyST's `+++`, in cards `^^^`, Quarto's `. . .`, Critic's `{++`."""
    text = parser.cursor.text()
    if not _MARK.match(text):
        return Begins.NOTHING
    if text[0] == "^" and not any(isinstance(node, Directive) and "card" in node.name for node in parser.opened):
        return Begins.NOTHING
    if text[0] == "+" and not any(map(parser.has, _DIRECTIVES)):
        return Begins.NOTHING  # CommonMark's paragraph
    claim = Claim.METADATA if text.startswith("+++") else Claim.MARKUP
    parser.add(Explained(first=parser.number, claim=claim))
    parser.close_tip()
    return Begins.LEAF


def begin_module_code(parser: BlockParser) -> Begins:
    """`import …` and `export …` at the edge of the page."""
    text = parser.cursor.line
    if not isinstance(parser.container, Page) or parser.in_paragraph or not _MODULE_CODE.match(text):
        return Begins.NOTHING
    if named := imported(text):
        parser.found.imported(*named)
    code = Explained(first=parser.number, claim=Claim.CODE, depth=_bracket_depth(text))
    parser.add(code)
    if code.depth <= 0 and _STATEMENT_END.search(text):
        parser.close_tip()
    return Begins.LEAF


def proceed_module_code(parser: BlockParser, code: Explained) -> Proceeds:
    """A statement goes on until its brackets are closed, or to a blank line outside of brackets."""
    cursor = parser.cursor
    if (cursor.blank and code.depth <= 0) or parser.number - code.first > _LONGEST_CODE:
        return Proceeds.NO
    code.depth += _bracket_depth(cursor.line)
    if code.depth <= 0 and _STATEMENT_END.search(cursor.line):
        parser.close_tip()
    return Proceeds.TAKEN


def _bracket_depth(line: str) -> int:
    bare = _STRINGS.sub("", line)
    return sum((c in "([{") - (c in ")]}") for c in bare)
