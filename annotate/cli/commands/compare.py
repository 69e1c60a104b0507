"""`annotate compare`: what a change did, and whether it passes the gates."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

import annotate
from annotate.cli import completion
from annotate.cli.exit_codes import ExitCode
from annotate.cli.options import REPORTS, Given, Gold, InconclusiveAbove, Json, TaskOfGold, takes
from annotate.cli.output import console, print_json, quoted
from annotate.cli.reports import write_comparison
from annotate.errors import NoGold, NotComparable, RunError, UsageError

if TYPE_CHECKING:
    from annotate.comparison.comparison import Comparison

app = typer.Typer()


@app.command()
@takes(reports=REPORTS)
def compare(
    before: Annotated[
        str,
        typer.Argument(
            metavar="A",
            help="Run folder, its repeats, a baseline file, or the word baseline.",
            autocompletion=completion.runs_or_baseline,
        ),
    ],
    after: Annotated[
        str,
        typer.Argument(
            metavar="B",
            help="Run folder, its repeats, or a baseline file.",
            autocompletion=completion.runs,
        ),
    ],
    *,
    gold: Gold = None,
    task: TaskOfGold = None,
    inconclusive_above: InconclusiveAbove = None,
    seed: Annotated[
        int, typer.Option(min=0, metavar="<int>", help="Seed of the randomisation test.")
    ] = 0,
    reports: Given,
    as_json: Json = False,
) -> None:
    """Compare two runs, or a run with a baseline.

    A gate that fails ends with code 1. runs/x also stands for its repeats runs/x-1, runs/x-2 and
    so on, where runs/x is not a run.

    Examples:
        annotate compare runs/before runs/after
        annotate compare baseline runs/mine --markdown summary.md
    """
    # The matrices are small: more threads of numpy's than one would mostly wait, and busily.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        found = annotate.compare(before, after, task=task, gold=gold, seed=seed)
    except (NoGold, NotComparable) as error:
        raise (error if gold else _without_gold(before, after, error, as_json)) from None
    write_comparison(found, reports)
    if as_json:
        print_json(found.to_json())
    else:
        from annotate.reporting.comparison import print_comparison

        print_comparison(found, console())
    raise typer.Exit(_exit_code(found, inconclusive_above))


def _without_gold(before: str, after: str, why: UsageError, as_json: bool) -> UsageError:
    """Print what can be said of two runs without gold; return why not more, and what says more."""
    from annotate.reporting.comparison import print_counts
    from annotate.runs.reader import find_runs

    try:
        sides = find_runs(before)[0], find_runs(after)[0]
    except RunError:
        return why
    if not as_json:
        print_counts(*sides, console())
    names = f"{quoted(before)} {quoted(after)}"
    return NotComparable(f"{why}; annotate diff {names} says what changed, and needs no gold")


def _exit_code(found: Comparison, unseen: float | None) -> ExitCode:
    """Return the code for a gate that failed, else for an incomplete run, else for too little."""
    if not found.passed:
        return ExitCode.GATE_FAILED
    if not found.complete:
        return ExitCode.INCOMPLETE
    if unseen is not None and found.may_hide(unseen):
        return ExitCode.INCONCLUSIVE
    return ExitCode.OK
