from __future__ import annotations

import pytest

from pipeline.write.labels import name_within


@pytest.mark.parametrize(("language", "mark"), [("ar", "\u200e"), ("he", "\u200e"), ("en", ""), ("", "")])
def test_the_name_of_a_file_reads_from_the_left_within_words_from_the_right(language: str, mark: str) -> None:
    assert name_within("06-git.md", language) == f"{mark}06-git.md{mark}"
