"""The block parser in Python-Markdown's place."""

from __future__ import annotations

from markdown import Markdown

from pipeline.read.blocks.extension import CommonMarkBlocks, PageParser, page_parser
from pipeline.read.blocks.nodes import List, Paragraph
from pipeline.read.context import Sink
from pipeline.read.definitions import FoundDefinitions


def test_the_parser_is_exchanged_and_what_moves_lines_is_gone() -> None:
    md = Markdown(extensions=[CommonMarkBlocks(FoundDefinitions(), Sink(path=""))])
    assert isinstance(md.parser, PageParser)
    assert "html_block" not in md.preprocessors
    assert "normalize_whitespace" not in md.preprocessors
    assert "prettify" not in md.treeprocessors


def test_a_page_is_parsed_from_any_line_on() -> None:
    found = FoundDefinitions()
    page = page_parser(found, Sink(path="")).parse_page(["text", "- item", "", "[a]: b"], 11)
    paragraph, items, _ = page.children
    assert isinstance(paragraph, Paragraph)
    assert isinstance(items, List)
    assert (paragraph.first, items.first, page.last) == (11, 12, 14)
    assert found.complete().links["a"].span.first == 14


def test_the_tree_as_python_markdown_passes_it_on() -> None:
    parser = page_parser(FoundDefinitions(), Sink(path=""))
    root = parser.parseDocument(["# A *b*", "", "> - c", ">   d"]).getroot()
    assert root is not None
    found = [(element.tag, element.get("lines"), element.text) for element in root.iter()][1:]
    assert found == [
        ("h1", "1-1", "A *b*"),
        ("quote", "3-4", None),
        ("list", "3-4", None),
        ("item", "3-4", None),
        ("paragraph", "3-4", "c\nd"),
    ]
