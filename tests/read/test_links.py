"""Where links lead, and that nothing outside the root is looked at."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from pipeline.diagnostics import Severity, Span
from pipeline.model.inlines import BrokenTarget, FileTarget, PageTarget, SectionTarget, Target, WebTarget
from pipeline.read.assets import Assets
from pipeline.read.context import Context, Sink
from pipeline.read.definitions import Definitions
from pipeline.read.formulas import Formulas
from pipeline.read.links import Resolver
from pipeline.settings import Settings

HERE = Span(first=7, last=7)
FILES = (
    "docs/guide/page.md",
    "docs/guide/next page.md",
    "docs/guide/intro.mdx",
    "docs/guide/page/child.md",
    "docs/api/index.md",
    "docs/tool/tool.md",
    "docs/readme/README.md",
    "docs/v1.2.md",
    "static/files/table.csv",
    "notes/Deep Thought.md",
    "notes/drawing.svg",
    "README.md",
    "docs/02-guides/01-tea.md",
    "docs/02-guides/_index.md",
    "docs/api/odd-name.md",
    "blog/2024/post.md",
)
CONTENT = {
    "docs/api/odd-name.md": "---\ntitle: Odd\nslug: /reference/cups\n---\n# Cups\n",
    "blog/2024/post.md": "+++\nslug = 'kettle'\n+++\n# Kettle\n",
    "notes/Deep Thought.md": "# Deep\n\n## Answer\n\n### B\n",
}


class Site:
    def __init__(self, folder: Path, output: Path | None = None) -> None:
        self.root = folder / "site"
        for name in FILES:
            file = self.root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(
                CONTENT.get(name, "# Title\n\n## Part\n\n## y\n\nterm\n: its <a id='Mark'></a>description\n")
            )
        (folder / "secret.md").write_text("outside")
        self.sink = Sink(path="page.md")
        output = output or folder / "build"
        settings = Settings(root=self.root, output=output, results=output / "guide" / "page", offline=True)
        page = self.root / "docs" / "guide" / "page.md"
        self.resolver = Resolver(
            Context(
                settings=settings,
                page=page,
                definitions=Definitions(),
                anchors=frozenset({"first-part", "Über", "3-numbers"}),
                assets=Assets(settings, page, self.sink.report),
                formulas=Formulas(self.sink),
                sink=self.sink,
            )
        )

    def hints(self) -> list[str]:
        return [f"{diagnostic.code}: {diagnostic.hint}" for diagnostic in self.sink.diagnostics()]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def page_at(path: str, fragment: str = "", place: str | None = None) -> PageTarget:
    place = fragment if place is None else place
    return PageTarget(path=path, fragment=fragment, source="docs/guide/page.md", place=place)


def file_at(path: str) -> FileTarget:
    return FileTarget(path=path, way=f"../../../site/{path}")


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("https://example.com/a?b#c", WebTarget(url="https://example.com/a?b#c")),
        ("//example.com/a b", WebTarget(url="https://example.com/a%20b")),
        ("mailto:me@example.com", WebTarget(url="mailto:me@example.com")),
        ("tel:+41-1", WebTarget(url="tel:+41-1")),
        ("vscode://open", WebTarget(url="vscode://open")),
        ("#first-part", SectionTarget(id="first-part")),
        ("#First-Part", SectionTarget(id="first-part")),
        ("#%C3%9Cber", SectionTarget(id="Über")),
        ("#über", SectionTarget(id="Über")),
        ("page.md#first-part", SectionTarget(id="first-part")),
        ("/docs/guide/page#first-part", SectionTarget(id="first-part")),
        ("#", SectionTarget(id="")),
        ("#top", SectionTarget(id="")),
        ("?print=1", SectionTarget(id="")),
        ("page.md", SectionTarget(id="")),
        ("next%20page.md#part", page_at("docs/guide/next page.md", "part")),
        ("./intro", page_at("docs/guide/intro.mdx")),
        ("intro.html?x=1#y", page_at("docs/guide/intro.mdx", "y")),
        ("./child", page_at("docs/guide/page/child.md")),
        ("../api", page_at("docs/api/index.md")),
        ("../api/", page_at("docs/api/index.md")),
        ("../tool", page_at("docs/tool/tool.md")),
        ("../readme", page_at("docs/readme/README.md")),
        ("../v1.2", page_at("docs/v1.2.md")),
        ("/docs/api/", page_at("docs/api/index.md")),
        ("/api", page_at("docs/api/index.md")),
        ("@site/docs/api/index.md", page_at("docs/api/index.md")),
        ("@/api/index.md", page_at("docs/api/index.md")),
        ("/site/docs/api", page_at("docs/api/index.md")),
        ("/files/table.csv", file_at("static/files/table.csv")),
        ("..\\..\\notes\\drawing.svg", file_at("notes/drawing.svg")),
        ("../../notes/", file_at("notes")),
        ("/", page_at("README.md")),
    ],
)
def test_targets(site: Site, address: str, target: Target) -> None:
    assert site.resolver.resolve(address, HERE) == target
    assert site.sink.diagnostics() == ()


@pytest.mark.parametrize(
    ("address", "hint"),
    [
        ("", "write where it leads"),
        ("#frist-part", "did you mean #first-part?"),
        ("#quite-different", "no heading of this page has that id"),
        ("itnro.mdx", "did you mean intro.mdx?"),
        ("../api/indx.md#part", "did you mean ../api/index.md?"),
        ("/nowhere", "there is no such page or file"),
        ("%00zzzzz", "there is no such page or file"),
        ("C:\\notes.md", "there is no such page or file"),
        ("../../../secret.md", "it is outside the root: give a wider one with --root"),
        ("x" * 5_000, "there is no such page or file"),
    ],
)
def test_broken_links_are_told(site: Site, address: str, hint: str) -> None:
    target = site.resolver.resolve(address, HERE)
    assert isinstance(target, BrokenTarget)
    assert site.hints() == [f"broken-link: {hint}"]
    assert site.sink.diagnostics()[0].span == HERE


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
    ],
)
def test_addresses_that_are_never_followed(site: Site, address: str) -> None:
    assert site.resolver.resolve(address, HERE) is None
    assert site.hints() == ["unsafe-link: the link's text is kept"]


def test_links_out_of_the_root_are_not_followed(site: Site) -> None:
    (site.root / "docs" / "guide" / "link.md").symlink_to(site.root.parent / "secret.md")
    (site.root / "docs" / "outside").symlink_to(site.root.parent)
    assert isinstance(site.resolver.resolve("link.md", HERE), BrokenTarget)
    assert isinstance(site.resolver.resolve("../outside/secret.md", HERE), BrokenTarget)


def test_the_world_outside_leaves_no_trace(site: Site) -> None:
    there = site.resolver.resolve("../../../secret.md", HERE)
    absent = site.resolver.resolve("../../../nothing.md", HERE)
    assert isinstance(there, BrokenTarget)
    assert isinstance(absent, BrokenTarget)
    assert len(set(site.hints())) == 1


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("intro", page_at("docs/guide/intro.mdx")),
        ("Deep Thought", page_at("notes/Deep Thought.md")),
        ("deep thought#Answer", page_at("notes/Deep Thought.md", "answer")),
        ("notes/Deep Thought#A#B", page_at("notes/Deep Thought.md", "b")),
        ("drawing.svg", file_at("notes/drawing.svg")),
        ("#First part", SectionTarget(id="first-part")),
        ("page#First part", SectionTarget(id="first-part")),
    ],
)
def test_wiki_links_find_pages_by_name(site: Site, name: str, target: Target) -> None:
    assert site.resolver.resolve_wiki(name, HERE) == target
    assert site.sink.diagnostics() == ()


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/reference/cups", page_at("docs/api/odd-name.md")),
        ("/docs/reference/cups/#Cups", page_at("docs/api/odd-name.md", "cups", "")),
        ("../../reference/cups", page_at("docs/api/odd-name.md")),
        ("/blog/2024/kettle", page_at("blog/2024/post.md")),
        ("/docs/guides/tea", page_at("docs/02-guides/01-tea.md")),
        ("../guides/tea", page_at("docs/02-guides/01-tea.md")),
        ("/docs/guides/", page_at("docs/02-guides/_index.md")),
    ],
)
def test_pages_are_found_by_the_address_that_their_site_gives_them(site: Site, address: str, target: Target) -> None:
    assert site.resolver.resolve(address, HERE) == target
    assert site.sink.diagnostics() == ()


@pytest.mark.parametrize(
    ("address", "fragment", "place", "hints"),
    [
        ("intro.mdx#part", "part", "part", []),
        ("intro.mdx#Part", "part", "part", []),
        ("intro.mdx#title", "title", "", []),
        ("intro.mdx#term", "term", "y", []),
        ("intro.mdx#Mark", "Mark", "y", []),
        ("intro.mdx#prat", "prat", "", ["broken-link: did you mean #part?"]),
        ("intro.mdx#zzz", "zzz", "", ["broken-link: the link leads to the page itself"]),
    ],
)
def test_places_on_other_pages_are_looked_up(
    site: Site, address: str, fragment: str, place: str, hints: list[str]
) -> None:
    assert site.resolver.resolve(address, HERE) == page_at("docs/guide/intro.mdx", fragment, place)
    assert site.hints() == hints


def test_a_file_has_no_way_from_results_that_may_part_from_it(tmp_path: Path) -> None:
    site = Site(tmp_path, output=tmp_path.parent / "elsewhere")
    assert site.resolver.resolve("/notes/drawing.svg", HERE) == FileTarget(path="notes/drawing.svg", way="")
    assert site.resolver.resolve("/files/table.csv", HERE) == FileTarget(path="static/files/table.csv", way="")
    assert site.hints() == ["unlinked-file: results that stand in the root or beside it link to the root's files"]
    assert site.sink.diagnostics()[0].severity is Severity.NOTE


def test_addresses_are_not_taken_from_outside_the_root(site: Site, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text("---\nslug: /stolen\n---\n")
    (site.root / "docs" / "link.md").symlink_to(outside)
    assert site.resolver.resolve("/stolen", HERE) == BrokenTarget(address="/stolen")


def test_embedded_files_are_addressed_from_the_root(site: Site) -> None:
    assert site.resolver.wiki_file("drawing.svg") == "/notes/drawing.svg"
    assert site.resolver.wiki_file("missing.svg") == "missing.svg"
    assert isinstance(site.resolver.resolve_wiki("Missing", HERE), BrokenTarget)


def test_a_page_of_broken_links_takes_a_moment(site: Site) -> None:
    begin = time.process_time()
    for number in range(3_000):
        site.resolver.resolve(f"folder{number}/page{number}.md", HERE)
        site.resolver.resolve(f"#part-{number}", HERE)
    assert time.process_time() - begin < 10
    assert len(site.sink.diagnostics()) == 6_000


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to this user")
def test_folders_that_cannot_be_read_are_empty(site: Site) -> None:
    folder = site.root / "docs" / "api"
    folder.chmod(0)
    try:
        assert site.resolver.resolve("../api/index.md", HERE) == BrokenTarget(address="../api/index.md")
    finally:
        folder.chmod(0o755)
