"""The block parser against the examples of the CommonMark specification, where they are at hand.

Blocks are ours; the inline text is rendered by another CommonMark parser, so that only blocks are compared.
"""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference

from pipeline.read.blocks.engine import BlockParser, Grammar
from pipeline.read.blocks.grammar import commonmark, dialect
from pipeline.read.blocks.nodes import (
    Code,
    Explained,
    Heading,
    Html,
    Item,
    Leaf,
    List,
    Node,
    Page,
    Paragraph,
    Quote,
    Rule,
)
from pipeline.read.blocks.references import unescape
from pipeline.read.context import Sink
from pipeline.read.definitions import FoundDefinitions

EXAMPLES = Path(__file__).parents[2].parent / "shared" / "corpus" / "spec" / "commonmark-examples.json"

# Examples that the dialects read otherwise on purpose: `<Warning>` is a component, and `<>` a fragment of some.
DIALECT_DIFFERS = frozenset({164, 609})


def render(markdown: str, grammar: Grammar) -> str:
    found = FoundDefinitions()
    page = BlockParser(grammar, found, Sink(path="")).parse(markdown.removesuffix("\n").split("\n"))
    return Renderer(found).all_of(page.children)


class Renderer:
    """HTML as the specification writes it; what only the dialects know is rendered as what it holds."""

    def __init__(self, found: FoundDefinitions) -> None:
        self.inline = MarkdownIt("commonmark")
        self.references = {
            normalizeReference(label): {"href": self.inline.normalizeLink(d.destination), "title": d.title}
            for label, d in found.complete().links.items()
        }

    def all_of(self, nodes: list[Node], *, tight: bool = False) -> str:
        return "".join(self.html(node, tight=tight) for node in nodes)

    def html(self, node: Node, *, tight: bool) -> str:
        match node:
            case Leaf():
                return self.leaf(node, tight=tight)
            case Quote():
                return f"<blockquote>\n{self.all_of(node.children)}</blockquote>\n"
            case List():
                name = "ul" if node.start is None else "ol"
                start = f' start="{node.start}"' if node.start not in (None, 1) else ""
                return f"<{name}{start}>\n{self.all_of(node.children, tight=node.tight)}</{name}>\n"
            case Item():
                return f"<li>{self.all_of(node.children, tight=tight)}</li>\n"
            case Rule():
                return "<hr />\n"
        return self.all_of(getattr(node, "children", []))

    def leaf(self, node: Leaf, *, tight: bool) -> str:
        match node:
            case Paragraph():
                return f"{self.text(node)}\n" if tight else f"<p>{self.text(node)}</p>\n"
            case Heading():
                return f"<h{node.level}>{self.text(node)}</h{node.level}>\n"
            case Html():
                return node.text.rstrip("\n") + "\n"
            case Code():
                language = unescape(node.info).split()[0] if node.info else ""
                attribute = f' class="language-{escape(language)}"' if language else ""
                body = escape(node.text) + ("\n" if node.lines else "")
                return f"<pre><code{attribute}>{body}</code></pre>\n"
        return ""

    def text(self, leaf: Leaf) -> str:
        return self.inline.renderInline(leaf.text, {"references": self.references})


def squeezed(html: str) -> str:
    """HTML without the white space that stands between blocks and means nothing."""
    html = re.sub(r"\s*(</?(?:li|ul|ol|blockquote|p|pre|h\d|hr)\b[^>]*>)\s*", r"\1", html)
    return html.replace("&#x27;", "'").strip()


def examples() -> list[dict]:
    if not EXAMPLES.exists():
        pytest.skip("the specification's examples are not at hand")
    return [example for example in json.loads(EXAMPLES.read_text()) if not example["ext"]]


def failures(grammar: Grammar) -> dict[int, tuple[str, str]]:
    found = {}
    for example in examples():
        got, expected = squeezed(render(example["markdown"], grammar)), squeezed(example["html"])
        if got != expected:
            found[example["example"]] = (got, expected)
    return found


def test_every_example_of_the_specification() -> None:
    assert failures(commonmark()) == {}


def test_the_dialects_change_no_other_example() -> None:
    assert set(failures(dialect())) <= DIALECT_DIFFERS


def blocks(node: Node) -> str:
    children = getattr(node, "children", None)
    name = type(node).__name__
    return name if not children else f"{name}[{' '.join(map(blocks, children))}]"


def parsed(markdown: str) -> Page:
    return BlockParser(commonmark(), FoundDefinitions(), Sink(path="")).parse(markdown.split("\n"))


@pytest.mark.parametrize(
    ("markdown", "tree"),
    [
        ("a\n- b\n  - c\n\n    d", "Page[Paragraph List[Item[Paragraph List[Item[Paragraph Paragraph]]]]]"),
        ("> a\nb\n\nc", "Page[Quote[Paragraph] Paragraph]"),
        ("> ```\n> a\nb", "Page[Quote[Code] Paragraph]"),
        ("1. a\n   ```\n   b\n   ```\n2. c", "Page[List[Item[Paragraph Code] Item[Paragraph]]]"),
        ("a\n---\n***\n    b", "Page[Heading Rule Code]"),
        ("[a]: /b\n  'c'\n[d]: <e f>\ng", "Page[Explained Explained Paragraph]"),
        ("-\n\n  a", "Page[List[Item] Paragraph]"),
        ("\t- a\n\n- b\n\n\t- c", "Page[Code List[Item[Paragraph List[Item[Paragraph]]]]]"),
        ("<div>\n*a*\n\nb", "Page[Html Paragraph]"),
    ],
)
def test_structure(markdown: str, tree: str) -> None:
    assert blocks(parsed(markdown)) == tree


def test_lines_are_the_sources_lines() -> None:
    source = "> a|> b||- c||      d||  e|  ===||~~~ x|f|~~~||[g]: h|i|  j".replace("|", "\n").split("\n")
    todo: list[Node] = [BlockParser(commonmark(), FoundDefinitions(), Sink(path="")).parse(source)]
    seen = 0
    while todo:
        node = todo.pop()
        todo += getattr(node, "children", [])
        if isinstance(node, Leaf) and not isinstance(node, Explained):
            for number, line in zip(node.numbers, node.lines, strict=True):
                assert source[number - 1].endswith(line)
                assert line.strip()
                seen += 1
    assert seen == 8
