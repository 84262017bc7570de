"""The language of a page: as it states it, as its folder does, or as its script tells."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePosixPath
from typing import Final

from pipeline.read.directions import loan_words

_TRANSLATIONS: Final = frozenset(["i18n", "l10n", "locale", "locales", "translations", "lang", "languages"])
_TAG = re.compile(r"[a-z]{2}(?:[-_](?:[a-z]{4}|[a-z]{2}))?\Z", re.IGNORECASE)
# Two letters that folders are called by for other reasons (it.., id.., is..) are none of these.
_LANGUAGES: Final = frozenset(
    ["ar", "bg", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "ja", "ko", "lt"]
) | frozenset(["lv", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sr", "sv", "th", "tr", "uk", "ur", "vi", "zh"])

_SCRIPTS: Final = {
    "han": re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"),
    "kana": re.compile(r"[\u3041-\u30ff\uff66-\uff9d]"),
    "hangul": re.compile(r"[\uac00-\ud7af\u1100-\u11ff]"),
    "latin": re.compile(r"[A-Za-z\u00c0-\u024f]+"),
    "cyrillic": re.compile(r"[\u0400-\u052f]+"),
    "arabic": re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]+"),
    "hebrew": re.compile(r"[\u0590-\u05ff]+"),
    "greek": re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]+"),
    "devanagari": re.compile(r"[\u0900-\u097f]+"),
    "bengali": re.compile(r"[\u0980-\u09ff]+"),
    "tamil": re.compile(r"[\u0b80-\u0bff]+"),
    "thai": re.compile(r"[\u0e00-\u0e7f]+"),
    "armenian": re.compile(r"[\u0530-\u058f]+"),
    "georgian": re.compile(r"[\u10a0-\u10ff]+"),
}
_LANGUAGE_OF: Final = {
    "han": "zh",
    "hangul": "ko",
    "latin": "en",
    "cyrillic": "ru",
    "arabic": "ar",
    "hebrew": "he",
    "greek": "el",
    "devanagari": "hi",
    "bengali": "bn",
    "tamil": "ta",
    "thai": "th",
    "armenian": "hy",
    "georgian": "ka",
}
# Words of one letter that only the other language of a script has.
_PERSIAN = re.compile(r"[\u067e\u0686\u0698\u06af\u06cc]")
_UKRAINIAN = re.compile(r"[\u0454\u0456\u0457\u0491]")
# Short words that are in every text of a language, told apart by which are met most.
_SMALL_WORDS: Final = {
    "en": "the of and to in is that it for with are this you be as on by",
    "de": "der die das und ist nicht mit ein eine von zu auf den im für sich werden",
    "fr": "le la les des et est une dans pour que qui sur pas avec du un en",
    "es": "el la los las de que en un una es por para con del se más",
    "it": "il di che è un una per con del della sono non gli nel più",
    "pt": "os as de que em um uma é para com não do da dos mais",
    "nl": "de het een en van is dat niet voor met zijn op te wordt je aan",
    "sv": "och att det som en är av för på med den inte till om ett",
    "pl": "na się nie jest to do że jak dla przez od są",
    "cs": "je se na že do to pro jako není jsou když",
    "tr": "ve bir bu için ile olarak da de daha çok olan gibi değil",
    "vi": "và của là có các không được trong một cho với những khi",
    "id": "yang dan di untuk dengan ini dari pada tidak adalah dalam",
}
_FEWEST_SMALL_WORDS = 4
_SHARE_OF_SMALL_WORDS = 0.1
_CLEAR_LEAD = 1.3
# About as many Han characters as make a word; Thai and Kana have no spaces either.
_CHARACTERS_A_WORD = 1.6
_KANA_SHARE = 0.08
_FARTHEST = 200_000
"""So many characters tell a page's language."""


def page_language(stated: str, path: PurePosixPath, text: str) -> str:
    """The BCP 47 tag of a page at that path (relative to the root) with that text."""
    if stated:
        return stated
    text = text[:_FARTHEST]
    told = language_of_text(text)
    folder = _folder_language(path)
    # Pages that are not translated yet stand in their language's folder, too.
    return folder if folder and _agrees(folder, told, text) else told


