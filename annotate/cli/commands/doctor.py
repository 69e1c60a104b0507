"""`annotate doctor`: check the installation, the project around it and the endpoint."""

from __future__ import annotations

import typer

from annotate.cli.exit_codes import ExitCode
from annotate.cli.options import Given, Json, takes
from annotate.cli.output import print_json, print_line

app = typer.Typer()


@app.command()
@takes(settings=("model", "base_url", "task", "cache_dir"))
def doctor(settings: Given, as_json: Json = False) -> None:
    """Check the installation, the project and, if asked, the endpoint.

    What has to be fixed ends with code 2. Only with --model are requests sent: one in each mode;
    the best mode that works is kept for later runs.
    """
    from annotate.cli.checks import check_endpoint, check_installation
    from annotate.project.settings import resolve_settings

    checks = check_installation()
    if "model" in settings:
        checks += check_endpoint(resolve_settings(settings))
    if as_json:
        print_json([check.to_json() for check in checks])
    else:
        for check in checks:
            print_line(f"{'ok  ' if check.ok else 'FAIL'}  {check.name}: {check.finding}")
    if not all(check.ok for check in checks):
        raise typer.Exit(ExitCode.USAGE)
