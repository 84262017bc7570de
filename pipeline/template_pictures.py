"""A picture of each role of a template: a small deck drawn by LibreOffice, where there is one."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pipeline.diagnostics import Diagnostic, OutputError, Severity
from pipeline.model.plan import Slide, SlideKind
from pipeline.settings import Settings
from pipeline.theme import Theme

_PROGRAMS: Final = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
_SECONDS: Final = 180
_SCALE: Final = 1.5
_SAMPLE: Final = """---
title: What this template makes of a page
author: Its first user
---

A page of documentation, to see how titles, text and tables stand in its places.

# What this template makes of a page

## A part that opens

### Text with a list

A paragraph of a few words begins the slide.

- a first item, of so many words that it may need a second line on slides that are narrow
- a second item
- a third item, with `code` and a [link](https://example.org/)

### A table

| what | how many | where |
|---|---|---|
| titles | one on each slide | at the top |
| bodies | one | below it |
| numbers | one | at the foot |

## Code and a note

```python
def place(title: str) -> str:
    return title.strip()
```

:::tip
What stands in a frame is set apart from the text.
:::
"""


def role_pictures(theme: Theme, folder: Path) -> tuple[Path, ...]:
    """The pictures, in a folder that is made for them; none where no LibreOffice is found. Raises `OutputError`."""
    office = next((found for program in _PROGRAMS if (found := shutil.which(program))), None)
    if office is None:
        return ()
    with tempfile.TemporaryDirectory() as scratch:
        deck, slides = _sample_deck(theme, Path(scratch))
        pdf = _printed(office, deck)
        if pdf is None:
            return ()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return tuple(_drawn(pdf, slides, folder))
        except OSError as error:
            message = f"{folder} cannot be written: {error.strerror}"
            raise OutputError(Diagnostic(severity=Severity.ERROR, code="unwritable", message=message)) from error


def _sample_deck(theme: Theme, scratch: Path) -> tuple[Path, tuple[Slide, ...]]:
    from pipeline.plan import plan_document
    from pipeline.read import read_page
    from pipeline.typeset import Typesetter
    from pipeline.write.deck import write_deck

    page = scratch / "sample.md"
    page.write_text(_SAMPLE, encoding="utf-8")
    settings = Settings(root=scratch, output=scratch, offline=True)
    document = read_page(page, settings).document
    plans = plan_document(document, settings, theme, Typesetter(theme)).plans
    deck = scratch / "sample.pptx"
    deck.write_bytes(write_deck(plans.deck, theme, settings).data)
    return deck, plans.deck.slides


def _printed(office: str, deck: Path) -> Path | None:
    """The deck as PDF, drawn in a profile of its own; None where LibreOffice does not do it."""
    profile = (deck.parent / "profile").as_uri()
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", "pdf"]
    try:
        subprocess.run(  # noqa: S603 - a program of the system, without a shell
            [*command, "--outdir", str(deck.parent), str(deck)], capture_output=True, check=False, timeout=_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    pdf = deck.with_suffix(".pdf")
    return pdf if pdf.is_file() else None


def _drawn(pdf: Path, slides: tuple[Slide, ...], folder: Path) -> Iterator[Path]:
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(pdf)
    try:
        for slide, page in zip(slides, document, strict=False):
            layout = slide.origin.layout
            name = layout.value if layout and slide.kind is SlideKind.CONTENT else slide.kind.value
            path = folder / f"{slide.number:02}-{name}.png"
            page.render(scale=_SCALE).to_pil().save(path)
            yield path
    finally:
        document.close()
