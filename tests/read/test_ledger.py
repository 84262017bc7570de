"""The claim ledger: it explains every line, and it notices what is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.diagnostics import Severity, Span
from pipeline.model.document import Claim, Document, Figure, ItemList, Paragraph, Table
from pipeline.model.inlines import Link, Text
from pipeline.model.outline import outline_text
from pipeline.read import read_page
from pipeline.read.context import Sink
from pipeline.read.ledger import audit, report_losses
from pipeline.settings import Settings

SOURCE = """---
title: Tea
---

Leaves of the *tea* plant, see [the plant](https://example.com/camellia).

<!-- a comment
over lines -->

## Making it

:::tip[Water]
Boil it first.
:::

- Warm the pot.
- Add the leaves.

| Kind | Minutes |
|------|---------|
| green | 2 |
| black | 4 |

```sh title="brew.sh"
brew --kind green
```

<Img src="pot.svg" legend="A pot" origin="https://example.com/pot" />

---

import Pot from './pot';

[unused]: https://example.com/unused
"""
LINES = SOURCE.removesuffix("\n").split("\n")


@pytest.fixture
def document(tmp_path: Path) -> Document:
    (tmp_path / "page.md").write_text(SOURCE, encoding="utf-8")
    settings = Settings(root=tmp_path, output=tmp_path / "out", offline=True)
    return read_page(tmp_path / "page.md", settings).document


def lost(document: Document) -> dict[int, tuple[str, ...]]:
    explained = [(Span(first=7, last=8), Claim.COMMENT), (Span(first=32, last=32), Claim.CODE)]
    explained.append((Span(first=34, last=34), Claim.DEFINITION))
    return {entry.span.first: entry.lost for entry in audit(document, LINES, explained) if entry.lost}


def test_every_line_is_claimed(document: Document) -> None:
    claims = {entry.span.first: (entry.span.last, entry.claim) for entry in document.ledger}
    assert claims[1] == (3, Claim.METADATA)
    assert claims[5] == (5, Claim.CONTENT)
    assert claims[7] == (8, Claim.COMMENT)
    assert claims[30] == (30, Claim.MARKUP)
    assert claims[32] == (32, Claim.CODE)
    assert claims[34] == (34, Claim.DEFINITION)
    covered = {n for entry in document.ledger for n in range(entry.span.first, entry.span.last + 1)}
    assert {n for n, line in enumerate(LINES, start=1) if line} <= covered
    assert not [entry for entry in document.ledger if entry.lost]


def test_nothing_is_lost_of_the_whole_document(document: Document) -> None:
    assert lost(document) == {}


def test_a_lost_paragraph_is_named(document: Document) -> None:
    found = lost(replace(document, blocks=()))
    assert list(found) == [5]
    assert found[5][:3] == ("leaves", "of", "the")


def test_a_lost_word_is_named(document: Document) -> None:
    (paragraph,) = document.blocks
    assert isinstance(paragraph, Paragraph)
    cut = tuple(
        replace(i, text=i.text.replace("plant, ", "")) if isinstance(i, Text) else i for i in paragraph.children
    )
    assert lost(replace(document, blocks=(replace(paragraph, children=cut),))) == {5: ("plant",)}


def test_a_lost_address_is_named(document: Document) -> None:
    (paragraph,) = document.blocks
    assert isinstance(paragraph, Paragraph)
    bare = tuple(part for i in paragraph.children for part in (i.children if isinstance(i, Link) else (i,)))
    found = lost(replace(document, blocks=(replace(paragraph, children=bare),)))
    assert found == {5: ("https", "example", "com", "camellia")}


@pytest.mark.parametrize(
    ("kind", "line", "words"),
    [
        (ItemList, 16, ("warm", "the", "pot", "add", "the", "leaves")),
        (Table, 19, ("kind", "minutes")),
        (Figure, 28, ("a", "pot")),
    ],
)
def test_a_lost_block_is_named(document: Document, kind: type, line: int, words: tuple[str, ...]) -> None:
    (section,) = document.sections
    kept = tuple(block for block in section.blocks if not isinstance(block, kind))
    found = lost(replace(document, sections=(replace(section, blocks=kept),)))
    assert line in found
    assert set(words) <= set(found[line])


def test_a_lost_row_and_a_repeated_word_are_named(document: Document) -> None:
    (section,) = document.sections
    blocks = tuple(replace(b, rows=b.rows[:1]) if isinstance(b, Table) else b for b in section.blocks)
    assert lost(replace(document, sections=(replace(section, blocks=blocks),))) == {22: ("black", "4")}


def test_an_explanation_is_believed_only_if_it_looks_like_one(document: Document) -> None:
    claimed = [(Span(first=5, last=5), claim) for claim in (Claim.COMMENT, Claim.CODE, Claim.DEFINITION, Claim.MARKUP)]
    for explanation in claimed:
        entries = audit(replace(document, blocks=()), LINES, [explanation])
        assert next(entry for entry in entries if entry.span.first == 5).claim is Claim.UNCLAIMED


def test_losses_are_errors(document: Document) -> None:
    sink = Sink(path="page.md")
    report_losses(audit(replace(document, blocks=()), LINES, []), sink)
    said = next(d for d in sink.diagnostics() if d.span and d.span.first == 5)
    assert (said.severity, said.code) == (Severity.ERROR, "lost-text")
    assert "leaves of the" in said.message


@pytest.mark.parametrize(
    "text",
    [
        '<table><tr><td>\n\n```sh title="run.sh"\nbrew tea\n```\n\n</td><td>x</td></tr></table>',
        "| Pot | Cup |\n|---|---|\n| ![[tea.png\\|50]] | [[Leaves\\|leaf]] |",
    ],
    ids=["code in a cell", "a size in a cell"],
)
def test_what_only_sets_a_cell_is_no_loss(tmp_path: Path, text: str) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"# Tea\n\n{text}\n", encoding="utf-8")
    reading = read_page(page, Settings(root=tmp_path, output=tmp_path / "out", offline=True))
    assert [said.message for said in reading.diagnostics if said.code == "lost-text"] == []
    assert "run.sh" not in text or "run.sh" in outline_text(reading.document)
