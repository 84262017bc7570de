"""Which pages are to be built, and where each page's files belong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path, PurePath
from typing import Final

from msgspec import Struct

from pipeline.diagnostics import Diagnostic, Severity, UsageError
from pipeline.settings import Product

PAGE_SUFFIXES: Final = (".md", ".mdx", ".markdown")
_SKIPPED_FOLDERS: Final = frozenset({"node_modules", "__pycache__"})
_FILE_NAMES: Final = {
    Product.DECK: "{stem}.pptx",
    Product.HANDOUT: "{stem}-handout.pdf",
    Product.CHEATSHEET: "{stem}-cheatsheet.pdf",
}


class Job(Struct, frozen=True, kw_only=True):
    """One page to build: as it was named, the root that its files are read under, and the folder of its results.

    `rooted` says that the root was asked for by name.
    """

    page: Path
    root: Path
    folder: Path
    rooted: bool = False

    def file(self, product: Product) -> Path:
        """Where that file of the page belongs."""
        return self.folder / file_name(product, self.page.stem)

    @property
    def report(self) -> Path:
        """Where the page's report belongs."""
        return self.folder / f"{self.page.stem}-report.json"


def file_name(product: Product, stem: str) -> str:
    """What that file of a page is called."""
    return _FILE_NAMES[product].format(stem=stem)


def results_of(page: PurePath) -> PurePath:
    """The folder of a page's results within those of all pages, whose tree they mirror."""
    return page.parent / page.stem


def find_jobs(paths: Sequence[Path], output: Path, root: Path | None) -> tuple[Job, ...]:
    """The pages named, and those in the folders named, in order. Raises `UsageError`.

    A folder's results mirror its tree under `output`; two pages for one name are an error.
    """
    if root and not root.is_dir():
        raise UsageError(_error("no-such-root", f"there is no folder {str(root)!r} to read pictures from"))
    jobs: dict[Path, Job] = {}
    for path in paths:
        for job in _jobs_of(path, output, root):
            other = jobs.setdefault(job.folder, job)
            if other.page.resolve() != job.page.resolve():
                raise UsageError(
                    _error("same-name", f"{other.page} and {job.page} would both be built into {job.folder}")
                )
    return tuple(jobs.values())


def _jobs_of(path: Path, output: Path, root: Path | None) -> Iterator[Job]:
    if path.is_file():
        folder = output / results_of(Path(path.name))
        yield Job(page=path, root=root or path.resolve().parent, folder=folder, rooted=root is not None)
        return
    if not path.is_dir():
        raise UsageError(_error("no-such-page", f"there is no page or folder {str(path)!r}", _nearest(path)))
    pages = sorted(_pages_in(path, output))
    if not pages:
        raise UsageError(_error("no-pages", f"the folder {str(path)!r} holds no pages", "pages end in .md or .mdx"))
    for page in pages:
        folder = output / results_of(page.relative_to(path))
        yield Job(page=page, root=root or path.resolve(), folder=folder, rooted=root is not None)


def _nearest(path: Path) -> str:
    """A hint at the page or folder whose name is most like one that there is not."""
    if not path.parent.is_dir():
        return f"nor is there a folder {str(path.parent)!r}"
    names = sorted(e.name for e in path.parent.iterdir() if e.is_dir() or e.suffix.lower() in PAGE_SUFFIXES)
    near = get_close_matches(path.name, names, 1)
    return f"did you mean {path.parent / near[0]}?" if near else "name a page, or a folder of pages"


def _pages_in(folder: Path, output: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        hidden = path.name.startswith(".") or path.name in _SKIPPED_FOLDERS
        if path.is_dir() and not hidden and not path.is_symlink() and path.resolve() != output.resolve():
            yield from _pages_in(path, output)
        elif path.suffix.lower() in PAGE_SUFFIXES and not hidden and path.is_file() and not path.is_symlink():
            yield path


def _error(code: str, message: str, hint: str = "") -> Diagnostic:
    return Diagnostic(severity=Severity.ERROR, code=code, message=message, hint=hint)
