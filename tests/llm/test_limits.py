"""What holds a run back: evenly spent minutes, and a cap on money that nothing gets past."""

import asyncio
import json
import random
import selectors
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import Stopped, UsageError
from annotate.llm.limits import Budget, Throttle


class Clock(asyncio.SelectorEventLoop):
    """An event loop in which waiting takes no time: where nothing is to be done, time moves on."""

    def __init__(self) -> None:
        super().__init__(_Skipping(self))
        self.now = 1000.0

    def time(self) -> float:
        return self.now


class _Skipping(selectors.DefaultSelector):
    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise RuntimeError("deadlock: every task waits for another one")
        self._clock.now += max(timeout, 0.0)
        return super().select(0)


def run(clock: Clock, work: Coroutine[Any, Any, Any]) -> Any:
    try:
        return clock.run_until_complete(work)
    finally:
        clock.close()


def starts(
    per_minute: float, asked: Sequence[tuple[float, float]], used: float | None = None
) -> list[tuple[float, float]]:
    """Return when each take of (pause before asking, units) was allowed, with its units."""
    clock = Clock()
    throttle = Throttle(per_minute, clock.time)
    found: list[tuple[float, float]] = []

    async def take(units: float) -> None:
        await throttle.take(units)
        found.append((clock.now, units))
        if used is not None:
            throttle.settle(units, used)

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


# ---- Throttle ----


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
    throttle = Throttle(None, clock.time)

    async def work() -> float:
        for _ in range(100):
            await throttle.take(1e9)
            throttle.settle(1e9, 1)
        return clock.now

    assert run(clock, work()) == 1000


def test_a_cancelled_wait_holds_nobody_up_for_longer_and_lets_nobody_earlier() -> None:
    clock = Clock()
    throttle = Throttle(6, clock.time)

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


# ---- Budget ----


class Killed(Exception):
    """Stands for the end of the process: nothing after it is written."""


async def spend(
    budget: Budget,
    chance: random.Random,
    requests: int,
    truth: list[float],
    kill_at: int | None = None,
) -> list[str]:
    """Let 64 tasks buy answers of random cost; return how the refused ones were refused."""
    refused: list[str] = []
    left = iter(range(requests))
    done = 0

    async def buyer() -> None:
        nonlocal done
        for _ in left:
            most = chance.uniform(0.001, 0.05)
            try:
                number = await budget.reserve(most)
            except Stopped as error:
                refused.append(str(error))
                return
            cost: float | None = chance.uniform(0, most)
            truth.append(cost or 0.0)  # the endpoint bills, whether we learn of it or not
            await asyncio.sleep(chance.uniform(0, 0.5))
            done += 1
            if kill_at is not None and done >= kill_at:
                raise Killed
            budget.settle(number, most, cost if chance.random() < 0.8 else None)

    tasks = [asyncio.ensure_future(buyer()) for _ in range(64)]
    try:
        await asyncio.gather(*tasks)
    except Killed:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return refused


@pytest.mark.parametrize("seed", range(8))
def test_the_cap_is_never_passed_at_64_in_flight_over_three_interrupted_sessions(
    tmp_path: Path, seed: int
) -> None:
    journal = tmp_path / "spending.jsonl"
    chance = random.Random(seed)  # noqa: S311 (no secret)
    truth: list[float] = []
    cap = 3.0
    for session, kill_at in enumerate([30, 45, 20, None]):
        clock = Clock()
        budget = Budget(cap, journal)
        assert budget.spent >= sum(truth) - 1e-9, f"session {session} forgot something"
        refused = run(clock, spend(budget, chance, 400, truth, kill_at))
        budget.close()
        assert sum(truth) <= cap + 1e-9
    assert refused
    assert all("--max-cost 3.0000 USD" in each for each in refused)
    assert budget.spent <= cap + 1e-9
    assert sum(truth) > cap / 4  # it was of use as well


def test_an_open_reservation_of_a_killed_session_counts_as_spent(tmp_path: Path) -> None:
    journal = tmp_path / "spending.jsonl"

    async def first() -> None:
        budget = Budget(1.0, journal)
        settled = await budget.reserve(0.3)
        budget.settle(settled, 0.3, 0.1)
        await budget.reserve(0.4)
        budget.close()

    async def second() -> None:
        budget = Budget(1.0, journal)
        assert budget.spent == pytest.approx(0.5)
        await budget.reserve(0.2)  # numbered 1 again: the open 2 of the first session stays open
        budget.close()

    asyncio.run(first())
    asyncio.run(second())
    third = Budget(1.0, journal)
    assert third.spent == pytest.approx(0.7)
    third.close()


def test_an_unknown_cost_counts_as_reserved(tmp_path: Path) -> None:
    async def work() -> float:
        budget = Budget(1.0, tmp_path / "journal")
        budget.settle(await budget.reserve(0.75), 0.75, None)
        budget.close()
        with pytest.raises(Stopped, match=r"0\.7500 is spent and the next request may cost 0\.5"):
            await budget.reserve(0.5)
        return budget.spent

    assert asyncio.run(work()) == 0.75
    again = Budget(1.0, tmp_path / "journal")
    again.close()
    assert again.spent == 0.75


