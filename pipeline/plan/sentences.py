"""Where sentences end, and where a sentence can be cut without changing what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.plan.speech import word_count


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# A full stop after these ends no sentence.
_ABBREVIATIONS = _words("""
    e.g i.e etc vs cf al approx ca dr mr mrs ms prof st no nos fig figs vol ed eds eq sec ch pp p resp incl excl
    max min ver jan feb mar apr jun jul aug sep sept oct nov dec inc ltd co corp dept est
    z.b d.h u.a bzw ggf usw vgl nr str abb bsp evtl inkl p.ej ej sr sra c.-à-d
""")
# After these a capital letter may well open the next sentence.
_OPEN_ENDED = frozenset({"etc", "al", "inc", "ltd", "co", "corp", "usw", "p", "no", "min", "max"})
_END = re.compile(
    r"(?:[.!?…]+|؟|۔|।)[\"'”’»)\]]*(?=\s)"  # followed by a space
    r"|[。！？｡]+[”’」』）】》\"')]*"  # or needing none
    r"|\n+",  # or a line that the author ended
)
_NUMBER_IN_CHINESE = re.compile(r"[：；，。、！？](\d+)$")
_LAST_WORD = re.compile(r"[^\s(\[“\"'‘]+$")
_OPENS_SENTENCE = re.compile(r"[\"'“‘«(\[]*[^\W\d_]")
_LOWER = re.compile(r"[\"'“‘«(\[]*[a-zß-öø-ÿа-я]")

_BREAK = re.compile(r"[,;:，；：]|\s+[-–—]{1,3}\s+|—|،|؛")
_STRONG = re.compile(r"[;:；：؛]|[-–—]")
# A clause that begins so adds to what was said before; what was said stands without it.
_CONTINUES = _words("""
    which who whose whom where whereby so because since while whereas as and then thus therefore hence meaning
    that it they he she we you this these there allowing making giving letting using enabling providing including
    resulting leading depending such for like i.e e.g namely especially even just also
    der die das welche welcher welches weil da damit sodass während was wobei wodurch und also
    qui que dont où car parce ce et donc afin qué cuyo donde porque ya pues y así quien
""")
# What follows these words belongs to what was said: without it the sentence would say something else.
_BINDS = _words("""
    except unless if only but not without provided rather instead or nor though although however until otherwise
    aber sondern außer wenn falls ohne es sei oder mais sauf sinon ou pero sino salvo excepto si o
""")
_BINDS_UNSPACED = re.compile("但|而不|除非|除了|如果|否则|不过|然而|或|却|只有|才|ただし|しかし|もし")
# A clause that begins so is only the approach to a sentence.
_APPROACHES = _words("""
    when if while although though because since as after before once until unless where whenever wherever given
    in for with to by on at from under over during despite unlike compared instead rather besides not either both
    without having being let's suppose imagine whether first second finally similarly however therefore
    wenn falls weil da nachdem bevor um bei in mit für im zum nach si quand lorsque pour dans avec en cuando para con
    a
""")
# What may stand before an approach: "However, if …", "Note that even though …".
_LEADS_IN = re.compile(
    r"(?:(?:(?:but|and|so|or|yet|also|then|thus|however|moreover|furthermore|therefore|aber|und|doch|mais|et|pero|y)\b"
    r"|(?:please\s+)?note\s+that\b|even\b(?=\s+(?:if|though|when)\b))[,\s]*)+",
    re.IGNORECASE,
)
# A clause that begins so goes on with what stands before it: the sentence that an approach leads to has not begun.
_GOES_ON = _words("""
    which who whose whom where whereby like such including especially namely e.g i.e even and or as each all both
    in for with by to on at from under over rather instead
    der die das welche welcher welches wie und oder qui que dont où comme et ou como y o
