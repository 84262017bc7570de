"""A deck opened in another program, one bullet typed anew, and saved: the check names that bullet."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from random import Random

import pytest
from sabotage_page import RandomPage, marked_lines
from test_verify_pipeline import build

from pipeline.diagnostics import Severity
from pipeline.settings import Product
from pipeline.verify import Finding, Provenance, recorded, verify

OFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not here"),
    pytest.mark.skipif("SABOTAGE" not in os.environ, reason="starting LibreOffice takes long; `make sabotage` does it"),
]


def converted(file: Path, kind: str, profile: Path) -> Path:
    """The file as LibreOffice opens and saves it."""
    assert OFFICE is not None
    out = file.parent / kind
    command = [OFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", kind, "--outdir", out]
    subprocess.run([*command, file], check=True, capture_output=True, timeout=180)
    return out / f"{file.stem}.{kind}"


def retyped(presentation: Path, old: str, new: str) -> Path:
    """An OpenDocument presentation in which a text on slides, not in notes, reads otherwise."""
    fresh = presentation.with_name("retyped.odp")
    with zipfile.ZipFile(presentation) as source, zipfile.ZipFile(fresh, "w") as target:
        for item in source.infolist():
            data = source.read(item)
            if item.filename == "content.xml":
                pages = re.split(r"(<presentation:notes.*?</presentation:notes>)", data.decode(), flags=re.DOTALL)
                met = sum(part.count(old) for part in pages[::2])
                assert met == 1, f"{old!r} stands {met} times"
                data = "".join(p if n % 2 else p.replace(old, new) for n, p in enumerate(pages)).encode()
            target.writestr(item, data)
    return fresh


@pytest.mark.parametrize("seed", [1, 2])
def test_a_bullet_typed_anew_in_another_program_is_named(seed: int, tmp_path: Path) -> None:
    page = RandomPage(tmp_path, seed).written(sections=8)
    built = build(page, tmp_path / "out")
    earlier = recorded(verify(built.document, built.comparison, built.files, built.said).as_json())
    deck = tmp_path / "deck.pptx"
    deck.write_bytes(built.files[Product.DECK])
    opened = converted(deck, "odp", tmp_path / "profile")

    def check(presentation: Path) -> set[tuple[str, int, str]]:
        data = converted(presentation, "pptx", tmp_path / "profile").read_bytes()
        provenance = Provenance(earlier=earlier)
        files = {Product.DECK: data}
        found = verify(built.document, built.comparison, files, built.said, provenance).findings
        return {told(finding) for finding in found if finding.severity is Severity.ERROR}

    saved = check(opened)
    with zipfile.ZipFile(opened) as archive:
        slides = re.sub(
            r"<presentation:notes.*?</presentation:notes>", "", archive.read("content.xml").decode(), flags=re.DOTALL
        )
    words = [w for w in re.findall(r"does not take \d{4} [a-z ]+\.", slides) if slides.count(w) == 1]
    old = Random(seed).choice(words)  # noqa: S311
    (line,) = marked_lines(next(text for text in page.read_text(encoding="utf-8").split("\n") if old in text))
    retold = check(retyped(opened, old, "was typed anew by somebody."))
    assert {item[1] for item in retold - saved} == {line}


def told(finding: Finding) -> tuple[str, int, str]:
    return finding.code, finding.span.first if finding.span else 0, finding.message
