"""Where sentences end, and where a sentence can be cut without changing what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.plan.speech import unspaced, word_count


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
    r"|(?<![,，、،はがをにのへとばもで])\n+",  # or a line that the author ended where it can end
)
_NUMBER_IN_CHINESE = re.compile(r"[：；，。、！？](\d+)$")
_LAST_WORD = re.compile(r"[^\s(\[“\"'‘]+$")
_OPENS_SENTENCE = re.compile(r"[\"'“‘«(\[]*[^\W\d_]")
_LOWER = re.compile(r"[\"'“‘«(\[]*[a-zß-öø-ÿа-я]")

_BREAK = re.compile(r"[,;:，；：]|\s+[-–—]{1,3}\s+|—|،|؛")
_COMMAS = ",，،"
_COLONS = ":："
_DASH = re.compile(r"[-–—]")
_STRONG = re.compile(r"[;:；：؛]|[-–—]")
# A clause that begins so adds to what was said before; what was said stands without it.
_CONTINUES = _words("""
    which who whose whom where whereby so because since while whereas as and then thus therefore hence meaning
    allowing making giving letting using enabling providing including
    resulting leading depending such for like i.e e.g namely especially even just also
    der die das welche welcher welches weil da damit sodass während was wobei wodurch und also
    qui que dont où car parce ce et donc afin qué cuyo donde porque ya pues y así quien
""")
# What follows these words belongs to what was said: without it the sentence would say something else.
_BINDS = _words("""
    except unless if only but not without provided rather instead or nor though although however until otherwise
    aber sondern außer wenn falls ohne es sei oder mais sauf sinon ou pero sino salvo excepto si o
