"""A run against gold: what is scored, what counts as missed and why, what cannot be compared."""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import replace
from itertools import chain, groupby
from pathlib import Path

import pytest

import annotate
from annotate.annotation import Annotation
from annotate.errors import UsageError
from annotate.evaluation.evaluate import evaluate, evaluate_predictions, gold_folder
from annotate.evaluation.evaluation import Evaluation
from annotate.ledger import Entry, Status
from annotate.runs.reader import Run
from annotate.scoring.scores import Counts
from tests.conftest import ROOT
from tests.support.handmade import (
    CHECK,
    LOST,
    ROLLED_BACK,
    SLOW,
    TASK,
    TEXT,
    annotation,
    evaluated,
    everything,
    quarantined,
    write_gold,
    write_run,
)


def kinds(evaluation: Evaluation) -> dict[str, tuple[int, int]]:
    return {kind: pair for kind, pair in evaluation.outcomes.by_kind().items() if any(pair)}


# ---- The five policies ----


def test_a_run_is_evaluated_against_the_gold_of_its_task(policies: Run) -> None:
    found = evaluate(policies)
    assert found.gold.folder == ROOT / "eval" / "gold" / "privacy_policy"
    assert list(found.texts) == [document.id for document in found.gold.manifest.documents]
    assert found.complete
    assert (list(found.unscored), found.absent, found.reasons) == ([], (), {})
    assert found.scores.overall.support == 482
    assert (
        len(found.predicted_labels) == len(found.annotations) == len(list(policies.annotations()))
    )


def test_the_gold_as_a_run_is_right_in_everything(tmp_path: Path, policies: Run) -> None:
    own = evaluate(policies)
    found = evaluate_predictions(
        replace(
            own.predictions,
            annotations=tuple(
                Annotation(
                    each.document, each.start, each.end, each.category, each.attributes, "", ()
                )
                for each in own.golds
            ),
        ),
        own.gold,
        annotate.load_task("privacy_policy").schema,
        own.documents,
    )
    overall = found.scores.overall
    assert {c.f1 for c in (overall["annotation"], overall["value"], overall["document"])} == {1}
    assert kinds(found) == {"matched": (482, 482), "optional": (8, 8)}
    assert set(found.confusion()) == {(name, name) for name in found.scores.by_category}
    flags = [(each.split, each.merge) for each in (*found.outcomes.gold, *found.outcomes.predicted)]
    assert set(flags) == {(False, False)}


def test_the_order_of_the_rows_of_a_document_changes_no_figure(
    tmp_path: Path, policies: Run
) -> None:
    shuffled = tmp_path / "shuffled"
    shutil.copytree(policies.path, shuffled)
    for part in ("annotations", "ledger"):
        file = shuffled / f"{part}.jsonl"
        rows = file.read_bytes().splitlines(keepends=True)
        drawn = random.Random(1)  # noqa: S311 (not for secrets)
        groups = groupby(rows, lambda row: json.loads(row)["document"])
        mixed = [drawn.sample(own, len(own)) for own in (list(group) for _, group in groups)]
        file.write_bytes(b"".join(chain.from_iterable(mixed)))
    one, other = evaluate(policies).to_json(), evaluate(shuffled).to_json()
    assert {**other, "run": ""} == {**one, "run": ""}


def test_an_evaluation_is_json_that_lists_what_is_not_simply_right(policies: Run) -> None:
    content = json.loads(json.dumps(evaluate(policies).to_json()))
    assert (content["format"], content["complete"]) == (1, True)
    found = content["outcomes"]["kinds"]
    wrong = sum(found[kind]["gold"] for kind in ("boundary", "category", "missed", "optional"))
    listed = [item for item in content["gold_items"] if item["outcome"] != "matched"]
    assert len(listed) == wrong + found["category+boundary"]["gold"]
    item = next(item for item in content["predicted_items"] if item["outcome"] == "category")
    assert item["gold"] in {item["id"] for item in content["gold_items"]}
    units = {(row["gold"], row["predicted"]): row["units"] for row in content["confusion"]}
    assert units["retention", "retention"] >= 18
    assert [row["f1"] for row in content["gains"]] == sorted(
        (row["f1"] for row in content["gains"]), reverse=True
    )


# ---- What was not answered ----


@pytest.mark.parametrize("status", ["failed", "refused", "truncated", "unsent"])
def test_gold_in_a_chunk_without_an_answer_is_missed_for_that_reason(
    tmp_path: Path, gold: Path, status: Status
) -> None:
    half = TEXT.index("We rolled")
    entries = [
        Entry("a.txt", 0, 0, half, "ok", 1),
        Entry("a.txt", 1, half, len(TEXT), status),
    ]
    run = write_run(tmp_path / "run", [annotation(SLOW)], entries)
    found = evaluated(run, gold)
    # The cause was missed in a chunk that was answered; the other three were never looked for.
    assert kinds(found) == {"matched": (1, 1), "missed": (4, 0)}
    assert found.reasons == dict.fromkeys((2, 3, 4), status)
    assert found.scores.overall["annotation"] == Counts(1, 0, 4)
    assert not found.complete
    assert found.reliability.unanswered == 1
    assert found.to_json()["unanswered"] == {status: 3}


def test_gold_that_reaches_into_a_failed_chunk_is_missed_for_that_reason(
    tmp_path: Path, gold: Path
) -> None:
    border = TEXT.index("caused it")
    entries = [
        Entry("a.txt", 0, 0, border, "failed"),
        Entry("a.txt", 1, border, len(TEXT), "ok", 3),
    ]
    found = [annotation(place) for place in (ROLLED_BACK, LOST, CHECK)]
    assert evaluated(write_run(tmp_path / "run", found, entries), gold).reasons == {
        0: "failed",
        1: "failed",
    }


