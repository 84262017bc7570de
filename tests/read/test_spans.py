"""Spans: each node's text stands on the source lines that the node names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pipeline.diagnostics import Span
from pipeline.model.document import Block, Blocks, CodeBlock, Document, Figure, Heading, Paragraph, Section, Table
from pipeline.model.text import inner_blocks, plain_text, walk_blocks
from pipeline.read import read_page
from pipeline.settings import Settings

SOURCE = """\
Alpha one
alpha two

> Bravo quote
lazy bravo
> - Charlie item
>   more charlie
>
>   > Delta inside

1. Echo first

   Echo second
2. ```
   foxtrot();
   ```

       golf code

:::tip Hotel title

India text

- Juliett

  | Kilo | Lima |
  |------|------|
  | mike | november |

:::

Heading oscar
in two lines
-------------

<details>
<summary>Papa summary</summary>

Quebec text
  with romeo

</details>

[^s]: Sierra note

    Tango note

Uniform term
: Victor said

  Whiskey said

!!! note "Xray title"
    Yankee text

    Zulu text[^s]
"""
LINES = SOURCE.split("\n")
WORD = re.compile(r"\w+")


def document(folder: Path) -> Document:
    (folder / "page.md").write_text(SOURCE, encoding="utf-8")
    return read_page(folder / "page.md", Settings(root=folder, output=folder / "out", offline=True)).document


def blocks_of(document: Document) -> Iterator[Block]:
    def within(blocks: Blocks, sections: tuple[Section, ...]) -> Iterator[Block]:
        yield from walk_blocks(blocks)
        for section in sections:
            yield from within(section.blocks, section.sections)

    yield from within(document.blocks, document.sections)
    for footnote in document.footnotes:
        yield from walk_blocks(footnote.children)


def source_of(span: Span) -> str:
    return "\n".join(LINES[span.first - 1 : span.last])


def text_of(block: Block) -> str:
    match block:
        case Paragraph() | Heading():
            return plain_text(block.children)
        case CodeBlock():
            return block.text
        case Table():
            return " ".join(plain_text(cell.children) for row in block.rows for cell in row.cells)
        case Figure():
            return block.image.source
    return ""


def test_every_text_stands_on_its_lines_and_fills_them(tmp_path: Path) -> None:
    seen: set[str] = set()
    for block in blocks_of(document(tmp_path)):
        found = WORD.findall(text_of(block))
        source = WORD.findall(source_of(block.span))
        assert set(found) <= set(source), block
        if isinstance(block, Paragraph):
            # No line of the span holds nothing of the paragraph.
            for number in range(block.span.first, block.span.last + 1):
                line = WORD.findall(LINES[number - 1])
                assert not line or set(line) & set(found), (block, number)
        seen |= {word.lower() for word in found}
    assert {"alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "india", "juliett", "mike"} <= seen
    assert {"quebec", "romeo", "sierra", "tango", "victor", "whiskey", "yankee", "zulu"} <= seen


def test_parents_span_their_children(tmp_path: Path) -> None:
    for block in blocks_of(document(tmp_path)):
        for children in inner_blocks(block):
            for child in children:
                assert block.span.first <= child.span.first
                assert child.span.last <= block.span.last


def test_sections_reach_to_their_last_line(tmp_path: Path) -> None:
    (section,) = document(tmp_path).sections
    assert section.heading == Span(first=32, last=34)
    assert section.span == Span(first=32, last=LINES.index("    Zulu text[^s]") + 1)
