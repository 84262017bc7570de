"""The few words that deck, handout and sheet add to the page's own, in the page's language where it is known."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from pipeline.model.document import CalloutKind

_ENGLISH: Final = "en"
# Chinese is written in one of two scripts; where the tag names a place instead, the place tells.
_TRADITIONAL: Final = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")


class Labels(Struct, frozen=True, kw_only=True):
    """Words and patterns of one language. `callouts` stand in the order of `CalloutKind`.

    `page_of` stands before, between and after its two numbers.
    """

    agenda: str
    references: str
    linked: str
    slide: str
    source: str
    figure: str
    table: str
    silent: str
    callouts: tuple[str, ...]
    handout: str
    running: str
    slide_label: str
    slide_small: str
    slides_small: str
    slide_list: str
    one_slide: str
    slide_count: str
    minute: str
    minutes: str
    contents: str
    in_short: str
    your_notes: str
    notes: str
    references_and_links: str
    page: str
    short_page: str
    page_of: tuple[str, ...]
    not_shown: str
    sections: str
    good_to_know: str
    pitfalls: str
    pitfalls_and_tips: str
    whole_clauses: str
    page_numbers: str
    more: str
    and_more: str
    qr_code: str

    def callout(self, kind: CalloutKind) -> str:
        """The word that heads a callout of that kind."""
        return self.callouts[tuple(CalloutKind).index(kind)]


def labels_for(language: str) -> Labels:
    """The labels of a language by its BCP 47 tag, English where it has none."""
    known = _labels()
    tag = language.casefold()
    if tag.startswith(_TRADITIONAL):
        return known["zh-hant"]
    return known.get(tag.split("-", maxsplit=1)[0], known[_ENGLISH])


@cache
def _labels() -> Mapping[str, Labels]:
    tables = tomllib.loads(Path(__file__).with_name("labels.toml").read_text(encoding="utf-8"))
    return MappingProxyType({language.casefold(): _made(words) for language, words in tables.items()})


def _made(words: Mapping[str, str | list[str]]) -> Labels:
    return Labels(**{name: tuple(word) if isinstance(word, list) else word for name, word in words.items()})  # type: ignore[arg-type]  # the file's own fields
