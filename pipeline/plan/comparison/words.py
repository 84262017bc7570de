"""Words that tell what an aspect is: those that two statements share, and the names of merits and faults."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.plan.comparison.ideographs import has_ideographs, pattern_for
from pipeline.plan.comparison.mentions import Names

_FOR = re.compile(  # what speaks for a subject
    r"\badvantages?\b|\bpros?\b|\bbenefits?\b|\bstrengths?\b|\bupsides?\b"
    r"|优点|优势|好处|優點|優勢|利点|長所|(?<!デ)メリット|장점|\bvorteile?\b|\bstärken?\b|\bavantages?\b|\bventajas?\b"
    r"|\bvantagens\b|\bvantaggi\b|преимущества|плюсы|المزايا|مزايا|مزایا",
    re.IGNORECASE,
)
_AGAINST = re.compile(  # what speaks against it
    r"\bdisadvantages?\b|\bcons?\b|\bdrawbacks?\b|\bweakness(?:es)?\b|\blimitations?\b|\bdownsides?\b"
    r"|缺点|劣势|不足|局限|坏处|缺點|欠点|短所|デメリット|단점|\bnachteile?\b|\bschwächen?\b|\binconvénients?\b|\blimites?\b"
    r"|\bdesventajas?\b|\binconvenientes?\b|\bdesvantagens\b|\bsvantaggi\b|недостатки|минусы|العيوب|عيوب|معایب",
    re.IGNORECASE,
)
_OTHER_MERITS = re.compile(
    r"\bchallenges?\b|\btrade-?offs?\b|\bproblems?\b|\brisks?\b|挑战|\bherausforderung(?:en)?\b|\bprobleme?\b",
    re.IGNORECASE,
)
_COMMON = frozenset(
    """is are was were has have had does did can could will would should must may might not very more most than that
    this these those with from into also only each every both some many much such they them their there here what when
    where which while whereas because since until about over under between through within without other another same
    different difference differences like likes just even well used using uses make makes made need needs want wants
    your yours ours called calls
    provide provides take takes give gives work works good better best great high higher highly lower less first
    second usually often typically generally however instead contrast hand example means mean able being been been
    data thing things way ways lots kind type types time times even still rather really quite always never because
    before after during being against toward towards them then thus therefore available based whole entire
    sind wird werden wurde haben nicht eine einen einem einer oder aber auch mehr sehr wenn durch über unter für mit
    est sont être pour avec dans plus moins très mais une des les son ses leur leurs aussi
    para con más menos pero una los las sus también como está están son entre
    uma mais menos muito também como está são""".split()  # noqa: SIM905
)
_OF = re.compile(  # "The health checks provided by"
    r"^(?:the|die|der|das|le|la|les|el|los|las|os|as|o|a|il|lo|gli|i)\s+([\w-]+(?:\s+[\w-]+)??)\s+"
    r"(?:(?:provided|offered|used|supported)\s+)?(?:of|in|by|with|for|von|bei|mit|de|des|du|en|di|da)\s+"
    r"(?:(?:the|an?|ein\w*|de[rmn]|la|le|les|un|une|el|los|las)\s+)?$",
    re.IGNORECASE,
)
_SHORTEST = 4
_SHORTEST_CJK = 2
_LONGEST_CJK = 4
_WORD = r"[^\W_CJK]+(?:[-'’][^\W_CJK]+)*|[CJK]+"
_CJK_COMMON = re.compile(
    r"[的了是在有和与及或而但也都就还很更最一不上下中为以于对从到个这那其之被把将让使会能可要等各两它他们我你己所自如果则来说比"
    r"较时候候因此由使用可以支持提供需要没有问题一些一种方式进行通过のはがをにでとももやへかられるする・]"
)


def merits(label: str) -> bool:
    """Whether a label announces what speaks for or against a subject."""
    return any(pattern.search(label) for pattern in (_FOR, _AGAINST, _OTHER_MERITS))


def verdict(label: str) -> str:
    """Whether a label announces merits, "pros", or faults, "cons", by whatever word; empty where neither or both."""
    speaks_for, against = _FOR.search(label) is not None, _AGAINST.search(label) is not None
    return "" if speaks_for is against else "pros" if speaks_for else "cons"


def is_telling(word: str) -> bool:
    """Whether a word says something by itself."""
    return len(word) >= _SHORTEST and word.casefold() not in _COMMON


def shared_aspect(texts: Sequence[str], names: Names) -> str:
    """The longest words that all texts share, other than the subjects' names, as the first has them; may be empty."""
    first, *others = (_without_names(text, names) for text in texts)
    return _shared_cjk(first, others) if has_ideographs(first) else _shared_phrase(first, others)


def spoken_aspect(texts: Sequence[str], names: Names) -> str:
    """What a text says that it speaks of: "health checks" in "The health checks provided by A are …"; may be empty."""
    for text in texts:
        mention = next(iter(names.find(text)), None)
        found = _OF.match(text[: mention.first]) if mention else None
        if found:
            return found[1]
    return ""


def _without_names(text: str, names: Names) -> str:
    for mention in reversed(names.find(text)):
        text = f"{text[: mention.first]}\n{text[mention.last :]}"
    return text


def _shared_phrase(first: str, others: Sequence[str]) -> str:
    """The longest run of telling words that stands in all texts."""
    known = [set(_runs(text)) for text in others]
    runs = [run for run in _runs(first) if all(run in each for each in known)]
    best = max(runs, key=lambda run: len(run.split()), default="")
    found = re.search(r"\s".join(map(re.escape, best.split())), first, re.IGNORECASE) if best else None
    return " ".join(found.group().split()) if found else best


def _runs(text: str) -> list[str]:
    """All runs of up to three telling words that stand beside each other, in order."""
    words = [(m.group().casefold(), m.start(), m.end()) for m in pattern_for(text, _WORD).finditer(text)]
    found: list[str] = []
    for at in range(len(words)):
        run: list[str] = []
        for word, start, _ in words[at : at + 3]:
            beside = not run or text[words[at + len(run) - 1][2] : start] == " "
            if not (is_telling(word) and beside):
                break
            run.append(word)
            found.append(" ".join(run))
    return found


def _shared_cjk(first: str, others: Sequence[str]) -> str:
    """The longest run of telling characters that stands in all texts."""
    best = ""
    for start in range(len(first)):
        end = start + max(len(best), _SHORTEST_CJK - 1) + 1
        while end <= len(first) and _is_plain(first[start:end]) and all(first[start:end] in text for text in others):
            best = first[start:end]
            end += 1
    # A longer run is no word but a part of a clause.
    return best if len(best) <= _LONGEST_CJK else ""


def _is_plain(text: str) -> bool:
    return (
        pattern_for(text, "[CJK]+").fullmatch(text) is not None
        and not _CJK_COMMON.search(text)
        and not re.search(r"[\W]", text)
    )
