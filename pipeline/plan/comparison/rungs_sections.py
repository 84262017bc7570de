"""The third and fourth rungs: an entry for each subject, section or bold lead, whose like parts are paired."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from pipeline.model.plan import ComparisonCell, ComparisonRow
from pipeline.plan.comparison.clauses import LONGEST
from pipeline.plan.comparison.labelled import Entry, Kind
from pipeline.plan.comparison.mentions import Names
from pipeline.plan.comparison.naming import beginning, by_subject, exactly, key, regrouped
from pipeline.plan.comparison.passages import Stretch
from pipeline.plan.comparison.subjects import compares, names_two, without_comparing
from pipeline.plan.comparison.titles import bare

PER_SECTION = "section-per-subject"
LEADS = "subject-leads"
PARALLEL = "parallel-headings"
_ITEMS = 3
_LISTS = re.compile(
    r"\b(?:dis)?advantages?\b|\bpros?\b|\bcons?\b|\bbenefits?\b|\bdrawbacks?\b|\bstrengths?\b|\bweakness|\bchallenges?\b"
    r"|\blimitations?\b|\bfeatures?\b|优点|缺点|优势|劣势|不足|利点|欠点|メリット|デメリット|장점|단점|\bvorteile?\b|\bnachteile?\b"
    r"|\bavantages?\b|\binconvénients?\b|\bventajas?\b|\bdesventajas?\b|المزايا|العيوب",
    re.IGNORECASE,
)
_FUNCTION_WORDS = frozenset(
    """is are was were has have had does did can could will would should must may might not very more most than that
    this with from into also only""".split()  # noqa: SIM905
)
_ARTICLES = frozenset(
    {"a", "an", "the", "of", "in", "on", "to", "for", "its", "their", "ein", "eine", "le", "la", "el"}
)
_SHORTEST_VERB = 4


def section_rows(page: Entry, names: Names, what_it_is: str) -> Iterator[ComparisonRow]:
    """The rows of all places where entries stand for subjects; `what_it_is` heads what they begin with."""
    yield from _walk(page, names, what_it_is)


def _walk(entry: Entry, names: Names, what_it_is: str) -> Iterator[ComparisonRow]:
    entries = regrouped(entry.entries, names)
    if found := by_subject(entries, names):
        yield from _rows_of_subjects(entry, found, names, what_it_is)
        yield from _pairs(found, names)
    else:
        yield from _parallel(entries, names)
    for inner in entries:
        yield from _walk(inner, names, what_it_is)


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
    first = {
        s: _definition(entry, s, names) if sections else first_words(entry, s, names) for s, entry in found.items()
    }
    yield from row(aspect, rule, first)


def _statements(
    parent: Entry, statements: Mapping[str, Stretch], names: Names, *, comparing: bool, fallback: str
) -> Iterator[ComparisonRow]:
    """Labels such as "Docker shares the kernel": the words that all have after their subject are the aspect."""
    rests = {subject: _after_subject(label, names) for subject, label in statements.items()}
    shared = _shared_words([rest.text for rest in rests.values()]) if comparing else ""
    if shared:
        cut = {subject: rest.cut(len(shared), len(rest.text)) for subject, rest in rests.items()}
        yield from row(shared[0].upper() + shared[1:], LEADS, cut)
    else:
        yield from row(parent.name or fallback, LEADS, statements)


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
    telling = any(len(word) >= _SHORTEST_VERB and word.casefold() not in _FUNCTION_WORDS for word in shared)
    return " ".join(shared) if telling else ""


def _is_statement(entry: Entry, names: Names) -> bool:
    return entry.kind is Kind.LEAD and not exactly(entry.name, names) and beginning(entry.name, names) is not None


def _pairs(found: Mapping[str, Entry], names: Names) -> Iterator[ComparisonRow]:
    """A row for each label that stands below two subjects or more."""
    below = {subject: _by_key(regrouped(entry.entries, names), names) for subject, entry in found.items()}
    keys = dict.fromkeys(label for entries in below.values() for label in entries)
    for label in keys:
        paired = {subject: entries[label] for subject, entries in below.items() if label in entries}
        if len({id(entry) for entry in paired.values()}) > 1:
            title = next(iter(paired.values())).name
            aspect = label[0].upper() + label[1:] if names.named(title) else title
            yield from _rows_of(aspect, PER_SECTION, paired, names)


def _by_key(entries: Iterable[Entry], names: Names) -> Mapping[str, Entry]:
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry.label and (label := key(entry.name, names)):
            found.setdefault(label, entry)
    return found


def _parallel(entries: tuple[Entry, ...], names: Names) -> Iterator[ComparisonRow]:
    """Rows of sibling headings that say the same of each subject: "When to use A", "When to use B"."""
    groups: dict[str, dict[str, Entry]] = {}
    for entry in entries:
        named = names.named(entry.name)
        if entry.kind in {Kind.SECTION, Kind.PSEUDO, Kind.LEAD} and len(named) == 1 and key(entry.name, names):
            groups.setdefault(key(entry.name, names), {}).setdefault(named[0], entry)
    for label, group in groups.items():
        if len(group) > 1:
            yield from _rows_of(label[0].upper() + label[1:], PARALLEL, group, names)


def _rows_of(aspect: str, rule: str, paired: Mapping[str, Entry], names: Names) -> Iterator[ComparisonRow]:
    """One row of the entries' first words, or several of their items where the label announces a list of them."""
    items = {subject: _items(entry, subject, names) for subject, entry in paired.items()}
    count = min(map(len, items.values())) if _LISTS.search(aspect) else 0
    if count > 1:
        for index in range(min(count, _ITEMS)):
            yield from row(aspect, rule, {subject: several[index] for subject, several in items.items()})
    else:
        yield from row(aspect, rule, {subject: first_words(entry, subject, names) for subject, entry in paired.items()})


