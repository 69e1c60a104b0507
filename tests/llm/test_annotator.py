"""The language model over real HTTP: every way an answer can go wrong ends in its ledger status."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from annotate.errors import Stopped
from annotate.llm.errors import TransientError
from annotate.runs.reader import Run
from annotate.testing import Rule, Server, asks
from annotate.testing import behaviours as b
from annotate.testing.answers import Behaviour
from tests.support import endpoints
from tests.support.endpoints import (
    TEXT,
    Body,
    Place,
    document,
    impact,
    quotes,
    read,
    statuses,
    truthful,
)
from tests.support.models import annotated
from tests.support.prompting import passes
from tests.support.transports import Scripted

# ---- One status for every way it can end ----


@pytest.mark.parametrize("behaviour", [None, b.fenced, b.thinking(), b.gzipped, b.without_usage])
@pytest.mark.parametrize("mode", ["json_schema", "tools", "json"])
def test_what_can_be_read_is_read(place: Place, behaviour: Behaviour | None, mode: str) -> None:
    behaviours = [behaviour] if behaviour else []
    run, entry, asked = read(place, *behaviours, mode=mode)
    assert entry.status == "ok"
    assert entry.requests == len(asked) == 1
    assert quotes(run) == ["Search was slow.", "It was caused by load."]


BROKEN = {
    "malformed JSON": b.malformed,
    "words cut": b.words_cut(0.5),
    "another text": b.saying("There is nothing of the kind."),
    "another form": b.saying('["annotations"]'),
    "duplicate keys": b.duplicate_keys,
    "an endless thought": b.saying("<think> I wonder"),
    "empty": b.empty,
    "NaN": b.not_a_number("duration"),
    "no choices": b.without_choices,
}


INVALID = {
    "wrong types": b.wrong_types,
    "a missing key": b.without_keys("effects"),
    "an unknown key": b.extra_keys,
    "an empty annotation": b.breaks_schema,
    "an unknown value": b.changed(lambda item: item.update(effects=["sluggish"])),
    "an unknown category": b.changed(lambda item: item.update(category="weather")),
}


@pytest.mark.parametrize("behaviour", BROKEN.values(), ids=BROKEN.keys())
def test_an_answer_that_cannot_be_read_is_repaired(place: Place, behaviour: Behaviour) -> None:
    run, entry, asked = read(place, behaviour, first=1)
    assert entry.status == "repaired"
    assert entry.requests == len(asked) == 2
    assert len(quotes(run)) == 2
    assert run.complete


@pytest.mark.parametrize("behaviour", BROKEN.values(), ids=BROKEN.keys())
def test_an_answer_that_never_can_be_read_fails(place: Place, behaviour: Behaviour) -> None:
    run, entry, asked = read(place, behaviour)
    assert entry.status == "failed"
    assert entry.note
    assert len(asked) <= 3
    assert not quotes(run)
    assert not run.complete


def test_the_words_of_an_answer_that_cannot_be_read_are_quarantined(place: Place) -> None:
    run, _, _ = read(place, b.saying("There is nothing of the kind."))
    (row,) = run.quarantine()
    assert row["item"] == "There is nothing of the kind."
    assert "JSON" in row["problems"][0]


@pytest.mark.parametrize("behaviour", INVALID.values(), ids=INVALID.keys())
def test_an_annotation_that_breaks_the_schema_is_repaired(
    place: Place, behaviour: Behaviour
) -> None:
    def respond(body: Body) -> Body:
        corrected = len(body["messages"]) > 2
        found = truthful(body)["annotations"]
        return {"annotations": found[:1] if corrected else found}

    run, entry, asked = read(place, behaviour, respond=respond, first=1)
    assert (entry.status, entry.invalid, entry.ungrounded) == ("repaired", 1, 0)
    assert len(asked) == 2
    assert quotes(run) == ["Search was slow.", "It was caused by load."]
    assert list(run.quarantine()) == []


@pytest.mark.parametrize("behaviour", INVALID.values(), ids=INVALID.keys())
def test_an_annotation_that_always_breaks_the_schema_is_quarantined(
    place: Place, behaviour: Behaviour
) -> None:
    run, entry, asked = read(place, behaviour)
    assert entry.status == "partial"
    assert 2 <= len(asked) <= 3
    assert quotes(run) == ["It was caused by load."]
    assert run.manifest["counts"]["quarantined"] >= 1
    assert {row["kind"] for row in run.quarantine()} == {"invalid"}


@pytest.mark.parametrize(
    "quote",
    [
        "This sentence stands nowhere.",
        "Search was fast.",
        "Search was not slow.",
        "It was caused by 3 loads.",
        "It was caused by Load Inc. in Berlin.",
    ],
)
def test_an_invented_or_altered_quote_becomes_no_annotation(place: Place, quote: str) -> None:
    run, entry, _ = read(place, b.invented_quotes(quote))
    assert entry.status == "partial"
    assert entry.annotations == 0
    assert entry.ungrounded >= 2
    assert quotes(run) == []
    assert run.manifest["refused"]["ungrounded"] == entry.ungrounded
    assert [row["item"]["quote"] for row in run.quarantine()] == [quote] * 2


def test_an_invented_quote_that_is_repaired_is_counted_and_gone(place: Place) -> None:
    run, entry, asked = read(place, b.invented_quotes(), first=1)
    assert (entry.status, entry.ungrounded, len(asked)) == ("repaired", 2, 2)
    assert quotes(run) == ["Search was slow.", "It was caused by load."]
    assert list(run.quarantine()) == []


@pytest.mark.parametrize("behaviour", [b.refused(), b.content_filtered])
def test_a_refusal_is_asked_once(place: Place, behaviour: Behaviour) -> None:
    run, entry, asked = read(place, behaviour)
    assert (entry.status, len(asked)) == ("refused", 1)
    assert not run.complete


def test_a_page_instead_of_an_answer_fails(place: Place) -> None:
    page = TransientError("what came is not a completion (text/html); check --base-url")
    transport = Scripted(page)
    (found,) = annotated(place.folder, transport, TEXT)
    assert found.entry.status == "failed"
    assert found.entry.note == f"{page} (6 attempts)"
    assert found.annotations == []
    assert len(transport.sent) == 6
    assert place.stored() == []


def test_an_empty_answer_is_a_success(place: Place) -> None:
    run, entry, _ = read(place, respond=lambda _: {"annotations": []})
    assert (entry.status, entry.annotations) == ("ok", 0)
    assert run.complete


def test_a_failed_call_is_never_an_empty_annotation(place: Place) -> None:
    """A parse error stored as an empty list reads "nothing disclosed" (defect 6)."""
    silent, _, _ = read(place, respond=lambda _: {"annotations": []})
    failed, entry, _ = read(place, b.malformed, text=TEXT + " More.", out="failed")
    assert silent.complete
    assert not failed.complete
    assert entry.status == "failed"
    assert failed.manifest["statuses"] == {"failed": 1}


@pytest.fixture
def in_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    folder = endpoints.project(tmp_path / "passes", passes("impact", "cause"))
    monkeypatch.chdir(folder)
    return Place(folder)


def test_each_pass_is_a_request_of_its_own(in_passes: Place) -> None:
    run, entry, asked = read(in_passes)
    assert (entry.status, entry.requests, len(asked)) == ("ok", 2, 2)
    assert quotes(run) == ["Search was slow.", "It was caused by load."]
    schemas = [json.dumps(body["response_format"]) for body in asked]
    assert [("customers_named" in each, "certainty" in each) for each in schemas] == [
        (True, False),
        (False, True),
    ]


def test_a_pass_that_fails_leaves_the_others_standing(in_passes: Place) -> None:
    def on_impact(body: Body) -> bool:
        return "impact" in body["messages"][0]["content"]

    with Server(truthful, Rule(b.malformed, when=on_impact)) as server:
        run = in_passes.run(server, in_passes.write(TEXT))
    assert statuses(run) == ["failed"]
    assert quotes(run) == ["It was caused by load."]


def test_repeats_are_samples_that_are_never_merged(place: Place) -> None:
    counted = iter(range(100))

    def respond(body: Body) -> Body:
        return {"annotations": [impact("Search was slow.")] if next(counted) % 2 else []}

    with Server(respond) as server:
        place.run(server, place.write(TEXT), repeat=3)
        assert len(server.chats) == 3
        assert len({json.dumps(each.body) for each in server.chats}) == 1
        place.run(server, place.write(TEXT), repeat=3)
        assert len(server.chats) == 3
    samples = [Run(place.folder / f"run-{i}") for i in (1, 2, 3)]
    assert sorted(len(quotes(each)) for each in samples) == [0, 0, 1]
    assert [each.manifest["repeat"] for each in samples] == [0, 1, 2]


def test_identical_requests_in_flight_are_one(place: Place) -> None:
    with Server(truthful, Rule(b.late(0.2))) as server:
        run = place.run(server, place.write(*[TEXT] * 12))
        assert len(server.chats) == 1
    assert statuses(run) == ["ok"] * 12
    assert len(quotes(run)) == 24


def test_what_comes_back_is_a_plain_value(place: Place) -> None:
    """Instructor's results are generated classes, which equal nothing and do not pickle."""
    run, _, _ = read(place)
    (first, _) = run.annotations()
    assert type(first).__module__ == "annotate.annotation"
    assert first.attributes["effects"] == ["slow"]


