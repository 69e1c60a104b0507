"""What came with a document goes out with its annotations."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from pydantic import JsonValue

import annotate
from annotate.formats.export import export
from annotate.formats.metadata import SOURCE
from annotate.runs.reader import Run
from tests.conftest import INCIDENTS
from tests.support.sourced import run_of_sources

NESTED = {"x": [1, None, "é"]}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A run over two rows with other fields, and a text without any."""
    monkeypatch.chdir(INCIDENTS)
    rows = (
        {"id": "a", "text": "Search was slow.", "url": "=cmd()", "year": 2024, "more": NESTED},
        {"id": "b", "text": "Search was slow.", "category": "news", "live": True, "year": None},
    )
    lines = "\n".join(json.dumps(row) for row in rows)
    (tmp_path / "in.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / "c.txt").write_text("Search was slow.", encoding="utf-8")
    return annotate.run([tmp_path / "in.jsonl", tmp_path / "c.txt"], out=tmp_path / "run")


def test_json_lines_have_it_as_it_was(run: Run, tmp_path: Path) -> None:
    export(run, "jsonl", tmp_path / "out.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert rows[0]["metadata"] == {"url": "=cmd()", "year": 2024, "more": NESTED}
    assert rows[1]["metadata"] == {"category": "news", "live": True, "year": None}
    assert "metadata" not in rows[2]


def test_csv_has_a_column_for_each_field(run: Run, tmp_path: Path) -> None:
    export(run, "csv", tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    assert [row["category"] for row in rows] == ["impact"] * 3  # it is its own column
    assert [row["metadata.url"] for row in rows] == ["'=cmd()", "", ""]
    assert [row["metadata.year"] for row in rows] == ["2024", "", ""]
    assert json.loads(rows[0]["metadata.more"]) == NESTED
    assert [row["metadata.category"] for row in rows] == ["", "news", ""]
    assert [row["metadata.live"] for row in rows] == ["", "true", ""]


@pytest.mark.parametrize("to", ["parquet", "parquet-flat"])
def test_parquet_has_it_as_json(run: Run, tmp_path: Path, to: str) -> None:
    export(run, to, tmp_path / "out.parquet")
    found = pq.read_table(tmp_path / "out.parquet").column("metadata").to_pylist()
    assert json.loads(found[0]) == {"url": "=cmd()", "year": 2024, "more": NESTED}
    assert json.loads(found[1])["category"] == "news"
    assert found[2] is None


# ---- What is known of the source of the words ----

KNOWN: list[dict[str, JsonValue]] = [
    {"file": "a.pdf", "language": "en", "pages": [1, 2]},
    {"file": "a.pdf", "language": "en", "pages": [3]},
    {"file": "b.htm", "encoding": "cp1252", "language": "en", "furniture": "foot of the page"},
    {"file": "b.htm", "encoding": "cp1252", "language": "de"},
]


@pytest.fixture
def various(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A run over a PDF and a page."""
    monkeypatch.chdir(INCIDENTS)
    return run_of_sources(tmp_path)


def test_rows_of_json_lines_say_what_is_known(various: Run, tmp_path: Path) -> None:
    export(various, "jsonl", tmp_path / "out.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert [row["source"] for row in rows] == KNOWN


def test_csv_says_the_same_in_columns_of_its_own(various: Run, tmp_path: Path) -> None:
    export(various, "csv", tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    assert [row["source.pages"] for row in rows] == ["1|2", "3", "", ""]
    for name in ("file", "encoding", "language", "furniture"):
        assert [row[f"source.{name}"] for row in rows] == [each.get(name, "") for each in KNOWN]


@pytest.mark.parametrize("to", ["parquet", "parquet-flat"])
def test_parquet_says_the_same(various: Run, tmp_path: Path, to: str) -> None:
    export(various, to, tmp_path / "out.parquet")
    rows = pq.read_table(tmp_path / "out.parquet").to_pylist()
    flat = [{name: row.get(f"source.{name}") for name in SOURCE} for row in rows]
    found = flat if to == "parquet-flat" else [row["source"] for row in rows]
    assert [{name: value for name, value in row.items() if value} for row in found] == KNOWN
