"""`annotate verify`: ask a model whether the annotations of a run hold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import annotate
from annotate.cli.exit_codes import ExitCode
from annotate.cli.options import (
    ASKING,
    CARRYING_OUT,
    ENDPOINT,
    VERIFYING,
    Given,
    Gold,
    Json,
    Replace,
    RunFolder,
    takes,
)
from annotate.cli.output import print_json, print_line, print_note, quoted
from annotate.cli.progress import run_progress

if TYPE_CHECKING:
    from annotate.verification.agreement import Agreement

app = typer.Typer()


@app.command()
@takes(settings=("model", *VERIFYING, *ENDPOINT, "identity", *ASKING, *CARRYING_OUT, "cache_dir"))
def verify(
    folder: RunFolder,
    *,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Run folder (default: <run>-verified)."),
    ] = None,
    replace: Replace = False,
    estimate: Annotated[
        bool, typer.Option("--estimate", help="Say what it would send and cost; send nothing.")
    ] = False,
    batch: Annotated[
        Path | None,
        typer.Option(help="Write the requests to this batch file instead; send nothing."),
    ] = None,
    gold: Gold = None,
    settings: Given,
    as_json: Json = False,
) -> None:
    """Ask a model whether the words support each annotation of a run.

    Each gets a verdict (supported, partly, unsupported), the values that are not supported, and a
    reason. The run stays as it is; one with the verdicts is written beside it. The same command
    goes on where it was stopped.

    Examples:
        annotate verify runs/mine --model gpt-4.1-mini --estimate
        annotate verify runs/mine --model gpt-4.1-mini --max-cost 2
    """
    from annotate.reporting.estimate import estimate_lines
    from annotate.reporting.verification import agreement_lines, outcome_lines
    from annotate.verification.verify import estimate_verification, export_verification

    if batch is not None:
        count, written = export_verification(folder, batch, **settings)
        names = ", ".join(map(str, written)) or "no file: every answer is cached"
        print_line(f"{count:,} requests in {names}; read its results with annotate batch import")
        return
    if estimate or not settings.get("offline"):
        found = estimate_verification(folder, **settings)
        if estimate and as_json:
            print_json(found.to_json())
            return
        for line in estimate_lines(found):
            (print_line if estimate else print_note)(line)
    if estimate:
        return
    with run_progress() as report:
        done = annotate.verify(folder, out=out, replace=replace, on_progress=report, **settings)
    agreed = _agreement(done, gold)
    if as_json:
        held = agreed.to_json() if agreed else None
        print_json({"run": str(done.path), **done.manifest, "agreement": held})
    else:
        for line in (*outcome_lines(done), *(agreement_lines(agreed) if agreed else ())):
            print_line(line)
        print_line(f"run: {done.path}    look at it: annotate show {quoted(done.path)}")
    _end(done)


def _agreement(run: annotate.Run, gold: Path | None) -> Agreement | None:
    """Hold the verdicts against gold; None where no gold is named and none fits."""
    from annotate.errors import NoGold, NotComparable
    from annotate.verification.agreement import agreement

    try:
        return agreement(annotate.evaluate(run, gold))
    except (NoGold, NotComparable):
        if gold is not None:
            raise
        return None


def _end(run: annotate.Run) -> None:
    """Say why annotations have no verdict; they end the command with the code for that."""
    for why, count in run.manifest["verified"]["why"].items():
        print_note(f"{count:,} annotations without a verdict: {why}")
    if not run.complete:
        raise typer.Exit(ExitCode.INCOMPLETE)
