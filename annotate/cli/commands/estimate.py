"""`annotate estimate`: what a run would send and cost, before anything is spent."""

from __future__ import annotations

import typer

import annotate
from annotate.cli.ending import end_unread
from annotate.cli.options import REQUESTS, Files, Given, Json, takes
from annotate.cli.output import print_json, print_line

app = typer.Typer()


@app.command()
@takes(settings=(*REQUESTS, "price"))
def estimate(files: Files, settings: Given, as_json: Json = False) -> None:
    """Say what a run would send and cost now, and send nothing."""
    from annotate.pipeline.missing import estimate_run

    unread: list[annotate.DocumentError] = []
    found = estimate_run(files, on_error=unread.append, **settings)
    if as_json:
        print_json(found.to_json())
    else:
        print_line(
            f"{found.requests:,} requests, about {found.prompt_tokens:,} tokens to read "
            f"and at most {found.completion_tokens:,} to write (four characters per token)"
        )
        if found.least is None or found.most is None:
            print_line("cost unknown: no price for this model; give --price IN,OUT")
        else:
            print_line(f"cost: {found.least:.4f} USD with empty answers, {found.most:.4f} at most")
    end_unread(unread)
