"""Processes beside this one, which do what they are given and end with whoever started them.

The pool is that of the standard library. Its processes begin anew, so that nothing of this one's
threads and locks is copied into them; three things are otherwise than there. They do not run the
caller's script a second time, which would need a guard in it and, without one, might pay for a run
twice. Ctrl-C is this process's alone. And they end when this one does, however it ends.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import current_process
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnContext, SpawnProcess
from threading import Thread
from types import ModuleType
from typing import ParamSpec, TypeVar

from annotate.errors import UsageError

P = ParamSpec("P")
G = TypeVar("G")
T = TypeVar("T")


class Processes:
    """A pool of processes, which start when there is something to do.

    Args:
        count: how many at most.
        begin: a function of a module that each of them calls first, with `given`.

    Raises:
        UsageError: in a process that must not start any.
    """

    def __init__(self, count: int, begin: Callable[[G], None], given: G) -> None:
        if current_process().daemon:
            raise UsageError("--workers: this process may start no others; set it to 1")
        context = _Context()
        watched, self._end = context.Pipe(duplex=False)
        self._watched = watched
        self._pool = ProcessPoolExecutor(
            count, context, initializer=_begin, initargs=(watched, begin, given)
        )

    def submit(self, work: Callable[P, T], *given: P.args, **named: P.kwargs) -> Future[T]:
        """Have a function of a module called in one of them.

        Raises:
            BrokenProcessPool: where one of them has ended; so do the futures that are not done.
        """
        return self._pool.submit(work, *given, **named)

    def end(self) -> None:
        """End them at once, whatever they are doing."""
        self._end.close()
        self._pool.shutdown(cancel_futures=True)
        self._watched.close()


class _Process(SpawnProcess):
    def start(self) -> None:
        with _without_main(), _without_interrupts():
            super().start()


class _Context(SpawnContext):
    Process = _Process


@contextmanager
def _without_main() -> Iterator[None]:
    """Hide what the caller runs: a new process imports the file of `__main__`, where it has one."""
    running = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = running


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Hold SIGINT back in this thread; a process that is started meanwhile never gets any."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(watched: Connection, begin: Callable[[G], None], given: G) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it could not be held back
    Thread(target=_end_with, args=(watched,), daemon=True).start()
    begin(given)


def _end_with(watched: Connection) -> None:
    """End this process as soon as nobody holds the other end of a pipe any more."""
    watched.poll(None)
    os._exit(0)
