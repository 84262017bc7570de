"""Blocks as units: what is shown of each, what is said with it, and where a slide must begin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.document import Block, Blocks, Footnote, Hint, Paragraph, SpeakerNotes
from pipeline.model.inlines import Style, Styled, Text
from pipeline.model.text import walk_blocks
from pipeline.plan.deck.pieces import Bond, Shown, TextPiece, Unit
from pipeline.plan.deck.showing.blocks import Showing
from pipeline.plan.deck.wishes import breaks
from pipeline.plan.footnotes import marks_of_blocks
from pipeline.plan.speech import blocks_seconds


class UnitMaker(Struct, frozen=True, kw_only=True):
    """Makes the units of one page's blocks."""

    footnotes: Mapping[str, tuple[int, Footnote]]

    def units(self, blocks: Blocks, showing: Showing) -> tuple[Unit, ...]:
        """The units of blocks in order; each block is covered by the first of its own."""
        units: list[Unit] = []
        starts = False
        for block in blocks:
            made = self._block_units(block, tuple(showing.block(block)))
            begins = made[0].piece is not None or isinstance(block, Hint)
            units.extend((replace(made[0], starts=starts and begins), *made[1:]))
            starts = breaks(block) or (starts and not begins)
        return tuple(_introduced(units))

    def _block_units(self, block: Block, shown: Sequence[Shown]) -> tuple[Unit, ...]:
        said = self._said(block, complete=all(part.complete for part in shown))
        speech = block.children if isinstance(block, SpeakerNotes) else (block,)
        parts = [part for part in shown if part.piece is not None] or [Shown(piece=None)]
        seconds = blocks_seconds(speech) / len(parts)
        unsaid = () if block in said else (block,)
        first, *others = (
            Unit(
                piece=part.piece,
                seconds=seconds,
                words=part.words,
                bond=part.bond,
                unsaid=unsaid,
                spans=(part.span or block.span,),
                within=part.within,
            )
            for part in parts
        )
        return (replace(first, covers=(block,), notes=said), *others)

    def _said(self, block: Block, *, complete: bool) -> Blocks:
        """What the notes hold: paragraphs always, what is shown in part, notes inside, footnotes referred to."""
        said: Blocks = ()
        if isinstance(block, SpeakerNotes):
            said = block.children
        elif isinstance(block, Paragraph) or not complete:
            said = (block,)
        else:
            within = (inner for inner in walk_blocks((block,)) if isinstance(inner, SpeakerNotes))
            said = tuple(child for note in within for child in note.children)
        labels = dict.fromkeys(marks_of_blocks((block,)))
        return (*said, *(part for label in labels for part in self._footnote(label)))

    def _footnote(self, label: str) -> Iterator[Block]:
        """A footnote's blocks with its number before them."""
        if label not in self.footnotes:
            return
        number, footnote = self.footnotes[label]
        mark = Styled(
            style=Style.SUPERSCRIPT, children=(Text(text=str(number), span=footnote.span),), span=footnote.span
        )
        space = Text(text=" ", span=footnote.span)
        if footnote.children and isinstance(first := footnote.children[0], Paragraph):
            yield replace(first, children=(mark, space, *first.children))
            yield from footnote.children[1:]
        else:
            yield Paragraph(children=(mark,), span=footnote.span)
            yield from footnote.children


def _introduced(units: Sequence[Unit]) -> Iterator[Unit]:
    """The units, text before a picture or another display holding to it: that is what it speaks of.

    A head at the end holds to nothing.
    """
    for unit, following in zip_longest(units, units[1:]):
        holds_to_nothing = unit.bond is Bond.HEAD and following is None
        yield replace(unit, bond=_bond(unit, following)) if unit.bond is Bond.FREE or holds_to_nothing else unit


def _bond(unit: Unit, following: Unit | None) -> Bond:
    """How a unit that says nothing of it holds to the next one."""
    if not isinstance(unit.piece, TextPiece) or following is None or following.piece is None:
        return Bond.FREE
    return Bond.FREE if isinstance(following.piece, TextPiece) and not _asks(unit.piece) else Bond.NEAR


def _asks(piece: TextPiece) -> bool:
    """Whether a text ends with a question, which what follows answers."""
    return piece.paras[-1].text.endswith(("?", "？", "؟"))
