"""Measure how often the gates of `annotate compare` fire where nothing has changed.

Run from the root of the checkout: `python benchmarks/false_alarms.py [comparisons] [seed]`. Both
sides of every comparison are drawn from the gold with the same error rates, so that every gate that
fires is a false alarm. Nothing here is a model: the figures are about the gates.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping

from annotate.comparison.compare import compare_evaluations
from annotate.comparison.comparison import Comparison
from annotate.evaluation.evaluate import evaluate_predictions
from annotate.evaluation.evaluation import Evaluation
from tests.support.noisy import Rates, bench, predictions, say

ROUNDS = 2000

FEW = Rates(missed=0.05, value=0.05, boundary=0.01, spurious=0.05)

KINDS: Mapping[str, tuple[int, int, Rates]] = {
    "1 repeat": (1, 1, Rates()),
    "1 repeat, few errors": (1, 1, FEW),
    "3 repeats": (3, 3, Rates()),
    "3 repeats, few errors": (3, 3, FEW),
    "1 repeat against 3": (1, 3, Rates()),
    "1 repeat, whole chunks missed": (1, 1, Rates(silent=0.1)),
}
"""How many repeats each side has, and how often an annotator errs."""


def main(comparisons: int = 300, seed: int = 1) -> None:
    """Print a row for each way to err."""
    print(f"{comparisons} comparisons a row, {ROUNDS} rounds, seed {seed}; share that fires")
    print(f"{'':<30} overall  p ≤ .05  a category  must_find  |change| > 1 point")
    for title, (before, after, rates) in KINDS.items():
        fired: Counter[str] = Counter()
        for number in range(comparisons):
            first = seed * 1_000_000 + number * (before + after)
            fired.update(_fired(_compared(first, before, after, rates)))
        names = ("overall", "significant", "category", "must_find", "moved")
        shares = [f"{fired[name] / comparisons:.3f}" for name in names]
        print(f"{title:<30} {shares[0]:>7} {shares[1]:>8} {shares[2]:>11} {shares[3]:>10}", end="")
        print(f" {shares[4]:>19}")


def _compared(first: int, before: int, after: int, rates: Rates) -> Comparison:
    drawn = [_evaluated(first + number, number, rates) for number in range(before + after)]
    return compare_evaluations(
        drawn[:before], drawn[before:], rounds=ROUNDS, schema=bench().task.schema
    )


def _evaluated(seed: int, repeat: int, rates: Rates) -> Evaluation:
    said = predictions(say(seed, rates), repeat=repeat)
    return evaluate_predictions(said, bench().gold, bench().task.schema, bench().documents)


def _fired(comparison: Comparison) -> set[str]:
    value = comparison.headlines["value"]
    fired: set[str] = {check.gate for check in comparison.failures}
    if value.p_drop is not None and value.p_drop <= comparison.gates.alpha:
        fired.add("significant")
    if value.change is not None and abs(value.change) > 0.01:
        fired.add("moved")
    return fired


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
