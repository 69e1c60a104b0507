"""Say how far a command has come, on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from annotate.cli.output import console, print_note

if TYPE_CHECKING:
    from annotate.pipeline.run import Progress
    from annotate.suites.trials import Trial

_PAUSE = 5.0  # seconds between two lines: fewer than a log is read for, and still signs of life


@contextmanager
def progress_bar() -> Iterator[Callable[[Progress], None] | None]:
    """Yield a callback that draws the progress of a run on a terminal; in a pipe None."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich import progress

    columns = (
        progress.SpinnerColumn(),
        progress.TextColumn("{task.completed:,} documents · {task.fields[found]:,} annotations · "),
        progress.TextColumn("{task.fields[rate]:.1f} MB/s · {task.fields[cost]:.4f} USD"),
        progress.TimeElapsedColumn(),
    )
    with progress.Progress(*columns, console=console(stderr=True), transient=True) as bar:
        line = bar.add_task("", total=None, found=0, rate=0.0, cost=0.0)

        def report(state: Progress) -> None:
            elapsed = max(bar.tasks[0].elapsed or 0.0, 0.001)  # none has passed at the first call
            bar.update(
                line,
                completed=state.documents,
                found=state.annotations,
                rate=state.characters / 1e6 / elapsed,
                cost=state.cost,
            )

        yield report


def progress_lines(
    clock: Callable[[], float] = time.monotonic,
) -> Callable[[Trial, Progress], None]:
    """Return a callback that prints every few seconds how far a trial has come."""
    printed = clock()

    def report(trial: Trial, state: Progress) -> None:
        nonlocal printed
        if clock() - printed >= _PAUSE:
            printed = clock()
            found = f"{state.documents:,} documents, {state.annotations:,} annotations"
            print_note(f"{trial.name}: {found}, {state.cost:.4f} USD")

    return report
