"""Blocks as units: what is shown of each, what is said with it, and where a slide must begin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, zip_longest

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.document import Block, Blocks, Footnote, Hint, Paragraph, SpeakerNotes
from pipeline.model.inlines import Style, Styled, Text
from pipeline.model.text import own_inlines, plain_text, walk_blocks
from pipeline.plan.deck.pieces import Bond, Shown, TextPiece, Unit
from pipeline.plan.deck.showing.blocks import Showing, without_colon
from pipeline.plan.deck.wishes import breaks
from pipeline.plan.footnotes import marks_of_blocks
from pipeline.plan.leads import INTRODUCES
from pipeline.plan.speech import blocks_seconds, word_count

_LONGEST_NAME = 4
"""Up to so many words and a colon before a list are its name."""


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
        return tuple(_introduced(_named_lists(units, showing)))

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


def _named_lists(units: Sequence[Unit], showing: Showing) -> tuple[Unit, ...]:
    """The units, with heads in place of a few words and a colon before a list, where lists are named so in a row.

    Such are "Pros:" and "Cons:"; one such list alone goes on with a sentence.
    """
    named = [at for at, (unit, following) in enumerate(pairwise(units)) if _names_list(unit, following)]
    heads = {at for pair in pairwise(named) if _are_neighbours(units, *pair) for at in pair}
    return tuple(_as_head(unit, showing) if at in heads else unit for at, unit in enumerate(units))


def _names_list(unit: Unit, following: Unit) -> bool:
    if unit.bond is not Bond.CLOSE or not unit.covers or not isinstance(block := unit.covers[0], Paragraph):
        return False
    return _is_item(following) and word_count(plain_text(block.children)) <= _LONGEST_NAME


def _are_neighbours(units: Sequence[Unit], first: int, second: int) -> bool:
    """Whether nothing stands between two names but the list of the first."""
    return sum(1 for unit in units[first + 1 : second] if unit.covers) == 1


def _is_item(unit: Unit) -> bool:
    return isinstance(unit.piece, TextPiece) and unit.piece.paras[0].marker is not None


def _as_head(unit: Unit, showing: Showing) -> Unit:
    (head,) = (showing.head(without_colon(inlines)) for inlines in own_inlines(unit.covers[0]))
    return replace(unit, piece=head.piece, bond=head.bond)


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
    if isinstance(following.piece, TextPiece):
        return Bond.NEAR if _asks(unit.piece) else Bond.FREE
    return Bond.CLOSE if unit.piece.paras[-1].text.endswith(INTRODUCES) else Bond.NEAR


def _asks(piece: TextPiece) -> bool:
    """Whether a text ends with a question, which what follows answers."""
    return piece.paras[-1].text.endswith(("?", "？", "؟"))
