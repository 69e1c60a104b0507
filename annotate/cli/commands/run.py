"""`annotate run`: annotate documents into a run folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import annotate
from annotate.cli.ending import end_run
from annotate.cli.options import RUNNING, Files, Given, Json, Replace, takes
from annotate.cli.progress import run_progress, say_who_annotates

app = typer.Typer()

Out = Annotated[
    Path | None,
    typer.Option("--out", "-o", help="Run folder (default: runs/<task>-<model>-<input>)."),
]


@app.command()
@takes(settings=RUNNING)
def run(
    files: Files,
    *,
    out: Out = None,
    replace: Replace = False,
    settings: Given,
    as_json: Json = False,
) -> None:
    """Annotate documents into a run folder; the same command goes on.

    A folder whose documents were edited since, or are not all there any more, is refused.

    Examples:
        annotate run eval/documents
        annotate run policy.pdf notes/ --out runs/mine
        annotate run '*.html' --model NAME --price 0.25,2 --max-cost 5
    """
    say_who_annotates(settings)
    with run_progress() as report:
        done = annotate.run(files, out=out, replace=replace, on_progress=report, **settings)
    end_run(done, as_json)
