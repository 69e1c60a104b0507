"""What changed between two sides: runs, texts, documents of one run, two readings of one text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from annotate.differences.diff import Diff, diff
from annotate.differences.pairs import paired, read_pairs
from annotate.errors import NotComparable, UsageError
from annotate.ledger import Entry
from annotate.runs.reader import Run
from tests.conftest import INCIDENTS
from tests.support.handmade import (
    CHECK,
    DEPLOY,
    LOST,
    ROLLED_BACK,
    SLOW,
    TEXT,
    Place,
    annotation,
    write_run,
)

OTHER = "Search was slow. A setting caused it. Carts were lost. We will add a check. We called."
SETTING: Place = ("cause", "A setting caused it.", {"triggers": ["configuration"]})


@pytest.fixture(autouse=True)
def second_domain(monkeypatch: pytest.MonkeyPatch) -> None:
    """The project of the second domain is the current folder."""
    monkeypatch.chdir(INCIDENTS)


def run_of(
    folder: Path,
    places: Mapping[str, tuple[str, list[Place]]],
    entries: list[Entry] | None = None,
    **identity: Any,
) -> Run:
    """Write a run of documents, each with its text and what is found in it."""
    found = [
        annotation(place, name, text=text) for name, (text, own) in places.items() for place in own
    ]
    texts = {name: text for name, (text, _) in places.items()}
    return write_run(folder, found, entries or (), documents=texts, **identity)


@pytest.fixture
def before(tmp_path: Path) -> Run:
    return run_of(tmp_path / "2023", {"a.txt": (TEXT, [SLOW, DEPLOY, ROLLED_BACK, LOST, CHECK])})


@pytest.fixture
def after(tmp_path: Path) -> Run:
    return run_of(tmp_path / "2024", {"a.txt": (OTHER, [SLOW, SETTING, LOST, CHECK])})


def told(found: Diff) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (each.kind, each.category, tuple(shift.name for shift in each.shifts))
        for each in found.changes
    ]


def test_every_statement_is_told_in_the_order_of_the_text(before: Run, after: Run) -> None:
    found = diff(before, after)
    assert told(found) == [
        ("kept", "impact", ()),
        ("changed", "cause", ("triggers",)),
        ("removed", "action", ()),
        ("kept", "impact", ()),
        ("kept", "action", ()),
    ]
    (shift,) = next(each.shifts for each in found.changes if each.shifts)
    assert (shift.before, shift.after) == (("deployment",), ("configuration",))
    (document,) = found.documents
    assert [*map(str, document.gained)] == ["cause.triggers=configuration"]
    assert "action.step=mitigated" in map(str, document.lost)


def test_a_run_is_the_same_as_itself(before: Run) -> None:
    found = diff(before, before)
    assert {each.kind for each in found.changes} == {"kept"}
    assert (found.documents[0].gained, found.notes) == ((), ())


def test_turned_round_added_is_removed(before: Run, after: Run) -> None:
    kinds = sorted(each.kind for each in diff(before, after).changes)
    swap = {"added": "removed", "removed": "added"}
    assert sorted(swap.get(c.kind, c.kind) for c in diff(after, before).changes) == kinds


def test_two_readings_of_one_text_are_compared_by_their_spans(tmp_path: Path) -> None:
    one = run_of(tmp_path / "one", {"a.txt": (TEXT, [SLOW, DEPLOY, LOST])}, model="one")
    otherwise: Place = ("action", "A deploy caused it.", {"step": "mitigated"})
    wider: Place = ("impact", "Carts were lost. We", {"effects": ["data_loss"]})
    other = run_of(tmp_path / "other", {"a.txt": (TEXT, [otherwise, wider])}, model="other")
    found = diff(one, other)
    assert found.documents[0].same_text
    assert told(found)[0] == ("removed", "impact", ())
    assert told(found)[1][:2] == ("changed", "action")
    assert "category" in told(found)[1][2]
    assert told(found)[2] == ("reworded", "impact", ())
    assert any("differ in model: one, then other" in note for note in found.notes)


def test_a_silence_is_told_where_both_sides_can_claim_it(before: Run, tmp_path: Path) -> None:
    after = run_of(tmp_path / "b", {"a.txt": (OTHER, [SLOW, SETTING])})
    (each,) = diff(before, after).documents[0].silencings
    assert (each.category, each.turn) == ("action", "fell silent")
    failed = Entry("a.txt", 0, 0, len(OTHER), "failed")
    unread = run_of(tmp_path / "c", {"a.txt": (OTHER, [SLOW, SETTING])}, [failed])
    found = diff(before, unread)
    (each,) = found.documents[0].silencings
    assert (each.category, each.turn) == ("action", "not known afterwards")
    assert "1 of 1 chunks not answered" in each.why
    assert "what is called removed may have stood there" in next(found.documents[0].doubts)
    assert not found.complete
    (each,) = diff(unread, before).documents[0].silencings
    assert each.turn == "not known before"
    (each,) = diff(after, before).documents[0].silencings
    assert each.turn == "broke its silence"


def test_documents_of_one_run_are_compared_by_a_mapping(tmp_path: Path) -> None:
    both = run_of(tmp_path / "r", {"old.txt": (TEXT, [SLOW]), "new.txt": (OTHER, [SLOW, LOST])})
    found = diff(both, pairs=[("old.txt", "new.txt")])
    assert told(found) == [("kept", "impact", ()), ("added", "impact", ())]
    assert found.documents[0].name == "old.txt → new.txt"
    with pytest.raises(UsageError, match=r"none\.txt: no such document before; there is old\.txt"):
        diff(both, pairs=[("none.txt", "new.txt")])


def test_which_documents_belong_together() -> None:
    assert paired(["a"], ["b"]).pairs == (("a", "b"),)
    found = paired(["a", "b", "c"], ["b", "c", "d"])
    assert found.pairs == (("b", "b"), ("c", "c"))
    assert (found.only_before, found.only_after) == (("a",), ("d",))
    with pytest.raises(NotComparable, match="say which belong together with --pair OLD=NEW"):
        paired(["a", "b"], ["c", "d"])


def test_a_mapping_is_a_csv_file(tmp_path: Path) -> None:
    file = tmp_path / "pairs.csv"
    file.write_text("note,after,before\nx,b,a\n", encoding="utf-8")
    assert read_pairs(file, ["c=d"]) == [("a", "b"), ("c", "d")]
    assert read_pairs(None) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n", r"pairs\.csv:1: needs a first line with the columns before,after"),
        ("before,after\na,\n", r"pairs\.csv:2: needs a document before and after"),
        ("before,after\n\xff", r"pairs\.csv: is not a CSV file in UTF-8"),
    ],
)
def test_a_mapping_that_is_none_is_refused(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "pairs.csv"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(UsageError, match=said):
        read_pairs(file)


def test_runs_of_other_tasks_are_no_two_sides(before: Run, tmp_path: Path) -> None:
    other = run_of(tmp_path / "x", {"a.txt": (TEXT, [])}, task="privacy_policy")
    with pytest.raises(NotComparable, match="compare what one task says"):
        diff(before, other)


def test_a_difference_is_asked_for_as_annotations_are(before: Run, after: Run) -> None:
    found = diff(before, after)
    assert told(found.select(category="cause")) == [("changed", "cause", ("triggers",))]
    on_one_side = found.select(where="cause.triggers=deployment")
    assert told(on_one_side) == [("changed", "cause", ("triggers",))]
    assert told(found.select(text="rolled back")) == [("removed", "action", ())]
    assert [*map(str, found.select(category="cause").documents[0].gained)] != []
    with pytest.raises(UsageError, match="causes"):
        found.select(category="causes")


def test_a_pattern_tells_how_many_changes_of_content_concern_it(before: Run, after: Run) -> None:
    patterns = ["impact", "cause", "action.step=mitigated", "cause.triggers=configuration", "any"]
    assert diff(before, after).failing(patterns) == dict(
        zip(patterns, [0, 1, 1, 1, 2], strict=True)
    )
    with pytest.raises(UsageError, match="--fail-on"):
        diff(before, after).failing(["nonsense"])


def test_texts_are_annotated_first_and_leave_nothing(tmp_path: Path) -> None:
    for folder, text in (("old", TEXT), ("new", OTHER)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(text, encoding="utf-8")
    found = diff(tmp_path / "old", tmp_path / "new", task="incident_report")
    assert found.before.name == str(tmp_path / "old")
    assert any(each.of_content for each in found.changes)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["new", "old"]
    with pytest.raises(UsageError, match="neither a run nor a text"):
        diff(tmp_path / "none", tmp_path / "new")
