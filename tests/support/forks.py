"""Processes of the command line that start at once: forks of one that has run it before.

For tests that stop, kill or limit a process. A fork costs a tenth of starting Python and importing
what a run over HTTP imports.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from tests.support.checkout import ROOT
from tests.support.waiting import until

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.support.warm"])

Preparation = Callable[[], None]
"""What a fork does before it runs the command line; a function of a module, for it is pickled."""


Serving = Callable[[str, Callable[[str], None]], None]
"""Serves something until it is killed, and tells its address; a function of a module."""


@dataclass(frozen=True)
class Fork:
    """A command under way.

    Attributes:
        process: to be waited for.
        printed: the file of its standard output; that of its errors stands beside it.
    """

    process: BaseProcess
    printed: Path

    @property
    def alive(self) -> bool:
        return self.process.is_alive()

    @property
    def stdout(self) -> str:
        return self.printed.read_text(encoding="utf-8")

    @property
    def stderr(self) -> str:
        return self.printed.with_suffix(".err").read_text(encoding="utf-8")

    def send(self, number: signal.Signals) -> None:
        """Send a signal; one that has ended meanwhile gets none."""
        assert self.process.pid is not None
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process.pid, number)

    def ended(self) -> int:
        """Wait for its end and return its exit code, which for a signal is below 0."""
        self.process.join(120)
        assert self.process.exitcode is not None, "the command does not end"
        return self.process.exitcode


@contextlib.contextmanager
def started(
    folder: Path,
    arguments: Sequence[str | Path],
    printed: Path,
    prepare: Preparation | None = None,
) -> Iterator[Fork]:
    """Start the command line in a folder; whatever happens, it is dead at the end of the block.

    Args:
        folder: where it runs.
        arguments: of the command line.
        printed: the file for its standard output; that for its errors stands beside it.
        prepare: what it does first.
    """
    with contextlib.chdir(ROOT):  # the server of the forks imports from where it was started
        forkserver.ensure_running()
    given = [str(each) for each in arguments]
    process = _FORKS.Process(target=_run, args=(str(folder), given, str(printed), prepare))
    process.start()
    try:
        yield Fork(process, printed)
    finally:
        process.kill()
        process.join()


@contextlib.contextmanager
def killed_again_and_again(
    serve: Serving, given: str, prepare: Callable[[str], object]
) -> Iterator[Callable[[], tuple[int, str]]]:
    """Yield a function that starts a server and returns its process and address.

    Its caller kills the process before it starts the next. All are forks of one process, in which
    `prepare` was called.
    """
    with contextlib.chdir(ROOT):
        forkserver.ensure_running()
    here, there = multiprocessing.Pipe()
    process = _FORKS.Process(target=_fork_on_demand, args=(there, serve, given, prepare))
    process.start()
    there.close()

    def start() -> tuple[int, str]:
        here.send(True)
        pid, address = here.recv()
        return int(pid), str(address)

    with here:
        yield start
    process.join()


def _fork_on_demand(
    pipe: Connection, serve: Serving, given: str, prepare: Callable[[str], object]
) -> None:
    prepare(given)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that are killed
    while True:
        try:
            pipe.recv()
        except EOFError:
            return
        if os.fork() == 0:
            serve(given, lambda address: pipe.send((os.getpid(), address)))
            os._exit(0)


def _run(folder: str, arguments: list[str], printed: str, prepare: Preparation | None) -> None:
    os.chdir(folder)
    # What a shell starts in the background ignores it, and hands that on to all that it starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number, path in ((1, printed), (2, str(Path(printed).with_suffix(".err")))):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    sys.argv = ["annotate", *arguments]
    if prepare is not None:
        prepare()
    from annotate.cli.app import main

    main()


# ---- Preparations ----


def small_files(most: int) -> Preparation:
    """Let no file get more bytes: the full disk that needs no rights."""
    return partial(resource.setrlimit, resource.RLIMIT_FSIZE, (most, most))


def stopping_at(file: Path) -> Preparation:
    """Stop, as on a terminal, when `file` is opened; `signalled` waits for that."""
    return partial(_stop_at, str(file))


def _stop_at(file: str) -> None:
    def look(event: str, given: tuple[Any, ...]) -> None:
        if event == "open" and given[0] == file:
            _mark(Path(file)).touch()
            os.kill(os.getpid(), signal.SIGSTOP)

    sys.addaudithook(look)


def _mark(file: Path) -> Path:
    return file.with_name(f".{file.name}-is-opened")


def signalled(fork: Fork, file: Path, number: signal.Signals) -> int:
    """Send a signal to a fork that is stopping at a file, and return the exit code."""
    until(lambda: _mark(file).exists() or not fork.alive)
    _mark(file).unlink()
    fork.send(number)
    while fork.alive:  # it may not yet have stopped when it is told to go on
        fork.send(signal.SIGCONT)
        fork.process.join(0.02)
    return fork.ended()
