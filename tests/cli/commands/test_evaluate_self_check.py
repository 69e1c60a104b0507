"""`annotate eval --self-check`: how often the gates fail where nothing changed."""

from __future__ import annotations

from annotate.comparison.gates import Gates
from annotate.evaluation.evaluate import evaluate
from annotate.project.tasks import load_task
from annotate.suites.false_alarms import false_alarms
from annotate.testing import Server
from tests.support.evaluated import Place


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
