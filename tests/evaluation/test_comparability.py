"""Which runs gold can judge, and which are not comparable."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotate.documents.document import Document
from annotate.errors import NotComparable
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
