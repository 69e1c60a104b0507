"""`annotate show`: print a run as tables, or the quotes that are asked for."""

from __future__ import annotations

import typer

import annotate
from annotate.cli.options import SELECTION, Given, Json, RunFolder, takes
from annotate.cli.output import console, print_json

app = typer.Typer()


@app.command()
@takes(selection=SELECTION)
def show(folder: RunFolder, selection: Given, as_json: Json = False) -> None:
    """Print a run as tables: by category, by document, problems.

    With --category, --document, --value, --text or --verdict: the quotes for which all of these
    hold.

    Examples:
        annotate show runs/mine
        annotate show runs/mine --category retention --text '30 days'
        annotate show runs/mine --value recipients=affiliate
    """
    from annotate.reporting.json import of_run, of_selection, silence_of
    from annotate.reporting.quotes import print_quotes
    from annotate.reporting.run import print_run

    run = annotate.Run(folder)
    if selection:
        selected = run.select(**selection)
        if as_json:
            print_json(of_selection(run, selected))
        else:
            print_quotes(run, selected, console())
    elif as_json:
        print_json({**of_run(run), "silence": silence_of(run)})
    else:
        print_run(run, console())
