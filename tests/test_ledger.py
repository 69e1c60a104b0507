"""The ledger's lines: what they hold survives being written and read."""

from __future__ import annotations

import json
from typing import get_args

import pytest

from annotate.ledger import ANSWERED, Entry, Status

FULL = Entry(
    "a.txt", 3, 10, 20, "partial", 2, 1, 4, 3, 1000, 50, 0.00123, 4.567, "1 annotation is out"
)


def test_a_line_read_back_is_the_line_that_was_written() -> None:
    assert Entry.from_json(json.loads(json.dumps(FULL.to_json()))) == FULL


def test_what_a_later_version_adds_is_left_out() -> None:
    assert Entry.from_json({**FULL.to_json(), "unknown": 1}) == FULL


def test_what_an_earlier_version_did_not_have_takes_its_default() -> None:
    row = {"document": "a", "chunk": 0, "start": 0, "end": 1, "status": "ok"}
    entry = Entry.from_json(row)
    assert (entry.requests, entry.cost, entry.note) == (0, None, "")


@pytest.mark.parametrize("missing", ["document", "chunk", "start", "end", "status"])
def test_a_line_without_what_it_is_about_is_none(missing: str) -> None:
    row = {key: value for key, value in FULL.to_json().items() if key != missing}
    with pytest.raises(TypeError, match=missing):
        Entry.from_json(row)


def test_silence_is_claimed_from_chunks_that_were_answered_alone() -> None:
    unanswered = {"abstained", "refused", "truncated", "failed", "unsent"}
    assert set(get_args(Status)) - set(ANSWERED) == unanswered
