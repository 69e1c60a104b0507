"""What every output must be, whatever its score, and gates that are turned off."""

from dataclasses import replace
from pathlib import Path

import pytest

from annotate.comparison.compare import compare_evaluations
from annotate.comparison.gates import Gates
from annotate.ledger import Entry
from tests.support.noisy import (
    bench,
    changed,
    compared,
    evaluated,
    failed,
    moved,
    quarantined,
    say,
    write,
)


def test_what_does_not_fit_the_schema_fails(tmp_path: Path) -> None:
    before = write(tmp_path / "before", say(1))
    spoilt = changed(
        say(1),
        lambda e: (
            [replace(e, attributes={"periods": ["forever"]})] if e.category == "retention" else [e]
        ),
    )
    found = compared(before, write(tmp_path / "after", spoilt))
    (check,) = [check for check in found.failures if check.gate == "invariant"]
    assert check.what == "schema"
    assert check.message.count("retention") == 5
    assert " more" in check.message
    unknown = changed(
        say(1), lambda e: [replace(e, category="no such")] if e.category == "role" else [e]
    )
    assert ("invariant", "schema") in failed(compared(before, write(tmp_path / "more", unknown)))


def test_a_lower_grounding_rate_fails_and_a_higher_one_does_not(tmp_path: Path) -> None:
    rows = [quarantined("infotech.txt", "ungrounded", "no such words")]
    clean, some = write(tmp_path / "clean", say(1)), write(tmp_path / "some", say(1), refused=rows)
    assert failed(compared(clean, some)) == {("invariant", "grounding rate")}
    assert compared(some, clean).passed
    assert compared(some, some).passed


@pytest.mark.parametrize("status", ["failed", "unsent", "refused", "truncated"])
def test_a_chunk_without_an_answer_fails_however_it_ended(status: str, tmp_path: Path) -> None:
    def ended(entry: Entry) -> Entry:
        first = (entry.document, entry.chunk) == ("infotech.txt", 0)
        return replace(entry, status=status) if first else entry  # type: ignore[arg-type]

    before = write(tmp_path / "before", say(1))
    after = write(tmp_path / "after", say(1), ledger=ended)
    found = compared(before, after)
    assert [check.message for check in found.failures] == [
        f"was not answered: infotech.txt [0:3999] {status}"
    ]
    assert not found.complete
    assert f"{after.path} is incomplete: what it did not answer counts as missed" in found.notes


def test_gates_can_be_turned_off(tmp_path: Path) -> None:
    before = write(tmp_path / "before", say(1))
    left = changed(say(1), lambda e: [] if e.category == "retention" else [moved(e, 1)])
    after = write(tmp_path / "after", left)
    found = compared(before, after, gates=Gates(must_find=False, invariants=False, alpha=0.0))
    assert found.passed
    assert found.verdict == "no change detected"


def test_unstable_categories_stay_out_of_gates_and_caveats_are_noted(tmp_path: Path) -> None:
    (tmp_path / "agreement.json").write_text('{"unstable": ["use"]}', encoding="utf-8")
    (tmp_path / "yardsticks.json").write_text(
        '{"caveats": {"simulated": "No model.", "other": "Not here."}}', encoding="utf-8"
    )
    gold = replace(bench().gold, folder=tmp_path)
    left = changed(say(1), lambda e: [] if e.category == "use" else [e])
    sides = [replace(evaluated(said), gold=gold) for said in (say(1), left)]
    found = compare_evaluations(sides[:1], sides[1:], rounds=300)
    statuses = {check.what: check.status for check in found.checks}
    lost = [item.gold for item in found.changes.guarded if item.category == "use"]
    assert lost
    assert {statuses[name] for name in ("use", *lost)} == {"excluded"}
    assert found.by_category["use"].excluded == "its labellers agree too little"
    assert found.notes == ("simulated: No model.",)
