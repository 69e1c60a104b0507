"""Which runs gold can judge, and which are not comparable."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from annotate.comparison.baselines import ANEW
from annotate.documents.document import Document
from annotate.errors import NotComparable, UsageError
from annotate.evaluation.evaluate import evaluate_predictions
from annotate.evaluation.predictions import Predictions
from annotate.gold.store import read_gold
from tests.support.handmade import (
    SCHEMA,
    TEXT,
    annotation,
    evaluated,
    everything,
    write_gold,
    write_run,
)


def test_a_run_without_any_document_of_the_gold_is_not_comparable(
    tmp_path: Path, gold: Path
) -> None:
    run = write_run(tmp_path / "run", documents={"other.txt": TEXT})
    with pytest.raises(NotComparable, match=r"none of its documents has gold .* about a\.txt"):
        evaluated(run, gold)


def test_another_text_is_not_comparable(tmp_path: Path, gold: Path) -> None:
    run = write_run(tmp_path / "run", documents={"a.txt": TEXT + " "})
    with pytest.raises(NotComparable, match=r"its a\.txt is another text than the one labelled"):
        evaluated(run, gold)


def test_a_text_that_is_not_the_labelled_one_is_not_at_hand(tmp_path: Path, gold: Path) -> None:
    predictions = Predictions.of(write_run(tmp_path / "run"))
    for documents in ({}, {"a.txt": Document("a.txt", "Another.")}):
        with pytest.raises(NotComparable, match=r"the text of a\.txt is not at hand"):
            evaluate_predictions(predictions, read_gold(gold), SCHEMA, documents)


def test_gold_of_another_version_of_the_schema_is_not_comparable(tmp_path: Path) -> None:
    gold = write_gold(tmp_path / "gold", everything(), version="2")
    with pytest.raises(
        NotComparable, match="is of schema incident_report 2, not of incident_report 1"
    ):
        evaluated(write_run(tmp_path / "run"), gold)


def test_a_run_of_another_task_is_not_comparable(tmp_path: Path, gold: Path) -> None:
    with pytest.raises(NotComparable, match="is a run of task outages, not of incident_report"):
        evaluated(write_run(tmp_path / "run", task="outages"), gold)


def test_a_run_with_other_definitions_is_compared_where_its_annotations_fit(
    tmp_path: Path, gold: Path
) -> None:
    found = evaluated(write_run(tmp_path / "run", everything(), schema="edited"), gold)
    assert not found.same_schema
    assert found.scores.overall["annotation"].f1 == 1
    assert evaluated(write_run(tmp_path / "other", everything()), gold).same_schema


def test_a_run_whose_annotations_do_not_fit_the_schema_of_now_is_not_comparable(
    tmp_path: Path, gold: Path
) -> None:
    odd = annotation(("impact", "Search was slow.", {"effects": ["boredom"]}))
    run = write_run(tmp_path / "run", [odd], schema="older")
    with pytest.raises(NotComparable, match=r"another schema .* a\.txt \[0:16\] does not fit"):
        evaluated(run, gold)
    with pytest.raises(NotComparable, match=r"; run it again$"):
        evaluated(run, gold)
    blessed = replace(Predictions.of(run), made_anew=ANEW)
    documents = {document.id: document for document in run.documents()}
    with pytest.raises(NotComparable, match=r"cannot be run again: annotate bless new runs"):
        evaluate_predictions(blessed, read_gold(gold), SCHEMA, documents)


@pytest.mark.parametrize("moved", [{"start": 1}, {"end": 10_000}, {"start": -5}, {"quote": "x"}])
def test_gold_whose_quotes_are_not_at_their_spans_is_refused_by_file_and_line(
    tmp_path: Path, moved: dict[str, int | str]
) -> None:
    gold = write_gold(tmp_path / "gold", everything())
    file = gold / "a.txt.jsonl"
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    rows[1].update(moved)
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with pytest.raises(UsageError, match="the quote is not what stands at its span") as caught:
        evaluated(write_run(tmp_path / "run"), gold)
    assert str(caught.value).startswith(f"{file}:2: ")
    assert "annotate gold check names all" in str(caught.value)
