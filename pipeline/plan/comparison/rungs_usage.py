"""The last rungs: what each subject is, and what to use when, wherever the page says it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipeline.model.plan import ComparisonRow
from pipeline.plan.comparison.clauses import LONGEST, opening_words
from pipeline.plan.comparison.labelled import Entry, Kind
from pipeline.plan.comparison.mentions import Mention, Names
from pipeline.plan.comparison.naming import by_subject
from pipeline.plan.comparison.passages import Stretch
from pipeline.plan.comparison.rows import entries_of, in_order, items_of, row, sentences_of, tells
from pipeline.plan.comparison.titles import bare

DEFINITION = "definition"
USAGE = "when-to-use"
PURPOSE = "purpose"

_IS = re.compile(
    r"\s*(?:[(（][^()（）]*[)）]\s*)?(?:\s(?:is|are)\s+(?:a|an|the|one)\b|\s(?:ist|sind)\s+(?:ein|eine|der|die|das)\b"
    r"|\s(?:est|es|é|è)\s+(?:une?|una|uno|um|uma|le|la|el)\b|\s+(?:هو|هي)\s|\s*[-–—]\s+это\s"
    r"|\s*是(?![否不如因由在])|\s*とは|\s*は)",
)
_OWNED = re.compile(r"\s*(?:的|の|['’]s\b)|(?<=s)['’]")
_APPROACH = re.compile(
    r"^(?:(?:so|thus|in short|in a nutshell|in general|generally|usually|overall|finally|in summary|kurz|en resumen"
    r"|en bref|总之|因此|所以|综上)[,，\s]+)?",
    re.IGNORECASE,
)
_CASE_FIRST = re.compile(  # "If you need speed,"
    r"^(?:(?:if|when|whenever|where|for|wenn|falls|si|quand|lorsque|cuando|se|quando|если|когда)\s[^.;]{3,160}?,\s+"
    r"|(?:如果|当|若|假如|对于)[^。；]{2,80}[，,]\s*)(?:then\s+|dann\s+|alors\s+|entonces\s+|那么|那|就|则|我觉得|我认为)*",
    re.IGNORECASE,
)
_CHOOSING = (
    r"(?:you\s+(?:should|can|may|might)\s+)?"
    r"(?:(?:use|choose|pick|prefer|select|go\s+(?:with|for)|opt\s+for|consider|try|start\s+with|stick\s+(?:with|to)"
    r"|avoid|don['’]t\s+use|do\s+not\s+use|nutze|nutzen\s+sie|verwende|verwenden\s+sie|wähle|wählen\s+sie|nimm"
    r"|nehmen\s+sie|utilisez|choisissez|prenez|préférez|optez\s+pour|usa|utiliza|elige|elija|prefiera|opta\s+por|escolha"
    r"|prefira|opte\s+por|scegli|scegliete|usate|используйте|выбирайте|выберите|استخدم|اختر)\s+"
    r"(?:(?:an?|the|einen?|eine|den|die|das|une?|le|la|les|el|un|una|um|uma|il|lo)\s+)?"
    r"|(?:请|建议|推荐|应该|可以|优先|你)*(?:使用|选择|选用|选)\s*)"
)
_CHOOSE = re.compile(rf"^{_CHOOSING}$", re.IGNORECASE)
_CASE_AFTER = re.compile(
    r"^(?:\s+[\w-]+){0,3}?\s*,?\s+(?:when|if|for|where|whenever|unless|to|in\s+case|wenn|falls|für|um|si|quand|pour"
    r"|lorsque|cuando|para|se|quando|per|если|когда|для|عندما|إذا|لـ)\b",
    re.IGNORECASE,
)
_SUITED = re.compile(
    r"^(?:\s+[\w-]+){0,2}?\s+(?:(?:is|are)\s+(?:an?\s+|the\s+|often\s+|usually\s+|generally\s+|a\s+very\s+)*"
    r"(?:\w+\s+)?(?:ideal|best|better|perfect|recommended|suitable|suited|well[- ]suited|preferred|good|great|solid"
    r"|right|excellent|appropriate)\s+(?:\w+\s+){0,2}?(?:for|when|if|where|to)"
    r"|(?:eignet|eignen)\s+sich|(?:ist|sind)\s+(?:\w+\s+){0,3}?(?:ideal|geeignet|empfehlenswert|die\s+(?:richtige|bessere)"
    r"\s+Wahl)|convien(?:t|nent)|(?:est|sont)\s+(?:\w+\s+)?(?:idéal|adapté|recommandé)\w*"
    r"|(?:es|son)\s+(?:\w+\s+)?(?:ideal|adecuad|recomend|apropiad)\w*|(?:é|são)\s+(?:\w+\s+)?(?:ideal|ideais|indicad"
    r"|recomendad)\w*|(?:è|sono)\s+(?:\w+\s+)?(?:ideal|adatt|indicat|consigliat)\w*)\b",
    re.IGNORECASE,
)
_CJK_USAGE = re.compile(r"适合|适用于|适用|推荐使用|更合适|向いて|適し|おすすめ|적합|알맞")
_PURPOSE = re.compile(  # "is designed to", "are mostly used for", "aims at"
    r"^\s*(?:(?:is|are|was|were)\s+(?:not\s+)?(?:\w+\s+){0,2}?(?:designed|used|meant|intended|built|made|created|aimed)"
    r"\s+(?:\w+\s+)?(?:to|for|as|at|when|where|in)\b(?!\s+be\b)|(?:aims?|serves?|helps?)\s+(?:to|at|as)\b"
    r"|(?:dient|dienen|wird|werden|ist|sind)\s+(?:\w+\s+){0,2}?(?:zur?|zum|dazu|für)\b"
    r"|(?:sert|servent|est\s+utilisée?|sont\s+utilisée?s)\s+(?:à|pour)\b"
    r"|(?:sirven?|se\s+usan?|se\s+utilizan?|es\s+utilizad[oa]|está\s+diseñad[oa])\s+para\b"
    r"|(?:serve|servem|é\s+usad[oa]|são\s+usad[oa]s)\s+para\b|(?:serve|servono|è\s+usat[oa])\s+(?:a|per)\b)"
    r"|^\s*(?:主要|常|通常|一般|被)*(?:用于|用来|旨在)",
    re.IGNORECASE,
)
_GOOD_FOR = re.compile(  # what introduces a list of uses
    r"\b(?:(?:used|good|great|ideal|best|perfect|suited|suitable|recommended|(?:good|great|better|best|right)\s+choice)"
    r"\s+(?:\w+\s+)?(?:for|when|if|in)|geeignet\s+für|eignet\s+sich\s+für|idéal\s+pour|adapté\s+à|ideal\s+para)$"
    r"|(?:适合|适用于|适用场景|使用场景)",
    re.IGNORECASE,
)
_FITS = re.compile(  # an item that says what its subject fits
    r"(?:(?:perfect|ideal|best|great|good|essential|suitable|recommended|useful|well[- ]suited)\s+(?:for|when|if)"
    r"|(?:ideal|gut|geeignet)\s+(?:geeignet\s+)?für|(?:idéal|parfait|adapté)e?s?\s+(?:pour|à)|ideal(?:es)?\s+para)\b"
    r"|适合|适用于",
    re.IGNORECASE,
)
_ENUMERATED = re.compile(
    r"(?:[,，;；、]\s*|(?<=\s)(?=(?:and|or|but|while|und|et|y|e)\s))(?:(?:and|or|but|while|whereas|und|et|y|e)\s+)?"
    rf"(?:{_CHOOSING}|(?:an?\s+|the\s+|ein\w*\s+|une?\s+|una?\s+)?)$",
    re.IGNORECASE,
)


def definition_rows(page: Entry, names: Names, aspect: str) -> Iterator[ComparisonRow]:
    """One row of what each subject is, if the page says it of two or more.

    It says so where it first speaks of a subject, or opens a paragraph. Where one subject is defined so, a paragraph
    beside it that opens with another for the first time tells what that one is.
    """
    defined: dict[str, Stretch] = {}
    beside: dict[str, Stretch] = {}
    met: set[str] = set()
    for entry in entries_of(page):
        opened: dict[str, Stretch] = {}
        before = len(defined)
        for sentence, opens in _opening(entry):
            subject = names.topic(sentence.text)
            mention = names.governing(sentence.text)
            if subject is None or mention is None:
                continue
            after = sentence.text[mention.last :]
            if (opens or subject not in met) and _IS.match(after):
                defined.setdefault(subject, sentence.shortened(LONGEST))
            elif opens and subject not in met and not _OWNED.match(after):
                opened[subject] = sentence.shortened(LONGEST)
            met.add(subject)
        beside |= opened if len(defined) > before else {}
    said = {subject: (cell,) for subject, cell in (beside | defined).items()}
    yield from row(aspect, DEFINITION, in_order(said, names))


def _opening(entry: Entry) -> Iterator[tuple[Stretch, bool]]:
    """The sentences of an entry's own text, and whether each opens a paragraph."""
    for text in entry.own_texts:
        for number, sentence in enumerate(text.sentences):
            yield sentence, number == 0


