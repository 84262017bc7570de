"""The ledger's report: each line's claimants or reason, and what is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.model.document import Claim, Document
from pipeline.model.ledger_report import accounts, is_whole, ledger_data, ledger_text
from pipeline.read import read_page
from pipeline.read.ledger import audit
from pipeline.settings import Settings

SOURCE = """\
---
title: Bread
---

Flour and water[^salt].

<!-- deck: skip -->

## Baking

:::tip[Oven]

- Heat it.

  - Well.

:::

| Grain | Hours |
|-------|-------|
| rye   | 20    |

Crust
: The outside.

![A loaf](loaf.svg)

***

import Loaf from './loaf';

[unused]: https://example.com/unused

```sh
bake
```

> Warm.

[^salt]: And salt.
"""
LINES = SOURCE.split("\n")[:-1]
REPORT = """\
        1-3  metadata         front matter
          5  content          page > paragraph 1
          7  comment          page > hint 1
          9  content          #baking > heading
         11  content          #baking > callout 1 > title
         13  content          #baking > callout 1 > list 1 > item 1 > paragraph 1
         15  content          #baking > callout 1 > list 1 > item 1 > list 1 > item 1 > paragraph 1
         17  markup           marks of #baking > callout 1
         19  content          #baking > table 1 > row 1
         20  markup           marks of #baking > table 1
         21  content          #baking > table 1 > row 2
         23  content          #baking > definitions 1 > entry 1 > term
         24  content          #baking > definitions 1 > entry 1 > paragraph 1
         26  content          #baking > figure 1
         26  content          #baking > figure 1 > legend
         28  markup           #baking > divider 1
         30  component code   imports, exports, scripts and styles: nothing in a page is executed
         32  link definition  an address or a long form, used where its label is
      34-36  content          #baking > code 1
         38  content          #baking > quote 1 > paragraph 1
         40  content          footnote salt > label
         40  content          footnote salt > paragraph 1
every line is claimed or explained, and no word is lost"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bread") / "bread.md"
    path.write_text(SOURCE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def document(page: Path) -> Document:
    return read_page(page, Settings(root=page.parent, output=page.parent / "out", offline=True)).document


def cut(document: Document) -> Document:
    """The document without what stands above its first section, and what the ledger says of that."""
    bare = replace(document, blocks=())
    explained = [(entry.span, entry.claim) for entry in document.ledger if entry.claim is not Claim.CONTENT]
    return replace(bare, ledger=audit(bare, LINES, explained))


def test_the_report_names_who_answers_for_each_line(document: Document) -> None:
    assert ledger_text(document) == REPORT
    assert is_whole(document)


def test_every_line_with_words_has_a_claimant_or_a_reason(document: Document) -> None:
    claimed = {
        number
        for account in accounts(document)
        for claimant in account.claimants
        for number in range(claimant.span.first, claimant.span.last + 1)
    }
    for entry in document.ledger:
        for number in range(entry.span.first, entry.span.last + 1):
            if entry.claim is Claim.CONTENT and LINES[number - 1].strip():
                assert number in claimed


def test_lost_words_and_unclaimed_lines_are_marked(document: Document) -> None:
    lines = ledger_text(cut(document)).split("\n")
    assert lines[1] == "          5  unclaimed        nothing claims these words and nothing explains them"
    assert lines[2] == "       LOST  flour and water salt"
    assert lines[-1] == "words lost: 4; ranges unclaimed: 1"
    data = ledger_data(cut(document))
    assert (data["lost"], data["unclaimed"]) == (4, 1)
    assert data["ranges"][1]["lost"] == ["flour", "and", "water", "salt"]
    assert not is_whole(cut(document))


def outline(page: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", "outline", str(page), *options]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=60)


def test_the_command_prints_the_report(page: Path) -> None:
    done = outline(page, "--ledger")
    assert done.returncode == 0
    assert done.stdout == f"{REPORT}\n"


def test_the_command_prints_the_report_as_data(page: Path, document: Document) -> None:
    done = outline(page, "--ledger", "--json")
    assert done.returncode == 0
    data = json.loads(done.stdout)
    assert data == ledger_data(document) | {"path": str(page)}
    assert data["ranges"][1] == {
        "lines": [5, 5],
        "claim": "content",
        "reason": "words that the document carries",
        "nodes": [{"kind": "paragraph", "place": "page > paragraph 1", "lines": [5, 5]}],
        "lost": [],
    }


def test_the_commands_help_tells_of_the_report(page: Path) -> None:
    said = " ".join(outline(page, "--help").stdout.split())
    for claim in ("LOST", '"unclaimed"', "front matter", "a comment", "component code", "a link definition"):
        assert claim in said
