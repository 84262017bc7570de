"""Pages that nobody writes in good faith, built whole: each is carried in full, or a diagnostic says what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.build import build_all
from pipeline.diagnostics import Severity
from pipeline.jobs import find_jobs
from pipeline.settings import Product, Settings

DECK = frozenset({Product.DECK})
HANDOUT = frozenset({Product.HANDOUT})


def built(folder: Path, markdown: str, products: frozenset[Product]) -> tuple[dict[str, Severity], list[str]]:
    """The codes of what building a page said, and its errors as they are printed."""
    (folder / "page.md").write_text(markdown, encoding="utf-8")
    settings = Settings(root=folder, output=folder / "out", products=products, offline=True)
    jobs = find_jobs((folder / "page.md",), folder / "out", None)
    (outcome,) = build_all(jobs, settings)
    said = outcome.diagnostics
    return {d.code: d.severity for d in said}, [str(d) for d in said if d.severity is Severity.ERROR]


def wide_table(columns: int) -> str:
    rows = [[f"column {c}" for c in range(columns)], ["-"] * columns]
    rows += [[f"r{r}c{c}" if (r + c) % 5 else "" for c in range(columns)] for r in range(5)]
    return "# Wide\n\n" + "\n".join(f"|{'|'.join(row)}|" for row in rows) + "\n"


@pytest.mark.parametrize(
    ("markdown", "products"),
    [
        (wide_table(40), DECK),
        (f"---\ntitle: {'A title that does not end ' * 60}\n---\n\n## {'heading words ' * 200}\n\nText\n", DECK),
        (f"# {'NoSpaces' * 300}\n\nText\n\n## {'NoSpaces' * 300}\n\nMore text\n", DECK),
        ("# Deep\n\n" + "> " * 400 + "at the bottom\n\nafter\n", DECK),
        ("# Deep\n\n" + "".join(f"{'>' * n} level {n}\n{'>' * n}\n" for n in range(1, 12)), DECK),
        ("# Notes\n\nOne[^a], itself[^b].\n\n[^a]: See also[^b]\n[^b]: And[^b] again\n", HANDOUT),
    ],
    ids=["wide-table", "long-titles", "long-words", "one-deep-quote", "quotes-in-quotes", "notes-in-notes"],
)
def test_what_is_too_large_arrives_whole(tmp_path: Path, markdown: str, products: frozenset[Product]) -> None:
    _, errors = built(tmp_path, markdown, products)
    assert not errors


def test_a_drawing_that_is_nothing_but_outside_content_gives_way_to_its_words(tmp_path: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><image href="file:///etc/hostname"/></svg>'
    (tmp_path / "outside.svg").write_text(svg, encoding="utf-8")
    codes, errors = built(tmp_path, "# Drawing\n\n![A drawing of nothing](outside.svg)\n", DECK | HANDOUT)
    assert not errors
    assert codes["missing-image"] is Severity.WARNING
