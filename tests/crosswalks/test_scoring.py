"""Scores in other names: gold goes through the same table, or was labelled in these names."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from annotate.crosswalks import MappedRun, crosswalk, score
from annotate.crosswalks.scoring import map_gold
from annotate.errors import NotComparable, UsageError
from annotate.evaluation.evaluate import evaluate
from annotate.gold.store import read_gold, write_gold
from annotate.runs.reader import Run
from tests.conftest import ROOT

GOLD = ROOT / "eval" / "gold" / "privacy_policy"


@pytest.fixture(scope="module")
def opp(policies: Run) -> MappedRun:
    return crosswalk(policies, "opp115")


def test_gold_is_mapped_by_the_table_of_the_run(opp: MappedRun, policies: Run) -> None:
    found = score(opp)
    assert found.scores.by_category.keys() <= opp.table.labels.keys()
    assert len(found.scores.by_category) == 10
    # A table that maps each category to one label leaves what it maps alone what it was.
    own = evaluate(policies).scores.by_category
    for category, label in (("retention", "Data Retention"), ("security", "Data Security")):
        assert found.scores.by_category[label]["annotation"] == own[category]["annotation"]
    # Of categories that share a label nothing is wrong that was only called by the other's name.
    first = found.scores.by_category["First Party Collection/Use"]["annotation"]
    assert first.f1 is not None
    assert first.f1 >= min(own[each]["annotation"].f1 or 0 for each in ("collection", "use"))
    assert found.scores["value"] == found.scores["annotation"]  # labels have no values


def test_words_that_have_a_label_twice_count_once(opp: MappedRun) -> None:
    gold = read_gold(GOLD)
    mapped = map_gold(gold, opp.table)
    places = [(each.document, each.start, each.end, each.category) for each in mapped.annotations]
    assert len(set(places)) == len(places) < len(gold.annotations)
    required = {
        (each.document, each.start, each.end)
        for each in gold.annotations
        if each.status == "required" and each.category in ("collection", "use", "tracking")
    }
    first = {
        (each.document, each.start, each.end)
        for each in mapped.annotations
        if each.status == "required" and each.category.startswith("First Party")
    }
    assert first == required
    assert {each.id for each in mapped.annotations} <= {each.id for each in gold.annotations}


def test_gold_in_the_other_names_is_taken_as_it_is(opp: MappedRun, tmp_path: Path) -> None:
    mapped = map_gold(read_gold(GOLD), opp.table)
    folder = tmp_path / "gold"
    folder.mkdir()
    write_gold(type(mapped)(folder, mapped.manifest, mapped.annotations))
    assert score(opp, folder).scores == score(opp).scores
    for change, error, said in (
        ({"schema_version": "0"}, NotComparable, "is of schema opp115 0, not of opp115 1"),
        ({"schema_name": "gdpr"}, UsageError, "labelled with schema gdpr 1"),
    ):
        other = mapped.manifest.model_copy(update=change)
        shutil.rmtree(folder)
        folder.mkdir()
        write_gold(type(mapped)(folder, other, mapped.annotations))
        with pytest.raises(error, match=said):
            score(opp, folder)
