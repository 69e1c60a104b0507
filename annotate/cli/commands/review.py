"""`annotate review`: decide on the annotations of a run, in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from annotate.cli.options import RunFolder
from annotate.cli.output import print_line, print_note
from annotate.errors import UsageError

app = typer.Typer()


@app.command()
def review(
    folder: RunFolder,
    annotator: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Who decides (default: the user of this machine)."),
    ] = None,
    document: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Only this document (default: all of them)."),
    ] = None,
    gold: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Gold to show beside the annotations (default: none)."),
    ] = None,
    curate: Annotated[
        bool, typer.Option("--curate", help="Settle what several annotators decided differently.")
    ] = False,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Address of this machine to listen at.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port to listen at; 0 is any free one.")
    ] = 0,
    no_open: Annotated[
        bool, typer.Option("--no-open", help="Print the address, and open no browser.")
    ] = False,
) -> None:
    """Decide on the annotations of a run in the browser.

    Every decision is kept beside the run, in RUN/review. annotate gold import reads it as gold.

    Examples:
        annotate review runs/x --annotator ada
        annotate review runs/x --curate

    Examples:
        annotate review runs/mine
        annotate review runs/mine --annotator NAME --document policy.pdf
    """
    from annotate.review.start import open_review

    try:
        from annotate.serving.serve import ReviewServer
    except ModuleNotFoundError as error:
        if error.name not in ("starlette", "uvicorn"):
            raise
        raise UsageError("annotate review needs pip install 'policy-annotate[review]'") from None

    with (
        open_review(folder, annotator, document or (), curate=curate, gold=gold) as opened,
        ReviewServer(opened, host, port) as server,
    ):
        for problem in opened.log.problems:
            print_note(problem)
        print_line(server.address)
        print_note("The address opens once. Ctrl-C ends the review; every decision is kept.")
        if not no_open:
            import webbrowser

            webbrowser.open(server.address)
        server.run()
