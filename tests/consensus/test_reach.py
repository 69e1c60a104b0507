"""What a sample read: answered parts alone, also those of a chunk that was cut."""

from __future__ import annotations

import pytest

from annotate.consensus.reach import holds, read_ranges, touches, without
from annotate.ledger import Entry


@pytest.mark.parametrize("status", ["ok", "repaired", "partial"])
def test_answered_chunks_are_read_and_run_on(status: str) -> None:
    entries = [Entry("a", 1, 10, 20, "ok"), Entry("a", 0, 0, 10, status)]  # type: ignore[arg-type]
    assert read_ranges(entries) == [(0, 20)]


@pytest.mark.parametrize(
    "status", ["failed", "refused", "truncated", "unsent", "abstained", "furniture"]
)
def test_what_has_no_answer_is_not_read(status: str) -> None:
    entries = [Entry("a", 0, 0, 10, status), Entry("a", 1, 10, 20, "ok")]  # type: ignore[arg-type]
    assert read_ranges(entries) == [(10, 20)]


def test_of_a_chunk_that_was_cut_the_answered_parts_are_read() -> None:
    entry = Entry("a", 0, 0, 30, "truncated", unread=((20, 25), (5, 10)))
    assert read_ranges([entry]) == [(0, 5), (10, 20), (25, 30)]


def test_words_are_held_by_one_range_as_a_whole() -> None:
    ranges = [(0, 10), (20, 30)]
    assert holds(ranges, 2, 10)
    assert not holds(ranges, 8, 22)
    assert touches(ranges, 8, 22)
    assert not touches(ranges, 10, 20)


def test_what_ranges_leave_of_a_span() -> None:
    assert without(5, 30, [(0, 10), (20, 25), (40, 50)]) == [(10, 20), (25, 30)]
    assert without(5, 8, [(0, 10)]) == []
