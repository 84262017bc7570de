"""Work in processes of its own: results, errors and faults come back, and nothing is left running."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import time
from functools import partial
from pathlib import Path

import pytest

from pipeline.beside import Alone, FaultError, SideBySide
from pipeline.diagnostics import ContentError, Diagnostic, Severity

TOLD = Diagnostic(severity=Severity.ERROR, code="bad", message="it is bad", path="page.md")


def _doubled(value: int) -> tuple[int, int]:
    return 2 * value, os.getpid()


def _refusing() -> None:
    raise ContentError(TOLD)


def _failing() -> None:
    raise ValueError("no such thing")


def _failing_with(doubled: tuple[int, int]) -> None:
    raise ValueError(f"not {doubled[0]}")


def _killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_results_come_from_other_processes() -> None:
    with SideBySide() as workers:
        pending = [workers.start(_doubled, number) for number in range(3)]
        results = [each.result() for each in pending]
    assert [value for value, _ in results] == [0, 2, 4]
    assert len({os.getpid(), *(process for _, process in results)}) == 4


def test_alone_works_in_this_process() -> None:
    assert Alone().start(_doubled, 4).result() == (8, os.getpid())


def _long_text(value: int) -> tuple[str, int]:
    return "x" * value, os.getpid()


def _length(text: tuple[str, int]) -> tuple[int, int]:
    return len(text[0]), os.getpid()


def _marked(text: tuple[str, int], path: Path) -> None:
    path.write_text(str(len(text[0])), encoding="utf-8")


def test_one_process_goes_on_with_its_own_result() -> None:
    with SideBySide() as workers:
        first, second = workers.start_both(_long_text, _length, 10_000_000)
        (text, process), (length, same) = first.result(), second.result()
    assert len(text) == length == 10_000_000
    assert process == same != os.getpid()
    alone = Alone().start_both(_long_text, _length, 3)
    assert [each.result() for each in alone] == [("xxx", os.getpid()), (3, os.getpid())]


def test_it_goes_on_before_anybody_takes_the_first_result(tmp_path: Path) -> None:
    path = tmp_path / "marked"
    with SideBySide() as workers:
        first, _ = workers.start_both(_long_text, partial(_marked, path=path), 10_000_000)
        deadline = time.monotonic() + 60
        while not path.exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        assert path.exists()
        assert len(first.result()[0]) == 10_000_000


def test_what_fails_first_or_then_is_told_where_it_is_waited_for() -> None:
    with SideBySide() as workers:
        first, _ = workers.start_both(_refusing, _length)
        with pytest.raises(ContentError):
            first.result()
        first, second = workers.start_both(_doubled, _failing_with, 2)
        assert first.result()[0] == 4
        with pytest.raises(FaultError, match="ValueError: not 4"):
            second.result()


def test_errors_of_a_page_come_back_whole() -> None:
    with SideBySide() as workers, pytest.raises(ContentError) as raised:
        workers.start(_refusing).result()
    assert raised.value.diagnostics == (TOLD,)


def test_faults_name_their_place() -> None:
    with SideBySide() as workers, pytest.raises(FaultError, match=r"ValueError: no such thing \(test_side_by_side"):
        workers.start(_failing).result()


def test_a_process_that_is_killed_is_told() -> None:
    with SideBySide() as workers, pytest.raises(FaultError, match="ended without an answer"):
        workers.start(_killed).result()


def _interrupted() -> None:
    with SideBySide() as workers:
        workers.start(time.sleep, 60)
        assert len(multiprocessing.active_children()) == 1
        raise KeyboardInterrupt


def test_nothing_is_left_running_when_the_block_is_left() -> None:
    before = gc.get_threshold()
    with pytest.raises(KeyboardInterrupt):
        _interrupted()
    assert multiprocessing.active_children() == []
    assert gc.get_threshold() == before
