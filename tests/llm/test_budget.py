"""A cap on money that nothing gets past: not 64 requests in flight, not a killed process."""

import asyncio
import json
import random
from pathlib import Path

import pytest

from annotate.errors import Stopped, UsageError
from annotate.llm.budget import Budget, journal_of, spent
from tests.support.clock import Clock, run
from tests.support.needs import require


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
                reservation = await budget.reserve(most)
            except Stopped as error:
                refused.append(str(error))
                return
            cost: float | None = chance.uniform(0, most)
            truth.append(cost or 0.0)  # the endpoint bills, whether we learn of it or not
            await asyncio.sleep(chance.uniform(0, 0.5))
            done += 1
            if kill_at is not None and done >= kill_at:
                raise Killed
            budget.book(reservation, cost if chance.random() < 0.8 else None)

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
        booked = await budget.reserve(0.3)
        budget.book(booked, 0.1)
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
        budget.book(await budget.reserve(0.75), None)
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
        await budget.reserve(0.5)  # killed before its cost is booked
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
        reservation = await budget.reserve(0.5)
        assert json.loads(journal.read_text()) == {"reserve": 1, "usd": 0.5}
        budget.book(reservation, 0.25)
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
                reservation = await budget.reserve(0.5)
            except Stopped:
                stopped += 1
                return
            sent += 1
            await asyncio.sleep(1)
            budget.book(reservation, 0.0)

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
            reservation = await budget.reserve(0.9)
            cost: float | None = None
            try:
                await asyncio.sleep(1)
                if fails:
                    raise ValueError("the connection failed")
                cost = 0.01
            finally:
                budget.book(reservation, 0.0 if fails else cost)
                ends.append(name)

        await asyncio.gather(*(one(str(n), fails=n == 0) for n in range(4)), return_exceptions=True)
        return ends

    assert run(clock, work()) == ["0", "1", "2", "3"]


def test_waiting_tasks_are_refused_when_what_is_left_is_too_little() -> None:
    clock = Clock()

    async def work() -> int:
        budget = Budget(1.0, None)
        reservation = await budget.reserve(0.9)
        waiting = [asyncio.ensure_future(budget.reserve(0.5)) for _ in range(8)]
        await asyncio.sleep(1)
        budget.book(reservation, None)
        results = await asyncio.gather(*waiting, return_exceptions=True)
        return sum(isinstance(each, Stopped) for each in results)

    assert run(clock, work()) == 8


def test_a_cancelled_wait_takes_nothing() -> None:
    clock = Clock()

    async def work() -> float:
        budget = Budget(1.0, None)
        reservation = await budget.reserve(0.9)
        waiting = asyncio.ensure_future(budget.reserve(0.9))
        await asyncio.sleep(1)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        budget.book(reservation, 0.05)
        budget.book(await budget.reserve(0.95), 0.0)
        return budget.spent

    assert run(clock, work()) == 0.05


def test_what_a_run_has_spent_is_read_from_its_journal(tmp_path: Path) -> None:
    journal = journal_of(tmp_path / "run")
    assert journal.parent == tmp_path
    assert spent(journal) == 0.0
    journal.write_text('{"reserve": 1, "usd": 0.5}\n{"settle": 1, "usd": 0.25}\n')
    assert spent(journal) == 0.25


def test_a_journal_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no folder"):
        Budget(1.0, tmp_path / "no folder" / "journal")
    with pytest.raises(UsageError, match=str(tmp_path)):
        Budget(1.0, tmp_path)


def filled_up(budget: Budget) -> Budget:
    """Let the journal's disk be full from now on."""
    require("full device")
    assert budget._file is not None
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


def test_a_cost_that_cannot_be_written_is_told_with_the_next_request(tmp_path: Path) -> None:
    async def work() -> None:
        budget = Budget(1.0, tmp_path / "journal")
        reservation = await budget.reserve(0.1)
        waiting = asyncio.ensure_future(budget.reserve(0.95))
        await asyncio.sleep(0)
        filled_up(budget).book(reservation, 0.0)  # the answer is there: this raises nothing
        with pytest.raises(Stopped, match="cannot be written down"):
            await waiting
        budget.close()

    asyncio.run(work())