def test_what_a_cut_chunk_said_before_the_cut_counts(tmp_path: Path, gold: Path) -> None:
    entries = [Entry("a.txt", 0, 0, len(TEXT), "truncated", 1)]
    found = evaluated(write_run(tmp_path / "run", [annotation(SLOW)], entries), gold)
    assert kinds(found)["matched"] == (1, 1)
    assert 0 not in found.reasons
    assert len(found.reasons) == 4


def test_optional_gold_in_a_failed_chunk_is_no_miss(tmp_path: Path) -> None:
    gold = write_gold(tmp_path / "gold", everything(), optional=[0, 1])
    entries = [Entry("a.txt", 0, 0, len(TEXT), "failed")]
    assert evaluated(write_run(tmp_path / "run", [], entries), gold).reasons == dict.fromkeys(
        (2, 3, 4), "failed"
    )


# ---- What was refused ----


def test_refused_answers_are_predictions_without_a_place(tmp_path: Path, gold: Path) -> None:
    rejected = [
        quarantined(
            "ungrounded", {"category": "impact", "quote": "Never said.", "effects": ["slow"]}
        ),
        quarantined("invalid", {"category": "weather", "quote": "Search was slow."}),
        quarantined("invalid", "no object at all"),
    ]
    found = evaluated(write_run(tmp_path / "run", everything(), (), rejected), gold)
    assert kinds(found) == {"matched": (5, 5), "invalid": (0, 2), "ungrounded": (0, 1)}
    assert found.scores.overall["annotation"] == Counts(5, 3, 0)
    assert (found.scores.overall["value"].fp, found.scores.overall["document"].fp) == (3, 2)
    assert {name: part["annotation"].fp for name, part in found.scores.by_category.items()} == {
        "": 1,
        "action": 0,
        "cause": 0,
        "impact": 1,
        "weather": 1,
    }
    assert len(found.predicted_labels) == len(found.annotations) + 3
    assert set(found.confusion()) == {(name, name) for name in ("impact", "cause", "action")}


def test_an_annotation_of_an_unknown_category_is_invalid(tmp_path: Path, gold: Path) -> None:
    odd = annotation(("weather", "Search was slow.", {}))
    found = evaluated(write_run(tmp_path / "run", [odd]), gold)
    assert kinds(found) == {"missed": (5, 0), "invalid": (0, 1)}


@pytest.mark.parametrize(("start", "end"), [(10_000, 10_016), (20, 4), (-9, 7)])
def test_an_annotation_at_no_place_of_its_text_is_invalid(
    tmp_path: Path, gold: Path, start: int, end: int
) -> None:
    odd = replace(annotation(SLOW), start=start, end=end)
    found = evaluated(write_run(tmp_path / "run", [odd]), gold)
    assert kinds(found) == {"missed": (5, 0), "invalid": (0, 1)}
    assert found.reliability.misquoted == 1


def test_an_annotation_that_ends_before_it_starts_stands_on_no_unit(
    tmp_path: Path, gold: Path
) -> None:
    odd = replace(annotation(SLOW), category="cause", start=30, end=4)
    found = evaluated(write_run(tmp_path / "run", [odd]), gold).confusion()
    assert {given for _, given in found} == {None}


def test_headings_are_no_units_that_could_be_confused(tmp_path: Path) -> None:
    documents = {"a.txt": f"# Impact\n\n{TEXT}"}
    whole = ("impact", f"# Impact\n\n{SLOW[1]}", SLOW[2])
    over = [annotation(whole, text=documents["a.txt"])]
    gold = write_gold(tmp_path / "gold", over, documents=documents)
    run = write_run(tmp_path / "run", over, documents=documents)
    assert evaluated(run, gold).confusion() == {("impact", "impact"): 1}


# ---- Documents ----


def test_documents_of_one_side_alone_are_named_and_not_scored(tmp_path: Path) -> None:
    both = {"a.txt": TEXT, "b.txt": TEXT}
    gold = write_gold(tmp_path / "gold", [*everything(), *everything("b.txt")], documents=both)
    read = {"other.txt": TEXT, "b.txt": TEXT}
    rejected = [quarantined("invalid", None, "other.txt")]
    annotations = [annotation(SLOW, "b.txt"), annotation(SLOW, "other.txt")]
    found = evaluated(write_run(tmp_path / "run", annotations, (), rejected, documents=read), gold)
    assert list(found.texts) == ["b.txt"]
    assert (list(found.unscored), found.absent) == (["other.txt"], ("a.txt",))
    assert found.scores.overall["annotation"] == Counts(1, 0, 4)
    assert found.to_json()["documents"] == {
        "scored": ["b.txt"],
        "unscored": ["other.txt"],
        "absent": ["a.txt"],
    }


def test_documents_are_scored_in_the_order_of_the_gold(tmp_path: Path) -> None:
    gold = write_gold(tmp_path / "gold", [], documents={"b.txt": TEXT, "a.txt": TEXT})
    run = write_run(tmp_path / "run", documents={"a.txt": TEXT, "b.txt": TEXT})
    assert list(evaluated(run, gold).scores.by_document) == ["b.txt", "a.txt"]


# ---- What cannot be compared ----


def test_a_task_without_gold_says_so() -> None:
    with pytest.raises(
        UsageError, match="task incident_report has no gold; name a folder with --gold"
    ):
        gold_folder(TASK)
