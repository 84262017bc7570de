"""Putting a page's files in place: all or none, and never over somebody's own work."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from errno import EISDIR
from hashlib import sha256
from os import strerror
from pathlib import Path

from msgspec.structs import replace

from pipeline.diagnostics import Diagnostic, OutputError, Severity
from pipeline.jobs import Job, results_of
from pipeline.settings import Product
from pipeline.verify import Recorded, recorded


def place(job: Job, files: Mapping[Path, bytes]) -> None:
    """Write every file aside, then rename all into the job's folder. Raises `OutputError`, with nothing changed."""
    try:
        job.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".writing-", dir=job.folder) as aside:
            for path, data in files.items():
                (Path(aside) / path.name).write_bytes(data)
            _exchange(files, Path(aside))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputError(
            _error(job.folder, "unwritable", f"cannot be written: {reason}", "choose another -o")
        ) from error


def _exchange(paths: Iterable[Path], aside: Path) -> None:
    """Rename the files of that name aside into place; if one cannot be, put the older ones back."""
    done: list[Path] = []
    try:
        for path in paths:
            if path.is_dir():
                raise IsADirectoryError(EISDIR, strerror(EISDIR))
            if path.exists():
                path.replace(aside / f"older-{path.name}")
            done.append(path)
            (aside / path.name).replace(path)
    except OSError:
        for path in done:
            older = aside / f"older-{path.name}"
            if older.exists():
                older.replace(path)
            else:
                path.unlink(missing_ok=True)
        raise


def earlier_build(job: Job) -> Recorded | None:
    """What the report of the page's last build says of its files."""
    try:
        return recorded(job.report.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return None


def built(job: Job, output: Path) -> Job:
    """The job with the folder that its files are in: its own, or where the build of a folder around put them.

    Such a build took that folder for its root. Files may also have been moved by themselves.
    """
    places = [place for place in _places(job, output) if any(place.file(product).is_file() for product in Product)]
    digest = sha256(job.page.read_bytes()).hexdigest() if len(places) > 1 else ""
    of_this_page = (place for place in places if (earlier := earlier_build(place)) and earlier.source == digest)
    return next(of_this_page, places[0] if places else job)


def _places(job: Job, output: Path) -> Iterator[Job]:
    """Where a page's files may be, the longest way below the output first: it is the least likely by chance."""
    page = job.page.absolute()
    for around in reversed(page.parents):
        root = job.root if job.rooted else around.resolve()
        yield replace(job, root=root, folder=output / results_of(page.relative_to(around)))
    yield replace(job, folder=job.folder.parent)


def refuse_edited(job: Job, product: Product, earlier: Recorded | None) -> None:
    """Raise `OutputError` if that file was changed by hand since it was built, or is not known to have been built."""
    path = job.file(product)
    if not path.is_file():
        return
    hint = "keep a copy, then build with --force"
    if earlier is None or product not in {file.product for file in earlier.files}:
        raise OutputError(
            _error(path, "edited", "no report tells that it was built, so it may be somebody's work", hint)
        )
    if earlier.edited({product: sha256(path.read_bytes()).hexdigest()}):
        raise OutputError(_error(path, "edited", "was edited since it was built", hint))


def _error(path: Path, code: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(severity=Severity.ERROR, code=code, message=message, path=str(path), hint=hint)
