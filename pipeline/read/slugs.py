"""The addresses that pages under the root have on their site, where those differ from their paths.

Site generators take them from front matter (`slug: /guides/tea`, `permalink: …`), and Docusaurus leaves out the
numbers by which files are sorted (`02-guides/01-tea.md` is `guides/tea`).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Final

PAGES: Final = (".md", ".mdx", ".markdown")
_INDEXES: Final = frozenset(["index", "readme", "_index"])
_MOST_FILES: Final = 20_000
_HEAD: Final = 4_096
_STATED = re.compile(r"^(?:slug|permalink|url)[ \t]*[:=][ \t]*[\"']?(?P<address>[^\s\"'#]+)", re.MULTILINE)
_FRONT = re.compile(
    r"\A\ufeff?(?P<mark>---|\+\+\+)[ \t]*\r?\n(?P<inside>.*?)^(?P=mark)[ \t]*$", re.DOTALL | re.MULTILINE
)
_NUMBER = re.compile(r"\A\d+[-_. ]+(?=\w)")


def site_addresses(root: str) -> Mapping[str, str]:
    """The path of each page from the root by its address, which has no stroke at its ends and small letters."""
    found: dict[str, str] = {}
    for path in files_below(root):
        if path.suffix.lower() in PAGES:
            for address in _addresses(Path(root) / path, path):
                found.setdefault(folded(address), path.as_posix())
    return found


def files_below(root: str) -> Iterator[PurePosixPath]:
    """The files under the root in a fixed order, by their paths from there; hidden folders are left out."""
    seen = 0
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "node_modules")
        for file in sorted(files):
            yield PurePosixPath(Path(folder, file).relative_to(root).as_posix())
        seen += len(files)
        if seen > _MOST_FILES:
            return


def folded(address: str) -> str:
    """An address as it is looked up."""
    return address.strip("/").casefold()


def _addresses(file: Path, path: PurePosixPath) -> Iterator[str]:
    """What the page states, and its path without numbers."""
    stated = _stated(file)
    if stated:
        yield stated if stated.startswith("/") else (path.parent / stated).as_posix()
    parts = [_NUMBER.sub("", part) for part in path.with_suffix("").parts]
    if parts[-1].lower() in _INDEXES:
        parts.pop()
    if parts and tuple(parts) != path.with_suffix("").parts:
        yield "/".join(parts)
        if stated and not stated.startswith("/"):
            yield "/".join((*parts[:-1], stated))


def _stated(file: Path) -> str:
    """The address in a page's front matter; nothing of what a symbolic link leads out to."""
    if file.is_symlink():
        return ""
    try:
        with file.open("rb") as opened:
            head = opened.read(_HEAD).decode("utf-8", "replace")
    except OSError:
        return ""
    front = _FRONT.match(head)
    stated = _STATED.search(front["inside"]) if front else None
    return stated["address"] if stated else ""
