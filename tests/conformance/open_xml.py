"""Decks held against Office's own schema, by Microsoft's Open XML SDK."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from findings import Finding, ToolError

TOOLS = Path(__file__).parents[2] / ".venv" / "conformance"
SECONDS = 120


def check_deck(deck: Path) -> tuple[Finding, ...]:
    """What the Open XML SDK refuses in a deck; raises ToolError if it cannot be run."""
    run = subprocess.run([_validator(), str(deck)], capture_output=True, text=True, timeout=SECONDS, check=False)
    try:
        said = json.loads(run.stdout)
    except json.JSONDecodeError as error:
        raise ToolError(f"The Open XML SDK did not judge {deck}: {run.stderr or run.stdout}") from error
    found = tuple(_finding(entry) for entry in said["errors"])
    return found if said["ok"] or found else (Finding(place="deck", text="refused without a reason"),)


def _finding(entry: dict[str, str | None]) -> Finding:
    place = " ".join(part for part in (entry.get("path"), entry.get("xPath")) if part)
    return Finding(place=place or "deck", text=entry.get("description") or "refused")


def _validator() -> str:
    # The npm package starts a program of its platform; it is called here without Node between.
    found = sorted((TOOLS / "npm" / "node_modules" / "@xarsh").glob("ooxml-validator-*/ooxml-validator*"))
    if not found:
        raise ToolError(f"The Open XML SDK is not in {TOOLS}: `make conformance` installs it")
    return str(found[0])
