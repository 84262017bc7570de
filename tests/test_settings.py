from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.diagnostics import UsageError
from pipeline.settings import Overrides, Paper, Prose, Settings, read_settings_file


def test_the_command_line_wins_over_front_matter_and_that_over_the_folder(tmp_path: Path) -> None:
    (tmp_path / "slides.toml").write_text('paper = "letter"\nprose = "none"\n', encoding="utf-8")
    settings = Settings(root=tmp_path, output=tmp_path, options=Overrides(prose=Prose.FULL))
    settings = settings.overridden(read_settings_file(tmp_path))
    assert (settings.paper, settings.prose) == (Paper.LETTER, Prose.FULL)
    settings = settings.overridden(Overrides(paper=Paper.A4, prose=Prose.LEAD))
    assert (settings.paper, settings.prose) == (Paper.A4, Prose.FULL)


def test_a_folder_without_settings_changes_nothing(tmp_path: Path) -> None:
    assert read_settings_file(tmp_path) == Overrides()


@pytest.mark.parametrize("text", ['paper = "a3"', 'papier = "a4"', "paper =", 'theme = "x\n'])
def test_bad_settings_are_a_usage_error_that_names_the_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "slides.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"slides\.toml:1: error\[bad-settings\]"):
        read_settings_file(tmp_path)
