"""Where a comparison's cells stand in their page."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from pipeline.model.document import Block, CodeBlock, Document
from pipeline.model.inlines import Inlines
from pipeline.model.plan import Comparison
from pipeline.model.text import own_inlines, plain_text, walk_blocks, walk_inlines
from pipeline.plan.topics import walk_sections


def assert_from_the_page(document: Document, comparison: Comparison) -> None:
    """Every cell is a contiguous stretch of one text of the page, marks removed, and begins on its line."""
    told = tuple(_told(document))
    named = {subject.name for subject in comparison.subjects}
    aspects = [row.aspect for row in comparison.rows]
    assert len(set(aspects)) == len(aspects)
    for row in comparison.rows:
        assert row.aspect
        assert row.rule
        assert row.cells
        assert len({(cell.subject, cell.text) for cell in row.cells}) == len(row.cells)
        for cell in row.cells:
            assert cell.subject in named
            assert cell.text.strip() == cell.text != ""
            assert any(cell.line in _lines(text, pieces, cell.text) for text, pieces in told), cell


def as_in_the_page(document: Document, comparison: Comparison) -> Comparison:
    """The comparison with its cells' first letters as the page writes them, and without last full stops."""
    texts = tuple(text for text, _ in _told(document))
    return replace(
        comparison,
        rows=tuple(
            replace(row, cells=tuple(replace(cell, text=_written(cell.text, texts)) for cell in row.cells))
            for row in comparison.rows
        ),
    )


def _written(cell: str, texts: tuple[str, ...]) -> str:
    forms = (cell, cell[:1].lower() + cell[1:])
    return next(form for form in forms if any(form in text for text in texts)).rstrip(".。")


Pieces = tuple[tuple[int, int], ...]
"""Where in a text each source line begins, and which."""


def _told(document: Document) -> Iterator[tuple[str, Pieces]]:
    """Every text of the page with the source lines of its parts."""
    blocks = (document.blocks, *(section.blocks for section in walk_sections(document.sections)))
    for section in walk_sections(document.sections):
        yield _text(section.title, section.heading.first)
    for run in blocks:
        for block in walk_blocks(run):
            yield from _texts(block)
    hint = document.metadata.compare
    for cell in (*(cell for row in hint.rows for cell in row.cells), *hint.verdicts) if hint else ():
        yield cell.text, ((0, cell.line),)


def _texts(block: Block) -> Iterator[tuple[str, Pieces]]:
    if isinstance(block, CodeBlock):
        lines = block.text.split("\n")
        fence = 1 if block.span.last - block.span.first + 1 > len(lines) else 0
        yield from ((line, ((0, block.span.first + fence + at),)) for at, line in enumerate(lines))
    yield from (_text(inlines, block.span.first) for inlines in own_inlines(block))


def _text(inlines: Inlines, line: int) -> tuple[str, Pieces]:
    pieces = [(0, line)]
    offset = 0
    for inline in walk_inlines(inlines):
        if getattr(inline, "children", None) or getattr(inline, "legend", None):
            continue
        pieces.append((offset, inline.span.first))
        pieces.extend((offset + first, number) for first, number in getattr(inline, "lines", ()))
        offset += len(plain_text((inline,)))
    return plain_text(inlines), tuple(pieces)


def _lines(text: str, pieces: Pieces, cell: str) -> Iterator[int]:
    """The source lines on which a cell begins, wherever it stands in a text; its first letter may be raised."""
    for written in (cell, cell[:1].lower() + cell[1:]):
        at = text.find(written)
        while at >= 0:
            yield max((offset, index, line) for index, (offset, line) in enumerate(pieces) if offset <= at)[2]
            at = text.find(written, at + 1)
