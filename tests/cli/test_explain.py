"""`slides explain`, as a user meets it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

PAGE = "# Tea\n\n## Pot\n\nIt holds a litre.\n\n## Cup\n\nIt holds less.\n"


def explain(cwd: Path, *args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", "explain", *args]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False, timeout=60)


def test_one_slide_or_all_of_them_are_explained(tmp_path: Path) -> None:
    (tmp_path / "tea.md").write_text(PAGE, encoding="utf-8")
    every, one = explain(tmp_path, "tea.md"), explain(tmp_path, "tea.md#3")
    assert (every.returncode, one.returncode) == (0, 0)
    assert [line for line in every.stdout.splitlines() if line.startswith("slide ")] == [
        "slide 1  Tea",
        "slide 2  Pot",
        "slide 3  Cup",
    ]
    assert one.stdout.strip() == every.stdout.split("\n\n")[-1].strip()
    assert "tea.md:7, 9" in one.stdout


def test_as_json_it_is_an_array(tmp_path: Path) -> None:
    (tmp_path / "tea.md").write_text(PAGE, encoding="utf-8")
    assert [slide["title"] for slide in json.loads(explain(tmp_path, "--json", "tea.md#2").stdout)] == ["Pot"]


def test_a_slide_that_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "tea.md").write_text(PAGE, encoding="utf-8")
    result = explain(tmp_path, "tea.md#9")
    assert result.returncode == 2
    assert "error[no-such-slide]" in result.stderr
    assert "slides 1 to 3" in result.stderr


def test_a_page_whose_name_has_the_sign_is_found(tmp_path: Path) -> None:
    (tmp_path / "tea#3.md").write_text(PAGE, encoding="utf-8")
    (tmp_path / "c#3").mkdir()
    assert explain(tmp_path, "tea#3.md").stdout.startswith("slide 1  Tea")
    assert explain(tmp_path, "tea#3.md#1").stdout.startswith("slide 1  Tea")
    assert explain(tmp_path, "c#3").returncode == 2
