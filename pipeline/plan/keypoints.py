"""What of a section stands on the sheet: first sentences, the leads of its lists, commands, terms and table heads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import zip_longest
from typing import assert_never

from msgspec import Struct

from pipeline.diagnostics import Span
from pipeline.model.document import (
    Block,
    Blocks,
    Callout,
    CalloutKind,
    CodeBlock,
    DefinitionList,
    Divider,
    Figure,
    FormulaBlock,
    Group,
    Heading,
    Hint,
    ItemList,
    ListItem,
    Paragraph,
    Quote,
    SpeakerNotes,
    Table,
    Tabs,
)
from pipeline.model.inlines import CodeSpan, FormulaSpan, InlineImage, Inlines, Style, Styled, Text
from pipeline.model.plan import SEPARATOR
from pipeline.model.text import own_inlines, plain_text
from pipeline.plan.comparison.clauses import refers_back
from pipeline.plan.excerpts import excerpt, trimmed
from pipeline.plan.leads import headed, lead, sentences
from pipeline.plan.sentences import takes_back
from pipeline.plan.speech import word_count

MOST = 6
"""A section has at most so many key points."""
MOST_FULL = 24
"""Where there is room for more, it has at most so many."""
_SHORT_ITEM = 9
_MOST_ITEMS = 3
_MOST_JOINED = 8
# Items of fewer words each stand in one line even where each could have its own; of them, so many.
_LINE_OF_ITS_OWN = 3.0
_MOST_SHORT = 40
# What is announced and as short as this stands in one line with its announcement.
_LONGEST_LINE = 24.0
_SHELLS = frozenset({"sh", "bash", "shell", "zsh", "console", "terminal", "powershell", "ps1", "shell-session", "cmd"})
_MOST_COMMANDS = 3
_ANNOUNCES = (":", "：")
_ANNOUNCED = (ItemList, Tabs, DefinitionList)
_ASKS = ("?", "？")
_FARTHEST = 2000
_TINY = 2.5
# Less than this part of a point's words are no news.
_SHARE = 0.3
_NAME = re.compile(r"[^\W\d_]")
_POINTS_AT = re.compile(
    r"如[上下]?图|[上下]图|如[上下]所示|[上下]面的?(?:例子|代码|图)"
    r"|\b(?:above|below|following|next|previous)\s+(?:figure|diagram|picture|image|example|table|code|screenshot|snippet)"
    r"|\b(?:figure|diagram|picture|image|example|table|code|screenshot|snippet)\s+(?:above|below)\b"
    r"|\bas\s+(?:shown|seen|described|mentioned|noted)\s+(?:above|below)\b",
    re.IGNORECASE,
)

# An address, or what a site's generator puts something in the place of: "{% include x %}", "{* x *}", "{{ x }}".
_WORDLESS = re.compile(
    r"\b\w+://\S+|\{[{%*#][^{}]*[}%*#]\}[^\s]*|^\s*<<<.*|\A\s*(?:[\w.@-]*/)*[\w@-]+\.(?:html?|mdx?|qmd|rst|txt)\s*\Z",
    re.DOTALL,
)


class KeyPoint(Struct, frozen=True, kw_only=True):
    """A key point. `left` counts the items of its list behind those that are told, and `full` tells them one by one."""

    text: Inlines
    left: int = 0
    full: tuple[Inlines, ...] = ()

    def announced(self, words: Inlines) -> KeyPoint:
        """The point behind words that announce it: in one line with the items where both are short."""
        space = Text(text=" ", span=self.text[0].span)
        full = self.full or (self.text,)
        line = joined(full, _MOST_SHORT)
        if len(full) > 1 and word_count(plain_text(words)) + word_count(plain_text(line)) > _LONGEST_LINE:
            full = (words, *full)
        else:
            full = ((*words, space, *line),)
        return KeyPoint(text=(*words, space, *self.text), left=self.left, full=full)


class Elsewhere(Struct, frozen=True, kw_only=True, dict=True):
    """What else stands on the sheet: the tables whose rows it shows, and texts, of which a point is no repetition."""

    compared: Callable[[Table], bool]
    texts: tuple[str, ...] = ()

    @cached_property
    def _folded(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(filter(None, map(_folded, self.texts))))

    def has(self, point: str) -> bool:
        """Whether all of a point is said elsewhere, but for the words between its parts."""
        words = rest = _folded(point)
        if words and any(words in text for text in self._folded):
            return True
        for text in self._folded:
            rest = rest.replace(text, " ")
        return word_count(rest) < _SHARE * word_count(words)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".。")


def says_something(text: str) -> bool:
    """Whether there are words other than addresses and what a generator fills in."""
    return any(character.isalnum() for character in _WORDLESS.sub("", text))


def key_points(blocks: Blocks, elsewhere: Elsewhere) -> tuple[KeyPoint, ...]:
    """The key points of blocks in their order, less what stands elsewhere."""
    found: dict[str, KeyPoint] = {}
    dull: list[KeyPoint] = []
    announced: Inlines = ()
    for block, following in zip_longest(blocks, blocks[1:]):
        introduces = isinstance(following, _ANNOUNCED)
        told = _points(block, elsewhere, introduces=introduces)
        points = [point for point in told if says_something(plain_text(point.text))]
        if announced and len(points) == 1 and isinstance(block, _ANNOUNCED):
            points[0] = points[0].announced(announced)
        announced = ()
        if points and isinstance(block, Paragraph):
            announced = _announcement(block, points[-1].text, following)
            points = points[:-1] if announced else points
        for point in points:
            if isinstance(block, Paragraph) and _is_dull(point.text):
                dull.append(point)
            elif not elsewhere.has(plain_text(point.text)):
                found.setdefault(plain_text(point.text), point)
    return tuple(found.values()) or tuple(dull)


def _announcement(block: Paragraph, point: Inlines, following: Block | None) -> Inlines:
    """A paragraph's point where it announces what follows: with a colon, or as a bold lead right above a list."""
    if _ends(point, _ANNOUNCES):
        return point
    found = headed(block.children)
    leads = found is not None and not found.rest and isinstance(following, ItemList)
    return (*point, Text(text=_ANNOUNCES[0], span=point[-1].span)) if leads else ()


