"""The command line as a user meets it: in a process of its own, by its messages and exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

PAGE = """---
title: Tea vs Coffee
---

Tea and coffee are both hot drinks.

## Making them

- **Tea**: Steep the leaves in water.
- **Coffee**: Pour water through ground beans.

See [the guide](https://example.org/guide).

## References

1. [A book on tea](https://example.org/book)
"""


def slides(*args: str | Path, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *map(str, args)],
        cwd=cwd,
        env=os.environ | env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def digests(folder: Path) -> dict[str, str]:
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return {str(p.relative_to(folder)): sha256(p.read_bytes()).hexdigest() for p in files}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    (folder / "tea.md").write_text(PAGE, encoding="utf-8")
    done = slides("build", "tea.md", "-o", "out", cwd=folder, TZ="UTC", LC_ALL="C", PYTHONHASHSEED="1")
    assert done.returncode == 0, done.stderr
    return folder


def test_a_deck_alone_loads_nothing_that_it_has_no_use_for(tmp_path: Path) -> None:
    (tmp_path / "tea.md").write_text(PAGE, encoding="utf-8")
    done = slides("build", "tea.md", "--only", "deck", cwd=tmp_path, PYTHONPROFILEIMPORTTIME="1")
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "pipeline.write.deck" in loaded
    assert not loaded & {"multiprocessing", "pikepdf", "pypdfium2", "weasyprint"}


def test_a_page_gives_three_files_and_a_report(built: Path) -> None:
    names = {p.name for p in (built / "out" / "tea").iterdir()}
    assert names == {"tea.pptx", "tea-handout.pdf", "tea-cheatsheet.pdf", "tea-report.json", "tea-report.html"}


def test_the_report_holds_the_comparison(built: Path) -> None:
    report = json.loads((built / "out/tea/tea-report.json").read_text(encoding="utf-8"))
    assert [subject["name"] for subject in report["comparison"]["subjects"]] == ["Tea", "Coffee"]
    row = report["comparison"]["rows"][0]
    assert set(row) == {"aspect", "rule", "cells"}
    assert {cell["subject"]: cell["line"] for cell in row["cells"]} == {"Tea": 9, "Coffee": 10}


def test_the_same_page_gives_the_same_bytes_in_another_time_zone_and_locale(built: Path) -> None:
    done = slides(
        "build", "tea.md", "-o", "again", cwd=built, TZ="Asia/Tokyo", LC_ALL="tr_TR.UTF-8", PYTHONHASHSEED="2"
    )
    assert done.returncode == 0, done.stderr
    assert digests(built / "again") == digests(built / "out")


def test_files_that_were_built_are_whole(built: Path) -> None:
    done = slides("check", "tea.md", "-o", "out", cwd=built)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_outline_tells_lines(built: Path) -> None:
    done = slides("outline", "tea.md", cwd=built)
    assert done.returncode == 0
    assert "Making them" in done.stdout
    data = json.loads(slides("outline", "tea.md", "--json", cwd=built).stdout)
    assert data["title"]


def test_only_some_files(built: Path) -> None:
    done = slides("build", "tea.md", "-o", "some", "--only", "cheatsheet", cwd=built)
    assert done.returncode == 0, done.stderr
    names = {"tea-cheatsheet.pdf", "tea-report.json", "tea-report.html"}
    assert {p.name for p in (built / "some/tea").iterdir()} == names


def test_a_folder_is_mirrored(tmp_path: Path) -> None:
    for name in ("pages/one.md", "pages/more/two.mdx", "pages/node_modules/three.md", "pages/.hidden.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("# A page\n\nSome words.\n", encoding="utf-8")
    done = slides("build", "pages", "-o", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    decks = sorted(str(p.relative_to(tmp_path / "out")) for p in (tmp_path / "out").rglob("*.pptx"))
    assert decks == ["more/two/two.pptx", "one/one.pptx"]


def test_one_bad_page_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("", encoding="utf-8")
    (tmp_path / "b.md").write_text("# Fine\n\nSome words.\n", encoding="utf-8")
    done = slides("build", "a.md", "b.md", "-o", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert (tmp_path / "out/b/b.pptx").is_file()
    assert not (tmp_path / "out/a").exists()


def test_strict_makes_warnings_fail(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("# Page\n\n![A map](gone.png)\n", encoding="utf-8")
    loose = slides("build", "page.md", "-o", "out", cwd=tmp_path)
    strict = slides("build", "page.md", "-o", "strict", "--strict", cwd=tmp_path)
    assert (loose.returncode, strict.returncode) == (0, 1)
    assert "page.md:3: warning[missing-image]: gone.png" in loose.stderr
    assert "nothing new was put in place" in strict.stdout
    assert not (tmp_path / "strict").exists()


def test_a_deck_that_was_edited_by_hand_is_kept_unless_forced(built: Path) -> None:
    slides("build", "tea.md", "-o", "mine", cwd=built)
    deck = built / "mine/tea/tea.pptx"
    deck.write_bytes(deck.read_bytes() + b"my own work")
    refused = slides("build", "tea.md", "-o", "mine", cwd=built)
    assert refused.returncode == 3
    assert "error[edited]" in refused.stderr
    assert deck.read_bytes().endswith(b"my own work")
    assert slides("build", "tea.md", "-o", "mine", "--force", cwd=built).returncode == 0
    assert not deck.read_bytes().endswith(b"my own work")


def test_a_deck_that_no_report_tells_of_is_kept_unless_forced(built: Path) -> None:
    slides("build", "tea.md", "-o", "given", cwd=built)
    (built / "given/tea/tea-report.json").unlink()
    refused = slides("build", "tea.md", "-o", "given", cwd=built)
    assert refused.returncode == 3
    assert "error[edited]" in refused.stderr
    assert slides("build", "tea.md", "-o", "given", "--force", cwd=built).returncode == 0


def test_a_deck_edited_by_hand_is_kept_also_after_another_file_was_built(built: Path) -> None:
    slides("build", "tea.md", "-o", "partly", cwd=built)
    deck = built / "partly/tea/tea.pptx"
    deck.write_bytes(deck.read_bytes() + b"my own work")
    assert slides("build", "tea.md", "-o", "partly", "--only", "handout", cwd=built).returncode == 0
    assert slides("build", "tea.md", "-o", "partly", cwd=built).returncode == 3


@pytest.mark.parametrize(
    ("name", "data", "arguments", "code", "message"),
    [
        ("page.md", None, ["build", "page.md"], 2, "no-such-page"),
        ("page.md", b"", ["build", "page.md"], 1, "empty-page"),
        ("page.md", b" \n\n\t\n", ["build", "page.md"], 1, "empty-page"),
        ("page.md", b"\x00\x01\xfe\xff" * 40, ["build", "page.md"], 1, "page.md"),
        ("folder/readme.txt", b"x", ["build", "folder"], 2, "no-pages"),
        ("page.md", b"# Page\n\nWords.\n", ["build", "page.md", "--theme", "nowhere"], 2, "unknown-theme"),
        ("page.md", b"# Page\n\nWords.\n", ["build", "page.md", "--only", "slides"], 2, "unknown-product"),
        ("page.md", b"# Page\n\nWords.\n", ["build", "page.md", "--root", "nowhere"], 2, "no-such-root"),
        ("page.md", b"# Page\n\nWords.\n", ["check", "page.md"], 1, "not-built"),
    ],
    ids=["missing", "empty", "blank", "binary", "no-pages", "theme", "only", "root", "not-built"],
)
def test_bad_input_is_one_clear_line(
    tmp_path: Path, name: str, data: bytes | None, arguments: list[str], code: int, message: str
) -> None:
    if data is not None:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    done = slides(*arguments, "-o", "out", cwd=tmp_path)
    assert done.returncode == code
    assert message in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.rglob("*.pptx"))


def test_broken_front_matter_is_told_and_the_page_is_built(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("---\ntitle: [unclosed\n---\n\n# Page\n\nWords.\n", encoding="utf-8")
    done = slides("build", "page.md", "-o", "out", cwd=tmp_path)
    assert done.returncode == 0
    assert "front-matter" in done.stderr
    assert (tmp_path / "out/page/page.pptx").is_file()


def test_an_output_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("# Page\n\nWords.\n", encoding="utf-8")
    (tmp_path / "out").write_text("a file, not a folder", encoding="utf-8")
    done = slides("build", "page.md", "-o", "out", cwd=tmp_path)
    assert done.returncode == 3
    assert "error[unwritable]" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_failed_build_leaves_older_files_as_they_are(built: Path) -> None:
    slides("build", "tea.md", "-o", "older", cwd=built)
    before = digests(built / "older")
    (built / "empty").mkdir()
    (built / "empty" / "tea.md").write_text("", encoding="utf-8")
    assert slides("build", "empty/tea.md", "-o", "older", cwd=built).returncode == 1
    assert digests(built / "older") == before


def test_two_pages_for_one_name_are_an_error(tmp_path: Path) -> None:
    for name in ("a/page.md", "b/page.md"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("# Page\n\nWords.\n", encoding="utf-8")
    done = slides("build", "a", "b", "-o", "out", cwd=tmp_path)
    assert done.returncode == 2
    assert "same-name" in done.stderr


def test_a_page_that_leads_out_of_its_folder_is_not_built(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# Secret\n\nWords.\n", encoding="utf-8")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "link.md").symlink_to(tmp_path / "secret.md")
    done = slides("build", "pages", "-o", "out", cwd=tmp_path)
    assert done.returncode == 2
    assert "no-pages" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "variables"),
    [
        (["build", "a" * 300 + ".md"], {}),
        (["build", "page.md", "--theme", "x" * 400], {}),
        (["build", "page.md"], {"SOURCE_DATE_EPOCH": "9" * 5000}),
        (["build", "page.md"], {"SOURCE_DATE_EPOCH": "99999999999999999999"}),
        (["outline", "."], {}),
    ],
    ids=["name", "theme", "epoch", "late", "folder"],
)
def test_odd_arguments_are_one_clear_line(tmp_path: Path, arguments: list[str], variables: dict[str, str]) -> None:
    (tmp_path / "page.md").write_text("# Page\n\nWords.\n", encoding="utf-8")
    done = slides(*arguments, cwd=tmp_path, **variables)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["check", "--help"], ["outline", "--help"]])
def test_help_teaches(tmp_path: Path, arguments: list[str]) -> None:
    done = slides(*arguments, cwd=tmp_path)
    assert done.returncode == 0
    assert "Usage:" in done.stdout


def test_control_characters_do_not_reach_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("# Page\n\n![x](\x1b[31mred.png)\n\nWords.\n", encoding="utf-8")
    assert "\x1b[31m" not in slides("build", "page.md", "-o", "out", cwd=tmp_path).stderr