""")
_APPROACHES_UNSPACED = re.compile(
    "如果|当|虽然|因为|由于|为了|在|对于|尽管|除了|随着|只要|只有|不仅|不但|即使|もし|例えば|比如|例如"
)
# What ends so leads on to what it announces.
_ANNOUNCES = re.compile(r"(?:比如|例如|譬如|包括|如下|例えば|such as|for example|for instance)\s*$", re.IGNORECASE)
# A last clause that begins so waits for another.
_WAITS = re.compile(
    r"[^，；：,;:]{0,3}(?:如果|虽然|由于|尽管|随着|只要|只有|不仅|不但|即使|一旦|既然|もし)[^，；：,;:]*$"
)
_NO_GERUND = _words("during something anything nothing everything string king ring thing spring bring evening morning")
_NEAR = 200
_FEWEST_WORDS = 5
_FEWEST_FOLLOWING = 3
# A shorter clause behind a colon or dash is rather the beginning of one.
_FEWEST_BEHIND = 8
_PAIRS = (("(", ")"), ("（", "）"), ("[", "]"), ("“", "”"), ("「", "」"), ("《", "》"), ("«", "»"))


@lru_cache(maxsize=256)
def sentence_ends(text: str) -> tuple[int, ...]:
    """The offset after each sentence of a text, the last one being its end."""
    ends = [found.end() for found in _END.finditer(text) if _ends_sentence(text, found)]
    length = len(text.rstrip())
    return (*(end for end in ends if end < length), length) if length else ()


def _ends_sentence(text: str, found: re.Match[str]) -> bool:
    # What stands near tells: looking at all of a long text for each of its sentences would take too long.
    mark, following = found.group(), text[found.end() : found.end() + _NEAR].lstrip()
    if not following or mark[0] in "\n。！？｡؟۔।":
        return True
    if mark[0] in "!?" or len(mark.rstrip("\"'”’»)]")) > 1:
        return not _LOWER.match(following)
    before = text[max(0, found.start() - _NEAR) : found.start()]
    last = _LAST_WORD.search(before)
    word = last.group().casefold() if last else ""
    if word in _ABBREVIATIONS:
        return word in _OPEN_ENDED and _is_capital(following)
    if (len(word) == 1 and word.isalpha()) or re.fullmatch(r"(?:\w\.)+\w", word):
        return False
    if word.isdigit() and _numbers_an_item(before[: len(before) - len(word)], word):
        return False
    digits = _NUMBER_IN_CHINESE.search(before)
    if digits and _numbers_an_item(before[: digits.start(1)], digits[1]):
        return False
    return not _LOWER.match(following)


def _numbers_an_item(before: str, number: str) -> bool:
    """Whether a number and its full stop begin an item within the text, as in "such as: 1. …"."""
    return not before.strip() or (len(number) <= len("99") and before.rstrip()[-1] in ":;,.：；，。、!?！？")


def _is_capital(following: str) -> bool:
    return bool(_OPENS_SENTENCE.match(following)) and not _LOWER.match(following)


def clause_cuts(sentence: str) -> Iterator[int]:
    """Offsets where a sentence can be cut: what stands before says by itself what it says in the sentence."""
    breaks = [found for found in _BREAK.finditer(sentence) if not _is_inside_number(sentence, found)]
    led_in = found.end() if (found := _LEADS_IN.match(sentence)) else 0
    approaching, begin = _approaches(sentence[led_in:]), 0
    for at, found in enumerate(breaks):
        left, right = sentence[: found.start()], sentence[found.end() :].lstrip()
        following = breaks[at + 1].start() - found.end() if at + 1 < len(breaks) else len(right)
        whole = not approaching and (begin == 0 or word_count(left[begin:]) >= _FEWEST_BEHIND)
        if whole and _is_balanced(left) and _stands_alone(left) and _is_dispensable(found, right, following):
            yield len(left.rstrip())
        approaching = approaching and (found.end() <= led_in or _first_word(right) in _GOES_ON)
        begin = found.end() if _STRONG.search(found.group()) else begin


def _is_inside_number(sentence: str, found: re.Match[str]) -> bool:
    """Whether a comma or colon has no white space after it, as in 1,000 or 12:30 or https://."""
    return found.group() in ",:;" and not sentence[found.end() :][:1].isspace()


def _is_balanced(left: str) -> bool:
    return all(left.count(opening) == left.count(closing) for opening, closing in _PAIRS) and left.count('"') % 2 == 0


def _approaches(sentence: str) -> bool:
    """Whether a sentence opens with a clause that only leads to another, as with "If …"."""
    return _first_word(sentence) in _APPROACHES or bool(_APPROACHES_UNSPACED.match(sentence))


def _stands_alone(left: str) -> bool:
    if word_count(left) < _FEWEST_WORDS or _leads_on(left[-_NEAR:]):
        return False
    opening = _first_word(left)
    # "Keeping track of …, minimizing …, and cleaning up … are problems".
    return not opening.endswith("ing") or opening in _NO_GERUND


def _leads_on(left: str) -> bool:
    return _ANNOUNCES.search(left) is not None or _WAITS.search(left) is not None


def _is_dispensable(found: re.Match[str], right: str, following: int) -> bool:
    opening = _first_word(right)
    if opening in _BINDS or _BINDS_UNSPACED.match(right):
        return False
    if _STRONG.search(found.group()):
        return True
    if found.group() in "，،":
        return word_count(right[:following]) >= _FEWEST_FOLLOWING
    continues = opening in _CONTINUES or (opening.endswith("ing") and len(opening) > len("ring"))
    return continues and word_count(right[:following]) >= _FEWEST_FOLLOWING


def _first_word(text: str) -> str:
    found = re.search(r"[\w'’.-]+", text)
    return found.group().replace("’", "'").rstrip(".").casefold() if found else ""
