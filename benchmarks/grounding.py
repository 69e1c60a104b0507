"""Measure grounding on the example documents: what it accepts, what it misses, how long it takes.

Run from the root of the checkout: `python benchmarks/grounding.py [quotes a set] [seed]`. Every
quote is timed with a chunk of its own that is normalized anew, so that the times are upper bounds.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from annotate.grounding.lookup import Place, Quotable
from tests.support.altered import altered
from tests.support.copied import SEED, Sample, sources, verbatim
from tests.support.typography import changed

Judge = Callable[[Sample, list[Place]], bool]


@dataclass
class Row:
    """One kind of quotes: how many there were, which of them count, and their seconds."""

    total: int = 0
    hits: int = 0
    seconds: float = 0.0
    fresh: float = 0.0
    misses: list[str] = field(default_factory=list)

    def add(self, other: Row) -> None:
        """Sum up."""
        self.total += other.total
        self.hits += other.hits
        self.seconds += other.seconds
        self.fresh += other.fresh


def main(count: int = 1000, seed: int = SEED) -> None:
    """Print a table a set."""
    sets: tuple[tuple[str, Iterator[Sample], Judge, bool], ...] = (
        ("altered: accepted", altered(count, seed), _accepted, False),
        ("verbatim: grounded at its place", verbatim(count, seed), _grounded, True),
        ("changed: grounded at its place", changed(count, seed), _grounded, True),
    )
    print(f"{count} quotes a set, seed {seed}")
    print("µs, shared: the chunk is normalized once for all its quotes; fresh: for each quote anew")
    for title, samples, judge, wanted in sets:
        _print(title, _measured(list(samples), judge, wanted))


def _accepted(sample: Sample, places: list[Place]) -> bool:
    return bool(places)


def _grounded(sample: Sample, places: list[Place]) -> bool:
    return any(sample.covers(place.start, place.end) for place in places)


def _measured(samples: list[Sample], judge: Judge, wanted: bool) -> dict[str, Row]:
    rows: dict[str, Row] = defaultdict(Row)
    shared = {source.name: Quotable(source.text) for source in sources()}
    for sample in samples:
        row = rows[sample.kind]
        began = time.perf_counter()
        places = shared[sample.source.name].places(sample.quote)
        row.seconds += time.perf_counter() - began
        began = time.perf_counter()
        Quotable(sample.source.text).places(sample.quote)
        row.fresh += time.perf_counter() - began
        row.total += 1
        hit = judge(sample, places)
        row.hits += hit
        if hit is not wanted:
            row.misses.append(f"{sample.source.name} {sample.quote!r}")
    return rows


def _print(title: str, rows: dict[str, Row]) -> None:
    total = Row()
    for row in rows.values():
        total.add(row)
    print(f"\n{title:<34}{'quotes':>8}{'hits':>8}{'%':>8}{'shared':>9}{'fresh':>9}")
    for kind, row in [*rows.items(), ("all", total)]:
        share = 100 * row.hits / row.total
        shared, fresh = (1e6 * seconds / row.total for seconds in (row.seconds, row.fresh))
        print(f"  {kind:<32}{row.total:>8}{row.hits:>8}{share:>8.2f}{shared:>9.0f}{fresh:>9.0f}")
    for kind, row in rows.items():
        for miss in row.misses:
            print(f"  ! {kind}: {miss}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
