"""Lines that end where other text begins: WeasyPrint counts the space there, and if that has no room breaks too early."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from math import inf
from typing import Any

from weasyprint.layout import inline

# A line that is filled to less than this part of its width may have been broken too early.
_FILLED = 0.75
_COLLAPSING = ("normal", "nowrap", "pre-line")


def keep_line_ends() -> None:
    """Let WeasyPrint keep a text on a line that has room for all of it but the space at its end.

    It would break it after its first word: it takes the text for one that can be broken nowhere.
    """
    if not hasattr(inline.split_first_line, "__wrapped__"):
        inline.split_first_line = _hanging(inline.split_first_line)


def _hanging(split: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(split)
    def split_first_line(text: str, style: Any, context: Any, max_width: Any, *given: Any, **options: Any) -> Any:
        found = split(text, style, context, max_width, *given, **options)
        _, _, goes_on, width, *_ = found
        early = goes_on is not None and max_width is not None and width < _FILLED * max_width
        if early and text.endswith(" ") and style["white_space"] in _COLLAPSING:
            _, _, goes_on, *_ = split(text.rstrip(" "), style, context, max_width, *given, **options)
            if goes_on is None:
                return split(text, style, context, inf, *given, **options)
        return found

    return split_first_line
