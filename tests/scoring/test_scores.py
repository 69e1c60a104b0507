"""Counts and the ratios made of them: nothing to divide by, means, and JSON."""

import json

from annotate.scoring.measures import HEADLINES
from annotate.scoring.overlap import RUNGS
from annotate.scoring.scorer import score
from annotate.scoring.scores import Counts, macro
from tests.support.labels import TEXTS, label, scored


def test_nothing_against_nothing_is_no_score() -> None:
    part = scored([], []).overall
    assert (part["annotation"].precision, part["annotation"].recall) == (None, None)
    assert [
        c.f1 for c in (part["annotation"], part["value"], part["document"], part["character"])
    ] == [None] * 4
    assert scored([], []).to_json()["untyped"] == Counts().to_json()
    assert Counts().to_json()["f1"] is None


def test_something_against_nothing_is_zero() -> None:
    something = [label("A", 0, 10, x="p")]
    for scores in (scored([], something), scored(something, [])):
        part = scores.overall
        assert [c.f1 for c in (part["annotation"], part["value"], part["document"])] == [0, 0, 0]
        assert (part["character"].f1, scores["untyped"].f1) == (0, 0)
    assert scored([], something).overall["annotation"].recall is None
    assert scored([], something).overall["annotation"].precision == 0


def test_macro_leaves_out_parts_that_have_no_score() -> None:
    gold = [label("A", 0, 5, document="one"), label("A", 0, 5, document="two")]
    parts = score(gold, gold[:1], TEXTS).by_document.values()
    assert macro(parts, "annotation") == 0.5
    assert macro([], "annotation") is None


def test_scores_are_json() -> None:
    scores = scored([label("A", 0, 10, x="p")], [label("A", 0, 10, x="q")])
    content = json.loads(json.dumps(scores.to_json()))
    assert set(content) == {"overall", "untyped", "macro", "by_category", "by_document"}
    overall = content["overall"]
    assert list(overall["annotation"]) == list(RUNGS)
    assert overall["annotation"][">.5"]["f1"] == 1
    assert overall["value"] == {
        "precision": 0.5,
        "recall": 0.5,
        "f1": 0.5,
        "tp": 1,
        "fp": 1,
        "fn": 1,
    }
    assert (overall["support"], overall["attribute"]["accuracy"]) == (1, 0)
    means = content["macro"]["category"]
    assert (means["annotation"], means["value"], means["document"]) == (1, 0.5, 0.5)
    assert list(means) == [each.name for each in HEADLINES]
