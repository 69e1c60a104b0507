"""Parquet is read back with pyarrow and pandas: types from the schema, every value as it was."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pydantic import Field

from annotate.annotation import Annotation, Evidence
from annotate.documents.document import Document
from annotate.errors import UsageError
from annotate.formats.export import export
from annotate.runs.reader import Run
from annotate.schema.categories import Category, Schema
from annotate.schema.types import Date
from annotate.schema.values import Several
from schemas.incident_report import SCHEMA
from tests.conftest import Command
from tests.support.marked import CAUSE, DATED, DONE, IMPACT, SLOW, Content, Practice
from tests.support.written import a_run

TEXT = "Café 😀 was\r\ndown."
PRACTICES: list[Practice] = [
    ("impact", IMPACT),
    ("impact", SLOW),
    ("cause", CAUSE),
    ("action", DONE),
    ("action", DATED),
]
LEADING = {
    "document": pa.string(),
    "text_sha256": pa.string(),
    "start": pa.int64(),
    "end": pa.int64(),
    "category": pa.string(),
    "quote": pa.string(),
    "grounding": pa.string(),
    "metadata": pa.string(),
}
SOURCE = {
    "file": pa.string(),
    "encoding": pa.string(),
    "language": pa.string(),
    "pages": pa.list_(pa.int64()),
    "furniture": pa.string(),
}
ATTRIBUTES = {
    "effects": pa.list_(pa.string()),
    "countries": pa.list_(pa.string()),
    "duration": pa.string(),
    "customers_named": pa.bool_(),
    **dict.fromkeys(("polarity", "measured", "precision", "began", "ended"), pa.string()),
    **dict.fromkeys(("level", "label", "time", "interval"), pa.string()),
    **dict.fromkeys(("channels", "remedies"), pa.list_(pa.string())),
    "share": pa.float64(),
    "count": pa.int64(),
    "on_request": pa.bool_(),
    "triggers": pa.list_(pa.string()),
    "certainty": pa.string(),
    "step": pa.string(),
    "planned": pa.bool_(),
    "date": pa.string(),
    "attempts": pa.int64(),
}


NESTED = {
    "confidence": pa.float64(),
    "value_confidence": pa.map_(pa.string(), pa.map_(pa.string(), pa.float64())),
    "verification": pa.struct(
        [
            ("verdict", pa.string()),
            ("values", pa.map_(pa.string(), pa.list_(pa.string()))),
            ("reason", pa.string()),
        ]
    ),
}
FLAT = {"confidence": pa.float64(), "value_confidence": pa.string()} | {
    f"verification.{name}": pa.string() for name in ("verdict", "values", "reason")
}


def incident_run(path: Path) -> Run:
    cited = (Evidence("down", 12, 16, "exact", 0), Evidence("cafe", 0, 4, "folded", 1))
    found = tuple(
        Annotation("cafe.txt", 5, len(TEXT), category, attributes, TEXT[5:], cited)
        for category, attributes in PRACTICES
    )
    return Content(SCHEMA, ((Document("cafe.txt", TEXT), found),)).write(path)


def read(run: Run, path: Path, *, flat: bool = False) -> pa.Table:
    count = export(run, "parquet-flat" if flat else "parquet", path, schema=SCHEMA)
    table = pq.read_table(path)
    assert table.num_rows == count
    return table


def types(table: pa.Table) -> dict[str, Any]:
    return {field.name: field.type for field in table.schema}


def test_nested_columns_are_typed_by_the_schema(tmp_path: Path) -> None:
    found = types(read(incident_run(tmp_path / "run"), tmp_path / "out.parquet"))
    attributes, evidence = found.pop("attributes"), found.pop("evidence")
    assert {field.name: field.type for field in found.pop("source")} == SOURCE
    assert found == LEADING | NESTED
    assert {field.name: field.type for field in attributes} == ATTRIBUTES
    assert {field.name: field.type for field in evidence.value_type} == {
        "quote": pa.string(),
        "start": pa.int64(),
        "end": pa.int64(),
        "grounding": pa.string(),
        "chunk": pa.int64(),
        "places": pa.int64(),
        "choice": pa.string(),
    }


def test_flat_columns_are_typed_by_the_schema(tmp_path: Path) -> None:
    table = read(incident_run(tmp_path / "run"), tmp_path / "out.parquet", flat=True)
    assert types(table) == {
        **LEADING,
        **ATTRIBUTES,
        **{f"source.{name}": kind for name, kind in SOURCE.items()},
        **FLAT,
    }


@pytest.mark.parametrize("flat", [False, True])
def test_a_run_without_annotations_has_the_same_columns(tmp_path: Path, *, flat: bool) -> None:
    full = read(incident_run(tmp_path / "run"), tmp_path / "full", flat=flat)
    none = Content(SCHEMA, ((Document("a", "x"), ()),)).write(tmp_path / "none")
    assert types(read(none, tmp_path / "empty", flat=flat)) == types(full)


def test_every_value_of_a_nested_row_is_that_of_the_run(tmp_path: Path) -> None:
    run = incident_run(tmp_path / "run")
    rows = read(run, tmp_path / "out.parquet").to_pylist()
    (document,) = run.documents()
    for row, annotation in zip(rows, run.annotations(), strict=True):
        attributes = {n: v for n, v in row["attributes"].items() if n in annotation.attributes}
        cited = tuple(Evidence(**each) for each in row["evidence"])
        assert attributes == annotation.attributes
        assert (cited, row["category"]) == (annotation.evidence, annotation.category)
        assert document.text[row["start"] : row["end"]] == row["quote"] == annotation.quote
        assert (row["text_sha256"], row["grounding"]) == (document.sha256, "folded")


def test_pandas_reads_the_flat_columns(tmp_path: Path) -> None:
    export(incident_run(tmp_path / "run"), "parquet-flat", tmp_path / "out", schema=SCHEMA)
    frame = pd.read_parquet(tmp_path / "out")
    assert list(frame["category"]) == [category for category, _ in PRACTICES]
    assert [*frame["effects"][0]] == ["slow", "errors"]
    assert [
        *frame["countries"][1]
    ] == []  # stated as none, where the next one has no such attribute
    assert frame["countries"][2] is None
    assert frame["duration"][0] == "PT2H"
    assert frame["customers_named"][0] is True
    assert frame["attempts"][4] == 3


def test_the_manifest_is_in_the_metadata(tmp_path: Path) -> None:
    run = incident_run(tmp_path / "run")
    metadata = read(run, tmp_path / "out.parquet").schema.metadata
    assert json.loads(metadata[b"annotate"]) == run.manifest


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    run = incident_run(tmp_path / "run")
    for name in ("one", "two"):
        export(run, "parquet", tmp_path / name, schema=SCHEMA)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_lone_surrogate_becomes_one_replacement_character(tmp_path: Path) -> None:
    run = a_run(tmp_path / "run", "a\ud83db", attributes=SLOW, name="\udcff")
    (row,) = read(run, tmp_path / "out.parquet").to_pylist()
    assert (row["quote"], row["document"]) == ("a\ufffdb", "\ufffd")


class First(Category):
    """One."""

    category: Literal["first"] = "first"
    value: bool
    """A truth."""
    start: Date | None = None
    """Named as a column."""
    ratio: float
    """A number."""


class Second(Category):
    """Another."""

    category: Literal["second"] = "second"
    value: Several[Annotated[int, Field(ge=0)]]
    """Numbers."""


CLASHING = Schema(name="clashing", version="1", practice=First | Second)


@pytest.mark.parametrize("flat", [False, True])
def test_attributes_that_clash_get_a_column_a_category(tmp_path: Path, *, flat: bool) -> None:
    cited = (Evidence("x", 0, 1, "exact", 0),)
    rows = (
        Annotation("a", 0, 1, "first", {"value": True, "start": "2024", "ratio": 0.5}, "x", cited),
        Annotation("a", 0, 1, "second", {"value": [1, 2]}, "x", cited),
    )
    run = Content(CLASHING, ((Document("a", "x"), rows),)).write(tmp_path / "run")
    to = "parquet-flat" if flat else "parquet"
    export(run, to, tmp_path / "out", schema=CLASHING)
    first, second = pq.read_table(tmp_path / "out").to_pylist()
    values = [each if flat else each["attributes"] for each in (first, second)]
    assert (values[0]["first.value"], values[1]["second.value"]) == (True, [1, 2])
    assert (values[0]["first.start"], values[0]["ratio"], first["start"]) == ("2024", 0.5, 0)
    assert values[1]["first.value"] is None


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ({"nonsense": 1}, "impact.nonsense: is not in this schema"),
        ({**SLOW, "customers_named": "maybe"}, "does not fit the schema's type"),
    ],
)
def test_a_value_that_fits_no_column_is_named_and_nothing_is_written(
    tmp_path: Path, attributes: Any, message: str
) -> None:
    run = a_run(tmp_path / "run", "x", attributes=attributes)
    with pytest.raises(UsageError, match=message):
        export(run, "parquet", tmp_path / "out", schema=SCHEMA)
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_number_beyond_64_bits_is_named(tmp_path: Path) -> None:
    rows = (
        Annotation("a", 0, 1, "action", {**DATED, "attempts": 1 << 70, "time": None}, "x", ()),
        Annotation("a", 0, 1, "action", DATED, "x", (Evidence("x", 0, 1, "exact", 0),)),
    )
    run = Content(SCHEMA, ((Document("a", "x"), rows[1:]),)).write(tmp_path / "run")
    file = tmp_path / "run" / "annotations.jsonl"
    text = file.read_text(encoding="utf-8").replace('"attempts": 3', f'"attempts": {1 << 70}')
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="does not fit the schema's type"):
        export(run, "parquet", tmp_path / "out", schema=SCHEMA)


def test_without_pyarrow_the_message_says_what_to_install(
    incidents: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident_run(tmp_path / "run")
    arguments = ("export", tmp_path / "run", "--to", "parquet", "--out", tmp_path / "out")
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "pyarrow", None)
        done = incidents(*arguments)
    assert done.returncode == 2
    assert "needs pyarrow: pip install 'policy-annotate[parquet]'" in done.stderr
    assert incidents(*arguments).returncode == 0
    assert pq.read_table(tmp_path / "out").num_rows == len(PRACTICES)
