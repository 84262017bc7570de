"""The names that a title compares: "A vs B", "difference between A and B", "A 与 B 的区别" and their kin."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pipeline.plan.comparison.ideographs import has_ideographs, pattern_for

MAX_SUBJECTS = 5
_MAX_NAME_WORDS = 6
_MAX_NAME_CHARACTERS = 48
_MAX_LISTED_WORDS = 3
_MAX_TITLE_CHARACTERS = 300
# Every rule asks for the same labels.
_MOST_KEPT = 1024

_VERSUS = r"(?:\s+|(?<=[CJK]))(?i:vs\.?|versus|v\.s\.|против|מול|बनाम)(?:\s+|(?=[CJK]))"
_BETWEEN = re.compile(
    r"(?:differen(?:ce|ces|ze|zen|t)|comparison|choos\w*|decid\w*|unterschied\w*|vergleich|différences?|comparaison"
    r"|diferencias?|comparación|diferenças?|comparação|differenz[ae]|confronto"
    r"|разниц\w*|различи\w*|отличи\w*|сравнени\w*|verschil(?:len)?|różnic[ae]|perbedaan|sự\s+khác\s+(?:nhau|biệt))\s+"
    r"(?:between|zwischen|entre|tra|fra|между|tussen|między|antara|giữa)\s+(?P<list>.+)",
    re.IGNORECASE,
)
_COMPARING = re.compile(
    r"\b(?:comparing|compare|comparison\s+of|vergleich\s+von|comparaison\s+de|comparación\s+de|comparação\s+de"
    r"|сравнение|сравниваем|порівняння|porównanie)\s+(?P<list>.+)",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"(?P<first>.+?)\s+(?:compared\s+(?:to|with)|in\s+comparison\s+(?:to|with)|compares?\s+(?:to|with))\s+(?P<last>.+)",
    re.IGNORECASE,
)
_AND_COMPARED = re.compile(r"(?P<list>.+?)\s+(?:compared|im\s+vergleich)\s*[:.!?]?$", re.IGNORECASE)
_AND_COMPARISON = re.compile(r"(?P<list>.+?\s(?:and|&)\s.+?)\s+comparison\s*[:.!?]?$", re.IGNORECASE)
_WHAT_DIFFERS = re.compile(  # "A and B: what is the difference?", "A and B: key differences"
    r"(?P<list>.+?\s(?:and|or|&|und|et|y|e|ou|oder|o|и)\s.+?)(?:\s*[:,–—]\s*|\s+-\s+|\s+)"
    r"(?:what(?:['’]s|\s+is|\s+are)\s+the|what|how\s+(?:(?:are|do)\s+)?they|(?:the\s+)?(?:key|main)"
    r"|was\s+(?:ist|sind)\s+(?:der|die)|quelles?\s+(?:est\s+la|sont\s+les)|cuál(?:es)?\s+(?:es\s+la|son\s+las)"
    r"|quais?\s+(?:é\s+a|são\s+as)|qual\s+(?:é\s+a|è\s+la)|в\s+чем|в\s+чём)\s+(?:\w+\s+)?"
    r"(?:differ\w*|unterschied\w*|différences?|diferencias?|diferenças?|differenz[ae]|разниц\w*|отличи\w*)",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"(?P<list>.+?(?:与|和|跟|及|、|同).+?)\s*(?:之间)?(?:的|有什么|有何|有啥)?\s*(?:区别|差别|差异|不同|异同|对比|比较|选型)",
)
_JAPANESE = re.compile(r"(?P<list>.+?と.+?)(?:の(?:違い|比較|差)|を比較|はどう違)")
_KOREAN = re.compile(r"(?P<list>.+?[와과]\s*.+?)(?:의)?\s*(?:차이|비교)")
_ARABIC = re.compile(r"(?:الفرق|مقارنة|المقارنة)\s+بين\s+(?P<list>.+)")
_PERSIAN = re.compile(r"(?:تفاوت|مقایسه|فرق)(?:\u200c?[\u0600-\u06ff]{1,3})?\s+(?:بین\s+|میان\s+)?(?P<list>.+\sو\s.+)")
_HEBREW = re.compile(r"(?:ה?הבדל(?:ים)?|ה?השוואה)\s+בין\s+(?P<list>.+)")
_HINDI = re.compile(r"(?P<list>.+?\s(?:और|एवं)\s.+?)\s+(?:में|के\s+बीच|की)\s+(?:क्या\s+|का\s+)?(?:अंतर|फर्क|तुलना)")
_OR = re.compile(
    r"(?P<first>[^?？]+?)(?:\s+(?:or|oder|ou|o)\s+|\s*(?:还是|或者)\s*|\s+それとも\s+)(?P<last>[^?？:：,，]+?)"
    r"(?:\s*[?？]|\s*[:：,，–—]\s*(?:which|what|when|how|was|welche[rs]?|wann|l[ae]quel\w*|quand|cuál|cuándo|qual|quale|哪|该)\b)",
    re.IGNORECASE,
)

_AND = re.compile(
    r"\s*,\s+(?:and|or|und|et|y|e)\s+|\s*[,、，]\s*|\s+(?:and|und|et|y|e|&|with|to|or|oder|ou|o|и|en|i|dan|và|و)\s+",
    re.IGNORECASE,
)
_CJK_AND = re.compile(r"\s*(?:与|和|跟|及|、|，|同|と|와|과)\s*")
_ARABIC_AND = re.compile(r"\s+و\s*|\s*،\s*")
_HEBREW_AND = re.compile(r"\s+(?:לבין\s+|[לו][-־–]\s*|ו(?=[A-Za-z]))")
_HINDI_AND = re.compile(r"\s+(?:और|एवं)\s+")
_DIFFERENCES = (
    (_CHINESE, _CJK_AND),
    (_JAPANESE, _CJK_AND),
    (_KOREAN, _CJK_AND),
    (_ARABIC, _ARABIC_AND),
    (_PERSIAN, _ARABIC_AND),
    (_HEBREW, _HEBREW_AND),
    (_HINDI, _HINDI_AND),
    (_BETWEEN, _AND),
    (_WHAT_DIFFERS, _AND),
)
_COMPARISONS = ((_COMPARING, _AND), (_AND_COMPARED, _AND), (_AND_COMPARISON, _AND))
_BREAKS = re.compile(r"[:：|?？!！]\s*|\s+[-–—•·]+\s+|。|\.\s+")
_TAIL = re.compile(
    r"\s+(?:in|for|on|when|explained|compared|comparison|für|bei|pour|dans|para|en)(?=\s|$).*", re.IGNORECASE
)
_TOPIC_IN = re.compile(  # what may stand before the one thing that a label is about
    r"^(?:(?:understanding|comparing|exploring|the|a|an|der|die|das|le|la|les|el|los|las|浅谈|详解|关于)\s+)+",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r"^(?:(?:choosing|understanding|comparing|exploring|using|use|when to use|"
    r"should (?:i|you|we) (?:use|choose|pick|take)|which is better|what is better|"
    r"why|how|the|a|an|der|die|das|le|la|les|el|los|las|"
    r"如何选择|浅谈|详解|关于|选择|选)\s+)+",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\s*[(（\[【][^()（）\[\]【】]*[)）\]】]\s*")
_NUMBERING = re.compile(
    r"^\s*(?:(?:lesson|chapter|part|step|section|第)\s*\d+\s*[章节課课]?\s*[:：.\-–—]?\s+|\d+(?:\.\d+)*[.)、:]?\s+|[ivx]+[.)]\s+)",
    re.IGNORECASE,
)
_KEYCAP = re.compile("[0-9#*]\ufe0f?\u20e3")
_ORNAMENT = re.compile("[\U0001f3fb-\U0001f3ff\ufe00-\ufe0f\u20e3]|(?<!\\w)\u200d|\u200d(?!\\w)")


_WHY = re.compile(
    r"^(?:why|warum|pourquoi|por qué|perché|为什么(?:选择|用|使用)?|なぜ)\s*(?:(?:choose|use|using)\s+)?"
    r"(?P<one>[^?？…]+?)\s*[?？]$",
    re.IGNORECASE,
)
_WHY_NOT = re.compile(
    r"^(?:why\s+not|why\s+(?:did|do)(?:n['’]t|\s+not)\s+(?:we|you|i)\s+use|warum\s+nicht|pourquoi\s+pas|por\s+qué\s+no"
    r"|what\s+about|how\s+about|compared\s+(?:to|with)|comparison\s+(?:to|with)|differences?\s+(?:from|to|with)"
    r"|alternatives?\s*:|vs\.?|versus|为什么不用|为什么不)\s*(?:just\s+)?(?:use|using)?\s*(?P<rival>[^?？]+?)\s*[?？]?$",
    re.IGNORECASE,
)
_HOW_COMPARED = re.compile(
    r"^how\s+(?:does|do|is|are)\s+(?P<one>.+?)\s+(?:compared?\s+(?:to|with|against)|differ(?:ent)?\s+from)\s+(?P<rival>.+?)\s*[?？]?$",
    re.IGNORECASE,
)
_ET_CETERA = re.compile(r"[,\s]+(?:etc\.?|and\s+(?:others|friends|co\.?)|et\s+al\.?)$", re.IGNORECASE)


@lru_cache(maxsize=_MOST_KEPT)
def bare(text: str) -> str:
    """A title or label without pictographs, keycap digits and numbering."""
    if not text.isascii():
        kept = _KEYCAP.sub(" ", text)
        text = _ORNAMENT.sub(" ", "".join(" " if unicodedata.category(c) == "So" else c for c in kept))
    return _NUMBERING.sub("", " ".join(text.split()))


@lru_cache(maxsize=_MOST_KEPT)
def core(text: str) -> str:
    """A label's bare name: without what stands in brackets or after a dash or colon."""
    plain = _BRACKET.sub(" ", bare(text))
    first = next((part for part in _BREAKS.split(plain) if part.strip()), "")
    return _ET_CETERA.sub("", _TOPIC_IN.sub("", first).strip()).strip(" .,;:*_`\"'“”‘’…-–—#")


