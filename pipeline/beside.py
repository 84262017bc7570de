"""Work done side by side: in processes of its own, which may do more with what they made, or all in this one."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import TYPE_CHECKING, Concatenate, Generic, ParamSpec, Protocol, Self, TypeVar, cast

from msgspec import Struct, field

from pipeline.diagnostics import SlidesError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

P = ParamSpec("P")
T = TypeVar("T")
U = TypeVar("U")
T_co = TypeVar("T_co", covariant=True)

# A forked process has all modules and arguments at hand; elsewhere than on Linux, system libraries forbid forking.
_FORKING = sys.platform == "linux"
# Layout makes very many objects that live as long as their page. Python looks for cycles of garbage each 700 new ones:
# it finds next to none, and a quarter of the time goes into looking.
_NEW_OBJECTS = 50_000
# Python keeps the frames of calls in chunks of 16 KiB, and at each call that goes from one chunk into the next it asks
# the system for memory, to give it back when the call returns (CPython issue 142183): loops at such a depth are slow.
# A frame of so many words gets a larger chunk with room for all calls below it. What is not used of it takes no memory.
_ROOM = 2**16
# What goes on beside leaves a processor to the process that the others are waited for in.
_STANDING_BACK = 3


class FaultError(Exception):
    """A fault of ours, as "ValueError: … (module.py:12)": another process can only tell of it."""


class Pending(Protocol[T_co]):
    """A piece of work that was begun."""

    def result(self) -> T_co:
        """What came of it, once it is done. Raises what the work raised; a fault of ours as `FaultError`."""


class Worker(Pending[T_co], Protocol[T_co]):
    """One who did a piece of work and has its result and its modules at hand for more."""

    def then(self, function: Callable[Concatenate[T_co, P], U], *args: P.args, **kwargs: P.kwargs) -> Pending[U]:
        """Let another piece of work follow, of the first one's result and of what is given.

        Where the first failed, so does this.
        """


class Workers(Protocol):
    """Those who work."""

    def start(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Pending[T]:
        """Begin a piece of work. Its arguments and its result are values that can be pickled."""

    def begin(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Worker[T]:
        """Begin a piece of work that others may follow."""


class _Seldom:
    """Looks for garbage as seldom as suits layout, within its block."""

    def __enter__(self) -> Self:
        self._collecting = gc.get_threshold()
        _collect_seldom()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        gc.set_threshold(*self._collecting)


class Alone(_Seldom):
    """Works in this process, one piece after the other."""

    def start(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Pending[T]:
        """The work, already done."""
        return _Done(function(*args, **kwargs))

    def begin(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Worker[T]:
        """The work, already done."""
        return _Done(function(*args, **kwargs))


class SideBySide(_Seldom):
    """Works in one process for each piece. On leaving the block none is left, whatever happened in it."""

    def __init__(self) -> None:
        import multiprocessing  # which a page that is made alone does without

        self._context = multiprocessing.get_context("fork") if _FORKING else multiprocessing.get_context("spawn")
        self._processes: list[BaseProcess] = []

    def start(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Pending[T]:
        """The work, which goes on while this process does something else."""
        return _Alone(self._process(_work, function, args, kwargs))

    def begin(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Worker[T]:
        """The work of a process that does more when asked to."""
        return _Worker(self._process(_work_on, function, args, kwargs))

    def _process(self, work: Callable[..., None], *given: object) -> _Process:
        gc.freeze()
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=work, args=(theirs, ours, *given), daemon=True)
        process.start()
        theirs.close()
        self._processes.append(process)
        return _Process(process, ours)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for process in self._processes:
            process.terminate()
            process.join()
            process.close()
        gc.unfreeze()
        super().__exit__(kind, error, traceback)


def fault(error: BaseException) -> str:
    """A fault of ours with the place where it happened, in one line."""
    if isinstance(error, FaultError):
        return str(error)
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    where = f" ({Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno})" if frame else ""
    return f"{type(error).__name__}: {error}{where}"


def with_room(function: Callable[P, T]) -> Callable[P, T]:
    """The function with room for the frames of all that it calls."""

    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        return function(*args, **kwargs)

    call.__code__ = call.__code__.replace(co_stacksize=_ROOM)
    return wraps(function)(call)


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


class _Done(Struct, Generic[T], frozen=True):
    value: T

    def result(self) -> T:
        return self.value

    def then(self, function: Callable[Concatenate[T, P], U], *args: P.args, **kwargs: P.kwargs) -> Pending[U]:
        return _Done(function(self.value, *args, **kwargs))


class _Process(Struct, frozen=True):
    """A process that works, our end of the pipe between us, and what it answered so far."""

    process: BaseProcess
    pipe: Connection
    answers: list[tuple[object, Exception | None]] = field(default_factory=list)

    def answer(self, number: int) -> object:
        """What came of a piece of work, counted from 0."""
        while len(self.answers) <= number:
            try:
                self.answers.append(self.pipe.recv())
            except EOFError:
                self.process.join()
                code = self.process.exitcode
                raise FaultError(f"a process ended without an answer (exit code {code})") from None
        value, error = self.answers[number]
        if error is not None:
            raise error
        return value

    def end(self) -> None:
        self.pipe.close()
        self.process.join()


class _Alone(Struct, Generic[T], frozen=True):
    """The one piece of work of a process, which ends with it."""

    process: _Process

    def result(self) -> T:
        try:
            return cast("T", self.process.answer(0))
        finally:
            self.process.end()


class _Elsewhere(Struct, Generic[T], frozen=True):
    """One of the pieces of work of a process."""

    process: _Process
    number: int

    def result(self) -> T:
        return cast("T", self.process.answer(self.number))


class _Worker(Struct, Generic[T]):
    """A process that does more when asked to."""

    process: _Process
    asked: int = 1

    def result(self) -> T:
        return cast("T", self.process.answer(0))

    def then(self, function: Callable[Concatenate[T, P], U], *args: P.args, **kwargs: P.kwargs) -> Pending[U]:
        self.process.pipe.send((function, args, kwargs))
        self.asked += 1
        return _Elsewhere(self.process, self.asked - 1)


def _collect_seldom() -> None:
    gc.set_threshold(_NEW_OBJECTS, 20, 100)


def _work(
    pipe: Connection,
    others_end: Connection,
    function: Callable[..., object],
    args: tuple[object, ...],
    kwargs: dict[str, object],
) -> None:
    """Do the work in the process begun for it, and send back what came of it."""
    _prepare()
    others_end.close()
    pipe.send(_outcome(function, *args, **kwargs))


def _work_on(
    pipe: Connection,
    others_end: Connection,
    function: Callable[..., object],
    args: tuple[object, ...],
    kwargs: dict[str, object],
) -> None:
    """Do the work, and what is asked for after it, and send back what comes of each, until nobody asks any more."""
    _prepare()
    others_end.close()  # so that the pipe ends with the process that asks
    first = value, error = _outcome(function, *args, **kwargs)
    sending = _sending(pipe, first)
    with suppress(EOFError):
        while True:
            then, args, kwargs = pipe.recv()
            answer = (None, error) if error else _outcome(then, value, *args, **kwargs)
            sending = _sending(pipe, answer, after=sending)


def _sending(pipe: Connection, answer: tuple[object, Exception | None], after: Thread | None = None) -> Thread:
    """An answer on its way, after an earlier one: a pipe holds little, and who asked may be busy still."""
    sending = Thread(target=_send, args=(pipe, pickle.dumps(answer), after))
    sending.start()
    return sending


def _send(pipe: Connection, data: bytes, after: Thread | None) -> None:
    if after:
        after.join()
    with suppress(BrokenPipeError):  # who asked is gone
        pipe.send_bytes(data)


def _prepare() -> None:
    # Ctrl-C reaches every process of the terminal; the one that began this one ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _collect_seldom()
    if sys.platform != "win32":
        os.nice(_STANDING_BACK)


@with_room
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
