"""Pages read from Markdown, and decks made by hand, for the tests of planning."""

from __future__ import annotations

from pathlib import Path

from pipeline.diagnostics import Span
from pipeline.model.document import Blocks, Document
from pipeline.model.origin import Origin, SlideRule
from pipeline.model.plan import Comparison, Deck, Slide, SlideKind
from pipeline.read import read_page
from pipeline.settings import Settings
from pipeline.units import Emu, Size


def settings_for(folder: Path) -> Settings:
    return Settings(root=folder, output=folder / "build", offline=True)


def read(folder: Path, markdown: str) -> Document:
    page = folder / "page.md"
    page.write_text(markdown, encoding="utf-8")
    return read_page(page, settings_for(folder)).document


def table_of(comparison: Comparison) -> dict[str, dict[str, str]]:
    """The rows by their aspect: what is said of each subject."""
    return {row.aspect: {cell.subject: cell.text for cell in row.cells} for row in comparison.rows}


def rules_of(comparison: Comparison) -> dict[str, str]:
    return {row.aspect: row.rule for row in comparison.rows}


def slide(
    number: int,
    title: str = "",
    *,
    kind: SlideKind = SlideKind.CONTENT,
    section_id: str = "",
    section: int | None = None,
    covers: Blocks = (),
    part: tuple[int, int] | None = None,
    seconds: int = 10,
) -> Slide:
    return Slide(
        number=number,
        kind=kind,
        title=title,
        part=part,
        section=section,
        section_id=section_id,
        elements=(),
        notes=(),
        covers=covers,
        seconds=seconds,
        origin=Origin(rule=SlideRule.HEADING),
        span=Span(first=1, last=1),
    )


def deck(document: Document, *slides: Slide) -> Deck:
    return Deck(
        title="Title",
        subtitle="",
        authors=("Ada",),
        date="May 2024",
        keywords=(),
        description="",
        language=document.language,
        size=Size(width=Emu(12192000), height=Emu(6858000)),
        slides=slides,
        sections=(),
        references=(),
    )
