"""The tables that come with the project: their labels, and that they leave nothing out."""

from __future__ import annotations

import pytest

from annotate.crosswalks.check import check_crosswalks
from annotate.crosswalks.table import find_table
from annotate.project.tasks import load_task, task_names
from tests.conftest import ROOT

TASK = load_task("privacy_policy", ROOT)


@pytest.mark.parametrize("name", task_names(ROOT))
def test_a_table_leaves_nothing_out(name: str) -> None:
    assert [str(each) for each in check_crosswalks(load_task(name, ROOT))] == []


def test_gdpr_has_every_item_of_the_two_articles() -> None:
    items = {"13(1)": "abcdef", "13(2)": "abcdef", "14(1)": "abcdef", "14(2)": "abcdefg"}
    every = [f"{paragraph}({item})" for paragraph, letters in items.items() for item in letters]
    assert [*find_table(TASK, "gdpr").labels] == every


def test_opp_115_has_its_ten_categories_each_named_as_the_schema_names_it() -> None:
    table = find_table(TASK, "opp115")
    assert len(table.labels) == 10
    for tag, category in TASK.schema.categories.items():
        (label,) = table.reached_by(tag)
        assert category.counterparts["OPP-115"].split(" (")[0] == label