def in_full(points: Iterable[KeyPoint]) -> tuple[Inlines, ...]:
    """The points with the items of each list one by one."""
    every = (part for point in points for part in point.full or (point.text,))
    return tuple({plain_text(part): part for part in every if says_something(plain_text(part))}.values())


def _is_dull(point: Inlines) -> bool:
    """Whether a point is a question, a call such as "Note!", a name with values in code, such as "Default: `no`".

    Or speaks of a figure or an example that does not stand on the sheet.
    """
    named = any(isinstance(part, CodeSpan) for part in point) and _ends(_without_code(point), _ANNOUNCES)
    pointing = _POINTS_AT.search(plain_text(point)) is not None
    return named or pointing or _ends(point, _ASKS) or word_count(plain_text(point)) <= _TINY


def _without_code(point: Inlines) -> Inlines:
    """The words of a point up to its first code, where nothing but code follows."""
    first = next(number for number, part in enumerate(point) if isinstance(part, CodeSpan))
    behind = plain_text(tuple(part for part in point[first:] if not isinstance(part, CodeSpan)))
    return () if any(map(str.isalnum, behind)) else point[:first]


def _ends(point: Inlines, marks: tuple[str, ...]) -> bool:
    return plain_text(point).rstrip().endswith(marks)


def listed(parts: tuple[Inlines, ...]) -> KeyPoint:
    """Several short points as one."""
    parts = tuple(part for part in parts if part)
    words = sum(word_count(plain_text(part)) for part in parts)
    full = parts if words >= _LINE_OF_ITS_OWN * len(parts) else (joined(parts, _MOST_SHORT),)
    most = _with_last(_MOST_JOINED, len(parts))
    return KeyPoint(text=joined(parts, most), left=max(len(parts) - most, 0), full=full if parts else ())


def _with_last(most: int, number: int) -> int:
    """How many of a number are told: also the last where it is the only one left, in place of a note on that."""
    return number if number == most + 1 else most


def joined(parts: tuple[Inlines, ...], most: int = _MOST_JOINED) -> Inlines:
    """Several short points as one, with a dot between them."""
    kept = [part for part in parts if part][:most]
    result: list[Inlines] = []
    for part in kept:
        if result:
            result.append((Text(text=SEPARATOR, span=part[0].span),))
        result.append(part)
    return tuple(inline for part in result for inline in part)


