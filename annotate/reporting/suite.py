"""Print what came of the trials of a suite on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console

from annotate.reporting import wording
from annotate.reporting.comparison import print_comparison
from annotate.reporting.evaluation import print_evaluation, print_repeats
from annotate.reporting.terminal import print_line, print_lines, table

if TYPE_CHECKING:
    from annotate.suites.verdicts import TrialResult

_STYLES = {"failed": "bold red", "stopped": "bold red", "passed": "bold green"}


def print_trial(result: TrialResult, console: Console, *, in_full: bool) -> None:
    """Print how a trial ended, its headline scores, its comparison and its self-check.

    Where it was compared with nothing, every score of it is printed if `in_full`. A comparison that
    gates nothing is told in a line.
    """
    _print_scores(result, console)
    if result.comparison is not None and not result.trial.gated:
        print_line(console, wording.verdict(result.comparison))
    elif result.comparison is not None:
        print_comparison(result.comparison, console)
    elif in_full and any(each.reliability.grounded for each in result.evaluations):
        if len(result.evaluations) > 1:
            print_repeats(result.evaluations, console)
        print_evaluation(result.evaluations[0], console)
    print_lines(console, wording.self_check(result))


def _print_scores(result: TrialResult, console: Console) -> None:
    print_line(console, wording.trial(result), _STYLES.get(result.status, "bold"))
    if result.subsets:
        shown = table(None, wording.SUBSET_COLUMNS)
        for row in wording.subset_rows(result):
            shown.add_row(*row)
        console.print(shown)
    for remark in wording.remarks(result):
        print_line(console, remark, "yellow" if remark.startswith("WARNING") else "")
