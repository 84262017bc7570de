"""Which subjects a label names, and which of several entries belongs to which subject."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from pipeline.plan.comparison.labelled import Entry, Kind
from pipeline.plan.comparison.mentions import Names
from pipeline.plan.comparison.subjects import compares
from pipeline.plan.comparison.titles import bare, core

_JOINERS = re.compile(r"[\s,，、/&+]+|\b(?:and|und|et|y|e|or|the|a|an)\b|和|与|と", re.IGNORECASE)
_PUNCTUATION = re.compile(r"[^\w\s]+")
_FEWEST = 2
_SHORTEST_STEM = 4
_LONGEST_ENDING = 4
_WORDY = frozenset({Kind.SECTION, Kind.PSEUDO, Kind.LEAD})


def exactly(label: str, names: Names) -> tuple[str, ...]:
    """The subjects that a label consists of: of "The Docker" one, of "Cookies and Sessions" two, of others none."""
    text = core(label)
    rest = text
    for mention in reversed(names.find(text)):
        rest = rest[: mention.first] + " " + rest[mention.last :]
    return () if _PUNCTUATION.sub("", _JOINERS.sub("", rest)).strip() else names.named(text)


def beginning(label: str, names: Names) -> str | None:
    """The one subject that a label names, if it begins with it."""
    text = bare(label)
    mention = names.leading(text)
    return mention.subject if mention and len(names.named(text)) == 1 else None


def key(label: str, names: Names) -> str:
    """A label without its ornaments and the subjects that it names, for finding its like."""
    return without_names(core(label), names).casefold()


def without_names(label: str, names: Names) -> str:
    """A label's words without pictographs, punctuation and the subjects that it names."""
    text = bare(label)
    for mention in reversed(names.find(text)):
        text = text[: mention.first] + " " + text[mention.last :]
    return " ".join(_PUNCTUATION.sub(" ", text).split())


def by_subject(entries: Iterable[Entry], names: Names) -> Mapping[str, Entry]:
    """The entries that are about one subject each, in the order of the subjects; empty with fewer than two."""
    entries = tuple(entry for entry in entries if entry.label)
    found: dict[str, Entry] = {}
    named = [(exactly(entry.name, names), entry) for entry in entries]
    for subjects, entry in sorted(named, key=lambda each: len(each[0])):
        if len(subjects) == 1 or not compares(entry.name):
            found.update({subject: entry for subject in subjects if subject not in found})
    for subject, entry in _begun(entries, names).items():
        found.setdefault(subject, entry)
    if len({id(entry) for entry in found.values()}) < _FEWEST:
        found = dict(_by_stem(entries, names)) or found
    order = [subject.name for subject in names.subjects if subject.name in found]
    return {name: found[name] for name in order} if len({id(entry) for entry in found.values()}) >= _FEWEST else {}


def _by_stem(entries: tuple[Entry, ...], names: Names) -> Mapping[str, Entry]:
    """One section for each subject, by a word of the same stem ("banking" of "Banks"); empty where that is not sure."""
    sections = [entry for entry in entries if entry.kind is Kind.SECTION]
    stems = {s.name: s.name.casefold().removesuffix("s") for s in names.subjects if s.name.isalpha()}
    found: dict[str, Entry] = {}
    for entry in sections:
        words = _JOINERS.sub(" ", core(entry.name)).casefold().split()
        alike = [name for name, stem in stems.items() if any(grows_from(stem, word) for word in words)]
        if len(alike) == 1:
            found.setdefault(alike[0], entry)
    return found if len(found) == len(names.subjects) == len(sections) else {}


def grows_from(stem: str, word: str) -> bool:
    """Whether a word is a stem of some length with an ending or without."""
    return len(stem) >= _SHORTEST_STEM and word.startswith(stem) and len(word) <= len(stem) + _LONGEST_ENDING


def _begun(entries: tuple[Entry, ...], names: Names) -> Mapping[str, Entry]:
    """The entries whose labels begin with a subject: those that go on alike, else each subject's only one."""
    begun: dict[str, list[Entry]] = {}
    for entry in entries:
        heads_list = entry.kind is Kind.COLON and not entry.body and entry.entries
        subject = beginning(entry.name, names) if entry.kind in _WORDY or heads_list else None
        if subject:
            begun.setdefault(subject, []).append(entry)
    uses = Counter(rest for several in begun.values() for rest in {key(entry.name, names) for entry in several})
    alike = {
        subject: next((entry for entry in several if uses[key(entry.name, names)] > 1), None)
        for subject, several in begun.items()
    }
    only = {subject: several[0] for subject, several in begun.items() if len(several) == 1}
    return only | {subject: entry for subject, entry in alike.items() if entry}


def regrouped(entries: tuple[Entry, ...], names: Names) -> tuple[Entry, ...]:
    """The entries, where pseudo headings that are subjects take those that follow up to the next such."""
    result: list[Entry] = []
    for entry in entries:
        last = result[-1] if result else None
        pseudo = entry.kind is Kind.PSEUDO and last and last.kind is Kind.PSEUDO
        if pseudo and last and exactly(last.name, names) and not exactly(entry.name, names):
            result[-1] = replace(last, entries=(*last.entries, entry))
        else:
            result.append(entry)
    return tuple(result)
