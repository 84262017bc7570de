"""Callouts and quotes as pieces: their text on a ground of its own, pictures beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from pipeline.labels import Labels
from pipeline.model.document import Callout, CalloutKind
from pipeline.model.text import plain_text
from pipeline.plan.deck.pieces import FigurePiece, PanelPiece, Piece, Shown, TextPiece
from pipeline.plan.deck.runs import Inker
from pipeline.plan.deck.setting import Gap, Para, Rank
from pipeline.plan.speech import word_count
from pipeline.theme import Colour

_LONGEST_TITLE = 25


def callout_panels(callout: Callout, inner: Sequence[Shown], ink: Inker, labels: Labels) -> Iterator[Shown]:
    """The panels of a callout, its word on each, with its pictures between them."""
    bar, fill = _colours(callout.kind)
    word = callout.word or labels.callout(callout.kind)
    title = plain_text(callout.title).strip()
    head_ink = ink.plain("", bold=True, colour=bar)
    runs = [replace(head_ink, text=word)]
    titled = title and title.casefold() != word.casefold()
    if titled and word_count(title) > _LONGEST_TITLE:
        para = Para(runs=ink.runs(callout.title, ink.plain("", bold=True)), rank=Rank.CALLOUT)
        inner = (Shown(piece=TextPiece(paras=(para,)), words=word_count(title)), *inner)
    elif titled and title.casefold().startswith(word.casefold()):
        runs = list(ink.runs(callout.title, head_ink))
    elif titled:
        space = ink.plain("   ")
        runs.extend((space, *ink.runs(callout.title, ink.plain("", bold=True))))
    head = Para(runs=tuple(runs), rank=Rank.CALLOUT, gap=Gap.NONE)
    yield from _panels(inner, PanelPiece(head=head, pieces=(), bar=bar, fill=fill, name=word))


def quote_panels(inner: Sequence[Shown]) -> Iterator[Shown]:
    """The panels of a quote, with its pictures between them."""
    yield from _panels(inner, PanelPiece(head=None, pieces=(), bar=Colour.RULE, fill=None, name="Quote"))


def _panels(inner: Sequence[Shown], empty: PanelPiece) -> Iterator[Shown]:
    """One panel for each stretch of pieces without a figure; at least one where the panel has a head."""
    held: list[Shown] = []
    opened = False
    for shown in inner:
        if isinstance(shown.piece, FigurePiece):
            if held or (empty.head and not opened):
                yield _panel(held, empty)
                opened = True
            held = []
            yield shown
        else:
            held.append(shown)
    if held or (empty.head and not opened):
        yield _panel(held, empty)


def _panel(held: Sequence[Shown], empty: PanelPiece) -> Shown:
    pieces: tuple[Piece, ...] = tuple(shown.piece for shown in held if shown.piece is not None)
    panel = replace(empty, pieces=pieces) if pieces or empty.head else None
    return Shown(
        piece=panel,
        complete=all(shown.complete for shown in held),
        words=sum(shown.words for shown in held),
    )


def _colours(kind: CalloutKind) -> tuple[Colour, Colour]:
    """The bar's colour and the ground's."""
    match kind:
        case CalloutKind.TIP:
            return Colour.TIP, Colour.TIP_TINT
        case CalloutKind.WARNING | CalloutKind.CAUTION | CalloutKind.IMPORTANT:
            return Colour.WARNING, Colour.WARNING_TINT
        case CalloutKind.DANGER:
            return Colour.DANGER, Colour.DANGER_TINT
        case CalloutKind.NOTE | CalloutKind.INFO | CalloutKind.DETAILS:
            return Colour.NOTE, Colour.NOTE_TINT
