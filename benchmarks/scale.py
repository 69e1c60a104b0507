"""Measure what many documents take.

    python -m benchmarks.scale workers [--documents 10000] [--counts 1,2] [--times 3]
    python -m benchmarks.scale readers [--documents 20000] [--times 10] [--characters 2000]
        [--only show,score]
    python -m benchmarks.scale ray [--documents 10000] [--counts 1,2]
    python -m benchmarks.scale million [--documents 1000000] [--runs local-1,local-2,ray-1,ray-2]
        [--folder F]
    python -m benchmarks.scale kills [--moments 5,20,35,50,65,80,95,110,125,140]

`workers` annotates generated documents of 2 kB with the offline baseline: a tenth of them, then all
of them, by turns with so many workers, each run in a process of its own. It prints the best of the
times, how they compare with one worker, and whether time and memory follow the documents.

`readers` writes a run of so many documents and one of so many times more, both the documents of a
small real run again and again, and reads them with each command in a process of its own. Memory is
the peak of that process in MiB, time is that of the processor. Gold is of 200 documents.

`ray` annotates as `workers` does, on clusters of this machine, and says how much memory each kind
of process took at most.

`million` writes the same documents once, has them annotated by so many workers of this machine
(`local-N`) or of a cluster on it (`ray-N`), each run as a whole command, and prints what its
processes took together. It says of each run whether its records are those of the first, and ends
with exit code 1 where they are not. In a folder that is named the runs stay, and one that is
complete there is not made again: the runs can be made one by one. The memory it takes itself does
not grow with the documents.

`kills` asks a scripted endpoint on a cluster, and ends a worker, the command or the accountant with
`kill -9` when the endpoint hears a request, a run for each moment.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import cluster, million
from benchmarks.large_runs import gold_of, repeated, small_run
from benchmarks.throughput import write_texts

_COMMAND = Path(sys.executable).with_name("annotate")
_LABELLED = 200  # documents with gold
_SPENT = """
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([done.returncode, used.ru_maxrss, used.ru_utime + used.ru_stime]))
"""
_CHARACTERS = 2_000
_BARE = "import subprocess, sys; sys.exit(subprocess.run(sys.argv[1:]).returncode)"
_PROGRAM = """
import json, resource, sys, time
import annotate
begun = time.perf_counter()
annotate.run(sys.argv[1], out=sys.argv[2], workers=int(sys.argv[3]))
seconds = time.perf_counter() - begun
own, workers = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
processor = [each.ru_utime + each.ru_stime for each in (own, workers)]
print(json.dumps([seconds, *processor, own.ru_maxrss / 1024, workers.ru_maxrss / 1024]))
"""


class Measured(NamedTuple):
    """One run: seconds, those of the processor here and in workers, peaks of one process in MiB."""

    seconds: float
    own: float
    workers: float
    peak: float
    peak_of_worker: float


def run(source: Path, workers: int) -> Measured:
    """Annotate a file in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        # A process begins with the peak of the one that starts it: that has to be a small one.
        bare = [sys.executable, "-S", "-c", _BARE]
        own = [sys.executable, "-c", _PROGRAM]
        words = [*bare, *own, str(source), f"{folder}/run", str(workers)]
        done = subprocess.run(words, stdout=subprocess.PIPE, check=True)  # noqa: S603 (our own)
    return Measured(*json.loads(done.stdout))


def best(source: Path, counts: Sequence[int], times: int) -> dict[int, Measured]:
    """Return the smallest figures by the number of workers, whose runs take turns."""
    found: dict[int, list[Measured]] = {count: [] for count in counts}
    for _ in range(times):
        for count in counts:
            found[count].append(run(source, count))
    return {count: Measured(*map(min, zip(*runs, strict=True))) for count, runs in found.items()}


