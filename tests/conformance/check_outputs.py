"""`check_outputs.py FOLDER`: every deck and PDF in a folder, held against the standards and drawn."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import drawing
import open_xml
from findings import Finding, ToolError
from pdf_ua import PdfUaValidator

Judged = dict[Path, tuple[Finding, ...]]


def main(folder: Path) -> int:
    """0 if nothing is found, 1 if something is, 2 if there is nothing to check or a program is missing."""
    files = sorted(
        p for p in folder.rglob("*") if not any(part.startswith(".") for part in p.relative_to(folder).parts)
    )
    decks = [path for path in files if path.suffix == ".pptx"]
    pdfs = [path for path in files if path.suffix == ".pdf"]
    if not decks or not pdfs:
        return _complain(f"{folder}: no decks, or no PDFs")
    try:
        judged = _judge(decks, pdfs)
    except ToolError as error:
        return _complain(str(error))
    for path, findings in judged.items():
        sys.stdout.write("".join(f"{line}\n" for line in _report(path, findings)))
    return 1 if any(judged.values()) else 0


def _judge(decks: Sequence[Path], pdfs: Sequence[Path]) -> Judged:
    with ThreadPoolExecutor(max_workers=2) as pool:
        # LibreOffice and the Open XML SDK are processes of their own; veraPDF goes on beside them.
        by_eye = pool.submit(drawing.check_decks, decks)
        by_schema = pool.submit(lambda: [open_xml.check_deck(deck) for deck in decks])
        validator = PdfUaValidator()
        papers = {pdf: validator.check(pdf) for pdf in pdfs}
        said = zip(decks, by_schema.result(), by_eye.result(), strict=True)
        return {deck: (*schema, *eye) for deck, schema, eye in said} | papers


def _report(path: Path, findings: Sequence[Finding]) -> Iterable[str]:
    held = "Open XML SDK, LibreOffice" if path.suffix == ".pptx" else "PDF/UA-1"
    yield f"{path}: " + (f"{len(findings)} found" if findings else f"ok ({held})")
    yield from (f"  {finding}" for finding in findings)


def _complain(message: str) -> int:
    sys.stderr.write(f"{message}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
