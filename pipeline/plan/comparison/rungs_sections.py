"""The third and fourth rungs: an entry for each subject, section or bold lead, whose like parts are paired."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from pipeline.model.plan import ComparisonRow
from pipeline.plan.comparison.labelled import Entry, Kind
from pipeline.plan.comparison.mentions import Names
from pipeline.plan.comparison.naming import beginning, by_subject, exactly, grows_from, key, regrouped, without_names
from pipeline.plan.comparison.passages import Stretch
from pipeline.plan.comparison.rows import first_words, items_of, own, row, tells, texts_of
from pipeline.plan.comparison.subjects import compares, names_two, without_comparing
from pipeline.plan.comparison.words import is_telling, merits, verdict

PER_SECTION = "section-per-subject"
LEADS = "subject-leads"
PARALLEL = "parallel-headings"
_PART = re.compile(r"\s*[&/、]\s*|\s+(?:and|und|et|y|e)\s+|\s*[和与及]\s*")
_ARTICLES = frozenset(
    {"a", "an", "the", "of", "in", "on", "to", "for", "its", "their", "ein", "eine", "le", "la", "el"}
)
_GENERIC = frozenset(
    """process processes flow flows step steps phase approach model system systems overview details basics prozess
    processus proceso processo ablauf""".split()  # noqa: SIM905
)
_LAST_PREPOSITION = re.compile(r"(?:\s+(?:of|for|with|in|von|bei|mit|de|des|du|di|в|у))+$|的$|の$", re.IGNORECASE)


def section_rows(page: Entry, names: Names, what_it_is: str) -> Iterator[ComparisonRow]:
    """The rows of all places where entries stand for subjects; `what_it_is` heads what they begin with."""
    entries = regrouped(page.entries, names)
    if found := by_subject(entries, names):
        yield from _rows_of_subjects(page, found, names, what_it_is)
        yield from _pairs(found, names)
    else:
        yield from _lone(page, entries, names, what_it_is)
        yield from _parallel(entries, names)
    for inner in entries:
        yield from section_rows(inner, names, what_it_is)


def _rows_of_subjects(
    parent: Entry, found: Mapping[str, Entry], names: Names, what_it_is: str
) -> Iterator[ComparisonRow]:
    """The row of what the entries themselves say: their labels where those are statements, else their first words."""
    sections = any(entry.kind is Kind.SECTION for entry in found.values())
    comparing = not parent.name or names_two(parent.name, names) or compares(parent.name)
    statements = {s: entry.label for s, entry in found.items() if _is_statement(entry, names) and entry.label}
    if len(statements) == len(found) and not sections:
        yield from _statements(parent, statements, names, comparing=comparing, fallback=what_it_is)
        return
    nothing_said = not without_comparing(key(parent.name, names))
    aspect = what_it_is if nothing_said or (sections and comparing) else parent.name
    rule = PER_SECTION if sections else LEADS
    said = {s: _definition(entry, s, names) if sections else first_words(entry, s, names) for s, entry in found.items()}
    yield from row(aspect, rule, said)


def _statements(
    parent: Entry, statements: Mapping[str, Stretch], names: Names, *, comparing: bool, fallback: str
) -> Iterator[ComparisonRow]:
    """Labels such as "Docker shares the kernel": the words that all have after their subject are the aspect."""
    rests = {subject: _after_subject(label, names) for subject, label in statements.items()}
    shared = _shared_words([rest.text for rest in rests.values()]) if comparing else ""
    if shared:
        cut = {subject: (rest.cut(len(shared), len(rest.text)),) for subject, rest in rests.items()}
        yield from row(shared[0].upper() + shared[1:], LEADS, cut)
    else:
        yield from row(parent.name or fallback, LEADS, {subject: (label,) for subject, label in statements.items()})


def _after_subject(label: Stretch, names: Names) -> Stretch:
    mention = names.leading(label.text)
    return label.cut(mention.last, len(label.text)) if mention else label


def _shared_words(texts: list[str]) -> str:
    """The words that all texts begin with, if they say something and leave something to say."""
    words = [text.split(" ") for text in texts]
    count = 0
    while all(len(each) > count + 1 and each[count] == words[0][count] for each in words):
        count += 1
    while count and words[0][count - 1].casefold() in _ARTICLES:
        count -= 1
    shared = words[0][:count]
    return " ".join(shared) if any(map(is_telling, shared)) else ""


def _is_statement(entry: Entry, names: Names) -> bool:
    return entry.kind is Kind.LEAD and not exactly(entry.name, names) and beginning(entry.name, names) is not None


# ---------------------------------------------------------------- labels below the subjects


def _pairs(found: Mapping[str, Entry], names: Names) -> Iterator[ComparisonRow]:
    """A row for each label that stands below two subjects or more; merits and faults also below one."""
    below = _parted({s: _by_key(regrouped(entry.entries, names), names) for s, entry in found.items()}, names)
    used: set[tuple[str, str]] = set()
    for label in dict.fromkeys(label for entries in below.values() for label in entries):
        like = {subject: _same(label, subject, below) for subject in below}
        fresh = {subject: its for subject, its in like.items() if its and (subject, its) not in used}
        paired = {subject: below[subject][its] for subject, its in fresh.items()}
        first = next(iter(paired.values()), None)
        if first and (len({id(entry) for entry in paired.values()}) > 1 or merits(first.name)):
            used |= set(fresh.items())
            aspect = label[0].upper() + label[1:] if names.named(first.name) or _PART.search(first.name) else first.name
            yield from _rows_of(aspect, PER_SECTION, paired, names)


def _parted(below: Mapping[str, Mapping[str, Entry]], names: Names) -> Mapping[str, Mapping[str, Entry]]:
    """The labels below each subject, where one of two parts ("Size & speed") stands for each that another has alone."""
    result: dict[str, dict[str, Entry]] = {}
    for subject, entries in below.items():
        others = [each for other, each in below.items() if other != subject]
        parted: dict[str, Entry] = {}
        for label, entry in entries.items():
            parts = [part for part in (key(part, names) for part in _PART.split(entry.name)) if part]
            known = [part for part in parts if any(_alike(part, each) for each in others)]
            whole = len(parts) < 2 or not known or any(label in each for each in others)  # noqa: PLR2004 - the word
            parted.update((part, entry) for part in ([label] if whole else known) if part not in parted)
        result[subject] = parted
    return result


def _same(label: str, subject: str, below: Mapping[str, Mapping[str, Entry]]) -> str:
    """The subject's label that says the same as one of another subject; empty where there is none, or a doubt."""
    if label in below[subject]:
        return label
    same = _alike(label, below[subject])
    owners = [entries for entries in below.values() if label in entries]
    return same if same and all(_alike(same, entries) == label for entries in owners) else ""


