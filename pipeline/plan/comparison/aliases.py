"""The other names that a page gives a subject: from brackets, initials, plurals, and the labels that it uses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.model.plan import Subject
from pipeline.plan.comparison.ideographs import pattern_for
from pipeline.plan.comparison.mentions import name_pattern

_NEAR = 120
_WORD = re.compile(r"[^\W_]+")
_PHRASE_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|[^\w\s]+")
_BRACKETED = re.compile(r"\s?[(（]([^()（）\n]{1,48})[)）]")
_ALSO = re.compile(
    r"^(?:(?:often|sometimes|usually|commonly)\s+)?(?:also\s+)?(?:called|known\s+as|aka|a\.k\.a\.|auch(?:\s+genannt)?"
    r"|又称|又叫|也叫|也称|简称|以下简称)\s*[:：]?\s*(.+)$",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"[A-Z][a-z]+(?:[A-Z][a-z]+)+")
_LINKING = frozenset(
    {"the", "for", "with", "from", "using", "der", "die", "das", "les", "des", "los", "las", "und", "and"}
)
_EXTENSION = re.compile(r"\.(?:js|net|io|py|rs)$", re.IGNORECASE)


def with_aliases(names: tuple[tuple[str, ...], ...], text: str, labels: frozenset[str]) -> tuple[Subject, ...]:
    """The subjects, each from its name and the other names that are known, with those that the page's text gives.

    `labels` are the page's headings and other labels. A name that two subjects share is a name of neither.
    """
    firsts = tuple(known[0] for known in names)
    found = [tuple(dict.fromkeys((*known[1:], *_derived(known[0], firsts, text, labels)))) for known in names]
    taken = Counter(name.casefold() for name in firsts)
    taken.update(key for others in found for key in {other.casefold() for other in others})
    return tuple(
        Subject(name=name, aliases=tuple(other for other in others if taken[other.casefold()] == 1))
        for name, others in zip(firsts, found, strict=True)
    )


def initials(name: str) -> str:
    """The initials of a name of several words: "Virtual Machine" gives "VM"."""
    words = _WORD.findall(name)
    return "".join(word[0] for word in words).upper() if len(words) > 1 else ""


def _derived(name: str, names: tuple[str, ...], text: str, labels: frozenset[str]) -> Iterator[str]:
    if (short := initials(name)) and (_stands(short, text) or _stands(f"{short}s", text)):
        yield short
    yield from _camel_initials(name, text)
    yield from _bracketed(name, text)
    yield from _spelled_out(name, text)
    yield from (
        other
        for other in (*_without_extension(name), *_completed(name, names), *_without_shared(name, names))
        if _stands(other, text)
    )
    parts = {part.casefold() for part in _parts(name)}
    yield from sorted(label for label in labels if label.casefold() in parts)


def _camel_initials(name: str, text: str) -> Iterator[str]:
    """The initials of a name that the page writes with capitals within: "zk" of "ZooKeeper", as often as it is used."""
    spelled = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) if _CAMEL.fullmatch(name) else None
    spelled = spelled or next(
        (m for m in re.finditer(re.escape(name), text, re.IGNORECASE) if _CAMEL.fullmatch(m[0])), None
    )
    short = "".join(filter(str.isupper, spelled[0])) if spelled else ""
    for form in (short, short.lower()):
        if len(short) > 1 and len(re.findall(rf"(?<![A-Za-z0-9-]){form}(?![A-Za-z0-9])", text)) > 1:
            yield form


def _stands(name: str, text: str) -> bool:
    """Whether a text has a name as it is, without an ending; initials count in capitals only."""
    flags = re.NOFLAG if name.isupper() or name[:-1].isupper() else re.IGNORECASE
    return re.search(rf"(?<![A-Za-z0-9-]){re.escape(name)}(?![A-Za-z0-9])", text, flags) is not None


def _bracketed(name: str, text: str) -> Iterator[str]:
    """What stands in brackets after a name: "Virtual Machine (VM)", "swapping (also called paging)"."""
    for match in pattern_for(text, name_pattern(name)).finditer(text):
        bracket = _BRACKETED.match(text, match.end())
        inside = bracket[1].strip() if bracket else ""
        if also := _ALSO.match(inside):
            yield also[1].strip(" \"'“”")
        elif inside and (inside.upper() == initials(name) or initials(inside) == name.upper()):
            yield inside


def _spelled_out(name: str, text: str) -> Iterator[str]:
    """The long form that stands before a name in brackets: "JSON Web Token (JWT)"."""
    if not name.isupper():
        return
    for match in re.finditer(rf"\s*[(（]{re.escape(name)}s?[)）]", text):
        near = max(0, match.start() - _NEAR)
        words = list(_PHRASE_WORD.finditer(text, near, match.start()))[-len(name) :]
        phrases = (text[word.start() : match.start()] for word in words)
        yield from (phrase for phrase in phrases if initials(phrase) == name and "\n" not in phrase)


def _without_extension(name: str) -> Iterator[str]:
    """A name without the extension of its kind: "Vue" of "Vue.js"."""
    if _EXTENSION.search(name):
        yield _EXTENSION.sub("", name)


def _completed(name: str, names: tuple[str, ...]) -> Iterator[str]:
    """A name with the word that the last one has for all: "Vertical Partitioning" in "Vertical vs Horizontal …"."""
    last = names[-1].split()[-1]
    if name != names[-1] and last != names[-1] and not name.casefold().endswith(last.casefold()):
        yield f"{name} {last}"


def _without_shared(name: str, names: tuple[str, ...]) -> Iterator[str]:
    """A name without the word that all begin with: "Rebase" of "Git Merge vs Git Rebase"."""
    words = [other.casefold().split() for other in names]
    alike = len(names) > 1 and all(len(each) > 1 and each[0] == words[0][0] for each in words)
    if alike and len(words[0][0]) > len("in") and words[0][0] not in _LINKING:
        yield name.split(maxsplit=1)[1]


def _parts(name: str) -> Iterator[str]:
    """A name of several words less its first or its last ones, in plural and singular: "Kafka" of "Apache Kafka"."""
    words = name.split()
    for cut in range(1, len(words)):
        for part in (" ".join(words[:cut]), " ".join(words[cut:])):
            yield part
            yield part.removesuffix("s")
            yield f"{part}s"
