"""Lines that end where other text begins: WeasyPrint counts the space there, and breaks too early for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from math import inf
from typing import Any

from weasyprint.layout import inline

# A line may be broken too early that is filled to less than this part, or before no more than so many letters.
_FILLED = 0.75
_LITTLE = 30
_COLLAPSING = ("normal", "nowrap", "pre-line")


def keep_line_ends() -> None:
    """Let WeasyPrint keep a text on a line that has room for all of it but the space at its end.

    It would break it after its first word: it takes the text for one that can be broken nowhere.
    """
    splitting = inline.__dict__["split_first_line"]  # a name that it imports and does not export
    if not hasattr(splitting, "__wrapped__"):
        inline.__dict__["split_first_line"] = _hanging(splitting)


def _hanging(split: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(split)
    def split_first_line(text: str, style: Any, context: Any, max_width: Any, *given: Any, **options: Any) -> Any:
        found = split(text, style, context, max_width, *given, **options)
        _, _, goes_on, width, *_ = found
        if goes_on is None or max_width is None or not text.endswith(" ") or style["white_space"] not in _COLLAPSING:
            return found
        if width < _FILLED * max_width or len(text) - goes_on <= _LITTLE:
            _, _, goes_on, *_ = split(text.rstrip(" "), style, context, max_width, *given, **options)
            if goes_on is None:
                return split(text, style, context, inf, *given, **options)
        return found

    return split_first_line
