"""The ledger's lines: what they hold survives being written and read."""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest

from annotate.ledger import ANSWERED, Entry, Status, nothing_usable, refusal, remedy

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


@pytest.mark.parametrize(
    ("statuses", "annotations", "expected"),
    [
        ({}, 0, False),
        ({"partial": 3}, 0, True),
        ({"partial": 3, "furniture": 1, "abstained": 1, "failed": 2}, 0, True),
        ({"partial": 3}, 1, False),
        ({"partial": 3, "ok": 1}, 0, False),
        ({"partial": 3, "repaired": 1}, 0, False),
        ({"ok": 5}, 0, False),
        ({"furniture": 2}, 0, False),
    ],
)
def test_a_run_whose_answers_were_all_refused_has_nothing_usable(
    statuses: dict[str, int], annotations: int, expected: bool
) -> None:
    assert nothing_usable(statuses, annotations) is expected


@pytest.mark.parametrize(
    ("kind", "item", "problem", "said"),
    [
        ("ungrounded", {}, "quote: these words …", "the quoted words are not in the text"),
        ("invalid", "SECRET", "not JSON", "the answer is not in the form that was asked for"),
        ("invalid", {"category": "SECRET"}, "category: x", "the category is unknown"),
        ("invalid", {"category": "SECRET"}, "quote: missing", "the quote is missing"),
        ("invalid", {}, "SECRET: unknown attribute, a has b", "an attribute is unknown"),
        ("invalid", {}, "SECRET words", "an attribute is unknown"),
        ("invalid", {"category": "cause"}, "by.0: SECRET", "cause breaks the schema in 'by'"),
        ("invalid", {"category": "cause"}, "cause: SECRET", "cause breaks the schema"),
    ],
)
def test_a_refusal_is_said_in_words_of_ours(kind: str, item: Any, problem: str, said: str) -> None:
    assert refusal(kind, item, [problem]) == said


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        ({"ok": 3}, ["the same annotate run finishes it"]),
        ({"unsent": 1}, ["the same annotate run finishes it"]),
        ({"truncated": 1}, ["--retry-failed", "a larger answer limit", "--chunk-size"]),
        ({"truncated": 1, "unsent": 2}, ["asks the rest", "--retry-failed"]),
        ({"refused": 1}, ["--retry-failed asks again what was refused or failed"]),
        ({"failed": 1}, ["--retry-failed asks again what was refused or failed"]),
        ({"partial": 1}, ["nothing that was answered can be used", "--model"]),
    ],
)
def test_what_finishes_a_run_is_said_by_how_its_chunks_ended(
    statuses: dict[str, int], said: list[str]
) -> None:
    found = remedy(statuses, 0)
    assert all(each in found for each in said)
    again = "the same annotate run finishes it"
    assert (again in found) is (again in said)  # it does not finish what is kept as it is