def _alike(label: str, entries: Mapping[str, Entry]) -> str:
    """The only label that has all words of this one, or only words of it: "Transfer", "Transfer process"."""
    if means := verdict(label):
        same = [other for other in entries if verdict(other) == means]
        return same[0] if len(same) == 1 else ""
    words = _stems(label)
    alike = [other for other in entries if (its := _stems(other)) and (_within(words, its) or _within(its, words))]
    return alike[0] if words and len(alike) == 1 else ""


def _within(words: frozenset[str], others: frozenset[str]) -> bool:
    """Whether each of the words is one of the others, or grows from it or into it: "withdraw", "withdrawal"."""
    return all(any(a == b or grows_from(a, b) or grows_from(b, a) for b in others) for a in words)


def _stems(label: str) -> frozenset[str]:
    """A label's telling words, in the singular."""
    return frozenset(word.removesuffix("s") for word in label.split() if is_telling(word) and word not in _GENERIC)


def _by_key(entries: Iterable[Entry], names: Names) -> Mapping[str, Entry]:
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry.label and (label := key(entry.name, names)):
            found.setdefault(label, entry)
    return found


def _lone(page: Entry, entries: tuple[Entry, ...], names: Names, what_it_is: str) -> Iterator[ComparisonRow]:
    """What the page says of the only subject that has a section of its own."""
    own_sections = [entry for entry in entries if entry.kind is Kind.SECTION and len(exactly(entry.name, names)) == 1]
    if page.kind is Kind.PAGE and len(own_sections) == 1:
        (subject,) = exactly(own_sections[0].name, names)
        yield from row(what_it_is, PER_SECTION, {subject: _definition(own_sections[0], subject, names)}, fewest=1)


def _parallel(entries: tuple[Entry, ...], names: Names) -> Iterator[ComparisonRow]:
    """Rows of sibling headings that say the same of each subject: "When to use A", "When to use B".

    Of merits and faults one heading will do: "Benefits of A".
    """
    groups: dict[str, dict[str, Entry]] = {}
    for entry in entries:
        named = names.named(entry.name)
        label = key(entry.name, names)
        if entry.kind in {Kind.SECTION, Kind.PSEUDO, Kind.LEAD} and len(named) == 1 and label:
            said = verdict(label) or label
            groups.setdefault(label if named[0] in groups.get(said, ()) else said, {}).setdefault(named[0], entry)
    for group in groups.values():
        # The question that a heading asks says more than its bare name: "Why not".
        first = next(iter(group.values())).name
        label, asked = key(first, names), without_names(first, names)
        aspect = _LAST_PREPOSITION.sub("", asked if asked.casefold().endswith(label) else label) or label
        title = aspect[0].upper() + aspect[1:]
        if merits(label):
            yield from _rows_of(title, PARALLEL, group, names)
        elif len(group) > 1:
            yield from row(title, PARALLEL, {s: _telling_words(entry, s, names) for s, entry in group.items()})


def _telling_words(entry: Entry, subject: str, names: Names) -> tuple[Stretch, ...]:
    """The first sentence or item below a heading that speaks of its subject, else the first words."""
    sentences = [sentence for text in texts_of(entry) for sentence in text.sentences if tells(sentence)]
    speaking = next((sentence for sentence in sentences if names.topic(sentence.text) == subject), None)
    return own(speaking, subject, names) if speaking else first_words(entry, subject, names)


def _rows_of(aspect: str, rule: str, paired: Mapping[str, Entry], names: Names) -> Iterator[ComparisonRow]:
    """One row: of the items where the label announces a list of merits or faults, else of the first words."""
    listed = {subject: items_of(entry, subject, names) for subject, entry in paired.items()} if merits(aspect) else {}
    said = {subject: listed.get(subject) or first_words(entry, subject, names) for subject, entry in paired.items()}
    yield from row(aspect, rule, said, fewest=1 if merits(aspect) else 2)


def _definition(entry: Entry, subject: str, names: Names) -> tuple[Stretch, ...]:
    """The first sentence of a section that names its subjects before any other, else its first sentence or its list.

    A sentence that begins with another subject says what that one is.
    """
    titled = exactly(entry.name, names) or (subject,)
    sentences = [sentence for text in entry.body for sentence in text.sentences if tells(sentence)]
    naming = (s for s in sentences if names.named(s.text)[: len(titled)] == titled)
    chosen = next(naming, sentences[0] if sentences else None)
    if chosen:
        begins = names.leading(chosen.text)
        return () if begins and begins.subject not in titled else own(chosen, subject, names)
    return items_of(entry, subject, names) if not all(item.label for item in entry.entries) else ()
