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


def company(path: Path) -> Path:
    deck = pptx.Presentation()
    deck.slide_layouts[1].name = "Title and Content"
    deck.slide_width, deck.slide_height = 9_144_000, 5_143_500
    path.parent.mkdir(parents=True, exist_ok=True)
    deck.save(str(path))
    return path


def width_of(folder: Path) -> int:
    return int(pptx.Presentation(str(folder / "out" / "tea" / "tea.pptx")).slide_width or 0)


@pytest.mark.parametrize(
    ("front", "folder", "options"),
    [
        ("deck:\n  template: looks/company.pptx\n", "", []),
        ("deck: {}\n", 'template = "looks/company.pptx"\n', []),
        ("deck: {}\n", "", ["--template", "looks/company.pptx"]),
    ],
)
def test_a_template_is_named_by_the_page_its_folder_or_the_command(
    tmp_path: Path, front: str, folder: str, options: list[str]
) -> None:
    company(tmp_path / "looks" / "company.pptx")
    (tmp_path / "tea.md").write_text(f"---\n{front}---\n{PAGE}", encoding="utf-8")
    (tmp_path / "slides.toml").write_text(folder, encoding="utf-8")
    done = slides("build", "tea.md", "-o", "out", *options, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert width_of(tmp_path) == 9_144_000
    checked = slides("check", "tea.md", "-o", "out", cwd=tmp_path)
    assert (checked.returncode, "settings" in checked.stderr) == (0, False), checked.stderr


def test_files_are_checked_without_the_template_that_they_were_built_with(tmp_path: Path) -> None:
    made = company(tmp_path / "elsewhere" / "company.pptx")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "tea.md").write_text(PAGE, encoding="utf-8")
    built = slides("build", "tea.md", "-o", "../out", "--template", made, cwd=tmp_path / "pages")
    assert built.returncode == 0, built.stderr
    made.unlink()
    checked = slides("check", "tea.md", "-o", "../out", cwd=tmp_path / "pages")
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize("where", ["../company.pptx", "/etc/passwd", "looks/../../company.pptx"])
def test_a_page_names_no_template_outside_its_tree(tmp_path: Path, where: str) -> None:
    company(tmp_path / "company.pptx")
    pages = tmp_path / "pages"
    (pages / "looks").mkdir(parents=True)
    (pages / "tea.md").write_text(f"---\ndeck:\n  template: {where}\n---\n{PAGE}", encoding="utf-8")
    done = slides("build", "tea.md", "-o", "out", cwd=pages)
    assert done.returncode == 2
    assert done.stderr.startswith("tea.md:3: error[bad-template]")
    assert "outside" in done.stderr
    (pages / "tea.md").write_text(PAGE, encoding="utf-8")
    (pages / "slides.toml").write_text(f'\ntemplate = "{where}"\n', encoding="utf-8")
    done = slides("build", "tea.md", "-o", "out", cwd=pages)
    assert done.returncode == 2
    assert "slides.toml:2: error[bad-template]" in done.stderr


def test_a_template_that_there_is_not_is_told(tmp_path: Path) -> None:
    (tmp_path / "tea.md").write_text(PAGE, encoding="utf-8")
    done = slides("build", "tea.md", "-o", "out", "--template", "none.pptx", cwd=tmp_path)
    assert (done.returncode, "error[bad-template]: none.pptx cannot be read" in done.stderr) == (2, True)
    assert not (tmp_path / "out").exists()


def test_a_template_is_checked(tmp_path: Path) -> None:
    company(tmp_path / "company.pptx")
    done = slides("template", "check", "company.pptx", "--no-pictures", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "content       “Title and Content” (slideLayout2.xml), by its name" in done.stdout
    assert "note[no-notes-master]" in done.stderr
    done = slides("template", "check", "company.pptx", "--no-pictures", "--strict", cwd=tmp_path)
    assert (done.returncode, "warning[off-slide]" in done.stderr) == (1, True)
