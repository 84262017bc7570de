"""The author's hints in comments: `<!-- slide: layout=two-column -->`, `<!-- deck: skip -->`, `<!-- notes: … -->`."""

from __future__ import annotations

import re

from pipeline.model.document import Hint
from pipeline.read.blocks.nodes import Comment

_HINT = re.compile(r"\s*(?:slide|deck|handout|cheatsheet)\s*:(?P<words>.*)\Z", re.DOTALL)
_NOTES = re.compile(r"\s*(?:speaker[ -])?notes\s*:", re.IGNORECASE)
_WORD = re.compile(r"(?P<name>[\w-]+)(?:\s*[=:]\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s,;]+)))?")


def read_hints(comment: Comment) -> tuple[Hint, ...]:
    """The hints that a comment gives; none if it is meant for people."""
    found = _HINT.match(comment.text)
    if found is None:
        return ()
    return tuple(
        Hint(name=m["name"].lower(), value=m["double"] or m["single"] or m["bare"] or "", span=comment.span)
        for m in _WORD.finditer(found["words"])
    )


def read_notes(comment: Comment) -> tuple[list[str], int] | None:
    """The lines of the speaker's notes that a comment holds and the source line of the first, or None."""
    found = _NOTES.match(comment.text)
    if found is None:
        return None
    before = comment.text.count("\n", 0, found.end())
    return comment.text[found.end() :].split("\n"), comment.lines_from + before
