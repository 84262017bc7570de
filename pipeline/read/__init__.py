"""read: a page's Markdown → `Document`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.read.page import Reading
    from pipeline.settings import Settings


def read_page(path: Path, settings: Settings) -> Reading:
    """The page of that path. Raises `UsageError` if there is none, `ContentError` if it is no text or empty."""
    from pipeline.read.page import read_page as read

    return read(path, settings)
