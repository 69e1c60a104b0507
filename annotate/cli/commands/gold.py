"""`annotate gold`: check gold, its agreement and its versions; correct it in other tools."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from annotate.cli import completion
from annotate.cli.ending import require_documents
from annotate.cli.exit_codes import ExitCode
from annotate.cli.options import Corrected, Given, Json, Tool, takes
from annotate.cli.output import print_json, print_line, print_note
from annotate.formats.registry import format_names

if TYPE_CHECKING:
    from annotate.findings import Finding
    from annotate.gold.agreement import Agreement
    from annotate.gold.diff import Difference

app = typer.Typer(
    name="gold",
    help="Check gold, compare its versions, correct it in other tools.",
    no_args_is_help=True,
)

GoldFolder = Annotated[
    Path | None,
    typer.Argument(metavar="GOLD", help="Folder of gold (default: the task's own)."),
]
Documents = Annotated[
    Path | None,
    typer.Option(help="Folder of the documents (default: the task's own)."),
]
NewFolder = Annotated[Path, typer.Option("--out", "-o", help="A new folder.")]


@app.command("check")
@takes(settings=("task",))
def check(
    folder: GoldFolder = None,
    *,
    documents: Documents = None,
    settings: Given,
    as_json: Json = False,
) -> None:
    """Lint gold: hashes, offsets, units, values, coverage.

    Errors end with code 1.

    Examples:
        annotate gold check
        annotate gold check my-gold --documents texts
    """
    from annotate.gold.lint import check
    from annotate.gold.passes import read_passes
    from annotate.gold.sources import read_sources
    from annotate.gold.store import labelled_task, read_gold
    from annotate.project.settings import resolve_task

    task = resolve_task(settings.get("task") or labelled_task(folder))
    sources = read_sources(documents or task.documents_folder)
    gold = read_gold(folder or task.gold_folder, task.schema)
    passes = read_passes(gold.folder)
    findings = check(gold, sources, task.schema, passes)
    errors = _print_findings(findings, as_json)
    if not as_json:
        print_line(
            f"{len(gold.annotations):,} annotations, {len(passes)} passes: "
            f"{errors} errors, {len(findings) - errors} warnings"
        )
    if errors:
        raise typer.Exit(ExitCode.GATE_FAILED)


def _print_findings(findings: Sequence[Finding], as_json: bool) -> int:
    """Print what the lint found and return how many errors are among it."""
    if as_json:
        print_json([finding.to_json() for finding in findings])
    else:
        for finding in findings:
            print_line(finding)
    return sum(finding.is_error for finding in findings)


@app.command("export")
@takes(settings=("task",))
def export(
    to: Annotated[
        str,
        typer.Option(
            help=f"Format: {format_names('tool')}.", autocompletion=completion.formats("tool")
        ),
    ],
    out: NewFolder,
    settings: Given,
    folder: GoldFolder = None,
    documents: Documents = None,
) -> None:
    """Write gold for an annotation tool, to be corrected there.

    annotate gold import reads it back.

    Examples:
        annotate gold export --to brat --out gold-to-correct
    """
    from annotate.formats.export import export_gold
    from annotate.gold.sources import read_sources
    from annotate.gold.store import labelled_task, read_gold
    from annotate.project.settings import resolve_task

    task = resolve_task(settings.get("task") or labelled_task(folder))
    gold = read_gold(folder or task.gold_folder, task.schema)
    sources = read_sources(documents or task.documents_folder)
    count = export_gold(gold, sources, task.schema, to, out)
    print_note(f"{count:,} annotations in {out}")


@app.command("import")
@takes(settings=("task",))
def import_corrections(
    source: Corrected,
    tool: Tool,
    out: NewFolder,
    settings: Given,
    documents: Documents = None,
    as_json: Json = False,
) -> None:
    """Read corrected annotations as gold, and lint them.

    What can be read is written to a new folder: compare it with annotate gold diff. Code 4 where
    something cannot be read, else 1 where the lint finds errors.

    Examples:
        annotate gold import gold-to-correct --from brat --out my-gold
        annotate gold import runs/x --from review --out my-gold
    """
    from annotate.formats.corrections import read_corrections
    from annotate.formats.import_gold import import_gold, sources_of
    from annotate.gold.lint import check
    from annotate.project.settings import resolve_task

    task = resolve_task(settings.get("task"))
    read = read_corrections(source, tool, task.schema)
    require_documents(read)
    sources = sources_of(read, documents, task.documents_folder)
    gold, problems = import_gold(read, task.schema, sources, out)
    problems = [*read.problems, *problems]
    for problem in problems:
        print_note(problem)
    findings = check(gold, sources, task.schema)
    errors = _print_findings(findings, as_json)
    if not as_json:
        exported = f" of {read.exported:,} that were exported" if read.origin else ""
        print_line(
            f"{len(gold.annotations):,} annotations{exported} in {out}: "
            f"{errors} errors, {len(findings) - errors} warnings; passes, agreement and yardsticks "
            "stay with the gold it was made from"
        )
    if any(problem.lost for problem in problems):
        raise typer.Exit(ExitCode.INCOMPLETE)
    if errors:
        raise typer.Exit(ExitCode.GATE_FAILED)


@app.command("agreement")
@takes(settings=("task",))
def agreement(
    first: Annotated[
        Path, typer.Argument(metavar="A", help="Folder of a pass, or the log of a review.")
    ],
    second: Annotated[Path, typer.Argument(metavar="B", help="Another one.")],
    settings: Given,
    as_json: Json = False,
) -> None:
    """Recompute how far two blind passes agree.

    Examples:
        annotate gold agreement my-gold/passes/first my-gold/passes/second
        annotate gold agreement runs/x/review/ada.jsonl runs/x/review/ben.jsonl
    """
    from annotate.gold.agreement import agreement
    from annotate.project.settings import resolve_task
    from annotate.review.passes import task_of, two_passes

    schema = resolve_task(settings.get("task") or task_of(first)).schema
    found = agreement(*two_passes(first, second), schema)
    if as_json:
        print_json(found.to_json(), indent=1)
    else:
        _print_agreement(found)


def _print_agreement(found: Agreement) -> None:
    print_line(f"{found.units:,} units labelled by both")
    for aim in found.aims:
        met = "met" if aim.met else "NOT met"
        print_line(f"{aim.name:<28} {_figure(aim.value)}  (aim {aim.least:.3f}: {met})")
    for category, alpha in found.alpha_by_category.items():
        print_line(f"  {category:<16} alpha {_figure(alpha)}")


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


@app.command("diff")
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="Folder of gold.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Folder of its later version.")],
    as_json: Json = False,
) -> None:
    """Show what was added, removed and changed between two versions.

    Examples:
        annotate gold diff my-gold newer-gold
    """
    from annotate.gold.diff import diff
    from annotate.gold.store import read_gold

    difference = diff(read_gold(old), read_gold(new))
    if as_json:
        print_json(difference.to_json())
    else:
        _print_difference(difference)


def _print_difference(difference: Difference) -> None:
    for sign, rows in (("+", difference.added), ("-", difference.removed)):
        for each in rows:
            print_line(f"{sign} {each.id} {each.category} [{each.start}:{each.end}]")
    for change in difference.changed:
        for name, values in change.fields.items():
            before, after = (json.dumps(value, ensure_ascii=False) for value in values)
            print_line(f"~ {change.after.id} {name}: {before} -> {after}")
    for name in difference.texts:
        print_line(f"! {name}: its text has changed")
    print_line(
        f"{len(difference.added)} added, {len(difference.removed)} removed, "
        f"{len(difference.changed)} changed"
    )