@pytest.mark.parametrize(
    "damage", [b'{"reserve": 2, "us', b'{"settle": 1, "usd', b"\xff\xfe", b"3"]
)
def test_a_damaged_last_line_hides_no_line_behind_it(tmp_path: Path, damage: bytes) -> None:
    journal = tmp_path / "journal"
    journal.write_bytes(b'{"reserve": 1, "usd": 0.25}\n' + damage)

    async def work() -> None:
        budget = Budget(1.0, journal)
        assert budget.spent == 0.25
        await budget.reserve(0.5)  # killed before it is settled
        budget.close()

    asyncio.run(work())
    again = Budget(1.0, journal)
    again.close()
    assert again.spent == 0.75


def test_rows_that_are_none_of_ours_are_passed_over(tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    journal.write_text('5\n[]\n{"usd": "much", "settle": 1}\n{"settle": 1, "usd": 0.5}\n\n')
    budget = Budget(1.0, journal)
    budget.close()
    assert budget.spent == 0.5


def test_every_step_is_written_before_it_takes_effect(tmp_path: Path) -> None:
    journal = tmp_path / "journal"

    async def work() -> None:
        budget = Budget(1.0, journal)
        number = await budget.reserve(0.5)
        assert json.loads(journal.read_text()) == {"reserve": 1, "usd": 0.5}
        budget.settle(number, 0.5, 0.25)
        assert json.loads(journal.read_text().splitlines()[1]) == {"settle": 1, "usd": 0.25}
        budget.close()

    asyncio.run(work())


def test_max_requests_holds_under_concurrency_and_counts_only_what_went_out() -> None:
    clock = Clock()

    async def work() -> tuple[int, int]:
        budget = Budget(1.0, None, max_requests=5)
        sent = stopped = 0

        async def one() -> None:
            nonlocal sent, stopped
            try:
                number = await budget.reserve(0.5)
            except Stopped:
                stopped += 1
                return
            sent += 1
            await asyncio.sleep(1)
            budget.settle(number, 0.5, 0.0)

        tasks = [asyncio.ensure_future(one()) for _ in range(64)]
        await asyncio.sleep(0)
        tasks[2].cancel()  # waits for money: it never counts as sent
        await asyncio.gather(*tasks, return_exceptions=True)
        return sent, stopped

    assert run(clock, work()) == (5, 58)


def test_max_requests_0_sends_nothing() -> None:
    with pytest.raises(Stopped, match="--max-requests 0"):
        asyncio.run(Budget(None, None, max_requests=0).reserve(0.0))


def test_waiting_tasks_go_on_when_the_holder_fails() -> None:
    clock = Clock()

    async def work() -> list[str]:
        budget = Budget(1.0, None)
        ends: list[str] = []

        async def one(name: str, fails: bool) -> None:
            number = await budget.reserve(0.9)
            cost: float | None = None
            try:
                await asyncio.sleep(1)
                if fails:
                    raise ValueError("the connection failed")
                cost = 0.01
            finally:
                budget.settle(number, 0.9, 0.0 if fails else cost)
                ends.append(name)

        await asyncio.gather(*(one(str(n), fails=n == 0) for n in range(4)), return_exceptions=True)
        return ends

    assert run(clock, work()) == ["0", "1", "2", "3"]


def test_waiting_tasks_are_refused_when_what_is_left_is_too_little() -> None:
    clock = Clock()

    async def work() -> int:
        budget = Budget(1.0, None)
        number = await budget.reserve(0.9)
        waiting = [asyncio.ensure_future(budget.reserve(0.5)) for _ in range(8)]
        await asyncio.sleep(1)
        budget.settle(number, 0.9, None)
        results = await asyncio.gather(*waiting, return_exceptions=True)
        return sum(isinstance(each, Stopped) for each in results)

    assert run(clock, work()) == 8


def test_a_cancelled_wait_takes_nothing() -> None:
    clock = Clock()

    async def work() -> float:
        budget = Budget(1.0, None)
        number = await budget.reserve(0.9)
        waiting = asyncio.ensure_future(budget.reserve(0.9))
        await asyncio.sleep(1)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        budget.settle(number, 0.9, 0.05)
        budget.settle(await budget.reserve(0.95), 0.95, 0.0)
        return budget.spent

    assert run(clock, work()) == 0.05


def test_a_journal_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no folder"):
        Budget(1.0, tmp_path / "no folder" / "journal")
    with pytest.raises(UsageError, match=str(tmp_path)):
        Budget(1.0, tmp_path)


def filled_up(budget: Budget) -> Budget:
    """Let the journal's disk be full from now on."""
    if budget._file is None or not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    budget._file.close()
    budget._file = Path("/dev/full").open("ab", buffering=0)  # noqa: SIM115 (the budget closes it)
    return budget


def test_a_reservation_that_cannot_be_written_stops_the_run(tmp_path: Path) -> None:
    async def work() -> None:
        budget = filled_up(Budget(1.0, tmp_path / "journal"))
        for _ in range(2):
            with pytest.raises(Stopped, match="cannot be written down"):
                await budget.reserve(0.1)
        budget.close()

    asyncio.run(work())


def test_a_settlement_that_cannot_be_written_is_told_with_the_next_request(tmp_path: Path) -> None:
    async def work() -> None:
        budget = Budget(1.0, tmp_path / "journal")
        number = await budget.reserve(0.1)
        waiting = asyncio.ensure_future(budget.reserve(0.95))
        await asyncio.sleep(0)
        filled_up(budget).settle(number, 0.1, 0.0)  # the answer is there: this raises nothing
        with pytest.raises(Stopped, match="cannot be written down"):
            await waiting
        budget.close()

    asyncio.run(work())
