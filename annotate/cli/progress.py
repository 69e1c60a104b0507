"""Say how far a command has come, on standard error."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from annotate.cli.options import Given
from annotate.cli.output import console, print_note

if TYPE_CHECKING:
    from annotate.pipeline.progress import Progress
    from annotate.suites.trials import Trial

Clock = Callable[[], float]

_PAUSE = 10.0  # seconds between two lines: fewer than a log is read for, and still signs of life
_LOOKED_AT = 60.0  # seconds that tell how fast chunks are finished: an endpoint changes its pace


class Pace:
    """How fast chunks are finished, from those of the last minute."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._seen = deque([(clock(), 0)])

    def see(self, state: Progress) -> float:
        """Return how many are finished in a second; those from the cache tell nothing of others."""
        now, chunks = self._clock(), state.chunks - state.cached
        self._seen.append((now, chunks))
        while len(self._seen) > 2 and self._seen[1][0] < now - _LOOKED_AT:
            self._seen.popleft()
        began, before = self._seen[0]
        return (chunks - before) / (now - began) if now > began else 0.0


def progress_text(state: Progress, rate: float) -> str:
    """Say how far a run has come; `rate` is in chunks a second."""
    more = "" if state.counted else " or more"
    said = [f"{state.chunks:,} of {state.of:,}{more} chunks"]
    if state.cached:
        said[0] += f" ({state.cached:,} from the cache)"
    if rate > 0:
        said.append(f"{rate:,.1f} a second" if rate >= 1 else f"{rate * 60:.1f} a minute")
        if state.counted:
            said.append(f"{_duration((state.of - state.chunks) / rate)} left")
    said.append(f"{state.documents:,} documents, {state.annotations:,} annotations")
    if state.asked:
        said.append("price unknown" if state.cost is None else f"{state.cost:.4f} USD")
    return " · ".join(said)


def say_who_annotates(settings: Given) -> None:
    """Say that the offline baseline annotates, where the settings name no model."""
    from annotate.project.settings import resolve_settings

    if resolve_settings(settings).model is None:
        print_note("no model is named: the offline baseline annotates, by cue words")


@contextmanager
def run_progress(clock: Clock = time.monotonic) -> Iterator[Callable[[Progress], None]]:
    """Yield a callback that shows the progress of a run: as a bar on a terminal, else as lines.

    Raises:
        KeyboardInterrupt: as it came; it says how far a run came whose answers are kept.
    """
    pace = Pace(clock)
    last: Progress | None = None
    with _shown(clock) as show:

        def report(state: Progress) -> None:
            nonlocal last
            last = state
            show(progress_text(state, pace.see(state)))

        try:
            yield report
        except KeyboardInterrupt:
            if last is not None and (last.asked or last.cached):
                raise KeyboardInterrupt(progress_text(last, 0.0)) from None
            raise


@contextmanager
def _shown(clock: Clock) -> Iterator[Callable[[str], None]]:
    if not sys.stderr.isatty():
        yield _lines(clock)
        return
    from rich import progress

    columns = (
        progress.SpinnerColumn(),
        progress.TextColumn("{task.description}", markup=False),
        progress.TimeElapsedColumn(),
    )
    with progress.Progress(*columns, console=console(stderr=True), transient=True) as bar:
        line = bar.add_task("reading", total=None)
        yield lambda said: bar.update(line, description=said)


def progress_lines(clock: Clock = time.monotonic) -> Callable[[Trial, Progress], None]:
    """Return a callback that prints every few seconds how far a trial has come."""
    show = _lines(clock)
    paces: dict[str, Pace] = {}

    def report(trial: Trial, state: Progress) -> None:
        pace = paces.setdefault(trial.name, Pace(clock))
        show(f"{trial.name}: {progress_text(state, pace.see(state))}")

    return report


def _lines(clock: Clock) -> Callable[[str], None]:
    """Return what prints a line where the last one is some seconds old."""
    printed = clock()

    def show(said: str) -> None:
        nonlocal printed
        if clock() - printed >= _PAUSE:
            printed = clock()
            print_note(said)

    return show


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
