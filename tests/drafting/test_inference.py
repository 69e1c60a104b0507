"""What kind of value an attribute holds follows from the values that examples give it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotate.drafting.examples import read_examples
from annotate.drafting.inference import Attribute, infer
from annotate.drafting.problems import Problems


def inferred(tmp_path: Path, *values: str, name: str = "a") -> Attribute:
    """Infer the attribute of one category that has these values in a CSV file, "" for none."""
    rows = [f'Text {n}.,Text {n}.,fee,"{value}"' for n, value in enumerate(values)]
    return only(tmp_path / "table.csv", "\n".join([f"text,quote,category,{name}", *rows]))


def only(path: Path, table: str) -> Attribute:
    path.write_text(table, encoding="utf-8")
    problems = Problems(path)
    (attributes,) = infer(read_examples(path, "utf-8", problems), problems).values()
    problems.stop_if_any()
    (attribute,) = attributes
    return attribute


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["true", "FALSE"], "boolean"),
        (["yes", "no", "Yes"], "boolean"),
        (["yes", "no", "maybe", "no", "maybe", "yes"], "closed"),
        (["1", "-20", "0"], "integer"),
        (["1", "2.5"], "number"),
        (["007", "12"], "text"),
        (["1e3", "12"], "text"),
        (["9" * 40], "text"),
        (["P30D", "PT4H"], "duration"),
        (["P30D", "soon"], "text"),
        (["2026-05-20", "2026-05"], "date"),
        (["09:05", "23:59"], "time"),
        (["we", "you", "we"], "closed"),
        (["we", "you"], "text"),
        (["we"], "text"),
        (["A+", "A-", "A+", "A-"], "text"),
        (["day", "days", "day", "days"], "text"),
        (["x" * 61] * 4, "text"),
        ([f"v{n // 2}" for n in range(40)], "closed"),
        ([f"v{n // 2}" for n in range(42)], "text"),
        (["_x", "_x"], "text"),
    ],
)
def test_the_first_kind_that_fits_all_values_is_taken(
    values: list[str], kind: str, tmp_path: Path
) -> None:
    assert inferred(tmp_path, *values).kind == kind


def test_countries_are_known_by_the_name_of_their_column(tmp_path: Path) -> None:
    assert inferred(tmp_path, "DE", "IT", name="country").kind == "country"
    assert inferred(tmp_path, "DE", "IT", "IT", name="tool").kind == "closed"


def test_a_value_is_wanted_where_every_example_gives_one_of_few(tmp_path: Path) -> None:
    assert inferred(tmp_path, "we", "you", "we").needed
    assert inferred(tmp_path, "yes", "no", "no", "yes").needed
    assert not inferred(tmp_path, "yes", "no", "yes").needed
    assert not inferred(tmp_path, "yes", "yes", "yes").needed
    assert not inferred(tmp_path, "we", "you", "we", "").needed
    assert not inferred(tmp_path, "yes").needed
    assert not inferred(tmp_path, "P1D", "P2D").needed


def test_several_values_in_a_cell_make_a_set(tmp_path: Path) -> None:
    attribute = inferred(tmp_path, "mail | app", "mail", "app|mail|app", "")
    assert (attribute.many, attribute.kind, attribute.values) == (True, "closed", ("mail", "app"))
    assert attribute.read(("mail", "app")) == ["mail", "app"]
    assert attribute.read("mail") == ["mail"]
    assert attribute.read(None) == []
    numbers = inferred(tmp_path, "1|2", "3")
    assert numbers.read(("1", "2")) == [1, 2]


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([True, False], "boolean"),
        ([1, 2], "integer"),
        ([1, 2.5], "number"),
        (["1", "2"], "text"),
        (["true", "true"], "text"),
        (["P1D"], "duration"),
        ([["a", "b"], ["a"], ["a", "b"]], "closed"),
    ],
)
def test_values_of_json_keep_their_types(values: list[object], kind: str, tmp_path: Path) -> None:
    rows = [
        {"text": f"T{n}", "quote": f"T{n}", "category": "fee", "attributes": {"a": value}}
        for n, value in enumerate(values)
    ]
    attribute = only(tmp_path / "table.jsonl", "\n".join(map(json.dumps, rows)))
    assert attribute.kind == kind
    assert attribute.many is isinstance(values[0], list)


def test_an_attribute_is_one_kind_in_all_categories(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("text,quote,category,a\nA,A,fee,1\nB,B,fine,x\nC,C,fine,x\n", encoding="utf-8")
    problems = Problems(path)
    found = infer(read_examples(path, "utf-8", problems), problems)
    assert {tag: [(each.name, each.kind) for each in own] for tag, own in found.items()} == {
        "fee": [("a", "closed")],
        "fine": [("a", "closed")],
    }
