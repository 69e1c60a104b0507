"""Data of every kind as the same documents; a row that is none is named by its number."""

from __future__ import annotations

import datetime as dt
import math
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import annotate
from annotate.data.documents import documents_in
from annotate.documents.document import Document
from annotate.errors import DocumentError, MissingExtra, UsageError

pd = pytest.importorskip("pandas")
pa = pytest.importorskip("pyarrow")


def read(data: object, **columns: str) -> tuple[list[Document], list[str]]:
    errors: list[DocumentError] = []
    documents = list(documents_in(data, on_error=errors.append, **columns))
    return documents, [str(each) for each in errors]


def texts(data: object, **columns: str) -> dict[str, str]:
    documents, errors = read(data, **columns)
    assert errors == []
    return {each.id: each.text for each in documents}


class Handing:
    """What is no table of pyarrow itself, and hands one out, as data frames of Polars do."""

    def __init__(self, table: Any) -> None:
        self.__arrow_c_stream__ = table.__arrow_c_stream__


TWO = ["Tea.", "Milk."]
NUMBERED = {"0": "Tea.", "1": "Milk."}


@pytest.mark.parametrize(
    "data",
    [
        TWO,
        tuple(TWO),
        (each for each in TWO),
        np.array(TWO),
        [{"text": each} for each in TWO],
        pd.Series(TWO, index=[9, 9], name="policy"),
        pd.Series(TWO, dtype="string"),
        pd.Series(TWO, dtype="category"),
        pd.DataFrame({"text": TWO}, index=["b", "a"]),
        pa.table({"text": TWO}),
        pa.table({"text": pa.array(TWO, pa.large_string())}),
        pa.table({"text": pa.array(TWO).dictionary_encode()}),
        pa.table({"text": pa.chunked_array([["Tea."], [], ["Milk."]], pa.string())}),
        pa.RecordBatch.from_pydict({"text": TWO}),
        pa.array(TWO),
        pa.chunked_array([["Tea."], ["Milk."]]),
        Handing(pa.table({"text": TWO})),
    ],
    ids=lambda each: type(each).__name__,
)
def test_rows_are_numbered_where_nothing_names_them(data: object) -> None:
    assert texts(data) == NUMBERED


def test_one_text_one_row_and_one_document_are_one_each() -> None:
    assert texts("Tea.") == {"0": "Tea."}
    assert texts({"text": "Tea.", "id": "a"}) == {"a": "Tea."}
    assert texts(Document("a", "Tea.")) == {"a": "Tea."}


@pytest.mark.parametrize("ids", [["x", "y"], [7, 8], np.array([7, 8], "int32")])
def test_ids_are_those_of_their_column(ids: Any) -> None:
    rows = {"text": TWO, "id": ids}
    expected = dict(zip(map(str, ids), TWO, strict=True))
    assert texts(pd.DataFrame(rows)) == texts(pa.table(rows)) == expected
    named = pd.DataFrame({"words": TWO, "url": ids})
    assert texts(named, text="words", id="url") == expected


def test_other_columns_are_metadata_as_in_json_lines(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "id": ["a", "b"],
            "text": TWO,
            "n": np.array([1, 2], "int16"),
            "share": [0.5, math.nan],
            "on": pd.to_datetime(["2024-02-29", None]),
            "kept": [True, False],
            "nested": [{"to": [1, None, {"x": "é"}]}, None],
            "kind": pd.Categorical(["shop", "bank"]),
        }
    )
    path = tmp_path / "rows.jsonl"
    frame.to_json(path, orient="records", lines=True, date_format="iso", date_unit="s")
    lines = list(annotate.read_documents([path]))
    came = [dict(each.provenance.metadata) for each in read(frame)[0]]
    assert came == [dict(each.provenance.metadata) for each in lines]
    assert came[0]["nested"] == {"to": [1, None, {"x": "é"}]}
    assert list(came[0]) == ["n", "share", "on", "kept", "nested", "kind"]