def usage_rows(page: Entry, names: Names, aspect: str) -> Iterator[ComparisonRow]:
    """One row of the first sentence that says when to use each subject, or what it suits."""
    cells: dict[str, tuple[Stretch, ...]] = {}
    for sentence in filter(tells, sentences_of(page)):
        start = _end(_APPROACH.match(sentence.text))
        case = _end(_CASE_FIRST.match(sentence.text[start:]))
        rest = sentence.text[start + case :]
        mention = names.governing(rest)
        if parts := _enumerated(sentence, names):
            for subject, part in parts.items():
                cells.setdefault(subject, (part.shortened(LONGEST),))
        elif mention and _is_usage(rest, mention, is_case=case > 0):
            cells.setdefault(mention.subject, (sentence.shortened(LONGEST),))
    for entry in entries_of(page):
        named = names.named(entry.name) if _introduces_uses(entry, names) else ()
        if len(named) == 1 and named[0] not in cells:
            cells[named[0]] = items_of(entry, named[0], names)
    for entry in entries_of(page):
        for subject, inner in by_subject(entry.entries, names).items():
            fitting = tuple(s for s in sentences_of(inner) if _FITS.match(s.text) and not names.named(s.text))
            if fitting and subject not in {said for said, told in cells.items() if len(told) > 1}:
                cells[subject] = (*cells.get(subject, ()), fitting[0].shortened(LONGEST))
    yield from row(aspect, USAGE, in_order(cells, names), fewest=1)


