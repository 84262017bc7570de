"""Front matter's entries as typed metadata."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from enum import Enum
from typing import Any, Final, TypeVar

from pipeline.diagnostics import Span
from pipeline.model.document import ComparisonHint, Metadata
from pipeline.read.comparison_hint import comparison_hint, unknown_entries
from pipeline.read.context import Sink
from pipeline.read.frontmatter import FrontMatter
from pipeline.read.home import home_title
from pipeline.settings import HandoutLayout, Ink, Overrides, Paper, Prose, Sides
from pipeline.units import Aspect

_Choice = TypeVar("_Choice", bound=Enum)

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*\Z")
_MOST_ENTRIES = 100
_LONGEST = 2_000
_LONGEST_SHOWN: Final = 60
_DECK: Final = ("prose", "theme", "aspect", "template")
_HANDOUT: Final = ("paper", "layout", "ink", "sides")
_GROUPS: Final = ("deck", "handout", "compare")
_DESCRIPTIONS: Final = ("description", "summary", "excerpt", "abstract")
_LINK = re.compile(r"\[([^\[\]]+)\]\([^()\s]*\)")


def read_metadata(front: FrontMatter, lines: Sequence[str], sink: Sink) -> Metadata:
    """What the front matter says, as far as it is shown or shapes the build."""
    entries = {key.lower(): value for key, value in front.entries.items()}
    reader = _Entries(entries, lines[: front.body], sink)
    reader.tell_misspelt()
    return Metadata(
        title=_text(entries.get("title")) or home_title(front.entries)[0],
        subtitle=_text(entries.get("subtitle")),
        description=next((text for key in _DESCRIPTIONS if (text := _text(entries.get(key)))), ""),
        authors=_names(entries.get("authors") or entries.get("author")),
        date=_text(entries.get("date")),
        keywords=_words(entries.get("keywords")) or _words(entries.get("tags")),
        overrides=reader.overrides(),
        theme_span=reader.span_in_deck("theme"),
        template_span=reader.span_in_deck("template"),
        compare=reader.comparison(),
        span=front.span,
    )


def title_span(front: FrontMatter, lines: Sequence[str]) -> Span | None:
    """The line of the front matter on which the title stands."""
    if front.span is None:
        return None
    own = any(key.lower() == "title" for key in front.entries)
    return entry_span("title" if own else home_title(front.entries)[1] or "title", lines[: front.body])


def entry_span(key: str, lines: Sequence[str]) -> Span:
    """The first of the lines that names the key, or the first of all."""
    mark = re.compile(rf"(?:\A|[\s{{\",'\[]){re.escape(key)}[\"']?\s*[:=\]]", re.IGNORECASE)
    line = next((i for i, text in enumerate(lines, start=1) if mark.search(text)), 1)
    return Span(first=line, last=line)


def stated_language(front: FrontMatter) -> str:
    """The language that the front matter names, or the empty string."""
    for key in ("lang", "language", "locale"):
        value = _text(front.entries.get(key))
        if _LANGUAGE.match(value):
            return value.replace("_", "-")
    return ""


def substitutions(front: FrontMatter) -> Mapping[str, str]:
    """The texts that MyST puts in the place of their names, and Quarto in that of `meta` and an entry's name."""
    myst = front.entries.get("myst")
    groups = (front.entries.get("substitutions"), myst.get("substitutions") if isinstance(myst, dict) else None)
    found = (entry for group in groups if isinstance(group, dict) for entry in group.items())
    own = {f"meta {name}": text for name, value in front.entries.items() if (text := _text(value))}
    return own | {str(name): text for name, value in found if (text := _text(value))}


