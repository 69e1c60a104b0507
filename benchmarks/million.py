"""Annotate the same documents in several ways, and compare the records of the runs.

    F/documents.jsonl         the documents
    F/local-1, F/ray-2, …     the runs
    F/local-1.figures.json    what a run took; written when it was complete
    F/local-1.records.json    the digests of its records

`python -m benchmarks.scale million` prints it. Nothing here grows with the documents: rows are
read one by one, and compared by the sum of their hashes, which has no order.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from annotate.files import json_line, write_file
from annotate.runs.manifest import MANIFEST, PARTS
from annotate.runs.parts import PARQUET, STORED, Parts
from annotate.runs.reader import Run
from benchmarks.cluster import measured
from benchmarks.throughput import write_texts

_CHARACTERS = 2_000
_NAME = re.compile(r"(local|ray)-([1-9]\d*)")
_MODULUS = 2**256


def names(typed: str) -> list[str]:
    """Return the names of runs that were typed with commas between.

    Raises:
        argparse.ArgumentTypeError: where one names no run.
    """
    found = typed.split(",")
    for each in found:
        if not _NAME.fullmatch(each):
            raise argparse.ArgumentTypeError(f"{each!r} is no run; name local-N or ray-N")
    return found


def compared(documents: int, runs: Sequence[str], folder: Path | None) -> bool:
    """Make the runs, print what they took, and return whether all have the same records."""
    if folder is None:
        with tempfile.TemporaryDirectory(prefix="m") as own:
            return compared(documents, runs, Path(own))
    source = _source(folder, documents)
    megabytes = source.stat().st_size / 1e6
    expected: Mapping[str, Any] = {}
    same = True
    for name in runs:
        took = _figures(source, folder / name)
        peaks = ", ".join(f"{what} {peak:.0f}" for what, peak in took["peaks"].items())
        print(
            f"{name:<8} {documents:>9,} documents  {took['seconds']:.1f} s  "
            f"processor {sum(took['processor'].values()):.1f} s  "
            f"{megabytes / took['seconds']:.3f} MB/s  peaks in MiB: {peaks}",
            flush=True,
        )
        found = _once(folder / f"{name}.records.json", partial(_records, folder / name))
        expected = expected or found
        differ = [table for table, digest in expected.items() if found[table] != digest]
        said = f"RECORDS DIFFER: {', '.join(differ)}" if differ else "records equal"
        print(f"{name:<8} {said}", flush=True)
        same = same and not differ
    return same


def _source(folder: Path, documents: int) -> Path:
    """Return the documents of a folder, which are written where there are none."""
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / "documents.jsonl"
    if not source.exists():
        write_texts(source, documents, _CHARACTERS)
    with source.open("rb") as file:
        found = sum(1 for _ in file)
    if found != documents:
        sys.exit(f"{source}: holds {found:,} documents, not {documents:,}; name another --folder")
    return source


def _figures(source: Path, out: Path) -> dict[str, Any]:
    """Return what a run took; it is made where it is not there as a whole."""
    figures = out.with_name(f"{out.name}.figures.json")
    whole = (out / MANIFEST).exists() and Run(out).complete and figures.exists()
    if not whole:
        # One that was stopped begins anew: what went on would take less than a run does.
        shutil.rmtree(out, ignore_errors=True)
        for left in out.parent.glob(f"{out.name}.*.json"):
            left.unlink()
    engine, _, workers = out.name.partition("-")
    words = ["--engine", engine, "--workers", workers]
    return _once(figures, lambda: measured(["run", source, "--out", out, *words])._asdict())


def _records(out: Path) -> dict[str, Any]:
    return {table: digest(_lines(Run(out), table)) for table in PARTS}


def _lines(run: Run, table: str) -> Iterator[bytes]:
    """Yield the rows of a table as they were written: in parts they are lines of JSON, too."""
    if run.manifest.get(STORED) == PARQUET:
        yield from (line.encode() for _, line in Parts.at(run.path).rows(table))
        return
    with (run.path / f"{table}.jsonl").open("rb") as file:
        yield from (line.rstrip(b"\n") for line in file)


def digest(lines: Iterable[bytes]) -> list[int | str]:
    """Return how many lines there are, and the sum of their hashes, the same in any order."""
    count = total = 0
    for count, line in enumerate(lines, start=1):  # noqa: B007
        total += int.from_bytes(hashlib.sha256(line).digest())
    return [count, f"{total % _MODULUS:064x}"]


def _once(path: Path, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Return what a file holds; where there is none, it is made and written first."""
    if not path.exists():
        write_file(path, json_line(make()))
    return dict(json.loads(path.read_bytes()))
