"""The block parser as an extension of Python-Markdown: it takes the place of `md.parser`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, cast
from xml.etree.ElementTree import Element, ElementTree, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser as MarkdownBlockParser
from markdown.extensions import Extension

from pipeline.read.blocks.engine import BlockParser
from pipeline.read.blocks.grammar import dialect
from pipeline.read.blocks.nodes import Container, Heading, Leaf, Node, Page
from pipeline.read.context import Sink
from pipeline.read.definitions import FoundDefinitions

# These change the text before it is parsed, or the tree after it, so that lines would not be the source's.
_PREPROCESSORS: Final = ("normalize_whitespace", "html_block")
_TREE_PROCESSORS: Final = ("prettify",)


class CommonMarkBlocks(Extension):
    """Puts CommonMark's blocks and the dialects' in the place of Python-Markdown's."""

    def __init__(self, found: FoundDefinitions, sink: Sink) -> None:
        super().__init__()
        self._found = found
        self._sink = sink

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Exchange the parser, and take away what would lose the source's lines."""
        for name in _PREPROCESSORS:
            md.preprocessors.deregister(name)
        for name in _TREE_PROCESSORS:
            md.treeprocessors.deregister(name)
        md.parser = PageParser(md, self._found, self._sink)


class PageParser(MarkdownBlockParser):
    """What stands at `md.parser`. Pages are read with `parse_page`; Python-Markdown's block processors do not run."""

    def __init__(self, md: Markdown, found: FoundDefinitions, sink: Sink) -> None:
        super().__init__(md)
        self._found = found
        self._sink = sink

    def parse_page(self, lines: Sequence[str], first: int = 1) -> Page:
        """The tree of blocks of those lines, of which the first is source line `first`."""
        return BlockParser(dialect(), self._found, self._sink).parse(lines, first)

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802 - Python-Markdown's name
        """The same tree as Python-Markdown passes it on: an element for each node, named by its kind."""
        page = self.parse_page([*lines])
        root = Element(self.md.doc_tag)
        todo: list[tuple[Node, Element]] = [(child, root) for child in reversed(page.children)]
        while todo:
            node, parent = todo.pop()
            element = SubElement(parent, _tag(node), {"lines": f"{node.first}-{node.span.last}"})
            if isinstance(node, Leaf):
                element.text = node.text
            if isinstance(node, Container):
                todo.extend((child, element) for child in reversed(node.children))
        return ElementTree(root)


def page_parser(found: FoundDefinitions, sink: Sink) -> PageParser:
    """Python-Markdown's parser with this extension."""
    return cast("PageParser", Markdown(extensions=[CommonMarkBlocks(found, sink)]).parser)


def _tag(node: Node) -> str:
    return f"h{node.level}" if isinstance(node, Heading) else type(node).__name__.lower()
