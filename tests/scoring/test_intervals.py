"""Intervals of shares, against the tables of their sources."""

from __future__ import annotations

import pytest

from annotate.scoring.intervals import Share, clustered_interval, newcombe_interval, wilson_interval


@pytest.mark.parametrize(
    ("count", "trials", "low", "high"),
    [
        (10, 100, 0.05523, 0.17437),
        (5, 10, 0.23659, 0.76341),
        (0, 10, 0.0, 0.27753),
        (10, 10, 0.72247, 1.0),
        (1, 1, 0.20655, 1.0),
    ],
)
def test_the_interval_of_a_share_is_wilsons(
    count: int, trials: int, low: float, high: float
) -> None:
    assert wilson_interval(count, trials) == pytest.approx((low, high), abs=1e-5)


def test_without_trials_there_is_no_share() -> None:
    assert wilson_interval(0, 0) is None


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        # The examples of Newcombe's table II, method 10.
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_the_interval_of_a_difference_of_shares_is_that_of_its_source(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    shares = [Share(count / of, of) for count, of in (first, second)]
    assert newcombe_interval(shares[0], shares[1]) == pytest.approx((low, high), abs=5e-5)


def test_a_share_of_nothing_differs_from_none() -> None:
    assert newcombe_interval(Share(0, 0), Share(1, 5)) is None


def test_in_clusters_of_one_the_interval_is_wilsons() -> None:
    counted = [(1, 1)] * 7 + [(0, 1)] * 3
    assert clustered_interval(counted) == pytest.approx(wilson_interval(7, 10), abs=0.02)
    assert clustered_interval([]) is clustered_interval([(0, 0)]) is None
    assert clustered_interval([(5, 5), (3, 3)]) == wilson_interval(8, 8)


def test_what_is_right_or_wrong_together_makes_it_wider() -> None:
    together = clustered_interval([(5, 5), (0, 5), (5, 5), (0, 5)])
    apart = clustered_interval([(1, 1), (0, 1)] * 10)
    assert together is not None
    assert apart is not None
    assert together[0] < apart[0] < 0.5 < apart[1] < together[1]
    # Twenty cases in four clusters that agree are worth three: 4 / (4 - 1) for the ratio.
    assert together == pytest.approx(wilson_interval(1.5, 3))
