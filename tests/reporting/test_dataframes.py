"""Data frames hold what the files and `--json` hold, a row for each."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from annotate.comparison.compare import compare
from annotate.evaluation.evaluate import evaluate
from annotate.evaluation.evaluation import Evaluation
from annotate.reporting import dataframes as frames
from annotate.runs.reader import Run
from annotate.runs.writer import RunWriter
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def evaluation(policies: Run) -> Evaluation:
    return evaluate(policies)


def test_a_row_of_annotations_is_an_annotation_with_its_attributes(policies: Run) -> None:
    frame = frames.annotations(policies)
    found = list(policies.annotations())
    assert len(frame) == len(found) > 500
    for row, annotation in zip(frame.to_dict("records"), found, strict=True):
        assert (row["document"], row["start"], row["end"]) == (
            annotation.document,
            annotation.start,
            annotation.end,
        )
        assert row["quote"] == annotation.quote
        stated = {name: value for name, value in annotation.attributes.items() if value is not None}
        assert {name: row[name] for name in stated} == stated


def test_sets_explode_to_a_row_a_value(policies: Run) -> None:
    frame = frames.annotations(policies).query("category == 'collection'")
    values: list[Any] = [
        a.attributes["data_types"] for a in policies.annotations() if a.category == "collection"
    ]
    stated = sum(len(each) for each in values)
    assert frame.explode("data_types").data_types.notna().sum() == stated > 100


def test_a_row_of_chunks_is_a_line_of_the_ledger(policies: Run) -> None:
    rows = frames.chunks(policies).to_dict("records")
    assert [(row["document"], row["chunk"], row["status"]) for row in rows] == [
        (entry.document, entry.chunk, entry.status) for entry in policies.ledger()
    ]


def test_a_run_without_annotations_gives_empty_frames_with_columns(tmp_path: Path) -> None:
    with RunWriter(tmp_path / "run", {"model": "m"}, "1"):
        pass
    empty = Run(tmp_path / "run")
    assert list(frames.annotations(empty).columns[:4]) == ["document", "start", "end", "category"]
    assert len(frames.annotations(empty)) == len(frames.chunks(empty)) == 0


def test_scores_are_those_of_the_evaluation(evaluation: Evaluation) -> None:
    frame = frames.scores(evaluation)
    overall = evaluation.scores.overall
    assert frame.loc[("overall", "all"), "annotation_f1"] == overall["annotation"].f1
    assert frame.loc[("overall", "all"), "value_f1"] == overall["value"].f1
    assert frame.loc["category"].support.sum() == overall.support
    assert frame.loc["document"].support.sum() == overall.support
    ladder = frames.ladder(evaluation)
    assert list(ladder.index) == ["any", ">.5", ">=.75", "exact"]
    assert ladder.loc[">.5", "f1"] == overall["annotation"].f1


def test_outcomes_sum_to_gold_and_to_the_predictions(evaluation: Evaluation) -> None:
    frame = frames.outcomes(evaluation)
    sides = frame.groupby("side").size()
    assert sides["gold"] == len(evaluation.golds)
    assert sides["predicted"] == len(evaluation.predicted_labels)
    matched = frame[frame.kind == "matched"]
    ids = matched.groupby("side").gold_id.agg(set)
    assert ids["gold"] == ids["predicted"] != set()


def test_a_comparison_names_every_change_and_what_moved(policies: Run, tmp_path: Path) -> None:
    def less(destination: Path) -> Run:
        """Copy the run without its security annotations."""
        kept = [a for a in policies.annotations() if a.category != "security"]
        identity = {
            name: policies.manifest[name] for name in ("task", "schema", "model", "lexicon")
        }
        with RunWriter(destination, identity, "1") as writer:
            for document in policies.documents():
                mine = [a for a in kept if a.document == document.id]
                entries = [e for e in policies.ledger() if e.document == document.id]
                writer.add(document, mine, entries, [])
        return Run(destination)

    comparison = compare(policies.path, less(tmp_path / "less").path, rounds=500)
    deltas = frames.deltas(comparison)
    assert deltas.loc[("category", "security"), "after"] == 0
    assert deltas.loc[("category", "security"), "p_adjusted"] < 0.05
    assert deltas.loc[("category", "retention"), "delta"] == 0
    assert deltas.loc[("headline", "value"), "low"] < deltas.loc[("headline", "value"), "delta"]
    moved = frames.changes(comparison)
    broken = moved[moved.change == "broken"]
    assert set(broken.category) == {"security"}
    assert len(broken) == len(comparison.changes.broken) > 10
    assert len(frames.flips(comparison)) == len(comparison.changes.attribute_flips)


def test_without_pandas_the_error_says_what_to_install(policies: Run, tmp_path: Path) -> None:
    (tmp_path / "pandas.py").write_text("raise ImportError", encoding="utf-8")
    script = (
        "from annotate import Run\nfrom annotate.reporting import dataframes\n"
        f"dataframes.annotations(Run({str(policies.path)!r}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"PYTHONPATH": f"{tmp_path}:{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "pip install 'policy-annotate[notebook]'" in done.stderr
