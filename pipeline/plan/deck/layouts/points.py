"""Two or three points beside each other, each with its head, and with its subject's mark where it speaks of one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.fitted import Anchor, Element, FittedParagraph, Outline, Run, ShapeBox, TextBox
from pipeline.model.plan import Subject
from pipeline.plan.comparison.mentions import Names
from pipeline.plan.deck.layouts.contrast import MARKS, Mark, letter_box
from pipeline.plan.deck.layouts.grid import INK_RULE
from pipeline.plan.deck.layouts.space import COLUMN_GAP, box, shifted
from pipeline.plan.deck.layouts.text import boxed
from pipeline.plan.deck.pieces import BULLETS, Measured, Piece, TextPiece
from pipeline.plan.deck.setting import Para, Rank, Setter
from pipeline.plan.deck.stepping import at_one_click, waits
from pipeline.theme import Colour
from pipeline.units import Emu, Pt

MOST_POINTS = 3
_MARK = Emu.from_inches(0.46)
_MARK_GAP = Emu.from_inches(0.18)
_MARK_SIZE = Pt.from_points(18)
_RULE_GAP = Emu.from_inches(0.16)
_CARD_PAD = Emu.from_inches(0.35)
_CARD_GAP = Emu.from_inches(0.25)
_CARD_LEAST = Emu.from_inches(3.5)


class _Opening(Struct, frozen=True, kw_only=True):
    """What stands before a point's text: how far to the right and how far below it begins."""

    elements: tuple[Element, ...]
    left: int
    top: int


def is_point(piece: Piece) -> bool:
    """Whether a piece is one head with its text."""
    if not isinstance(piece, TextPiece) or len(piece.paras) != len(("head", "text")):
        return False
    head, text = piece.paras
    return head.rank is Rank.HEAD and text.rank is Rank.BODY and text.marker is None


def is_bare_point(piece: Piece) -> bool:
    """Whether a piece is an item of a list that is not numbered: a point without a head."""
    if not isinstance(piece, TextPiece) or len(piece.paras) != 1:
        return False
    marker = piece.paras[0].marker
    return marker is not None and marker.text in BULLETS and not piece.paras[0].level


def listed_points(pieces: Sequence[Piece]) -> tuple[Sequence[Piece], list[TextPiece]]:
    """The heads with a list each that pieces end with, as points, and what stands before the first of them.

    No points where the lists are numbered, and so read one after the other, where other things stand with them, or
    where one is far longer than another.
    """
    heads = [at for at, piece in enumerate(pieces) if is_lone_head(piece)]
    if not heads:
        return pieces, []
    points: list[TextPiece] = []
    for start, end in pairwise((*heads, len(pieces))):
        items = [piece for piece in pieces[start:end] if isinstance(piece, TextPiece)]
        listed = all(map(_is_unnumbered, items[1:])) and len(items) == end - start > 1
        if not listed or items[1].paras[0].marker is None:
            return pieces, []
        points.append(TextPiece(paras=tuple(para for piece in items for para in piece.paras)))
    lengths = [len(point.paras) - 1 for point in points]
    return (pieces[: heads[0]], points) if max(lengths) <= 1 + 2 * min(lengths) else (pieces, [])


def is_lone_head(piece: Piece) -> bool:
    """Whether a piece is a head and nothing else."""
    return isinstance(piece, TextPiece) and len(piece.paras) == 1 and piece.paras[0].rank is Rank.HEAD


def _is_unnumbered(piece: TextPiece) -> bool:
    """Whether a piece is a part of a list of bullets."""
    return all(para.indent > 0 and (para.marker is None or para.marker.text in BULLETS) for para in piece.paras)


