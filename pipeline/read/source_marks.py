"""The marks of dialects among the words of source lines: what of them says something, the rest being markup.

Like `source_words`, this belongs to the other side of the ledger and knows nothing of how the parser reads.
"""

from __future__ import annotations

import re

_PREFIX = r"^(?:[ \t>]|[-+*][ \t]|\d{1,9}[.)][ \t])*"
_SLASHES = re.compile(_PREFIX + r"/{3,}[ \t]*(?P<name>[A-Za-z][\w-]*)[ \t]*(?:\|(?P<title>.*))?$", re.MULTILINE)


def without_marks(text: str) -> str:
    """Prose without the marks of these dialects; what they say to a reader stays."""
    return _SLASHES.sub(_said_by_slashes, text) if "///" in text else text


def _said_by_slashes(opening: re.Match[str]) -> str:
    """The title of a block, which for an element of HTML is its name and class."""
    return " " if opening["name"] in {"html", "fancylists"} else opening["title"] or " "
