"""Icons that a page sets by their names, and what a text has to say in their place."""

from __future__ import annotations

import re
from typing import Final

ICON: Final = re.compile(
    r"(?<![A-Za-z0-9]):(?:material|octicons|fontawesome-(?:brands|regular|solid)|simple)-(?P<name>[a-z0-9-]{1,60}):"
    r"(?![A-Za-z0-9])"
)
# Octicons end in their size.
_SIZE = re.compile(r"-(?:12|16|24|32|48|96)\Z")
_SIGNS: Final = {
    "\u2713": re.compile(r"(?:check|checkbox-marked|thumb-up|thumbs-up)(?:-|\Z)"),
    "\u2717": re.compile(r"(?:close|x|xmark|cancel|times|thumb-down|thumbs-down)(?:-|\Z)"),
    "\u2013": re.compile(r"(?:minus|dash)(?:-\d\d)?\Z"),
}


def sign_of(name: str) -> str:
    """The sign for an icon that means yes, no or neither; nothing for all others."""
    return next((sign for sign, meant in _SIGNS.items() if meant.match(name)), "")


def words_of(name: str) -> str:
    """What an icon shows, as its name tells: `clock-fast` is clock fast."""
    return _SIZE.sub("", name).replace("-", " ").strip()
