"""Pictures in two versions, one for light pages and one for dark ones, as GitHub and MkDocs Material name them.

A fragment says what a picture is for: `a.png#gh-dark-mode-only` or `a.png#only-dark`.
"""

from __future__ import annotations

import re

_FOR_LIGHT = re.compile(r"#(?:gh-light-mode-only|only-light)\b")
_FOR_DARK = re.compile(r"#(?:gh-dark-mode-only|only-dark)\Z")


def is_for_light_pages(line: str) -> bool:
    """Whether a line names a picture that is shown on light pages alone."""
    return "-" in line and _FOR_LIGHT.search(line) is not None


def is_for_dark_pages(address: str) -> bool:
    """Whether the picture of that address is shown on dark pages alone."""
    return _FOR_DARK.search(address) is not None
