"""How far a run has come is told by chunks, over real requests."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

import annotate
from annotate.annotator import Annotator
from annotate.documents.chunking import chunk
from annotate.documents.document import Document
from annotate.pipeline.progress import Meter, Progress
from annotate.pipeline.scheduler import documents_in_order
from annotate.testing import Rule, Server
from annotate.testing import behaviours as b
from tests.conftest import Command
from tests.support.checkout import INCIDENTS
from tests.support.endpoints import Place, report, truthful


def test_one_long_document_moves(place: Place) -> None:
    seen: list[Progress] = []
    paths = place.write(report(0, 100))
    with Server(truthful) as server:
        place.run(
            server, paths, chunk_size=200, concurrency=1, on_progress=seen.append, price="1,1"
        )
    chunks = [state.chunks for state in seen]
    of = seen[-1].of
    assert chunks == sorted(chunks)
    assert len(set(chunks)) > of / 4
    assert all(state.of == of and state.counted for state in seen)
    assert seen[-1].chunks == seen[-1].asked == of
    assert seen[-2].documents == 0
    costs = [state.cost or 0.0 for state in seen]
    assert costs == sorted(costs)
    assert costs[-1] > costs[0]


def test_all_chunks_are_counted_while_the_first_answers_are_waited_for(place: Place) -> None:
    seen: list[Progress] = []
    paths = place.write(*(report(n) for n in range(80)))
    with Server(truthful, Rule(b.late(0.2))) as server:
        place.run(server, paths, concurrency=4, on_progress=seen.append)
    known = next(state for state in seen if state.counted)
    assert known.of == 80
    assert known.chunks < 40


def test_what_came_from_the_cache_is_told_apart(place: Place) -> None:
    seen: list[Progress] = []
    paths = place.write(*(report(n) for n in range(10)))
    with Server(truthful) as server:
        place.run(server, paths[:6], price="1,1", out="first")
        run = place.run(server, paths, price="1,1", on_progress=seen.append)
        assert run.history()[-1]["asked"] == 4
        done = Command(place.folder)(*place.arguments(server, *paths))
    state = seen[-1]
    assert (state.chunks, state.cached, state.asked) == (10, 6, 4)
    cost = run.manifest["usage"]["cost"]
    assert state.cost is not None
    assert 0 < state.cost < cost
    assert "10 answers (10 from the cache), " in done.stdout


def test_a_price_that_is_unknown_is_no_cost_of_0(place: Place) -> None:
    seen: list[Progress] = []
    with Server(truthful) as server:
        place.run(server, place.write(report(0)), on_progress=seen.append)
        assert seen[-1].cost is None
        place.run(server, place.write(report(0)), on_progress=seen.append)
    assert seen[-1].cost == 0.0  # nothing was asked


def test_chunks_of_repeats_and_furniture_are_counted(place: Place) -> None:
    seen: list[Progress] = []
    (place.folder / "a.html").write_text("<nav>Menu</nav><p>Search was slow.</p>", "utf-8")
    with Server(truthful) as server:
        place.run(server, place.folder / "a.html", repeat=3, on_progress=seen.append)
    state = seen[-1]
    assert state.chunks == state.of >= 6
    assert state.asked == 3


def test_the_offline_baseline_moves_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(INCIDENTS)
    seen: list[Progress] = []
    path = tmp_path / "long.txt"
    path.write_text(report(0, 200), encoding="utf-8")
    annotate.run(path, out=tmp_path / "run", chunk_size=200, on_progress=seen.append)
    assert len({state.chunks for state in seen}) > seen[-1].of / 4
    assert seen[-1].asked == 0


def test_reading_runs_ahead_within_bounds() -> None:
    read, size = 0, 340_000  # characters, of one sentence each

    def documents() -> Iterator[Document]:
        nonlocal read
        for number in range(100):
            read += 1
            yield Document(f"{number}", "slow " * (size // 5))

    class Waiting:
        at_once = 2

        async def annotate(self, *_: object) -> None:
            await asyncio.sleep(3600)

    async def first() -> None:
        annotator = cast(Annotator, Waiting())
        asking = asyncio.ensure_future(
            anext(documents_in_order(documents(), annotator, chunk, 1, Meter()))
        )
        while read < 4_000_000 / size:
            await asyncio.sleep(0)
        await asyncio.sleep(0.1)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)

    asyncio.run(first())
    assert read <= 4_000_000 / size + 3
