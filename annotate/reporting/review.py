"""Print what a review of a sample says about a whole run, and how large a sample to draw."""

from __future__ import annotations

from rich.console import Console

from annotate.formatting import ratio, share_interval
from annotate.reporting.terminal import print_line, table
from annotate.review.rates import EXPECTED, Precision, needed
from annotate.runs.reader import Run

_HALVES = (0.02, 0.05, 0.1)


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


def print_plan(run: Run, console: Console) -> None:
    """Print how many annotations to review, by the precision that is expected and wanted width.

    Raises:
        RunError: where the run is damaged.
    """
    of = sum(1 for _ in run.annotations())
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
