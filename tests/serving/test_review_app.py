"""Decisions over HTTP: what is kept, what is refused, and what a kill leaves."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from signal import SIGKILL
from time import sleep
from typing import Any

import pytest

from annotate.review.log import replay
from annotate.review.session import Review, Wanted
from tests.support import drawn, forks
from tests.support.reviewing import (
    Client,
    decision,
    forked,
    review_of,
    serve,
    served,
    small_run,
    warm,
)

ADDED: dict[str, Any] = {
    "document": "a.txt",
    "start": 0,
    "end": 1,
    "exact": True,
    "category": "impact",
    "attributes": drawn.SLOW,
}


@pytest.fixture
def review(tmp_path: Path) -> Iterator[Review]:
    with review_of(small_run(tmp_path / "run")) as opened:
        yield opened


@pytest.fixture
def client(review: Review) -> Iterator[Client]:
    with served(review) as address:
        yield Client(address).let_in()


def test_a_decision_is_kept_before_it_is_answered_and_comes_back_with_the_page(
    client: Client, review: Review
) -> None:
    first, second, *_ = review.suggested
    answer = client.decide("accept", first, why="As it stands.").content
    (document,) = answer["documents"]
    mark = next(each for each in document["marks"] if each["decided"]["id"] == first)
    assert (mark["outcome"], mark["decided"]["why"], answer["last"]) == (
        "accepted",
        "As it stands.",
        1,
    )
    assert replay(review.log.path).history.current()[first].verdict == "accepted"
    assert client.decide("reject", second, since=1).status == 200
    page = client.ask("GET", "/").body.decode()
    data = json.loads(page.partition('id="data">')[2].partition("</script>")[0])
    outcomes = {each["decided"]["id"]: each["outcome"] for each in data["documents"][0]["marks"]}
    assert {name: outcomes[name] for name in (first, second)} == {
        first: "accepted",
        second: "rejected",
    }
    assert data["review"]["undo"]["id"] == second
    assert client.decide("undo", seen=2).content["undo"]["id"] == first
    assert client.decide("redo", seen=2).content["undo"]["id"] == second


def test_what_was_decided_elsewhere_is_not_overwritten(client: Client, review: Review) -> None:
    name, other, *_ = review.suggested
    assert client.decide("accept", name, seen=0).status == 200
    late = client.decide("reject", name, seen=0)
    assert late.status == 409
    assert "elsewhere" in late.content["problems"][0]
    assert late.content["documents"][0]["marks"]
    with review_of(review.run, "eve") as second:
        assert second.decide(Wanted(action="reject", id=name)).verdict == "rejected"
    with review_of(review.run) as again:  # another process of the same annotator
        again.decide(Wanted(action="reject", id=other))
    news = json.loads(client.ask("GET", "/changes?since=1").body)
    assert news["last"] == 2
    assert replay(review.log.path).history.current()[name].verdict == "accepted"


def test_what_does_not_fit_is_refused_with_the_reason_and_not_kept(
    client: Client, review: Review
) -> None:
    name = next(iter(review.suggested))
    for more, said in (
        ({"attributes": {"effects": ["green"]}}, "not a value of this set"),
        ({"category": "weather"}, "is unknown, use one of"),
        ({"start": 5, "end": 5}, "holds no words"),
        ({"start": -4, "end": 10**9}, "holds no words"),
        ({"status": "optional", "must_find": True}, "choose one of the two"),
    ):
        answer = client.decide("correct", name, **more)
        assert answer.status == 422, more
        assert said in " ".join(answer.content["problems"])
    assert client.decide("accept", "nothing").status == 400
    assert client.decide("undo", seen=0).status == 400
    assert client.decide("add", document="b.txt", start=0, end=1).status == 400
    assert replay(review.log.path).history.decisions == []


def test_a_span_takes_whole_units_unless_it_is_meant_as_it_is(tmp_path: Path) -> None:
    run = small_run(tmp_path / "run")
    with review_of(run) as review, served(review) as address:
        client = Client(address).let_in()
        start = drawn.REPORT.index("slow in")
        given = {**ADDED, "start": start, "end": start + 4}
        assert client.decide("add", **{**given, "exact": False}).status == 200
        assert client.decide("add", **given).status == 200
        quotes = [each.quote for each in replay(review.log.path).history.decisions]
    assert quotes == ["Search was slow in Germany.", "slow"]


def test_a_kill_at_any_moment_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    run = drawn.write(tmp_path / "run", {"a.txt": drawn.REPORT})
    kept: set[str] = set()
    with forks.killed_again_and_again(serve, str(run.path), warm) as start:
        for moment in range(50):
            pid, address = start()
            client = Client(address).let_in()
            kept.add(client.decide("add", **ADDED).content["made"])
            with client.sent("POST", "/decisions", decision("add", **ADDED)) as connection:
                sleep(moment * 0.001)
                os.kill(pid, SIGKILL)
                with suppress(OSError, HTTPException, ValueError):
                    kept.add(json.loads(connection.getresponse().read())["made"])
    read = replay(run.path / "review" / "ada.jsonl")
    assert kept <= {each.id for each in read.history.decisions}
    assert len(kept) >= 50
    assert [each.n for each in read.history.decisions] == [*range(1, read.history.last + 1)]


def test_a_disk_that_is_full_is_said_and_keeps_what_was_there(tmp_path: Path) -> None:
    run = drawn.write(tmp_path / "run", {"a.txt": drawn.REPORT})
    full = forks.small_files(1000)
    with forked(run, tmp_path / "printed", full) as (_, client):
        answers = [client.decide("add", **ADDED) for _ in range(6)]
    codes = [each.status for each in answers]
    assert codes == sorted(codes)
    assert {*codes} == {200, 507}
    assert "was not kept" in answers[-1].content["problems"][0]
    read = replay(run.path / "review" / "ada.jsonl")
    assert len(read.history.decisions) == codes.count(200)
    assert read.problems == ()
