"""Icons that Material for MkDocs sets by their names: which of them say something that a text has to say in their place."""

from __future__ import annotations

import re
from typing import Final

ICON: Final = re.compile(
    r"(?<![A-Za-z0-9]):(?:material|octicons|fontawesome-(?:brands|regular|solid)|simple)-(?P<name>[a-z0-9-]{1,60}):"
    r"(?![A-Za-z0-9])"
)
# Octicons end in their size.
_SIZE = re.compile(r"-(?:12|16|24|32|48|96)\Z")
_YES = re.compile(r"(?:check|checkbox-marked|thumb-up|thumbs-up)(?:-|\Z)")
_NO = re.compile(r"(?:close|x|xmark|cancel|times|thumb-down|thumbs-down)(?:-|\Z)")


def sign_of(name: str) -> str:
    """The sign for an icon that means yes or no; nothing for all others."""
    return "\u2713" if _YES.match(name) else "\u2717" if _NO.match(name) else ""


def words_of(name: str) -> str:
    """What an icon shows, as its name tells: `clock-fast` is clock fast."""
    return _SIZE.sub("", name).replace("-", " ").strip()
