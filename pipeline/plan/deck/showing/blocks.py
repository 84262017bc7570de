"""Every kind of block as pieces: what of it stands on slides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

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
    Paragraph,
    Quote,
    SpeakerNotes,
    Table,
    Tabs,
)
from pipeline.model.inlines import InlineImage, Inlines, Style, Styled, Text
from pipeline.model.text import own_inlines, plain_text, walk_inlines
from pipeline.plan.deck.pieces import Bond, ColumnsPiece, FormulaPiece, Shown, TextPiece
from pipeline.plan.deck.setting import Gap, Para, Rank
from pipeline.plan.deck.showing.code import code_piece
from pipeline.plan.deck.showing.figures import FigureMaker
from pipeline.plan.deck.showing.lists import ListMaker, going_on
from pipeline.plan.deck.showing.panels import callout_panels, quote_panels
from pipeline.plan.deck.showing.tables import table_pieces
from pipeline.plan.excerpts import excerpt, masked_text, trimmed
from pipeline.plan.leads import INTRODUCES, WHOLE, is_whole, lead, sentences
from pipeline.plan.speech import word_count
from pipeline.settings import Prose
from pipeline.theme import Colour, Face

_ATTRIBUTION = re.compile(r"(?:^|[\n.!?…”\"’»。！？」]\s*)(?P<who>(?:[—―–]|--?)\s*[^\W\d_][^\n!?。]{0,100})$")
_SHORT_QUOTE = 40
"""A quote of up to so many words is set large."""
_SENTENCE_END = (".", "!", "。", "！", ";", "；", ",", "，")
_MOST_COLUMNS = 3
_DEEPEST = 3
"""Panels within so many others have no ground of their own: it would leave their text no room."""
_LONGEST_HEAD = 12
"""A wholly bold paragraph of up to so many words stands for a heading, unless it ends as a sentence does."""
MOST_WORDS = 75
"""As many words of prose stand on a slide at most."""


class Showing(Struct, frozen=True, kw_only=True):
    """Shows blocks of one section. `rank` is that of its running text, `depth` in how many panels it stands."""

    figures: FigureMaker
    prose: Prose
    rank: Rank = Rank.BODY
    depth: int = 0

    def block(self, block: Block) -> Iterator[Shown]:  # noqa: C901, PLR0912 (one case for each kind of block)
        """The pieces of a block, in reading order."""
        ink = self.figures.ink
        match block:
            case Paragraph():
                yield from self._paragraph(block)
            case ItemList():
                yield from self._list(block)
            case Heading():
                yield self.head(block.children)
            case DefinitionList():
                yield from self._definitions(block)
            case CodeBlock():
                yield code_piece(block, ink)
            case Table():
                yield from table_pieces(block, ink)
                for inlines in own_inlines(block):
                    yield from self.figures.inline(inlines)
            case Figure():
                yield self.figures.figure(block, full=self.prose is Prose.FULL)
            case Callout() if block.kind is CalloutKind.DETAILS or self.depth >= _DEEPEST:
                word = () if block.kind is CalloutKind.DETAILS else self._word(block)
                yield from self._headed(block.title or word, block.children)
            case Callout():
                yield from callout_panels(block, self._within(block.children, Rank.CALLOUT), ink, self.figures.labels)
            case Quote() if self.depth >= _DEEPEST:
                yield from self.blocks(block.children)
            case Quote():
                yield from quote_panels(self._quoted(block.children))
            case Tabs():
                for tab in block.tabs:
                    yield from self._named(tab.label, tab.children)
            case Group() if _is_in_columns(block):
                yield self._columns(block)
            case Group():
                yield from self._headed(block.label, block.children)
            case FormulaBlock():
                yield self._formula(block)
            case SpeakerNotes() | Divider() | Hint():
                yield Shown(piece=None)
            case _:
                assert_never(block)

    def blocks(self, blocks: Blocks) -> Iterator[Shown]:
        """The pieces of blocks below each other."""
        for block in blocks:
            yield from self.block(block)

    def head(self, inlines: Inlines) -> Shown:
        """A head above what follows."""
        para = self._head(inlines)
        return Shown(piece=TextPiece(paras=(para,)), bond=Bond.HEAD, words=word_count(para.text))

    def _head(self, inlines: Inlines) -> Para:
        ink = self.figures.ink
        return Para(runs=ink.runs(inlines, ink.plain("", bold=True)), rank=Rank.HEAD, gap=Gap.HEAD)

    def _headed(self, label: Inlines, children: Blocks) -> Iterator[Shown]:
        if plain_text(label).strip():
            yield self.head(label) if children else replace(self.head(label), bond=Bond.FREE)
        yield from self.blocks(children)

    def _named(self, name: Inlines, children: Blocks) -> Iterator[Shown]:
        """A name with what stands below it; slides that go on with this bear the name again."""
        head = self._head(name)
        for at, shown in enumerate(self._headed(name, children)):
            yield going_on(head, shown, self.figures.ink) if at else shown

    def _paragraph(self, block: Paragraph) -> Iterator[Shown]:
        inlines = trimmed(block.children)
        pictures = tuple(self.figures.inline(block.children))
        worded = has_words(inlines)
        if worded or not pictures:
            yield from self._prose(inlines)
        yield from self.figures.lost(block.children)
        yield from pictures

    def _prose(self, inlines: Inlines) -> Iterator[Shown]:
        if self.prose is Prose.NONE:
            yield Shown(piece=None, complete=False)
        elif self.rank is Rank.BODY and stands_for_heading(inlines):
            yield self.head(without_colon(inlines))
        elif self.prose is Prose.LEAD:
            part = lead(inlines)
            yield self._text(part, complete=is_whole(part, inlines))
        else:
            for part in in_portions(inlines):
                yield self._text(part, complete=True)

    def _text(self, inlines: Inlines, *, complete: bool) -> Shown:
        para = Para(runs=self.figures.ink.runs(inlines), rank=self.rank)
        bond = Bond.CLOSE if para.text.endswith(INTRODUCES) else Bond.FREE
        piece = TextPiece(paras=(para,)) if para.runs else None
        return Shown(piece=piece, bond=bond, complete=complete, words=word_count(para.text))

    def _list(self, block: ItemList) -> Iterator[Shown]:
        full = self.prose is Prose.FULL
        yield from ListMaker(ink=self.figures.ink, show=self.block, full=full, rank=self.rank).items(block)
        for inlines in _lines_of_list(block):
            yield from self.figures.inline(inlines)

    def _definitions(self, block: DefinitionList) -> Iterator[Shown]:
        for entry in block.entries:
            yield from self._named(entry.term, entry.children)

    def _columns(self, block: Group) -> Shown:
        """The groups of a group beside each other."""
        columns = [tuple(self.block(child)) for child in block.children]
        every = [shown for column in columns for shown in column]
        pieces = tuple(tuple(shown.piece for shown in column if shown.piece) for column in columns)
        return Shown(
            piece=ColumnsPiece(columns=pieces) if all(pieces) else None,
            complete=all(shown.complete for shown in every),
            words=sum(shown.words for shown in every),
        )

    def _formula(self, block: FormulaBlock) -> Shown:
        if block.drawn is not None:
            return Shown(piece=FormulaPiece(drawn=block.drawn, source=block.source))
        run = replace(self.figures.ink.plain(block.source.strip()), face=Face.MONO, bold=True)
        return Shown(piece=TextPiece(paras=(Para(runs=(run,), indent=1.0),)))

    def _quoted(self, blocks: Blocks) -> tuple[Shown, ...]:
        """The pieces of a quote, who said it apart; its text is large where it is short."""
        *before, last = blocks or (None,)
        words = sum(word_count(plain_text(i)) for b in blocks if isinstance(b, Paragraph) for i in own_inlines(b))
        rank = Rank.CALLOUT if words <= _SHORT_QUOTE and all(isinstance(b, Paragraph) for b in blocks) else Rank.BODY
        cut = said_at(last.children) if isinstance(last, Paragraph) else None
        if cut is None or not isinstance(last, Paragraph):
            return self._within(blocks, rank)
        whole = trimmed(last.children)
        said, who = trimmed(excerpt(whole, 0, cut)), trimmed(excerpt(whole, cut, len(plain_text(whole))))
        opening = (*(block for block in before if block), *((replace(last, children=said),) if said else ()))
        muted = self.figures.ink.plain("", colour=Colour.MUTED)
        para = Para(runs=self.figures.ink.runs(who, muted), rank=Rank.SECOND, gap=Gap.ITEM)
        return (*self._within(opening, rank), Shown(piece=TextPiece(paras=(para,)), words=word_count(para.text)))

    def _within(self, blocks: Blocks, rank: Rank) -> tuple[Shown, ...]:
        """The pieces inside a panel: its text whole where it has room on a slide."""
        words = sum(word_count(plain_text(i)) for b in blocks if isinstance(b, Paragraph) for i in own_inlines(b))
        prose = Prose.FULL if self.prose is Prose.FULL or words <= MOST_WORDS else Prose.LEAD
        return tuple(replace(self, prose=prose, rank=rank, depth=self.depth + 1).blocks(blocks))

    def _word(self, callout: Callout) -> Inlines:
        return (Text(text=callout.word or self.figures.labels.callout(callout.kind), span=callout.span),)


def said_at(inlines: Inlines) -> int | None:
    """Where in a quote's last paragraph the line begins that says whose words it is, behind a dash."""
    found = list(_ATTRIBUTION.finditer(masked_text(trimmed(inlines))))
    return found[-1].start("who") if found else None


