"""How far a run can be relied on: rates by hand, and nothing where there is nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotate.evaluation.predictions import Predictions
from annotate.evaluation.reliability import Reliability
from annotate.ledger import Entry, Status
from annotate.scoring.outcomes import Outcome, Outcomes
from tests.support.handmade import ROLLED_BACK, SLOW, TEXT, annotation, quarantined, write_run

NOTHING = Outcomes((), ())


def reliability(folder: Path, entries: list[Entry], *rejected: str) -> Reliability:
    rows = [
        quarantined("ungrounded" if each == "ungrounded" else "invalid", None) for each in rejected
    ]
    run = write_run(folder, [], entries, rows)
    return Reliability.of(Predictions.of(run), NOTHING, {"a.txt": TEXT})


def test_rates_tell_what_was_answered_from_what_was_left_after_repairs(tmp_path: Path) -> None:
    entries = [
        # Six grounded; of three ungrounded answers repairs mended two, of two invalid ones one.
        Entry("a.txt", 0, 0, 50, "partial", 6, invalid=2, ungrounded=3),
        Entry("a.txt", 1, 50, len(TEXT), "ok", 3),
    ]
    found = reliability(tmp_path / "run", entries, "ungrounded", "invalid")
    assert found.grounding_rate == 9 / 10
    assert found.hallucination_rate == 3 / 12
    assert (found.grounded, found.ungrounded, found.invalid, found.repaired) == (9, 1, 1, 3)


def test_rates_of_nothing_are_none(tmp_path: Path) -> None:
    found = reliability(tmp_path / "run", [Entry("a.txt", 0, 0, len(TEXT), "ok")])
    assert found.grounding_rate is None
    assert found.hallucination_rate is None
    assert found.duplicate_rate is None


def test_a_run_that_grounds_nothing_has_a_rate_of_zero(tmp_path: Path) -> None:
    entries = [Entry("a.txt", 0, 0, len(TEXT), "partial", 0, ungrounded=2)]
    found = reliability(tmp_path / "run", entries, "ungrounded", "ungrounded")
    assert (found.grounding_rate, found.hallucination_rate) == (0, 1)


def test_duplicates_are_a_share_of_the_scored_predictions(tmp_path: Path) -> None:
    twice, others = [Outcome("duplicate", 0)] * 2, [Outcome("matched", 0), Outcome("spurious")]
    told = Outcomes((), (*twice, *others))
    predictions = Predictions.of(write_run(tmp_path / "run"))
    assert Reliability.of(predictions, told, {}).duplicate_rate == 0.5


def test_chunks_are_counted_by_their_ending(tmp_path: Path) -> None:
    statuses: tuple[Status, ...] = (
        "ok",
        "failed",
        "repaired",
        "unsent",
        "ok",
        "partial",
        "refused",
        "truncated",
    )
    entries = [Entry("a.txt", i, i, i + 1, status) for i, status in enumerate(statuses)]
    found = reliability(tmp_path / "run", entries)
    assert found.chunks["ok"] == 2
    assert sum(found.chunks.values()) == 8
    assert found.unanswered == 4
    assert found.to_json()["unanswered"] == 4


@pytest.mark.parametrize("shift", [1, -1])
def test_a_quote_that_is_not_the_text_at_its_place_is_counted(tmp_path: Path, shift: int) -> None:
    good = annotation(ROLLED_BACK)
    bad = replace(good, start=good.start + shift, end=good.end + shift)
    predictions = Predictions.of(write_run(tmp_path / "run", [good, bad, annotation(SLOW)]))
    assert Reliability.of(predictions, NOTHING, {"a.txt": TEXT}).misquoted == 1
    assert Reliability.of(predictions, NOTHING, {}).misquoted == 0
