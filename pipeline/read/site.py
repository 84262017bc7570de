"""The pages and files under the root, found as static site generators find them. Nothing outside is looked at."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import Final

_PAGES: Final = (".md", ".mdx", ".markdown")
_INDEXES: Final = ("index", "README", "readme", "_index")
# Where an address that begins at the site's root may have its file.
_ROOTS: Final = ("", "docs", "content", "pages", "src", "src/pages", "static", "public")
_MOST_ENTRIES: Final = 20_000
_MOST_NEIGHBOURS: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePath:
    """A page or another file (or folder), by its path from the root."""

    path: str
    is_page: bool


class Site:
    """What stands under the root, as one page sees it. `page` is that page's path from the root."""

    def __init__(self, root: Path, page: Path) -> None:
        self._root = root.resolve()
        page = page.resolve()
        self._folder = page.parent
        self._stem = page.stem
        self.page = page.relative_to(self._root).as_posix() if page.is_relative_to(self._root) else page.name
        self._names: dict[str, SitePath] | None = None

    def find(self, path: str) -> SitePath | None:
        """What an address without scheme, query and fragment leads to."""
        if "\0" in path:
            return None
        for base in self._bases(path):
            for candidate in _candidates(base):
                if found := self._under_root(candidate):
                    return found
        return None

    def named(self, name: str) -> SitePath | None:
        """The page or file of that name: beside the page, from the root, or wherever it stands first."""
        found = self.find(name)
        if found or "\0" in name:
            return found
        if self._names is None:
            self._names = self._all_names()
        return self._names.get(PurePosixPath(name.replace("\\", "/")).name.casefold())

    def leads_outside(self, path: str) -> bool:
        """Whether a relative address climbs out of the root."""
        if path.startswith(("/", "@")) or "\0" in path:
            return False
        return not Path(os.path.normpath(self._folder / path)).is_relative_to(self._root)

    def nearest(self, path: str) -> str:
        """The neighbour whose name is most like the one that is missing, as the address should name it, or nothing."""
        if "\0" in path or path.startswith(("/", "@")):
            return ""
        missing = self._folder / path
        folder = self._resolved(missing.parent)
        if folder is None or not folder.is_dir():
            return ""
        names = sorted(entry.name for entry in _entries(folder))[:_MOST_NEIGHBOURS]
        near = get_close_matches(missing.name[:100], names, 1)
        return str(PurePosixPath(path.replace("\\", "/")).parent / near[0]) if near else ""

    def _bases(self, path: str) -> Iterator[Path]:
        """The paths that an address can mean, the likeliest first."""
        path = path.replace("\\", "/")
        if not path.startswith(("/", "@")):
            yield self._folder / path
            # With "pretty" addresses a page is a folder of its own.
            yield self._folder / self._stem / path
        name = path.removeprefix("@site/").removeprefix("@/").strip("/")
        yield from (self._root / folder / name for folder in _ROOTS)
        # Where the root is itself what the site serves as `/docs`.
        first, _, rest = name.partition("/")
        if first == self._root.name and rest:
            yield self._root / rest

    def _under_root(self, candidate: Path) -> SitePath | None:
        resolved = self._resolved(candidate)
        if resolved is None:
            return None
        path = resolved.relative_to(self._root).as_posix()
        return SitePath(path=path, is_page=resolved.suffix.lower() in _PAGES and resolved.is_file())

    def _resolved(self, candidate: Path) -> Path | None:
        """The true path of what exists under the root, else None."""
        try:
            # What climbs out is not even looked at; nor is what a symbolic link leads out to.
            if not Path(os.path.normpath(candidate)).is_relative_to(self._root):
                return None
            resolved = candidate.resolve()
            return resolved if resolved.is_relative_to(self._root) and resolved.exists() else None
        except (OSError, RuntimeError, ValueError):
            return None

    def _all_names(self) -> dict[str, SitePath]:
        """Pages by stem and all files by name, in a fixed order; hidden folders are left out."""
        names: dict[str, SitePath] = {}
        seen = 0
        for folder, folders, files in os.walk(self._root):
            folders[:] = sorted(name for name in folders if not name.startswith((".", "node_modules")))
            for file in sorted(files):
                seen += 1
                path = Path(folder) / file
                is_page = path.suffix.lower() in _PAGES
                found = SitePath(path=path.relative_to(self._root).as_posix(), is_page=is_page)
                names.setdefault(file.casefold(), found)
                if is_page:
                    names.setdefault(path.stem.casefold(), found)
            if seen > _MOST_ENTRIES:
                break
        return names


def _candidates(base: Path) -> Iterator[Path]:
    """The files that a path can stand for, with and without their extension."""
    if base.suffix.lower() == ".html":
        base = base.with_suffix("")
    elif base.suffix:
        yield base
    if not base.name:
        return
    yield from (base.with_name(base.name + suffix) for suffix in _PAGES)
    yield from (base / f"{name}{suffix}" for name in _INDEXES for suffix in _PAGES)
    yield from (base / f"{base.name}{suffix}" for suffix in _PAGES)
    yield base


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []
