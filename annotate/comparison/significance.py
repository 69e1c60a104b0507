"""Tell a change from noise: tests and intervals on ratios of pooled counts.

The unit that is exchanged and drawn is a row: in a comparison of two runs, one segment of a
document. A side is an array of shape (rows, measures, 2) that holds, for each row and measure, a
numerator and a denominator; a measure's ratio is the sum of the one over the sum of the other, and
is not a number where there is nothing to divide by. F1 is such a ratio: 2·TP over 2·TP + FP + FN.
Whole numbers make the order of the rows' sums irrelevant, and with it ties exact.

Pure functions on arrays; what the counts are of, and which change matters, is not known here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean, stdev
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from annotate.scoring.intervals import LEVEL

Floats: TypeAlias = NDArray[np.float64]

POWER = 0.8
"""The chance of finding a change of the smallest detectable size."""

_TIE = 1e-12  # two deltas closer than this are the same one, rounded
_CELLS = 1 << 22  # of a matrix of rounds x rows that is held at once


def ratios(sums: Floats) -> Floats:
    """Divide numerators by denominators, (…, 2) to (…); not a number where there is nothing."""
    with np.errstate(divide="ignore", invalid="ignore"):
        divided: Floats = sums[..., 0] / sums[..., 1]
    return np.where(sums[..., 1] == 0, np.nan, divided)


@dataclass(frozen=True, slots=True)
class Exchange:
    """What the change of each measure is, and what it would be if the sides did not differ.

    Attributes:
        observed: after − before, by measure.
        null: the same after exchanging rows at random, (rounds, measures).
    """

    observed: Floats
    null: Floats

    @property
    def drop(self) -> Floats:
        """One-sided p by measure: how often chance makes a drop at least as large."""
        return _share(~(self.null > self.observed + _TIE))

    @property
    def rise(self) -> Floats:
        """One-sided p by measure: how often chance makes a rise at least as large."""
        return _share(~(self.null < self.observed - _TIE))

    def detectable(self, alpha: float, least: float = 0.0) -> list[float | None]:
        """Return, by measure, the smallest true drop that is found in four cases of five.

        Found is a drop that is significant at `alpha` and no smaller than `least`. That is the
        larger of `least` and the alpha quantile of the null distribution, plus 0.84 of its standard
        deviations: the minimum detectable effect of H. S. Bloom, Evaluation Review 19(5), 1995,
        with the quantile taken from the distribution itself. None where exchanging changes
        nothing, so that there is no noise to measure against.
        """
        beyond = NormalDist().inv_cdf(POWER)
        return [_detectable(column, alpha, least, beyond) for column in self.null.T]


def least_p(before: Floats, after: Floats) -> Floats:
    """Return, by measure, the smallest one-sided p that exchanging rows can come to.

    Only rows that hold anything count: of n, one exchange in 2^n takes all of them the same way.
    """
    held = (before[..., 1] != 0) | (after[..., 1] != 0)
    least: Floats = 0.5 ** held.sum(axis=0)
    return least


def _share(extreme: NDArray[np.bool_]) -> Floats:
    """Count the observed arrangement as one of those drawn, so that no p is 0.

    (r + 1) / (n + 1): B. Phipson and G. K. Smyth, Statistical Applications in Genetics and
    Molecular Biology 9(1), 2010.
    """
    reached: Floats = extreme.sum(axis=0, dtype=np.float64)
    return (reached + 1) / (len(extreme) + 1)


def _detectable(null: Floats, alpha: float, least: float, beyond: float) -> float | None:
    known = null[~np.isnan(null)]
    spread = float(known.std()) if known.size else 0.0
    if spread <= _TIE:
        return None
    return max(least, -float(np.quantile(known, alpha))) + beyond * spread


def exchange(before: Floats, after: Floats, *, rounds: int, seed: int) -> Exchange:
    """Exchange the two sides row by row at random and look what becomes of after − before.

    Approximate randomisation: E. W. Noreen, Computer-Intensive Methods for Testing Hypotheses,
    1989; for F1, A. Yeh, COLING 2000. One draw decides for all measures of a row. It takes rows for
    independent and the two sides of one for exchangeable: errors that run through many rows at once
    make it fire too often.
    """
    every: Floats = (after - before).reshape(len(before), -1)
    difference: Floats = every[every.any(axis=1)]  # to exchange the other rows changes nothing
    sums = before.sum(axis=0), after.sum(axis=0)
    drawn = np.random.Generator(np.random.PCG64(seed))
    null = []
    for size in _blocks(rounds, len(difference)):
        moved = (_coins(drawn, size, len(difference)) @ difference).reshape(size, *sums[0].shape)
        null.append(ratios(sums[1] - moved) - ratios(sums[0] + moved))
    return Exchange(ratios(sums[1]) - ratios(sums[0]), np.concatenate(null))


def _coins(drawn: np.random.Generator, rounds: int, rows: int) -> Floats:
    """Toss a coin for every round and row: 0 or 1."""
    width = -(-rows // 8)
    tossed = np.frombuffer(drawn.bytes(rounds * width), np.uint8).reshape(rounds, width)
    return np.unpackbits(tossed, axis=1, count=rows).astype(np.float64)


def _blocks(rounds: int, rows: int) -> Iterator[int]:
    """Part the rounds into blocks that fit into memory."""
    most = max(1, _CELLS // max(1, rows))
    for first in range(0, rounds, most):
        yield min(most, rounds - first)


def bootstrap(before: Floats, after: Floats, *, rounds: int, seed: int) -> Floats:
    """Return the percentile interval of after − before, (2, measures), drawing rows anew.

    A row is drawn with both of its sides. The percentile interval is that of B. Efron and R. J.
    Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13. Rounds in which a measure has
    nothing to divide by are left out of its interval; without any other it is not a number.
    """
    drawn = np.random.Generator(np.random.PCG64(seed))
    sides = [side.reshape(len(side), -1) for side in (before, after)]
    deltas = []
    for size in _blocks(rounds, len(before)):
        weights = _draws(drawn, size, len(before))
        old, new = ((weights @ side).reshape(size, *before.shape[1:]) for side in sides)
        deltas.append(ratios(new) - ratios(old))
    ends = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)
    return np.array([_quantiles(column, ends) for column in np.concatenate(deltas).T]).T


def _draws(drawn: np.random.Generator, rounds: int, rows: int) -> Floats:
    """Draw as many rows as there are, with replacement; count how often each came, by round."""
    picked = drawn.integers(0, rows, (rounds, rows), dtype=np.int64)
    picked += rows * np.arange(rounds, dtype=np.int64)[:, None]
    counted = np.bincount(picked.ravel(), minlength=rounds * rows)
    return counted.reshape(rounds, rows).astype(np.float64)


def _quantiles(values: Floats, ends: Sequence[float]) -> Floats:
    known = values[~np.isnan(values)]
    return np.quantile(known, ends) if known.size else np.full(len(ends), np.nan)


def adjusted(p: Sequence[float]) -> list[float]:
    """Return p values of a family such that those at most q have a false discovery rate of q.

    Y. Benjamini and Y. Hochberg, Journal of the Royal Statistical Society B 57(1), 1995.
    """
    order = sorted(range(len(p)), key=lambda index: p[index], reverse=True)
    least, found = 1.0, [1.0] * len(p)
    for position, index in enumerate(order):
        least = min(least, p[index] * (len(p) / (len(p) - position)))
        found[index] = least
    return found


def t_interval(values: Sequence[float]) -> tuple[float, float] | None:
    """Return Student's interval of the mean that the values were drawn from; None below two."""
    if len(values) < 2:
        return None
    mean, spread = fmean(values), stdev(values)
    reach = t_quantile((1 + LEVEL) / 2, len(values) - 1) * spread / math.sqrt(len(values))
    return mean - reach, mean + reach


