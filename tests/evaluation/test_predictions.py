"""What a run says, as scoring sees it: read from the folder, whatever the answers looked like."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import JsonValue

from annotate.documents.document import Document
from annotate.errors import RunError, UsageError
from annotate.evaluation.predictions import Predictions, Refused, check_repeat
from annotate.evaluation.reliability import Reliability
from annotate.ledger import Entry
from annotate.runs.reader import Run
from annotate.scoring.outcomes import Outcomes
from tests.support.handmade import DEPLOY, SLOW, TEXT, annotation, quarantined, write_run


def test_predictions_are_what_the_folder_holds(tmp_path: Path) -> None:
    item: JsonValue = {"category": "impact", "quote": "Never said."}
    entry = Entry("a.txt", 0, 0, len(TEXT), "partial", 2, ungrounded=1, requests=1, cost=0.25)
    run = write_run(
        tmp_path / "run",
        [annotation(SLOW), annotation(DEPLOY)],
        [entry],
        [quarantined("ungrounded", item)],
    )
    found = Predictions.of(run)
    assert found.name == str(tmp_path / "run")
    assert found.complete
    assert found.documents == {"a.txt": Document("a.txt", TEXT).sha256}
    assert found.annotations == (annotation(SLOW), annotation(DEPLOY))
    assert found.refused == (Refused("a.txt", 0, "ungrounded", "impact", item),)
    assert found.entries == (entry,)
    assert (found.usage["requests"], found.usage["cost"]) == (1, 0.25)


def test_the_identity_says_how_a_run_was_made_and_not_what_came_of_it(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", prompt="v2", inputs=["a.txt"])
    identity = Predictions.of(run).identity
    assert (identity["prompt"], identity["model"], identity["repeat"]) == ("v2", "handmade", 0)
    results = {"status", "counts", "statuses", "refused", "usage", "inputs"}
    assert not identity.keys() & results
    assert run.manifest.keys() - identity.keys() == results


@pytest.mark.parametrize(
    ("item", "category"),
    [
        ({"category": "impact"}, "impact"),
        ({"category": 3}, ""),
        ({"category": None}, ""),
        ({}, ""),
        ("text", ""),
        (["impact"], ""),
        (None, ""),
    ],
)
def test_the_category_of_a_refused_answer_is_what_it_names(item: object, category: str) -> None:
    row = {"document": "a.txt", "chunk": 2, "kind": "invalid", "item": item}
    assert Refused.from_row(row) == Refused("a.txt", 2, "invalid", category, item)  # type: ignore[arg-type]


def test_an_incomplete_run_is_so(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", entries=[Entry("a.txt", 0, 0, len(TEXT), "failed")])
    assert not Predictions.of(run).complete


def test_a_damaged_row_is_named(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", [annotation(SLOW)])
    (run.path / "annotations.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(RunError, match=r"annotations\.jsonl:1: is damaged"):
        Predictions.of(run)


def test_repeats_differ_in_their_number_and_in_the_version_that_wrote_them(tmp_path: Path) -> None:
    first = Predictions.of(write_run(tmp_path / "one", prompt="v1"))
    other = Predictions.of(write_run(tmp_path / "two", prompt="v1", repeat=1))
    check_repeat(first, other)
    third = Predictions.of(write_run(tmp_path / "three", prompt="v2", repeat=2))
    with pytest.raises(UsageError, match=r"three: its prompt is another than that of .*one"):
        check_repeat(first, third)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("category", 7),
        ("attributes", [1]),
        ("start", "1"),
        ("start", True),
        ("end", 10**400),
        ("evidence", []),
        ("evidence", [{"start": 0, "end": 1, "grounding": "guessed", "chunk": 0}]),
        ("document", "another.txt"),
    ],
)
def test_a_row_of_another_kind_is_no_annotation(tmp_path: Path, field: str, value: object) -> None:
    run = write_run(tmp_path / "run", [annotation(SLOW)])
    file = run.path / "annotations.jsonl"
    row = {**json.loads(file.read_text(encoding="utf-8")), field: value}
    file.write_text(json.dumps(row) + "\n", encoding="utf-8")
    with pytest.raises(RunError):
        Predictions.of(run)


def test_a_document_that_stands_there_twice_is_refused(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", [annotation(SLOW)])
    file = run.path / "documents.jsonl"
    file.write_text(file.read_text(encoding="utf-8") * 2, encoding="utf-8")
    manifest = json.loads((run.path / "manifest.json").read_text(encoding="utf-8"))
    manifest["counts"]["documents"] *= 2
    (run.path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(RunError, match="twice"):
        Predictions.of(Run(run.path))


def test_what_is_said_of_documents_without_gold_is_counted_all_the_same(tmp_path: Path) -> None:
    both = {"a.txt": TEXT, "b.txt": TEXT}
    entries = [
        Entry("a.txt", 0, 0, len(TEXT), "partial", 3, invalid=1),
        Entry("b.txt", 0, 0, len(TEXT), "failed", 2, invalid=1, ungrounded=1),
    ]
    refused = [quarantined("ungrounded", None, "b.txt")]
    said = [annotation(SLOW), annotation(SLOW, "b.txt")]
    run = write_run(tmp_path / "run", said, entries, refused, documents=both)
    whole, asked = Predictions.of(run), Predictions.of(run, {"a.txt"})
    assert {each.document for each in asked.annotations} == {"a.txt"}
    assert {each.document for each in asked.entries} == {"a.txt"}
    assert (list(asked.documents), list(asked.rest.documents)) == (["a.txt"], ["b.txt"])
    assert (len(asked.rest.documents), "a.txt" in asked.rest.documents) == (1, False)
    assert asked.rest.annotations == 1
    found = [Reliability.of(each, Outcomes((), ()), {}) for each in (whole, asked)]
    assert found[0] == found[1]
    assert (found[0].grounded, found[0].ungrounded, found[0].repaired) == (5, 1, 2)
    assert found[0].chunks == {"failed": 1, "partial": 1}
