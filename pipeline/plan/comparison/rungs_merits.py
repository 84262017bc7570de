"""Sentences that say of themselves that they tell a merit or a fault: "The downside of A is …", "A 的缺点是 …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.model.plan import ComparisonRow
from pipeline.plan.comparison.clauses import LONGEST, opening_words
from pipeline.plan.comparison.labelled import Entry
from pipeline.plan.comparison.mentions import Names
from pipeline.plan.comparison.naming import exactly
from pipeline.plan.comparison.passages import Stretch
from pipeline.plan.comparison.rows import Said, in_order, row, tells

MERITS = "merits"
_PART = re.compile(r"[;；]\s*")
_MERIT = re.compile(
    r"^(?:(?:on the|the|a|an|its|their|one|another|der|die|das|ein|eine|le|la|un|une|el|una|o|a)\s+)?"
    r"(?:(?:main|big|biggest|key|only|other|primary|major|clear|größte|wichtigste|principal)\s+)?"
    r"(?P<word>downside|upside|advantage|disadvantage|benefit|drawback|strength|weakness|limitation|vorteil|nachteil"
    r"|avantage|inconvénient|ventaja|desventaja|vantagem|desvantagem)s?\b(?!\s+(?:and|und|et|y|e)\b)"
    r"|^[^，。；]{0,16}?(?P<cjk>优点|缺点|优势|劣势|好处|不足|メリット|デメリット|장점|단점)(?=是|在于|就是|为|：|は|은|는)",
    re.IGNORECASE,
)


def merit_rows(page: Entry, names: Names) -> Iterator[ComparisonRow]:
    """A row for each such word, with the first sentence that has it of each subject."""
    found: dict[str, dict[str, tuple[Stretch, ...]]] = {}
    for word, subject, sentence in _told(page, names, None):
        found.setdefault(word, {}).setdefault(subject, (sentence.shortened(LONGEST),))
    for word, said in found.items():
        cells: Said = in_order(said, names)
        yield from row(word[0].upper() + word[1:], MERITS, cells, fewest=1)


def _told(entry: Entry, names: Names, within: str | None) -> Iterator[tuple[str, str, Stretch]]:
    """The words, the subjects and the sentences; `within` is the subject of the section that they stand in."""
    titled = exactly(entry.name, names) if entry.label else ()
    within = titled[0] if len(titled) == 1 else None if names.named(entry.name) else within
    for text in entry.own_texts:
        for sentence in filter(tells, text.sentences):
            yield from _parts(sentence, names, within)
    for inner in entry.entries:
        yield from _told(inner, names, within)


def _parts(sentence: Stretch, names: Names, within: str | None) -> Iterator[tuple[str, str, Stretch]]:
    """The parts of a sentence between semicolons that tell a merit; a part that names nobody goes on with the last."""
    edges = [0, *(found.end() for found in _PART.finditer(sentence.text)), len(sentence.text)]
    for first, last in pairwise(edges):
        part = opening_words(sentence.cut(first, last)) if len(edges) > len(("start", "end")) else sentence
        match = _MERIT.match(opening_words(part).text)
        named = {mention.subject for mention in names.spoken_of(part.text)}
        within = next(iter(named)) if len(named) == 1 else None if named else within
        if match and within:
            yield (match["word"] or match["cjk"]).casefold(), within, part
