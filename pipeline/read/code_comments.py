"""Comments in code that are meant for the site: what they say of lines, and the marks of notes below the code."""

from __future__ import annotations

import re
from typing import Final

from pipeline.read.fences import Info

# The signs that a comment begins and ends with.
_OPENING: Final = r"(?://|#|--|;|%|/\*|<!--|\{/\*|\{#)"
_CLOSING: Final = r"(?:\*/\}|\*/|-->|#\})"
# `// highlight-next-line` on a line of its own, and `// [!code ++]` at the end of one.
_MAGIC = re.compile(
    rf"\s*{_OPENING}\s*"
    r"(?:(?:code-|diff-)?(?P<kind>highlight|focus|error|warning|success|add(?:ed)?|insert(?:ed)?|removed?|deleted?)"
    r"-(?P<what>next-line|line|start|end)|\[!code\s+(?P<code>[\w+-]+)(?::(?P<count>\d{1,4}))?[^\]]*\])"
    rf"\s*{_CLOSING}?\s*\Z"
)
_MAGIC_WORDS = ("-line", "-start", "-end", "[!code")
_SIGNS: Final = {"+": "+", "a": "+", "i": "+", "-": "-", "r": "-", "d": "-"}
# Material for MkDocs takes the signs of a comment away with `!`.
_NOTED = re.compile(rf"\((?P<number>\d{{1,3}})\)!(?P<end>\s*{_CLOSING}?\s*\Z)")
_OPENED = re.compile(_OPENING)
_JUST_OPENED = re.compile(rf"{_OPENING}\s*\Z")
# What rustdoc and mdBook compile and do not show; a second sign makes it a line that begins with one.
_HIDDEN = re.compile(r"\s*#(?: |\Z)")


def without_hidden(lines: list[str], info: Info) -> list[str]:
    """The lines without those that are hidden in Rust, unless all are."""
    if info.language.lower() not in ("rust", "rs"):
        return lines
    return [line for line in lines if not _HIDDEN.match(line)] or lines


def without_magic(lines: list[str], info: Info) -> tuple[list[str], tuple[int, ...]]:
    """The lines without comments that are meant for the highlighter, and the lines that are marked then.

    Where some are added or removed, every line begins with a sign for that or with a gap, as those of a patch do.
    """
    shown: list[str] = []
    marked = set(info.marked)
    signs = {**dict.fromkeys(info.added, "+"), **dict.fromkeys(info.removed, "-")}
    block: str | None = None
    sign, left = "", 0
    for line in lines:
        magic = _MAGIC.search(line) if any(word in line for word in _MAGIC_WORDS) else None
        if magic:
            said = _SIGNS.get((magic["kind"] or magic["code"])[0], "")
            if magic["what"] in ("start", "end"):
                block = said if magic["what"] == "start" else None
            else:
                sign, left = said, int(magic["count"] or 1)
            if not line[: magic.start()].strip():
                continue
        shown.append(line[: magic.start()] if magic else line)
        if left or block is not None:
            marked.add(len(shown))
            signs.setdefault(len(shown), (sign if left else block) or " ")
        left = max(0, left - 1)
    if any(signs.get(n, " ") != " " for n in range(1, len(shown) + 1)):
        shown = [f"{signs.get(n, ' ')} {line}".rstrip() for n, line in enumerate(shown, start=1)]
    return shown, tuple(sorted(n for n in marked if n <= len(shown)))


def with_clean_marks(lines: list[str], notes: int) -> list[str]:
    """The lines with `(1)` in the place of `# (1)!`, if as many notes follow the code."""
    return [_clean(line, notes) if ")!" in line else line for line in lines]


def _clean(line: str, notes: int) -> str:
    mark = _NOTED.search(line)
    if mark is None or not 0 < int(mark["number"]) <= notes:
        return line
    before = line[: mark.start()]
    alone = _JUST_OPENED.search(before)
    if alone:
        return f"{line[: alone.start()]}({mark['number']})"
    return f"{before}({mark['number']}){mark['end']}" if _OPENED.search(before) else line
