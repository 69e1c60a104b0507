"""Runs on a cluster of this machine: what they keep, and which of its processes are killed when."""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotate.runs.manifest import PARTS
from annotate.runs.reader import Run
from annotate.runs.rows import document_row
from annotate.testing import Rule, Server
from annotate.testing.answers import Answer
from tests.support.endpoints import Place, bodies, written
from tests.support.waiting import until

ACCOUNTANT = "ray::Accountant"
WORKER = "ray::MapWorker"


@contextmanager
def folder_of_ray() -> Iterator[str]:
    """Yield a folder for Ray, which would leave there what it wrote.

    Its name is short: the sockets of Ray there have names of at most 107 bytes.
    """
    folder = tempfile.mkdtemp(prefix="r")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def cluster_here() -> Iterator[Any]:
    """Start a cluster on this machine, and yield Ray."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    import ray

    with folder_of_ray() as folder:
        ray.init(
            num_cpus=2,
            include_dashboard=False,
            log_to_driver=False,
            logging_level=logging.ERROR,
            object_store_memory=200_000_000,
            _temp_dir=folder,
        )
        try:
            yield ray
        finally:
            ray.shutdown()


def records(run: Run) -> dict[str, list[str]]:
    """Return all rows of a run, sorted, without the time that they took."""
    tables: dict[str, Any] = {
        "documents": map(document_row, run.documents()),
        "annotations": (each.to_json() for each in run.annotations()),
        "ledger": ({**each.to_json(), "seconds": None} for each in run.ledger()),
        "quarantine": run.quarantine(),
        "unreadable": run.unreadable(),
    }
    assert set(tables) == set(PARTS)
    return {name: sorted(map(json.dumps, rows)) for name, rows in tables.items()}


def figures(run: Run) -> dict[str, Any]:
    return {name: run.manifest[name] for name in ("counts", "statuses", "refused", "usage")}


@dataclass
class Kill:
    """Processes that are killed when a server hears a request.

    Attributes:
        victims: returns the processes to kill, by their ids.
        stored: the bodies of the requests whose answers were kept when they were dead.
        heard: requests until then.
    """

    place: Place
    victims: Callable[[], list[int]]
    stored: set[str] = field(default_factory=set)
    heard: int = 0

    def at(self, request: int) -> Rule:
        """Return the rule that kills at the request of this number, counted from 0."""

        def kill(answer: Answer) -> Answer:
            self.now()
            self.heard = request + 1
            return answer

        return Rule(kill, at=request)

    def now(self) -> None:
        """Kill."""
        victims = self.victims()
        assert victims, "there is nobody to kill"
        for each in victims:
            os.kill(each, signal.SIGKILL)
        until(lambda: not any(map(_lives, victims)))
        self.stored = set(map(written, self.place.stored()))

    def paid_twice(self, server: Server) -> set[str]:
        """Return what was kept when they were dead, and asked for again."""
        return self.stored & set(bodies(server.chats[self.heard :]))


def processes(title: str, below: int | None = None) -> list[int]:
    """Return the processes below one, by default this one, whose command begins so."""
    return [each for each, command in commands(below).items() if command.startswith(title)]


def commands(below: int | None = None) -> dict[int, str]:
    """Return the commands of a process, by default this one, and of all below it."""
    children: dict[int, list[int]] = {}
    for each in _all():
        children.setdefault(_parent(each), []).append(each)
    found, ahead = {}, [os.getpid() if below is None else below]
    while ahead:
        each = ahead.pop()
        ahead += children.get(each, ())
        found[each] = _command(each)
    return found


def peak(process: int) -> float:
    """Return the most memory that a process had so far in MiB; 0.0 where it is gone."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


def processor(process: int) -> float:
    """Return the seconds of the processor that a process has taken; 0.0 where it is gone."""
    stat = _stat(process)
    return sum(map(int, stat[11:13])) / os.sysconf("SC_CLK_TCK")


def _all() -> Iterator[int]:
    return (int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit())


def _stat(process: int) -> list[str]:
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except OSError:
        return ["X", "0"]  # it is gone
    return stat.rpartition(")")[2].split()


def _lives(process: int) -> bool:
    return _stat(process)[0] not in "XZ"


def _parent(process: int) -> int:
    return int(_stat(process)[1])


def _command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8")
    except OSError:
        return ""
