"""Work in processes of its own: results, errors and faults come back, and nothing is left running."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from pipeline.beside import Alone, FaultError, SideBySide, with_room
from pipeline.build import build_all
from pipeline.diagnostics import ContentError, Diagnostic, Severity
from pipeline.jobs import find_jobs
from pipeline.settings import Product, Settings

TOLD = Diagnostic(severity=Severity.ERROR, code="bad", message="it is bad", path="page.md")


def _doubled(value: int) -> tuple[int, int]:
    return 2 * value, os.getpid()


def _refusing() -> tuple[str, int]:
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


def test_garbage_is_looked_for_as_often_as_before_once_work_alone_is_done() -> None:
    before = gc.get_threshold()
    with Alone():
        assert gc.get_threshold() > before
    assert gc.get_threshold() == before


def test_a_deck_alone_is_built_in_this_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("pipeline.beside.SideBySide.begin")
    (tmp_path / "page.md").write_text("# Page\n\nWords.\n", encoding="utf-8")
    output = tmp_path / "out"
    settings = Settings(root=tmp_path, output=output, products=frozenset({Product.DECK}), offline=True)
    (outcome,) = build_all(find_jobs([tmp_path / "page.md"], output, None), settings)
    assert outcome.exit_code == 0


def _long_text(value: int) -> tuple[str, int]:
    return "x" * value, os.getpid()


def _length(text: tuple[str, int]) -> tuple[int, int]:
    return len(text[0]), os.getpid()


def _cut(text: tuple[str, int], end: int) -> str:
    return text[0][:end]


def _joined(text: tuple[str, int], more: str) -> str:
    return text[0] + more


def _marked(text: tuple[str, int], path: Path) -> None:
    path.write_text(str(len(text[0])), encoding="utf-8")


def test_one_process_goes_on_with_its_own_result() -> None:
    with SideBySide() as workers:
        first = workers.begin(_long_text, 10_000_000)
        second, third = first.then(_length), first.then(_cut, 5)
        assert third.result() == "xxxxx"  # whatever is asked for first
        (text, process), (length, same) = first.result(), second.result()
        assert first.result()[1] == process
    assert len(text) == length == 10_000_000
    assert process == same != os.getpid()
    alone = Alone().begin(_long_text, 3)
    assert (alone.result(), alone.then(_length).result()) == (("xxx", os.getpid()), (3, os.getpid()))


def test_it_goes_on_before_anybody_takes_the_first_result(tmp_path: Path) -> None:
    path = tmp_path / "marked"
    with SideBySide() as workers:
        first = workers.begin(_long_text, 10_000_000)
        first.then(_marked, path)
        deadline = time.monotonic() + 60
        while not path.exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        assert path.exists()
        assert len(first.result()[0]) == 10_000_000


def test_much_may_be_given_while_much_is_answered() -> None:
    with SideBySide() as workers:
        first = workers.begin(_long_text, 10_000_000)
        pending = [first.then(_joined, "y" * 5_000_000) for _ in range(2)]
        assert [len(each.result()) for each in pending] == [15_000_000] * 2


def test_what_fails_first_or_then_is_told_where_it_is_waited_for() -> None:
    with SideBySide() as workers:
        first = workers.begin(_refusing)
        second = first.then(_length)
        for each in (second, first):
            with pytest.raises(ContentError):
                each.result()
        doubled = workers.begin(_doubled, 2)
        third = doubled.then(_failing_with)
        assert doubled.result()[0] == 4
        with pytest.raises(FaultError, match="ValueError: not 4"):
            third.result()


def _begin_and_die(told: Connection) -> None:
    workers = SideBySide()
    told.send([workers.begin(_doubled, number).result()[1] for number in range(2)])
    os.kill(os.getpid(), signal.SIGKILL)


def test_workers_end_with_the_process_that_asks() -> None:
    ours, theirs = multiprocessing.Pipe()
    asking = multiprocessing.Process(target=_begin_and_die, args=(theirs,))
    asking.start()
    workers = ours.recv()
    asking.join()
    deadline = time.monotonic() + 30
    while any(map(_runs, workers)) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not any(map(_runs, workers))


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


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


def test_a_function_with_room_does_what_it_did_without() -> None:
    roomy = with_room(_failing_with)
    with pytest.raises(ValueError, match="not 6"):
        roomy(doubled=_doubled(3))
    assert with_room(_doubled)(4) == (8, os.getpid())
    assert roomy.__name__ == _failing_with.__name__
