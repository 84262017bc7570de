"""The characters that short names such as `:tada:` stand for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType


def emoji_named(name: str) -> str:
    """The emoji of that name, given without its colons, or nothing where there is none."""
    return _table().get(f":{name}:", "")


@cache
def _table() -> Mapping[str, str]:
    """Emoji by their names with colons: GitHub's, else Unicode's."""
    # Imported here: it takes a while, and few pages need it.
    from emoji import EMOJI_DATA, STATUS

    table: dict[str, str] = {}
    # Of the forms of one emoji, the others only lack the sign that asks for a coloured picture.
    full = {character: data for character, data in EMOJI_DATA.items() if data["status"] <= STATUS["fully_qualified"]}
    for character, data in full.items():
        for alias in data.get("alias", ()):
            table.setdefault(alias, character)
    for character, data in full.items():
        table.setdefault(data["en"], character)
    return MappingProxyType(table)
