"""The author's hints in comments: `<!-- slide: layout=two-column -->`, `<!-- deck: skip -->`, `<!-- notes: … -->`.

`<!-- sheet: skip -->` leaves the section that it stands in out of the comparison,
`<!-- sheet: keep -->` puts its rows first. `<!-- steps -->`, short for `<!-- slide: steps -->`, has what follows in its
section appear step by step.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.model.document import Hint
from pipeline.read.blocks.nodes import Comment

_HINT = re.compile(r"\s*(?P<on>slide|deck|handout|cheatsheet|sheet)\s*:(?P<words>.*)\Z", re.DOTALL)
_SHEETS_OWN: Final = frozenset({"skip", "keep"})
_STEPS: Final = "steps"
_NOTES = re.compile(r"\s*(?:speaker[ -])?notes\s*:", re.IGNORECASE)
_WITHIN = re.compile(
    r"(?:<!--|\{/\*)[ \t]*(?:(?:slide|deck|handout|cheatsheet|sheet)[ \t]*:|(?-i:steps)[ \t]*(?:-->|\*/\}))",
    re.IGNORECASE,
)
_WORD = re.compile(r"(?P<name>[\w-]+)(?:\s*[=:]\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s,;]+)))?")


def read_hints(comment: Comment) -> tuple[Hint, ...]:
    """The hints that a comment gives; none if it is meant for people. What is no hint stands among them as it is."""
    if comment.text.strip() == _STEPS:
        return (Hint(name=_STEPS, value="", span=comment.span),)
    found = _HINT.match(comment.text)
    if found is None:
        return ()
    others = _WORD.sub(" ", found["words"]).replace(",", " ").replace(";", " ").split()
    hints = (
        Hint(
            name=_name(m["name"].lower(), found["on"]),
            value=m["double"] or m["single"] or m["bare"] or "",
            span=comment.span,
        )
        for m in _WORD.finditer(found["words"])
    )
    return (*hints, *(Hint(name=other, value="", span=comment.span) for other in others))


def _name(word: str, on: str) -> str:
    """A hint's name; what is left out of the sheet or the handout, or kept there, is not so in the deck."""
    if word not in _SHEETS_OWN or on in {"slide", "deck"}:
        return word
    return f"{'handout' if on == 'handout' else 'sheet'}-{word}"


def hints_within(text: str) -> Iterator[int]:
    """Where hints begin that stand within a line of text, where none of them is followed."""
    for opening in _WITHIN.finditer(text):
        if text.count("`", 0, opening.start()) % 2 == 0:
            yield opening.start()


def spoken_within(comment: str) -> str | None:
    """What the speaker's notes say that a comment within a line of text holds, whose marks it has not; or None."""
    found = _NOTES.match(comment)
    return comment[found.end() :].strip() if found else None


def read_notes(comment: Comment) -> tuple[list[str], int] | None:
    """The lines of the speaker's notes that a comment holds and the source line of the first, or None."""
    found = _NOTES.match(comment.text)
    if found is None:
        return None
    before = comment.text.count("\n", 0, found.end())
    return comment.text[found.end() :].split("\n"), comment.lines_from + before
