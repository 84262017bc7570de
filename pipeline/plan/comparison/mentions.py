"""Where running text names the subjects of a comparison, and which of them it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from pipeline.model.plan import Subject
from pipeline.plan.comparison.ideographs import pattern_for

_LETTER = r"[^\W_CJK]"
_NEAR = 60
"""So many characters before a mention tell what it is in its sentence."""
_FARTHEST = 200
"""A sentence that names its subject later than this does not open with it."""
_LONGEST = 3000
"""No sentence is longer than this."""
_SHORT = 2  # names of two letters are matched by case: "Go" is no "go"

# What may follow a name within the same word: "Docker's", "VMs", "monolithic", "JWT-based", but not "Docker-compose".
_ENDING = r"(?i:['’]s|['’]|s|es|ic|[ ]?v?\d+(?:\.[\dx]+)+)?"
_PLURAL = re.compile(r"(?<=\w\w)(?:ies|es|(?<![sS])s)$")
_SINGULAR: Final = MappingProxyType({"ies": "(?:ies|y)", "es": "(?:es|s|e)?", "s": "s?"})
_JOINED = r"(?!-(?!(?i:based|style|like|driven|first|side|specific|oriented|only)\b)\w)"

# Words right before a name that make it the yardstick of a sentence, not what the sentence speaks of.
_YARDSTICK = re.compile(
    r"(?:\b(?:than|unlike|compared\s+(?:to|with)|in\s+(?:contrast|comparison)\s+(?:to|with)|as\s+opposed\s+to"
    r"|similar\s+to|instead\s+of|rather\s+than|differ\w*\s+from|without|between|im\s+(?:vergleich|gegensatz)\s+zu"
    r"|anders\s+als|als|чем|من|از|à\s+la\s+différence\s+de|contrairement\s+à|a\s+diferencia\s+de|que)"
    r"\s+(?:(?:a|an|the|in|with|using|for|ein\w*|de[rmn]|die|das|le|la|les|el|los|las|une?|una|[oa]s?|uma?)\s+)*"
    r"|(?:比|比起|相比|相较|相较于|相比于|相对|相对于|对比|不像|不同于)\s*)$",
    re.IGNORECASE,
)
_CJK_YARDSTICK_AFTER = re.compile(r"\s*(?:来说)?\s*(?:相比|不同，|と比べ|に比べ|と比較|より|보다)")
_YARDSTICK_CLAUSE = re.compile(
    r"^.*?\b(?:unlike|compared|contrast|comparison|anders|vergleich|gegensatz|contrairement|diferencia)\b[^,，]*[,，]",
    re.IGNORECASE,
)

# Words that may stand before the name at the opening of a sentence that speaks of it.
_OPENER_WORDS = """
    a an the each every most many some all any in with within inside for on using by under via however also similarly
    meanwhile this
    instead conversely therefore thus so additionally furthermore moreover finally generally typically usually often
    basically simply traditionally but and while whereas yet though although contrast comparison other hand one both
    here first second then now today still our your these its
    ein eine einer der die das den dem bei mit im jede jeder dagegen hingegen während aber und
    le la les un une des en avec pour mais et tandis alors el los las una con para pero y mientras
    o os as um uma em com enquanto il lo gli nel nella ma e mentre في أما
