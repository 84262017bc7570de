"""What of a sentence speaks of which subject: the whole of it, or its clauses where it sets one against the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from pipeline.plan.comparison.mentions import Names
from pipeline.plan.comparison.passages import Stretch

LONGEST = 200
"""A cell has at most so many characters where its sentence has a place to cut."""

# Where one clause is set against the next.
_CONTRAST = re.compile(
    r"\s*[;；]\s*|\s*,?\s+(?:while|whereas|but|however|während|wohingegen|aber|tandis que|alors que"
    r"|mientras(?: que)?|pero|enquanto|mas|mentre|ma|بينما|لكن)\s+|\s*,\s+mais\s+|[，,]\s*(?:而|但是|但|相反|一方で?)",
    re.IGNORECASE,
)
_LEADING_CONTRAST = re.compile(
    r"^(?:while|whereas|although|though|während|obwohl|tandis que|alors que|mientras(?: que)?|enquanto|mentre|بينما"
    r"|虽然)\s*",
    re.IGNORECASE,
)
_ABOUT_ALL = re.compile(
    r"^(?:both|all|they|neither|together|each|beide|les deux|ambos|两者|二者|它们|都|均|两种|兩者|どちらも|両者)",
    re.IGNORECASE,
)
_COMMA = re.compile(r"[,，]\s*")
_UNLIKE = re.compile(
    r",\s+(?:unlike|in contrast to|as opposed to|compared (?:to|with)|anders als|im gegensatz zu|contrairement à"
    r"|a diferencia de)\s",
    re.IGNORECASE,
)
_CONJUNCTION = re.compile(
    r"^(?:(?:and|but|while|whereas|yet|und|aber|während|et|mais|y|pero|mientras)(?:,\s*|\s+)"
    r"|(?:however|in contrast|by contrast|on the other hand|on the contrary|instead|meanwhile|hingegen|dagegen"
    r"|en revanche|en cambio),\s*|(?:而且|而|但是|但|不过|换句话说|相反|另一方面|一方|しかし)[,，、]?\s*)",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\s*(?:[,，]\s*)?(?:it|its|they|their|this|that|these|those|he|she|we|you|er|sie|es|il|elle|ils|elles|él|ella)\b"
    r"|\s*(?:它|他|她|这|那|此|其|彼|それ|これ)",
    re.IGNORECASE,
)
_CJK_OBJECT = re.compile(r"(?:需要|依赖|基于|调用|支持|借助|通过|兼容|不如|类似|取代|替代|代替)\s*$")
_PLACED = re.compile(  # "membership is built into A": what is told there is told of A
    r"^(?!.*\b(?:that|which|who)\b).*\b(?:is|are|was|were)\s(?:[\w-]+\s){1,4}?(?:in|into|within|with|by|for|on|of)\s(?:the\s|an?\s)?$",
    re.IGNORECASE,
)
_CIRCUMSTANCE = re.compile(  # "when adding a service to A, …": what follows is told of A
    r"^(?:when|whenever|once|if|wenn|sobald|falls|quand|lorsque|si|cuando|quando|se)\s[^,]*$", re.IGNORECASE
)
_CONSEQUENCE = re.compile(r",\s+(?:so|thus|hence|therefore|which)\s|[，,]\s*(?:所以|因此|因而|于是|故)", re.IGNORECASE)
_FEWEST_FURTHER = 3
_FARTHEST = 1000
_MOST_COMMAS = 8
_CLOSING = " \t\n;,；，"


def allot(sentence: Stretch, names: Names) -> Mapping[str, Stretch]:
    """What a sentence says of each subject, by the subject's name; nothing where that is not sure."""
    if len(sentence.text) > _FARTHEST:
        return {}
    topic = names.topic(sentence.text)
    several = topic is None or len(names.named(sentence.text)) > 1
    parts = (found for clauses in _splits(sentence, names) if several and (found := _one_each(clauses, names)))
    whole = {topic: opening_words(_before_unlike(sentence), closing="")} if topic else {}
    return next(parts, whole)


