"""Intervals of shares: how far one that was counted can lie from the one behind it."""

from __future__ import annotations

import math
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
