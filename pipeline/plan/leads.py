"""What of a paragraph or an item stands on the slide: its own words, cut between sentences or at a clause's end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from pipeline.model.inlines import Inlines, LineBreak, Link, Style, Styled, Text
from pipeline.model.text import plain_text
from pipeline.plan.excerpts import excerpt, masked_text, trimmed
from pipeline.plan.sentences import clause_cuts, sentence_ends, takes_back, word_cut
from pipeline.plan.speech import word_count

WHOLE = 22
"""Up to so many words a paragraph stands whole."""
SHORT = 20
"""Up to so many words a first sentence stands whole."""
LONGEST = 30
"""The clauses of a sentence are shown up to so many words."""
TOGETHER = 40
"""A sentence that introduces what follows, or a question with its answer, stands whole up to so many words."""
CONTRAST = 50
"""A sentence stands with the one that takes it back up to so many words."""
ENDLESS = 60
"""A sentence of more words is cut between words where it has no clause that ends."""
ITEM = 25
"""Up to so many words an item of a list stands whole."""
LEGEND = 32
"""Up to so many words a legend stands whole."""
_TINY = 4
_ROUGHLY = 160
_FAR = 4_000
"""No lead reaches so many characters."""
INTRODUCES = (":", "：")
_STOPS = (".", "。", "．", "｡", "।")
_CLAUSE_ENDS = tuple(",;:，；：،؛-–—")
_ASKS = ("?", "？", "؟")
# A sentence that is not understood without the one before it: "It has …", "You can change it by …".
_REFERS_BACK = re.compile(
    r"(?:it|its|they|their|them|this|that|these(?! are\b)|those|such)\b"
    r"|(?:[\w'’]+\s+){1,3}(?:it|them)\b|[它他她该]|[这那](?![里么时])|此(?![时外])|其(?![他它中次实余])",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_]{2}|[\u2e80-\u9fff\uac00-\ud7af]")
_SEPARATOR = re.compile(r"\s*(?:[:：]|[-–—](?=\s)|\.(?=\s|$))?\s*")


def lead(inlines: Inlines, whole: int = WHOLE, *, introduces: bool = True) -> Inlines:
    """The first sentence where it is short, else a clause of it, never other words; all of it where that is short.

    If it `introduces` what it stands above, its last sentence where that ends with a colon.
    """
    inlines = trimmed(inlines)
    text = masked_text(inlines)
    ends = sentence_ends(text)
    if word_count(text) <= whole or not ends:
        return inlines
    if introduces and text.endswith(INTRODUCES):
        return _introduction(inlines, text, ends)
    end = _lead_end(text, ends, introduces=introduces)
    return _stopped(inlines, text, _with_emphasis(inlines, text, ends, end))


def _with_emphasis(inlines: Inlines, text: str, ends: tuple[int, ...], end: int) -> int:
    """How far a lead reaches with what the author has set in bold right behind it, where both are short together."""
    bold = tuple(_bold(inlines))
    for following in (each for each in ends if each > end):
        if not any(end <= at < following for at in bold) or word_count(text[:following]) > TOGETHER:
            break
        end = following
    return end


def _bold(inlines: Inlines, offset: int = 0) -> Iterator[int]:
    """Where bold text begins in the plain text of inlines."""
    for inline in inlines:
        if isinstance(inline, Styled) and inline.style is Style.STRONG:
            yield offset
        elif isinstance(inline, Styled | Link):
            yield from _bold(inline.children, offset)
        offset += len(plain_text((inline,)))


def legend_lead(legend: Inlines) -> Inlines:
    """As many of a legend's sentences as are short together; all of it where that is short."""
    legend = trimmed(legend)
    text = masked_text(legend)
    fitting = [end for end in sentence_ends(text) if word_count(text[:end]) <= LEGEND]
    return trimmed(excerpt(legend, 0, fitting[-1])) if fitting else lead(legend, LEGEND, introduces=False)


def _stopped(inlines: Inlines, text: str, end: int) -> Inlines:
    """The inlines up to an offset; a clause has its sentence's full stop behind it."""
    shown = trimmed(excerpt(inlines, 0, end))
    stop = next((text[each - 1] for each in sentence_ends(text) if each > end), "")
    if stop not in _STOPS or not shown or text[end:].lstrip()[:1] not in _CLAUSE_ENDS:
        return shown
    return (*shown, Text(text=stop, span=shown[-1].span))


def lead_end(inlines: Inlines, whole: int = WHOLE) -> int:
    """How far into the plain text of trimmed inlines their lead reaches: never past a sentence that introduces."""
    text = masked_text(inlines)
    ends = sentence_ends(text)
    return len(text) if word_count(text) <= whole or not ends else _lead_end(text, ends)