def workers(documents: int, counts: Sequence[int], times: int) -> None:
    """Print what runs with so many workers take."""
    with tempfile.TemporaryDirectory() as folder:
        few: dict[int, Measured] = {}
        for number in (max(documents // 10, 1), documents):
            source = write_texts(Path(folder) / f"{number}.jsonl", number, _CHARACTERS)
            found = best(source, counts, times)
            for count, each in found.items():
                print(
                    f"{number:>9,} documents  {count} workers  {each.seconds:7.1f} s, "
                    f"{found[counts[0]].seconds / each.seconds:.2f} times as fast  "
                    f"processor {each.own:.1f} s here, {each.workers:.1f} s in workers  "
                    f"peak {each.peak:.0f} MiB here, {each.peak_of_worker:.0f} in a worker"
                )
            if few:
                for count, each in found.items():
                    before = few[count]
                    processor = (each.own + each.workers) / (before.own + before.workers)
                    print(
                        f"{count} workers, ten times the documents: {processor:.1f} times the "
                        f"processor time, {each.peak / before.peak:.2f} times the memory here"
                    )
            few = found


class Spent(NamedTuple):
    """What a command took: peak memory in MiB, seconds of the processor."""

    peak: float
    seconds: float


def spent(words: Sequence[str | Path]) -> Spent:
    """Run a command in a process of its own and return what it took."""
    line = [sys.executable, "-S", "-c", _SPENT, _COMMAND, *words]
    done = subprocess.run(line, stdout=subprocess.PIPE, check=True)  # noqa: S603 (our own)
    code, peak, seconds = json.loads(done.stdout)
    if code not in (0, 4):  # a run of which not all was answered
        sys.exit(f"annotate {' '.join(map(str, words))} ended with code {code}")
    unit = 2**20 if sys.platform == "darwin" else 2**10  # ru_maxrss is in bytes there, else in KiB
    return Spent(peak / unit, seconds)


def readers(run: Path, gold: Path, out: Path) -> Mapping[str, Sequence[str | Path]]:
    """Return what reads a run, by name."""
    forms = ("jsonl", "csv", "parquet")
    return {
        "show": ["show", run],
        "score": ["score", run, "--gold", gold],
        "compare": ["compare", run, run, "--gold", gold],
        "diff": ["diff", run, run],
        "view": ["view", run, "--out", out / "view"],
        **{form: ["export", run, "--to", form, "--out", out / form] for form in forms},
    }


def measure_readers(count: int, times: int, characters: int, only: Sequence[str]) -> None:
    """Print what each reader takes for so many documents, and for so many times more."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small = small_run(folder / "small", characters=characters)
        runs = [repeated(small, folder / f"run-{n}", n) for n in (count, count * times)]
        gold = gold_of(runs[0], folder / "gold", min(_LABELLED, count))
        out = folder / "out"
        print(f"{count:,} documents, then {count * times:,}: MiB and seconds of the processor")
        for reader in only or readers(small.path, gold, out):
            few, many = (_read(each.path, gold, out, reader) for each in runs)
            memory, seconds = many.peak / few.peak, many.seconds / few.seconds
            print(
                f"{reader:<8} {few.peak:>6.0f} {few.seconds:>7.1f}   {many.peak:>6.0f} "
                f"{many.seconds:>7.1f}   {memory:.2f} times the memory, {seconds:.1f} the time",
                flush=True,
            )


def _read(run: Path, gold: Path, out: Path, reader: str) -> Spent:
    out.mkdir()
    found = spent(readers(run, gold, out)[reader])
    shutil.rmtree(out)
    return found


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parts = parser.add_subparsers(dest="part", required=True)
    of_workers = parts.add_parser("workers", help="runs with several workers")
    of_workers.add_argument("--documents", type=int, default=10_000)
    of_workers.add_argument("--counts", default="1,2", help="numbers of workers, the first is 1")
    of_workers.add_argument("--times", type=int, default=3)
    of_readers = parts.add_parser("readers", help="what reads runs: show, score, compare, …")
    of_readers.add_argument("--documents", type=int, default=20_000)
    of_readers.add_argument("--times", type=int, default=10)
    of_readers.add_argument("--characters", type=int, default=_CHARACTERS, help="of a document")
    of_readers.add_argument("--only", default="", help="names with commas between")
    of_ray = parts.add_parser("ray", help="runs on a cluster of this machine")
    of_ray.add_argument("--documents", type=int, default=10_000)
    of_ray.add_argument("--counts", default="1,2", help="numbers of workers, the first is 1")
    of_million = parts.add_parser("million", help="the same documents in several ways, compared")
    of_million.add_argument("--documents", type=int, default=1_000_000)
    of_million.add_argument("--runs", type=million.names, default="local-1,local-2,ray-1,ray-2")
    of_million.add_argument("--folder", type=Path, help="where runs stay (default: they do not)")
    of_kills = parts.add_parser("kills", help="runs on a cluster of which something is killed")
    of_kills.add_argument("--moments", default="5,20,35,50,65,80,95,110,125,140")
    asked = parser.parse_args()
    if asked.part == "ray":
        return cluster.throughput(asked.documents, numbers(asked.counts))
    if asked.part == "million":
        sys.exit(0 if million.compared(asked.documents, asked.runs, asked.folder) else 1)
    if asked.part == "kills":
        return cluster.kills(numbers(asked.moments))
    if asked.part == "readers":
        only = [name for name in asked.only.split(",") if name]
        return measure_readers(asked.documents, asked.times, asked.characters, only)
    return workers(asked.documents, numbers(asked.counts), asked.times)


def numbers(typed: str) -> list[int]:
    """Return numbers that were typed with commas between."""
    return [int(each) for each in typed.split(",")]


if __name__ == "__main__":
    main()
