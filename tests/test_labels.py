from __future__ import annotations

import string
import tomllib
from pathlib import Path

import pytest

from pipeline import labels
from pipeline.labels import Labels, labels_for
from pipeline.model.document import CalloutKind
from pipeline.write.labels import without_lone_word

TABLES = tomllib.loads(Path(labels.__file__).with_name("labels.toml").read_text(encoding="utf-8"))
ENGLISH = TABLES["en"]


def gaps(text: str) -> int:
    return sum(field is not None for _, field, _, _ in string.Formatter().parse(text))


@pytest.mark.parametrize("language", TABLES)
def test_every_language_has_every_word_and_pattern(language: str) -> None:
    table = TABLES[language]
    assert list(table) == list(Labels.__struct_fields__)
    assert len(table["callouts"]) == len(CalloutKind)
    assert len(table["page_of"]) == 3
    for name, word in table.items():
        if isinstance(word, str):
            assert word.strip() == word != ""
            assert gaps(word) == gaps(ENGLISH[name]), name
    assert len(set(table["callouts"])) == len(CalloutKind)


def test_languages_are_found_by_their_tags() -> None:
    assert labels_for("de-AT") == labels_for("DE")
    assert labels_for("zh-TW") == labels_for("zh-Hant-HK")
    assert labels_for("zh-CN") == labels_for("zh") != labels_for("zh-TW")
    assert labels_for("xx") == labels_for("en") == labels_for("")
    assert labels_for("ar").contents == TABLES["ar"]["contents"]
    assert labels_for("fr").callout(CalloutKind.TIP) == "Astuce"


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Ship it and run many side by side", "Ship it and run many side by\N{NO-BREAK SPACE}side"),
        ("Needs the right environment everywhere", "Needs the right environment everywhere"),
        ("Starts at once", "Starts at once"),
        ("轻量", "轻量"),
        ("", ""),
    ],
)
def test_a_short_last_word_does_not_stand_alone(text: str, held: str) -> None:
    assert without_lone_word(text) == held
