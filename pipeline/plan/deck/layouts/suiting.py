"""What layouts look for among the pieces of a slide: a statement, a list in two halves, points, code with its text."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from pipeline.plan.deck.layouts.points import MOST_POINTS, is_bare_point, is_lone_head, is_point, listed_points
from pipeline.plan.deck.pieces import CodePiece, PanelPiece, Piece, TextPiece
from pipeline.plan.deck.setting import Gap, Rank
from pipeline.plan.speech import word_count

_COLUMNS_FROM = 3
_UNEVEN = 1
"""A column of a list has up to so many items more than half of them."""
_LEAST_CODE = 3
MOST_PANES = 3


class Halves(Struct, frozen=True, kw_only=True):
    """A list in two halves, and the text before it and behind it."""

    above: Sequence[TextPiece]
    left: Sequence[TextPiece]
    right: Sequence[TextPiece]
    below: Sequence[TextPiece]


class Beside(Struct, frozen=True, kw_only=True):
    """Code and its text; whether the code `begins`."""

    texts: Sequence[TextPiece]
    code: CodePiece
    begins: bool


class Panes(Struct, frozen=True, kw_only=True):
    """Several pieces of code, each with the head above it if they have heads, and the text before and behind them."""

    above: Sequence[Piece]
    heads: Sequence[TextPiece]
    codes: Sequence[CodePiece]
    below: Sequence[Piece]


def as_statement(pieces: Sequence[Piece], most: int) -> TextPiece | None:
    """A few words of prose in large type; None for more of them, and for what is no prose."""
    paras = [para for piece in pieces if isinstance(piece, TextPiece) for para in piece.paras]
    plain = all(para.rank is Rank.BODY and para.marker is None and para.gap is Gap.PARAGRAPH for para in paras)
    if not (paras and plain) or sum(word_count(para.text) for para in paras) > most:
        return None
    return TextPiece(paras=tuple(replace(para, rank=Rank.CALLOUT) for para in paras))


def halved(pieces: Sequence[Piece]) -> Halves | None:
    """The long list among texts in two halves: the second begins at an item of the same level, none much longer."""
    texts = [piece for piece in pieces if isinstance(piece, TextPiece)]
    items = [at for at, piece in enumerate(texts) if _is_item(piece)]
    if len(items) < 2 * _COLUMNS_FROM or items[-1] - items[0] >= len(items):
        return None
    first, end = items[0], items[-1] + 1
    level = texts[first].paras[0].level
    middle = first + -(-(end - first) // 2)
    starts = [at for at in range(first + 1, end) if texts[at].paras[0].level == level]
    nearest = min(starts, key=lambda at: abs(at - middle), default=None)
    if nearest is None or abs(nearest - middle) > _UNEVEN:
        return None
    return Halves(above=texts[:first], left=texts[first:nearest], right=texts[nearest:end], below=texts[end:])


def with_code(pieces: Sequence[Piece], *, matched: bool) -> Beside | None:
    """Code with text before or behind it; None for other things, and if `matched` for code of few lines."""
    match pieces:
        case [*texts, CodePiece() as code] | [CodePiece() as code, *texts]:
            said = [piece for piece in texts if isinstance(piece, TextPiece)]
            too_few = matched and len(code.lines) < _LEAST_CODE
            # A head stands above what it heads.
            if not said or len(said) < len(texts) or too_few or is_lone_head(said[-1]):
                return None
            return Beside(texts=said, code=code, begins=pieces[0] is code)
        case _:
            return None


def with_panes(pieces: Sequence[Piece]) -> Panes | None:
    """Two or three pieces of code in a row, each below a head or none of them, between texts alone."""
    at = [index for index, piece in enumerate(pieces) if isinstance(piece, CodePiece)]
    if not 1 < len(at) <= MOST_PANES:
        return None
    heads = [
        piece for index in at if index and isinstance(piece := pieces[index - 1], TextPiece) and is_lone_head(piece)
    ]
    codes = [piece for piece in pieces if isinstance(piece, CodePiece)]
    start, end = at[0] - (1 if heads else 0), at[-1] + 1
    around = [piece for piece in (*pieces[:start], *pieces[end:]) if isinstance(piece, TextPiece)]
    # Nothing else stands between them or around them, and a head behind them heads what is not there.
    whole = len(heads) in {0, len(codes)} and len(heads) + len(codes) == end - start
    if not whole or len(around) + end - start < len(pieces) or (end < len(pieces) and is_lone_head(pieces[-1])):
        return None
    return Panes(above=pieces[:start], heads=heads, codes=codes, below=pieces[end:])


def with_points(pieces: Sequence[Piece]) -> tuple[Sequence[Piece], list[TextPiece]]:
    """The points that pieces end with, and what stands before them; no points where there are too many or few."""
    count = sum(1 for piece in pieces if is_point(piece) or is_bare_point(piece))
    above = pieces[: len(pieces) - count]
    points = [p for p in pieces[len(above) :] if isinstance(p, TextPiece) and (is_point(p) or is_bare_point(p))]
    suits = 1 < count <= MOST_POINTS and len(points) == count and len(above) <= len(("text", "figure"))
    return (above, points) if suits else (pieces, [])


def with_lists(pieces: Sequence[Piece]) -> tuple[Sequence[Piece], list[TextPiece]]:
    """The lists with a head each that pieces end with, and what stands before them; none where they do not suit."""
    above, points = listed_points(pieces)
    suits = 1 < len(points) <= MOST_POINTS and len(above) <= len(("text", "figure"))
    return (above, points) if suits else (pieces, [])


def is_quote(pieces: Sequence[Piece]) -> bool:
    """Whether there is nothing but a quote."""
    return len(pieces) == 1 and isinstance(pieces[0], PanelPiece) and pieces[0].fill is None


def _is_item(piece: TextPiece) -> bool:
    return piece.paras[0].marker is not None
