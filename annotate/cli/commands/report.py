"""`annotate report`: write what documents state, in sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import annotate
from annotate.cli.options import RunFolder
from annotate.cli.output import print_line, print_note

app = typer.Typer()


@app.command()
def report(
    folder: RunFolder,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            help="File; its ending says how: .html, .md, .docx (default: RUN/report.html).",
        ),
    ] = None,
) -> None:
    """Say in sentences what the documents of a run state.

    By category, each sentence with its quotes and where they stand; then what a document is silent
    about, and what could not be read.
    """
    from annotate.report.write import write_report

    path = out or folder / "report.html"
    written = write_report(annotate.Run(folder), path)
    for notice in written.notices:
        print_note(notice)
    print_line(path)
