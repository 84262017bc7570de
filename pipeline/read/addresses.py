"""Addresses that stand bare in running text, as GitHub's dialect links them."""

from __future__ import annotations

import re

from msgspec import Struct

# Punctuation of Chinese and Japanese ends an address: it is set without a space before it.
_EAST_ASIAN_PUNCTUATION = "，。；：、！？（）《》〈〉「」『』【】“”‘’…"
_ADDRESS = re.compile(
    rf"""(?<![A-Za-z0-9])(?P<scheme>https?://|ftp://|www\.)(?P<rest>(?:(?!\*\*|~~)[^\s<>\[\]`"{_EAST_ASIAN_PUNCTUATION}])+)"""
    r"|(?<![A-Za-z0-9.+@-])(?<![A-Za-z0-9]_)(?P<mail>[A-Za-z0-9][A-Za-z0-9._+-]{0,63}"
    r"@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,9}\.[A-Za-z]{1,63}(?![\w-]|:\S))",
    re.IGNORECASE,
)
_TRAILING = frozenset("?!.,:*_~'\"")
_TRAILING_REFERENCE = re.compile(r"&[A-Za-z0-9]{1,40};\Z")


class BareAddress(Struct, frozen=True, kw_only=True):
    """An address at `start` to `end` of a text, and the full address that it stands for."""

    start: int
    end: int
    href: str


def find_addresses(text: str) -> list[BareAddress]:
    """Every web or mail address in the text, from left to right."""
    if "://" not in text and "www." not in text.lower() and "@" not in text:
        return []
    found = (_address(match) for match in _ADDRESS.finditer(text))
    return [address for address in found if address]


def _address(match: re.Match[str]) -> BareAddress | None:
    if match["mail"]:
        return BareAddress(start=match.start(), end=match.end(), href=f"mailto:{match['mail']}")
    rest = _without_trailing(match["rest"])
    scheme = match["scheme"]
    is_host = bool(rest) and rest[0].isalnum()
    if not is_host or (scheme.lower() == "www." and "." not in rest):
        return None
    prefix = "http://" if scheme.lower() == "www." else ""
    return BareAddress(start=match.start(), end=match.start() + len(scheme) + len(rest), href=f"{prefix}{scheme}{rest}")


def _without_trailing(rest: str) -> str:
    """The address without the punctuation that belongs to the sentence around it."""
    surplus = rest.count(")") - rest.count("(")
    end = len(rest)
    while end:
        last = rest[end - 1]
        if last in _TRAILING:
            end -= 1
        elif last == ")" and surplus > 0:
            surplus -= 1
            end -= 1
        elif last == ";" and (reference := _TRAILING_REFERENCE.search(rest, max(0, end - 42), end)):
            end = reference.start()
        else:
            break
    return rest[:end]
