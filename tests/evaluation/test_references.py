"""What scores are read against: content beside the gold, or nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotate.errors import UsageError
from annotate.evaluation.references import FIGURES, References, read_references
from annotate.gold.store import read_gold
from tests.conftest import ROOT

GOLD = ROOT / "eval" / "gold" / "privacy_policy"


def test_the_five_policies_have_the_agreement_of_their_passes() -> None:
    found = read_references(GOLD)
    published = json.loads((GOLD / "agreement.json").read_text(encoding="utf-8"))
    older = {"annotation", "value", "document", "any", ">=.75", "exact", "untyped", "character"}
    assert found.agreement.keys() == older | {"attribute"}  # what had been published with the gold
    assert found.agreement.keys() <= set(FIGURES)
    assert found.agreement["value"] == published["scores"]["overall"]["value"]["f1"]
    assert found.agreement["untyped"] == published["scores"]["untyped"]["f1"]
    assert found.alpha == published["alpha_by_category"]
    attributes = {name for each in read_gold(GOLD).annotations for name in each.attributes}
    assert found.attributes.keys() <= attributes


def test_the_five_policies_have_the_ceilings_that_were_measured() -> None:
    found = read_references(GOLD)
    assert {
        name: [each.value for each in found.ceilings_of(name)]
        for name in FIGURES
        if found.ceilings_of(name)
    } == {
        "annotation": [0.50, 0.61],
        "exact": [0.13, 0.44],
        "document": [0.71],
        "attribute": [0.61],
    }
    assert "OPP-115" in found.source
    assert "five policies" in found.caveats["lexicon"]


def test_gold_without_references_has_none(tmp_path: Path) -> None:
    assert read_references(tmp_path) == References()
    assert set(map(bool, References().to_json().values())) == {False}


def test_an_agreement_without_scores_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    content = {"alpha_by_category": {"impact": None, "cause": 0.5}, "unstable": ["cause"]}
    (tmp_path / "agreement.json").write_text(json.dumps(content), encoding="utf-8")
    found = read_references(tmp_path)
    assert (found.alpha, found.unstable) == (content["alpha_by_category"], ("cause",))
    assert (found.agreement, found.attributes) == ({}, {})


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("agreement.json", b"{", "Invalid JSON"),
        ("agreement.json", b"\xff", "Invalid"),
        ("agreement.json", b'{"unstable": 3}', "unstable: "),
        ("agreement.json", b'{"scores": []}', "scores: "),
        ("yardsticks.json", b"[]", "object"),
        ("yardsticks.json", b'{"ceiling": []}', "ceiling: "),
        (
            "yardsticks.json",
            b'{"ceilings": [{"figure": "beauty", "value": 1, "condition": ""}]}',
            r"ceilings\.0\.figure: ",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_named(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError, match=rf"{name}: .*{said}.*fix it"):
        read_references(tmp_path)


def test_a_folder_in_the_place_of_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "agreement.json").mkdir()
    with pytest.raises(UsageError, match=r"agreement\.json: cannot be read"):
        read_references(tmp_path)
