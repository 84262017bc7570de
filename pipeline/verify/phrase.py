"""The words to look for: text without what wrapping, fonts and typography change, in pieces between gaps."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.inlines import (
    CodeSpan,
    FootnoteReference,
    FormulaSpan,
    Inline,
    InlineImage,
    Inlines,
    LineBreak,
    Link,
    SectionTarget,
    Style,
    Styled,
    Text,
)
from pipeline.model.text import plain_text
from pipeline.verify.formula_words import formula_texts

_QUOTES = dict.fromkeys(map(ord, "‘’‚‛′´`＇"), "'") | dict.fromkeys(map(ord, "“”„‟″＂"), '"')
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")
# Nothing is seen of these: soft hyphen, joiners, marks of direction, variation selectors and their
# kin, the tags that make a flag a region's, the box that stands for a character without a name.
_UNSEEN: dict[int, None] = dict.fromkeys(
    [
        0xAD,
        0x34F,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFE00, 0xFE10),
        0xFEFF,
        0xFFFC,
        0x25A1,
        *range(0x1F3FB, 0x1F400),
        *range(0xE0020, 0xE0080),
        *range(0xE0100, 0xE01F0),
    ]
)
# Paper says with a plain sign, or with its name in brackets, what no installed font can draw.
_SIGNS_ALIKE = {
    ord(sign): plain
    for signs, plain in (
        ("✅☑", "✔"),
        ("❌❎", "✘"),
        ("⭐🌟", "★"),
        ("❗❕", "!"),
        ("❓❔", "?"),
        ("➕", "+"),
        ("➖", "-"),
    )
    for sign in signs
} | {ord(sign): plain for signs, plain in (("➡👉", "→"), ("⬅👈", "←")) for sign in signs}
_FLAGS = {0x1F1E6 + index: chr(ord("a") + index) for index in range(26)}
_NAMED_SIGN = re.compile(r"\[([A-Za-z][A-Za-z0-9\s-]*)\]")
_TABLE: dict[int, str | None] = {**_QUOTES, **_DASHES, **_SIGNS_ALIKE, **_FLAGS, **_UNSEEN}
# Characters for private use, as icons have, and signs without a name yet: paper sets the box for them.
_FUTURE_SIGNS = "".join(char for char in map(chr, range(0x1F000, 0x1FC00)) if unicodedata.category(char) == "Cn")
_NAMELESS = re.compile(f"[\ue000-\uf8ff\U000f0000-\U0010fffd{_FUTURE_SIGNS}]")
_UNSEEN_ASCII = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_DISORDERED = re.compile(
    "[\u0590-\u08ff\u20e3\u2190-\u21ff\u2300-\u2bff\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff\U0001f000-\U0001faff]"
)
_RESHAPED = re.compile("[\u0900-\u0dff\u0f00-\u109f\u1780-\u17ff\u1a00-\u1aaf\ua980-\uaaff]")
# The upper half of Thai's and Lao's "am" may stand before the marks that it is drawn below, or after them.
_RING = re.compile("([\u0e31\u0e34-\u0e37\u0e3b\u0e47-\u0e4c\u0eb1\u0eb4-\u0eb7\u0ebb\u0ec7-\u0ecc]+)([\u0e4d\u0ecd])")
# A number that a writer sets after a link: "[12]", "(12)", " 12".
_MARK = 8
_NUMBER = re.compile(r"[\s,;]*[\[(]?\d+[\])]?\s*")
_LETTER = re.compile(rf"{_NUMBER.pattern}|\s*[a-z]{{1,2}}\s*")
_COLONS = (":", "：")
# What may part a bold lead from the text after it.
_SIGNS = " \t\n\u00a0:：.。,，;；–—-"


def fold(text: str) -> str:
    """Text as it is compared: one form of each character, quote, dash and sign, no case, nothing unseen."""
    if "[" in text:
        text = _NAMED_SIGN.sub(_sign, text)
    if text.isascii():
        return _UNSEEN_ASCII.sub("", text).casefold().replace("`", "'")
    folded = unicodedata.normalize("NFKC", text).translate(_TABLE).casefold()
    folded = _NAMELESS.sub("", unicodedata.normalize("NFKC", folded).translate(_TABLE))
    folded = _UNSEEN_ASCII.sub("", folded)
    return _RING.sub(r"\2\1", folded) if "\u0e4d" in folded or "\u0ecd" in folded else folded


def _sign(match: re.Match[str]) -> str:
    """The sign whose name stands in brackets, or the match as it is where there is none."""
    try:
        sign = unicodedata.lookup(" ".join(match[1].split()))
    except KeyError:
        return match[0]
    return sign if unicodedata.category(sign) == "So" else match[0]


def squeeze(text: str) -> str:
    """Folded text without white space, so that wrapping leaves no trace."""
    return "".join(fold(text).split())


def spoken(text: str) -> str:
    """Squeezed text with every sign as its name in brackets."""
    return "".join(_name(character) for character in text)


def _name(character: str) -> str:
    if unicodedata.category(character) != "So":
        return character
    return f"[{''.join(unicodedata.name(character, '').lower().split())}]"


def right_to_left(text: str) -> bool:
    """Whether any of the text is written from right to left."""
    return _RIGHT_TO_LEFT.search(text) is not None


def disordered(text: str) -> bool:
    """Whether a PDF may give the characters in another order: right-to-left text does, and pictographs do."""
    return _DISORDERED.search(text) is not None


def reshaped(text: str) -> bool:
    """Whether a PDF may give marks twice, elsewhere or as other characters, as of Indic scripts."""
    return _RESHAPED.search(text) is not None


class Piece(Struct, frozen=True, kw_only=True):
    """A stretch that stands as it is. Up to `gap` other characters may come before it, words among them if `words`."""

    key: str
    gap: int = 0
    words: bool = False


class Phrase(Struct, frozen=True, kw_only=True):
    """What to look for, and what stands in it besides its text. An `open` one may have a mark in letters behind it.

    `written` is the text with its formulas, if it has any, in each way that they may be written.
    """

    text: str
    pieces: tuple[Piece, ...]
    open: bool = False
    links: tuple[Link, ...] = ()
    images: tuple[InlineImage, ...] = ()
    formulas: tuple[FormulaSpan, ...] = ()
    written: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """All pieces in one."""
        return "".join(piece.key for piece in self.pieces)


def phrase_of_text(text: str) -> Phrase:
    """The phrase of plain text."""
    key = squeeze(text)
    return Phrase(text=text, pieces=(Piece(key=key),) if key else ())


class _Gap(Struct, frozen=True, kw_only=True):
    """A place in running text where something else may stand. `sign` is what stands there on the page,
    `formula` how a formula may be written there.
    """

    size: int
    words: bool
    sign: str = ""
    formula: tuple[str, str] = ("", "")


def phrase_of(inlines: Inlines) -> Phrase:
    """The phrase of inlines: a mark may follow each link, and images and formulas may stand as anything or nothing."""
    links: list[Link] = []
    images: list[InlineImage] = []
    formulas: list[FormulaSpan] = []
    parts: list[str | _Gap] = []
    for inline in _with_lead(inlines):
        match inline:
            case str() | _Gap():
                parts.append(inline)
            case Link():
                links.append(inline)
            case InlineImage():
                images.append(inline)
                parts.append(_Gap(size=_size(inline), words=True))
            case FormulaSpan():
                formulas.append(inline)
                size = 2 * len(inline.source) + 16
                parts.append(_Gap(size=size, words=True, formula=formula_texts(inline.source)))
    if parts and isinstance(last := parts[-1], str) and last.rstrip().endswith(_COLONS):
        # Where a text is set as the head of what it announces, it has no colon.
        bare = last.rstrip()[:-1]
        parts[-1:] = [bare, _Gap(size=1, words=False, sign=last[len(bare) :])]
    text = "".join(part if isinstance(part, str) else part.sign for part in parts)
    return Phrase(
        text=" ".join(text.split()),
        pieces=tuple(_pieces(parts)),
        open=isinstance(parts[-1], _Gap) and parts[-1].words if parts else False,
        links=tuple(links),
        images=tuple(images),
        formulas=tuple(formulas),
        written=tuple(_written(parts, way) for way in (0, 1)) if formulas else (),
    )


def _written(parts: list[str | _Gap], way: int) -> str:
    """The text with its formulas written in one of two ways."""
    return " ".join("".join(p if isinstance(p, str) else p.formula[way] or p.sign for p in parts).split())


def _size(inline: InlineImage) -> int:
    image = inline.image
    return len(phrase_of(inline.legend).text) + len(image.alt) + len(image.source) + 40


def _with_lead(inlines: Inlines) -> Iterator[str | _Gap | Link | InlineImage | FormulaSpan]:
    """Text and gaps, with a gap for the colon or dash after a lead: where the lead is set as a heading, it has none."""
    match inlines:
        case ((Styled(style=Style.STRONG) | Link()) as lead, Text() as text, *rest):
            *before, last = _walk((lead,))
            gap = _Gap(size=_MARK, words=False)
            if isinstance(last, _Gap) and before and isinstance(before[-1], str):
                gap, (*before, last) = last, before
            sign = ""
            if isinstance(last, str):
                sign = last[len(last.rstrip(_SIGNS)) :]
                last = last.rstrip(_SIGNS)
            after = text.text.lstrip(_SIGNS)
            sign += text.text[: len(text.text) - len(after)]
            yield from (*before, last, replace(gap, size=gap.size + len(sign), sign=sign), after)
            yield from _walk(tuple(rest))
        case _:
            yield from _walk(inlines)


def _walk(inlines: Inlines) -> Iterator[str | _Gap | Link | InlineImage | FormulaSpan]:
    """Text and gaps in reading order; each link before its text. Without recursion, however deep they are nested."""
    stack: list[Iterator[Inline | _Gap]] = [iter(inlines)]
    worded = False
    while stack:
        inline = next(stack[-1], None)
        match inline:
            case None:
                stack.pop()
            case _Gap() | InlineImage() | FormulaSpan():
                yield inline
            case Text() | CodeSpan():
                worded = any(map(str.isalnum, inline.text))
                yield inline.text
            case LineBreak():
                yield " "
            case FootnoteReference():
                yield _Gap(size=_MARK + len(inline.label), words=True)
            case Styled():
                stack.append(iter(inline.children))
            case Link():
                yield inline
                after = _after(inline)
                if after.words and (_LETTER if worded else _NUMBER).fullmatch(plain_text(inline.children)):
                    # It looks like the mark of a footnote or reference: files are read without these.
                    yield replace(after, size=after.size + _MARK)
                else:
                    stack.append(iter((*inline.children, after)))
            case _:
                assert_never(inline)


def _after(link: Link) -> _Gap:
    """What may stand after a link: a reference's number, or the page that a section stands on."""
    inside = isinstance(link.target, SectionTarget)
    return _Gap(size=3 * _MARK if inside else _MARK, words=inside)


def _pieces(parts: list[str | _Gap]) -> Iterator[Piece]:
    """The stretches between gaps; gaps that meet add up, and white space alone is no stretch."""
    size, words, text = 0, False, ""
    for part in (*parts, _Gap(size=0, words=False)):
        if isinstance(part, str):
            text += part
            continue
        key = squeeze(text)
        if key:
            yield Piece(key=key, gap=size, words=words)
            size, words, text = 0, False, ""
        size, words = size + part.size, words or part.words
