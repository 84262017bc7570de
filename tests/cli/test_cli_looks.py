"""Looks by the command line: themes, proportions."""

from __future__ import annotations

from pathlib import Path

import pptx
import pytest
from test_cli import slides

from pipeline.theme import known_themes

PAGE = "# Tea\n\nTea is a drink.\n\n## Kinds\n\n- green tea\n- black tea\n"


def test_the_themes_are_listed_with_what_they_are_for(tmp_path: Path) -> None:
    for command in (["themes"], ["theme", "list"]):
        done = slides(*command, cwd=tmp_path)
        assert [line.split()[0] for line in done.stdout.splitlines()] == list(known_themes())
        assert all(len(line.split()) > 3 for line in done.stdout.splitlines())


@pytest.mark.parametrize(
    ("front", "folder", "options"),
    [
        ("deck:\n  aspect: 4:3\n", "", []),
        ('deck:\n  aspect: "4:3"\n', "", []),
        ("deck: {}\n", 'aspect = "4:3"\n', []),
        ("deck:\n  aspect: 16:9\n", "", ["--aspect", "4:3"]),
    ],
)
def test_slides_have_the_proportions_that_are_asked_for(
    tmp_path: Path, front: str, folder: str, options: list[str]
) -> None:
    (tmp_path / "tea.md").write_text(f"---\n{front}---\n{PAGE}", encoding="utf-8")
    (tmp_path / "slides.toml").write_text(folder, encoding="utf-8")
    done = slides("build", "tea.md", "-o", "out", "--only", "deck", *options, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    deck = pptx.Presentation(str(tmp_path / "out" / "tea" / "tea.pptx"))
    assert deck.slide_width / deck.slide_height == pytest.approx(4 / 3)
    assert slides("check", "tea.md", "-o", "out", "--only", "deck", cwd=tmp_path).returncode == 0


def test_proportions_that_there_are_not_are_told_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "tea.md").write_text(f"---\ndeck:\n  aspect: 5:4\n---\n{PAGE}", encoding="utf-8")
    done = slides("build", "tea.md", "-o", "out", "--only", "deck", cwd=tmp_path)
    assert "tea.md:3: warning[bad-setting]: aspect cannot be 5:4 — it is one of 16:9, 4:3" in done.stderr
