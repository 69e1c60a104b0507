"""Requests and tokens a minute: evenly spent, in the order of asking, never more than allowed."""

import asyncio
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.llm.rate_limit import Throttle
from tests.support.clock import Clock, run


def starts(
    per_minute: float, asked: Sequence[tuple[float, float]], used: float | None = None
) -> list[tuple[float, float]]:
    """Return when each take of (pause before asking, units) was allowed, with its units."""
    clock = Clock()
    throttle = Throttle(per_minute)
    found: list[tuple[float, float]] = []

    async def take(units: float) -> None:
        await throttle.take(units)
        found.append((clock.now, units))
        if used is not None:
            throttle.correct(units, used)

    async def work() -> None:
        tasks = []
        for pause, units in asked:
            await asyncio.sleep(pause)
            tasks.append(asyncio.ensure_future(take(units)))
        await asyncio.gather(*tasks)

    run(clock, work())
    return found


def most_in_a_minute(taken: Sequence[tuple[float, float]]) -> float:
    return max(
        sum(units for moment, units in taken if start <= moment < start + 60 - 1e-6)
        for start, _ in taken
    )


@given(
    per_minute=st.integers(1, 600),
    pauses=st.lists(st.sampled_from([0.0, 0.0, 0.0, 0.1, 3.0, 70.0]), min_size=1, max_size=120),
)
def test_no_minute_gets_more_requests_than_allowed_and_a_seconds_worth(
    per_minute: int, pauses: list[float]
) -> None:
    taken = starts(per_minute, [(pause, 1) for pause in pauses])
    assert len(taken) == len(pauses)
    assert most_in_a_minute(taken) <= max(per_minute * 61 / 60, 1) + 1e-6


@given(
    per_minute=st.floats(100, 100_000),
    asked=st.lists(
        st.tuples(st.sampled_from([0.0, 0.5, 40.0]), st.floats(1, 5_000)), min_size=1, max_size=60
    ),
)
def test_a_minute_of_tokens_passes_its_limit_by_one_large_request_at_most(
    per_minute: float, asked: list[tuple[float, float]]
) -> None:
    taken = starts(per_minute, asked)
    largest = max(units for _, units in taken)
    assert most_in_a_minute(taken) <= per_minute + max(per_minute / 60, largest) + 1e-3


def test_three_requests_a_minute_are_twenty_seconds_apart() -> None:
    assert [moment - 1000 for moment, _ in starts(3, [(0, 1)] * 4)] == [0, 20, 40, 60]


def test_a_second_is_saved_up_and_no_more() -> None:
    taken = starts(120, [(0, 1)] * 4 + [(600, 1)] * 1 + [(0, 1)] * 3)
    first = taken[4][0]
    assert [moment - 1000 for moment, _ in taken[:4]] == [0, 0, 0.5, 1.0]
    assert [moment - first for moment, _ in taken[4:]] == [0, 0, 0.5, 1.0]


def test_requests_go_in_the_order_of_their_asking() -> None:
    taken = starts(60, [(0, float(1 + n % 3)) for n in range(20)])
    assert [units for _, units in taken] == [1 + n % 3 for n in range(20)]


def test_what_was_not_used_is_given_back() -> None:
    reserved = starts(6000, [(0.01, 1000)] * 10)[-1][0]
    used = starts(6000, [(10.0, 1000)] * 2, used=10)[-1][0]
    assert reserved - 1000 == pytest.approx(90, abs=1)
    assert used - 1000 == pytest.approx(20, abs=0.1)


def test_without_a_limit_nothing_waits() -> None:
    clock = Clock()
    throttle = Throttle(None)

    async def work() -> float:
        for _ in range(100):
            await throttle.take(1e9)
            throttle.correct(1e9, 1)
        return clock.now

    assert run(clock, work()) == 1000


def test_a_cancelled_wait_holds_nobody_up_for_longer_and_lets_nobody_earlier() -> None:
    clock = Clock()
    throttle = Throttle(6)

    async def work() -> list[float]:
        moments = []

        async def take() -> None:
            await throttle.take(1)
            moments.append(clock.now - 1000)

        tasks = [asyncio.ensure_future(take()) for _ in range(4)]
        await asyncio.sleep(1)
        tasks[1].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return moments

    assert run(clock, work()) == [0, 20, 30]