""")
_BINDS_UNSPACED = re.compile(
    "但|而不|而是|除非|除了|如果|否则|不过|然而|或|却|只有|[^，；：,;:]{0,8}才|那么|那就|就|则|也可以|便(?!于|宜)"
    "|ただし|しかし|もし"
)
_SEMICOLONS = ";；؛"
# Behind a semicolon they begin a sentence of its own as often as not: "…; if it boils, the lid jumps". A sentence of
# more words is cut there.
_LONG = 40
_SETS_OUT = _words("if unless until although though wenn falls si")
_SETS_OUT_UNSPACED = re.compile("如果|除非|もし")
# A clause that begins so is set against what was said, where it is short enough to be said with it.
_SETS_AGAINST = _words("while whereas während wohingegen tandis mientras mentre enquanto")
_SETS_AGAINST_UNSPACED = re.compile("而(?![且不是])")
_LONGEST_SET_AGAINST = 20
_ALIKE = 0.25
"""Clauses that share so much of the shorter one's words are set against each other."""
_TELLING = re.compile(r"[^\W\d_\u2e80-\u9fff]{4,}|(?=([\u2e80-\u2fff\u3040-\u9fff]{2}))")
# A sentence that begins so takes back what the one before it says.
_TAKES_BACK = re.compile(
    r"(?:however|but|yet|still|nevertheless|nonetheless|unfortunately|sadly|instead|conversely|actually|in reality"
    r"|in fact|on the other hand|that said|aber|jedoch|allerdings|dennoch|leider|doch|mais|cependant|toutefois"
    r"|pourtant|malheureusement|pero|sin embargo|no obstante|mas|porém|no entanto|contudo|ma|però|tuttavia|но|однако)\b"
    r"|但|然而|不过|可是|其实|只是|事实上|实际上|しかし|ただし|ただ、|でも|だが|ところが|実際|하지만|그러나|لكن|ولكن",
    re.IGNORECASE,
)
# A clause that begins so is only the approach to a sentence.
_APPROACHES = _words("""
    when if while although though because since as after before once until unless where whenever wherever given
    in for with to by on at from under over during despite unlike compared instead rather besides not either both
    without having being let's suppose imagine assuming whether first second finally similarly however therefore
    beyond within upon via through throughout until till among across above below between apart aside thanks due
    regardless depending based wherein
    wenn falls weil da nachdem bevor um bei in mit für im zum nach si quand lorsque pour dans avec en cuando para con
""")
# What may stand before an approach: "However, if …", "Note that even though …".
_LEADS_IN = re.compile(
    r"(?:其实|但是?|然而|不过|事实上|实际上)[，,]?"
    r"|(?:(?:(?:but|and|so|or|yet|also|then|thus|however|moreover|furthermore|therefore|aber|und|doch|mais|et|pero|y)\b"
    r"|(?:please\s+)?note\s+that\b|even\b(?=\s+(?:if|though|when)\b))[,\s]*)+",
    re.IGNORECASE,
)
# A clause that begins so goes on with what stands before it: the sentence that an approach leads to has not begun.
_GOES_ON = _words("""
    which who whose whom where whereby like such including especially namely e.g i.e even and or as each all both
    in for with by to on at from under over upon rather instead but not nor
    if when while although though because since once unless
    der die das welche welcher welches wie und oder qui que dont où comme et ou como y o
""")
_GOES_ON_UNSPACED = re.compile("特别是|尤其是|或|和|以及|并|而|且|避免|防止")
_APPROACHES_UNSPACED = re.compile(
    "如果|当|虽然|因为|由于|为了|在|对于|尽管|除了|随着|只要|只有|不仅|不但|即使|假设|假如|假定|一旦|每当|若(?!干)"
    "|もし|例えば|比如|例如"
)
# What is said for a purpose goes on, clause by clause, until one says what is, can or has to be done.
_PURPOSE = re.compile("为了|由于")
_CONCLUDES = re.compile("[就则可能会要需应须都才便也将是有没不]|那么|必须|使用|采用")
_NOW_THAT = re.compile(r"(?:now|so|given|provided) that\b", re.IGNORECASE)
# What joins the last member to a series; behind it a subject opens a clause of its own.
_JOINS = re.compile(
    r"(?:and|or|nor|as well as|und|oder|et|ou|y|o)\b(?!\s+(?:it|they|he|she|we|you|i|this|that|these|those|there)\b)"
    r"|和|以及|或",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s(?:and|or|und|oder|et|ou|y|o)\s|[和或]", re.IGNORECASE)
# Words that nothing ends with.
_HANGING = _BINDS | _CONTINUES | _APPROACHES | _GOES_ON | _words("the a an of into than its their our your le la les")
_CONTRASTS = _words("but yet aber sondern mais pero")
_RELATIVE = _words("which who whose whom where")
# What ends so leads on to what it announces.
_ANNOUNCES = re.compile(r"(?:比如|例如|譬如|包括|如下|例えば|such as|for example|for instance)\s*$", re.IGNORECASE)
# A last clause that begins so, or ends so, waits for another.
_WAITS = re.compile(
    r"(?:如果|虽然|由于|尽管|随着|只要|只有|不仅|不但|即使|一旦|既然|之所以|もし)[^，；：,;:]*$"
    r"|(?:^|[，；：])\s*(?:使用|利用|通过|根据|按照|基于|为了)(?:(?!可以|能|会|是|有|将|就)[^，；：])*$"
    r"|(?:针对|对于|关于)(?:(?!进行|做|有|提供)[^，；：])*$"
    r"|(?:^|[，；：]|是|了)\s*[但而且]?在[^，；：]*[下上中里内]$"
    r"|(?:时|时候|之?后|之?前|以[前后]|的话|情况下|过程中|起见|来说|而言|来看|里面|之间|期间"
    r"|看出|可见|可知|得知|发现)$"
    r"|\b(?:and|but|that|so)\s+(?:if|when|while|although|though|once|unless)\b[^,;:]*$",
    re.IGNORECASE,
)
# What stands before a colon and says only that something follows.
_PROMISES = re.compile(
    r"^(?:there|here|this)(?:['’]s|\s+is|\s+are|\s+was|\s+were)\b|\bwhat\b[^,;:]*$"
    r"|\b(?:following|this|these|below|one|two|three|four|five|six|seven|eight|nine|ten|\d+|several|another|first"
    r"|second|third|next|last)\b[^,;:]{0,40}$"
    r"|(?:以下|如下|下面|这|另|[一两二三四五六几][个种点类条项])[^，；：]{0,12}$",
    re.IGNORECASE,
)
_NO_GERUND = _words("during something anything nothing everything string king ring thing spring bring evening morning")
_NEAR = 200
_FEWEST_WORDS = 5
_FEWEST_FOLLOWING = 3
# A shorter clause behind a colon or dash is rather the beginning of one.
_FEWEST_BEHIND = 8
# A longer part between two commas is rather a clause than a member of a series.
_LONGEST_MEMBER = 7
_LONGEST_JOINED = 4
_OPENING = "(（[“「《«"
_CLOSING = ")）]”」》»"
_IN_BRACKETS = re.compile(r"\([^()]*\)|（[^（）]*）")
_ASKS = ("?", "？", "؟")


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
    # An initial; "X" is code that is masked.
    if (len(word) == 1 and word.isalpha() and word != "x") or re.fullmatch(r"(?:\w\.)+\w", word):
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


def takes_back(sentence: str) -> bool:
    """Whether a sentence takes back what the one before it says, as with "However, …"."""
    return _TAKES_BACK.match(sentence.lstrip("\"'“‘(（")) is not None


def clause_cuts(sentence: str, *, promising: bool = False) -> Iterator[int]:
    """Offsets where a sentence can be cut: what stands before says by itself what it says in the sentence.

    `promising` allows what only promises something, "There are two ways", and the clauses of a question.
    """
    if not promising and sentence.rstrip().endswith(_ASKS):
        return
    breaks = tuple(_open_breaks(sentence))
    parts = _parts(sentence, breaks)
    series = _in_series(breaks, parts)
    led_in = found.end() if (found := _LEADS_IN.match(sentence)) else 0
    approaching, begin = _approaches(sentence[led_in:]), 0
    is_long = word_count(sentence) > _LONG
    purpose = _PURPOSE.match(sentence, led_in) is not None
    set_against = (at for at in range(len(breaks)) if not promising and _sets_against(sentence, breaks, parts, at))
    bound = max(set_against, default=-1)
    for at, found in enumerate(breaks):
        left = sentence[: found.start()]
        whole = not approaching and at not in series and (begin == 0 or word_count(left[begin:]) >= _FEWEST_BEHIND)
        hangs = _is_scrap(breaks, parts, at) or (not promising and _promises(left, found))
        stands = whole and not hangs and at > bound and _stands_alone(left)
        if stands and (_is_dispensable(breaks, parts, at) or (is_long and _sets_out(breaks, parts, at))):
            yield len(left.rstrip())
        if _STRONG.search(found.group()):
            approaching, begin = _approaches(parts[at + 1]), found.end()
        elif approaching and found.end() > led_in:
            approaching = at in series or _goes_on(parts[at + 1]) or (purpose and not _CONCLUDES.search(parts[at + 1]))


def word_cut(text: str) -> int:
    """The offset behind the last word of a text that something can end with, as it cannot with "and" or "the"."""
    words = [(found.end(), found.group().casefold()) for found in re.finditer(r"\S+", text)]
    return next((end for end, word in reversed(words[1:]) if word not in _HANGING), len(text))


def _open_breaks(sentence: str) -> Iterator[re.Match[str]]:
    """The marks between the parts of a sentence that stand in no brackets or quotes, nor between two dashes."""
    breaks = [found for found in _BREAK.finditer(sentence) if not _is_inside_number(sentence, found)]
    dashes = sum(1 for found in breaks if _DASH.search(found.group()))
    depth = scanned = passed = 0
    quoted = False
    for found in breaks:
        before, scanned = sentence[scanned : found.start()], found.start()
        depth += sum(before.count(mark) for mark in _OPENING) - sum(before.count(mark) for mark in _CLOSING)
        quoted ^= before.count('"') % 2 == 1
        is_dash = _DASH.search(found.group()) is not None
        passed += is_dash
        # Of an odd number of dashes, the last has none to pair with.
        paired = (is_dash or passed % 2 == 1) and not (dashes % 2 == 1 and passed == dashes)
        if depth == 0 and not quoted and not paired:
            yield found


def _parts(sentence: str, breaks: Sequence[re.Match[str]]) -> tuple[str, ...]:
    """What stands before the first mark, between the marks and behind the last."""
    starts = (0, *(found.end() for found in breaks))
    ends = (*(found.start() for found in breaks), len(sentence))
    return tuple(sentence[start:end].strip() for start, end in zip(starts, ends, strict=True))


def _in_series(breaks: Sequence[re.Match[str]], parts: Sequence[str]) -> frozenset[int]:
    """The commas between the members of a series: "a, b, and c" or "a, b or c"."""
    commas = [mark.group() in _COMMAS for mark in breaks]
    members = [_is_member(part) for part in parts]
    found: set[int] = set()
    for last, part in enumerate(parts[1:]):
        joins = _JOINS.match(part) is not None
        if not commas[last] or not (joins or _is_joined(part)):
            continue
        first = last
        while first > 0 and commas[first - 1] and members[first]:
            first -= 1
        if not joins or first < last:
            found.update(range(first, last + 1))
    return frozenset(found)


def _is_member(part: str) -> bool:
    words = word_count(_IN_BRACKETS.sub("", part))
    return words <= _LONGEST_MEMBER and _first_word(part) not in _CONTINUES


def _is_joined(part: str) -> bool:
    return word_count(part) <= _LONGEST_JOINED and _first_word(part) not in _CONTINUES and bool(_JOINED.search(part))


def _is_scrap(breaks: Sequence[re.Match[str]], parts: Sequence[str], at: int) -> bool:
    """Whether the part before a comma stands behind another and is no clause, like "but this time"."""
    if at == 0 or any(found.group() not in _COMMAS for found in breaks[at - 1 : at + 1]):
        return False
    words, fewest = word_count(parts[at]), 2 if unspaced(parts[at]) else _FEWEST_FOLLOWING
    return words < fewest or (words < _FEWEST_WORDS and _first_word(parts[at]) in _CONTRASTS)


def _promises(left: str, mark: re.Match[str]) -> bool:
    return mark.group() in _COLONS and _PROMISES.search(left[-_NEAR:]) is not None


def _goes_on(part: str) -> bool:
    return _first_word(part) in _GOES_ON or _GOES_ON_UNSPACED.match(part) is not None


def _is_inside_number(sentence: str, found: re.Match[str]) -> bool:
    """Whether a comma or colon has no white space after it, as in 1,000 or 12:30 or https://."""
    return found.group() in ",:;" and not sentence[found.end() :][:1].isspace()


def _approaches(sentence: str) -> bool:
    """Whether a sentence opens with a clause that only leads to another, as with "If …"."""
    unspaced = _APPROACHES_UNSPACED.match(sentence) or _NOW_THAT.match(sentence)
    return _first_word(sentence) in _APPROACHES or unspaced is not None


def _stands_alone(left: str) -> bool:
    if word_count(_IN_BRACKETS.sub("", left)) < _FEWEST_WORDS or _leads_on(left[-_NEAR:]):
        return False
    opening = _first_word(left)
    # "Keeping track of …, minimizing …, and cleaning up … are problems".
    return not opening.endswith("ing") or opening in _NO_GERUND


def _leads_on(left: str) -> bool:
    return _ANNOUNCES.search(left) is not None or _WAITS.search(left) is not None


def _is_dispensable(breaks: Sequence[re.Match[str]], parts: Sequence[str], at: int) -> bool:
    mark, part = breaks[at].group(), parts[at + 1]
    opening = _first_word(part)
    if opening in _BINDS or _BINDS_UNSPACED.match(part):
        return False
    if _STRONG.search(mark):
        return bool(part)
    if word_count(part) < _FEWEST_FOLLOWING:
        return False
    if mark in "，،":
        return True
    if opening in _RELATIVE and at + 1 < len(breaks) and not _ends_main_clause(breaks[at + 1], parts[at + 2]):
        return False
    return opening in _CONTINUES or (opening.endswith("ing") and len(opening) > len("ring"))


def _sets_out(breaks: Sequence[re.Match[str]], parts: Sequence[str], at: int) -> bool:
    """Whether a semicolon parts a sentence from a condition that begins another."""
    condition = _first_word(parts[at + 1]) in _SETS_OUT or _SETS_OUT_UNSPACED.match(parts[at + 1]) is not None
    return condition and breaks[at].group() in _SEMICOLONS


def _sets_against(sentence: str, breaks: Sequence[re.Match[str]], parts: Sequence[str], at: int) -> bool:
    """Whether what stands behind a mark is set against what stands before it.

    As in "A is big, while B is small" or, where much of it is alike, "A is big and red; B is small and red".
    """
    part = parts[at + 1]
    if _first_word(part) in _SETS_AGAINST or _SETS_AGAINST_UNSPACED.match(part):
        return word_count(part) <= _LONGEST_SET_AGAINST
    if breaks[at].group() not in _SEMICOLONS:
        return False
    before = next((mark.end() for mark in reversed(breaks[:at]) if mark.group() in _SEMICOLONS), 0)
    after = next((mark.start() for mark in breaks[at + 1 :] if mark.group() in _SEMICOLONS), len(sentence))
    sides = sentence[before : breaks[at].start()], sentence[breaks[at].end() : after]
    left, right = ({found[1] or found[0] for found in _TELLING.finditer(side.casefold())} for side in sides)
    return len(left & right) >= max(2, _ALIKE * min(len(left), len(right)))


def _ends_main_clause(mark: re.Match[str], part: str) -> bool:
    """Whether the main clause has ended before a clause that such a mark and part follow: "A, which is B, does C"."""
    opening = _first_word(part)
    goes_on = opening in _CONTINUES or opening in _GOES_ON or opening.endswith("ing")
    # "A, which is B, rather than C".
    binds = opening in _BINDS and opening not in _CONTRASTS
    return mark.group() not in _COMMAS or (goes_on and not binds)


def _first_word(text: str) -> str:
    found = re.search(r"[\w'’.-]+", text)
    return found.group().replace("’", "'").rstrip(".").casefold() if found else ""