def brackets(text: str) -> tuple[str, ...]:
    """What stands in brackets in a title or label."""
    return tuple(found.strip() for found in re.findall(r"[(（]([^()（）]+)[)）]", text))


def compared_in(title: str) -> tuple[str, ...]:
    """The two to five names that a title compares; empty where it does not."""
    return set_against_in(title) or _allowed(_by_pattern(_title(title), _COMPARISONS) or _by_comparing(_title(title)))


def set_against_in(title: str) -> tuple[str, ...]:
    """The names that a title or heading sets against each other: by "vs", or by speaking of their difference."""
    text = _title(title)
    return _allowed(_by_versus(text)) or _allowed(_by_pattern(text, _DIFFERENCES))


def _title(title: str) -> str:
    """A title without ornaments; empty where it is longer than a title that compares can be."""
    return bare(title) if len(title) <= _MAX_TITLE_CHARACTERS else ""


def _allowed(names: tuple[str, ...]) -> tuple[str, ...]:
    return names if 1 < len(names) <= MAX_SUBJECTS else ()


def either_in(title: str) -> tuple[str, ...]:
    """The two names of a title that asks "A or B?"."""
    found = _OR.search(_title(title))
    if not found:
        return ()
    first = _AND.split(_after_breaks(found["first"])) if "," in found["first"] else [_after_breaks(found["first"])]
    names = _names([*first, found["last"]])
    return _allowed(names)


