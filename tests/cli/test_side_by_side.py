"""Work in processes of its own: results, errors and faults come back, and nothing is left running."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import time

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
