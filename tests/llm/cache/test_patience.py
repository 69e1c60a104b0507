"""While another process holds the cache, whoever needs it waits, and nobody else."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest

from annotate.llm.cache.disk import Held
from annotate.llm.cache.patience import PatientCache
from annotate.llm.cache.row import Stored
from annotate.llm.cache.store import Cache
from annotate.testing import Server
from annotate.testing.answers import Body
from tests.support import endpoints
from tests.support.endpoints import Place, truthful
from tests.support.stored import REPLY, filled, request
from tests.support.waiting import until

HOLDER = """
import sqlite3, sys
base = sqlite3.connect(sys.argv[1], timeout=60, isolation_level=None)
base.execute(f"PRAGMA locking_mode = {sys.argv[2]}")
base.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.readline()
"""
STORED = Stored(REPLY, 0.5)

Hold = Callable[..., "Holder"]


class Holder:
    """Another process that holds a cache until it is told to let go."""

    def __init__(self, folder: Path, mode: str = "NORMAL") -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(folder / "cache.db"), mode],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "held\n"

    def let_go(self) -> None:
        self._process.communicate("\n")


@pytest.fixture
def hold() -> Iterator[Hold]:
    holders: list[Holder] = []

    def start(*arguments: object) -> Holder:
        holders.append(Holder(*arguments))  # type: ignore[arg-type]
        return holders[-1]

    yield start
    for holder in holders:
        if holder._process.poll() is None:
            holder.let_go()


def test_an_answer_waits_in_a_thread_and_the_event_loop_goes_on(tmp_path: Path, hold: Hold) -> None:
    cache = Cache(tmp_path / "c")
    holder = hold(tmp_path / "c")

    async def work() -> Stored:
        patient = PatientCache(cache)
        adding = asyncio.create_task(patient.add(request(), STORED))
        await asyncio.sleep(0)
        assert not adding.done()
        holder.let_go()  # by the event loop: where that waited, it would wait for ever
        kept = await adding
        await patient.close()
        return kept

    assert asyncio.run(work()) == STORED
    with Cache(tmp_path / "c") as again:
        assert again.get(request()) == STORED


def test_a_reader_waits_in_a_thread_too(tmp_path: Path, hold: Hold) -> None:
    cache = filled(tmp_path / "c")
    cache._rows._disk.close()  # or nobody could hold it against readers
    holder = hold(tmp_path / "c", "EXCLUSIVE")

    async def work() -> Stored | None:
        patient = PatientCache(cache)
        reading = asyncio.create_task(patient.get(request("text 1")))
        await asyncio.sleep(0)
        assert not reading.done()
        holder.let_go()
        kept = await reading
        await patient.close()
        return kept

    assert asyncio.run(work()) == Stored(REPLY, 0.25, 1.5)


def test_an_answer_is_kept_though_nobody_waits_for_it_any_more(tmp_path: Path, hold: Hold) -> None:
    cache = Cache(tmp_path / "c")
    holder = hold(tmp_path / "c")
    asked = [request(f"text {number}") for number in range(3)]

    async def work() -> None:
        patient = PatientCache(cache)
        adding = [asyncio.create_task(patient.add(each, STORED)) for each in asked]
        await asyncio.sleep(0)
        for each in adding:
            each.cancel()
        await asyncio.gather(*adding, return_exceptions=True)
        holder.let_go()
        await patient.close()

    asyncio.run(work())
    with Cache(tmp_path / "c") as again:
        assert [again.get(each) for each in asked] == [STORED] * 3


def test_the_wait_is_bounded_and_says_what_it_waits_for(tmp_path: Path, hold: Hold) -> None:
    with Cache(tmp_path / "c", patience=0) as cache:
        holder = hold(tmp_path / "c")
        for use in (lambda: cache.put(request(), STORED), lambda: cache.add(request(), STORED)):
            with pytest.raises(Held, match="another process holds") as held:
                use()
            assert str(tmp_path / "c" / "cache.db") in str(held.value)
        holder.let_go()
        assert cache.add(request(), STORED) == STORED


def test_a_run_loses_no_answer_and_buys_no_more_than_is_under_way(place: Place, hold: Hold) -> None:
    paths = place.write(*[endpoints.report(number) for number in range(12)])
    holders: list[Holder] = []
    bought = []

    def holding(body: Body) -> Body:
        if not holders:  # before the first answer, which then has to wait
            holders.append(hold(place.cache))
        return truthful(body)

    def let_go() -> None:
        until(lambda: len(server.chats) >= 3)
        bought.append(len(server.chats))
        holders[0].let_go()

    with Server(holding) as server:
        thread = Thread(target=let_go)
        thread.start()
        run = place.run(server, paths, concurrency=3)
        thread.join()
        assert run.complete
        assert bought == [3]
        assert len(server.chats) == len(place.stored()) == 12
