"""What the author has appear step by step: marked among the pieces, and read from the finished slide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from pipeline.model.document import Blocks, Hint
from pipeline.model.fitted import Element, FittedParagraph, Reveal, Step, StepPart, TextBox
from pipeline.plan.deck.pieces import FixedPiece, Measured, Piece, TextPiece, Unit
from pipeline.plan.deck.wishes import asks_for_steps

# ---------------------------------------------------------------- marking pieces


def stepped(units: Sequence[Unit], *, waiting: bool = False) -> Iterator[Unit]:
    """The units of one section, with what they show marked to wait for a click: all, or those behind the hint."""
    for unit in units:
        waiting = waiting or any(map(asks_for_steps, unit.covers))
        yield replace(unit, piece=as_stepped(unit.piece)) if waiting and unit.piece else unit


def as_stepped(piece: Piece) -> Piece:
    """A piece that waits for a click: text paragraph by paragraph, all else as a whole."""
    match piece:
        case TextPiece():
            return TextPiece(paras=tuple(replace(para, stepped=True) for para in piece.paras))
        case FixedPiece():
            return replace(piece, measured=as_step(piece.measured))
        case _:
            return replace(piece, stepped=True)


def waits(piece: Piece) -> bool:
    """Whether a piece waits for a click."""
    match piece:
        case TextPiece():
            return any(para.stepped for para in piece.paras)
        case FixedPiece():
            return any(element.reveal is Reveal.CLICK for element in piece.measured.elements)
        case _:
            return piece.stepped


def with_text(head: Piece, units: Sequence[Unit]) -> Piece:
    """A head that waits where the first that it heads does."""
    first = next((unit.piece for unit in units if unit.piece), None)
    return as_stepped(head) if first and waits(first) else head


def as_step(measured: Measured) -> Measured:
    """What is laid out already, all of it appearing at one click."""
    return replace(measured, elements=at_one_click(measured.elements))


def at_one_click(elements: Sequence[Element]) -> tuple[Element, ...]:
    """Elements that appear together."""
    return tuple(replace(element, reveal=Reveal.WITH if at else Reveal.CLICK) for at, element in enumerate(elements))


def unmet_steps(units: Sequence[Unit]) -> tuple[Hint, ...]:
    """The hints of a section that nothing shown follows."""
    last = max((at for at, unit in enumerate(units) if unit.piece), default=-1)
    return tuple(hint for unit in units[last + 1 :] for hint in steps_asked(unit.covers))


def steps_asked(blocks: Blocks) -> tuple[Hint, ...]:
    """The hints among blocks that ask for steps."""
    return tuple(block for block in blocks if isinstance(block, Hint) and asks_for_steps(block))


# ---------------------------------------------------------------- reading a slide


def steps_of(elements: Sequence[Element]) -> tuple[Step, ...]:
    """What appears at each click, in reading order. A head takes what it heads with it, were it another element."""
    steps: list[list[StepPart]] = []
    headed = False
    for at, element in enumerate(elements):
        if element.reveal is Reveal.AT_ONCE:
            paragraphs = element.paragraphs if isinstance(element, TextBox) else ()
            for first, last in _stretches(paragraphs):
                part = StepPart(element=at, paragraphs=(first, last))
                _add(steps, part, joins=headed)
                headed = paragraphs[last].heads
        else:
            _add(steps, StepPart(element=at), joins=headed or element.reveal is Reveal.WITH)
            headed = False
    return tuple(map(tuple, steps))


def _add(steps: list[list[StepPart]], part: StepPart, *, joins: bool) -> None:
    if joins and steps:
        steps[-1].append(part)
    else:
        steps.append([part])


def _stretches(paragraphs: Sequence[FittedParagraph]) -> Iterator[tuple[int, int]]:
    """The first and last paragraph of each step of a text: those that wait, each with what stands deeper below it."""
    first: int | None = None
    for at, paragraph in enumerate(paragraphs):
        if first is not None and not (paragraph.stepped and _goes_on(paragraphs, first, at)):
            yield first, at - 1
            first = None
        if first is None and paragraph.stepped:
            first = at
    if first is not None:
        yield first, len(paragraphs) - 1


def _goes_on(paragraphs: Sequence[FittedParagraph], first: int, at: int) -> bool:
    """Whether a paragraph stands below a head, deeper than its step's first one, or goes on with an item."""
    paragraph = paragraphs[at]
    nested = paragraph.level > paragraphs[first].level
    return paragraphs[at - 1].heads or nested or (paragraph.marker is None and paragraph.indent > 0)