def language_of_text(text: str) -> str:
    """The language that the text's script suggests; English for the Latin script and for none.

    Latin words within lines that read from the right count as theirs.
    """
    counts: Counter[str] = Counter()
    signs = "".join(set(text))
    for name, pattern in _SCRIPTS.items():
        # Most of the scripts have no sign in the text, whose every sign is looked at otherwise.
        found = pattern.findall(text) if pattern.search(signs) else []
        counts[name] = round(len(found) / _CHARACTERS_A_WORD) if name in {"han", "kana"} else len(found)
    if counts["kana"] > _KANA_SHARE * (counts["han"] + counts["kana"]):
        counts["han"] += counts["kana"]
        japanese = True
    else:
        japanese = False
    del counts["kana"]
    own = Counter(counts)
    right = max(("arabic", "hebrew"), key=lambda name: counts[name])
    if counts[right]:
        terms = min(loan_words(text), counts["latin"])
        counts["latin"] -= terms
        counts[right] += terms
    script, count = max(counts.items(), key=lambda item: item[1])
    if not count:
        return "en"
    if script == "han" and japanese:
        return "ja"
    if script == "arabic" and _is_common(_PERSIAN, text, own["arabic"]):
        return "fa"
    if script == "cyrillic" and _is_common(_UKRAINIAN, text, count):
        return "uk"
    return _latin_language(text, count) if script == "latin" else _LANGUAGE_OF[script]


def _latin_language(text: str, count: int) -> str:
    """The language whose small words are met most among so many; English unless another one is clearly ahead."""
    met = _small_words_met(text)
    best = max(met, key=lambda language: met[language])
    enough = max(_FEWEST_SMALL_WORDS, _SHARE_OF_SMALL_WORDS * count)
    clear = met[best] >= max(enough, _CLEAR_LEAD * met["en"])
    return best if clear else "en"


def _small_words_met(text: str) -> dict[str, int]:
    counts = Counter(re.findall(r"[^\W\d_]+", text.lower()))
    return {language: sum(counts[word] for word in words.split()) for language, words in _SMALL_WORDS.items()}


def _is_common(letters: re.Pattern[str], text: str, words: int) -> bool:
    return len(letters.findall(text)) * 5 > words


def _folder_language(path: PurePosixPath) -> str:
    folders = path.parts[:-1]
    for i, folder in enumerate(folders):
        if _TAG.match(folder) and (folder[:2].lower() in _LANGUAGES or (i and folders[i - 1].lower() in _TRANSLATIONS)):
            return _tag(folder)
    suffix = PurePosixPath(path.stem).suffix.removeprefix(".")
    return _tag(suffix) if _TAG.match(suffix) and suffix[:2].lower() in _LANGUAGES else ""


def _tag(name: str) -> str:
    """The tag as BCP 47 writes it: zh-Hans, pt-BR."""
    language, _, rest = name.replace("_", "-").partition("-")
    rest = rest.upper() if len(rest) == 2 else rest.capitalize()  # noqa: PLR2004 - a country has two letters
    return f"{language.lower()}-{rest}" if rest else language.lower()


def _agrees(tag: str, told: str, text: str) -> bool:
    """Whether a text that tells that language may be in the folder's."""
    language = tag.split("-", 1)[0]
    script = _script_of(language)
    if script != "latin":
        return _SCRIPTS[script].search(text) is not None
    met = _small_words_met(text)
    english = language != "en" and met["en"] >= max(_FEWEST_SMALL_WORDS, _CLEAR_LEAD * met.get(language, 0))
    return _script_of(told) == "latin" and not english


def _script_of(language: str) -> str:
    """The script that a language is written in."""
    others = {"ja": "kana", "fa": "arabic", "ur": "arabic", "uk": "cyrillic", "bg": "cyrillic", "sr": "cyrillic"}
    return others.get(language) or next((s for s, of in _LANGUAGE_OF.items() if of == language), "latin")