def test_a_form_that_is_never_supported_stops_the_run_and_names_the_mode(place: Place) -> None:
    texts = [endpoints.report(i) for i in range(30)]
    with Server(truthful, Rule(b.unsupported(), when=asks("response_format"))) as server:
        with pytest.raises(Stopped, match="--mode"):
            place.run(server, place.write(*texts), concurrency=4, mode="json_schema")
        assert len(server.chats) <= 4


def test_an_endpoint_that_is_down_does_not_cost_hours(place: Place) -> None:
    texts = [endpoints.report(i) for i in range(60)]
    with (
        # A wait that is longer than a call may take: each call fails at once.
        Server(truthful, Rule(b.rate_limited(1000))) as server,
        pytest.raises(Stopped, match="16 requests in a row got no answer"),
    ):
        place.run(server, place.write(*texts), concurrency=4)


def test_failures_with_answers_between_them_do_not_stop_a_run(place: Place) -> None:
    texts = [endpoints.report(i) for i in range(40)]
    odd = [f" {i}-0 " for i in range(1, 40, 2)]

    def is_odd(body: Body) -> bool:
        return any(each in document(body) for each in odd)

    with Server(truthful, Rule(b.rate_limited(1000), when=is_odd)) as server:
        run = place.run(server, place.write(*texts), concurrency=2)
    assert run.manifest["statuses"] == {"ok": 20, "failed": 20}


def test_no_more_requests_are_in_flight_than_allowed(place: Place) -> None:
    texts = [endpoints.report(i) for i in range(40)]
    with Server(truthful, Rule(b.late(0.05))) as server:
        place.run(server, place.write(*texts), concurrency=5)
        assert server.max_in_flight == 5


def test_a_slow_chunk_does_not_hold_up_the_others(place: Place) -> None:
    texts = [endpoints.report(i) for i in range(10)]
    rules = [Rule(b.late(0.02)), Rule(b.late(1.5), containing=" 0-0 ")]
    with Server(truthful, *rules) as server:
        run = place.run(server, place.write(*texts), concurrency=2)
        slow, last = server.chats[0], server.chats[-1]
        assert "0-0" in document(slow.body)
        assert slow.answered is not None
        assert last.arrived < slow.answered
    assert [entry.document for entry in run.ledger()] == [f"t{i}.txt" for i in range(10)]


def test_it_runs_beside_a_running_loop(place: Place) -> None:
    async def notebook(server: Server) -> Run:
        return place.run(server, place.write(TEXT))

    with Server(truthful) as server:
        assert asyncio.run(notebook(server)).complete
