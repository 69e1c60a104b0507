"""`annotate report`: write what documents state, in sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from annotate.cli.options import SELECTION, Given, RunFolder, takes
from annotate.cli.output import print_line, print_note

app = typer.Typer()


@app.command()
@takes(selection=SELECTION)
def report(
    folder: RunFolder,
    selection: Given,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            help="File; its ending says how: .html, .md, .docx (default: RUN/report.html). Of a "
            "matrix: .html, .csv, .parquet (default: RUN/matrix.html).",
        ),
    ] = None,
    matrix: Annotated[
        bool,
        typer.Option("--matrix", help="Write a table instead: which document states which fact."),
    ] = False,
) -> None:
    """Say in sentences what the documents of a run state.

    By category, each sentence with its quotes and where they stand; then what a document is silent
    about, and what could not be read. Of several repeats the first is reported, with how many of
    them say the same.

    Examples:
        annotate report runs/mine --out report.docx
        annotate report runs/mine --matrix --out facts.csv
    """
    from annotate.report.write import write_matrix, write_report
    from annotate.runs.reader import find_runs

    run, *samples = find_runs(folder)
    path = out or run.path / ("matrix.html" if matrix else "report.html")
    write = write_matrix if matrix else write_report
    written = write(run, path, run.select(**selection), samples)
    for notice in written.notices:
        print_note(notice)
    print_line(path)
