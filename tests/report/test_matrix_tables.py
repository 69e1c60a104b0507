"""A matrix as CSV and Parquet: a row a document, the same columns for every run of a schema."""

from __future__ import annotations

import csv
import sys
from io import BytesIO, StringIO
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from annotate.errors import UsageError
from annotate.report.facts import matrix_of
from annotate.report.matrix_tables import matrix_csv, matrix_parquet
from annotate.report.report import report_on
from annotate.runs.reader import Run
from tests.conftest import INCIDENTS
from tests.support import drawn

TEXT = "Search was slow.\n"


@pytest.fixture(autouse=True)
def _second_domain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(INCIDENTS)


def made(run: Run) -> tuple[list[list[str]], pq.ParquetFile]:
    report = report_on(run)
    matrix = matrix_of(run, report.sentences, report.chosen)
    rows = list(csv.reader(StringIO(matrix_csv(report, matrix))))
    return rows, pq.ParquetFile(BytesIO(matrix_parquet(report, matrix)))


def test_cells_say_what_a_document_states(tmp_path: Path) -> None:
    names = ["=1+1", "b \ud800.txt"]
    run = drawn.write(
        tmp_path / "run", dict.fromkeys(names, TEXT), [drawn.annotation("=1+1", TEXT, 0, 16)]
    )
    rows, parquet = made(run)
    by_name = {row[0]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}
    assert list(by_name) == ["'=1+1", "b \ufffd.txt"]
    assert by_name["'=1+1"]["impact"] == "stated"
    assert by_name["'=1+1"]["impact.duration"] == "stated: PT42M"
    assert by_name["b \ufffd.txt"]["impact.effects=slow"] == "silent"
    table = parquet.read().to_pydict()
    assert table["document"] == ["=1+1", "b \ufffd.txt"]
    assert table["impact.effects=slow"] == ["stated", "silent"]
    assert table["impact.duration"] == ["stated", "silent"]
    assert table["impact.duration:values"] == [["PT42M"], []]


def test_runs_of_a_schema_have_the_same_columns(tmp_path: Path) -> None:
    full = drawn.write(tmp_path / "a", {"a.txt": TEXT}, [drawn.annotation("a.txt", TEXT, 0, 16)])
    bare = drawn.write(tmp_path / "b", {"b.txt": TEXT})
    (first, *_), one = made(full)
    (second, *_), two = made(bare)
    assert first == second
    assert one.schema_arrow == two.schema_arrow


def test_a_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = drawn.write(tmp_path / "run", {"a.txt": TEXT})
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    report = report_on(run)
    with pytest.raises(UsageError, match=r"policy-annotate\[parquet\]"):
        matrix_parquet(report, matrix_of(run, report.sentences, report.chosen))