def refers_back(sentence: str) -> bool:
    """Whether a sentence or clause opens with a pronoun, so that it is not understood without what stands before it."""
    return _PRONOUN.match(sentence) is not None


def opening_words(cell: Stretch, closing: str = _CLOSING) -> Stretch:
    """A clause without the conjunction that it opens with and the marks that it ends with."""
    first = len(cell.text) - len(cell.text.lstrip(_CLOSING))
    if found := _CONJUNCTION.match(cell.text[first:]):
        first += found.end()
    return cell.cut(first, len(cell.text.rstrip(closing)))


def _before_unlike(sentence: Stretch) -> Stretch:
    found = _UNLIKE.search(sentence.text)
    return sentence.cut(0, found.start()) if found else sentence


def _splits(sentence: Stretch, names: Names) -> Iterator[tuple[Stretch, ...]]:
    """The ways to split a sentence into clauses: at each contrast, or at a comma after a leading "while"."""
    text = sentence.text
    marks = list(_CONTRAST.finditer(text))
    if marks:
        edges = [0, *(mark.start() for mark in marks), len(text)]
        starts = [0, *(mark.end() for mark in marks)]
        yield tuple(sentence.cut(start, end) for start, end in zip(starts, edges[1:], strict=True))
    commas = list(islice(_COMMA.finditer(text), _MOST_COMMAS))
    if len(commas) == 1:
        halves = (sentence.cut(0, commas[0].start()), sentence.cut(commas[0].end(), len(text)))
        if all(_says_of_its_first_word(half.text, names) for half in halves):
            yield halves
    if leading := _LEADING_CONTRAST.match(text):
        for comma in islice(_COMMA.finditer(text, leading.end()), _MOST_COMMAS):
            yield (sentence.cut(leading.end(), comma.start()), sentence.cut(comma.end(), len(text)))


def _before_consequence(clause: Stretch, names: Names) -> Stretch:
    """A clause without what it concludes, if that speaks of others as well."""
    found = _CONSEQUENCE.search(clause.text) if len(names.named(clause.text)) > 1 else None
    return clause.cut(0, found.start()) if found else clause


def _says_of_its_first_word(clause: str, names: Names) -> bool:
    """Whether a clause begins with a subject and goes on: "tea is light", but neither "tea" nor "if tea is"."""
    mentions = names.find(clause)
    return bool(mentions) and mentions[0].first == 0 and len(clause) > mentions[0].last + _FEWEST_FURTHER


def _sole(clause: str, names: Names) -> str | None:
    """The only subject that a clause names, unless as what another does something with."""
    mentions = names.find(clause)
    if len({mention.subject for mention in mentions}) != 1 or refers_back(clause):
        return None
    first = mentions[0]
    before, after = clause[: first.first], clause[first.last :]
    placed = _PLACED.match(before) or (after.startswith(",") and _CIRCUMSTANCE.match(before))
    governed = names.is_object(clause, first) and not placed
    free = first in names.spoken_of(clause) and not governed
    return first.subject if free and not _CJK_OBJECT.search(before) else None


def _one_each(clauses: tuple[Stretch, ...], names: Names) -> Mapping[str, Stretch]:
    """The clauses by subject, if each opens with one subject and no subject has two.

    A clause that names nobody goes on with what the clause before it says, unless it speaks of all.
    """
    parts: dict[str, Stretch] = {}
    current = ""
    for clause in (_before_consequence(clause, names) for clause in clauses):
        topic = names.topic(clause.text) or _sole(clause.text, names)
        unsure = topic is None and (names.spoken_of(clause.text) or _ABOUT_ALL.match(clause.text))
        if unsure or topic in parts or not (topic or current):
            return {}
        current = topic or current
        before = parts.get(current)
        start = before.first if before else clause.first
        parts[current] = Stretch(passage=clause.passage, first=start, last=clause.last)
    return {subject: opening_words(part) for subject, part in parts.items()} if len(parts) > 1 else {}
