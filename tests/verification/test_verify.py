"""A verification over real HTTP: what is said, what it costs, what is kept, and what goes wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest

import annotate
from annotate.errors import OutputExists, RunError, Stopped, UsageError
from annotate.runs.reader import Run
from annotate.testing import Rule, Server
from annotate.testing import behaviours as b
from annotate.testing.answers import Behaviour
from annotate.verification.verify import estimate_verification, export_verification
from tests.conftest import contents
from tests.support import endpoints
from tests.support.endpoints import Body, Place, truthful
from tests.support.verifying import (
    TEXT,
    asked,
    by_category,
    entry,
    found,
    judging,
    said,
    verdicts,
    verified,
)

NO_CAUSE = {"verdict": "unsupported", "reason": "Nothing is said of a cause."}
PARTLY = {"verdict": "partly", "values": {"step": ["mitigated"]}, "reason": "No step."}


@pytest.mark.parametrize("mode", ["json_schema", "tools", "json"])
def test_every_annotation_gets_its_verdict_beside_it(place: Place, mode: str) -> None:
    run = found(place, TEXT)
    before = contents(run.path)
    with Server(judging(by_category)) as server:
        done = verified(place, server, run, mode=mode)
        (request,) = server.chats
    supported = {"verdict": "supported"}
    assert said(done) == [supported, supported, NO_CAUSE, PARTLY]
    assert [row["number"] for row in asked(request.body)] == [1, 2, 3, 4]
    assert verdicts(done) == {"supported": 2, "partly": 1, "unsupported": 1}
    assert done.complete
    assert done.path == run.path.with_name("run-verified")
    assert contents(run.path) == before, "the run stays as it is"
    kept = [{**row.to_json()} for row in done.annotations()]
    assert [{**row, "verification": 0} for row in kept] == [
        {**row.to_json(), "verification": 0} for row in run.annotations()
    ]
    made = done.manifest["verification"]
    assert (made["model"], made["prompt"], made["mode"]) == ("m", "v1", mode)
    assert len(made["prompt_hash"]) == 64


def test_what_is_not_about_annotations_is_that_of_the_run(place: Place) -> None:
    run = found(place, TEXT, "Nothing.")
    with Server(judging(by_category)) as server:
        done = verified(place, server, run)
        assert len(server.chats) == 1, "a text without annotations is not asked about"
    for part in ("documents", "ledger", "quarantine"):
        name = f"{part}.jsonl"
        assert (done.path / name).read_bytes() == (run.path / name).read_bytes()
    for name in ("task", "schema", "model", "inputs", "counts", "statuses"):
        assert done.manifest[name] == run.manifest[name]
    sent = json.loads((done.path / "requests.json").read_bytes())
    assert sent["verification"][0]["model"] == "m"


def test_a_run_of_a_model_is_verified_and_its_own_account_stays(place: Place) -> None:
    with Server(truthful) as server:
        run = place.run(server, place.write(endpoints.TEXT), price="1,1")
    with Server(judging(by_category)) as server:
        done = verified(place, server, run, price="2,2")
    assert done.manifest["usage"] == run.manifest["usage"]
    usage = done.manifest["verified"]["usage"]
    tokens = usage["prompt_tokens"] + usage["completion_tokens"]
    assert usage["cost"] == pytest.approx(2 * tokens / 1e6)
    assert done.sent() == run.sent() != []


def test_what_was_answered_is_paid_for_once_and_the_same_bytes(place: Place) -> None:
    run = found(place, TEXT)
    with Server(judging(by_category)) as server:
        first = contents(verified(place, server, run).path)
        again = verified(place, server, run)
        assert len(server.chats) == 1
        offline = verified(place, server, run, offline=True, out=place.folder / "other")
        assert len(server.chats) == 1
    assert contents(again.path) == first
    assert said(offline) == said(again)
    assert [row["asked"] for row in again.history()] == [1, 0]


@pytest.mark.parametrize(
    "changes",
    [{"model": "other"}, {"per_request": 2}, {"answer_tokens": 99}, {"extra_body": '{"top_k": 1}'}],
    ids=str,
)
def test_whatever_decides_an_answer_is_part_of_its_key(place: Place, changes: Any) -> None:
    run = found(place, TEXT)
    with Server(judging(by_category)) as server:
        verified(place, server, run)
        verified(place, server, run, **changes, out=place.folder / "other")
        assert len(server.chats) > 1
        with pytest.raises(OutputExists, match=r"verification: .* differs"):
            verified(place, server, run, **changes)


def test_offline_an_annotation_without_an_answer_has_no_verdict(place: Place) -> None:
    run = found(place, TEXT)
    with Server() as server:
        done = verified(place, server, run, offline=True)
        assert server.chats == ()
    assert said(done) == [None] * 4
    assert not done.complete
    assert sum(done.manifest["verified"]["why"].values()) == 4


def test_a_cap_stops_it_and_the_next_call_goes_on(place: Place) -> None:
    run = annotate.run(endpoints.reports(place.folder, 6, 4), model="lexicon", out="run")
    with Server(judging(by_category)) as server:
        with pytest.raises(Stopped, match="max-requests"):
            verified(place, server, run, max_requests=2, concurrency=1)
        stopped = Run("run-verified")
        assert verdicts(stopped) == {"supported": 4, "unanswered": 8}
        assert len(said(stopped)) == 12, "no annotation is left out"
        assert not stopped.complete
        with pytest.raises(Stopped):
            verified(place, server, run, max_requests=3, concurrency=1)
        assert verdicts(Run("run-verified")) == {"supported": 10, "unanswered": 2}
        done = verified(place, server, run)
        assert len(server.chats) == 6
    assert verdicts(done) == {"supported": 12}
    assert done.complete


def test_the_cap_of_costs_holds_over_calls(place: Place) -> None:
    run = annotate.run(endpoints.reports(place.folder, 6, 4), model="lexicon", out="run")
    with Server(judging(by_category)) as server:
        given = {"price": "1,0", "answer_tokens": 64, "concurrency": 1}
        estimated = estimate_verification(run, model="m", base_url=server.base_url, **given)
        assert estimated.requests == 6
        assert server.chats == (), "to estimate sends nothing"
        for _ in range(2):
            with pytest.raises(Stopped, match="max-cost"):
                verified(place, server, run, max_cost=0.007, **given)
        sent = len(server.chats)
        assert 0 < sent < 6


WRONG = {
    "unauthorized": (b.unauthorized, "key"),
    "no such model": (b.model_not_found, "model"),
    "quota": (b.quota_exhausted, "quota"),
}


@pytest.mark.parametrize(("behaviour", "named"), WRONG.values(), ids=WRONG.keys())
def test_what_stops_a_run_stops_a_verification_with_its_cause(
    place: Place, behaviour: Behaviour, named: str
) -> None:
    run = found(place, TEXT)
    with Server(judging(by_category), Rule(behaviour)) as server:
        with pytest.raises(Stopped, match=named):
            verified(place, server, run)
        assert len(server.chats) == 1
    assert said(Run("run-verified")) == [None] * 4


def test_no_endpoint_at_all_is_named(place: Place) -> None:
    run = found(place, TEXT)
    done = annotate.verify(run, model="m", base_url="http://127.0.0.1:9/v1", timeout=1)
    (why,) = done.manifest["verified"]["why"]
    assert "connection failed" in why
    assert said(done) == [None] * 4


def test_what_cannot_be_asked_is_refused_before_anything_is_written(place: Place) -> None:
    run = found(place, TEXT)
    with pytest.raises(UsageError, match="no model is named"):
        annotate.verify(run)
    with pytest.raises(UsageError, match="holds the run that is verified"):
        annotate.verify(run, model="m", out=run.path)
    with pytest.raises(UsageError, match="no prompt 'v9' for verifying; there is v1"):
        annotate.verify(run, model="m", verify_prompt="v9")
    manifest = run.path / "manifest.json"
    manifest.write_text(manifest.read_text().replace(run.manifest["schema"], "0" * 64))
    with pytest.raises(UsageError, match="another schema incident_report than stands here"):
        annotate.verify(run.path, model="m")
    assert not (place.folder / "run-verified").exists()


def test_a_batch_file_holds_what_would_be_sent(place: Place) -> None:
    run = annotate.run(endpoints.reports(place.folder, 3, 4), model="lexicon", out="run")
    out = place.folder / "batch.jsonl"
    count, files = export_verification(run, out, model="m", base_url="http://127.0.0.1:9/v1")
    assert (count, files) == (3, [out])
    rows = [json.loads(line) for line in out.read_text().splitlines()]
    assert [len(asked(row["body"])) for row in rows] == [2, 2, 2]


def test_verifying_again_puts_the_new_verdict_in_the_place_of_the_old(place: Place) -> None:
    run = found(place, TEXT)
    with Server(judging(by_category)) as server:
        done = verified(place, server, run)

    def doubting(row: Body) -> Body:
        return entry(row["number"], "unsupported")

    with Server(judging(doubting)) as server:
        again = verified(place, server, done, model="other", out=place.folder / "again")
    assert verdicts(again) == {"unsupported": 4}
    assert again.manifest["verification"]["model"] == "other"


def test_annotations_out_of_order_are_refused_and_not_left_out(place: Place) -> None:
    run = found(place, TEXT, "Search was slow.")
    rows = run.path / "annotations.jsonl"
    lines = rows.read_text().splitlines()
    rows.write_text("\n".join(lines[::-1]) + "\n")
    with Server(judging(by_category)) as server, pytest.raises(RunError, match="not in the order"):
        verified(place, server, run)
