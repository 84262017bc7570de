"""Input made to hurt: deep, wide and half-open constructs are read in linear time and without recursion."""

from __future__ import annotations

import gc
import time
from itertools import accumulate
from pathlib import Path

import pytest

from pipeline.diagnostics import ContentError
from pipeline.model.document import Blocks, Document
from pipeline.model.text import inner_blocks, own_inlines, plain_text, walk_blocks
from pipeline.read import read_page
from pipeline.read.blocks.engine import BlockParser
from pipeline.read.blocks.grammar import dialect
from pipeline.read.context import Sink
from pipeline.read.definitions import FoundDefinitions
from pipeline.read.elements import pair_tags
from pipeline.read.page import Reading
from pipeline.settings import Settings

# Processor time, so that a busy machine fails no test; the slowest takes a tenth of it.
SECONDS = 3.0

BLOCKS = {
    "quotes within quotes": ">" * 20_000 + " a",
    "bullets within bullets": "- " * 10_000 + "a\n" + "\n\n" * 5_000,
    "deep lists": "".join("  " * depth + "- a\n" for depth in range(600)),
    "a blank line behind each item": "- a\n\n" * 20_000,
    "link definitions": "[a]: b\n" * 40_000,
    "half-open link definitions": '[a]: b "\n' * 20_000,
    "half-open labels": "[a\n" * 40_000,
    "open fences": "~~~\n\n" * 20_000,
    "open directives": ":::note\n" * 10_000 + "text\n" * 5_000,
    "closing fences": "text\n:::\n" * 10_000,
    "open tags": "<Card>\n" * 10_000 + "text\n" * 5_000,
    "half-open tags": "<Card a={\n" * 10_000,
    "tags in a line": "<b><i>" * 20_000,
    "open elements": "<div>\n" * 20_000 + "\ntext\n",
    "open drawings": "<div>\n" + "<svg>\n" * 10_000,
    "open comments in a line": "<div>" + "<!--" * 20_000,
    "table rows": "| a |\n|---|\n" + "| b | c |\n" * 10_000,
    "delimiter rows": "a | b\n" + "|-" * 20_000,
    "pipes": "|" * 50_000 + "\n|---|\n",
    "formulas": "$$\n" * 20_000,
    "half-open formulas": "$$a\n" * 20_000,
    "half-open code": "export {\n" * 20_000,
    "braces": "{/*\n" * 20_000,
    "terms": "a\n" * 20_000 + ": b\n" * 10_000,
    "footnotes": "[^a]: " * 10_000 + "b",
    "admonitions": "!!! " * 20_000,
    "headings": "# " * 20_000 + "\n" + "#### a\n" * 5_000,
    "tabs": "\t" * 50_000 + "a",
    "underlines": "a\n" * 20_000 + "===",
    "comments of kramdown": "{::comment}\n" * 20_000,
    "breaks of MyST": "```{a}\n```\n" + "+++\n" * 20_000,
    "remarks of MyST": "% a\n" * 20_000,
    "long tags": "<Card\n  a={\n" * 10_000,
    "expressions": "{a => (\n" * 20_000,
    "components of code": "<CodeBlock a={`\n" * 4_000,
    "titles of callouts": "::: {.callout-note}\n## a\n" * 5_000,
    "corners of grids": "+--+\n|  |\n\n" * 5_000 + "+--+\n" * 10_000 + "| a |\n|---|\n" + "+--+\n" * 10_000,
    "dashes over columns": "-- --\n\n" * 5_000 + "a\n-- --\nabc\n\n" * 5_000 + "----\na\n-- --\n\n" * 5_000,
    "tabs of VuePress": "::: tabs\n" + "@tab a\n" * 10_000 + "<<< @/a\n" * 10_000,
    "tabs of code": "{{< tabpane >}}\n" + "{{< tab a >}}\nb\n" * 10_000,
    "columns of Microsoft Learn": ':::row:::\n:::column span="2":::\n' * 5_000 + "a\n:::column-end:::\n" * 5_000,
    "zones without an end": '::: zone pivot="a"\n' * 10_000 + "text\n" * 5_000,
    "ends without a zone": "a\n::: zone-end\n" * 10_000,
    "classes of kramdown": "> a\n{: .note }\n" * 10_000,
    "template code": "{{< highlight a >}}\n" * 10_000,
}


@pytest.mark.parametrize("name", BLOCKS)
def test_blocks_are_parsed_in_linear_time(name: str) -> None:
    found, sink = FoundDefinitions(), Sink(path="")
    start = time.process_time()
    page = BlockParser(dialect(), found, sink).parse(BLOCKS[name].split("\n"))
    pair_tags(page, found, sink)
    assert time.process_time() - start < SECONDS
    assert page.children