def purpose_rows(page: Entry, names: Names, aspect: str) -> Iterator[ComparisonRow]:
    """One row of the first sentence that says what each subject is for, if the page says it of two or more."""
    cells: dict[str, tuple[Stretch, ...]] = {}
    for sentence in filter(tells, sentences_of(page)):
        subject, mention = names.topic(sentence.text), names.governing(sentence.text)
        if subject and mention and _PURPOSE.match(sentence.text[mention.last :]):
            cells.setdefault(subject, (sentence.shortened(LONGEST),))
    yield from row(aspect, PURPOSE, in_order(cells, names))


def _introduces_uses(entry: Entry, names: Names) -> bool:
    """Whether a label stands above a list of uses: "A is good for", "Use A when"."""
    if entry.kind is Kind.INTRODUCTION and _GOOD_FOR.search(entry.name):
        return True
    mention = names.governing(bare(entry.name)) if entry.entries and not entry.body else None
    return mention is not None and _is_usage(bare(entry.name), mention, is_case=False)


def _is_usage(text: str, mention: Mention, *, is_case: bool) -> bool:
    """Whether a sentence says when to use a subject; `is_case` tells that the case has been named before."""
    before, after = text[: mention.first], text[mention.last :]
    if _CHOOSE.match(before) and (is_case or _CASE_AFTER.match(after)):
        return True
    return not before.strip() and bool(_SUITED.match(after) or _CJK_USAGE.search(after[:24]))


def _end(found: re.Match[str] | None) -> int:
    return found.end() if found else 0


def _enumerated(sentence: Stretch, names: Names) -> Mapping[str, Stretch]:
    """The parts of "choose A for speed, B for comfort and C for its price", by subject; empty where it is no such."""
    text = sentence.text
    mentions = names.find(text)
    start = _end(_APPROACH.match(text))
    if len(mentions) < 2 or len({m.subject for m in mentions}) != len(mentions) or len(text) > 3 * LONGEST:  # noqa: PLR2004
        return {}
    if not _CHOOSE.match(text[start : mentions[0].first]):
        return {}
    edges = [start]
    for mention in mentions[1:]:
        found = _ENUMERATED.search(text[: mention.first])
        if not found:
            return {}
        edges.append(found.start())
    if not all(_CASE_AFTER.match(text[mention.last :]) for mention in mentions):
        return {}
    parts = (sentence.cut(first, last) for first, last in zip(edges, (*edges[1:], len(text)), strict=True))
    return {m.subject: opening_words(part) for m, part in zip(mentions, parts, strict=True)}
