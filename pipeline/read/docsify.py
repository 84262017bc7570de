"""What Docsify adds: paragraphs that `!>` or `?>` make notices, and its settings behind headings and in titles."""

from __future__ import annotations

import re

from pipeline.model.document import CalloutKind

_NOTICE = re.compile(r"(?P<sign>[!?])>[ \t]+(?=\S)")
_BEHIND_HEADING = re.compile(
    r"[ \t]+(?::id=(?P<id>[\w-]+)|\{docsify-[a-z-]+\}|<!--[ \t]*\{docsify-[a-z-]+\}[ \t]*-->)[ \t]*\Z"
)
_SETTINGS = re.compile(r"(?::[a-z]+(?:=\S+)?(?:\s+|\Z))+")


def notice_in(line: str) -> tuple[CalloutKind, str] | None:
    """The kind of the notice that a paragraph is which begins with that line, and the line without its mark."""
    mark = _NOTICE.match(line)
    if mark is None:
        return None
    return CalloutKind.IMPORTANT if mark["sign"] == "!" else CalloutKind.TIP, line[mark.end() :]


def without_heading_settings(line: str) -> tuple[str, str]:
    """A heading's last line without what stands behind its text for the site, and the id that it gives."""
    found = _BEHIND_HEADING.search(line[-200:])
    return (line[: -len(found[0])], found["id"] or "") if found else (line, "")


def without_settings(title: str) -> str:
    """A title of a link or picture without what it tells the site, as `:size=50x100` or `:ignore`."""
    return _SETTINGS.sub("", title, count=1) if title.startswith(":") else title
