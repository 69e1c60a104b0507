"""Tests and intervals: published values, whole enumerations, and how often they are wrong."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.comparison.significance import (
    Floats,
    adjusted,
    bootstrap,
    exchange,
    ratios,
    t_interval,
    t_quantile,
)


def side(*rows: tuple[int, int]) -> Floats:
    """Return rows of one measure: right ones of how many."""
    return np.array(rows, dtype=np.float64)[:, None, :]


def drawn(seed: int, rows: int = 300, share: float = 0.8, of: int = 2) -> Floats:
    """Return rows of which each has some of `of` right, drawn at random."""
    right = np.random.Generator(np.random.PCG64(seed)).binomial(of, share, rows)
    return np.stack((2 * right, np.full(rows, 2 * of)), axis=-1)[:, None, :].astype(np.float64)


# ---- Exchange ----


def enumerated(before: Floats, after: Floats) -> float:
    """Return the share of all ways to exchange rows that drop at least as much."""
    observed = float((ratios(after.sum(0)) - ratios(before.sum(0)))[0])
    changes = []
    for swaps in product((0.0, 1.0), repeat=len(before)):
        swap = np.array(swaps)[:, None, None]
        first, second = before + swap * (after - before), after + swap * (before - after)
        changes.append(float((ratios(second.sum(0)) - ratios(first.sum(0)))[0]))
    return sum(change <= observed + 1e-12 for change in changes) / len(changes)


def test_the_randomisation_comes_to_what_trying_every_exchange_comes_to() -> None:
    before = side((4, 4), (3, 4), (2, 2), (5, 6), (1, 3), (2, 4), (4, 5), (3, 3))
    after = side((3, 4), (3, 5), (1, 2), (5, 6), (2, 3), (0, 4), (3, 5), (2, 3))
    found = exchange(before, after, rounds=20_000, seed=3)
    assert found.drop[0] == pytest.approx(enumerated(before, after), abs=0.01)
    assert 0.01 < found.drop[0] < 0.2


def test_a_side_against_itself_is_no_change_at_all() -> None:
    rows = drawn(1)
    found = exchange(rows, rows, rounds=500, seed=0)
    assert (found.observed[0], found.drop[0], found.rise[0]) == (0, 1, 1)
    assert found.detectable(0.05) == [None]
    assert bootstrap(rows, rows, rounds=500, seed=0).tolist() == [[0], [0]]


def test_no_p_is_zero_and_drop_and_rise_change_places_with_the_sides() -> None:
    before, after = side(*[(2, 2)] * 40), side(*[(0, 2)] * 40)
    found = exchange(before, after, rounds=999, seed=0)
    assert found.drop[0] == pytest.approx(1 / 1000)
    assert found.rise[0] == 1
    turned = exchange(after, before, rounds=999, seed=0)
    assert (turned.drop[0], turned.rise[0]) == (found.rise[0], found.drop[0])


def test_the_seed_decides_and_nothing_else() -> None:
    before, after = drawn(1), drawn(2)
    first, again, other = (exchange(before, after, rounds=500, seed=s) for s in (7, 7, 8))
    assert np.array_equal(first.null, again.null)
    assert not np.array_equal(first.null, other.null)
    ends = [bootstrap(before, after, rounds=500, seed=s).tolist() for s in (7, 7, 8)]
    assert ends[0] == ends[1] != ends[2]


def test_one_draw_of_rows_serves_every_measure() -> None:
    before, after = (np.repeat(drawn(seed), 2, axis=1) for seed in (1, 2))
    null = exchange(before, after, rounds=200, seed=0).null
    assert np.array_equal(null[:, 0], null[:, 1])


def test_many_rows_are_drawn_in_blocks() -> None:
    before, after = drawn(1, rows=20_000), drawn(2, rows=20_000)
    found = exchange(before, after, rounds=300, seed=0)
    assert found.null.shape == (300, 1)
    assert abs(float(found.null.mean())) < 0.001
    low, high = bootstrap(before, after, rounds=300, seed=0)[:, 0]
    assert low < found.observed[0] < high


def test_where_there_is_nothing_to_divide_by_nothing_is_claimed() -> None:
    nothing, something = side((0, 0), (0, 0)), side((0, 3), (0, 2))
    found = exchange(nothing, something, rounds=100, seed=0)
    assert np.isnan(found.observed[0])
    assert (found.drop[0], found.rise[0]) == (1, 1)
    assert found.detectable(0.05) == [None]
    assert np.isnan(bootstrap(nothing, something, rounds=100, seed=0)).all()


def test_under_noise_alone_one_test_in_twenty_is_significant() -> None:
    p = [exchange(drawn(2 * n), drawn(2 * n + 1), rounds=199, seed=n).drop[0] for n in range(400)]
    assert 0.025 <= np.mean(np.array(p) <= 0.05) <= 0.08
    assert 0.42 <= np.mean(np.array(p) <= 0.5) <= 0.58


def test_the_detectable_drop_is_found_in_four_cases_of_five() -> None:
    null = exchange(drawn(1), drawn(2), rounds=2000, seed=0)
    (smallest,) = null.detectable(0.05)
    assert smallest is not None
    found = [
        exchange(
            drawn(100 + 2 * n), drawn(101 + 2 * n, share=0.8 - smallest), rounds=199, seed=n
        ).drop[0]
        for n in range(300)
    ]
    assert 0.72 <= np.mean(np.array(found) <= 0.05) <= 0.88


def test_a_drop_that_does_not_count_is_not_detectable_either() -> None:
    null = exchange(drawn(1, rows=3000), drawn(2, rows=3000), rounds=1000, seed=0)
    (any_drop,), (large,) = null.detectable(0.05), null.detectable(0.05, least=0.05)
    assert any_drop is not None
    assert large is not None
    assert any_drop < 0.04 < 0.05 < large


# ---- Intervals ----


def test_the_bootstrap_holds_the_true_change_as_often_as_it_says() -> None:
    held = 0
    for n in range(300):
        before, after = drawn(2 * n, rows=150), drawn(2 * n + 1, rows=150, share=0.75)
        low, high = bootstrap(before, after, rounds=300, seed=n)[:, 0]
        held += low <= -0.05 <= high
    assert 0.91 <= held / 300 <= 0.98


# From M. Abramowitz and I. Stegun, table 26.10, and for 1 and 2 the closed forms.
T = [
    (0.975, 1, 12.706),
    (0.975, 2, 4.303),
    (0.975, 3, 3.182),
    (0.975, 4, 2.776),
    (0.975, 9, 2.262),
    (0.975, 10, 2.228),
    (0.975, 29, 2.045),
    (0.975, 60, 2.000),
    (0.975, 120, 1.980),
    (0.9, 4, 1.533),
    (0.995, 4, 4.604),
    (0.95, 7, 1.895),
]


@pytest.mark.parametrize(("probability", "freedom", "value"), T)
def test_quantiles_of_t_are_those_of_the_tables(
    probability: float, freedom: int, value: float
) -> None:
    assert t_quantile(probability, freedom) == pytest.approx(value, abs=5e-4)
    assert t_quantile(1 - probability, freedom) == pytest.approx(-value, abs=5e-4)


def test_the_quantile_of_t_comes_to_that_of_the_normal_distribution() -> None:
    assert t_quantile(0.975, 10_001) == pytest.approx(1.9602, abs=1e-4)
    assert t_quantile(0.5, 4) == pytest.approx(0)


def test_the_t_interval_is_the_mean_and_its_error() -> None:
    ends = t_interval([1.0, 2.0, 3.0, 4.0, 5.0])
    assert ends == pytest.approx((3 - 2.776445 * 2.5**0.5 / 5**0.5, 3 + 1.963243), abs=1e-4)
    assert t_interval([0.25]) is None
    assert t_interval([0.25, 0.25]) == (0.25, 0.25)


# ---- Families of tests ----


def test_the_adjustment_rejects_what_benjamini_and_hochberg_reject_in_their_example() -> None:
    p = [
        *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
        *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0),
    ]
    found = adjusted(p)
    assert sum(q <= 0.05 for q in found) == 4
    assert found[3] == pytest.approx(0.0095 * 15 / 4)
    assert found[-1] == 1
    assert adjusted([]) == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_the_adjustment_knows_no_order_and_never_lowers_a_p(
    p: list[float],
) -> None:
    found = adjusted(p)
    assert all(q >= each for q, each in zip(found, p, strict=True))
    assert sorted(found) == sorted(adjusted(p[::-1]))
    ranked = sorted(zip(p, found, strict=True))
    assert [q for _, q in ranked] == sorted(found)
