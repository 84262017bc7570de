"""Decks that other programs open and save again: all that they say, link and describe is still there."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation

from pipeline.build import plan_page
from pipeline.jobs import find_jobs
from pipeline.settings import Settings
from pipeline.theme import load_theme
from pipeline.write.deck import write_deck

CONTENT = Path(__file__).parents[2] / "content"
_MINUTES = 180


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one slide says: its words, those of its notes, where its links lead, what its pictures are described as."""

    words: str
    notes: str
    links: tuple[str, ...]
    described: tuple[str, ...]


@pytest.fixture(scope="module", params=["docker-vs-virtual-machine", "writing-for-slides"])
def deck(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("deck")
    settings = Settings(root=CONTENT, output=folder, offline=True)
    (job,) = find_jobs([CONTENT / f"{request.param}.md"], folder, None)
    _, plans, _ = plan_page(job, settings)
    path = folder / "deck.pptx"
    path.write_bytes(write_deck(plans.deck, load_theme("default"), settings).data)
    return path


def test_python_pptx_keeps_everything(deck: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.pptx"
    Presentation(str(deck)).save(str(again))
    before, after = told(deck), told(again)
    assert before == after
    assert any(slide.links for slide in before)
    assert any(slide.described for slide in before)
    assert sum(bool(slide.notes) for slide in before) > len(before) // 2


@pytest.mark.conformance
def test_libreoffice_keeps_words_notes_and_links(deck: Path, tmp_path: Path) -> None:
    before, after = told(deck), told(saved_by_libreoffice(deck, tmp_path))
    assert [slide.words for slide in after] == [slide.words for slide in before]
    assert [slide.notes for slide in after] == [slide.notes for slide in before]
    assert [slide.described for slide in after] == [slide.described for slide in before]
    assert [sorted(set(slide.links)) for slide in after] == [sorted(set(slide.links)) for slide in before]


def saved_by_libreoffice(deck: Path, folder: Path) -> Path:
    office = shutil.which("soffice")
    assert office is not None
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pptx", "--outdir", str(folder), str(deck)],
        check=True,
        capture_output=True,
        timeout=_MINUTES,
    )
    return folder / deck.name


# ---------------------------------------------------------------- what a deck tells


def told(deck: Path) -> list[Told]:
    return [
        Told(
            words="".join(sorted(words_of(slide.element))),
            notes=notes_of(slide),
            links=tuple(links_of(slide)),
            described=tuple(sorted(filter(None, descriptions_of(slide)))),
        )
        for slide in Presentation(str(deck)).slides
    ]


def words_of(element: Any) -> Iterator[str]:
    """The letters of each paragraph; fields are drawn anew by each program."""
    for paragraph in element.xpath(".//a:p"):
        yield "".join("".join(run.text or "" for run in paragraph.xpath("./a:r/a:t")).split())


def notes_of(slide: Any) -> str:
    return "".join(slide.notes_slide.notes_text_frame.text.split()) if slide.has_notes_slide else ""


def links_of(slide: Any) -> Iterator[str]:
    """Where the slide's links lead: an address, or a slide's number."""
    numbers = {
        other.part.partname: str(at)
        for at, other in enumerate(slide.part.package.presentation_part.presentation.slides, 1)
    }
    for link in slide.element.xpath(".//a:hlinkClick"):
        relation = slide.part.rels.get(link.rId)
        if relation is None:
            continue
        yield relation.target_ref if relation.is_external else numbers[relation.target_part.partname]


def descriptions_of(slide: Any) -> Iterator[str]:
    yield from (shape.get("descr") for shape in slide.element.xpath(".//p:pic//p:cNvPr"))
