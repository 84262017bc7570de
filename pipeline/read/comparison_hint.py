"""The author's word on the comparison, `compare:` in front matter.

Short, it names the subjects, in any of these forms:

    compare: Tea vs coffee
    compare: [Tea, Coffee]
    compare: {Tea: [chai], Coffee: [espresso]}

Long, it says more; each entry may be left out, and a subject too, of which the row then says nothing:

    compare:
      subjects: {Tea: [chai], Coffee: []}
      rows:
        Price: {Tea: two coins, Coffee: three coins}
      order: [Taste, Price]
      verdicts: {Tea: in the evening}

Aspects that `order` does not name follow those that it names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from pipeline.diagnostics import Span
from pipeline.model.document import ComparisonHint, StatedCell, StatedRow

_VERSUS = re.compile(r"\s+(?:vs\.?|versus)\s+|\s*,\s*", re.IGNORECASE)
_LONG: Final = frozenset({"subjects", "rows", "order", "verdicts"})
_MOST: Final = 100

Shown = Callable[[object], str]
"""A scalar as text on one line; empty for what has parts."""


def comparison_hint(value: object, lines: Sequence[str], span: Span, shown: Shown) -> ComparisonHint | None:
    """What `compare:` says, from its value and the front matter's lines; None where it says nothing that is known."""
    long = value if isinstance(value, dict) and _LONG & value.keys() else {}
    given = long.get("subjects") if long else value
    subjects = tuple(names for names in (_subject(entry, shown) for entry in _subject_entries(given)) if names)
    stated = _Stated(lines, span.first, shown)
    hint = ComparisonHint(
        subjects=subjects if len(subjects) > 1 else (),
        span=span,
        rows=tuple(stated.rows(long.get("rows"))),
        order=tuple(filter(None, map(shown, _listed(long.get("order"))))),
        verdicts=tuple(stated.cells(long.get("verdicts"), "verdicts")),
    )
    return hint if hint.subjects or hint.rows or hint.order or hint.verdicts else None


def unknown_entries(value: object, shown: Shown) -> tuple[str, ...]:
    """The entries of the long form that nothing reads."""
    long = isinstance(value, dict) and _LONG & value.keys()
    return tuple(shown(key) for key in value if key not in _LONG) if long and isinstance(value, dict) else ()


class _Stated:
    """Reads what is written out, with its lines."""

    def __init__(self, lines: Sequence[str], first: int, shown: Shown) -> None:
        self._lines = lines
        self._first = first
        self._shown = shown

    def rows(self, value: object) -> Iterator[StatedRow]:
        for aspect, entries in _pairs(value):
            name = self._shown(aspect)
            if cells := tuple(self.cells(entries, name)):
                yield StatedRow(aspect=name, cells=cells)

    def cells(self, value: object, below: str) -> Iterator[StatedCell]:
        start = self._line(f"{below}:", self._first)
        for subject, said in _pairs(value):
            name, text = self._shown(subject), self._shown(said)
            if name and text:
                line = self._line(text, self._line(f"{name}:", start))
                yield StatedCell(subject=name, text=text, line=line)

    def _line(self, text: str, start: int) -> int:
        """The first line, from `start` on, that has the text or the words that it begins with; else `start`."""
        words = text.split()
        for count in range(len(words), 0, -1):
            wanted = " ".join(words[:count])
            for number, line in enumerate(self._lines[start - 1 :], start):
                if wanted in " ".join(line.replace('"', "").replace("'", "").split()):
                    return number
        return start


def _pairs(value: object) -> Sequence[tuple[object, object]]:
    return [*value.items()][:_MOST] if isinstance(value, dict) else []


def _listed(value: object) -> Sequence[object]:
    return value[:_MOST] if isinstance(value, list) else [value]


def _subject_entries(value: object) -> list[tuple[object, object]]:
    """Each subject's name with what is given as its other names."""
    if isinstance(value, str):
        return [(name, None) for name in _VERSUS.split(value)]
    if isinstance(value, dict):
        return [*value.items()]
    entries: list[tuple[object, object]] = []
    for item in value if isinstance(value, list) else []:
        if isinstance(item, list) and item:
            entries.append((item[0], item[1:]))
        elif isinstance(item, dict):
            entries.extend([(item["name"], _others(item))] if "name" in item else item.items())
        else:
            entries.append((item, None))
    return entries


def _subject(entry: tuple[object, object], shown: Shown) -> tuple[str, ...]:
    name, others = entry
    given: Any = _others(others) if isinstance(others, dict) else others
    listed = given if isinstance(given, list) else shown(given).split(",")
    return tuple(dict.fromkeys(filter(None, (shown(name), *(shown(other).strip() for other in listed)))))


def _others(entry: Mapping[Any, Any]) -> object:
    return entry.get("aliases") or entry.get("names")
