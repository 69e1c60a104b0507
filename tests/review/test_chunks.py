"""Chunks drawn at random and read whole: from the first decision to the recall."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotate.errors import UsageError
from annotate.formats.corrections import read_corrections
from annotate.ledger import Entry
from annotate.reporting.review import said_of_recall
from annotate.review.chunks import recall_of
from annotate.review.draw import drawn
from annotate.review.log import replay
from annotate.review.passes import pass_of
from annotate.review.rates import design_effect, needed, needed_chunks
from annotate.review.session import Overtaken, Review, Wanted
from annotate.runs.reader import Run
from tests.support import drawn as runs
from tests.support.reviewing import schema

TEXT = "Search was slow. Carts were lost. Mail was late. It was caused by load. We slept."
SPANS = [(0, 16), (17, 33), (34, 48), (49, 71), (72, 81)]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """One sentence a chunk: three are annotated, and one has no answer."""
    found = [runs.annotation("a.txt", TEXT, *SPANS[place]) for place in (0, 1, 2)]
    ends = [start for start, _ in SPANS[1:]] + [len(TEXT)]
    entries = [
        Entry("a.txt", place, start, end, "failed" if place == 4 else "ok")
        for place, ((start, _), end) in enumerate(zip(SPANS, ends, strict=True))
    ]
    return runs.write(tmp_path / "run", {"a.txt": TEXT}, found, entries)


def opened(run: Run) -> Review:
    return Review(run, schema(), "ada", order="chunks")


def decide_all(review: Review, chunk: str, action: str = "accept") -> None:
    for item in review.chunks.parted(review.items()).get(chunk, ()):
        review.decide(Wanted(action=action, id=item.id, seen=0))  # type: ignore[arg-type]


def test_the_answered_chunks_come_up_as_drawn_each_with_its_annotations(run: Run) -> None:
    with opened(run) as review:
        names = [each.id for each in review.chunks]
        assert len(names) == 4
        assert names == drawn(names)
        own = review.chunks.parted(review.items())
        expected = [item.id for name in names for item in own.get(name, ())]
        assert review.ordered(review.items()) == expected
    with opened(run) as again:
        assert [each.id for each in again.chunks] == names


def test_what_was_read_says_what_the_run_misses(run: Run) -> None:
    with opened(run) as review:
        first, second, third, fourth = review.chunks
        assert said_of_recall(review).startswith(
            "recall: the first of 4 chunks that were drawn is not read yet; 1 that have no answer"
        )
        for chunk in (first, second, fourth):
            decide_all(review, chunk.id)
            review.decide(Wanted(action="read", id=chunk.id))
        added = Wanted(
            action="add",
            document="a.txt",
            category="cause",
            attributes=runs.CAUSE,
            start=second.start,
            end=second.end,
        )
        review.decide(added)
        review.decide(added.model_copy(update={"status": "optional"}))
        found = recall_of(review.chunks, review.items(), review.history.read())
        suggested = sum(len(review.chunks.parted(review.items())[each.id]) for each in (first,))
        assert (found.chunks, found.of) == (2, 4), "the fourth was read out of turn"
        assert (found.found, found.missed) == (suggested + _own(review, second.id), 1)
        assert "from 2 of 4 chunks, drawn at random and read whole" in said_of_recall(review)
        decide_all(review, third.id, "reject")
        review.decide(Wanted(action="read", id=third.id))
        whole = recall_of(review.chunks, review.items(), review.history.read())
        assert whole.chunks == 4
        assert whole.interval == (whole.share, whole.share), "nothing is left to guess"


def _own(review: Review, chunk: str) -> int:
    own = review.chunks.parted(review.items())[chunk]
    return sum(each.suggested is not None for each in own)


def test_what_belongs_elsewhere_is_missed_there(run: Run) -> None:
    with opened(run) as review:
        items = review.chunks.parted(review.items())
        chunk = next(each for each in review.chunks if each.id in items)
        (item,) = items[chunk.id]
        other = {"category": "cause", "attributes": runs.CAUSE}
        review.decide(Wanted(action="correct", id=item.id, **other))  # type: ignore[arg-type]
        for each in review.chunks:
            if each.id != chunk.id:
                decide_all(review, each.id, "reject")
            review.decide(Wanted(action="read", id=each.id))
        found = recall_of(review.chunks, review.items(), review.history.read())
        assert (found.found, found.missed) == (0, 1)


def test_a_chunk_is_no_annotation_and_is_undone_like_any_decision(run: Run) -> None:
    with opened(run) as review:
        empty = next(each for each in review.chunks if each.start == SPANS[3][0])
        made = review.decide(Wanted(action="read", id=empty.id))
        assert (made.start, made.end, made.quote) == (empty.start, empty.end, "")
        with pytest.raises(Overtaken, match="read already"):
            review.decide(Wanted(action="read", id=empty.id))
        with pytest.raises(UsageError, match="no annotation"):
            review.decide(Wanted(action="accept", id=empty.id, seen=made.n))
        review.decide(Wanted(action="undo", seen=made.n))
        assert review.history.read() == set()
        review.decide(Wanted(action="redo", seen=made.n))
        assert review.history.read() == {empty.id}
        for each in review.chunks:
            decide_all(review, each.id)
        assert len(review.items()) == 3
        read = replay(review.log.path)
        assert empty.id not in read.history.current()
        kept = pass_of(run, read).documents["a.txt"]
        assert sum(len(row.annotations) for row in kept) == 3
    corrections = read_corrections(run.path, "review", schema())
    assert [len(each.spans) for each in corrections.documents] == [3]
    assert corrections.problems == ()


def test_a_chunk_with_an_open_annotation_is_not_read(run: Run) -> None:
    with opened(run) as review:
        own = review.chunks.parted(review.items())
        name = next(iter(own))
        with pytest.raises(UsageError, match="annotations of this chunk are open: 1"):
            review.decide(Wanted(action="read", id=name))
        with pytest.raises(UsageError, match="there is no chunk 'chunk-x'"):
            review.decide(Wanted(action="read", id="chunk-x"))
        decide_all(review, name)
        made = review.decide(Wanted(action="read", id=name))
        review.decide(Wanted(action="skip", id=own[name][0].id, seen=made.n - 1))
        assert recall_of(review.chunks, review.items(), {name}).chunks == 0


def test_more_chunks_are_planned_where_they_differ() -> None:
    even, uneven = [4] * 1000, [0, 0, 0, 16] * 250
    assert design_effect([1] * 9) == design_effect([]) == 1
    assert design_effect(even) == pytest.approx(1.3)
    assert design_effect(uneven) == pytest.approx(2.5)
    wanted = needed(0.05, 0.8)
    assert needed_chunks(0.05, 0.8, even) == -(-wanted * 1.3 // 4)
    assert needed_chunks(0.05, 0.8, uneven) > needed_chunks(0.05, 0.8, even)
    assert needed_chunks(0.05, 0.8, even[:9]) == 9
    assert needed_chunks(0.05, 0.8, [0, 0]) == 2
