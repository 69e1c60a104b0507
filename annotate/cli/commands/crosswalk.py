"""`annotate crosswalk`: a run in the names of another label set."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import annotate
from annotate.cli import completion
from annotate.cli.exit_codes import ExitCode
from annotate.cli.options import Gold, Json, RunFolder
from annotate.cli.output import console, print_json, print_line, print_note
from annotate.errors import UsageError
from annotate.formats.registry import FORMATS, Kind, find_format, format_names

if TYPE_CHECKING:
    from annotate.crosswalks.mapped import MappedRun

app = typer.Typer()

_ROWS: tuple[Kind, ...] = ("text", "runs")
"""The formats that need no schema, whose attributes the labels do not have."""


@app.command()
def crosswalk(
    folder: RunFolder,
    to: Annotated[
        str,
        typer.Option(
            "--to",
            help="Label set: the name of a table in schemas/TASK.crosswalks.",
            autocompletion=completion.label_sets,
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            help="Write a report with quotes to this file; its ending says how: .html, .md, .docx.",
        ),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--as",
            help=f"With --out, write the annotations instead: {format_names(*_ROWS)}.",
            autocompletion=completion.formats(*_ROWS),
        ),
    ] = None,
    scored: Annotated[
        bool, typer.Option("--score", help="Score it against gold, mapped by the same table.")
    ] = False,
    gold: Gold = None,
    as_json: Json = False,
) -> None:
    """Say what a run states in the names of another label set.

    Prints for each label how many documents state something of it. --gold may also name gold that
    was labelled with the label set itself.

    Examples:
        annotate crosswalk runs/mine --to gdpr
        annotate crosswalk runs/mine --to gdpr --out gdpr.html
        annotate crosswalk runs/mine --to opp115 --score
    """
    from annotate.crosswalks.mapped import crosswalk, standings
    from annotate.reporting.crosswalk import of_crosswalk, print_crosswalk

    run = crosswalk(annotate.Run(folder), to)
    if form and out is None:
        raise UsageError("--as writes to a file; name it with --out")
    if scored or gold:
        _print_scores(run, gold, as_json)
    elif as_json:
        print_json(of_crosswalk(run, standings(run)))
    elif out is None:
        print_crosswalk(run, standings(run), console())
    if out is not None:
        _write(run, out, form, as_json)
    if (scored or gold) and not run.complete:
        raise typer.Exit(ExitCode.INCOMPLETE)


def _print_scores(run: MappedRun, gold: Path | None, as_json: bool) -> None:
    from annotate.crosswalks.scoring import score
    from annotate.evaluation.references import References, read_references
    from annotate.reporting.evaluation import print_evaluation

    found = score(run, gold)
    if as_json:
        print_json(found.to_json())
    else:  # how far labellers of the task agreed says nothing of these labels
        caveats = read_references(found.gold.folder).caveats
        print_evaluation(found, console(), References(caveats=caveats))


def _write(run: MappedRun, out: Path, form: str | None, as_json: bool) -> None:
    if form is not None:
        formats = [each for each in FORMATS if each.kind in _ROWS]
        count = annotate.export(run, find_format("--as", form, formats).name, out)
        print_note(f"{count:,} annotations in {out}")
        return
    from annotate.report.write import write_labels

    for notice in write_labels(run, out).notices:
        print_note(notice)
    (print_note if as_json else print_line)(out)  # JSON stands alone on standard output
