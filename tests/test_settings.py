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
    ("text", "line", "said"),
    [
        ('paper = "a3"', 1, "paper cannot be 'a3' — it is one of a4, letter"),
        ('# paper = "a4"\n\n  "paper" = "a3"\n', 3, "paper cannot be 'a3'"),
        ('prose = "full"\ntheme = 3', 2, "theme cannot be '3' — it is a name in quotes"),
        ('prose = "full"\npapier = "a4"\n', 2, "there is no setting 'papier' — did you mean paper?"),
        ('prose = "full"\n\n[deck]\ntheme = "x"\n', 3, "there is no table 'deck' — each setting stands on a line"),
        ('prose = "full"\nhandout.layout = "3-up"\n', 2, "there is no table 'handout'"),
        ('prose = "full"\n\ncolour = "red"\n', 3, "there is no setting 'colour' — there are prose, theme, paper"),
        ('prose = "full"\npaper =\n', 2, "this is no TOML: Invalid value"),
        ('prose = "full"\ntheme = "x\n', 2, "this is no TOML"),
        ('prose = "full"\npaper = """a4\n\n', 3, "this is no TOML"),
        ("\n\x00", 2, "this is no TOML"),
    ],
)
def test_bad_settings_are_a_usage_error_that_names_the_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    (tmp_path / "slides.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as raised:
        read_settings_file(tmp_path)
    assert f"slides.toml:{line}: error[bad-settings]: {said}" in str(raised.value)


def test_a_settings_file_that_is_no_text_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "slides.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match=r"slides\.toml:1: error\[bad-settings\].* UTF-8"):
        read_settings_file(tmp_path)


def test_every_setting_is_written_as_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "slides.toml").write_text(
        'handout-layout = "3-up"\nhandout-ink = "save"\nhandout-sides = "two"\ntheme = "default"\n'
        'aspect = "4:3"\ntemplate = "company.pptx"\n',
        encoding="utf-8",
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
