"""`annotate eval`: what it announces, runs, compares, writes, and ends with."""

from __future__ import annotations

import json
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from annotate.cli.app import main
from annotate.cli.exit_codes import OF_STATUS
from annotate.comparison.gates import Gates
from annotate.evaluation.evaluate import evaluate
from annotate.project.tasks import load_task
from annotate.suites.false_alarms import false_alarms, halves
from annotate.suites.suite import find_suite
from annotate.suites.trials import Choice
from annotate.suites.verdicts import STATUSES, Judging, judge, plan, worst
from annotate.testing import Errors, Server
from tests.support.simulated import GUIDED, PERFECT, project, prompted, simulation, text_of

MODEL = "simulated-m"
NOISY = Errors(missed=0.2, unguided=0.9, spurious=0.1, attribute=0.2, ungrounded=0)
WITHOUT_CAUSE = GUIDED.replace("categories %}", "categories if c.tag != 'cause' %}")
SUITE = """\
task = "incidents"
prompts = ["v1"]
{more}
"""


@dataclass
class Ended:
    """How the command ended, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Place:
    """A project with a suite `mine`, and the command in it."""

    folder: Path
    typed: Callable[..., Ended]

    def suite(self, more: str = "") -> None:
        path = self.folder / "eval" / "suites" / "mine.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(SUITE.format(more=more), encoding="utf-8")

    def eval(self, server: Server, *words: object, model: str = MODEL) -> Ended:
        """Evaluate the suite with a model behind a server."""
        return self.typed("eval", "mine", "--model", model, "--base-url", server.base_url, *words)

    def bless(self, server: Server, *words: object) -> None:
        """Evaluate the suite and make its run the baseline."""
        (trial,) = self.eval(server, "--json", *words).json["trials"]
        assert self.typed("bless", *trial["runs"], "--reason", "the first").code == 0


@pytest.fixture
def place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Place:
    folder = project(tmp_path / "project", text_of(0), text_of(1))
    monkeypatch.chdir(folder)

    def typed(*words: object) -> Ended:
        monkeypatch.setattr(sys, "argv", ["annotate", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Ended(int(ended.value.code or 0), out, err)

    place = Place(folder, typed)
    place.suite()
    return place


@pytest.fixture
def server(place: Place) -> Iterator[Server]:
    with Server(simulation(place.folder)) as running:
        yield running


@pytest.fixture
def noisy(place: Place) -> Iterator[Server]:
    with Server(simulation(place.folder, NOISY)) as running:
        yield running


# ---- Before anything is spent ----


def test_it_says_what_is_cached_and_what_new_requests_cost_before_it_sends_them(
    place: Place, server: Server
) -> None:
    first = place.eval(server, "--price", "1,2", "--repeat", "2")
    assert f"v1 × {MODEL}: 0 requests cached, 4 new, 0.00" in first.err
    assert "USD with empty answers" in first.err
    assert len(server.chats) == 4
    again = place.eval(server, "--price", "1,2", "--repeat", "2")
    assert f"v1 × {MODEL}: 4 requests cached, 0 new, costs nothing" in again.err
    more = place.eval(server, "--price", "1,2", "--repeat", "3", "--json").json["trials"][0]
    assert (more["forecast"]["cached"], more["forecast"]["new"]) == (4, 2)
    assert len(server.chats) == 6


def test_without_a_model_nothing_is_asked(place: Place, server: Server) -> None:
    ended = place.typed("eval", "mine", "--base-url", server.base_url)
    assert ended.code == 2
    assert "names no model" in ended.err
    assert server.requests == ()


def test_a_suite_of_the_offline_baseline_asks_no_model_that_the_settings_name(
    place: Place, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.suite('models = ["lexicon"]')
    monkeypatch.setenv("ANNOTATE_MODEL", MODEL)
    ended = place.typed("eval", "mine", "--base-url", server.base_url)
    assert ended.code == 0, ended.err
    assert server.requests == ()


def test_offline_runs_wholly_from_the_cache_or_not_at_all(place: Place, server: Server) -> None:
    cold = place.eval(server, "--offline")
    assert cold.code == 4
    assert "2 requests are not in the cache" in cold.out
    assert server.requests == ()
    assert not (place.folder / "runs").exists()
    place.eval(server)
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
        assert place.eval(server, *cost, "100").code == 0
        taken = sum(each["cost"] for each in spending(place))
        stopped = place.eval(server, *both, *cost, str(taken + 0.2))
        assert len(server.chats) == 2
        finished = place.eval(server, *both, *cost, "100")
    assert stopped.code == 5
    assert [each["status"] for each in stopped.json["trials"]] == ["no baseline", "stopped"]
    assert "--max-cost" in stopped.json["trials"][1]["note"]
    assert (finished.code, len(server.chats)) == (0, 4)


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
    path = place.folder / "prompts" / "incidents" / "shown.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    prompted(place.folder, head='examples = "shown.jsonl"')
    ended = place.eval(server)
    assert "WARNING: shown.jsonl:1: repeats 12 words of d0.txt" in ended.out


# ---- What it compares ----


def test_without_a_baseline_no_gate_is_applied_and_that_is_said(
    place: Place, server: Server
) -> None:
    ended = place.eval(server)
    assert ended.code == 0
    assert "no baseline of this model, and no gate is applied; annotate bless" in ended.out


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
    from annotate.testing import Rule
    from annotate.testing import behaviours as b

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


def test_the_worst_trial_decides_what_the_command_ends_with(place: Place) -> None:
    place.suite('models = ["lexicon"]')
    judging = Judging()
    (one,) = judge(plan(find_suite("mine"), Choice(), judging), judging)
    codes = [
        OF_STATUS[worst([replace(one, status=first), replace(one, status=second)])]
        for first, second in zip(STATUSES[1:], STATUSES, strict=False)
    ]
    assert codes == [5, 1, 4, 6, 3, 0]


# ---- What it writes ----


def test_files_hold_every_trial(place: Place, server: Server, tmp_path: Path) -> None:
    place.bless(server)
    prompted(place.folder, WITHOUT_CAUSE)
    prompted(place.folder, version="v2")
    out = tmp_path / "out"
    asked = [
        "--prompt",
        "v1",
        "--prompt",
        "v2",
        "--markdown",
        out / "a.md",
        "--junit",
        out / "a.xml",
    ]
    assert place.eval(server, *asked).code == 1
    suites = ET.parse(out / "a.xml").getroot()  # noqa: S314 (written here)
    assert [each.get("name") for each in suites] == [
        f"v1 × {MODEL}: failed",
        f"v2 × {MODEL}: passed",
    ]
    assert int(suites.get("failures", "")) == len(suites.findall(".//failure")) > 0
    written = (out / "a.md").read_text(encoding="utf-8")
    assert "v1 × simulated" in written
    assert "v2 × simulated" in written


def test_each_comparison_has_a_page_of_its_own(
    place: Place, server: Server, tmp_path: Path
) -> None:
    place.bless(server)
    prompted(place.folder, f"Look closely. {GUIDED}", version="v2")
    assert place.eval(server, "--html", tmp_path / "one.html").code == 0
    assert (tmp_path / "one.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    place.eval(server, "--prompt", "v1", "--prompt", "v2", "--html", tmp_path / "two.html")
    names = [path.name[:8] for path in sorted(tmp_path.glob("two-*.html"))]
    assert names == ["two-v1-s", "two-v2-s"]


def test_a_summary_is_appended_where_github_wants_one(
    place: Place, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    place.eval(server)
    written = summary.read_text(encoding="utf-8")
    assert written.startswith("before\n#")
    assert "no baseline" in written


def test_a_trial_without_a_comparison_is_skipped_or_an_error_in_junit(
    place: Place, server: Server, tmp_path: Path
) -> None:
    path = tmp_path / "a.xml"
    for words, kind in ((["--offline"], "error"), ([], "skipped")):
        place.eval(server, "--junit", path, *words)
        root = ET.parse(path).getroot()  # noqa: S314 (written here)
        assert len(root.findall(f"testsuite/testcase/{kind}")) == 1
        assert root.get("errors") == str(int(kind == "error"))


def test_names_from_outside_steer_no_terminal_and_break_no_file(
    place: Place, server: Server, tmp_path: Path
) -> None:
    name = "simulated\x1b[31m|<script>\ufffe"
    files = ["--markdown", tmp_path / "a.md", "--junit", tmp_path / "a.xml"]
    ended = place.eval(server, *files, model=name)
    assert ended.code == 0
    assert "\x1b" not in ended.out + ended.err
    assert len(ET.parse(tmp_path / "a.xml").getroot()) == 1  # noqa: S314 (written here)
    assert "<script>" not in (tmp_path / "a.md").read_text(encoding="utf-8")


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
    schema = load_task("incidents").schema
    strict = Gates(alpha=1.0, min_drop=0.0)
    always = false_alarms(evaluations, strict, schema)
    assert always.by_gate["overall"] >= 3  # of two halves, one is not better than the other
    never = Gates(min_drop=1.0, max_drop=1.0, must_find=False, invariants=False)
    assert false_alarms(evaluations, never, schema).failed == 0


@pytest.mark.parametrize(
    ("repeats", "size", "ways"),
    [(1, 0, 0), (2, 1, 2), (3, 1, 6), (4, 2, 6), (5, 2, 30), (40, 20, 40)],
)
def test_halves_of_the_repeats_share_none(repeats: int, size: int, ways: int) -> None:
    found = halves(range(repeats))
    assert len(found) == len(set(found)) == ways
    for before, after in found:
        assert len({*before, *after}) == len(before) + len(after) == 2 * size


# ---- The suites that are shipped ----


def test_the_embedded_baseline_is_evaluated_without_a_word_more(
    tmp_path: Path, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    ended = place.typed("eval", "--json")
    (trial,) = ended.json["trials"]
    assert ended.code == 0
    assert (ended.json["suite"], trial["name"]) == ("baseline", "lexicon")
    assert trial["scores"][0]["annotation"] > 0.5
    assert "free" in ended.err


def test_a_named_model_means_the_suite_of_prompts(place: Place, server: Server) -> None:
    ended = place.typed("eval", "--model", MODEL, "--base-url", server.base_url, "--offline")
    assert ended.code == 4
    assert "72 requests are not in the cache" in ended.out


def test_perfect_answers_score_1(place: Place, server: Server) -> None:
    (trial,) = place.eval(server, "--json").json["trials"]
    assert PERFECT.missed == 0
    assert trial["scores"][0]["annotation"] == trial["scores"][0]["value"] == 1
