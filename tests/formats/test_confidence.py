"""How sure a run is of its annotations goes with them, to every format that has a place for it."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from pydantic import JsonValue

from annotate.annotation import Annotation, Evidence
from annotate.documents.document import Document
from annotate.formats.corrections import read_corrections
from annotate.formats.export import export
from annotate.formats.import_run import import_run
from annotate.reporting import dataframes
from annotate.runs.reader import Run
from annotate.viewer.run_page import of_run
from tests.support.corrected import POLICY_TASK, again, same
from tests.support.marked import POLICIES, Content, submitted

TEXT = "We keep it while it is needed. We keep it."
STATED: dict[str, JsonValue] = {
    "periods": ["as_needed"],
    "duration": None,
    "data_types": ["generic"],
}
SURE = {"periods": {"as_needed": 0.6667}, "data_types": {"generic": 0.3333}}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run of one annotation that says how sure it is, and one that does not."""
    sure = Annotation(
        "a.txt",
        0,
        30,
        "retention",
        STATED,
        TEXT[:30],
        (Evidence(TEXT[:30], 0, 30, "exact", 0),),
        0.6667,
        SURE,
    )
    silent = replace(sure, start=31, end=42, quote=TEXT[31:], confidence=None, value_confidence={})
    silent = replace(silent, evidence=(Evidence(TEXT[31:], 31, 42, "exact", 0),))
    content = Content(POLICIES, ((Document("a.txt", TEXT), (sure, silent)),))
    return content.write(tmp_path_factory.mktemp("sure") / "run")


def test_rows_of_json_have_it_where_it_is_said(run: Run, tmp_path: Path) -> None:
    export(run, "jsonl", tmp_path / "out.jsonl")
    first, second = map(json.loads, (tmp_path / "out.jsonl").read_text().splitlines())
    assert (first["confidence"], first["value_confidence"]) == (0.6667, SURE)
    assert {"confidence", "value_confidence"}.isdisjoint(second)


def test_a_table_for_spreadsheets_has_its_columns_where_it_is_said(
    run: Run, tmp_path: Path
) -> None:
    export(run, "csv", tmp_path / "out.csv")
    first, second = csv.DictReader((tmp_path / "out.csv").read_text().splitlines())
    assert (first["confidence"], json.loads(first["value_confidence"])) == ("0.6667", SURE)
    assert (second["confidence"], second["value_confidence"]) == ("", "")


@pytest.mark.parametrize("flat", [True, False])
def test_parquet_has_it_in_columns_of_its_own(run: Run, tmp_path: Path, *, flat: bool) -> None:
    export(run, "parquet-flat" if flat else "parquet", tmp_path / "out", schema=POLICIES)
    first, second = pq.read_table(tmp_path / "out").to_pylist()
    by_value = first["value_confidence"]
    found = json.loads(by_value) if flat else {name: dict(each) for name, each in by_value}
    assert (first["confidence"], found) == (0.6667, SURE)
    assert (second["confidence"], second["value_confidence"]) == (None, None)


def test_tables_of_many_runs_have_it_behind_their_columns(run: Run, tmp_path: Path) -> None:
    export(run, "tables", tmp_path / "tables")
    first, second = pq.read_table(tmp_path / "tables" / "annotations.parquet").to_pylist()
    assert first["confidence"] == 0.6667
    assert {name: dict(each) for name, each in first["value_confidence"]} == SURE
    assert (second["confidence"], second["value_confidence"]) == (None, [])


def test_a_web_annotation_describes_it(run: Run, tmp_path: Path) -> None:
    export(run, "web-annotation", tmp_path / "out.json")
    first, second = json.loads((tmp_path / "out.json").read_text())["first"]["items"]
    said = json.loads(first["body"][-1]["value"])
    assert (said["confidence"], said["value_confidence"]) == (0.6667, SURE)
    assert "confidence" not in json.loads(second["body"][-1]["value"])


@pytest.mark.parametrize("tool", ["brat", "label-studio"])
def test_it_comes_back_from_a_tool_where_nobody_decided_otherwise(
    run: Run, tmp_path: Path, tool: str
) -> None:
    assert same(again(run, tool, POLICY_TASK, below=tmp_path), run, "annotations")


def corrected(run: Run, folder: Path, change: Any) -> Annotation:
    """Return the first annotation of a run after a person did something to it in Label Studio."""
    export(run, "label-studio", folder / "tasks", schema=POLICIES)
    tasks = json.loads((folder / "tasks" / "tasks.json").read_text())
    (folder / "back.json").write_text(json.dumps(submitted(tasks, change)))
    read = read_corrections(folder / "back.json", "label-studio", POLICIES)
    back, _ = import_run(read, POLICY_TASK, folder / "back")
    return next(iter(back.annotations()))


def test_what_a_person_changed_is_no_longer_what_its_maker_was_sure_of(
    run: Run, tmp_path: Path
) -> None:
    def choose(results: list[Any]) -> None:
        (chosen,) = (r for r in results if r["id"] == "a0" and "periods" in r["from_name"])
        chosen["value"]["choices"] = ["indefinite"]

    found = corrected(run, tmp_path, choose)
    assert found.attributes["periods"] == ["indefinite"]
    assert (found.confidence, found.value_confidence) == (None, {})


def test_label_studio_can_give_out_the_least_sure_first(run: Run, tmp_path: Path) -> None:
    export(run, "label-studio", tmp_path / "out", schema=POLICIES)
    (task,) = json.loads((tmp_path / "out" / "tasks.json").read_text())
    (prediction,) = task["predictions"]
    assert prediction["score"] == 0.6667
    scored = [each["id"] for each in prediction["result"] if "score" in each]
    assert scored == ["a0"]


def test_a_frame_has_its_columns_where_it_is_said(run: Run) -> None:
    frame = dataframes.annotations(run)
    assert [*frame.columns[-2:]] == ["confidence", "value_confidence"]
    assert frame["confidence"].isna().tolist() == [False, True]
    assert frame["value_confidence"][0] == SURE


def test_the_page_says_it_with_the_annotation(run: Run) -> None:
    (drawn,) = of_run(run, POLICIES).documents
    marks: Any = drawn.row["marks"]
    first, second = marks
    assert first["facts"] == [
        ["confidence", "0.67"],
        ["confidence, periods", "as_needed 0.67"],
        ["confidence, data_types", "generic 0.33"],
    ]
    assert "facts" not in second
