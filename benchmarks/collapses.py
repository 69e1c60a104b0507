"""Measure how often noise looks like the collapse of a category that has few labels.

Run from the root of the checkout: `python benchmarks/collapses.py [comparisons] [seed]`. Both sides
are drawn with the same error rates, so that every collapse is a false alarm. An annotation has
three values, each right or wrong by itself; nothing here is a model.
"""

from __future__ import annotations

import sys
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from annotate.comparison.gates import LEFT, SOUND

VALUES = 3


class Errors(NamedTuple):
    """How often an annotator errs: the shares missed and of wrong values, what it adds a label."""

    missed: float
    value: float
    spurious: float


RATES = {
    "few errors": Errors(0.05, 0.05, 0.05),
    "more": Errors(0.1, 0.1, 0.1),
    "many": Errors(0.2, 0.15, 0.2),
    "half is missed": Errors(0.45, 0.1, 0.2),
}


def main(comparisons: int = 200_000, seed: int = 1) -> None:
    """Print a row for each way to err and number of repeats."""
    labels = (3, 4, 5, 8, 12, 20)
    print(f"{comparisons} comparisons a figure, seed {seed}; share that collapses, by labels")
    print(f"{'':<28}" + "".join(f"{count:>9}" for count in labels))
    for title, errors in RATES.items():
        for repeats in (1, 3):
            shares = (
                share_that_collapses(count, repeats, errors, comparisons, seed) for count in labels
            )
            row = "".join(f"{share:>9.5f}" for share in shares)
            print(f"{f'{title}, {repeats} a side':<28}{row}")


def share_that_collapses(
    labels: int, repeats: int, errors: Errors, comparisons: int, seed: int = 1
) -> float:
    """Return the share of comparisons in which a category of so many labels collapses."""
    drawn = np.random.Generator(np.random.PCG64(seed))
    before, after = (_scores(drawn, labels * repeats, errors, comparisons) for _ in range(2))
    return float(np.mean((before >= SOUND) & (after < LEFT * before)))


def _scores(
    drawn: np.random.Generator, labels: int, errors: Errors, size: int
) -> NDArray[np.float64]:
    """Return the value F1 of one side, in each comparison."""
    found = drawn.binomial(1, 1 - errors.missed, (size, labels))
    values = found * drawn.binomial(VALUES, 1 - errors.value, (size, labels))
    right = found.sum(axis=1) + values.sum(axis=1)
    said = (1 + VALUES) * (found.sum(axis=1) + drawn.binomial(labels, errors.spurious, size))
    scores: NDArray[np.float64] = 2 * right / (said + (1 + VALUES) * labels)
    return scores


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
