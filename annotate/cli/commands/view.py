"""`annotate view`: make a page of a run to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import annotate
from annotate.cli.options import Gold, RunFolder
from annotate.cli.output import print_line, print_note

app = typer.Typer()


@app.command()
def view(
    folder: RunFolder,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="File (default: RUN/view.html), or folder (RUN/view)."),
    ] = None,
    document: Annotated[
        str | None,
        typer.Option(help="Only this document (default: all of them)."),
    ] = None,
    gold: Gold = None,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Make an HTML page of a run: its texts with annotations and gold.

    Of more than 500 documents a folder of pages, with an index that finds them.

    Examples:
        annotate view runs/mine --open
        annotate view runs/mine --document policy.pdf --out policy.html
    """
    import webbrowser

    from annotate.viewer.view import write_view

    path, notices = write_view(annotate.Run(folder), out, document, gold=gold)
    for notice in notices:
        print_note(notice)
    print_line(path)
    if open_:
        webbrowser.open(path.resolve().as_uri())
