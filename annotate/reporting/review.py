"""Print what a review of a sample says about a whole run, and how large a sample to draw."""

from __future__ import annotations

from collections import Counter

from rich.console import Console

from annotate.formatting import ratio, share_interval
from annotate.reporting.terminal import print_line, table
from annotate.review.chunks import Chunks, recall_of
from annotate.review.rates import (
    ALIKE,
    EXPECTED,
    Precision,
    Recall,
    design_effect,
    needed,
    needed_chunks,
)
from annotate.review.session import Review
from annotate.runs.reader import Run, by_document

_HALVES = (0.02, 0.05, 0.1)
_CHUNK_HALVES = (0.05, 0.1)


def said_of(found: Precision) -> str:
    """Say how often a run is right, with the interval of it."""
    if not found.drawn:
        return f"precision: none of {found.of:,} annotations that were drawn is decided yet"
    shares = [
        f"{what} {ratio(count / found.drawn)} ({share_interval(found.interval(count))})"
        for what, count in (("as it stands", found.right), ("category and place", found.placed))
    ]
    return (
        f"precision of {found.of:,} annotations, from {found.drawn:,} drawn at random: "
        f"{', '.join(shares)}, with 95% intervals"
    )


def said_of_recall(review: Review) -> str:
    """Say how much of what stands in a run's texts it found, with the interval of it."""
    found = recall_of(review.chunks, review.items(), review.history.read())
    unread = sum(not each.answered for own in review.entries.values() for each in own)
    return f"{_recall(found)}{f'; {unread:,} that have no answer are left out' if unread else ''}"


def _recall(found: Recall) -> str:
    if not found.chunks:
        return f"recall: the first of {found.of:,} chunks that were drawn is not read yet"
    source = f"from {found.chunks:,} of {found.of:,} chunks, drawn at random and read whole"
    if found.share is None:
        return f"recall: nothing stands in what was read, {source}"
    return (
        f"recall {ratio(found.share)} ({share_interval(found.interval)}), {found.found:,} found "
        f"and {found.missed:,} missed, {source}, with a 95% interval"
    )


def print_plan(run: Run, console: Console) -> None:
    """Print how much to review, by what is expected and the width that is wanted.

    Annotations for the precision, chunks for the recall.

    Raises:
        RunError: where the run is damaged.
    """
    _plan_annotations(sum(1 for _ in run.annotations()), console)
    _plan_chunks(run, console)


def _plan_annotations(of: int, console: Console) -> None:
    titles = [f"±{100 * half:.0f} points" for half in _HALVES]
    shown = table(f"Annotations to review of {of:,}, drawn at random", ("expected", *titles))
    for share in EXPECTED:
        counts = [f"{needed(half, share, of):,}" for half in _HALVES]
        shown.add_row(ratio(share), *counts)
    console.print(shown)
    print_line(
        console,
        "expected: the precision before anybody has looked; .500 where nothing is known. "
        "annotate review RUN --order random draws them.",
        "dim",
    )


def _plan_chunks(run: Run, console: Console) -> None:
    chunks = Chunks(run.documents(), by_document(run.ledger(), lambda entry: entry.document))
    counted = Counter(map(chunks.holding, run.annotations()))
    sizes = [counted[each.id] for each in chunks]
    if not sum(sizes):
        said = "Nothing is annotated in its chunks: how many to read for the recall is not known."
        print_line(console, said, "dim")
        return
    titles = [f"±{100 * half:.0f} points" for half in _CHUNK_HALVES]
    title = f"Chunks to read of {len(sizes):,}, drawn at random"
    shown = table(title, ("expected", *titles))
    for share in EXPECTED:
        shown.add_row(ratio(share), *(f"{needed_chunks(h, share, sizes):,}" for h in _CHUNK_HALVES))
    console.print(shown)
    print_line(
        console,
        f"expected: the recall. A chunk has {sum(sizes) / len(sizes):.1f} annotations here, and a "
        f"design effect of {design_effect(sizes):.1f} is reckoned with: chunks differ, and what "
        f"stands in one is missed together. A correlation of {ratio(ALIKE)} is assumed; the review "
        "measures it, and may need more or fewer. annotate review RUN --order chunks draws them.",
        "dim",
    )
