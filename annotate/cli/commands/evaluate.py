"""`annotate eval`: run a suite, score it, and compare it with what was blessed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from annotate.cli import completion
from annotate.cli.exit_codes import OF_STATUS
from annotate.cli.options import REPORTS, Given, InconclusiveAbove, Json, takes
from annotate.cli.output import console, print_json, print_note
from annotate.cli.progress import progress_lines
from annotate.cli.reports import write_suite

if TYPE_CHECKING:
    from annotate.suites.verdicts import TrialResult

app = typer.Typer()

SuiteName = Annotated[
    str | None,
    typer.Argument(
        metavar="SUITE",
        help="Name in eval/suites, or a .toml file (default: prompts where a model is named, "
        "else baseline).",
        autocompletion=completion.suites,
    ),
]
Prompts = Annotated[
    list[str] | None,
    typer.Option(
        "--prompt",
        "-p",
        help="Version of a prompt; repeatable.",
        autocompletion=completion.prompts,
    ),
]
Models = Annotated[
    list[str] | None,
    typer.Option(
        "--model",
        "-m",
        help="Model to ask, or lexicon; repeatable.",
        autocompletion=completion.models,
    ),
]
Against = Annotated[
    str,
    typer.Option(
        help="Run folder, baseline file, or the word baseline.",
        autocompletion=completion.runs_or_baseline,
    ),
]
Repeat = Annotated[
    int | None,
    typer.Option(min=1, metavar="<int>", help="Independent samples (default: the suite's)."),
]
Out = Annotated[
    Path | None,
    typer.Option("--out", "-o", help="Folder of the runs (default: runs/eval/<suite>)."),
]
SelfCheck = Annotated[
    bool, typer.Option("--self-check", help="Also count false alarms between the repeats.")
]


@app.command("eval")
@takes(
    settings=("base_url", "offline", "max_cost", "price", "mode", "chunk_size", "cache_dir"),
    reports=REPORTS,
)
def evaluate(
    suite: SuiteName = None,
    *,
    models: Models = None,
    prompts: Prompts = None,
    repeat: Repeat = None,
    settings: Given,
    against: Against = "baseline",
    self_check: SelfCheck = False,
    inconclusive_above: InconclusiveAbove = None,
    out: Out = None,
    reports: Given,
    as_json: Json = False,
) -> None:
    """Run a suite, score it and compare it with the baseline.

    This is the regression test of prompts. It prints what would be sent and cost before it sends
    anything. Only a model that is named is asked; otherwise the offline baseline is evaluated,
    which is free.

    The exit code is that of the worst trial: 5 stopped, 1 a gate failed, 4 incomplete,
    6 not comparable, 3 inconclusive, 0 no gate failed or none could be applied.

    Examples:
        annotate eval baseline
        annotate eval prompts --model NAME --prompt v1 --prompt v2
    """
    from annotate.project.settings import resolve_settings
    from annotate.reporting import wording
    from annotate.reporting.json import of_suite
    from annotate.reporting.suite import print_trial
    from annotate.suites.suite import default_suite, find_suite
    from annotate.suites.trials import Overrides
    from annotate.suites.verdicts import Conditions, evaluate_trials, plan, worst

    resolved = resolve_settings(settings)
    named = tuple(models or ())
    chosen = find_suite(suite or default_suite(named or (resolved.model,)))
    conditions = Conditions(
        against, resolved.offline, resolved.max_cost, inconclusive_above, self_check
    )
    planned = plan(
        chosen, Overrides(tuple(prompts or ()), named, repeat, out, settings), conditions
    )
    for line in wording.forecasts(planned, conditions.cap):
        print_note(line)
    results: list[TrialResult] = []
    for result in evaluate_trials(planned, conditions, progress_lines()):
        results.append(result)
        if not as_json:  # at once: the next trial may take an hour
            print_trial(result, console(), in_full=len(planned) == 1)
    write_suite(chosen.name, results, reports)
    if as_json:
        print_json(of_suite(chosen.name, results, OF_STATUS))
    raise typer.Exit(OF_STATUS[worst(results)])
