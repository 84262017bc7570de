"""The claim ledger: every source line is carried by the document or explained, and so is every word of it.

Two sides that know nothing of each other are compared: the words of the source (`source_words`), and those of the
finished document (`model_words`), stretch by stretch of lines. What the parser says of lines that show nothing is
believed only if they look like it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.diagnostics import Span
from pipeline.model.document import Claim, Document, LedgerEntry
from pipeline.read.context import Sink
from pipeline.read.definitions import LinkDefinition
from pipeline.read.model_words import Carried, carried
from pipeline.read.source_words import References, prose_words, verbatim_words, without_unfinished_tag, words

_LOOKS_LIKE: Final = {
    Claim.MARKUP: re.compile(r".*<(?:\?|![A-Za-z\[])"),
    Claim.COMMENT: re.compile(r".*(?:<!--|\{/\*|\{%|%%|%[ \t]|\{::comment\})"),
    Claim.CODE: re.compile(r"\s*(?:import|export)\b|.*<(?:script|style)\b", re.IGNORECASE),
    # Options of a block (`name: value` or `:name: value`), fences that name a directive, or the directive in one,
    # `(name)=`, `#|` and `+++`.
    # Or the one item of a list that a table of contents takes the place of.
    Claim.METADATA: re.compile(
        r"[\s>]*(?::?[\w-]+[ \t]*:|\.\.[ \t]+[\w:-]+::"
        r"|---|(?:`{3,}|~{3,}|:{3,})[ \t]*\{|\([\w.:-]+\)=|(?:#|//|--|%%|%|!|;)\||\+\+\+"
        r"|(?:[-+*]|\d{1,9}[.)])[ \t].*\n[ \t>]*\{:[^{}\n]*\btoc\b[^{}\n]*\}\Z)"
    ),
    Claim.DEFINITION: re.compile(r"[\s>\-+*\d.)]*\*?\["),
}
_NO_LINKS: Final[Mapping[str, LinkDefinition]] = MappingProxyType({})
_MOST_SHOWN: Final = 8
_MOST_GLUED: Final = 6


class _Stretch(Struct):
    """Consecutive lines that the document carries together."""

    span: Span
    carried: list[Carried] = field(default_factory=list)


def audit(
    document: Document,
    lines: Sequence[str],
    explained: Iterable[tuple[Span, Claim]],
    links: Mapping[str, LinkDefinition] = _NO_LINKS,
    stated: Iterable[tuple[Span, str]] = (),
) -> tuple[LedgerEntry, ...]:
    """The claims on every line that is not blank, in order; `lost` holds words that nothing carries.

    `stated` are addresses on those lines that lead to pages which state them, whose paths may have other words.
    """
    pieces = [*carried(document), *(Carried(span=span, text=address) for span, address in stated)]
    return _Audit(document, lines, pieces, explained, links).entries()


def report_losses(ledger: Sequence[LedgerEntry], sink: Sink) -> None:
    """Tell of every stretch of lines that lost words."""
    for entry in ledger:
        if entry.lost:
            shown = " ".join(entry.lost[:_MOST_SHOWN]) + (" …" if len(entry.lost) > _MOST_SHOWN else "")
            count = "1 word is" if len(entry.lost) == 1 else f"{len(entry.lost)} words are"
            message = f"{count} in no part of the document: {shown}"
            hint = "this is a fault of the reader; writing the passage more plainly avoids it"
            sink.error("lost-text", message, entry.span, hint=hint)


class _Audit:
    def __init__(
        self,
        document: Document,
        lines: Sequence[str],
        pieces: Iterable[Carried],
        explained: Iterable[tuple[Span, Claim]],
        links: Mapping[str, LinkDefinition],
    ) -> None:
        self._lines = lines
        self._references = References(links)
        self._front = document.metadata.span
        self._claims: dict[int, Claim] = {}
        for span, claim in explained:
            pattern = _LOOKS_LIKE.get(claim)
            if pattern and pattern.match(self._text(span)):
                self._claims.update(dict.fromkeys(range(span.first, span.last + 1), claim))
        self._stretches = _stretches(pieces)

    def entries(self) -> tuple[LedgerEntry, ...]:
        """The entries, with neighbours of one claim joined where nothing is lost."""
        joined: list[LedgerEntry] = []
        for entry in self._unjoined():
            before = joined[-1] if joined else None
            if before and before.claim is entry.claim and not before.lost and not entry.lost:
                between = range(before.span.last + 1, entry.span.first)
                if all(self._is_blank(number) for number in between):
                    joined[-1] = replace(before, span=before.span.cover(entry.span))
                    continue
            joined.append(entry)
        return tuple(joined)

    def _unjoined(self) -> Iterator[LedgerEntry]:
        number = 1
        if self._front:
            yield LedgerEntry(span=self._front, claim=Claim.METADATA, lost=())
            number = self._front.last + 1
        for stretch in self._stretches:
            yield from self._between(number, stretch.span.first - 1)
            if stretch.span.last >= number:
                first = max(number, stretch.span.first)
                span = Span(first=first, last=stretch.span.last)
                yield LedgerEntry(span=span, claim=Claim.CONTENT, lost=self._lost(stretch))
                number = stretch.span.last + 1
        yield from self._between(number, len(self._lines))

    def _between(self, first: int, last: int) -> Iterator[LedgerEntry]:
        """Claims on lines that the document carries nothing of."""
        number = first
        while number <= last:
            if self._is_blank(number):
                number += 1
                continue
            claim = self._claims.get(number)
            end = number
            while end < last and not self._is_blank(end + 1) and self._claims.get(end + 1) is claim:
                end += 1
            span = Span(first=number, last=end)
            # A tag may begin here and end where words that are carried stand.
            text = without_unfinished_tag(self._text(span)) if end == last else self._text(span)
            left = () if claim else tuple(prose_words(text, self._references))
            yield LedgerEntry(span=span, claim=claim or (Claim.UNCLAIMED if left else Claim.MARKUP), lost=left)
            number = end + 1

    def _lost(self, stretch: _Stretch) -> tuple[str, ...]:
        """The words of the lines that are more often there than in what the document carries of them, in order."""
        here = Counter(word for piece in stretch.carried for word in words(piece.text))
        lost: list[str] = []
        for word in self._source_words(stretch):
            if here[word]:
                here[word] -= 1
            else:
                lost.append(word)
        return tuple(_not_glued(lost, +here))

    def _source_words(self, stretch: _Stretch) -> list[str]:
        spans = sorted({piece.span for piece in stretch.carried if piece.verbatim})
        found: list[str] = []
        number = stretch.span.first
        for span in spans:
            if span.first < number:
                continue
            found += self._prose(number, span.first - 1)
            found += verbatim_words(list(self._lines[span.first - 1 : span.last]))
            number = span.last + 1
        return found + self._prose(number, stretch.span.last)

    def _prose(self, first: int, last: int) -> list[str]:
        shown = [line for n, line in enumerate(self._lines[first - 1 : last], start=first) if n not in self._claims]
        return prose_words("\n".join(shown), self._references) if shown else []

    def _text(self, span: Span) -> str:
        return "\n".join(self._lines[span.first - 1 : span.last])

    def _is_blank(self, number: int) -> bool:
        return not self._lines[number - 1].strip()


def _not_glued(lost: list[str], left: Mapping[str, int]) -> list[str]:
    """The words without those that stand together as one in what the document carries, as `x</b><b>y` does."""
    kept: list[str] = []
    place = 0
    while place < len(lost):
        glued = (n for n in range(place + 2, min(place + _MOST_GLUED, len(lost)) + 1) if "".join(lost[place:n]) in left)
        end = next(glued, None)
        if end is None:
            kept.append(lost[place])
        place = end or place + 1
    return kept


def _stretches(pieces: Iterable[Carried]) -> list[_Stretch]:
    """What is carried, in stretches of lines that do not overlap."""
    stretches: list[_Stretch] = []
    for piece in sorted(pieces, key=lambda piece: piece.span):
        if stretches and piece.span.first <= stretches[-1].span.last:
            stretches[-1].span = stretches[-1].span.cover(piece.span)
        else:
            stretches.append(_Stretch(piece.span))
        stretches[-1].carried.append(piece)
    return stretches
