"""Real pages, where they are at hand: none breaks the reader, loses words or takes long."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pipeline.diagnostics import SlidesError
from pipeline.model.document import Claim
from pipeline.read import read_page
from pipeline.read.page import Reading
from pipeline.settings import Settings

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
FOLDERS = ("siblings", "versus", "docs", "decks", "nasty")
EVERY = 11
SECONDS_PER_100_KB = 1.0
SMALLEST = 20_000


def pages() -> list[Path]:
    return [page for folder in FOLDERS for page in sorted((CORPUS / folder).glob("**/*.md"))[::EVERY]]


def timed(page: Path, settings: Settings) -> tuple[Reading, float]:
    start = time.process_time()
    return read_page(page, settings), time.process_time() - start


@pytest.mark.skipif(not CORPUS.exists(), reason="the pages are not at hand")
def test_real_pages(tmp_path: Path) -> None:
    lossy: list[str] = []
    slow: list[str] = []
    read = 0
    for page in pages():
        settings = Settings(root=page.parent, output=tmp_path, offline=True)
        allowed = SECONDS_PER_100_KB * max(page.stat().st_size, SMALLEST) / 100_000
        try:
            reading, seconds = timed(page, settings)
        except SlidesError:
            continue
        read += 1
        # A machine that is busy with something else may be slow once, a slow reader always is.
        if seconds > allowed and min(timed(page, settings)[1] for _ in range(4)) > allowed:
            slow.append(f"{page.name}: {seconds:.2f} s")
        lossy += [page.name for entry in reading.document.ledger if entry.lost or entry.claim is Claim.UNCLAIMED]
    assert read > 30
    assert slow == []
    assert lossy == []
