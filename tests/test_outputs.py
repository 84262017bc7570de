from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.diagnostics import OutputError
from pipeline.jobs import Job
from pipeline.outputs import place


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return Job(page=tmp_path / "page.md", root=tmp_path, folder=tmp_path / "build" / "page")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_files_are_put_in_place_and_nothing_else_is_left(job: Job) -> None:
    for round_ in (b"one", b"two"):
        place(job, {job.folder / "a": round_, job.folder / "b": round_})
        assert contents(job.folder) == {"a": round_, "b": round_}
        assert len(list(job.folder.iterdir())) == 2


def test_if_one_cannot_be_placed_all_older_ones_stay(job: Job) -> None:
    place(job, {job.folder / "a": b"old", job.folder / "c": b"old"})
    (job.folder / "b").mkdir()
    (job.folder / "b" / "kept").touch()
    with pytest.raises(OutputError, match="unwritable"):
        place(job, {job.folder / name: b"new" for name in "adbc"})
    assert contents(job.folder) == {"a": b"old", "c": b"old"}
    assert (job.folder / "b" / "kept").exists()
