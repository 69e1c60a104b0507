"""`annotate bless`: keep runs as the baseline that later ones are compared with."""

from __future__ import annotations

from typing import Annotated

import typer

from annotate.cli.options import Gold, RunFolders
from annotate.cli.output import print_line

app = typer.Typer()


@app.command()
def bless(
    runs: RunFolders,
    reason: Annotated[str, typer.Option(help="Why these runs are the ones to compare with.")],
    gold: Gold = None,
) -> None:
    """Keep complete runs as the baseline of their task and model.

    Examples:
        annotate bless runs/mine --reason 'the new prompt finds more rights'
    """
    from annotate.comparison import bless as blessing
    from annotate.comparison.baselines import read_baseline
    from annotate.formatting import ratio
    from annotate.runs.reader import find_runs

    file = blessing.bless([run for name in runs for run in find_runs(name)], reason, gold)
    blessed = read_baseline(file)
    scores = ", ".join(f"{name} F1 {ratio(value)}" for name, value in blessed.scores.items())
    count = len(blessed.samples)
    samples = "1 sample" if count == 1 else f"{count} samples"
    print_line(f"{file}: {samples} of {blessed.model}, {scores}")
