"""Decks as LibreOffice draws them."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from findings import ToolError

PLACES = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
SECONDS = 60  # for starting, and for each deck


def draw(decks: Sequence[Path], folder: Path) -> tuple[Path, ...]:
    """One PDF for each deck, in `folder`, in the decks' order; names must differ. Raises ToolError."""
    office = next((found for place in PLACES if (found := shutil.which(place))), None)
    if office is None:
        raise ToolError("LibreOffice is not installed: `make conformance` sees to it")
    drawn = tuple(folder / f"{deck.stem}.pdf" for deck in decks)
    with tempfile.TemporaryDirectory() as profile:
        # A profile of its own: no settings of the user's, and no other LibreOffice that would take the work over.
        options = (f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore")
        command = [office, *options, "--convert-to", "pdf", "--outdir", str(folder), *map(str, decks)]
        seconds = SECONDS * (len(decks) + 1)
        said = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    for deck, pdf in zip(decks, drawn, strict=True):
        if not pdf.exists():
            raise ToolError(f"LibreOffice did not draw {deck.name}: {said.stderr.strip() or said.stdout.strip()}")
    return drawn
