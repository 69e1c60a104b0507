"""`annotate run`: annotate documents into a run folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

import annotate
from annotate.cli.ending import end_run
from annotate.cli.options import RUNNING, Files, Given, Json, Replace, takes
from annotate.cli.progress import run_progress, say_who_annotates
from annotate.errors import UsageError

app = typer.Typer()

Out = Annotated[
    Path | None,
    typer.Option("--out", "-o", help="Run folder (default: runs/<task>-<model>-<input>)."),
]

Engine = Annotated[
    Literal["local", "ray"],
    typer.Option(help="What runs it: this machine, or a cluster of Ray, which writes Parquet."),
]
Address = Annotated[
    str | None,
    typer.Option(help="Address of the cluster of --engine ray (default: one on this machine)."),
]


@app.command()
@takes(settings=RUNNING)
def run(
    files: Files,
    *,
    out: Out = None,
    replace: Replace = False,
    engine: Engine = "local",
    address: Address = None,
    settings: Given,
    as_json: Json = False,
) -> None:
    """Annotate documents into a run folder; the same command goes on.

    A folder whose documents were edited since, or are not all there any more, is refused.

    Examples:
        annotate run eval/documents
        annotate run policy.pdf notes/ --out runs/mine
        annotate run '*.html' --model NAME --price 0.25,2 --max-cost 5
        annotate run corpus.jsonl --engine ray --address auto --out /shared/run
    """
    say_who_annotates(settings)
    if address is not None and engine != "ray":
        raise UsageError("--address is that of a cluster; add --engine ray")
    with run_progress() as report:
        if engine == "ray":
            from annotate.scale.dataset import annotate_inputs

            done = annotate_inputs(
                files, out=out, address=address, replace=replace, on_progress=report, **settings
            )
        else:
            done = annotate.run(files, out=out, replace=replace, on_progress=report, **settings)
    end_run(done, as_json)
