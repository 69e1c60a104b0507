"""What people do to a region in Label Studio is what is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from annotate.runs.reader import Run
from tests.support.corrected import (
    INCIDENT_TASK,
    TEXT,
    Change,
    changed,
    impact_run,
    results_of,
    through,
)
from tests.support.marked import CAUSE, IMPACT, as_marked


def test_a_region_added_behind_an_emoji_is_what_was_marked(tmp_path: Path) -> None:
    start = TEXT.index("caused")
    end = len(TEXT.rstrip())

    def add(results: list[Any]) -> None:
        marked = as_marked(TEXT, start, end, "cause")
        chosen = {"id": marked["id"], "to_name": "text", "type": "choices"}
        triggers = {"value": {"choices": ["configuration"]}, "from_name": "cause__triggers"}
        certainty = {"value": {"choices": ["confirmed"]}, "from_name": "cause__certainty"}
        results += [marked, {**chosen, **triggers}, {**chosen, **certainty}]

    back, problems = changed(tmp_path, add)
    new = list(back.annotations())[-1]
    assert problems == []
    assert (new.start, new.end, new.quote) == (start, end, "caused it.")
    assert new.attributes == {"triggers": ["configuration"], "certainty": "confirmed"}
    assert [(e.quote, e.grounding) for e in new.evidence] == [("caused it.", "exact")]


def test_a_region_that_was_moved_over_a_line_end_keeps_its_attributes(tmp_path: Path) -> None:
    end = TEXT.index(" in Germany")

    def widen(results: list[Any]) -> None:
        for result in results:
            if result["id"] == "a0":
                words = as_marked(TEXT, 5, end, "impact")["value"]["text"]
                text = words if result["type"] == "labels" else result["value"]["text"]
                result["value"] |= {"start": 5, "end": end, "text": text}

    back, problems = changed(tmp_path, widen)
    moved = next(each for each in back.annotations() if each.end == end)
    assert problems == []
    assert moved.quote == "😀 was down.\r\n\r\nIt was slow"
    assert moved.attributes == IMPACT
    assert moved.evidence[0].quote == moved.quote


def test_values_are_what_was_chosen_and_typed(tmp_path: Path) -> None:
    def choose(results: list[Any]) -> None:
        results_of(results, "a0", "impact__effects")["value"]["choices"] = ["data_loss"]
        results_of(results, "a0", "impact__countries")["value"]["text"] = ["AT"]
        results.remove(results_of(results, "a0", "impact__duration"))
        results_of(results, "a0", "impact__customers_named")["value"]["choices"] = ["false"]

    back, problems = changed(tmp_path, choose)
    first = next(back.annotations())
    assert problems == []
    assert first.attributes == {
        "effects": ["data_loss"],
        "countries": ["AT"],
        "duration": None,
        "customers_named": False,
        "polarity": "affirmed",
    }
    assert first.evidence[0].grounding == "folded"


def test_a_number_comes_back_as_a_whole_number(tmp_path: Path) -> None:
    def fix(results: list[Any]) -> None:
        label = results_of(results, "a2", "label")
        label["value"]["labels"] = ["action"]
        results[:] = [r for r in results if r["id"] != "a2" or r is label]
        common = {"id": "a2", "to_name": "text"}
        step = {"from_name": "action__step", "type": "choices", "value": {"choices": ["mitigated"]}}
        tried = {"from_name": "action__attempts", "type": "number", "value": {"number": 2.0}}
        results += [{**common, **step}, {**common, **tried}]

    back, problems = changed(tmp_path, fix)
    last = list(back.annotations())[-1]
    assert problems == []
    assert (last.category, last.attributes["step"]) == ("action", "mitigated")
    assert last.attributes["attempts"] == 2
    assert isinstance(last.attributes["attempts"], int)


def test_what_was_deleted_is_gone_and_the_rest_is_the_same(tmp_path: Path) -> None:
    def delete(results: list[Any]) -> None:
        results[:] = [result for result in results if result["id"] != "a1"]

    back, problems = changed(tmp_path, delete)
    before = list(Run(tmp_path / "run").annotations())
    assert problems == []
    assert list(back.annotations()) == [before[0], before[2]]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda r: r.append({"type": "number", "id": "z"}), "not the result of a region"),
        (lambda r: r.remove(results_of(r, "a0", "label")), "region a0: has no label"),
        (lambda r: results_of(r, "a0", "label")["value"].update(labels=[]), "has no label"),
        (lambda r: r[0]["value"].update(end=9999), "its words do not stand at 0 to 9999"),
        (lambda r: r[0]["value"].update(start=-1), "its words do not stand at -1"),
        (lambda r: r[0]["value"].update(start="1"), "its words do not stand at 1"),
        (lambda r: r[0]["value"].update(start=False), "its words do not stand at False"),
        (lambda r: r[0]["value"].update(start=3, text="else"), "its words do not stand at 3"),
        (lambda r: r[0]["value"].update(labels=["cause"]), "is not an attribute of cause"),
    ],
    ids=[
        "no value",
        "no result",
        "no label",
        "beyond",
        "before",
        "no number",
        "a truth value",
        "other words",
        "leftover",
    ],
)
def test_a_bad_region_is_named_and_the_rest_is_read(
    tmp_path: Path, change: Change, message: str
) -> None:
    back, problems = changed(tmp_path, change)
    assert message in "\n".join(map(str, problems))
    assert all("task 1" in each.place for each in problems)
    assert any(each.lost for each in problems)
    quotes = [each.quote for each in back.annotations()]
    assert {"It was slow in Germany.", "A setting caused it."} <= {*quotes}
    assert list(back.quarantine())


def test_offsets_in_utf_16_units_of_an_early_version_are_told_by_the_words(tmp_path: Path) -> None:
    start = TEXT.index("A setting")

    def shift(results: list[Any]) -> None:
        marked = as_marked(TEXT, start, start + 9, "cause")
        marked["value"] |= {"start": start + 1, "end": start + 10}  # the emoji counts twice
        results.append(marked)

    back, problems = changed(tmp_path, shift)
    assert ["UTF-16" in str(each) for each in problems if not each.lost] == [True]
    (refused,) = back.quarantine()  # it has no attributes yet
    assert refused["item"]["quote"] == "A setting"


def test_two_labels_on_a_region_are_two_annotations(tmp_path: Path) -> None:
    def both(results: list[Any]) -> None:
        results_of(results, "a2", "label")["value"]["labels"] = ["cause", "action"]

    read = through(impact_run(tmp_path), "label-studio", INCIDENT_TASK, both)
    found = [(span.category, span.attributes) for span in read.documents[0].spans[2:]]
    assert found == [("cause", CAUSE), ("action", {})]
