"""The last rungs: what each subject is, comparatives, and what to use when, wherever the page says it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.plan import ComparisonCell, ComparisonRow
from pipeline.plan.comparison.clauses import LONGEST
from pipeline.plan.comparison.labelled import Entry
from pipeline.plan.comparison.mentions import Mention, Names
from pipeline.plan.comparison.passages import Stretch
from pipeline.plan.comparison.rungs_sections import row

DEFINITION = "definition"
COMPARATIVE = "comparative"
USAGE = "when-to-use"

_NEAR = 100
_IS = re.compile(
    r"\s*(?:[(（][^()（）]*[)）]\s*)?(?:\s(?:is|are)\s+(?:a|an|the|one)\b|\s(?:ist|sind)\s+(?:ein|eine|der|die|das)\b"
    r"|\s(?:est|es|é|è)\s+(?:une?|una|uno|um|uma|le|la|el)\b|\s*是(?:一|指|个)|\s*とは|\s*は)",
)
_COMPARATIVE = re.compile(
    r"\b(?:(?:much|far|slightly|significantly|considerably|somewhat|a\s+(?:lot|bit|little))\s+)?"
    r"((?:more|less)\s+[a-z][\w-]+|(?!other|rather|further|ever|never|however|later\b)[a-z]+er)"
    r"(?:\s+[\w-]+){0,2}\s+than\s+(?:a\s+|an\s+|the\s+)?$",
    re.IGNORECASE,
)
_CHOOSE = re.compile(
    r"^(?:(?:so|thus|in short|in general|generally|usually)[,\s]+)?(?:you\s+(?:should|can|may|might)\s+)?"
    r"(?:use|choose|pick|prefer|select|go\s+(?:with|for)|opt\s+for|consider|try|start\s+with|stick\s+(?:with|to)|avoid"
    r"|don['’]t\s+use|do\s+not\s+use)\s+(?:a\s+|an\s+|the\s+)?$",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"^(?:\s+[\w-]+){0,3}?\s*,?\s+(?:when|if|for|where|whenever|unless|to|in\s+case)\b",
    re.IGNORECASE,
)
_SUITED = re.compile(
    r"^(?:\s+[\w-]+){0,2}?\s+(?:is|are)\s+(?:an?\s+|the\s+|often\s+|usually\s+|generally\s+|a\s+very\s+)*"
    r"(?:\w+\s+)?(?:ideal|best|better|perfect|recommended|suitable|suited|well[- ]suited|preferred|good|great|solid"
    r"|right|excellent|appropriate)\s+(?:\w+\s+){0,2}?(?:for|when|if|where|to)\b",
    re.IGNORECASE,
)
_CJK_USAGE = re.compile(r"适合|适用于|适用|推荐使用|向いて|適し")


def definition_rows(page: Entry, names: Names, aspect: str) -> Iterator[ComparisonRow]:
    """One row of the first sentence that says what each subject is, if there are two or more."""
    cells: dict[str, Stretch] = {}
    for sentence in _all_sentences(page):
        mention = names.governing(sentence.text)
        if mention and names.topic(sentence.text) == mention.subject and _IS.match(sentence.text, mention.last):
            cells.setdefault(mention.subject, sentence.shortened(LONGEST))
    yield from row(aspect, DEFINITION, {s.name: cells.get(s.name) for s in names.subjects})


def comparative_rows(page: Entry, names: Names) -> Iterator[ComparisonRow]:
    """A row for each "A is faster than B": the comparative is its aspect."""
    for sentence in _all_sentences(page):
        mentions = names.find(sentence.text)
        topic = names.topic(sentence.text)
        for mention in mentions[1:]:
            found = _COMPARATIVE.search(sentence.text[max(0, mention.first - _NEAR) : mention.first])
            if topic and found and mention.subject != topic:
                cell = ComparisonCell(subject=topic, text=sentence.shortened(LONGEST).text, line=sentence.line)
                aspect = found[1][0].upper() + found[1][1:]
                yield ComparisonRow(aspect=aspect, rule=COMPARATIVE, cells=(cell,))
                break


def usage_rows(page: Entry, names: Names, aspect: str) -> Iterator[ComparisonRow]:
    """One row of the first sentence that says when to use each subject, or what it suits."""
    cells: dict[str, Stretch] = {}
    for sentence in _all_sentences(page):
        mention = names.governing(sentence.text)
        if mention and _is_usage(sentence.text, mention):
            cells.setdefault(mention.subject, sentence.shortened(LONGEST))
    order = [subject.name for subject in names.subjects if subject.name in cells]
    found = tuple(ComparisonCell(subject=s, text=cells[s].text, line=cells[s].line) for s in order)
    if found:
        yield ComparisonRow(aspect=aspect, rule=USAGE, cells=found)


def _is_usage(text: str, mention: Mention) -> bool:
    before, after = text[: mention.first], text[mention.last :]
    if _CHOOSE.match(before) and _CONDITION.match(after):
        return True
    return not before.strip() and bool(_SUITED.match(after) or _CJK_USAGE.search(after[:24]))


def _all_sentences(entry: Entry) -> Iterator[Stretch]:
    return (sentence for text in _texts(entry) for sentence in text.sentences())


def _texts(entry: Entry) -> Iterator[Stretch]:
    """Every running text of an entry, in reading order; an item's from its label on."""
    same = entry.label and entry.body and entry.label.passage is entry.body[0].passage
    if entry.label and same:
        yield Stretch(passage=entry.label.passage, first=entry.label.first, last=entry.body[0].last)
        yield from entry.body[1:]
    else:
        yield from entry.body
    for inner in entry.entries:
        yield from _texts(inner)
