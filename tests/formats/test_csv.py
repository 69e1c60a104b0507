"""CSV is read back: every value as it was, every formula defused, every offset right."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from annotate.formats.export import export
from annotate.formats.metadata import SOURCE
from tests.support.written import TEXTS, a_run


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@pytest.mark.parametrize("text", TEXTS)
def test_cells_survive_csv(tmp_path: Path, text: str) -> None:
    run = a_run(tmp_path / "run", text, attributes={"who": text}, name=text)
    assert export(run, "csv", tmp_path / "out.csv") == 1
    (row,) = read_csv(tmp_path / "out.csv")
    assert (row["document"], row["quote"], row["who"]) == (text, text, text)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "@SUM(A1)",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd",
        "\t=1",
        "\r=1",
        "\n=1",
        "\uff1d1",
        "\uff0da",
    ],
)
def test_formulas_are_defused(tmp_path: Path, text: str) -> None:
    run = a_run(tmp_path / "run", text, attributes={text: text, "set": [text]}, name=text)
    export(run, "csv", tmp_path / "out.csv")
    (row,) = read_csv(tmp_path / "out.csv")
    assert {row[name] for name in ("document", "quote", "set", f"'{text}")} == {f"'{text}"}


@pytest.mark.parametrize("text", ["-5", "+49 30 1234-5", "- 1,000.50", "(30) days", "a=b"])
def test_numbers_and_words_are_left_alone(tmp_path: Path, text: str) -> None:
    export(a_run(tmp_path / "run", text), "csv", tmp_path / "out.csv")
    assert read_csv(tmp_path / "out.csv")[0]["quote"] == text


def test_values_are_cells(tmp_path: Path) -> None:
    values: dict[str, JsonValue] = {"sets": ["b", "a"], "yes": True, "none": None, "n": 3}
    export(a_run(tmp_path / "run", "x", attributes=values), "csv", tmp_path / "out.csv")
    (row,) = read_csv(tmp_path / "out.csv")
    assert row == {
        "document": "a",
        "start": "0",
        "end": "1",
        "category": "impact",
        "quote": "x",
        "grounding": "exact",
        "sets": "b|a",
        "yes": "true",
        "none": "",
        "n": "3",
        **dict.fromkeys((f"source.{name}" for name in SOURCE), ""),
    }


def test_offsets_count_code_points(tmp_path: Path) -> None:
    run = a_run(tmp_path / "run", "😀é\u0301", "zwei")
    export(run, "csv", tmp_path / "out.csv")
    (document,) = run.documents()
    for row in read_csv(tmp_path / "out.csv"):
        assert document.text[int(row["start"]) : int(row["end"])] == row["quote"]


def test_a_lone_surrogate_becomes_one_replacement_character(tmp_path: Path) -> None:
    export(a_run(tmp_path / "run", "a\ud83db"), "csv", tmp_path / "out.csv")
    assert read_csv(tmp_path / "out.csv")[0]["quote"] == "a\ufffdb"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_any_text_survives_csv(tmp_path_factory: pytest.TempPathFactory, quotes: list[str]) -> None:
    folder = tmp_path_factory.mktemp("any")
    export(a_run(folder / "run", *quotes), "csv", folder / "out.csv")
    read = [row["quote"] for row in read_csv(folder / "out.csv")]
    assert [cell.removeprefix("'") for cell in read] == [
        quote.removeprefix("'") for quote in quotes
    ]


def test_a_run_without_annotations_is_a_header(tmp_path: Path) -> None:
    assert export(a_run(tmp_path / "run"), "csv", tmp_path / "out.csv") == 0
    assert read_csv(tmp_path / "out.csv") == []
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").count("\n") == 1
