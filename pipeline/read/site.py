"""The pages and files under the root, found as static site generators find them. Nothing outside is looked at."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pipeline.read.slugs import PAGES, files_below, folded, site_addresses

_INDEXES: Final = ("index", "README", "readme", "_index")
# Where an address that begins at the site's root may have its file.
_ROOTS: Final = ("", "docs", "content", "pages", "src", "src/pages", "static", "public")
_MOST_NEIGHBOURS: Final = 1_000


class SitePath(Struct, frozen=True, kw_only=True):
    """A page or another file (or folder), by its path from the root.

    `stated` marks a page that was found by the address that it states for itself.
    """

    path: str
    is_page: bool
    stated: bool = False


class Site:
    """What stands under the root, as one page sees it. `page` is that page's path from the root."""

    def __init__(self, root: Path, page: Path) -> None:
        self._root = str(root.resolve())
        page = page.resolve()
        self._folder = str(page.parent)
        self._stem = page.stem
        self.page = page.relative_to(self._root).as_posix() if page.is_relative_to(self._root) else page.name
        self._listings: dict[str, frozenset[str]] = {}
        self._names: dict[str, SitePath] | None = None
        self._addresses: Mapping[str, str] | None = None

    def find(self, path: str) -> SitePath | None:
        """What an address without scheme, query and fragment leads to."""
        if "\0" in path:
            return None
        for base in self._bases(path.replace("\\", "/")):
            for candidate in self._candidates(os.path.normpath(base)):
                if found := self._under_root(candidate):
                    return found
        return self._by_address(path)

    def file(self, found: SitePath) -> Path:
        """Where a page or file stands."""
        return Path(self._root, found.path)

    def way_from(self, folder: Path | None, found: SitePath) -> str:
        """How to get from a folder to a file, where the folder stands in the root or beside it; else nothing."""
        root = Path(self._root)
        company = root if root.parent == root.parent.parent else root.parent
        if folder is None or not folder.resolve().is_relative_to(company):
            return ""
        return Path(os.path.relpath(self.file(found), folder.resolve())).as_posix()

    def named(self, name: str) -> SitePath | None:
        """The page or file of that name: beside the page, from the root, or wherever it stands first."""
        found = self.find(name)
        if found:
            return found
        if self._names is None:
            self._names = self._all_names()
        return self._names.get(PurePosixPath(name.replace("\\", "/")).name.casefold())

    def leads_outside(self, path: str) -> bool:
        """Whether a relative address climbs out of the root."""
        return not path.startswith(("/", "@")) and not self._is_under_root(f"{self._folder}/{path}")

    def nearest(self, path: str) -> str:
        """The file whose name is most like the one that is missing, as the address should give it, or nothing."""
        if path.startswith(("/", "@")):
            return ""
        folder, name = os.path.split(path.replace("\\", "/"))
        names = sorted(self._listing(os.path.normpath(f"{self._folder}/{folder}")))[:_MOST_NEIGHBOURS]
        near = get_close_matches(name[:100], names, 1)
        return f"{folder}/{near[0]}".lstrip("/") if near else ""

    def _bases(self, path: str) -> Iterator[str]:
        """The paths that an address can mean, the likeliest first."""
        if not path.startswith(("/", "@")):
            yield f"{self._folder}/{path}"
            # With "pretty" addresses a page is a folder of its own.
            yield f"{self._folder}/{self._stem}/{path}"
        name = path.removeprefix("@site/").removeprefix("@/").strip("/")
        yield from (f"{self._root}/{folder}/{name}" for folder in _ROOTS)
        # Where the root is itself what the site serves as `/docs`.
        first, _, rest = name.partition("/")
        if rest and first == Path(self._root).name:
            yield f"{self._root}/{rest}"

    def _candidates(self, base: str) -> Iterator[str]:
        """The files there are that a path can stand for, with and without their extension."""
        folder, name = os.path.split(base)
        names = self._listing(folder)
        if name in names and "." in name[1:]:
            yield base
        page = name.removesuffix(".html")
        yield from (f"{folder}/{page}{suffix}" for suffix in PAGES if page + suffix in names)
        if name in names or base == self._root:
            inside = self._listing(base)
            indexes = (f"{index}{suffix}" for index in (*_INDEXES, name) for suffix in PAGES)
            yield from (f"{base}/{index}" for index in indexes if index in inside)
            yield base

    def _listing(self, folder: str) -> frozenset[str]:
        """The names in a folder, or none where it is no folder under the root."""
        if folder not in self._listings:
            self._listings[folder] = self._listed(folder)
        return self._listings[folder]

    def _listed(self, folder: str) -> frozenset[str]:
        try:
            # What climbs out is not even looked at; nor is what a symbolic link leads out to.
            if self._is_under_root(folder) and self._is_under_root(os.path.realpath(folder)):
                return frozenset(entry.name for entry in Path(folder).iterdir())
        except (OSError, ValueError):
            pass
        return frozenset()

    def _under_root(self, candidate: str) -> SitePath | None:
        """What truly stands at a path, links followed."""
        try:
            resolved = Path(candidate).resolve(strict=True)
        except (OSError, RuntimeError):
            return None
        if not self._is_under_root(str(resolved)):
            return None
        return SitePath(
            path=resolved.relative_to(self._root).as_posix(),
            is_page=resolved.suffix.lower() in PAGES and resolved.is_file(),
        )

    def _is_under_root(self, path: str) -> bool:
        path = os.path.normpath(path)
        return path == self._root or path.startswith(self._root.rstrip(os.sep) + os.sep)

    def _by_address(self, path: str) -> SitePath | None:
        """The page that has that address on the site, counted from its root or from this page's folder."""
        if not path.strip("/."):
            return None
        if self._addresses is None:
            self._addresses = site_addresses(self._root)
        rooted = folded(path.removeprefix("@site/").removesuffix(".html"))
        beside = os.path.relpath(os.path.normpath(f"{self._folder}/{path}"), self._root)
        # The first step may be where the site serves its pages, as `/docs`.
        addresses = (rooted, rooted.partition("/")[2]) if path.startswith(("/", "@")) else (folded(beside), rooted)
        pages = (self._addresses[address] for address in addresses if address and address in self._addresses)
        page = next(pages, None)
        found = self._under_root(f"{self._root}/{page}") if page else None
        return replace(found, stated=True) if found else None

    def _all_names(self) -> dict[str, SitePath]:
        """Pages by stem and all files by name, the first of each."""
        names: dict[str, SitePath] = {}
        for path in files_below(self._root):
            is_page = path.suffix.lower() in PAGES
            found = SitePath(path=path.as_posix(), is_page=is_page)
            names.setdefault(path.name.casefold(), found)
            if is_page:
                names.setdefault(path.stem.casefold(), found)
        return names
