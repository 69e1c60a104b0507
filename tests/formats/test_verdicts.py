"""What a verification said of an annotation goes with it, to every format with a place for it."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from annotate.annotation import Annotation, Verification
from annotate.formats.export import export
from annotate.reporting import dataframes
from annotate.runs.reader import Run
from annotate.viewer.run_page import of_run
from tests.support.corrected import again
from tests.support.handmade import ROLLED_BACK, SCHEMA, SLOW, TASK, annotation, write_run

SAID = Verification("partly", {"step": ("mitigated",)}, "No <step>.")
ROW = {"verdict": "partly", "values": {"step": ["mitigated"]}, "reason": "No <step>."}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run of one annotation that was judged, and one that was not."""
    judged = replace(annotation(ROLLED_BACK), verification=SAID)
    folder = tmp_path_factory.mktemp("judged") / "run"
    return write_run(folder, [annotation(SLOW), judged])


def test_rows_of_json_have_it_where_it_is_said(run: Run, tmp_path: Path) -> None:
    export(run, "jsonl", tmp_path / "out.jsonl")
    first, second = map(json.loads, (tmp_path / "out.jsonl").read_text().splitlines())
    assert "verification" not in first
    assert second["verification"] == ROW
    assert [each.verification for each in run.annotations()] == [None, SAID]


@pytest.mark.parametrize(
    "damage",
    [
        {"verdict": "maybe"},
        {"verdict": None},
        {"values": {"step": "mitigated"}},
        {"values": {"step": [1]}},
        {"values": []},
        {"reason": 7},
    ],
    ids=str,
)
def test_a_row_that_says_something_else_is_damaged(damage: dict[str, Any]) -> None:
    row = annotation(ROLLED_BACK).to_json()
    with pytest.raises((TypeError, ValueError)):
        Annotation.from_json({**row, "verification": {**ROW, **damage}})


def test_columns_have_its_parts(run: Run, tmp_path: Path) -> None:
    export(run, "csv", tmp_path / "out.csv")
    first, second = csv.DictReader((tmp_path / "out.csv").read_text().splitlines())
    names = [f"verification.{part}" for part in ("verdict", "values", "reason")]
    assert [first[name] for name in names] == ["", "", ""]
    assert [second[name] for name in names] == ["partly", '{"step": ["mitigated"]}', "No <step>."]
    frame = dataframes.annotations(run)
    assert [*frame.columns[-3:]] == names
    assert frame[names[0]].tolist()[1] == "partly"


@pytest.mark.parametrize("flat", [True, False])
def test_parquet_has_it_in_columns_of_its_own(run: Run, tmp_path: Path, *, flat: bool) -> None:
    export(run, "parquet-flat" if flat else "parquet", tmp_path / "out", schema=SCHEMA)
    first, second = pq.read_table(tmp_path / "out").to_pylist()
    if flat:
        assert (first["verification.verdict"], second["verification.verdict"]) == (None, "partly")
        assert json.loads(second["verification.values"]) == ROW["values"]
    else:
        assert first["verification"] is None
        found = second["verification"]
        assert {**found, "values": dict(found["values"])} == ROW


def test_tables_of_many_runs_have_it_behind_their_columns(run: Run, tmp_path: Path) -> None:
    export(run, "tables", tmp_path / "tables")
    first, second = pq.read_table(tmp_path / "tables" / "annotations.parquet").to_pylist()
    assert (first["verdict"], first["unsupported"], first["verdict_reason"]) == (None, [], None)
    assert (second["verdict"], second["verdict_reason"]) == ("partly", "No <step>.")
    assert dict(second["unsupported"]) == ROW["values"]


def test_a_web_annotation_describes_it(run: Run, tmp_path: Path) -> None:
    export(run, "web-annotation", tmp_path / "out.json")
    first, second = json.loads((tmp_path / "out.json").read_text())["first"]["items"]
    assert json.loads(second["body"][-1]["value"])["verification"] == ROW
    assert "verification" not in json.loads(first["body"][-1]["value"])


@pytest.mark.parametrize("tool", ["brat", "label-studio"])
def test_what_people_have_seen_in_a_tool_comes_back_without_it(
    run: Run, tmp_path: Path, tool: str
) -> None:
    back = again(run, tool, TASK, below=tmp_path)
    assert [each.verification for each in back.annotations()] == [None, None]


def test_the_page_says_it_with_the_annotation(run: Run) -> None:
    (drawn,) = of_run(run, SCHEMA).documents
    marks: Any = drawn.row["marks"]
    assert "facts" not in marks[0]
    assert marks[1]["facts"] == [
        ["verdict", "partly"],
        ["not supported, step", "mitigated"],
        ["reason", "No <step>."],
    ]
