"""Commands about gold: check it, its agreement and its versions, correct it in other tools."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from annotate.gold.lint import Finding
    from annotate.project.tasks import Task

FAILED = 1
INCOMPLETE = 4

gold_app = typer.Typer(
    help="Check gold, its agreement and its versions; correct it in other tools.",
    no_args_is_help=True,
)

_Json = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]
_Task = Annotated[str | None, typer.Option("--task", "-t", help="Schema of the gold.")]
_Gold = Annotated[
    Path | None, typer.Argument(metavar="[GOLD]", help="Folder; default: the task's own.")
]
_Documents = Annotated[Path | None, typer.Option(help="Folder of the documents.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module to the command line."""
    app.add_typer(gold_app, name="gold")


@gold_app.command("check")
def check(
    folder: _Gold = None,
    task: _Task = None,
    documents: _Documents = None,
    as_json: _Json = False,
) -> None:
    """Lint gold: hashes, offsets, units, values, coverage. Errors end with code 1."""
    from annotate.gold.lint import check as lint
    from annotate.gold.passes import read_pass
    from annotate.gold.sources import read_sources
    from annotate.gold.store import read_gold

    loaded = _loaded(task)
    gold = folder or loaded.gold_folder
    sources = read_sources(documents or loaded.documents_folder)
    labelled = sorted(path for path in (gold / "passes").glob("*") if path.is_dir())
    read = read_gold(gold, loaded.schema)
    findings = lint(read, sources, loaded.schema, [read_pass(path) for path in labelled])
    errors = _print_findings(findings, as_json)
    if not as_json:
        typer.echo(
            f"{len(read.annotations):,} annotations, {len(labelled)} passes: "
            f"{errors} errors, {len(findings) - errors} warnings"
        )
    if errors:
        raise typer.Exit(FAILED)


def _loaded(task: str | None) -> Task:
    from annotate.project.settings import resolve_settings
    from annotate.project.tasks import load_task

    return load_task(resolve_settings({"task": task}).task)


def _print_findings(findings: Sequence[Finding], as_json: bool) -> int:
    """Print what the lint found and return how many errors are among it."""
    from annotate.formatting import visible

    if as_json:
        typer.echo(json.dumps([finding.to_json() for finding in findings], ensure_ascii=False))
    else:
        for finding in findings:
            typer.echo(visible(str(finding)))
    return sum(finding.severity == "error" for finding in findings)


@gold_app.command("export")
def export(
    to: Annotated[str, typer.Option(help="Format: brat or label-studio.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="A new folder.")],
    folder: _Gold = None,
    task: _Task = None,
    documents: _Documents = None,
) -> None:
    """Write gold for an annotation tool, to be corrected there and imported again."""
    from annotate.formats.export import export_gold
    from annotate.formatting import visible
    from annotate.gold.sources import read_sources
    from annotate.gold.store import read_gold

    loaded = _loaded(task)
    gold = read_gold(folder or loaded.gold_folder, loaded.schema)
    sources = read_sources(documents or loaded.documents_folder)
    count = export_gold(gold, sources, loaded.schema, to, out)
    typer.echo(f"{count:,} annotations in {visible(str(out))}", err=True)


@gold_app.command("import")
def import_corrections(
    source: Annotated[
        Path, typer.Argument(metavar="SOURCE", help="A brat folder, or a JSON file.")
    ],
    tool: Annotated[str, typer.Option("--from", help="Format: brat or label-studio.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="A new folder.")],
    task: _Task = None,
    documents: _Documents = None,
    as_json: _Json = False,
) -> None:
    """Read corrected annotations as gold, and lint them.

    What can be read is written, in a new folder: compare it with annotate gold diff. Code 4 where
    something cannot be read, else 1 where the lint finds errors.
    """
    from annotate.errors import Incomplete
    from annotate.formats.load import import_gold, read_corrections
    from annotate.formatting import visible
    from annotate.gold.lint import check as lint
    from annotate.gold.sources import read_sources

    loaded = _loaded(task)
    read = read_corrections(source, tool, loaded.schema)
    sources = read_sources(documents or loaded.documents_folder)
    for problem in read.problems:
        typer.echo(visible(str(problem)), err=True)
    if not read.sheets:
        raise Incomplete(f"{source}: nothing in it can be read, and nothing is written")
    gold, problems = import_gold(read, loaded.schema, sources, out)
    for problem in problems:
        typer.echo(visible(str(problem)), err=True)
    findings = lint(gold, sources, loaded.schema)
    errors = _print_findings(findings, as_json)
    if not as_json:
        exported = f" of {read.exported:,} that were exported" if read.origin else ""
        typer.echo(
            f"{len(gold.annotations):,} annotations{exported} in {visible(str(out))}: "
            f"{errors} errors, {len(findings) - errors} warnings; passes, agreement and yardsticks "
            "stay with the gold it was made from"
        )
    if any(problem.lost for problem in (*read.problems, *problems)):
        raise typer.Exit(INCOMPLETE)
    if errors:
        raise typer.Exit(FAILED)


@gold_app.command("agreement")
def agreement(
    first: Annotated[Path, typer.Argument(metavar="A", help="Folder of a pass.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="Folder of another pass.")],
    task: _Task = None,
    as_json: _Json = False,
) -> None:
    """Recompute how far two blind passes agree."""
    from annotate.gold.agreement import agreement as agreed
    from annotate.gold.passes import read_pass
    from annotate.project.settings import resolve_settings
    from annotate.project.tasks import load_task

    loaded = load_task(resolve_settings({"task": task}).task)
    found = agreed(read_pass(first), read_pass(second), loaded.schema)
    if as_json:
        typer.echo(json.dumps(found.to_json(), indent=1, ensure_ascii=False))
        return
    typer.echo(f"{found.units:,} units labelled by both")
    for aim in found.aims:
        value = "–" if aim.value is None else f"{aim.value:.3f}"
        met = "met" if aim.met else "NOT met"
        typer.echo(f"{aim.name:<28} {value}  (aim {aim.least:.3f}: {met})")
    for category, alpha in found.alpha_by_category.items():
        shown = "–" if alpha is None else f"{alpha:.3f}"
        typer.echo(f"  {category:<16} alpha {shown}")


@gold_app.command("diff")
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="Folder of gold.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Folder of its later version.")],
    as_json: _Json = False,
) -> None:
    """Show what was added, removed and changed between two versions."""
    from annotate.gold.diff import diff as compare
    from annotate.gold.store import read_gold

    difference = compare(read_gold(old), read_gold(new))
    if as_json:
        typer.echo(json.dumps(difference.to_json(), ensure_ascii=False))
        return
    for each in difference.added:
        typer.echo(f"+ {each.id} {each.category} [{each.start}:{each.end}]")
    for each in difference.removed:
        typer.echo(f"- {each.id} {each.category} [{each.start}:{each.end}]")
    for change in difference.changed:
        for name, (before, after) in change.fields.items():
            shown = (json.dumps(value, ensure_ascii=False) for value in (before, after))
            typer.echo(f"~ {change.after.id} {name}: {' -> '.join(shown)}")
    for name in difference.texts:
        typer.echo(f"! {name}: the text is another")
    typer.echo(
        f"{len(difference.added)} added, {len(difference.removed)} removed, "
        f"{len(difference.changed)} changed"
    )