def points_box(
    setter: Setter, points: Sequence[TextPiece], marks: Sequence[Mark | None], width: Emu, step: int
) -> Measured:
    """Points beside each other over a width, each with its mark or below a rule; their texts begin on one line."""
    each = Emu((width - COLUMN_GAP * (len(points) - 1)) // len(points))
    openings = [_opening(setter, mark, each) for mark in marks]
    columns = [
        setter.paragraphs(_without_bullets(point.paras), Emu(each - opening.left), step)
        for point, opening in zip(points, openings, strict=True)
    ]
    lines = max(len(column[0].lines) for column in columns)
    elements: list[Element] = []
    high = 0
    for at, (opening, column, point) in enumerate(zip(openings, columns, points, strict=True)):
        text = boxed(_level(column, lines), Emu(each - opening.left))
        left = at * (each + COLUMN_GAP)
        shown = (*opening.elements, *shifted(text.elements, opening.left, opening.top))
        elements.extend(shifted(_appearing(point, shown), left, 0))
        high = max(high, opening.top + text.height)
    return Measured(height=Emu(high), elements=tuple(elements))


def _appearing(point: TextPiece, elements: tuple[Element, ...]) -> tuple[Element, ...]:
    """A point with its mark or ground, at one click where it waits."""
    return at_one_click(elements) if waits(point) else elements


def _level(column: tuple[FittedParagraph, ...], lines: int) -> tuple[FittedParagraph, ...]:
    """A point's paragraphs, its head with the room that the heads beside it take."""
    if len(column) == 1:
        return column
    head, text, *others = column
    spare = head.leading * (lines - len(head.lines))
    return head, replace(text, before=Pt(text.before + spare)), *others


def marks_of(points: Sequence[TextPiece], subjects: Sequence[Subject]) -> tuple[Mark | None, ...]:
    """The mark of each point's subject, if every point speaks of another one."""
    names = Names(subjects=tuple(subjects))
    order = [subject.name for subject in subjects]
    told = [names.named(point.paras[0].text) for point in points]
    if any(len(named) != 1 for named in told) or len(set(told)) < len(points):
        return (None,) * len(points)
    return tuple(MARKS[order.index(named[0])] for named in told)


def _without_bullets(paras: tuple[Para, ...]) -> tuple[Para, ...]:
    """The paragraphs as they stand beside a mark, which takes the bullet's place; a list below a head keeps its own."""
    if paras[0].rank is Rank.HEAD:
        return paras
    return tuple(replace(para, marker=None, indent=0) if para.marker else para for para in paras)


def _opening(setter: Setter, mark: Mark | None, width: Emu) -> _Opening:
    if mark is None:
        rule = ShapeBox(rect=box(0, 0, width, 0), outline=Outline.LINE, stroke=INK_RULE, name="Rule")
        return _Opening(elements=(rule,), left=0, top=_RULE_GAP)
    return _Opening(elements=_mark_elements(setter, mark), left=_MARK + _MARK_GAP, top=0)


def _mark_elements(setter: Setter, mark: Mark) -> tuple[Element, ...]:
    shape = ShapeBox(rect=box(0, 0, _MARK, _MARK), outline=mark.outline, fill=mark.colour, name=f"Mark {mark.letter}")
    return shape, letter_box(setter, mark, _MARK_SIZE, Colour.ON_SUBJECT, 0, 0, _MARK)


def cards_box(  # noqa: PLR0913 (what cards are)
    setter: Setter,
    points: Sequence[TextPiece],
    marks: Sequence[Mark],
    subjects: Sequence[Subject],
    width: Emu,
    *,
    step: int,
) -> Measured:
    """Points on grounds in their subjects' tints beside each other."""
    each = Emu((width - _CARD_GAP * (len(points) - 1)) // len(points))
    names = {mark.letter: subject.name for mark, subject in zip(MARKS, subjects, strict=False)}
    inner = Emu(each - 2 * _CARD_PAD)
    texts = [_card_text(setter, _on_card(point.paras), inner, step) for point in points]
    top = _CARD_PAD + _MARK + _CARD_PAD // 2
    high = max(_CARD_LEAST, top + max(text.height for text in texts) + _CARD_PAD)
    elements: list[Element] = []
    for at, (mark, point, text) in enumerate(zip(marks, points, texts, strict=True)):
        ground = ShapeBox(rect=box(0, 0, each, high), outline=Outline.RECTANGLE, fill=mark.tint, name="Card")
        named = _card_name(setter, mark, names[mark.letter], point, inner) if is_bare_point(point) else ()
        signed = shifted((*_mark_elements(setter, mark), *named), _CARD_PAD, _CARD_PAD)
        card = (ground, *signed, *shifted(text.elements, _CARD_PAD, top))
        elements.extend(shifted(_appearing(point, card), at * (each + _CARD_GAP), 0))
    return Measured(height=Emu(high), elements=tuple(elements))


def _card_name(setter: Setter, mark: Mark, name: str, point: TextPiece, width: Emu) -> tuple[Element, ...]:
    """The name of a card's subject beside its mark, where a line holds it."""
    left = _MARK + _MARK_GAP
    run = Run(text=name, bold=True, colour=mark.colour, language=point.paras[0].runs[0].language)
    fitted = setter.fit((run,), setter.theme.type.part, Emu(width - left))
    if len(fitted.lines) > 1:
        return ()
    rect = box(left, 0, width - left, _MARK)
    return (TextBox(rect=rect, paragraphs=(fitted,), anchor=Anchor.MIDDLE, name="Subject"),)


def _card_text(setter: Setter, paras: tuple[Para, ...], width: Emu, step: int) -> Measured:
    """A card's text, its lines about equally long where it is one paragraph."""
    if len(paras) == 1:
        size = setter.size(paras[0].rank, step)
        width = setter.balanced(paras[0].runs, size, width, setter.theme.leading.callout)[1]
    return boxed(setter.paragraphs(paras, width, step), width)


def _on_card(paras: tuple[Para, ...]) -> tuple[Para, ...]:
    """The paragraphs as they stand on a card: one without a head is large."""
    bare = _without_bullets(paras)
    return bare if len(bare) > 1 else tuple(replace(para, rank=Rank.CALLOUT) for para in bare)