def _points(block: Block, elsewhere: Elsewhere, *, introduces: bool = False) -> Iterator[KeyPoint]:
    match block:
        case Paragraph():
            yield KeyPoint(text=_opening(block.children, elsewhere, introduces=introduces))
        case ItemList():
            yield from _items(block.items)
        case DefinitionList() | Tabs():
            yield from _named(block, elsewhere)
        case Table():
            yield KeyPoint(text=()) if elsewhere.compared(block) else _heads(block)
        case CodeBlock():
            yield from _commands(block)
        case FormulaBlock():
            yield KeyPoint(text=(FormulaSpan(source=block.source, span=block.span, drawn=block.drawn),))
        case Heading():
            yield KeyPoint(text=block.children)
        case Group() | Callout(kind=CalloutKind.DETAILS):
            yield from (point for inner in block.children for point in _points(inner, elsewhere))
        case Callout() | Figure() | Quote() | SpeakerNotes() | Divider() | Hint():
            return
        case _:
            assert_never(block)


def _named(block: DefinitionList | Tabs, elsewhere: Elsewhere) -> Iterator[KeyPoint]:
    """The names of terms or tabs; where they are only those of languages, what the first one's code gives."""
    tabs = block.tabs if isinstance(block, Tabs) else ()
    coded = bool(tabs) and all(isinstance(child, CodeBlock) for tab in tabs for child in tab.children)
    if coded:
        yield from (point for child in tabs[0].children for point in _points(child, elsewhere))
    else:
        yield listed(own_inlines(block))


def _opening(inlines: Inlines, elsewhere: Elsewhere, *, introduces: bool) -> Inlines:
    """A paragraph's bold lead where that is all, else its first sentence that is new; nothing of a picture."""
    if all(isinstance(inline, InlineImage) or not plain_text((inline,)).strip() for inline in inlines):
        return ()
    found = headed(inlines)
    if found and not found.rest:
        return _plain(found.head)
    told = sentences(excerpt(inlines, 0, _FARTHEST))
    if not told or not elsewhere.has(plain_text(told[0])):
        return key_clause(inlines, introduces=introduces)
    later = (key_clause(sentence) for sentence in told[1:] if _stands_alone(plain_text(sentence)))
    return next((clause for clause in later if not elsewhere.has(plain_text(clause))), ())


def _stands_alone(sentence: str) -> bool:
    """Whether a sentence is understood without the one before it."""
    return word_count(sentence) > _TINY and not refers_back(sentence) and not takes_back(sentence)


def key_clause(inlines: Inlines, *, introduces: bool = False) -> Inlines:
    """The first sentence of a text, or a clause of it; of a text that is endless, what its beginning gives."""
    return trimmed(lead(excerpt(inlines, 0, _FARTHEST), introduces=introduces))


def _plain(head: Inlines) -> Inlines:
    """A bold lead in plain weight: among points it is no lead any more."""
    only = head[0] if len(head) == 1 else None
    return only.children if isinstance(only, Styled) and only.style is Style.STRONG else head


def _heads(table: Table) -> KeyPoint:
    """What a table's rows begin with, where those are few words each, else its head."""
    firsts = tuple(row.cells[0].children for row in table.rows if row.cells)
    short = all(_NAME.search(plain_text(first)) and word_count(plain_text(first)) <= _SHORT_ITEM for first in firsts)
    cells = tuple(cell.children for cell in table.head.cells) if table.head else ()
    return listed(tuple(cell for cell in (firsts if len(firsts) > 1 and short else cells) if plain_text(cell).strip()))


def _items(items: tuple[ListItem, ...]) -> Iterator[KeyPoint]:
    """The leads of a list as one point, or its first items where they are long."""
    firsts = [item.children[0] for item in items if item.children]
    paragraphs = [first for first in firsts if isinstance(first, Paragraph)]
    heads = [_plain(found.head) if (found := headed(first.children)) else first.children for first in paragraphs]
    if heads and all(word_count(plain_text(head)) <= _SHORT_ITEM for head in heads):
        yield listed(tuple(heads))
        return
    every = tuple(key_clause(first.children) for first in paragraphs)
    most = _with_last(_MOST_ITEMS, len(every))
    for number, item in enumerate(every[:most], start=1):
        rest = every[most:] if number == most else ()
        yield KeyPoint(text=item, left=len(every) - number, full=(item, *rest))


def _commands(block: CodeBlock) -> Iterator[KeyPoint]:
    """The commands of a short block for a shell."""
    lines = [line.removeprefix("$ ").strip() for line in block.text.splitlines() if line.strip()]
    if block.language.casefold() in _SHELLS and len(lines) <= _MOST_COMMANDS:
        span = Span(first=block.span.first, last=block.span.last)
        yield from (KeyPoint(text=(CodeSpan(text=line, span=span),)) for line in lines if not line.startswith("#"))
