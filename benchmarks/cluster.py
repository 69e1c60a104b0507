"""Measure a cluster of Ray on this machine: what kills cost, and what workers bring.

`python -m benchmarks.scale kills` and `python -m benchmarks.scale ray` print these. `measured`
looks at the processes of any command, with a cluster or without.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from annotate.runs.reader import Run
from annotate.testing import Rule, Server
from annotate.testing import behaviours as b
from benchmarks.throughput import write_texts
from tests.support import endpoints
from tests.support.charging import Charging
from tests.support.clustered import (
    ACCOUNTANT,
    WORKER,
    Kill,
    cluster_here,
    commands,
    folder_of_ray,
    peak,
    processes,
    processor,
    records,
)
from tests.support.endpoints import Place, bodies

_COMMAND = Path(sys.executable).with_name("annotate")
_STOPPED = 5  # the exit code of a run that the cap has stopped
_DOCUMENTS = 120  # which take 160 requests and 0.122 dollars
_CAP = 0.11
_ASKING: dict[str, Any] = {"price": "1,10", "concurrency": 4}
_CHARACTERS = 2_000
KILLED = ("worker", "driver", "accountant")


class Seen(NamedTuple):
    """What came of a run of which something was killed.

    Attributes:
        kept: answers that were stored when it was dead.
        again: of these, those that were asked for again.
        sent: requests, more than once for what was under way.
        spent: US dollars when the cap had stopped the run.
        same: whether the records are those of an undisturbed run on one machine.
    """

    kept: int
    again: int
    sent: int
    spent: float
    same: bool


def kills(moments: Sequence[int]) -> None:
    """Print what it costs to kill a worker, the driver and the accountant at such requests."""
    print(f"{_DOCUMENTS} documents, a cap of {_CAP} dollars, then none; undisturbed: 160 requests")
    print("killed       at request  answers kept  asked again  sent   spent  records equal")
    with tempfile.TemporaryDirectory(prefix="k") as folder, cluster_here() as ray:
        address = str(ray.get_runtime_context().gcs_address)
        expected = _undisturbed(Path(folder) / "undisturbed")
        for kind in KILLED:
            for moment in moments:
                seen = _killed(Path(folder) / f"{kind}-{moment}", address, kind, moment, expected)
                print(
                    f"{kind:<12} {moment:>10}  {seen.kept:>12}  {seen.again:>11}  {seen.sent:>4}  "
                    f"{seen.spent:.4f}  {'yes' if seen.same else 'NO'}",
                    flush=True,
                )


def _killed(
    folder: Path, address: str, kind: str, moment: int, expected: dict[str, list[str]]
) -> Seen:
    """Run to the cap and then to the end, and kill something when a request is heard."""
    place = Place(endpoints.project(folder))
    inputs = endpoints.reports(folder / "in", _DOCUMENTS)
    model = Charging()
    drivers: list[int] = []
    victims: dict[str, Callable[[], list[int]]] = {
        "worker": lambda: processes(WORKER)[:1],
        "driver": lambda: drivers[-1:],
        "accountant": lambda: processes(ACCOUNTANT),
    }
    kill = Kill(place, victims[kind])
    with Server(
        model, Rule(b.edited(model.counted)), Rule(b.late(0.05)), kill.at(moment - 1)
    ) as server:
        line = [str(_COMMAND), *place.arguments(server, inputs), "--engine", "ray"]
        line += ["--address", address, "--price", "1,10", "--concurrency", "4", "--max-cost"]
        _until(_STOPPED, [*line, str(_CAP)], folder, drivers)
        spent = model.cost(1, 10)
        _until(0, [*line, "100"], folder, drivers)
        again = kill.paid_twice(server)
        same = records(Run(folder / "run")) == expected
        sent = len(bodies(server.chats))
    shutil.rmtree(folder)
    return Seen(len(kill.stored), len(again), sent, spent, same)


def _until(code: int, line: Sequence[str], folder: Path, drivers: list[int]) -> None:
    """Run a command as often as it is killed; it is to end with an exit code."""
    ended = -signal.SIGKILL
    while ended == -signal.SIGKILL:
        with subprocess.Popen(  # noqa: S603 (our own)
            line, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as driver:
            drivers.append(driver.pid)
            said = driver.communicate()[1]
            ended = driver.returncode
    if ended != code:
        raise RuntimeError(f"the command ended with {ended}: {said.decode()}")


def _undisturbed(folder: Path) -> dict[str, list[str]]:
    place = Place(endpoints.project(folder))
    inputs = endpoints.reports(folder / "in", _DOCUMENTS)
    here = Path.cwd()
    os.chdir(folder)
    try:
        with Server(Charging()) as server:
            return records(place.run(server, inputs, **_ASKING))
    finally:
        os.chdir(here)


class Measured(NamedTuple):
    """One run, with workers of this machine or on a cluster of its own.

    Attributes:
        seconds: on the clock, from the start of the command to its end.
        processor: seconds of the processor of all processes, by what they are.
        peaks: of the memory of one process in MiB, by what it is.
    """

    seconds: float
    processor: dict[str, float]
    peaks: dict[str, float]


def throughput(documents: int, counts: Sequence[int]) -> None:
    """Print what runs with so many workers take."""
    with tempfile.TemporaryDirectory(prefix="t") as folder:
        few: dict[int, Measured] = {}
        for number in (max(documents // 10, 1), documents):
            source = write_texts(Path(folder) / f"{number}.jsonl", number, _CHARACTERS)
            found = {count: _run(source, Path(folder), count) for count in counts}
            for count, each in found.items():
                peaks = ", ".join(f"{what} {peak:.0f}" for what, peak in each.peaks.items())
                print(
                    f"{number:>9,} documents  {count} workers  {each.seconds:7.1f} s  "
                    f"{each.processor['worker']:.1f} s of the processor in workers  "
                    f"peaks in MiB: {peaks}",
                    flush=True,
                )
                if count in few:
                    _compare(count, few[count], each)
            few = found


def _compare(count: int, few: Measured, many: Measured) -> None:
    peaks = ", ".join(f"{what} {many.peaks[what] / peak:.2f}" for what, peak in few.peaks.items())
    processor = many.processor["worker"] / few.processor["worker"]
    print(
        f"{count} workers, ten times the documents: {processor:.1f} times the processor time, "
        f"memory: {peaks}",
        flush=True,
    )


def _run(source: Path, folder: Path, count: int) -> Measured:
    words = ["--engine", "ray", "--workers", str(count), "--replace"]
    return measured(["run", source, "--out", folder / "run", *words])


def measured(line: Sequence[str | Path]) -> Measured:
    """Run a command of ours, and look at it and all processes below it until it ends."""
    peaks: dict[str, float] = {}
    spent: dict[int, float] = {}
    kinds: dict[int, str] = {}
    begun = time.perf_counter()
    with folder_of_ray() as folder, tempfile.TemporaryFile() as said:
        own = {**os.environ, "RAY_TMPDIR": folder}
        with subprocess.Popen(  # noqa: S603 (our own)
            [_COMMAND, *line], env=own, stdout=subprocess.DEVNULL, stderr=said
        ) as driver:
            while driver.poll() is None:
                for process, command in commands(driver.pid).items():
                    what = "command" if process == driver.pid else _named(command)
                    if what:  # else it is ending, and was seen before
                        kinds[process] = what  # the last: what Ray keeps ready becomes a worker
                        peaks[what] = max(peaks.get(what, 0.0), peak(process))
                        spent[process] = max(spent.get(process, 0.0), processor(process))
                time.sleep(0.5)
        seconds = time.perf_counter() - begun
        if driver.returncode:
            said.seek(0)
            raise RuntimeError(
                f"the command ended with {driver.returncode}: {said.read()[-2000:]!r}"
            )
    used: dict[str, float] = {}
    for process, what in kinds.items():
        used[what] = used.get(what, 0.0) + spent[process]
    return Measured(seconds, used, dict(sorted(peaks.items())))


def _named(command: str) -> str:
    """Return what a process is; "" where its command is not known any more."""
    if command.startswith(WORKER) or "--multiprocessing-fork" in command:
        return "worker"
    if command.startswith(ACCOUNTANT):
        return "accountant"
    if "ray" in command:
        return "others of Ray"
    return "others" if command else ""
