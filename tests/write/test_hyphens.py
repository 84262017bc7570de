from __future__ import annotations

import pyphen
import pytest

from pipeline.write.hyphens import _Dictionary

WORDS = {
    "en_US": ["hyphenation", "virtualisation", "documentation", "a", "containers", "xyzzy", "recognisable"],
    "de_DE": ["Donaudampfschifffahrt", "Betriebssystem", "Größe", "Silbentrennung"],
    "fr": ["virtualisation", "système", "conteneurs", "aujourd'hui"],
    "ru_RU": ["виртуализация", "контейнер", "операционная"],
    "hu_HU": ["asszonnyal", "rendszer", "konténer"],
    "pt_BR": ["virtualização", "contêineres", "sistema"],
}


@pytest.mark.parametrize("language", WORDS)
def test_words_are_divided_as_pyphen_divides_them(language: str) -> None:
    path = pyphen.LANGUAGES[language]
    ours, theirs = _Dictionary(path), pyphen.HyphDict(path)
    for word in WORDS[language]:
        assert ours.positions(word) == theirs.positions(word)
        assert [p.data for p in ours.positions(word)] == [p.data for p in theirs.positions(word)]


def test_every_pattern_of_a_dictionary_is_the_same() -> None:
    path = pyphen.LANGUAGES["en_US"]
    ours, theirs = _Dictionary(path), pyphen.HyphDict(path)
    assert {letters: ours.patterns.get(letters) for letters in theirs.patterns} == theirs.patterns
    assert ours.patterns.get("qqqq") is None