def _introduction(inlines: Inlines, text: str, ends: tuple[int, ...]) -> Inlines:
    """The last sentence, since it introduces what is shown below it, with the one that it refers to."""
    starts = (0, *ends[:-1])
    start = starts[-1]
    if word_count(text[start:]) > TOGETHER:
        return excerpt(inlines, 0, _lead_end(text, ends))
    for before in starts[-2::-1]:
        if not _REFERS_BACK.match(text[start:].lstrip()) or word_count(text[before:]) > TOGETHER:
            break
        start = before
    return trimmed(excerpt(inlines, start, len(text)))


def _lead_end(text: str, ends: tuple[int, ...], *, introduces: bool = True) -> int:
    """Where the first sentence ends, or a clause of it; a question goes with its answer, and both with a "However"."""
    end, following = _opening_end(text, ends)
    told = _told_end(text[:end], introduces=introduces)
    while told == end and following and text[:end].rstrip().endswith(_ASKS):
        answered = end + _told_end(text[end : following[0]], introduces=introduces)
        if word_count(text[:answered]) > TOGETHER:
            break
        told, end, following = answered, following[0], following[1:]
    if told == end and following and takes_back(text[end : following[0]].lstrip()):
        taken_back = end + _told_end(text[end : following[0]], introduces=introduces)
        told = taken_back if word_count(text[:taken_back]) <= CONTRAST else told
    return told


def _opening_end(text: str, ends: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
    """Where the first sentence that says something ends, and the sentences behind it."""
    for at, following in enumerate(ends[1:]):
        # An opening such as "Yes!" or "For example." says nothing alone.
        if word_count(text[: ends[at]]) > _TINY or word_count(text[:following]) > SHORT:
            return ends[at], ends[at + 1 :]
    return ends[-1], ()


def _told_end(sentence: str, *, introduces: bool) -> int:
    """How far a sentence is shown: where it is long, to the end of a clause."""
    words = word_count(sentence)
    if words <= SHORT or (introduces and words <= TOGETHER and sentence.endswith(INTRODUCES)):
        return len(sentence)
    cuts = _cuts(sentence) or (_cuts(sentence, promising=True) if words > ENDLESS else ())
    short = [cut for cut in cuts if word_count(sentence[:cut]) <= SHORT]
    if short:
        return max(short)
    if words <= ENDLESS and not cuts:
        return len(sentence)
    return min(cuts) if cuts else _cut_within(sentence)


def _cuts(sentence: str, *, promising: bool = False) -> tuple[int, ...]:
    cuts = clause_cuts(sentence[:_FAR], promising=promising)
    return tuple(cut for cut in cuts if word_count(sentence[:cut]) <= LONGEST)


def _cut_within(sentence: str) -> int:
    """A place between words of a sentence that has no end in sight."""
    rough = sentence[:_ROUGHLY]
    space = rough.rstrip().rfind(" ")
    return word_cut(rough[:space]) if space > 0 else len(rough)


def is_whole(part: Inlines, inlines: Inlines) -> bool:
    """Whether a part has all the words of the inlines."""
    return _words(part) == _words(inlines)


def _words(inlines: Inlines) -> str:
    return re.sub(r"\s+", "", plain_text(inlines))


def sentences(inlines: Inlines) -> tuple[Inlines, ...]:
    """The inlines sentence by sentence."""
    inlines = trimmed(inlines)
    ends = sentence_ends(masked_text(inlines))
    return tuple(trimmed(excerpt(inlines, start, end)) for start, end in zip((0, *ends), ends, strict=False))


class Headed(Struct, frozen=True, kw_only=True):
    """Text that opens with a bold lead: the lead, and what follows it without the sign between them."""

    head: Inlines
    rest: Inlines


def _names_something(text: str) -> bool:
    """Whether a bold lead has a word: a number or a sign alone is no head."""
    return _NAME.search(text) is not None


def headed(inlines: Inlines) -> Headed | None:
    """The text's bold lead and its rest; None where it opens with none, or with one that the sentence runs through."""
    inlines = trimmed(inlines)
    if not inlines or not isinstance(first := inlines[0], Styled) or first.style is not Style.STRONG:
        return None
    following = inlines[1:]
    text, lead_text = plain_text(following), plain_text((first,)).rstrip()
    separator = _SEPARATOR.match(text)
    cut = separator.end() if separator else 0
    breaks = bool(following) and isinstance(following[0], LineBreak)
    divided = bool(separator and separator.group().strip()) or breaks or lead_text.endswith((*INTRODUCES, "."))
    if (following and not divided) or not _names_something(lead_text):
        return None
    head = trimmed((first,))
    end = len(lead_text) - (1 if lead_text.endswith(INTRODUCES) else 0)
    return Headed(head=excerpt(head, 0, end), rest=trimmed(excerpt(following, cut, len(text))))
