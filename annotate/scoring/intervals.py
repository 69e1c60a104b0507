"""Intervals of shares: how far one that was counted can lie from the one behind it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from statistics import NormalDist
from typing import NamedTuple

LEVEL = 0.95
"""How often an interval is to hold what it estimates."""


class Share(NamedTuple):
    """A share, and of how many it was seen."""

    share: float
    of: float


def wilson_interval(count: float, trials: float) -> tuple[float, float] | None:
    """Return the interval of a share of which `count` in `trials` were seen; None without trials.

    E. B. Wilson, Journal of the American Statistical Association 22(158), 1927.
    """
    if not trials:
        return None
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    share, weight = count / trials, z * z / trials
    reach = z * math.sqrt(share * (1 - share) / trials + weight / (4 * trials))
    low, high = ((share + weight / 2 + side * reach) / (1 + weight) for side in (-1, 1))
    # At the ends of the scale the interval ends there, but for what rounding makes of it.
    return low if count else 0.0, high if count < trials else 1.0


def clustered_interval(counted: Iterable[tuple[int, int]]) -> tuple[float, float] | None:
    """Return Wilson's interval of a share that was seen in clusters; None where nothing was seen.

    What stands together is right or wrong together, so that there are fewer independent trials than
    cases: as many as cases over the design effect, the variance of the share as a ratio over
    clusters to that of independent cases, where that is above 1 (N. Dean and M. Pagano, Journal of
    Survey Statistics and Methodology 3(4), 2015).

    Args:
        counted: of each cluster how many were right, and of how many.
    """
    clusters = [(right, of) for right, of in counted if of]
    cases = sum(of for _, of in clusters)
    if not cases:
        return None
    share = sum(right for right, _ in clusters) / cases
    plain = share * (1 - share) / cases
    effect = 1.0
    if len(clusters) > 1 and plain:
        spread = sum((right - share * of) ** 2 for right, of in clusters)
        effect = max(1.0, len(clusters) / (len(clusters) - 1) * spread / cases**2 / plain)
    return wilson_interval(share * cases / effect, cases / effect)


def newcombe_interval(first: Share, second: Share) -> tuple[float, float] | None:
    """Return the interval of the first share minus the second; None without trials of both.

    R. G. Newcombe, Statistics in Medicine 17, 1998, 873–890, method 10: the Wilson intervals of the
    two, squared and added.
    """
    ends = wilson_interval(first.share * first.of, first.of)
    others = wilson_interval(second.share * second.of, second.of)
    if ends is None or others is None:
        return None
    difference = first.share - second.share
    down = math.hypot(first.share - ends[0], others[1] - second.share)
    up = math.hypot(ends[1] - first.share, second.share - others[0])
    return difference - down, difference + up
