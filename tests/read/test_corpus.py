"""Real pages, where they are at hand: none breaks the reader, loses words or takes long."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pipeline.diagnostics import SlidesError
from pipeline.model.document import Claim
from pipeline.read import read_page
from pipeline.settings import Settings

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
FOLDERS = ("siblings", "versus", "docs", "decks", "nasty")
EVERY = 11
SECONDS_PER_100_KB = 1.0
SMALLEST = 20_000


def pages() -> list[Path]:
    return [page for folder in FOLDERS for page in sorted((CORPUS / folder).glob("**/*.md"))[::EVERY]]


@pytest.mark.skipif(not CORPUS.exists(), reason="the pages are not at hand")
def test_real_pages(tmp_path: Path) -> None:
    lossy: list[str] = []
    slow: list[str] = []
    read = 0
    for page in pages():
        start = time.process_time()
        try:
            reading = read_page(page, Settings(root=page.parent, output=tmp_path, offline=True))
        except SlidesError:
            continue
        read += 1
        seconds = time.process_time() - start
        if seconds > SECONDS_PER_100_KB * max(page.stat().st_size, SMALLEST) / 100_000:
            slow.append(f"{page.name}: {seconds:.2f} s")
        lossy += [page.name for entry in reading.document.ledger if entry.lost or entry.claim is Claim.UNCLAIMED]
    assert read > 30
    assert slow == []
    assert lossy == []
