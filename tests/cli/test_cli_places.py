"""Where a page's files lie, what they link to from there, and where the settings at fault stand."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile

import pikepdf
import pytest
from pptx import Presentation
from test_cli import slides

PAGES = {
    "docs/a.md": """# First page

Read on in [the guide](guide/b.md#the-part) or on [this page](a.md).

| where | what |
|---|---|
| [Guide](guide/b.md) | a [table](data/t%20able.csv) |

## More

<a id="mark"></a>Words below a mark.
""",
    "docs/guide/b.md": """# The guide

Go [back](../a.md), [on](c%20d.md) or to a [mark](../a.md#mark).

## The part

- An item on [the first](../a.md#first-page) page
""",
    "docs/guide/c d.md": "# Third\n\nWords, and nothing more.\n",
    "docs/data/t able.csv": "1,2\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    for name, text in PAGES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    done = slides("build", "docs", "-o", "out", cwd=folder)
    assert done.returncode == 0, done.stderr + done.stdout
    return folder


def deck_links(deck: Path) -> set[str]:
    parts = [slide.part for slide in Presentation(str(deck)).slides]
    parts += [slide.notes_slide.part for slide in Presentation(str(deck)).slides]
    return {rel.target_ref for part in parts for rel in part.rels.values() if rel.is_external}


def paper_links(file: Path) -> set[str]:
    with pikepdf.open(file) as pdf:
        actions = [item.get("/A", {}) for page in pdf.pages for item in page.get("/Annots", [])]
        return {str(action["/URI"]) for action in actions if "/URI" in action}


def destinations(file: Path) -> set[str]:
    with pikepdf.open(file) as pdf:
        return {str(name) for name in pikepdf.NameTree(pdf.Root.Names.Dests)}


def test_links_lead_to_the_other_page_s_file_of_the_same_kind(site: Path) -> None:
    out = site / "out"
    assert deck_links(out / "a/a.pptx") == {"../guide/b/b.pptx", "../../docs/data/t%20able.csv"}
    assert deck_links(out / "guide/b/b.pptx") == {"../../a/a.pptx", "../c%20d/c%20d.pptx"}
    assert paper_links(out / "guide/b/b-handout.pdf") == {
        "../../a/a-handout.pdf",
        "../../a/a-handout.pdf#more",
        "../c%20d/c%20d-handout.pdf",
    }
    for file in (*out.rglob("*.pptx"), *out.rglob("*.pdf")):
        for link in deck_links(file) if file.suffix == ".pptx" else paper_links(file):
            path, _, place = unquote(link).partition("#")
            there = file.parent / path
            assert there.is_file()
            assert there.suffix in {file.suffix, ".csv"}
            assert not place or place in destinations(there)


def test_a_page_of_its_own_links_to_where_its_neighbours_would_be(site: Path) -> None:
    done = slides("build", "docs/guide/b.md", "--root", "docs", "-o", "alone/guide", cwd=site)
    assert done.returncode == 0, done.stderr
    assert deck_links(site / "alone/guide/b/b.pptx") == {"../../a/a.pptx", "../c%20d/c%20d.pptx"}


def test_one_page_of_a_folder_is_checked_where_the_folder_s_build_put_it(site: Path) -> None:
    for page in ("docs/guide/b.md", "docs/guide", str(site / "docs/guide/b.md")):
        done = slides("check", page, "-o", "out", cwd=site)
        assert (done.returncode, done.stderr) == (0, "")
        assert str(site / "out/guide/b") in done.stdout


def test_a_page_s_own_files_are_told_from_those_of_another_of_its_name(tmp_path: Path) -> None:
    for name in ("one/b.md", "two/one/b.md", "one/one/b.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"# Of {name.split('/')[0]}\n\nWords.\n", encoding="utf-8")
    assert slides("build", "two", "-o", "out", "--only", "cheatsheet", cwd=tmp_path).returncode == 0
    assert slides("build", "one/b.md", "-o", "out", "--only", "cheatsheet", cwd=tmp_path).returncode == 0
    done = slides("check", "one/b.md", "-o", "out", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"in {tmp_path / 'out' / 'b'}" in done.stdout


def test_a_theme_that_there_is_not_is_told_where_it_is_named(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("---\ntheme: of the site\ndeck:\n  theme: nowhere\n---\n# Page\n\nWords.\n", encoding="utf-8")
    for command in ("build", "explain"):
        done = slides(command, "page.md", cwd=tmp_path)
        assert done.returncode == 2
        assert done.stderr.startswith("page.md:4: error[unknown-theme]: there is no theme 'nowhere'")
    page.write_text("# Page\n\nWords.\n", encoding="utf-8")
    (tmp_path / "slides.toml").write_text('paper = "a4"\ntheme = "gone"\n', encoding="utf-8")
    done = slides("build", "page.md", cwd=tmp_path)
    assert done.returncode == 2
    assert f"{tmp_path / 'slides.toml'}:2: error[unknown-theme]: there is no theme 'gone'" in done.stderr
    done = slides("build", "page.md", "--theme", "none", cwd=tmp_path)
    assert "there is no theme 'none', as --theme asks for" in done.stderr


def test_a_page_that_is_named_wrong_is_guessed(site: Path) -> None:
    assert "did you mean docs/guide/b.md?" in slides("build", "docs/guide/bb.md", cwd=site).stderr
    assert "did you mean docs?" in slides("check", "doc", cwd=site).stderr
    assert "nor is there a folder 'dox'" in slides("outline", "dox/a.md", cwd=site).stderr


def test_what_is_wrong_with_a_folder_s_settings_is_told_once(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("# Page\n\nWords.\n", encoding="utf-8")
    (tmp_path / "slides.toml").write_text("papr = 'a4'\n", encoding="utf-8")
    done = slides("build", ".", "-o", "out", cwd=tmp_path)
    assert (done.returncode, done.stderr.count("did you mean paper?")) == (2, 1)


def test_what_is_told_of_a_page_is_in_the_order_of_its_lines(tmp_path: Path) -> None:
    text = "# Page\n\nWords.\n\n<!-- slide: brake -->\n\nMore [words](gone.md).\n"
    (tmp_path / "page.md").write_text(text, encoding="utf-8")
    done = slides("build", "page.md", "--only", "deck", cwd=tmp_path)
    assert [line.split(":")[1] for line in done.stderr.splitlines()] == ["5", "7"]


def test_the_report_says_that_files_are_text_where_the_results_are_elsewhere(site: Path, tmp_path: Path) -> None:
    done = slides("build", site / "docs/a.md", "-o", tmp_path / "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "a.md:7: note[unlinked-file]" in done.stderr
    assert json.loads((tmp_path / "out/a/a-report.json").read_text(encoding="utf-8"))
    assert deck_links(tmp_path / "out/a/a.pptx") == {"../guide/b/b.pptx"}
    assert slides("check", site / "docs/a.md", "-o", tmp_path / "out", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("target", ["../../a/b.pptx", "../../a/a.md", None])
def test_a_link_to_another_page_that_leads_elsewhere_is_found(site: Path, tmp_path: Path, target: str | None) -> None:
    shutil.copytree(site / "docs", tmp_path / "docs")
    shutil.copytree(site / "out", tmp_path / "out")
    deck = tmp_path / "out/guide/b/b.pptx"
    with ZipFile(site / "out/guide/b/b.pptx") as whole, ZipFile(deck, "w") as damaged:
        for name in whole.namelist():
            data = whole.read(name)
            if target:
                data = data.replace(b'"../../a/a.pptx"', f'"{target}"'.encode())
            else:
                data = re.sub(rb"<a:hlinkClick .*?</a:hlinkClick>|<a:hlinkClick [^>]*/>", b"", data)
            damaged.writestr(name, data)
    done = slides("check", "docs", "-o", "out", cwd=tmp_path)
    assert done.returncode == 1
    code = "wrong-target" if target else "lost-link"
    assert f"docs/guide/b.md:3: error[{code}]: the link “back”" in done.stderr
    assert f"docs/guide/b.md:7: error[{code}]: the link “the first”" in done.stderr