def row(aspect: str, rule: str, cells: Mapping[str, Stretch | None]) -> Iterator[ComparisonRow]:
    """A row of the cells that there are, if there are two or more."""
    found = tuple(
        ComparisonCell(subject=subject, text=cell.text, line=cell.line)
        for subject, cell in cells.items()
        if cell and cell.text
    )
    if len(found) > 1:
        yield ComparisonRow(aspect=title_of(aspect), rule=rule, cells=found)


def title_of(label: str) -> str:
    """A label as the title of a row: without ornaments, numbering and a last colon."""
    return bare(label).rstrip(":： ") or label


def _definition(entry: Entry, subject: str, names: Names) -> Stretch | None:
    """The first sentence of a section that names its subjects before any other, else its first sentence."""
    titled = exactly(entry.name, names) or (subject,)
    sentences = [sentence for text in entry.body for sentence in text.sentences() if _tells(sentence)]
    naming = (s for s in sentences if names.named(s.text)[: len(titled)] == titled)
    chosen = next(naming, sentences[0] if sentences else None)
    return _own(chosen, subject, names) if chosen else None


def first_words(entry: Entry, subject: str, names: Names) -> Stretch | None:
    """What an entry says first: its first sentence, or its first item."""
    sentences = (sentence for text in entry.body for sentence in text.sentences() if _tells(sentence))
    first = next(sentences, None)
    if first:
        return _own(first, subject, names)
    return next(iter(_items(entry, subject, names)), None)


def _items(entry: Entry, subject: str, names: Names) -> tuple[Stretch, ...]:
    """The first sentence of each item below an entry, the item's label included."""
    inner = entry.entries[0].entries if len(entry.entries) == 1 and not entry.entries[0].body else ()
    listed = (item for item in inner or entry.entries if item.kind not in {Kind.SECTION, Kind.PSEUDO})
    own = (_own(item, subject, names) for item in map(_of_item, listed) if item)
    return tuple(item for item in own if item)


def _of_item(entry: Entry) -> Stretch | None:
    """An item's words from its label to the end of its first sentence."""
    if not entry.body:
        return entry.label
    first = entry.body[0].sentences()[:1]
    sentence = first[0] if first else entry.body[0]
    if entry.label and entry.label.passage is sentence.passage:
        return Stretch(passage=sentence.passage, first=entry.label.first, last=sentence.last)
    return sentence


def _own(cell: Stretch, subject: str, names: Names) -> Stretch | None:
    """A cell, shortened, unless it speaks of other subjects only."""
    spoken = {mention.subject for mention in names.spoken_of(cell.text)}
    return None if spoken and subject not in spoken else cell.shortened(LONGEST)


def _tells(sentence: Stretch) -> bool:
    """Whether a sentence says something by itself: it asks and announces nothing."""
    return bool(sentence.text) and not sentence.text.endswith((":", "：", "?", "？"))
