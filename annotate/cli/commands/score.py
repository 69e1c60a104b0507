"""`annotate score`: how good a run is, against gold."""

from __future__ import annotations

import typer

from annotate.cli.exit_codes import ExitCode
from annotate.cli.options import Gold, Json, RunFolders, TaskOfGold
from annotate.cli.output import console, print_json

app = typer.Typer()


@app.command()
def score(
    runs: RunFolders, gold: Gold = None, task: TaskOfGold = None, as_json: Json = False
) -> None:
    """Score a run against gold.

    Of several repeats also how far their scores lie apart, and what they agree on.

    Examples:
        annotate score runs/mine
        annotate score runs/mine --gold my-gold --json
    """
    from annotate.evaluation.references import read_references
    from annotate.evaluation.repeats import evaluate_repeats
    from annotate.reporting.evaluation import print_evaluation, print_repeats
    from annotate.reporting.json import of_evaluations
    from annotate.runs.reader import find_runs

    found = [run for name in runs for run in find_runs(name)]
    evaluations = evaluate_repeats(found, gold, task=task)
    references = read_references(evaluations[0].gold.folder)
    if as_json:
        print_json(of_evaluations(evaluations, references))
    else:
        if len(evaluations) > 1:
            print_repeats(evaluations, console(), references)
        print_evaluation(evaluations[0], console(), references)
    if not all(each.complete for each in evaluations):
        raise typer.Exit(ExitCode.INCOMPLETE)
