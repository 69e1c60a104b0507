"""Agreement of two passes: alpha as published, scores of equals, passes that do not fit."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from annotate.errors import UsageError
from annotate.gold.agreement import STABLE, Agreement, agreement, alpha
from annotate.gold.passes import Pass, read_pass
from annotate.scoring.scores import Counts
from schemas import incident_report

SCHEMA = incident_report.SCHEMA.only(("impact", "cause", "action"))
CAUSE = {"category": "cause", "triggers": ["configuration"], "certainty": "confirmed"}
GUESS = {**CAUSE, "certainty": "suspected"}
IMPACT = {"category": "impact", "effects": ["slow"], "countries": []}
ACTION = {"category": "action", "step": "resolved"}

Labels = dict[str, list[list[dict[str, Any]]]]


def written(folder: Path, documents: Labels) -> Pass:
    """Write a pass with units of ten characters, and read it."""
    for document, units in documents.items():
        file = folder / f"{document}.jsonl"
        file.parent.mkdir(parents=True, exist_ok=True)
        rows = (
            {"unit": unit, "start": 10 * unit, "end": 10 * unit + 9, "annotations": items}
            for unit, items in enumerate(units)
        )
        file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return read_pass(folder)


def compared(folder: Path, first: Labels, second: Labels) -> Agreement:
    one, other = written(folder / "ann", first), written(folder / "bob", second)
    return agreement(one, other, SCHEMA)


# ---- Alpha ----


def test_alpha_is_the_one_of_the_published_example() -> None:
    # Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011, binary data: 0.095.
    meg = [False, True, False, False, False, False, False, False, True, False]
    owen = [True, True, True, False, False, True, False, False, False, False]
    assert alpha(meg, owen) == pytest.approx(1 - 19 * 4 / (14 * 6))
    assert alpha(owen, meg) == pytest.approx(0.095, abs=0.0005)


def test_alpha_is_one_where_all_agree_and_below_zero_where_nobody_does() -> None:
    assert alpha([True, False], [True, False]) == 1
    disagreeing = alpha([True, False], [False, True])
    assert disagreeing is not None
    assert disagreeing < 0


@pytest.mark.parametrize("answers", [[], [False, False], [True]])
def test_alpha_of_what_never_varies_is_none(answers: list[bool]) -> None:
    assert alpha(answers, answers) is None


def test_alpha_without_its_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "krippendorff", None)
    with pytest.raises(UsageError, match=r"pip install 'policy-annotate\[evaluation\]'$"):
        alpha([True], [False])


# ---- Two passes ----


def test_a_pass_agrees_with_itself(tmp_path: Path) -> None:
    labels: Labels = {"a.txt": [[CAUSE], [], [IMPACT, ACTION]], "b.txt": [[ACTION], [CAUSE]]}
    found = compared(tmp_path, labels, labels)
    assert (found.first, found.second, found.units) == ("ann", "bob", 5)
    assert found.alpha == 1
    assert found.alpha_by_category == {"impact": 1, "cause": 1, "action": 1}
    assert found.alpha_by_document == {"a.txt": 1, "b.txt": 1}
    assert found.scores.overall["annotation"] == Counts(5, 0, 0)
    assert found.scores.overall.attribute.accuracy == 1
    assert found.unstable == ()
    assert all(aim.met for aim in found.aims)


def test_disagreement_shows_where_it_is(tmp_path: Path) -> None:
    first: Labels = {"a.txt": [[CAUSE], [CAUSE], [IMPACT], []], "b.txt": [[ACTION], []]}
    second: Labels = {"a.txt": [[CAUSE], [GUESS], [ACTION], []], "b.txt": [[ACTION], [ACTION]]}
    found = compared(tmp_path, first, second)
    # Actions: both on one unit, the second labeller alone on two of the other five.
    assert found.alpha_by_category["action"] == pytest.approx(1 - 11 * 2 / (4 * 8))
    assert found.alpha_by_category["cause"] == 1
    assert found.alpha_by_document["a.txt"] == pytest.approx(1 - 23 * 2 / (6 * 18))
    # 18 cells and 36 answers, 9 of them yes; 3 cells differ.
    assert found.alpha == pytest.approx(1 - 35 * 3 / (9 * 27))
    assert found.scores.overall["annotation"] == Counts(3, 2, 1)
    assert found.scores.by_category["cause"].attributes["certainty"].accuracy == 0.5
    assert found.scores.overall.attribute.values == Counts(4, 1, 1)
    assert found.scores.by_document["b.txt"]["document"] == Counts(2, 0, 0)
    assert found.unstable == ("impact", "action")
    assert [aim.name for aim in found.aims if aim.met] == ["attribute accuracy"]
    assert found.confusion == {
        (None, "action"): 1,
        ("action", "action"): 1,
        ("cause", "cause"): 2,
        ("impact", "action"): 1,
    }


def test_a_category_that_nobody_uses_is_neither_stable_nor_unstable(tmp_path: Path) -> None:
    found = compared(tmp_path, {"a.txt": [[CAUSE], []]}, {"a.txt": [[CAUSE], []]})
    assert found.alpha_by_category == {"impact": None, "cause": 1, "action": None}
    assert found.unstable == ()
    assert [(aim.name, aim.value) for aim in found.aims][1] == ("least alpha of a category", 1)


def test_what_is_left_out_is_equal_to_its_default(tmp_path: Path) -> None:
    full = {**ACTION, "planned": False, "date": None, "attempts": None, "time": None}
    found = compared(tmp_path, {"a.txt": [[full]]}, {"a.txt": [[ACTION]]})
    assert found.scores.overall.attribute.accuracy == 1
    assert found.scores.overall.attributes["planned"].silent == 1


def test_agreement_is_json(tmp_path: Path) -> None:
    found = compared(tmp_path, {"a.txt": [[CAUSE], []]}, {"a.txt": [[], [IMPACT]]})
    content = json.loads(json.dumps(found.to_json()))
    assert content["confusion"] == [
        {"first": None, "second": "impact", "units": 1},
        {"first": "cause", "second": None, "units": 1},
    ]
    assert content["unstable"] == ["impact", "cause"]
    assert {"name": "annotation F1", "value": 0, "least": 0.8, "met": False} in content["aims"]
    assert content["scores"]["overall"]["support"] == 1
    assert content["alpha_by_category"]["action"] is None
    assert content["alpha"] < STABLE


# ---- Passes that cannot be compared ----


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ({"a.txt": [[], []]}, r"bob: lacks b\.txt; "),
        ({"a.txt": [[], []], "b.txt": [[]], "c.txt": [[]]}, r"ann: lacks c\.txt; "),
        ({"a.txt": [[]], "b.txt": [[]]}, r"bob/a\.txt\.jsonl: ends before the other pass does; "),
        ({"a.txt": [[], []], "b.txt": [[], []]}, r"ann/b\.txt\.jsonl: ends before the other pass"),
    ],
)
def test_passes_over_other_units_are_not_compared(
    tmp_path: Path, second: Labels, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        compared(tmp_path, {"a.txt": [[], []], "b.txt": [[]]}, second)


def test_a_unit_with_other_borders_is_named(tmp_path: Path) -> None:
    first = written(tmp_path / "ann", {"a.txt": [[], []]})
    file = tmp_path / "bob" / "a.txt.jsonl"
    written(tmp_path / "bob", {"a.txt": [[], []]})
    file.write_text(file.read_text(encoding="utf-8").replace("19", "18"), encoding="utf-8")
    with pytest.raises(UsageError, match=r"bob/a\.txt\.jsonl:2: is another unit than in "):
        agreement(first, read_pass(tmp_path / "bob"), SCHEMA)


def test_an_annotation_that_does_not_fit_the_schema_is_named(tmp_path: Path) -> None:
    wrong = {"a.txt": [[], [{**CAUSE, "certainty": "perhaps"}]]}
    with pytest.raises(UsageError, match=r"bob/a\.txt\.jsonl:2: certainty: \"perhaps\" is not"):
        compared(tmp_path, {"a.txt": [[], []]}, wrong)
