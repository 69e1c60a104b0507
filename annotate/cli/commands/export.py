"""`annotate export` and `annotate import`: to the formats of other tools, and back from them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import annotate
from annotate.cli import completion
from annotate.cli.ending import end_run, require_documents
from annotate.cli.exit_codes import ExitCode
from annotate.cli.options import SELECTION, Corrected, Given, Json, Replace, RunFolders, Tool, takes
from annotate.cli.output import print_note
from annotate.formats.registry import Kind, format_names

app = typer.Typer()

_KINDS: tuple[Kind, ...] = ("text", "table", "runs", "tool")


@app.command()
@takes(selection=SELECTION)
def export(
    folders: RunFolders,
    selection: Given,
    to: Annotated[
        str,
        typer.Option(
            help=f"Format: {format_names(*_KINDS)}.", autocompletion=completion.formats(*_KINDS)
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            help=f"File; a folder for {format_names('runs', 'tool')} (default: standard output for "
            f"{format_names('text')}).",
        ),
    ] = None,
) -> None:
    """Write annotations in another format; of several runs, as tables.

    Examples:
        annotate export runs/mine --to csv --out mine.csv
        annotate export runs/a runs/b --to tables --out tables
        annotate export runs/mine --to label-studio --out to-correct
    """
    from annotate.runs.reader import find_runs, select_in

    runs = [run for folder in folders for run in find_runs(folder)]
    count = annotate.export(runs, to, out, selection=select_in(runs, **selection))
    if out is not None:
        print_note(f"{count:,} annotations in {out}")


@app.command("import")
@takes(settings=("task",))
def import_corrections(
    source: Corrected,
    tool: Tool,
    out: Annotated[Path, typer.Option("--out", "-o", help="Run folder.")],
    settings: Given,
    replace: Replace = False,
    as_json: Json = False,
) -> None:
    """Read corrected annotations into a run folder.

    What breaks the schema goes to the quarantine; what cannot be read at all ends with code 4. To
    make gold of corrected annotations: annotate gold import.

    Examples:
        annotate import to-correct --from brat --out runs/corrected
        annotate import project.json --from label-studio --out runs/corrected
    """
    from annotate.formats.corrections import read_corrections
    from annotate.formats.import_run import import_run
    from annotate.project.settings import resolve_task

    task = resolve_task(settings.get("task"))
    read = read_corrections(source, tool, task.schema)
    require_documents(read)
    done, problems = import_run(read, task, out, replace=replace)
    problems = [each for each in (*read.problems, *problems) if each.document or not each.lost]
    for problem in problems:
        print_note(problem)
    end_run(done, as_json)
    if any(problem.lost for problem in problems):
        raise typer.Exit(ExitCode.INCOMPLETE)
