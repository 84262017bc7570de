"""Text with its character references and backslash escapes resolved, as CommonMark reads them."""

from __future__ import annotations

import re
from html.entities import html5

_REFERENCE = re.compile(
    r"&(?:#(?P<decimal>[0-9]{1,7})|#[xX](?P<hex>[0-9a-fA-F]{1,6})|(?P<name>[A-Za-z][A-Za-z0-9]{0,39}));"
)
_ESCAPE_OR_REFERENCE = re.compile(rf"\\(?P<escaped>[!-/:-@\[-`{{-~])|{_REFERENCE.pattern}")
_REPLACEMENT = "\ufffd"
_LAST_CODE_POINT = 0x10FFFF
# What no XML document can hold: control characters, surrogates and non-characters; and what has text read otherwise
# than it is written, overrides of its direction.
_NO_CHARACTER = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\u202d\u202e\ud800-\udfff\ufffe\uffff]")


def decode_entities(text: str) -> str:
    """The text with every known reference that ends in a semicolon decoded; others stay as written."""
    return _REFERENCE.sub(_decoded, text) if "&" in text else text


def unescape(text: str) -> str:
    """The text with backslash escapes and character references resolved, as in link destinations and titles."""
    return _ESCAPE_OR_REFERENCE.sub(_unescaped, text) if "\\" in text or "&" in text else text


def printable(text: str) -> str:
    """The text with the replacement character for every character that no XML document can hold."""
    return _NO_CHARACTER.sub(_REPLACEMENT, text)


def entity_at(text: str, position: int) -> tuple[str, int] | None:
    """The character(s) that a reference at that place stands for and where it ends, else None."""
    match = _REFERENCE.match(text, position)
    if match is None:
        return None
    decoded = _decoded(match)
    return None if decoded == match.group() else (decoded, match.end())


def _decoded(match: re.Match[str]) -> str:
    if name := match["name"]:
        return html5.get(f"{name};", match.group())
    code = int(match["decimal"]) if match["decimal"] else int(match["hex"], 16)
    return _NO_CHARACTER.sub(_REPLACEMENT, chr(code)) if code <= _LAST_CODE_POINT else _REPLACEMENT


def _unescaped(match: re.Match[str]) -> str:
    return match["escaped"] or _decoded(match)
