"""What subjects with an entry each say alike: sentences that open with the same words, and items that share a word.

Both must be the only ones of their kind with either subject; what might as well be paired otherwise is left alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from pipeline.model.plan import ComparisonRow
from pipeline.plan.comparison.clauses import LONGEST
from pipeline.plan.comparison.ideographs import pattern_for
from pipeline.plan.comparison.labelled import Entry, Kind
from pipeline.plan.comparison.mentions import Names
from pipeline.plan.comparison.naming import by_subject, regrouped
from pipeline.plan.comparison.passages import Stretch
from pipeline.plan.comparison.rows import in_order, own, row, tells
from pipeline.plan.comparison.words import is_telling

ALIKE = "parallel-statements"
_OPENING_WORDS = 2
_LONGEST_ITEM = 100
_SHORTEST_OPENING = 4
_WORD = r"[^\W_CJK]+(?:[-'’][^\W_CJK]+)*"
_NO_OPENING = frozenset(
    """it its this that these those they he she we you i there here the a an and or but so if when while as in on at to
    of for from with by each every all both some most many no not is are was can may must will what which who also then
    however instead because since es er sie das der die ein eine il elle la le les un une el los las""".split()  # noqa: SIM905
)
_OPENS = frozenset({"for example", "for instance", "zum beispiel", "par exemple", "por ejemplo", "per esempio"})


def alike_rows(page: Entry, names: Names) -> Iterator[ComparisonRow]:
    """The rows of all places where entries stand for subjects."""
    entries = regrouped(page.entries, names)
    if found := by_subject(entries, names) or _of_one_each(entries, names):
        told = {subject: tuple(_statements(entry, subject, names)) for subject, entry in found.items()}
        yield from _rows({s: _by_opening(several) for s, several in told.items()}, names, fewest=2)
        items = {s: tuple(i for i in _items(entry) if len(i.text) <= _LONGEST_ITEM) for s, entry in found.items()}
        yield from _rows({s: _by_word(several, names) for s, several in items.items()}, names, len(items))
    for inner in entries:
        yield from alike_rows(inner, names)


def _of_one_each(entries: tuple[Entry, ...], names: Names) -> Mapping[str, Entry]:
    """The only section whose heading names a subject, for each of two or more: "Problems of A", "B"."""
    named = [(names.named(entry.name), entry) for entry in entries if entry.kind is Kind.SECTION]
    count = Counter(subject for subjects, _ in named for subject in subjects)
    alone = {subjects[0]: entry for subjects, entry in named if len(subjects) == 1 and count[subjects[0]] == 1}
    order = [subject.name for subject in names.subjects if subject.name in alone]
    return {name: alone[name] for name in order} if len(order) > 1 else {}


def _rows(known: Mapping[str, Mapping[str, Stretch]], names: Names, fewest: int) -> Iterator[ComparisonRow]:
    """A row for each mark that so many subjects have, no statement in more than one."""
    used: set[tuple[str, int, int]] = set()
    for mark in dict.fromkeys(mark for marks in known.values() for mark in marks):
        said = {
            subject: marks[mark]
            for subject, marks in known.items()
            if mark in marks and (subject, marks[mark].line, marks[mark].first) not in used
        }
        if len(said) >= fewest:
            used |= {(subject, cell.line, cell.first) for subject, cell in said.items()}
            cells = {subject: (cell.shortened(LONGEST),) for subject, cell in said.items()}
            yield from row(mark[0].upper() + mark[1:], ALIKE, in_order(cells, names))


def _statements(entry: Entry, subject: str, names: Names) -> Iterator[Stretch]:
    """The sentences of an entry that speak of no other subject, but for the first, which tells what the subject is."""
    sentences = [s for text in (*entry.body, *_items(entry)) for s in text.sentences if tells(s)]
    yield from (sentence for sentence in sentences[1:] if own(sentence, subject, names))


def _items(entry: Entry) -> Iterator[Stretch]:
    """The items without a label in the lists below an entry."""
    for inner in entry.entries:
        if inner.kind is Kind.NONE:
            yield from inner.body[:1]


def _by_opening(statements: tuple[Stretch, ...]) -> Mapping[str, Stretch]:
    """The statements by their first words, where these tell something and no other statement opens so."""
    opened = [(_opening(statement.text), statement) for statement in statements]
    count = Counter(opening for opening, _ in opened)
    return {opening: statement for opening, statement in opened if opening and count[opening] == 1}


def _opening(text: str) -> str:
    found = pattern_for(text, _WORD).findall(text[:_LONGEST_ITEM])
    words = [word.casefold() for word in found[:_OPENING_WORDS]]
    opening = " ".join(words)
    telling = len(words) == _OPENING_WORDS and words[0] not in _NO_OPENING and len(words[0]) >= _SHORTEST_OPENING
    return opening if telling or opening in _OPENS else ""


def _by_word(items: tuple[Stretch, ...], names: Names) -> Mapping[str, Stretch]:
    """The items by each telling word of theirs that no other item has."""
    named = {name.casefold() for subject in names.subjects for name in (subject.name, *subject.aliases)}
    worded = [(word, item) for item in items for word in dict.fromkeys(_stems(item.text)) if word not in named]
    count = Counter(word for word, _ in worded)
    return {word: item for word, item in worded if count[word] == 1}


def _stems(text: str) -> Iterator[str]:
    """The telling words of an item, in the singular; an acronym tells, however short."""
    for found in pattern_for(text, _WORD).finditer(text):
        word = found.group()
        if is_telling(word):
            yield word.casefold().removesuffix("s")
        elif word.isupper() and len(word) > 1:
            yield word
