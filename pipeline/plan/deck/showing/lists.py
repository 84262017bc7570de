"""Lists as pieces: one for each item at any depth; bold leads become heads."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.document import Block, Blocks, ItemList, ListItem, Paragraph
from pipeline.model.fitted import Marker
from pipeline.model.inlines import CodeSpan, Inlines
from pipeline.model.text import plain_text
from pipeline.plan.deck.pieces import BULLETS, Bond, Shown, TextPiece
from pipeline.plan.deck.runs import Inker
from pipeline.plan.deck.setting import Gap, Para, Rank
from pipeline.plan.excerpts import excerpt, trimmed
from pipeline.plan.leads import ITEM, Headed, headed, is_whole, lead, lead_end
from pipeline.plan.speech import word_count
from pipeline.theme import Colour

_MOST_PAIRS = 4
_INDENT = 1.15
_INDENT_A_DIGIT = 0.56
_INDENT_BEFORE_CODE = 0.35
_DEEPEST = 3
_FEW = 3


class ListMaker(Struct, frozen=True, kw_only=True):
    """Shows lists; `show` shows what else stands in items; `full` leaves items uncut."""

    ink: Inker
    show: Callable[[Block], Iterator[Shown]]
    full: bool
    rank: Rank = Rank.BODY

    def items(self, block: ItemList, level: int = 0, indent: float = 0) -> Iterator[Shown]:
        """The pieces of a list, item by item, nested items after their own."""
        if level == 0 and is_paired(block):
            yield from _bonded([tuple(_at(item, self._pair(item))) for item in block.items], few=2)
            return
        indent += _indent(block)
        items = enumerate(block.items)
        yield from _bonded([tuple(_at(item, self._item(block, at, level, indent))) for at, item in items])

    def _item(self, block: ItemList, at: int, level: int, indent: float) -> Iterator[Shown]:
        item = block.items[at]
        first, others = opening(item)
        inlines, complete = self._shortened(first)
        para = Para(
            runs=self.ink.runs(inlines),
            rank=self._rank(level),
            gap=Gap.ITEM,
            marker=_marker(block, at, level),
            indent=indent,
            level=level,
        )
        words = word_count(para.text)
        yield Shown(piece=TextPiece(paras=(para,)), complete=complete, words=words)
        inner = self._inner(others, level, indent, room=ITEM - words if complete else 0)
        yield from self._going_on(para, inner)

    def _going_on(self, lead: Para, inner: Iterator[Shown]) -> Iterator[Shown]:
        """What stands in an item, with the item's lead, muted, for the slides that go on with it."""
        quiet = (replace(run, colour=Colour.MUTED, link=None, underline=False) for run in lead.runs)
        again = replace(lead, runs=(*quiet, self.ink.plain(" …", colour=Colour.MUTED)))
        for shown in inner:
            outer = () if shown.within is None else shown.within.paras
            goes_on = bool(lead.runs) and isinstance(shown.piece, TextPiece)
            yield replace(shown, within=TextPiece(paras=(again, *outer))) if goes_on else shown

    def _rank(self, level: int) -> Rank:
        return Rank.SECOND if level and self.rank is Rank.BODY else self.rank

    def _pair(self, item: ListItem) -> Iterator[Shown]:
        first, others = opening(item)
        pair = headed(first)
        if pair is None:
            raise AssertionError(item.span)
        room = ITEM if self.full else ITEM - word_count(plain_text(pair.head))
        rest = pair.rest if self.full else lead(pair.rest, whole=int(room))
        paras = [Para(runs=self.ink.runs(pair.head, self.ink.plain("", bold=True)), rank=Rank.HEAD, gap=Gap.HEAD)]
        if rest:
            paras.append(Para(runs=self.ink.runs(rest), rank=self.rank))
        words = sum(word_count(para.text) for para in paras)
        complete = is_whole(rest, pair.rest)
        yield Shown(piece=TextPiece(paras=tuple(paras)), complete=complete, words=words)
        yield from self._going_on(paras[0], self._inner(others, 0, 0, room=ITEM - words if complete else 0))

    def _inner(self, blocks: Blocks, level: int, indent: float, room: float) -> Iterator[Shown]:
        """What follows an item's first paragraph: text where there is room for it, lists deeper, the rest as it is."""
        for block in blocks:
            if isinstance(block, ItemList):
                depth = min(level + 1, _DEEPEST)
                yield from self.items(block, depth, indent if level + 1 <= _DEEPEST else indent - _indent(block))
            elif isinstance(block, Paragraph):
                words = word_count(plain_text(block.children))
                fits = self.full or words <= room
                room -= words
                yield from self._continued(block, level, indent, shown=fits)
            else:
                yield from self.show(block)

    def _continued(self, block: Paragraph, level: int, indent: float, *, shown: bool) -> Iterator[Shown]:
        inlines = block.children if shown else ()
        runs = self.ink.runs(inlines)
        para = Para(runs=runs, rank=self._rank(level), gap=Gap.ITEM, indent=indent, level=level)
        yield Shown(piece=TextPiece(paras=(para,)) if runs else None, complete=shown, words=word_count(para.text))

    def _shortened(self, inlines: Inlines) -> tuple[Inlines, bool]:
        """An item's text, whole where it is short, else its bold lead and what leads the rest."""
        inlines = trimmed(inlines)
        if self.full:
            return inlines, True
        pair = headed(inlines)
        text = plain_text(inlines)
        if pair is None or not pair.rest:
            end = lead_end(inlines, whole=ITEM)
        else:
            head = len(text) - len(plain_text(pair.rest))
            end = head + lead_end(pair.rest, whole=int(ITEM - word_count(text[:head])))
        part = excerpt(inlines, 0, end)
        return part, is_whole(part, inlines)


