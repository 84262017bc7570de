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
    def collect_missing_counters(
        self: TargetCollector,
        parent_box: Any,
        css_token: str,
        parse_again_function: Callable[..., None],
        missing_counters: list[str],
        missing_target_counters: dict[str | None, list[str]],
    ) -> None:
        if None in missing_target_counters:
            address = unquote(parent_box.element.get("href") or "")
            missing_target_counters[address.removeprefix("#")] = missing_target_counters.pop(None)
        collect(self, parent_box, css_token, parse_again_function, missing_counters, missing_target_counters)

    return collect_missing_counters
