"""Comparisons of runs: what must never fail, what always must, and what cannot be compared."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotate.annotation import Annotation
from annotate.comparison.compare import compare_evaluations
from annotate.comparison.comparison import Comparison
from annotate.evaluation.evaluate import evaluate
from annotate.evaluation.evaluation import Evaluation
from annotate.runs.reader import Run
from tests.support.noisy import (
    SUPPORTED,
    Said,
    bench,
    changed,
    compared,
    evaluated,
    failed,
    moved,
    say,
    shuffled,
    write,
)

ROUNDS = 500

CATEGORIES = sorted(bench().task.schema.categories)


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
    return compare_evaluations([before], [evaluate(write(folder / "after", said))], rounds=ROUNDS)


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
        figures(compare_evaluations(*sides, rounds=200))
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
    found = compare_evaluations([before], [evaluate(run)], rounds=ROUNDS)
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