def going_on(lead: Para, shown: Shown, ink: Inker) -> Shown:
    """What stands below a lead, with the lead, muted, for the slides that go on with it."""
    if not lead.runs or shown.piece is None:
        return shown
    quiet = (replace(run, colour=Colour.MUTED, link=None, underline=False) for run in lead.runs)
    again = replace(lead, runs=(*quiet, ink.plain(" …", colour=Colour.MUTED)))
    outer = () if shown.within is None else shown.within.paras
    return replace(shown, within=TextPiece(paras=(again, *outer)))


def _at(item: ListItem, parts: Iterator[Shown]) -> Iterator[Shown]:
    """What is shown of an item, with the item's place where it has none of its own."""
    return (part if part.span else replace(part, span=item.span) for part in parts)


def opening(item: ListItem) -> tuple[Inlines, Blocks]:
    """An item's first paragraph, empty where it opens with another block, and what follows."""
    if item.children and isinstance(first := item.children[0], Paragraph):
        return first.children, item.children[1:]
    return (), item.children


def is_paired(block: ItemList) -> bool:
    """Whether a list reads as a few heads with their texts: every item opens with a bold lead, and few have none."""
    if block.start is not None or not 1 < len(block.items) <= _MOST_PAIRS:
        return False
    pairs: list[Headed | None] = [headed(opening(item)[0]) for item in block.items]
    unchecked = all(item.checked is None for item in block.items)
    return unchecked and all(pair is not None and pair.rest for pair in pairs)


def _bonded(items: list[tuple[Shown, ...]], few: int = _FEW) -> Iterator[Shown]:
    """The items' pieces with their bonds: of as many as few, none alone at either end; nothing parted from its item.

    An item that holds more than its own text is not alone. A list is parted between its items rather than within one.
    """
    ends = {at: beside for at, beside in ((0, 0), (len(items) - 2, len(items) - 1)) if len(items) >= few}
    for at, item in enumerate(items):
        lone = at in ends and len(items[ends[at]]) == 1
        for part, shown in enumerate(item):
            if part < len(item) - 1:
                inner = Bond.CLOSE if part == 0 else Bond.WITHIN
                yield replace(shown, bond=max(inner, shown.bond, key=lambda bond: bond.value))
            else:
                bond = Bond.LONE if lone else Bond.LOOSE if at < len(items) - 1 else Bond.FREE
                yield replace(shown, bond=max(bond, shown.bond, key=lambda bond: bond.value))


def _indent(block: ItemList) -> float:
    digits = len(str((block.start or 0) + len(block.items) - 1)) if block.start is not None else 0
    # Some programs set a number in the face of the text behind it.
    coded = digits and any(isinstance(first[0], CodeSpan) for item in block.items if (first := opening(item)[0]))
    return _INDENT + _INDENT_A_DIGIT * max(0, digits - 1) + (_INDENT_BEFORE_CODE if coded else 0)


def _marker(block: ItemList, at: int, level: int) -> Marker:
    item = block.items[at]
    if block.start is not None:
        number = block.start + at
        return Marker(text=f"{number}.", number=number)
    if item.checked is not None:
        return Marker(text="☑" if item.checked else "☐")
    return Marker(text=BULLETS[min(level, len(BULLETS) - 1)])
