"""Abbreviations that a page defines, told to the reader where each is met first, as nobody can point at paper."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.read.definitions import Abbreviation


class Abbreviations:
    """Knows what the page has explained so far."""

    def __init__(self, definitions: Mapping[str, Abbreviation]) -> None:
        self._unexplained = {short: definition.expansion for short, definition in definitions.items() if short}
        # The longest first, so that of two that begin alike the whole one is found.
        shorts = sorted(self._unexplained, key=lambda short: (-len(short), short))
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, shorts))})(?!\w)") if shorts else None

    def meet(self, text: str) -> None:
        """Take note of what a text explains itself, by giving the long form."""
        folded = " ".join(text.casefold().split())
        for short, expansion in list(self._unexplained.items()):
            if " ".join(expansion.casefold().split()) in folded:
                del self._unexplained[short]

    def explain(self, text: str) -> str:
        """The text with the long form in brackets after each abbreviation that is met for the first time."""
        return self._pattern.sub(self._explained, text) if self._pattern and self._unexplained else text

    def _explained(self, match: re.Match[str]) -> str:
        expansion = self._unexplained.pop(match.group(), "").strip()
        return f"{match.group()} ({expansion})" if expansion else match.group()