def _is_in_columns(block: Group) -> bool:
    """Whether a group holds nothing but a few groups, as columns that the author sets beside each other."""
    groups = [child for child in block.children if isinstance(child, Group)]
    few = 1 < len(groups) == len(block.children) <= _MOST_COLUMNS
    return few and not plain_text(block.label).strip() and all(group.children for group in groups)


def _lines_of_list(block: ItemList) -> Iterator[Inlines]:
    """The text of a list's items and of those of the lists inside it."""
    for child in (child for item in block.items for child in item.children):
        if isinstance(child, Paragraph):
            yield child.children
        elif isinstance(child, ItemList):
            yield from _lines_of_list(child)


def has_words(inlines: Inlines) -> bool:
    """Whether there is more than pictures that are shown."""
    total = len("".join(plain_text(inlines).split()))
    shown = sum(
        len("".join(plain_text((inline,)).split()))
        for inline in walk_inlines(inlines)
        if isinstance(inline, InlineImage) and inline.image.picture is not None
    )
    return total > shown


def in_portions(inlines: Inlines) -> Iterator[Inlines]:
    """A text as it stands, or sentence by sentence where a slide could not hold it."""
    if word_count(plain_text(inlines)) <= max(WHOLE, MOST_WORDS):
        yield inlines
    else:
        yield from sentences(inlines)


def without_colon(inlines: Inlines) -> Inlines:
    """The words of a head, which needs no sign before what follows it."""
    inlines = trimmed(inlines)
    text = plain_text(inlines)
    return excerpt(inlines, 0, len(text) - 1) if text.endswith(INTRODUCES) else inlines


def stands_for_heading(inlines: Inlines) -> bool:
    """Whether a paragraph stands for a heading: a few bold words alone, which are no sentence."""
    bold = [inline for inline in inlines if plain_text((inline,)).strip()]
    text = plain_text(inlines).strip()
    alone = len(bold) == 1 and isinstance(bold[0], Styled) and bold[0].style is Style.STRONG
    return alone and word_count(text) <= _LONGEST_HEAD and not text.endswith(_SENTENCE_END) and "\n" not in text
