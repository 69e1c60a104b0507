"""Comparisons of runs: what must never fail, what always must, and what cannot be compared."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotate.annotation import Annotation
from annotate.comparison.compare import Comparison, compare
from annotate.comparison.gates import Gates
from annotate.comparison.significance import adjusted
from annotate.errors import NotComparable, UsageError
from annotate.evaluation.evaluate import evaluate, evaluate_predictions
from annotate.evaluation.evaluation import Evaluation
from annotate.ledger import Entry
from annotate.runs.reader import Run
from tests.support.noisy import (
    Rates,
    Said,
    bench,
    changed,
    identity,
    moved,
    predictions,
    quarantined,
    say,
    shuffled,
    write,
)

ROUNDS = 500
SUPPORTED = ["choice", "collection", "right", "security", "sharing", "tracking", "use"]
CATEGORIES = sorted(bench().task.schema.categories)


def compared(before: Run, after: Run, **more: Any) -> Comparison:
    return compare([evaluate(before)], [evaluate(after)], **{"rounds": ROUNDS, **more})


def failed(found: Comparison) -> set[tuple[str, str]]:
    return {(check.gate, check.what) for check in found.failures}


def figures(found: Comparison) -> dict[str, Any]:
    """Return the JSON of a comparison without the names of its runs."""
    row: dict[str, Any] = json.loads(json.dumps(found.to_json()))
    for side in ("before", "after"):
        for each in row[side]:
            del each["name"]
    return row


def said_by(run: Run) -> dict[str, list[Annotation]]:
    said: dict[str, list[Annotation]] = {document.id: [] for document in run.documents()}
    for each in run.annotations():
        said[each.document].append(each)
    return said


@pytest.fixture(scope="module", params=["lexicon", "noisy"])
def said(request: pytest.FixtureRequest, policies: Run) -> Said:
    """What the baseline says, and what a simulated annotator does."""
    return said_by(policies) if request.param == "lexicon" else say(5)


@pytest.fixture(scope="module")
def before(said: Said, tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    """The same, as it was before a change."""
    return evaluate(write(tmp_path_factory.mktemp("before") / "run", said))


def after(before: Evaluation, said: Said, folder: Path) -> Comparison:
    """Write what is said now as a run, and compare."""
    return compare([before], [evaluate(write(folder / "after", said))], rounds=ROUNDS)


# ---- What never fails ----


def test_a_run_against_itself_never_fails(said: Said, tmp_path: Path) -> None:
    run = write(tmp_path / "run", said)
    found = compared(run, run)
    assert (found.passed, found.verdict, found.failures) == (True, "no change detected", ())
    assert found.detectable is None
    for delta in found.headlines.values():
        assert delta.change == 0
        assert (delta.p_drop, delta.p_rise) in ((1, 1), (None, None))
    lists = figures(found)["changes"]
    assert [name for name, items in lists.items() if items] == ["guarded"]


def test_the_baseline_against_itself_never_fails(policies: Run) -> None:
    found = compared(policies, Run(policies.path), rounds=10_000)
    assert (found.passed, found.verdict) == (True, "no change detected")
    assert found.headlines["value"].interval == (0, 0)


def test_another_order_of_outputs_changes_nothing(said: Said, tmp_path: Path) -> None:
    before, after = write(tmp_path / "before", say(7)), write(tmp_path / "after", said)
    expected = figures(compared(before, after))
    for seed in (1, 2):
        other = write(tmp_path / f"after{seed}", shuffled(said, seed))
        first = write(tmp_path / f"before{seed}", shuffled(say(7), seed + 10))
        assert figures(compared(before, other)) == expected
        assert figures(compared(first, other)) == expected
        assert compared(after, other).passed


def test_the_order_of_repeats_changes_nothing() -> None:
    drawn = [evaluated(say(seed), repeat=seed) for seed in range(4)]
    found = [
        figures(compare(*sides, rounds=200))
        for sides in ((drawn[:2], drawn[2:]), (drawn[1::-1], drawn[:1:-1]))
    ]
    for row in found:
        del row["before"], row["after"]
    assert found[0] == found[1]


# ---- What always fails ----


@pytest.mark.parametrize("by", [1, -1])
def test_offsets_that_are_off_by_one_fail(
    said: Said, before: Evaluation, by: int, tmp_path: Path
) -> None:
    found = after(before, changed(said, lambda each: [moved(each, by)]), tmp_path)
    assert ("invariant", "text[start:end] == quote") in failed(found)
    assert found.verdict == "regression"


def test_every_output_twice_fails(said: Said, before: Evaluation, tmp_path: Path) -> None:
    found = after(before, changed(said, lambda each: [each, each]), tmp_path)
    assert ("overall", "value F1") in failed(found)
    assert {item.kind for item in found.changes.new_false_positives} >= {"duplicate"}


def test_one_annotation_many_times_over_fails_though_it_stands_in_one_segment(
    said: Said, before: Evaluation, tmp_path: Path
) -> None:
    first = next(iter(next(iter(said.values()))))
    flood = changed(said, lambda each: [each] * (2000 if each is first else 1))
    found = after(before, flood, tmp_path)
    assert {("invariant", "no duplicates"), ("overall", "value F1")} <= failed(found)
    p = found.headlines["value"].p_drop
    assert p is not None
    assert p > 0.05  # chance alone cannot tell it: there is one segment to exchange


def test_text_that_no_chunk_of_the_ledger_holds_fails(
    said: Said, before: Evaluation, tmp_path: Path
) -> None:
    run = write(tmp_path / "less", said, ledger=lambda e: replace(e, end=max(e.start, e.end - 1)))
    found = compare([before], [evaluate(run)], rounds=ROUNDS)
    assert ("invariant", "every chunk answered") in failed(found)


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_category_that_is_lost_fails_and_is_named(
    said: Said, before: Evaluation, category: str, tmp_path: Path
) -> None:
    left = changed(said, lambda each: [] if each.category == category else [each])
    found = after(before, left, tmp_path)
    guarded = {item.gold for item in found.changes.guarded if item.category == category}
    assert (("category", category) in failed(found)) == (category in SUPPORTED)
    assert {("must_find", gold) for gold in guarded} <= failed(found)
    assert guarded or category in SUPPORTED
    assert {each.what for each in found.failures if each.gate == "category"} <= {category}


@pytest.mark.parametrize("category", SUPPORTED)
def test_two_categories_that_change_places_fail(
    said: Said, before: Evaluation, category: str, tmp_path: Path
) -> None:
    other = SUPPORTED[SUPPORTED.index(category) - 1]
    attributes = {each.category: each.attributes for each in bench().gold.annotations}
    swap = {category: other, other: category}

    def swapped(each: Annotation) -> list[Annotation]:
        to = swap.get(each.category)
        return [replace(each, category=to, attributes=attributes[to]) if to else each]

    found = after(before, changed(said, swapped), tmp_path)
    assert {("category", category), ("category", other)} <= failed(found)
    # All of it fits the schema; made alike, some say the same twice.
    assert {what for gate, what in failed(found) if gate == "invariant"} <= {"no duplicates"}


# ---- Figures ----


def evaluated(said: Said, repeat: int = 0, **more: Any) -> Evaluation:
    run = replace(predictions(said, f"run-{repeat}", repeat), **more)
    return evaluate_predictions(run, bench().gold, bench().task.schema, bench().texts)


def test_the_headlines_are_the_scores_of_both_sides() -> None:
    before, after = evaluated(say(1)), evaluated(say(2))
    found = compare([before], [after], rounds=200)
    for name, delta in found.headlines.items():
        scores = (before.scores, after.scores)
        expected = {
            "annotation": [each.overall["annotation"].f1 for each in scores],
            "value": [each.overall["value"].f1 for each in scores],
            "document": [each.overall["document"].f1 for each in scores],
            "untyped": [each["untyped"].f1 for each in scores],
        }[name]
        assert [delta.before, delta.after] == pytest.approx(expected)
    for name, row in found.by_category.items():
        assert row.scores["value"].after == pytest.approx(
            after.scores.by_category[name]["value"].f1
        )
        assert row.scores["annotation"].before == pytest.approx(
            before.scores.by_category[name]["annotation"].f1
        )
    for name, deltas in found.by_document.items():
        assert deltas["document"].before == before.scores.by_document[name]["document"].f1


def test_repeats_are_pooled() -> None:
    drawn = [evaluated(say(seed), seed) for seed in range(5)]
    found = compare(drawn[:2], drawn[2:], rounds=200)
    counts = [each.scores.overall["value"] for each in drawn[2:]]
    right, given = sum(c.tp for c in counts), sum(2 * c.tp + c.fp + c.fn for c in counts)
    assert found.headlines["value"].after == pytest.approx(2 * right / given)
    low, high = found.headlines["value"].interval or (0, 0)
    assert low < (found.headlines["value"].change or 0) < high


def test_categories_are_adjusted_for_how_many_of_them_are_gated() -> None:
    found = compare([evaluated(say(1))], [evaluated(say(2))], rounds=500).by_category
    gated = {name: delta for name, delta in found.items() if not delta.excluded}
    assert sorted(gated) == SUPPORTED
    assert [d.adjusted for d in gated.values()] == adjusted(
        [d.gated.p_drop or 0 for d in gated.values()]
    )
    assert {d.adjusted for name, d in found.items() if name not in gated} == {None}


def test_more_repeats_detect_smaller_drops() -> None:
    drawn = [evaluated(say(seed), seed) for seed in range(10)]
    one = compare(drawn[:1], drawn[5:6], rounds=500).detectable
    five = compare(drawn[:5], drawn[5:], rounds=500).detectable
    assert one is not None
    assert five is not None
    assert five < 0.6 * one


def test_other_documents_get_a_wide_interval_that_never_gates() -> None:
    found = compare([evaluated(say(1))], [evaluated(say(1, Rates(missed=0.5)))], rounds=200)
    wide, here = found.elsewhere["value"], found.headlines["value"]
    changes = [row["value"].change or 0 for row in found.by_document.values()]
    assert wide.mean == pytest.approx(sum(changes) / 5)
    assert wide.documents == 5
    assert wide.interval is not None
    assert wide.interval[0] < sum(changes) / 5 < wide.interval[1]
    assert here.p_drop is not None
    assert here.p_drop < 0.01
    one = {"infotech.txt": say(1)["infotech.txt"]}
    assert (
        compare([evaluated(one)], [evaluated(one)], rounds=100).elsewhere["value"].interval is None
    )


def test_an_improvement_is_one() -> None:
    worse, better = evaluated(say(1, Rates(missed=0.5))), evaluated(say(1, Rates(missed=0.1)))
    assert compare([worse], [better], Gates(must_find=False), rounds=500).verdict == "improvement"
    back = compare([better], [worse], Gates(must_find=False), rounds=500)
    assert back.verdict == "regression"
    assert ("overall", "value F1") in failed(back)


def test_the_seed_is_printed_and_gives_the_same_figures_again() -> None:
    sides = [evaluated(say(1))], [evaluated(say(2))]
    first, again, other = (compare(*sides, seed=seed, rounds=300).to_json() for seed in (4, 4, 5))
    assert first == again != other
    assert (first["seed"], first["rounds"], first["format"]) == (4, 300, 1)


def test_tokens_and_cost_are_compared_in_total_and_a_request() -> None:
    cheap = {"requests": 12, "prompt_tokens": 6000, "completion_tokens": 1200, "cost": 0.012}
    before = [evaluated(say(1), 0), evaluated(say(2), 1)]
    found: Any = compare(before, [evaluated(say(1), usage=cheap)], rounds=100).to_json()["usage"]
    assert found["before"]["total"]["cost"] == pytest.approx(0.048)
    assert found["delta"]["total"]["prompt_tokens"] == 6000 - 24000
    assert found["delta"]["per_request"]["prompt_tokens"] == pytest.approx(500 - 1000)
    unknown = {"requests": 12, "prompt_tokens": 0, "completion_tokens": 0, "cost": None}
    found = compare(before, [evaluated(say(1), usage=unknown)], rounds=100).to_json()["usage"]
    assert found["after"]["total"] == {
        "requests": 12.0,
        "prompt_tokens": None,
        "completion_tokens": None,
        "cost": None,
    }
    assert found["delta"]["per_request"]["cost"] is None


# ---- Invariants ----


def test_what_does_not_fit_the_schema_fails(tmp_path: Path) -> None:
    before = write(tmp_path / "before", say(1))
    spoilt = changed(
        say(1),
        lambda e: (
            [replace(e, attributes={"periods": ["forever"]})] if e.category == "retention" else [e]
        ),
    )
    found = compared(before, write(tmp_path / "after", spoilt))
    (check,) = [check for check in found.failures if check.gate == "invariant"]
    assert check.what == "schema"
    assert check.message.count("retention") == 5
    assert " more" in check.message
    unknown = changed(
        say(1), lambda e: [replace(e, category="no such")] if e.category == "role" else [e]
    )
    assert ("invariant", "schema") in failed(compared(before, write(tmp_path / "more", unknown)))


def test_a_lower_grounding_rate_fails_and_a_higher_one_does_not(tmp_path: Path) -> None:
    rows = [quarantined("infotech.txt", "ungrounded", "no such words")]
    clean, some = write(tmp_path / "clean", say(1)), write(tmp_path / "some", say(1), refused=rows)
    assert failed(compared(clean, some)) == {("invariant", "grounding rate")}
    assert compared(some, clean).passed
    assert compared(some, some).passed


@pytest.mark.parametrize("status", ["failed", "unsent", "refused", "truncated"])
def test_chunks_that_failed_or_were_not_sent_fail(status: str, tmp_path: Path) -> None:
    def ended(entry: Entry) -> Entry:
        first = (entry.document, entry.chunk) == ("infotech.txt", 0)
        return replace(entry, status=status) if first else entry  # type: ignore[arg-type]

    before = write(tmp_path / "before", say(1))
    after = write(tmp_path / "after", say(1), ledger=ended)
    found = compared(before, after)
    assert found.passed == (status in ("refused", "truncated"))
    assert not found.complete
    assert f"{after.path} is incomplete: what it did not answer counts as missed" in found.notes


def test_gates_can_be_turned_off(tmp_path: Path) -> None:
    before = write(tmp_path / "before", say(1))
    left = changed(say(1), lambda e: [] if e.category == "retention" else [moved(e, 1)])
    after = write(tmp_path / "after", left)
    found = compared(before, after, gates=Gates(must_find=False, invariants=False, alpha=0.0))
    assert found.passed
    assert found.verdict == "no change detected"


def test_unstable_categories_stay_out_of_gates_and_caveats_are_noted(tmp_path: Path) -> None:
    (tmp_path / "agreement.json").write_text('{"unstable": ["use"]}', encoding="utf-8")
    (tmp_path / "yardsticks.json").write_text(
        '{"caveats": {"simulated": "No model.", "other": "Not here."}}', encoding="utf-8"
    )
    gold = replace(bench().gold, folder=tmp_path)
    left = changed(say(1), lambda e: [] if e.category == "use" else [e])
    sides = [replace(evaluated(said), gold=gold) for said in (say(1), left)]
    found = compare(sides[:1], sides[1:], rounds=300)
    statuses = {check.what: check.status for check in found.checks}
    lost = [item.gold for item in found.changes.guarded if item.category == "use"]
    assert lost
    assert {statuses[name] for name in ("use", *lost)} == {"excluded"}
    assert found.by_category["use"].excluded == "its labellers agree too little"
    assert found.notes == ("simulated: No model.",)


# ---- What cannot be compared ----


def test_other_documents_are_not_comparable() -> None:
    said = say(1)
    one = {name: said[name] for name in ("infotech.txt", "infroryx.txt")}
    with pytest.raises(NotComparable, match=r"run-0 and run-1 did not read the same documents"):
        compare([evaluated(said)], [evaluated(one, 1)])


def test_another_task_is_not_comparable() -> None:
    found = evaluated(say(1))
    made = {**found.predictions.identity, "task": "other"}
    other = replace(found, predictions=replace(found.predictions, identity=made))
    with pytest.raises(NotComparable, match="different tasks; compare runs of one"):
        compare([found], [other])


def test_other_definitions_of_the_schema_are_a_change_to_compare() -> None:
    other = evaluated(say(1), 1, identity=identity(schema="0" * 64))
    found = compare([evaluated(say(1))], [other], rounds=100)
    assert found.passed


def test_other_gold_is_not_comparable() -> None:
    found = evaluated(say(1))
    less = replace(found, golds=found.golds[1:])
    with pytest.raises(NotComparable, match="scored against different gold"):
        compare([found], [less])


def test_another_text_is_not_comparable() -> None:
    found = evaluated(say(1))
    hashes = {**found.predictions.documents, "infotech.txt": "0" * 64}
    other = replace(found, predictions=replace(found.predictions, documents=hashes))
    with pytest.raises(NotComparable, match=r"different texts of infotech\.txt"):
        compare([found], [other])


def test_repeats_are_those_of_one_configuration() -> None:
    other = evaluated(say(2), 1, identity=identity(prompt="v2", repeat=1))
    with pytest.raises(UsageError, match="run-1: its prompt is another than that of run-0"):
        compare([evaluated(say(1)), other], [evaluated(say(3))])
    with pytest.raises(UsageError, match="has no run"):
        compare([], [evaluated(say(3))])
    found = compare([evaluated(say(1))], [other], Gates(must_find=False), rounds=100)
    assert found.before[0].predictions.identity["prompt"] == "v1"
    assert found.after[0].predictions.identity["prompt"] == "v2"
