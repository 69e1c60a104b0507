"""`annotate eval`: what it announces, runs, scores, compares, and ends with."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotate.comparison.gates import Gates
from annotate.evaluation.evaluate import evaluate
from annotate.project.tasks import load_task
from annotate.suites.false_alarms import false_alarms
from annotate.testing import Rule, Server
from annotate.testing import behaviours as b
from tests.support.evaluated import MODEL, WITHOUT_CAUSE, Place
from tests.support.simulated import GUIDED, PERFECT, prompted, simulation, text_of

# ---- Before anything is spent ----


def test_it_says_what_is_cached_and_what_new_requests_cost_before_it_sends_them(
    place: Place, server: Server
) -> None:
    first = place.eval(server, "--price", "1,2", "--repeat", "2")
    assert f"v1 × {MODEL}: 0 requests cached, 4 new, 0.01" in first.err
    assert "USD with empty answers" in first.err
    assert len(server.chats) == 4
    again = place.eval(server, "--price", "1,2", "--repeat", "2")
    assert f"v1 × {MODEL}: 4 requests cached, 0 new, costs nothing" in again.err
    more = place.eval(server, "--price", "1,2", "--repeat", "3", "--json").json["trials"][0]
    assert (more["forecast"]["cached"], more["forecast"]["new"]) == (4, 2)
    assert len(server.chats) == 6


def test_it_says_where_the_cap_would_end_it(place: Place, server: Server) -> None:
    capped = place.eval(server, "--price", "1,2", "--repeat", "2", "--max-cost", "0.001")
    line = next(each for each in capped.err.splitlines() if "0 requests cached" in each)
    assert "at most, without repairs; --max-cost ends it at 0.0010 USD" in line
    assert capped.code == 5
    ample = place.eval(server, "--price", "1,2", "--repeat", "2", "--max-cost", "9")
    assert "--max-cost" not in ample.err


def test_without_a_model_nothing_is_asked(place: Place, server: Server) -> None:
    ended = place.typed("eval", "mine", "--base-url", server.base_url)
    assert ended.code == 2
    assert "names no model" in ended.err
    assert server.requests == ()


def test_a_suite_of_the_offline_baseline_asks_no_model_that_the_settings_name(
    place: Place, server: Server
) -> None:
    place.suite('models = ["lexicon"]')
    url = ("--base-url", server.base_url)
    ended = place.typed("eval", "mine", *url, env={"ANNOTATE_MODEL": MODEL})
    assert ended.code == 3, ended.err  # it has no baseline
    assert server.requests == ()


def test_offline_runs_wholly_from_the_cache_or_not_at_all(place: Place, server: Server) -> None:
    cold = place.eval(server, "--offline")
    assert cold.code == 4
    assert "2 requests are not in the cache" in cold.out
    assert server.requests == ()
    assert not (place.folder / "runs").exists()
    place.bless(server)
    sent = len(server.requests)
    warm = place.eval(server, "--offline")
    assert (warm.code, len(server.requests)) == (0, sent)


def test_a_document_that_nobody_labelled_is_refused_before_anything_is_sent(
    place: Place, server: Server
) -> None:
    place.suite('holdout = ["d7.txt"]')
    ended = place.eval(server)
    assert ended.code == 2
    assert "holdout: 'd7.txt' has no gold, use one of d0.txt, d1.txt" in ended.err
    assert server.requests == ()


def test_a_run_to_compare_with_is_looked_for_before_anything_is_sent(
    place: Place, server: Server
) -> None:
    ended = place.eval(server, "--against", "runs/nowhere")
    assert ended.code == 2
    assert server.requests == ()


def test_the_cap_holds_over_all_trials_by_the_servers_own_account(place: Place) -> None:
    prompted(place.folder, f"Look closely. {GUIDED}", version="v2")
    cost = ["--price", "0,1000", "--max-cost"]  # 0.256 USD a request at most, by the prompt
    both = ["--prompt", "v1", "--prompt", "v2", "--json"]
    with Server(simulation(place.folder, replace(PERFECT, missed=0.95))) as server:
        assert place.eval(server, *cost, "100").code == 3  # it has no baseline
        taken = sum(each["cost"] for each in spending(place))
        stopped = place.eval(server, *both, *cost, str(taken + 0.2))
        assert len(server.chats) == 2
        finished = place.eval(server, *both, *cost, "100")
    assert stopped.code == 5
    assert [each["status"] for each in stopped.json["trials"]] == ["no baseline", "stopped"]
    assert "--max-cost" in stopped.json["trials"][1]["note"]
    assert (finished.code, len(server.chats)) == (3, 4)


def spending(place: Place) -> list[Any]:
    """Return what each run under `runs/eval` took."""
    manifests = (place.folder / "runs" / "eval").rglob("manifest.json")
    return [json.loads(path.read_text(encoding="utf-8"))["usage"] for path in manifests]


# ---- What it scores ----


def test_documents_held_out_and_tuned_on_have_rows_of_their_own(
    place: Place, noisy: Server
) -> None:
    place.suite('holdout = ["d1.txt"]\ntuned_on = ["d0.txt"]')
    (trial,) = place.eval(noisy, "--json").json["trials"]
    scores = evaluate(trial["runs"][0]).scores
    parts = [scores.overall, scores.by_document["d1.txt"], scores.by_document["d0.txt"]]
    found = {row["name"]: (row["annotation"], row["value"]) for row in trial["scores"]}
    names = ["all", "held out", "tuned on"]
    assert found == {
        name: (part["annotation"].f1, part["value"].f1)
        for name, part in zip(names, parts, strict=True)
    }
    assert len(set(found.values())) == 3


def test_scores_of_repeats_are_pooled(place: Place, noisy: Server) -> None:
    (trial,) = place.eval(noisy, "--repeat", "3", "--json").json["trials"]
    assert len(trial["runs"]) == 3
    counts = [evaluate(run).scores.overall["annotation"] for run in trial["runs"]]
    assert len({count.tp for count in counts}) > 1
    pooled = sum(counts[1:], counts[0])
    assert trial["scores"][0]["annotation"] == pooled.f1


def test_an_example_that_repeats_a_document_is_warned_of(place: Place, server: Server) -> None:
    assert "no example of prompt v1 repeats 12 words" in place.eval(server).out
    sentences = text_of(0).split("\n\n")[1:6]
    row = {"text": " ".join(sentences), "annotations": []}
    path = place.folder / "prompts" / "incident_report" / "shown.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    prompted(place.folder, head='examples = "shown.jsonl"')
    ended = place.eval(server)
    assert "WARNING: shown.jsonl:1: repeats 12 words of d0.txt" in ended.out


# ---- What it compares ----


def test_without_a_baseline_nothing_is_proven_and_that_is_said(
    place: Place, server: Server
) -> None:
    ended = place.eval(server)
    assert ended.code == 3
    assert "no baseline of this model: nothing was compared" in ended.out
    assert "annotate bless makes one" in ended.out


@pytest.mark.parametrize(("means", "code"), [("passed", 0), ("failed", 1)])
def test_a_suite_says_what_a_missing_baseline_means(
    means: str, code: int, place: Place, server: Server
) -> None:
    place.suite(f'missing_baseline = "{means}"')
    ended = place.eval(server)
    assert ended.code == code
    assert f'the suite says missing_baseline = "{means}"' in ended.out


def test_a_category_whose_instructions_are_gone_fails_and_a_restored_prompt_passes_free(
    place: Place, server: Server
) -> None:
    place.bless(server)
    prompted(place.folder, WITHOUT_CAUSE)
    worse = place.eval(server, "--json")
    assert worse.code == 1
    (trial,) = worse.json["trials"]
    failed = {
        check["what"] for check in trial["comparison"]["checks"] if check["status"] == "failed"
    }
    assert "cause" in failed
    assert not failed & {"impact", "action"}
    broken = trial["comparison"]["changes"]["broken"]
    assert len(broken) > 30
    assert {item["category"] for item in broken} == {"cause"}
    sent = len(server.chats)
    prompted(place.folder)
    restored = place.eval(server)
    assert (restored.code, len(server.chats)) == (0, sent)


def test_an_edited_prompt_gets_another_run_and_both_can_be_compared(
    place: Place, server: Server
) -> None:
    (first,) = place.eval(server, "--json").json["trials"]
    prompted(place.folder, WITHOUT_CAUSE)
    ended = place.eval(server, "--against", first["runs"][0])
    assert ended.code == 1
    assert "prompt_hash: " in ended.out
    flat = " ".join(ended.out.split())
    assert f"note: prompt v1 is not the text that {first['runs'][0]} was made with" in flat
    assert len(list((place.folder / "runs" / "eval" / "mine").glob("v1-*"))) == 2


def test_runs_over_other_documents_are_not_comparable(place: Place, server: Server) -> None:
    alone = place.folder / "eval" / "documents" / "d0.txt"
    run = ["run", alone, "--model", MODEL, "--base-url", server.base_url, "--out", "runs/one"]
    assert place.typed(*run).code == 0
    ended = place.eval(server, "--against", "runs/one")
    assert ended.code == 6
    assert "not comparable" in ended.out


def test_too_little_to_tell_ends_with_3_where_asked_for(place: Place, noisy: Server) -> None:
    place.suite("[gates]\nmust_find = false\nmax_drop = 1")
    place.bless(noisy)
    place.typed("cache", "prune", "--yes")
    assert place.eval(noisy, "--out", "other").code == 0
    asked = place.eval(noisy, "--out", "other", "--inconclusive-above", "0.5")
    assert (asked.code, "could have gone unseen" in asked.out) == (3, True)
    assert place.eval(noisy, "--out", "other", "--inconclusive-above", "90").code == 0


def test_gates_of_the_suite_decide(place: Place, server: Server) -> None:
    place.bless(server)
    prompted(place.folder, WITHOUT_CAUSE)
    loose = "min_drop = 1\nmax_drop = 1\nmin_support = 1000\nmust_find = false"
    place.suite(f"[gates]\n{loose}")
    assert place.eval(server).code == 0


def test_an_answer_that_never_came_leaves_the_trial_incomplete(place: Place) -> None:
    with Server(simulation(place.folder), Rule(b.refused(), containing="Search 1-")) as server:
        ended = place.eval(server)
    assert ended.code == 4
    assert "incomplete, and no gate is applied" in ended.out


def test_a_model_that_is_not_there_stops_the_trials_after_it(place: Place, server: Server) -> None:
    ended = place.eval(server, "--model", MODEL, "--json", model="real-m")
    assert ended.code == 5
    assert [each["status"] for each in ended.json["trials"]] == ["stopped", "stopped"]
    assert "not run" in ended.json["trials"][1]["note"]
    assert all(chat.body["model"] == "real-m" for chat in server.chats)


# ---- The suites that are shipped ----


def test_the_embedded_baseline_is_evaluated_without_a_word_more(
    tmp_path: Path,
) -> None:
    ended = Place(tmp_path).typed("eval", "--json")
    (trial,) = ended.json["trials"]
    assert ended.code == 0
    assert (ended.json["suite"], trial["name"]) == ("baseline", "lexicon")
    assert trial["scores"][0]["annotation"] > 0.5
    assert "free" in ended.err


def test_a_named_model_means_the_suite_of_prompts(place: Place, server: Server) -> None:
    ended = place.typed("eval", "--model", MODEL, "--base-url", server.base_url, "--offline")
    assert ended.code == 4
    assert "27 requests are not in the cache" in ended.out


def test_perfect_answers_score_1(place: Place, server: Server) -> None:
    (trial,) = place.eval(server, "--json").json["trials"]
    assert PERFECT.missed == 0
    assert trial["scores"][0]["annotation"] == trial["scores"][0]["value"] == 1


# ---- The self-check ----


def test_the_self_check_says_what_one_repeat_cannot_tell(place: Place, server: Server) -> None:
    assert "one repeat has nothing to be compared with" in place.eval(server, "--self-check").out


def test_the_self_check_says_where_repeats_are_all_the_same(place: Place, server: Server) -> None:
    ended = place.eval(server, "--self-check", "--repeat", "2")
    assert "all repeats say the same" in ended.out


def test_the_self_check_counts_the_gates_that_fail_between_repeats(
    place: Place, noisy: Server
) -> None:
    (trial,) = place.eval(noisy, "--self-check", "--repeat", "4", "--json").json["trials"]
    found = trial["self_check"]
    assert (found["repeats"], found["size"], found["comparisons"]) == (4, 2, 6)
    assert found["rate"] == found["failed"] / 6
    assert "few" in found["caveat"]
    evaluations = [evaluate(run) for run in trial["runs"]]
    schema = load_task("incident_report").schema
    strict = Gates(alpha=1.0, min_drop=0.0)
    always = false_alarms(evaluations, strict, schema)
    assert always.by_gate["overall"] >= 3  # of two halves, one is not better than the other
    never = Gates(min_drop=1.0, max_drop=1.0, must_find=False, invariants=False)
    assert false_alarms(evaluations, never, schema).failed == 0
