"""Measure what many documents take.

    python benchmarks/scale.py workers [--documents 10000] [--counts 1,2] [--times 3]

`workers` annotates generated documents of 2 kB with the offline baseline: a tenth of them, then all
of them, by turns with so many workers, each run in a process of its own. It prints the best of the
times, how they compare with one worker, and whether time and memory follow the documents.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from throughput import texts

_CHARACTERS = 2_000
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
        words = [sys.executable, "-c", _PROGRAM, source, f"{folder}/run", str(workers)]
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
            source = Path(folder) / f"{number}.jsonl"
            rows = ({"id": str(n), "text": t} for n, t in enumerate(texts(number, _CHARACTERS)))
            source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
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


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parts = parser.add_subparsers(dest="part", required=True)
    of_workers = parts.add_parser("workers", help="runs with several workers")
    of_workers.add_argument("--documents", type=int, default=10_000)
    of_workers.add_argument("--counts", default="1,2", help="numbers of workers, the first is 1")
    of_workers.add_argument("--times", type=int, default=3)
    asked = parser.parse_args()
    workers(asked.documents, [int(each) for each in asked.counts.split(",")], asked.times)


if __name__ == "__main__":
    main()
