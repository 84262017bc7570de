"""Pictures in two versions, one for light pages and one for dark ones.

A fragment says what a picture is for, as GitHub and Material for MkDocs have it (`a.png#gh-dark-mode-only`,
`a.png#only-dark`), or its class does, as in many themes (`.dark`, `.only-dark`) and Tailwind (`hidden dark:block`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

_FOR_LIGHT = re.compile(r"#(?:gh-light-mode-only|only-light)\b")
_FOR_DARK = re.compile(r"#(?:gh-dark-mode-only|only-dark)\Z")
# Where a line gives classes: an attribute of HTML or JSX, or a list in braces behind a picture.
_CLASSES = re.compile(r"\bclass(?:Name)?=[\"'](?P<html>[^\"'<>]*)[\"']|\)\{:?(?P<braces>[^{}]*)\}")
_LIGHT: Final = frozenset(["light", "only-light", "light-only", "light-mode-only", "dark:hidden", "dark:sl-hidden"])
_DARK: Final = frozenset(["dark", "only-dark", "dark-only", "dark-mode-only", "light:sl-hidden"])
_SHOWN_IN_DARK: Final = ("dark:block", "dark:inline", "dark:flex")


def is_for_light_pages(line: str) -> bool:
    """Whether a line names a picture that is shown on light pages alone."""
    if "light" not in line and "dark:" not in line:
        return False
    if _FOR_LIGHT.search(line):
        return True
    return any(not _LIGHT.isdisjoint(_names(said["html"] or said["braces"])) for said in _CLASSES.finditer(line))


def is_for_dark_pages(get: Callable[[str, str], str]) -> bool:
    """Whether the picture of those attributes is shown on dark pages alone."""
    classes = _names(get("class", ""))
    hidden = "hidden" in classes and any(name.startswith(_SHOWN_IN_DARK) for name in classes)
    return hidden or not _DARK.isdisjoint(classes) or _FOR_DARK.search(get("src", "")) is not None


def _names(classes: str) -> frozenset[str]:
    """The names of classes, without the dots that they have in braces."""
    return frozenset(name.lstrip(".") for name in classes.split())
