"""Statements that are set against each other in prose: clauses of one sentence, or sentences that follow each other.

What follows each other is paired only where the page shows that both speak of one aspect: the second is introduced as
the contrary ("in contrast", "on the other hand"), or both share words that tell what they are about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from pipeline.model.plan import ComparisonRow
from pipeline.plan.comparison.clauses import LONGEST, allot
from pipeline.plan.comparison.labelled import Entry, Kind
from pipeline.plan.comparison.mentions import Names
from pipeline.plan.comparison.passages import Stretch
from pipeline.plan.comparison.rows import Said, in_order, row, tells
from pipeline.plan.comparison.words import shared_aspect, spoken_aspect

CONTRAST = "contrast"
_OPPOSES = re.compile(
    r"(?:in (?:contrast|comparison)|by (?:contrast|comparison)|on the (?:other hand|contrary)|conversely|meanwhile"
    r"|whereas|while|however|but|instead|hingegen|dagegen|im gegensatz dazu|demgegenüber|en revanche|par contre"
    r"|à l['’]inverse|en cambio|por el contrario|por outro lado|invece|al contrario|напротив|بينما|في المقابل|در مقابل"
    r"|相反|反之|另一方面|相比之下|而|一方|それに対して|これに対して|対して|反対に)(?!\w*[-])",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    r"\b(?:differences?|differ|contrast|unterschied\w*|différences?|diferencias?|diferenças?|differenz[ae])\b[^:：]{0,120}:\s+"
    r"|(?:区别|差异|不同|違い)[^：:]{0,60}[：:]\s*",
    re.IGNORECASE,
)
_TELLING = frozenset({Kind.PAGE, Kind.SECTION, Kind.PSEUDO, Kind.INTRODUCTION, Kind.NONE})


class _Statement(Struct, frozen=True, kw_only=True):
    """What a sentence says of each subject, and whether it is introduced as the contrary of the one before."""

    said: Said
    opposes: bool

    @property
    def text(self) -> str:
        return " ".join(cell.text for cells in self.said.values() for cell in cells)


def contrast_rows(page: Entry, names: Names, fallback: str) -> Iterator[ComparisonRow]:
    """A row of each contrast, headed by the words that its sides share, else by `fallback`."""
    for said in _contrasts_of(page.body if page.kind in _TELLING else (), names):
        cells = [cell.text for several in said.values() for cell in several]
        aspect = spoken_aspect(cells, names) or shared_aspect(cells, names) or fallback
        yield from row(aspect[0].upper() + aspect[1:], CONTRAST, in_order(said, names))
    for entry in page.entries:
        yield from contrast_rows(entry, names, fallback)


def _contrasts_of(texts: tuple[Stretch, ...], names: Names) -> Iterator[Said]:
    """The contrasts within each paragraph, and of the first sentences of those that follow each other without any."""
    openings: list[_Statement | None] = []
    for text in texts:
        sentences = [_after_announcing(sentence) for sentence in text.sentences if tells(sentence)]
        statements = [_statement(sentence, names) for sentence in sentences]
        inside = tuple(_contrasts(statements, names, announced=_ANNOUNCES.search(text.text) is not None))
        opening = statements[0] if statements and not inside else None
        same = opening and set(names.named(text.text)) == set(opening.said)
        openings.append(opening if same else None)
        if inside:
            yield from _contrasts(openings, names)
            openings.clear()
            yield from inside
    yield from _contrasts(openings, names)


def _statement(sentence: Stretch, names: Names) -> _Statement | None:
    """What a sentence says of the subjects; None where that is not sure."""
    said = allot(sentence, names)
    if not said:
        return None
    opposes = _OPPOSES.match(sentence.text) is not None
    return _Statement(said={s: (part.shortened(LONGEST),) for s, part in said.items()}, opposes=opposes)


def _after_announcing(sentence: Stretch) -> Stretch:
    """What stands after words that announce a comparison and their colon, as in "The difference: A is …"."""
    found = _ANNOUNCES.search(sentence.text)
    return sentence.cut(found.end(), len(sentence.text)) if found else sentence


def _contrasts(statements: list[_Statement | None], names: Names, *, announced: bool = False) -> Iterator[Said]:
    """What is set against each other: within a statement, or by statements that follow each other.

    Where the page announces a comparison, what follows it needs no other sign that it speaks of one aspect.
    """
    at = 0
    while at < len(statements):
        first = statements[at]
        at += 1
        if first is None:
            continue
        said = dict(first.said)
        while len(first.said) == 1 and at < len(statements) and (following := statements[at]):
            fresh = len(following.said) == 1 and not set(following.said) & set(said)
            if not (fresh and (announced or _is_contrary(_Statement(said=said, opposes=False), following, names))):
                break
            said |= following.said
            at += 1
        if len(said) > 1:
            yield said


def _is_contrary(before: _Statement, after: _Statement, names: Names) -> bool:
    return after.opposes or bool(shared_aspect([before.text, after.text], names))