def t_quantile(probability: float, freedom: int) -> float:
    """Return the quantile of Student's t distribution for whole degrees of freedom, from 1 on.

    Bisects the angle atan(t / √freedom) in the distribution function.
    """
    if probability < 0.5:
        return -t_quantile(1 - probability, freedom)
    within = _within_odd if freedom % 2 else _within_even
    angle = _bisected(lambda angle: within(angle, freedom), 2 * probability - 1)
    return math.sqrt(freedom) * math.tan(angle)


def _bisected(rising: Callable[[float], float], target: float) -> float:
    """Return the angle in [0, π/2] at which a rising function comes to `target`."""
    low, high = 0.0, math.pi / 2
    for _ in range(64):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < target else (low, middle)
    return (low + high) / 2


def _within_odd(angle: float, freedom: int) -> float:
    """Return P(|T| < t) as M. Abramowitz and I. Stegun, 26.7.3, for odd degrees of freedom."""
    total, term = 0.0, math.cos(angle)
    for factor in range(3, freedom + 1, 2):
        total += term
        term *= math.cos(angle) ** 2 * (factor - 1) / factor
    return 2 / math.pi * (angle + math.sin(angle) * total)


def _within_even(angle: float, freedom: int) -> float:
    """Return P(|T| < t) as M. Abramowitz and I. Stegun, 26.7.4, for even degrees of freedom."""
    total, term = 0.0, 1.0
    for factor in range(2, freedom + 1, 2):
        total += term
        term *= math.cos(angle) ** 2 * (factor - 1) / factor
    return math.sin(angle) * total
