"""Language tags as Office writes them, which name a region."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

# The region that Office means where a tag names none.
_REGIONS: Final = {
    "ar": "ar-SA",
    "cs": "cs-CZ",
    "da": "da-DK",
    "de": "de-DE",
    "el": "el-GR",
    "en": "en-US",
    "es": "es-ES",
    "fa": "fa-IR",
    "fi": "fi-FI",
    "fr": "fr-FR",
    "he": "he-IL",
    "hi": "hi-IN",
    "hu": "hu-HU",
    "id": "id-ID",
    "it": "it-IT",
    "ja": "ja-JP",
    "ko": "ko-KR",
    "nb": "nb-NO",
    "nl": "nl-NL",
    "no": "nb-NO",
    "pl": "pl-PL",
    "pt": "pt-BR",
    "ro": "ro-RO",
    "ru": "ru-RU",
    "sv": "sv-SE",
    "th": "th-TH",
    "tr": "tr-TR",
    "uk": "uk-UA",
    "vi": "vi-VN",
    "zh": "zh-CN",
    "zh-hans": "zh-CN",
    "zh-hant": "zh-TW",
}
_TAG: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_EAST_ASIAN: Final = ("zh", "ja", "ko")
_KANA: Final = re.compile("[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f]")
_HANGUL: Final = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
_HAN: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@cache
def office_language(tag: str) -> str:
    """The tag with a region where Office expects one: `zh` → `zh-CN`. English where the tag is none."""
    tag = tag.replace("_", "-")
    if not _TAG.fullmatch(tag):
        return _REGIONS["en"]
    return _REGIONS.get(tag.lower(), tag)


def text_languages(text: str, tag: str) -> tuple[str, str | None]:
    """The language of a run, and its other one where it mixes East Asian and Western text.

    Office checks each script's words by the tag that suits it: `lang`, else `altLang`.
    """
    language = office_language(tag)
    if language.partition("-")[0].lower() in _EAST_ASIAN:
        return language, "en-US"
    written = _written(text)
    return (written, language) if written else (language, None)


def _written(text: str) -> str:
    """The East Asian language that a text's characters tell of, if any."""
    if text.isascii():
        return ""
    if _KANA.search(text):
        return "ja-JP"
    if _HANGUL.search(text):
        return "ko-KR"
    return "zh-CN" if _HAN.search(text) else ""