class _Entries:
    """Reads the entries that are ours and must be right."""

    def __init__(self, entries: Mapping[str, Any], lines: Sequence[str], sink: Sink) -> None:
        self._entries = entries
        self._lines = lines
        self._sink = sink

    def tell_misspelt(self) -> None:
        """Warn of groups that are named nearly, but not quite, like ours; others are the site's own."""
        for name, value in self._entries.items():
            near = get_close_matches(name, _GROUPS, 1, 0.8) if isinstance(value, dict) and name not in _GROUPS else []
            if near and near[0] not in self._entries:
                message = f"{name[:_LONGEST_SHOWN]} is nothing that is known here"
                span = entry_span(name, self._lines)
                self._sink.warn("unknown-setting", message, span, hint=f"did you mean {near[0]}?")

    def overrides(self) -> Overrides:
        """The settings that the page changes for itself."""
        deck, handout = self._group("deck", _DECK), self._group("handout", _HANDOUT)
        return Overrides(
            prose=self._choice("deck", "prose", deck.get("prose"), Prose),
            theme=_text(deck.get("theme")) or None,
            aspect=self._choice("deck", "aspect", _proportions(deck.get("aspect")), Aspect),
            template=_text(deck.get("template")) or None,
            paper=self._choice("handout", "paper", handout.get("paper"), Paper),
            handout_layout=self._choice("handout", "layout", handout.get("layout"), HandoutLayout),
            handout_ink=self._choice("handout", "ink", handout.get("ink"), Ink),
            handout_sides=self._choice("handout", "sides", handout.get("sides"), Sides),
        )

    def span_in_deck(self, name: str) -> Span | None:
        """The line that gives a value to a name of the deck's, if one does."""
        deck = self._entries.get("deck")
        named = isinstance(deck, dict) and _text(deck.get(name))
        return self._span_within("deck", name) if named else None

    def comparison(self) -> ComparisonHint | None:
        """What `compare:` says."""
        value = self._entries.get("compare")
        if value is None:
            return None
        span = entry_span("compare", self._lines)
        for name in unknown_entries(value, _text):
            message = f"compare has no entry {name[:_LONGEST_SHOWN]}"
            self._sink.warn("unknown-setting", message, span, hint="there are subjects, rows, order and verdicts")
        hint = comparison_hint(value, self._lines, span, _text)
        if hint is None:
            self._warn(
                span, "compare names no two subjects", "write `compare: [A, B]` or `compare: {A: [other names]}`"
            )
        return hint

    def _group(self, key: str, known: tuple[str, ...]) -> Mapping[str, Any]:
        """The entries under a key; those that nothing knows are told."""
        value = self._entries.get(key)
        if isinstance(value, dict):
            for name in (str(name) for name in value if name not in known):
                near = get_close_matches(name, known, 1)
                hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
                hint = hint if len(known) > 1 or near else f"there is only {known[0]}"
                self._sink.warn(
                    "unknown-setting",
                    f"{key} has no setting {name[:_LONGEST_SHOWN]}",
                    self._span_within(key, name),
                    hint=hint,
                )
            return value
        if value is not None:
            span = entry_span(key, self._lines)
            self._warn(span, f"{key} holds no entries", f"write it like `{key}: {{{known[0]}: …}}`")
        return {}

    def _choice(self, group: str, key: str, value: object, choices: type[_Choice]) -> _Choice | None:
        if value is None:
            return None
        name = _text(value).lower()
        for choice in choices:
            if choice.value == name:
                return choice
        known = ", ".join(str(choice.value) for choice in choices)
        self._warn(self._span_within(group, key), f"{key} cannot be {name or 'that'}", f"it is one of {known}")
        return None

    def _span_within(self, group: str, key: str) -> Span:
        """The line that names a key of a group, which other entries may be called as well."""
        above = entry_span(group, self._lines).first - 1
        line = entry_span(key, self._lines[above:]).first + above
        return Span(first=line, last=line)

    def _warn(self, span: Span, message: str, hint: str) -> None:
        self._sink.warn("bad-setting", message, span, hint=hint)


def _proportions(value: object) -> object:
    """Proportions as they are written: YAML takes `4:3` for minutes and seconds."""
    return f"{value // 60}:{value % 60}" if isinstance(value, int) and not isinstance(value, bool) else value


def _text(value: object) -> str:
    """A scalar on one line; nothing for what has parts."""
    if value is None or isinstance(value, dict | list | tuple):
        return ""
    try:
        text = str(value)[:_LONGEST]
    except ValueError:  # a number of thousands of digits
        return ""
    return " ".join(text.encode("utf-8", "replace").decode().split())


def _names(value: object) -> tuple[str, ...]:
    """The people of a name, a list of names, or entries that have a name each."""
    if isinstance(value, dict):
        named = _text(value.get("name"))
        return (
            (named,)
            if named
            else tuple(filter(None, (_name(v) or str(k) for k, v in [*value.items()][:_MOST_ENTRIES])))
        )
    values = value if isinstance(value, list) else [value]
    return tuple(filter(None, map(_name, values[:_MOST_ENTRIES])))


def _name(value: object) -> str:
    """A name as text: of one that is written as a Markdown link, what it shows."""
    named = _text(value.get("name") or value.get("title")) if isinstance(value, dict) else _text(value)
    return _LINK.sub(r"\1", named)


def _words(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else _text(value).split(",")
    return tuple(filter(None, (_name(word) for word in (v.strip() if isinstance(v, str) else v for v in values))))
