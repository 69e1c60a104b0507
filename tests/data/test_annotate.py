"""Data in memory against an endpoint: paid once, capped, and the same as a run over files."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import annotate
from annotate.testing import Rule, Server
from annotate.testing import behaviours as b
from annotate.testing.answers import Body
from tests.support import endpoints
from tests.support.endpoints import TEXT, Place, truthful
from tests.support.sleepless import sleepless

REPORTS = [endpoints.report(number) for number in range(6)]


def asked(server: Server, data: object, **settings: Any) -> annotate.MemoryRun:
    given = {"model": "m", "base_url": server.base_url, "timeout": 20.0, **settings}
    return annotate.annotate(data, **given)


def test_texts_are_paid_once(place: Place) -> None:
    with Server(truthful) as server:
        first = asked(server, REPORTS)
        paid = len(server.chats)
        again = asked(server, REPORTS)
        assert (paid, len(server.chats)) == (6, 6)
    assert (first.asked, again.asked) == (6, 0)
    assert list(again) == list(first) != []
    assert again.manifest == first.manifest
    assert first.complete
    for each in first:
        assert REPORTS[int(each.document)][each.start : each.end] == each.quote


def test_it_is_the_run_of_the_same_rows_as_json_lines(place: Place) -> None:
    rows = [
        {"id": f"r{number}", "text": text, "from": {"year": 2000 + number}, "note": None}
        for number, text in enumerate(REPORTS)
    ]
    rows.append({"id": "r7", "text": " ", "from": {}, "note": "empty"})
    path = place.folder / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with Server(truthful) as server:
        run = place.run(server, path)
        paid = len(server.chats)
        found = asked(server, rows)
        assert len(server.chats) == paid  # the same requests, and their answers are there
    read = [each.to_json() for each in run.annotations()]
    assert [{**each.to_json(), "document": f"rows.jsonl#{each.document}"} for each in found] == read
    assert [each.provenance.metadata for each in found.documents()] == [
        each.provenance.metadata for each in run.documents()
    ]
    assert [each["reason"] for each in found.unreadable()] == [
        each["reason"] for each in run.unreadable()
    ]
    for part in ("counts", "statuses", "refused", "usage", "status"):
        assert found.manifest[part] == run.manifest[part]


@pytest.mark.parametrize("concurrency", [1, 64])
def test_a_cap_holds_and_what_was_answered_is_not_lost(place: Place, concurrency: int) -> None:
    charged: list[float] = []

    def counted(completion: Body) -> Body:
        took = completion["usage"]
        charged.append((took["prompt_tokens"] + 10 * took["completion_tokens"]) / 1e6)
        return completion

    many = [endpoints.report(number) for number in range(80)]
    settings = {"price": (1, 10), "concurrency": concurrency}
    with Server(truthful, Rule(b.edited(counted)), Rule(b.late(0.01))) as server:
        with pytest.raises(annotate.Stopped, match="--max-cost") as stopped:
            asked(server, many, max_cost=0.03, **settings)
        assert 0 < sum(charged) <= 0.03
        found, paid = stopped.value.run, len(charged)
        assert not found.complete
        assert found.asked == paid
        assert found.manifest["usage"]["cost"] == pytest.approx(sum(charged))
        assert {each.status for each in found.ledger()} == {"ok", "unsent"}
        assert len({each.document for each in found}) == paid  # each answer is there
        # The next call has a cap of its own, and what was answered is free.
        whole = asked(server, many, max_cost=1.0, **settings)
        assert len(charged) == len(many)
    assert whole.asked == len(many) - paid
    assert whole.complete


def test_an_endpoint_that_refuses_the_key_is_an_error_with_nothing_in_it(place: Place) -> None:
    with (
        Server(truthful, Rule(b.unauthorized)) as server,
        pytest.raises(annotate.Stopped) as stopped,
    ):
        asked(server, TEXT)
    assert list(stopped.value.run) == []
    assert [each.status for each in stopped.value.run.ledger()] == ["unsent"]


def test_it_works_inside_a_running_loop_and_in_threads(place: Place) -> None:
    with Server(truthful) as server:

        async def cell() -> annotate.MemoryRun:
            return asked(server, REPORTS)

        inside = asyncio.run(cell())
        with ThreadPoolExecutor(3) as threads:
            others = list(threads.map(lambda text: asked(server, text), REPORTS[:3]))
    assert inside.complete
    assert [each.quote for found in others for each in found] == [
        each.quote for each in inside if int(each.document) < 3
    ]


def test_a_generator_is_read_as_fast_as_it_is_annotated(place: Place) -> None:
    read: list[int] = []
    seen: list[int] = []

    def texts() -> Any:
        for number in range(2000):
            read.append(number)
            yield f"Search {number} was slow. " * 200

    def enough(progress: Any) -> None:
        seen.append(len(read))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        annotate.annotate(texts(), on_progress=enough)
    assert 0 < seen[0] < 2000


def test_documents_are_taken_as_they_are(place: Place) -> None:
    path = place.folder / "page.html"
    path.write_text("<h1>Impact</h1><p>Search was slow.</p>", encoding="utf-8")
    (document,) = annotate.read_documents([path])
    with Server(truthful) as server:
        run = place.run(server, path)
        found = asked(server, document)
    assert list(found) == list(run.annotations()) != []
    assert list(found.documents()) == [document]


def test_what_is_missing_is_said_in_the_log(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    with sleepless(), Server(truthful, Rule(b.refused(), containing="5-0")) as server:
        found = asked(server, [*REPORTS, None])
    assert caplog.messages[0].startswith("rows without a document: 1, the first: row 6 has no text")
    assert caplog.messages[1].startswith("1 of 6 chunks have no answer: ")
    assert not found.complete


def test_several_samples_are_refused(place: Place) -> None:
    with Server(truthful) as server, pytest.raises(annotate.UsageError, match="repeat"):
        asked(server, TEXT, repeat=2)
    assert server.chats == ()