"""
_OPENERS = frozenset(_OPENER_WORDS.split())
_CJK_OPENERS = re.compile(
    r"(?:而且|而|但是|但|在|由于|因为|不过|其中|通常|一般来说|一般|对于|关于|首先|其次|另外|此外|同时|然后|相反|换句话说"
    r"|使用|一方面|另一方面|一方で|一方|また|しかし|そして|なお|ただし)+",
)
_PHRASE = re.compile(  # "At its core,", "在架构上，"
    r"^(?:(?:in|on|at|under|by|from|as|auf|im|bei|unter|nach|dans|sur|sous|en|a|por|nel|nella|su|per)"
    r"\s+(?:[\w’'-]+\s+){0,4}[\w’'-]+,\s*"
    r"|(?:when\s+it\s+comes\s+to|in\s+terms\s+of|with\s+(?:respect|regard)\s+to|regarding|concerning|as\s+(?:for|to)"
    r"|hinsichtlich|bezüglich|en\s+termes\s+de|en\s+cuanto\s+a|quanto\s+a|in\s+termini\s+di|с\s+точки\s+зрения)"
    r"\s+(?:[\w’'-]+\s+){0,5}[\w’'-]+,\s*|(?:在|从|就)[^，,。]{1,12}[，,]\s*)",
    re.IGNORECASE,
)
_WORD = rf"{_LETTER}+(?:['’-]{_LETTER}+)*|[CJK]+"
_CLOSED = re.compile(r"[.!?;:](?:\s|$)|[。！？；：]")
_GENITIVE = re.compile(  # "The size of a", "The health checks provided by"
    r"^(?:(?:while|whereas|but|however|and|yet|während|hingegen|aber|mais|pero|mientras)[,\s]\s*)?"
    r"(?:(?:the|a|an|die|der|das|le|la|les|el|los|las)\s+(?:[\w-]+\s+){1,4}?(?:of|in|by|with|for|von|bei|mit|de|des|du|en)"
    r"|[\w-]+\s+(?:of|von|de|di))\s+"
    r"(?:(?:the|a|an|ein\w*|de[rmn]|la|le|les|un|une|el|los|las)\s+)?$",
    re.IGNORECASE,
)
_OBJECT = re.compile(  # what a verb or preposition governs, as in "runs Git", "a copy of the Git"
    r"(?<!\w)(?!(?:and|or|nor|vs|versus|but|while|whereas|both|either|neither|so|yet|und|oder|et|ou|y|o|e"
    r"|the|an?|its|your|their|ein\w*|de[rmn]|die|das|le|la|les|el|los|las|une?|una)\s)[a-zà-ÿ][\w’'-]*\s+"
    r"(?:(?:the|a|an|its|your|their)\s+)?$",
)
_GOES_ON = re.compile(r"\s[A-Z][\w-]*")


class Mention(Struct, frozen=True, kw_only=True):
    """A subject named in a text, from offset `first` up to `last`."""

    subject: str
    first: int
    last: int


class Names(Struct, frozen=True, kw_only=True, dict=True):
    """The subjects with all of their names, ready to be found in text."""

    subjects: tuple[Subject, ...]

    @cached_property
    def _by_length(self) -> tuple[tuple[str, str], ...]:
        """Each name with its subject, the longest name first."""
        names = {name: subject.name for subject in self.subjects for name in (subject.name, *subject.aliases)}
        return tuple(sorted(names.items(), key=lambda each: (-len(each[0]), each[0])))

    @cached_property
    def _pattern(self) -> str:
        return "|".join(name_pattern(name) for name, _ in self._by_length)

    @cached_property
    def _found(self) -> dict[str, tuple[Mention, ...]]:
        """What was found in each text: every rule asks for the same ones."""
        return {}

    @cached_property
    def _spoken_of(self) -> dict[str, tuple[Mention, ...]]:
        return {}

    def find(self, text: str) -> tuple[Mention, ...]:
        """Every mention in reading order; where two names overlap, the longer one counts."""
        found = self._found.get(text)
        if found is None:
            found = self._found[text] = tuple(self._mentions(text)) if self.subjects else ()
        return found

    def _mentions(self, text: str) -> Iterator[Mention]:
        for match in pattern_for(text, self._pattern).finditer(text):
            yield Mention(subject=self._by_length[(match.lastindex or 1) - 1][1], first=match.start(), last=match.end())

    def named(self, text: str) -> tuple[str, ...]:
        """The subjects that a text names, each once, in order."""
        return tuple(dict.fromkeys(mention.subject for mention in self.find(text)))

    def spoken_of(self, text: str) -> tuple[Mention, ...]:
        """The mentions in a text other than those as a yardstick ("than Docker", "unlike Docker")."""
        spoken = self._spoken_of.get(text)
        if spoken is None:
            spoken = tuple(mention for mention in self.find(text) if not _is_yardstick(text, mention))
            self._spoken_of[text] = spoken
        return spoken

    def topic(self, text: str) -> str | None:
        """The one subject that a sentence or clause opens with and speaks of; None where that is not sure."""
        mention = self.governing(text)
        if mention is None or is_compound(text, mention):
            return None
        if mention.first > _FARTHEST:
            return None
        opening = _PHRASE.sub("", _YARDSTICK_CLAUSE.sub("", text[: mention.first]))
        opens = _is_opening(opening, adjectives=1) or _GENITIVE.match(opening)
        return mention.subject if opens else None

    def governing(self, text: str) -> Mention | None:
        """The first mention, if every other subject in the text is only a yardstick or an object."""
        if len(text) > _LONGEST:
            return None
        mentions = self.spoken_of(text)
        others = [m for m in mentions if m.subject != mentions[0].subject and not self.is_object(text, m)]
        return mentions[0] if mentions and not others else None

    def is_object(self, text: str, mention: Mention) -> bool:
        """Whether a verb or a preposition governs a mention, as in "runs Git"."""
        return bool(_OBJECT.search(_before(text, mention)))

    def leading(self, text: str) -> Mention | None:
        """The mention that a text begins with, articles apart."""
        mentions = self.find(text)
        return mentions[0] if mentions and _is_opening(text[: mentions[0].first], adjectives=0) else None


def name_pattern(name: str) -> str:
    """The pattern of a name in running text, in a group of its own: in one or many, and with its endings.

    It is to be had from `pattern_for`.
    """
    core = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", name) if word)
    if plural := _PLURAL.search(name):
        core = core[: -len(plural[0])] + _SINGULAR[plural[0]]
    group = f"({core})" if len(name) <= _SHORT else f"((?i:{core}))"
    before = rf"(?<!{_LETTER})(?<!{_LETTER}-)" if _is_letter(name[:1]) else ""
    after = rf"{_ENDING}(?!{_LETTER}){_JOINED}" if _is_letter(name[-1:]) else ""
    return f"{before}{group}{after}"


def _is_letter(sign: str) -> bool:
    return pattern_for(sign, _LETTER).match(sign) is not None


def is_compound(text: str, mention: Mention) -> bool:
    """Whether the name goes on as that of something else: "Docker Toolbox" is not Docker."""
    return bool(_GOES_ON.match(text, mention.last))


def _is_yardstick(text: str, mention: Mention) -> bool:
    if _CJK_YARDSTICK_AFTER.match(text, mention.last):
        return True
    return bool(_YARDSTICK.search(_before(text, mention)))


def _before(text: str, mention: Mention) -> str:
    """The words right before a mention."""
    return text[max(0, mention.first - _NEAR) : mention.first]


def _is_opening(before: str, adjectives: int) -> bool:
    """Whether only words that lead in stand before a name, and so many adjectives at most after them."""
    if _CLOSED.search(before):
        return False
    words = pattern_for(before, _WORD).findall(before)
    strange = [word for word in words if not (word.casefold() in _OPENERS or _CJK_OPENERS.fullmatch(word))]
    return not strange or (len(strange) <= adjectives < len(words) and strange == words[-len(strange) :])
