from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.diagnostics import UsageError
from pipeline.settings import HandoutLayout, Ink, Overrides, Paper, Prose, Settings, Sides, read_settings_file


def test_the_command_line_wins_over_front_matter_and_that_over_the_folder(tmp_path: Path) -> None:
    (tmp_path / "slides.toml").write_text('paper = "letter"\nprose = "none"\n', encoding="utf-8")
    settings = Settings(root=tmp_path, output=tmp_path, options=Overrides(prose=Prose.FULL))
    settings = settings.overridden(read_settings_file(tmp_path))
    assert (settings.paper, settings.prose) == (Paper.LETTER, Prose.FULL)
    settings = settings.overridden(Overrides(paper=Paper.A4, prose=Prose.LEAD))
    assert (settings.paper, settings.prose) == (Paper.A4, Prose.FULL)


def test_a_folder_without_settings_changes_nothing(tmp_path: Path) -> None:
    assert read_settings_file(tmp_path) == Overrides()


@pytest.mark.parametrize(
    "text", ['paper = "a3"', 'papier = "a4"', 'handout-layout = "2-up"', "paper =", 'theme = "x\n']
)
def test_bad_settings_are_a_usage_error_that_names_the_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "slides.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"slides\.toml:1: error\[bad-settings\]"):
        read_settings_file(tmp_path)


def test_every_setting_is_written_as_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "slides.toml").write_text(
        'handout-layout = "3-up"\nhandout-ink = "save"\nhandout-sides = "two"\ntheme = "default"\n', encoding="utf-8"
    )
    read = read_settings_file(tmp_path)
    assert (read.handout_layout, read.handout_ink, read.handout_sides) == (
        HandoutLayout.THREE_UP,
        Ink.SAVE,
        Sides.TWO,
    )
    assert Overrides.read(read.as_text()) == read
    shaping = Settings(root=tmp_path, output=tmp_path).overridden(read).shaping
    assert None not in {getattr(shaping, name) for name in shaping.__struct_fields__}
    assert Overrides.read(shaping.as_text()) == shaping
