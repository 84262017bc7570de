"""Where a line may break: the essentials of Unicode's line breaking algorithm (UAX #14).

Where programs differ, the fewer breaks are taken, so that a text never needs more lines than were counted.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.typeset.scripts import clusters, east_asian, extends

# No-break spaces (U+00A0, U+202F, U+2007) are not among these.
SPACES = " \t\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000"
_WORD = re.compile(f"[^{SPACES}]*[{SPACES}]*")
_LEFT_BEHIND = re.compile(r"[!?:;»…)\]}›]+$")
_LEADING_ON = re.compile(r"[«‹(\[{¿¡]+$")
_LAST_SIGN = re.compile(r"[!-/:-@\[-`{-~]{1,2}")
_GLUE = frozenset("\u00a0\u202f\u2007\u2011\u2060\ufeff\u00ad")
_NO_START = frozenset(
    "!%),.:;?]}¢°·ˇˉ―‖’”…‰′″›℃℉⁇⁈⁉‼、。〃々〉》」』】〕〗〙〛〞〟〻‐‑–—゠゛゜ゝゞ・ーヽヾ"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
    "︰︱︳︶︸︺︼︾﹀﹂﹄﹐﹑﹒﹔﹕﹖﹗﹚﹜﹞！＂％＇），．／：；？］｀｜｝～｠｡｣､･ｰﾞﾟ￠»"
)
_NO_END = frozenset("#$(@[{£¥·‘“«‹〈《「『【〔〖〘〚〝︵︷︹︻︽︿﹁﹃﹙﹛﹝＃＄（［｛｟｢￡￥￦")
_TWINS = frozenset("—―…‥")
_HYPHENS = frozenset("-\u2010\u2012\u2013\u2014")
_LONG_WORD = re.compile(r"\\*(?:[^/\\?&=_,;:|)\]}.@+~%#>-]|[.:](?=[0-9]))*(?:[/?&=_,;|)\]}@+~%#>-]|[.:](?![0-9]))*")
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc]")
_ZERO_WIDTH_SPACE = "\u200b"


def units(text: str) -> list[str]:
    """The text cut at every place where a line may end; spaces stay at the end of what they follow.

    A sign at the text's end, as the backslash of a command that goes on, is not left alone.
    """
    words = [word for word in _WORD.findall(text) if word]
    cut: list[str] = []
    join = False
    for word in words:
        bare = word.rstrip(SPACES)
        pieces = _pieces(word)
        if cut and (join or not bare or _LEFT_BEHIND.match(bare)):
            cut[-1] += pieces[0]
            cut.extend(pieces[1:])
        else:
            cut.extend(pieces)
        join = not bare or _LEADING_ON.match(bare) is not None
    if len(cut) > 1 and _LAST_SIGN.fullmatch(cut[-1].rstrip(SPACES)):
        cut[-2:] = ["".join(cut[-2:])]
    return cut


def long_pieces(word: str) -> list[str]:
    """A word too wide for a line, cut where a reader forgives it: after an address's slashes, dots and dashes.

    A backslash begins what follows it, which it may give another meaning; numbers as of an IP address stay whole.
    """
    return [piece for piece in _LONG_WORD.findall(word) if piece]


@lru_cache(maxsize=16384)
def _pieces(word: str) -> tuple[str, ...]:
    if word.isascii() and "-" not in word:
        return (word,)
    pieces: list[str] = []
    held = ""
    for cluster in clusters(word):
        if held and may_break(held, cluster):
            pieces.append(held)
            held = ""
        held += cluster
    return (*pieces, held)


def may_break(before: str, after: str) -> bool:
    """Whether a line may end between two stretches of text that no space parts."""
    last, first = before[-1], after[0]
    if _ZERO_WIDTH_SPACE in (last, first):
        return last == _ZERO_WIDTH_SPACE
    if first in SPACES or last in _GLUE or first in _GLUE or last == "\u200d":
        return False
    base = _base(before)
    if _square(base) or _square(first):
        return first not in _NO_START and base not in _NO_END and not (base == first and base in _TWINS)
    return last in _HYPHENS and len(before) > 1 and before[-2].isalnum() and first.isalpha()


def _base(text: str) -> str:
    """The last character that is no mark."""
    return next((char for char in reversed(text) if not extends(char)), text[-1])


def _square(char: str) -> bool:
    """Whether lines may break at either side of the character; Korean breaks at its spaces."""
    if char < "\u2e80" or _HANGUL.match(char):
        return False
    return east_asian(char) or "\u3000" <= char <= "\u303f" or "\U0001f300" <= char <= "\U0001faff"
