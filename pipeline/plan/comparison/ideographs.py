"""Patterns that tell letters from the signs of Chinese, Japanese and Korean, in the form that a text needs.

A set of so many characters takes Python before 3.12 milliseconds to compile, and most texts have none of them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

# In patterns, within brackets, `CJK` stands for these signs.
_RANGES: Final = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
_FIRST: Final = "\u2e80"


def pattern_for(text: str, pattern: str) -> re.Pattern[str]:
    """The pattern compiled so that it finds in this text what it should."""
    return _compiled(pattern, none=text.isascii() or max(text) < _FIRST)


def has_ideographs(text: str) -> bool:
    """Whether a text has a sign of Chinese, Japanese or Korean."""
    return pattern_for(text, "[CJK]").search(text) is not None


@lru_cache(maxsize=256)
def _compiled(pattern: str, *, none: bool) -> re.Pattern[str]:
    return re.compile(pattern.replace("CJK", _FIRST if none else _RANGES))
