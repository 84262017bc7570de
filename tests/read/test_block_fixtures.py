"""Literate examples: Markdown, the outline that it has, and what is said about it.

An example in `fixtures/blocks/*.test` is `%%% name`, the source, `%%% is`, the outline, and where something is said,
`%%% says` with a line and a code each. The outline's first line is left out where the title is the file's name.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.model.document import Claim
from pipeline.model.outline import outline_text
from pipeline.read import read_page
from pipeline.settings import Settings

FIXTURES = Path(__file__).with_name("fixtures") / "blocks"
PIXEL = "<svg xmlns='http://www.w3.org/2000/svg' width='4' height='3'><rect width='4' height='3' fill='#123456'/></svg>"


@dataclass(frozen=True)
class Example:
    place: str
    name: str
    source: str
    outline: str
    said: str


def read_examples(path: Path) -> list[Example]:
    found: list[Example] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(keepends=True), start=1):
        if line.startswith("%%% is"):
            part = "outline"
        elif line.startswith("%%% says"):
            part = "said"
        elif line.startswith("%%% "):
            part = "source"
            found.append(Example(f"{path.name}:{number}", line[4:].strip(), "", "", ""))
        else:
            old = found[-1]
            found[-1] = Example(**{**vars(old), part: getattr(old, part) + line})
    return [Example(e.place, e.name, e.source, e.outline.strip("\n") + "\n", e.said.strip()) for e in found]


def outcome(source: str, folder: Path) -> tuple[str, str]:
    """The outline and what is said, as the fixtures have them."""
    (folder / "pixel.svg").write_text(PIXEL, encoding="utf-8")
    page = folder / "page.md"
    page.write_text(source, encoding="utf-8")
    reading = read_page(page, Settings(root=folder, output=folder / "out", offline=True))
    outline = outline_text(reading.document).splitlines()
    if " from the file's name" in outline[0]:
        del outline[0]
    said = [f"{d.span.first if d.span else 0} {d.code}" for d in reading.diagnostics]
    for entry in reading.document.ledger:
        assert entry.claim is not Claim.UNCLAIMED, entry
        assert not entry.lost, entry
    return "".join(f"{line}\n" for line in outline), "".join(f"{line}\n" for line in said)


EXAMPLES = [example for path in sorted(FIXTURES.glob("*.test")) for example in read_examples(path)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e.place} {e.name}")
def test_example(example: Example, tmp_path: Path) -> None:
    outline, said = outcome(example.source, tmp_path)
    assert outline == example.outline
    assert said.strip() == example.said
