"""`annotate diff`: what changed between two texts, or two runs over the same."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from annotate.cli import completion
from annotate.cli.exit_codes import ExitCode
from annotate.cli.options import RUNNING, SELECTION, Given, Json, takes
from annotate.cli.output import console, print_error, print_json
from annotate.cli.progress import run_progress, say_who_annotates
from annotate.cli.reports import write_diff

if TYPE_CHECKING:
    from annotate.differences.diff import Diff

app = typer.Typer()


@app.command()
@takes(reports=("markdown", "html"), selection=SELECTION, settings=RUNNING)
def diff(
    before: Annotated[
        str,
        typer.Argument(
            metavar="A",
            help="A run, or texts: a file, a folder, a glob.",
            autocompletion=completion.runs,
        ),
    ],
    after: Annotated[
        str | None,
        typer.Argument(
            metavar="B",
            help="As A; without it, --pair names documents of A.",
            autocompletion=completion.runs,
        ),
    ] = None,
    *,
    pair: Annotated[
        list[str] | None,
        typer.Option(metavar="OLD=NEW", help="Compare these two documents; may be repeated."),
    ] = None,
    pairs: Annotated[
        Path | None,
        typer.Option(help="CSV file with the columns before,after: the documents to compare."),
    ] = None,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PATTERN",
            help="End with code 1 where something of this was added, removed or changed: a "
            "category, a value as in sharing.recipients=affiliate, or any; may be repeated.",
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also list what was reworded or moved.")
    ] = False,
    reports: Given,
    selection: Given,
    settings: Given,
    as_json: Json = False,
) -> None:
    """Say what changed between two texts, or two runs over the same.

    Statements are added, removed, changed in their values, reworded, moved or kept. Texts that are
    no run are annotated first. Documents of the same name are compared, the only ones of both sides
    whatever their names.

    Examples:
        annotate diff old.html new.html
        annotate diff runs/2023 runs/2024 --fail-on sharing --html diff.html
    """
    from annotate.differences.asked import check_asked
    from annotate.differences.diff import diff as diff_of
    from annotate.differences.pairs import read_pairs
    from annotate.differences.sides import are_texts

    if any(are_texts(each) for each in (before, after) if each is not None):
        check_asked(settings, fail_on or (), selection)
        say_who_annotates(settings)
    mapping = read_pairs(pairs, pair or ())
    with run_progress() as report:
        found = diff_of(before, after, pairs=mapping, on_progress=report, **settings)
    failing = found.failing(fail_on or ())
    if selection:
        found = found.select(**selection)
    write_diff(found, reports, everything=everything)
    if as_json:
        print_json({**found.to_json(), "failing": failing})
    else:
        from annotate.reporting.diff import print_diff

        print_diff(found, console(), everything=everything)
    raise typer.Exit(_exit_code(found, failing))


def _exit_code(found: Diff, failing: Mapping[str, int]) -> ExitCode:
    """Say what was asked to fail, and return the code for it, else for what is incomplete."""
    for pattern, count in failing.items():
        if count:
            print_error(f"--fail-on {pattern}: {count:,} change{'s' * (count > 1)}")
    if any(failing.values()):
        return ExitCode.GATE_FAILED
    # A document that is gone may have stated what is watched.
    unseen = bool(failing) and bool(found.only_before)
    return ExitCode.OK if found.complete and not unseen else ExitCode.INCOMPLETE