PAGES = {
    "quotes": "> " * 1_000 + "innermost",
    "lists": "".join("  " * depth + f"- level {depth}\n" for depth in range(300)) + "\ninnermost",
    "directives": ":::note\n" * 50 + "innermost\n" + ":::\n" * 50,
    "elements": "<div><blockquote>" * 500 + "innermost" + "</blockquote></div>" * 500,
    "components": "<Card>\n" * 500 + "\ninnermost\n\n" + "</Card>\n" * 500,
    "lists in quotes": "> - " * 500 + "innermost",
    "a wide table": "|" + "a|" * 500 + "\n|" + "-|" * 500 + "\n|" + "b|" * 500 + "\n\ninnermost",
    "footnotes that name each other": "[^a] innermost\n\n[^a]: [^b]\n\n[^b]: [^a]",
    "a long line": "word " * 40_000 + "innermost",
    "a text that names itself": '---\ntitle: T\nsubstitutions: {x: "'
    + "{{ x }} " * 24
    + '"}\n---\n\n'
    + "Say {{ x }}\n\n" * 1_000
    + "innermost",
    "titles that name themselves": "innermost\n\n## "
    + "See [](#self) @sec-a " * 9
    + "{#self}\n\n"
    + "Go [](#self) @sec-a\n\n" * 1_000
    + "## "
    + "B @sec-a " * 20
    + "{#sec-a}",
}


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_read_whole(name: str, tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(PAGES[name], encoding="utf-8")
    start = time.process_time()
    reading = read_page(tmp_path / "page.md", Settings(root=tmp_path, output=tmp_path / "out", offline=True))
    assert time.process_time() - start < SECONDS
    assert "innermost" in shown(reading.document)
    assert not [d for d in reading.diagnostics if d.code == "lost-text"]
    assert depth(reading.document.blocks) < 40


MARKS = (
    *"[](){}<>*_`~\"'!|$&^:@=+\\",
    *("![](", "[a](", "[a][", "**", "a**b", '<a href="', "<!--", "{/*", "{{", "$$", "]]", "`\\", "://["),
    *('"[(<{*', "*_`[", "a\n> "),
    *(
        "{++",
        "{~~a~>",
        "{==",
        "{::comment}",
        "{{ x }}",
        "@fig-a ",
        ":material-a:",
        "`a`{=b}",
        "{'a",
        "{`",
        "[a]{.b ",
        "<C a={",
    ),
    *(':::image a="', ':::image a="b" ', "[!INCLUDE [a](b", "[!video https://a", '[!div a="'),
)


@pytest.mark.parametrize("mark", MARKS)
def test_ten_thousand_marks_are_read(mark: str, tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(f"before {mark * 10_000} innermost\n", encoding="utf-8")
    reading, seconds = timed(tmp_path)
    assert seconds < SECONDS
    assert not [d for d in reading.diagnostics if d.code == "lost-text"]


@pytest.mark.parametrize("mark", ['"[(<{*', "`a``", "![](<", "*a_b**", '- [x] "a"\n\n', "| a | `b` |\n"])
def test_time_grows_with_the_source(mark: str, tmp_path: Path) -> None:
    def seconds(times: int) -> float:
        (tmp_path / "page.md").write_text(f"before {mark * times} innermost\n", encoding="utf-8")
        return max(timed(tmp_path)[1], 0.01)

    # Four times the source takes four times as long; were it quadratic, sixteen times. The best of a few rounds counts,
    # since a machine that does something else as well is slow now and then.
    rounds = accumulate(((seconds(1_000), seconds(4_000)) for _ in range(8)), lambda a, b: tuple(map(min, a, b)))
    assert any(long < 9 * short for short, long in rounds)


def timed(folder: Path) -> tuple[Reading, float]:
    """Without collecting garbage: how long that takes depends on what other tests have left in memory."""
    settings = Settings(root=folder, output=folder / "out", offline=True)
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        reading = read_page(folder / "page.md", settings)
        return reading, time.process_time() - start
    finally:
        gc.enable()


def test_a_page_that_is_too_large_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_bytes(b"word " * 4_000_001)
    with pytest.raises(ContentError, match="page-too-large"):
        read_page(tmp_path / "page.md", Settings(root=tmp_path, output=tmp_path / "out"))


def shown(document: Document) -> str:
    blocks = walk_blocks(document.blocks)
    return " ".join(plain_text(inlines) for block in blocks for inlines in own_inlines(block))


def depth(blocks: Blocks) -> int:
    """How deep blocks stand within each other, asked without recursion."""
    deepest, level = 0, blocks
    while level:
        deepest += 1
        level = tuple(child for block in level for children in inner_blocks(block) for child in children)
    return deepest
