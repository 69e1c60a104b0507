"""`annotate show`: print a run as tables."""

from __future__ import annotations

import typer

import annotate
from annotate.cli.options import Json, RunFolder
from annotate.cli.output import console, print_json

app = typer.Typer()


@app.command()
def show(folder: RunFolder, as_json: Json = False) -> None:
    """Print a run as tables: by category, by document, problems."""
    from annotate.reporting.json import of_run, silence_of
    from annotate.reporting.run import print_run

    run = annotate.Run(folder)
    if as_json:
        print_json({**of_run(run), "silence": silence_of(run)})
    else:
        print_run(run, console())
