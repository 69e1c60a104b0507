"""How often the gates fail where nothing changed: repeats of one configuration, compared.

Half of the repeats are compared with another half as if they came of a changed prompt, in every way
in which that can be done. Whatever fails is a false alarm. The comparisons share their runs, so
that they are not independent: a share of few repeats is a rough guide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from math import comb
from random import Random
from typing import TypeVar

from pydantic import JsonValue

from annotate.comparison.compare import compare_evaluations
from annotate.comparison.gates import Gates
from annotate.evaluation.evaluation import Evaluation
from annotate.schema.categories import Schema

ENOUGH = 5
"""Fewer repeats than this make too few different comparisons for a share to mean much."""

_MOST = 40  # comparisons; each takes a fraction of a second
_ROUNDS = 2_000  # of each test: enough to tell whether p is below a level of a few hundredths

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FalseAlarms:
    """What came of comparing repeats with each other.

    Attributes:
        repeats: how many there are.
        size: how many stand on each side of a comparison.
        comparisons: how many were made.
        failed: in how many of them a gate failed.
        by_gate: the same for each kind of gate that failed.
        identical: all repeats say the same, so that no comparison could fail and none was made.
    """

    repeats: int
    size: int
    comparisons: int
    failed: int
    by_gate: Mapping[str, int]
    identical: bool

    @property
    def rate(self) -> float | None:
        """The share of comparisons that failed; None without any."""
        return self.failed / self.comparisons if self.comparisons else None

    @property
    def caveat(self) -> str:
        """What keeps the share from meaning much, "" where nothing does."""
        if self.repeats < 2:
            return f"one repeat has nothing to be compared with; give --repeat {ENOUGH} or more"
        if self.identical:
            return "all repeats say the same: nothing could fail, and nothing is learnt of noise"
        if self.repeats < ENOUGH:
            return f"{self.repeats} repeats are few: the share is rough; {ENOUGH} or more tell more"
        return ""

    def to_json(self) -> dict[str, JsonValue]:
        """Return the figures by name."""
        return {**asdict(self), "rate": self.rate, "caveat": self.caveat}


def false_alarms(
    repeats: Sequence[Evaluation], gates: Gates, schema: Schema, *, seed: int = 0
) -> FalseAlarms:
    """Compare halves of the repeats of one configuration with each other."""
    size = len(repeats) // 2
    said = {repr(each.predictions.annotations) for each in repeats}
    identical = len(said) == 1 < len(repeats)
    pairs = [] if identical else halves(repeats, seed)
    by_gate: Counter[str] = Counter()
    failed = 0
    for before, after in pairs:
        found = compare_evaluations(before, after, gates, seed=seed, rounds=_ROUNDS, schema=schema)
        by_gate.update({check.gate for check in found.failures})
        failed += not found.passed
    return FalseAlarms(
        len(repeats), size, len(pairs), failed, dict(sorted(by_gate.items())), identical
    )


def halves(repeats: Sequence[T], seed: int = 0) -> list[tuple[tuple[T, ...], tuple[T, ...]]]:
    """Return every two groups of half of the repeats that share none, in either order.

    Of an odd number one is left out in turn; of very many ways some are drawn at random.
    """
    size = len(repeats) // 2
    if not size:
        return []
    ways = comb(len(repeats), size) * comb(len(repeats) - size, size)
    if ways <= _MOST:
        return list(_every(repeats, size))
    drawn = Random(seed)  # noqa: S311 (no secret)
    mixed = (drawn.sample(repeats, 2 * size) for _ in range(_MOST))
    return [(tuple(each[:size]), tuple(each[size:])) for each in mixed]


def _every(repeats: Sequence[T], size: int) -> Iterator[tuple[tuple[T, ...], tuple[T, ...]]]:
    for first in combinations(range(len(repeats)), size):
        left = [number for number in range(len(repeats)) if number not in first]
        for second in combinations(left, size):
            yield tuple(repeats[n] for n in first), tuple(repeats[n] for n in second)
