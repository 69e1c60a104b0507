"""What a run in memory says: records, tables, pages and exports, as those of a folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import annotate
from annotate.formats.tables.columns import TABLES
from annotate.reporting import dataframes
from tests.conftest import INCIDENTS, REPORT

pd = pytest.importorskip("pandas")
pq = pytest.importorskip("pyarrow.parquet")

ROWS: list[dict[str, Any]] = [
    {"id": "a", "text": REPORT, "year": 2024, "tags": ["x", "y"]},
    {"id": "b", "text": "Search was slow.\r\nIt was caused by load.\x00", "year": None, "tags": []},
    {"id": "c", "text": "Nothing to see.", "year": 2026, "tags": None},
]


@pytest.fixture(autouse=True)
def _project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(INCIDENTS)


@pytest.fixture
def found(_project: None) -> annotate.MemoryRun:
    return annotate.annotate(ROWS)


def test_it_is_a_sequence_of_annotations(found: annotate.MemoryRun) -> None:
    assert len(found) == len(list(found.annotations())) > 5
    assert list(found) == list(found.annotations())
    assert found[0] in found
    assert found[-1].document == "b"
    assert list(found.annotations(document="b")) == [each for each in found if each.document == "b"]
    for each in found:
        text = next(row["text"] for row in ROWS if row["id"] == each.document)
        assert text[each.start : each.end] == each.quote


def test_records_and_tables_are_those_of_the_exports_of_a_run(
    found: annotate.MemoryRun, tmp_path: Path
) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    run = annotate.run(path, out=tmp_path / "run")
    annotate.export(run, "jsonl", tmp_path / "out.jsonl")
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    for record, line in zip(found.records(), lines, strict=True):
        exported = json.loads(line)
        exported["source"] = {
            name: each for name, each in exported["source"].items() if name in ("language", "pages")
        }
        expected = {**record, "document": f"rows.jsonl#{record['document']}"}
        assert {"source": {}, **expected} == exported
    annotate.export(run, "tables", tmp_path / "tables")
    there, here = pq.read_table(tmp_path / "tables" / "annotations.parquet"), found.to_arrow()
    own = {"run", "repeat", "date"}
    assert here.schema.names == [
        each.name for each in TABLES["annotations"] if each.name not in own
    ]
    assert here.schema.metadata == there.schema.metadata
    for name in here.schema.names:
        assert here.schema.field(name) == there.schema.field(name)
        if name not in ("document", "source", "source_sha256"):
            assert here[name].to_pylist() == there[name].to_pylist()


def test_a_data_frame_has_the_same_columns_and_those_that_came(found: annotate.MemoryRun) -> None:
    frame, table = found.to_pandas(), found.to_arrow()
    assert list(frame.columns) == [*table.schema.names, "metadata.year", "metadata.tags"]
    assert frame.attributes[0] == dict(table["attributes"][0].as_py())
    assert frame.start.tolist() == [each.start for each in found]
    assert frame[frame.document == "a"]["metadata.year"].unique().tolist() == [2024]
    assert (frame.dtypes["start"], frame.dtypes["ambiguous"]) == ("int64", "bool")


def test_nothing_found_has_the_same_columns() -> None:
    found = annotate.annotate([])
    assert (len(found), found.records(), found.complete) == (0, [], True)
    assert found.to_arrow().schema == annotate.annotate(ROWS).to_arrow().schema
    assert found.to_pandas().dtypes["start"] == "int64"


def test_whatever_takes_a_run_takes_it(found: annotate.MemoryRun, tmp_path: Path) -> None:
    shown = annotate.view(found)
    assert sum(len(each.marks) for each in shown.content.documents) == len(found)
    assert annotate.export(found, "csv", tmp_path / "out.csv") == len(found)
    assert annotate.export(found, "parquet", tmp_path / "out.parquet") == len(found)
    assert len(dataframes.annotations(found)) == len(found)
    assert len(dataframes.chunks(found)) == found.manifest["counts"]["chunks"] == 3


def test_lone_surrogates_hold_offsets_and_reach_a_table() -> None:
    text = "\ud83d Search was slow."
    (found,) = annotate.annotate(text)
    assert text[found.start : found.end] == found.quote
    annotate.annotate([{"text": text, "x": "\ud83d"}]).to_arrow().validate(full=True)


PARTS = [
    "Search was slow.",
    "It was down for 4 hours.",
    "\r\n",
    "\x00",
    "😀",
    "\ud83d",
    "- ",
    " ",
]


@given(st.lists(st.sampled_from(PARTS), max_size=12).map("".join))
def test_offsets_hold_in_the_string_that_was_given(text: str) -> None:
    given = [text, f"x{text}"]
    for each in annotate.annotate(given):
        assert given[int(each.document)][each.start : each.end] == each.quote
