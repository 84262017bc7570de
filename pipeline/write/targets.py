"""Page numbers printed beside links: WeasyPrint loses which target a number is of, so that some would stay outdated."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import unquote

from weasyprint.css.targets import TargetCollector


def keep_targets() -> None:
    """Let WeasyPrint lay out a page again when the target of `target-counter(attr(href url), page)` on it moved.

    It notes the target's name for that, but cannot tell it from an attribute and notes none.
    """
    if not hasattr(TargetCollector.collect_missing_counters, "__wrapped__"):
        naming = _naming(TargetCollector.collect_missing_counters)
        TargetCollector.collect_missing_counters = naming  # type: ignore[method-assign]  # there is no other way in


def _naming(collect: Callable[..., None]) -> Callable[..., None]:
    @wraps(collect)
    def collect_missing_counters(self: TargetCollector, box: Any, *args: Any) -> None:
        counters: dict[str | None, list[str]] = args[-1]
        if None in counters:
            counters[unquote(box.element.get("href") or "").removeprefix("#")] = counters.pop(None)
        collect(self, box, *args)

    return collect_missing_counters