def test_values_of_python_numpy_and_arrow_become_json() -> None:
    rows: list[dict[str, Any]] = [
        {
            "text": "Tea.",
            "numbers": np.array([[1, 2]]),
            "one": np.float32(0.5),
            "missing": pd.NA,
            "none": float("inf"),
            "day": dt.date(2024, 2, 29),
            "price": Decimal("1.50"),
            "where": Path("a/b"),
            "half": "\ud83d",
        }
    ]
    ((document,), _) = read(rows)
    assert document.provenance.metadata == {
        "numbers": [[1, 2]],
        "one": 0.5,
        "missing": None,
        "none": None,
        "day": "2024-02-29",
        "price": "1.50",
        "where": "a/b",
        "half": "\ud83d",
    }
    table = pa.table(
        {
            "text": ["Tea."],
            "of": [{"a": [1]}],
            "kind": pa.array(["x"]).dictionary_encode(),
            "at": pa.array([dt.datetime(2024, 2, 29, 1)], pa.timestamp("us")),
        }
    )
    ((document,), _) = read(table)
    expected = {"of": {"a": [1]}, "kind": "x", "at": "2024-02-29T01:00:00"}
    assert document.provenance.metadata == expected


def test_a_row_that_is_no_document_is_named_and_the_others_are_read() -> None:
    rows = ["Tea.", None, math.nan, " \n", 7, {"words": "Milk."}, pd.NA, Document("x", ""), "Milk."]
    documents, errors = read(rows)
    assert [each.id for each in documents] == ["0", "8"]
    assert errors == [
        "row 1: has no text; leave it out",
        "row 2: has no text; leave it out",
        "row 3: holds no text; leave it out",
        'row 4: is of type int; needs a text, a Document or a row with "text"',
        "row 5: has no text; leave it out",
        "row 6: has no text; leave it out",
        "row 7: holds no text; leave it out",
    ]
    frame = pd.DataFrame({"text": ["Tea.", None, "Milk.", " "], "id": [1.5, 2, None, 4]})
    assert read(frame)[1] == [
        'row 0: has an id of type float in "id"; needs a text or a whole number',
        'row 1: has an id of type float in "id"; needs a text or a whole number',
        'row 2: has no id in "id"; needs a text or a whole number',
        'row 3: has an id of type float in "id"; needs a text or a whole number',
    ]


def test_what_json_cannot_say_is_named_with_its_column() -> None:
    _, errors = read([{"text": "Tea.", "x": object()}])
    assert errors == ['row 0: "x" is of type object, which JSON cannot say; make it a text']


def test_an_id_that_comes_twice_names_both_rows() -> None:
    documents, errors = read([{"text": "Tea.", "id": "a"}, "Milk.", Document("a", "Cake.")])
    assert [each.text for each in documents] == ["Tea.", "Milk."]
    assert errors == ['row 2: repeats the id "a" of row 0; ids must differ']


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (7, "no data to annotate are of type int: give texts"),
        (b"Tea.", "of type bytes"),
        (Path("a.txt"), "annotate.run reads files"),
        (pd.DataFrame({"txt": TWO}), "no column is named text: 'txt' is the nearest"),
        (pa.table({"a": TWO}), "no column is named text: there is a"),
        (pd.DataFrame([[1, 2]], columns=["text", "text"]), "two columns are named text"),
    ],
)
def test_data_that_cannot_be_read_are_refused_at_once(data: object, problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        documents_in(data, on_error=lambda _: None)


def test_a_column_that_is_named_must_be_there() -> None:
    with pytest.raises(UsageError, match="no column is named url"):
        documents_in(pd.DataFrame({"text": TWO}), id="url", on_error=lambda _: None)
    assert read([{"text": "Tea."}], id="url")[1] == [
        'row 0: has no id in "url"; needs a text or a whole number'
    ]


def test_arrow_data_without_pyarrow_name_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    table = pa.table({"text": TWO})
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra, match=r"policy-annotate\[parquet\]"):
        documents_in(Handing(table), on_error=lambda _: None)


def test_nothing_is_read_before_its_turn() -> None:
    read: list[int] = []

    def rows() -> Iterator[str]:
        for number in range(3):
            read.append(number)
            yield "Tea."

    documents = documents_in(rows(), on_error=lambda _: None)
    assert read == []
    next(documents)
    assert read == [0]


@given(st.lists(st.text(st.characters(), min_size=1), max_size=4))
def test_texts_stay_as_they_are_to_the_character(given: list[str]) -> None:
    kept = [each for each in given if each.strip()]
    assert [each.text for each in read(given)[0]] == kept
    assert [each.text for each in read(pd.Series(given, dtype=object))[0]] == kept
