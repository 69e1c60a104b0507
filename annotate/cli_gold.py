"""Commands about gold: check it, recompute the agreement it rests on, compare two versions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

gold_app = typer.Typer(help="Check gold, its agreement, and its versions.", no_args_is_help=True)

_Json = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]
_Task = Annotated[str | None, typer.Option("--task", "-t", help="Schema of the gold.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module to the command line."""
    app.add_typer(gold_app, name="gold")


@gold_app.command("check")
def check(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[GOLD]", help="Folder; default: the task's own.")
    ] = None,
    task: _Task = None,
    documents: Annotated[Path | None, typer.Option(help="Folder of the documents.")] = None,
    as_json: _Json = False,
) -> None:
    """Lint gold: hashes, offsets, units, values, coverage. Errors end with code 1."""
    from annotate.config import settle
    from annotate.gold import read_gold, read_pass, read_sources
    from annotate.linting import check as lint
    from annotate.project import load_task

    loaded = load_task(settle({"task": task}).task)
    gold = folder or loaded.root / "eval" / "gold" / loaded.name
    sources = read_sources(documents or loaded.root / "eval" / "documents")
    labelled = sorted(path for path in (gold / "passes").glob("*") if path.is_dir())
    read = read_gold(gold, loaded.schema)
    findings = lint(read, sources, loaded.schema, [read_pass(path) for path in labelled])
    errors = sum(finding.severity == "error" for finding in findings)
    if as_json:
        typer.echo(json.dumps([finding.to_json() for finding in findings], ensure_ascii=False))
    else:
        for finding in findings:
            typer.echo(str(finding))
        typer.echo(
            f"{len(read.annotations):,} annotations, {len(labelled)} passes: "
            f"{errors} errors, {len(findings) - errors} warnings"
        )
    if errors:
        raise typer.Exit(1)


@gold_app.command("agreement")
def agreement(
    first: Annotated[Path, typer.Argument(metavar="A", help="Folder of a pass.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="Folder of another pass.")],
    task: _Task = None,
    as_json: _Json = False,
) -> None:
    """Recompute how far two blind passes agree."""
    from annotate.agreement import agreement as agreed
    from annotate.config import settle
    from annotate.gold import read_pass
    from annotate.project import load_task

    loaded = load_task(settle({"task": task}).task)
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
    from annotate.gold import diff as compare
    from annotate.gold import read_gold

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
