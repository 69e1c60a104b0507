"""`annotate doctor`: check the installation, the project around it and the endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from annotate.cli.exit_codes import ExitCode
from annotate.cli.options import ASKING, ENDPOINT, Given, Json, takes
from annotate.cli.output import print_json, print_line
from annotate.errors import UsageError

if TYPE_CHECKING:
    from annotate.cli.checks import Check

app = typer.Typer()

Write = Annotated[
    bool, typer.Option("--write", help="Write the model's profile into annotate.toml.")
]


@app.command()
@takes(
    settings=(
        *("model", *ENDPOINT, "identity", *ASKING, "timeout", "concurrency"),
        *("task", "prompt", "cache_dir"),
    )
)
def doctor(settings: Given, *, write: Write = False, as_json: Json = False) -> None:
    """Check the installation, the project and, if asked, the endpoint.

    What has to be fixed ends with code 2. Only with --model are requests sent: a few small ones,
    within a minute, or within --timeout where that is given. They find out which parameters and
    modes the endpoint takes, how much it reads and how fast it is, and end in a profile of the
    model, to be pasted into annotate.toml or written there. The best mode that works is kept for
    later runs.

    Examples:
        annotate doctor
        annotate doctor --model NAME --base-url http://localhost:8000/v1 --write
    """
    from annotate.cli.checks import check_endpoint, check_installation
    from annotate.project.settings import resolve_settings

    if write and "model" not in settings:
        raise UsageError("--write writes what was found out about a model; name one with --model")
    checks: list[Check] = []

    def report(check: Check) -> None:
        checks.append(check)
        if not as_json:  # at once: whoever waits sees what is done
            print_line(f"{check.verdict:<4}  {check.name}: {check.finding}")

    for check in check_installation(settings.get("cache_dir")):
        report(check)
    if "model" in settings:
        # What is typed as --timeout is the time for all of it, not that of a request of a run.
        lasting = {name: each for name, each in settings.items() if name != "timeout"}
        seconds = resolve_settings(settings).timeout if "timeout" in settings else None
        resolved = resolve_settings(lasting)
        check_endpoint(resolved, settings["model"], report, seconds=seconds, write=write)
    if as_json:
        print_json([check.to_json() for check in checks])
    if any(check.failed for check in checks):
        raise typer.Exit(ExitCode.USAGE)
