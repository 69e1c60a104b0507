"""`annotate review`: decide on the annotations of a run, in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from annotate.cli.options import RunFolder
from annotate.cli.output import console, print_line, print_note
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
    order: Annotated[
        Literal["document", "category", "doubt", "random", "chunks"],
        typer.Option(
            help="What comes up first: by place, by category, what is most doubtful, or drawn at "
            "random, which lets the review say how often the run is right; or chunks drawn at "
            "random, read whole, which lets it say what the run misses."
        ),
    ] = "document",
    other: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="RUN", help="With --order doubt: doubt what this run does not say; repeatable."
        ),
    ] = None,
    plan: Annotated[
        bool,
        typer.Option(
            "--plan",
            help="Print how much to review for a wanted precision or recall; no server.",
        ),
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
        annotate review runs/x --annotator NAME --document policy.pdf
        annotate review runs/x --curate
        annotate review runs/x --order doubt --other runs/y
        annotate review runs/x --order chunks
        annotate review runs/x --plan
    """
    from annotate.reporting.review import print_plan, said_of, said_of_recall
    from annotate.review.rates import precision
    from annotate.review.start import open_review
    from annotate.runs.reader import Run

    if plan:
        print_plan(Run(folder), console())
        return
    if other and order != "doubt":
        raise UsageError("--other says what is doubtful; it needs --order doubt")
    if curate and (gold or order != "document"):
        given = "--gold" if gold else f"--order {order}"
        raise UsageError(
            f"{given} is for one who decides on the run; it has no part in --curate, which shows "
            "what annotators decided differently"
        )
    try:
        from annotate.serving.serve import ReviewServer
    except ModuleNotFoundError as error:
        if error.name not in ("starlette", "uvicorn"):
            raise
        raise UsageError("annotate review needs pip install 'policy-annotate[review]'") from None

    with (
        open_review(
            folder,
            annotator,
            document or (),
            curate=curate,
            gold=gold,
            order=order,
            against=other or (),
        ) as opened,
        ReviewServer(opened, host, port) as server,
    ):
        for problem in opened.log.problems:
            print_note(problem)
        if order == "chunks":
            print_note(said_of_recall(opened))
        print_line(server.address)
        print_note("The address opens once. Ctrl-C ends the review; every decision is kept.")
        if not no_open:
            import webbrowser

            webbrowser.open(server.address)
        server.run()
        if order == "random":
            print_line(said_of(precision(opened.items())))
        elif order == "chunks":
            print_line(said_of_recall(opened))
