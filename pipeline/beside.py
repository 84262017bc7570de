"""Work done side by side: each piece in a process of its own, or all in this one."""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Generic, ParamSpec, Protocol, Self, TypeVar, cast

from msgspec import Struct

from pipeline.diagnostics import SlidesError

P = ParamSpec("P")
T = TypeVar("T")
U = TypeVar("U")
T_co = TypeVar("T_co", covariant=True)

# A forked process has all modules and arguments at hand; elsewhere than on Linux, system libraries forbid forking.
_FORKING = sys.platform == "linux"
# Layout makes very many objects that live as long as their page. Python looks for cycles of garbage each 700 new ones:
# it finds next to none, and a quarter of the time goes into looking.
_NEW_OBJECTS = 50_000
# What goes on beside leaves a processor to the process that the others are waited for in.
_STANDING_BACK = 3


class FaultError(Exception):
    """A fault of ours, as "ValueError: … (module.py:12)": another process can only tell of it."""


class Pending(Protocol[T_co]):
    """A piece of work that was begun."""

    def result(self) -> T_co:
        """What came of it, once it is done. Raises what the work raised; a fault of ours as `FaultError`."""


class Workers(Protocol):
    """Those who work."""

    def start(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Pending[T]:
        """Begin a piece of work. Its arguments and its result are values that can be pickled."""

    def start_both(
        self, function: Callable[P, T], then: Callable[[T], U], *args: P.args, **kwargs: P.kwargs
    ) -> tuple[Pending[T], Pending[U]]:
        """Begin a piece of work, and with its result another, which is waited for after the first."""


class Alone:
    """Works in this process, one piece after the other."""

    def start(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Pending[T]:
        """The work, already done."""
        return _Done(function(*args, **kwargs))

    def start_both(
        self, function: Callable[P, T], then: Callable[[T], U], *args: P.args, **kwargs: P.kwargs
    ) -> tuple[Pending[T], Pending[U]]:
        """Both pieces of work, already done."""
        first = function(*args, **kwargs)
        return _Done(first), _Done(then(first))


class SideBySide:
    """Works in one process for each piece. On leaving the block none is left, whatever happened in it."""

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("fork") if _FORKING else multiprocessing.get_context("spawn")
        self._processes: list[BaseProcess] = []
        self._collecting = gc.get_threshold()

    def start(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Pending[T]:
        """The work, which goes on while this process does something else."""
        return _Elsewhere(*self._begun(_answer, function, args, kwargs))

    def start_both(
        self, function: Callable[P, T], then: Callable[[T], U], *args: P.args, **kwargs: P.kwargs
    ) -> tuple[Pending[T], Pending[U]]:
        """The work of one process, which answers twice."""
        process, receiver = self._begun(_answer_twice, function, then, args, kwargs)
        return _Elsewhere(process, receiver, more=True), _Elsewhere(process, receiver)

    def _begun(self, answer: Callable[..., None], *work: object) -> tuple[BaseProcess, Connection]:
        gc.freeze()
        receiver, sender = self._context.Pipe(duplex=False)
        process = self._context.Process(target=answer, args=(sender, *work), daemon=True)
        process.start()
        sender.close()
        self._processes.append(process)
        return process, receiver

    def __enter__(self) -> Self:
        _collect_seldom()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for process in self._processes:
            process.terminate()
            process.join()
            process.close()
        gc.unfreeze()
        gc.set_threshold(*self._collecting)


def fault(error: BaseException) -> str:
    """A fault of ours with the place where it happened, in one line."""
    if isinstance(error, FaultError):
        return str(error)
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    where = f" ({Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno})" if frame else ""
    return f"{type(error).__name__}: {error}{where}"


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


class _Done(Struct, Generic[T], frozen=True):
    value: T

    def result(self) -> T:
        return self.value


class _Elsewhere(Struct, Generic[T], frozen=True):
    process: BaseProcess
    receiver: Connection
    more: bool = False
    """Whether another answer follows."""

    def result(self) -> T:
        try:
            value, error = self.receiver.recv()
        except EOFError:
            self.process.join()
            raise FaultError(f"a process ended without an answer (exit code {self.process.exitcode})") from None
        if not self.more:
            self.receiver.close()
            self.process.join()
        if error is not None:
            raise error
        return value  # type: ignore[no-any-return]  # what was pickled is what the function returned


def _collect_seldom() -> None:
    gc.set_threshold(_NEW_OBJECTS, 20, 100)


def _answer(
    sender: Connection, function: Callable[..., object], args: tuple[object, ...], kwargs: dict[str, object]
) -> None:
    """Do the work in the process begun for it, and send back what came of it."""
    _prepare()
    _stand_back()
    sender.send(_outcome(function, *args, **kwargs))
    sender.close()


def _answer_twice(
    sender: Connection,
    function: Callable[..., T],
    then: Callable[[T], object],
    args: tuple[object, ...],
    kwargs: dict[str, object],
) -> None:
    """Do the work, send back what came of it, and meanwhile go on with that."""
    _prepare()
    value, error = _outcome(function, *args, **kwargs)
    # A pipe holds little, and who asked may be busy still.
    sending = Thread(target=sender.send_bytes, args=(pickle.dumps((value, error)),))
    sending.start()
    _stand_back()
    if error is None:
        second = _outcome(then, cast("T", value))
        sending.join()
        sender.send(second)
    sending.join()
    sender.close()


def _prepare() -> None:
    # Ctrl-C reaches every process of the terminal; the one that began this one ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _collect_seldom()


def _stand_back() -> None:
    if sys.platform != "win32":
        os.nice(_STANDING_BACK)


def _outcome(
    function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> tuple[T, None] | tuple[None, SlidesError | FaultError]:
    """What the work gives, or why it failed."""
    try:
        return function(*args, **kwargs), None
    except Exception as error:  # noqa: BLE001 - told where the result is waited for
        return None, _as_told(error)


def _as_told(error: Exception) -> SlidesError | FaultError:
    return error if isinstance(error, SlidesError) else FaultError(fault(error))
