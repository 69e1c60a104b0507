"""Chunks of a united run: answered where a sample answered, cut where any sample was cut."""

from __future__ import annotations

from typing import Any

import pytest

from annotate.consensus.ledger import chunk_at, united_entries
from annotate.ledger import Entry
from tests.support.work import steps


def entry(start: int, end: int, status: Any = "ok", chunk: int = 0, **more: Any) -> Entry:
    return Entry("a", chunk, start, end, status, **more)


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        (["ok", "failed"], "ok"),
        (["partial", "repaired"], "repaired"),
        (["failed", "truncated"], "truncated"),
        (["unsent", "failed"], "failed"),
        (["furniture", "furniture"], "furniture"),
        (["furniture", "ok"], "ok"),
        (["furniture", "failed"], "failed"),
    ],
)
def test_a_chunk_ends_as_in_the_sample_that_read_most_of_it(
    statuses: list[Any], status: str
) -> None:
    (united,) = united_entries([[entry(0, 9, each)] for each in statuses])
    assert united.status == status


def test_halves_that_two_samples_read_make_a_whole() -> None:
    first = entry(0, 9, "truncated", unread=((4, 9),), note="cut")
    second = entry(0, 9, "truncated", unread=((0, 4),), note="cut")
    (united,) = united_entries([[first], [second]])
    assert (united.status, united.unread) == ("ok", ())
    (united,) = united_entries([[first], [first]])
    assert (united.status, united.unread, united.note) == ("truncated", ((4, 9),), "cut")


def test_chunks_that_were_cut_otherwise_end_where_either_ends() -> None:
    first = [entry(0, 6), entry(6, 9, "failed", 1)]
    second = [entry(0, 3), entry(3, 9, "ok", 1)]
    united = united_entries([first, second])
    assert [(e.chunk, e.start, e.end, e.status) for e in united] == [
        (0, 0, 3, "ok"),
        (1, 3, 6, "ok"),
        (2, 6, 9, "ok"),
    ]
    assert [chunk_at(united, place) for place in (0, 2, 3, 8)] == [0, 0, 1, 2]
    assert [each.note for each in united] == ["", "", "answered by 1 of 2 samples"]


def test_what_all_samples_took_is_added_up() -> None:
    took: dict[str, Any] = {
        "requests": 1,
        "prompt_tokens": 10,
        "completion_tokens": 5,
        "seconds": 0.5,
    }
    priced = entry(0, 9, cost=0.25, **took)
    (united,) = united_entries([[priced], [priced]])
    assert (united.requests, united.prompt_tokens, united.completion_tokens) == (2, 20, 10)
    assert (united.cost, united.seconds) == (0.5, 1.0)
    (united,) = united_entries([[priced], [entry(0, 9, **took)]])
    assert united.cost is None  # of one the price is not known


def test_a_text_of_nothing_is_one_chunk() -> None:
    (united,) = united_entries([[entry(0, 0)], [entry(0, 0)]])
    assert (united.start, united.end, united.status) == (0, 0, "ok")
    assert united_entries([]) == []


def test_twice_the_chunks_take_twice_the_work() -> None:
    def work(count: int) -> int:
        chunks = [entry(9 * n, 9 * n + 9, "ok", n) for n in range(count)]
        return steps(lambda: united_entries([chunks, chunks, chunks]))

    assert work(400) < 2.5 * work(200)