def main_in(title: str) -> str:
    """The name that a title speaks for: "Click" of "Why Click?"; empty where it does not."""
    found = _WHY.match(_title(title))
    return _single(found["one"]) if found and not _WHY_NOT.match(_title(title)) else ""


def one_against(title: str) -> tuple[str, str]:
    """The names that a heading sets against each other, the first one empty where it names the rival only."""
    text = _title(title)
    if (versus := _by_versus(text)) and len(versus) == len(("one", "rival")):
        return versus[0], versus[1]
    if found := _HOW_COMPARED.match(text):
        return _single(found["one"]), _single(found["rival"])
    found = _WHY_NOT.match(text)
    return "", _single(found["rival"]) if found else ""


def _single(text: str) -> str:
    """A text as one name; empty where it cannot be one."""
    name = _name(_ET_CETERA.sub("", text), latin=not has_ideographs(text), last=True)
    return name if len(name.split()) <= _MAX_LISTED_WORDS and len(name) <= _MAX_NAME_CHARACTERS else ""


def _by_versus(text: str) -> tuple[str, ...]:
    parts = pattern_for(text, _VERSUS).split(text)
    if len(parts) < 2:  # noqa: PLR2004 - one part is no comparison
        return ()
    middle = [_before_breaks(part) for part in parts[1:]]
    last = [part.strip() for part in middle[-1].split(",")]
    if len(last) > 1 and all(part and len(part.split()) <= _MAX_LISTED_WORDS for part in last):
        middle[-1:] = last
    return _names([_after_breaks(parts[0]), *middle])


def _by_pattern(text: str, patterns: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]) -> tuple[str, ...]:
    for pattern, separator in patterns:
        if found := pattern.search(text):
            return _names(separator.split(_between_breaks(found["list"], pattern)))
    return ()


def _by_comparing(text: str) -> tuple[str, ...]:
    found = _COMPARED.search(text)
    return _names([_after_breaks(found["first"]), _before_breaks(found["last"])]) if found else ()


def _between_breaks(listed: str, pattern: re.Pattern[str]) -> str:
    """A list of names: it ends at a break where it follows its key word, and begins after one where it leads."""
    leads = pattern in (_CHINESE, _JAPANESE, _KOREAN, _HINDI, _AND_COMPARED, _AND_COMPARISON, _WHAT_DIFFERS)
    return _after_breaks(listed) if leads else _before_breaks(listed)


def _after_breaks(text: str) -> str:
    return next((part for part in reversed(_BREAKS.split(text)) if part.strip()), "")


def _before_breaks(text: str) -> str:
    return next((part for part in _BREAKS.split(text) if part.strip()), "")


def _names(parts: list[str]) -> tuple[str, ...]:
    """The parts as names; empty where one of them cannot be a name."""
    latin = not has_ideographs(parts[0]) if parts else False
    names = [_name(part, latin=latin, last=index == len(parts) - 1) for index, part in enumerate(parts)]
    whole = all(name and len(name) <= _MAX_NAME_CHARACTERS and len(name.split()) <= _MAX_NAME_WORDS for name in names)
    unique = tuple(dict.fromkeys(names))
    return unique if whole and len({name.casefold() for name in names}) == len(names) else ()


def _name(part: str, *, latin: bool, last: bool) -> str:
    name = _LEAD_IN.sub("", _BRACKET.sub(" ", part).strip())
    if last:
        name = _TAIL.sub("", name) or name
    if latin:
        name = pattern_for(name, r"\s+[CJK].*$").sub("", name)
    return name.strip(" .,;:*_`\"'“”‘’…-–—")
