"""`annotate consensus`: several samples as one run that says how sure it is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from annotate.cli.exit_codes import ExitCode
from annotate.cli.options import Gold, Json, Replace, RunFolders
from annotate.cli.output import console, print_json

app = typer.Typer()


@app.command()
def consensus(
    runs: RunFolders,
    *,
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder of the united run.")],
    threshold: Annotated[
        float | None,
        typer.Option(
            metavar="SHARE",
            help="Deliver what this share of the samples says, or more (default: what any says).",
        ),
    ] = None,
    precision: Annotated[
        float | None,
        typer.Option(
            metavar="SHARE",
            help="Find the lowest threshold at which gold finds this share right, and use it.",
        ),
    ] = None,
    gold: Gold = None,
    replace: Replace = False,
    as_json: Json = False,
) -> None:
    """Unite samples into a run that says how sure it is.

    Samples of a prompt, or runs of several models. The confidence of an annotation is the share of
    the samples that say it, among those that read its words. What is less sure than the threshold
    goes to the quarantine. Code 1 where no threshold has the precision: then nothing is written.

    Examples:
        annotate consensus runs/claude --out runs/united
        annotate consensus runs/a runs/b runs/c --precision 0.95 --out runs/united
    """
    from annotate.consensus.consensus import consensus
    from annotate.reporting.consensus import print_consensus
    from annotate.runs.reader import find_runs

    found = [run for name in runs for run in find_runs(name)]
    made = consensus(
        found, out, threshold=threshold, precision=precision, gold=gold, replace=replace
    )
    if as_json:
        print_json(made.to_json())
    else:
        print_consensus(made, console())
    if made.run is None:
        raise typer.Exit(ExitCode.GATE_FAILED)
    if not made.run.complete:
        raise typer.Exit(ExitCode.INCOMPLETE)
