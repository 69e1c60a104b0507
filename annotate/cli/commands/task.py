"""`annotate task`: the tasks that there are, what they ask for and what would be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

import annotate
from annotate.cli.exit_codes import ExitCode
from annotate.cli.options import REQUESTS, Given, Json, TaskName, takes
from annotate.cli.output import print_json, print_line
from annotate.redaction import redact

if TYPE_CHECKING:
    from annotate.check import Part

app = typer.Typer(name="task", help="List, show and check tasks.", no_args_is_help=True)


@app.command("list")
def list_tasks(as_json: Json = False) -> None:
    """List the tasks that can be run from here.

    Examples:
        annotate task list
    """
    from annotate.project.tasks import task_names

    rows = []
    for name in task_names():
        task = annotate.load_task(name)
        rows.append(
            {
                "task": name,
                "version": task.schema.version,
                "categories": len(task.schema.categories),
                "baseline": task.lexicon is not None,
                "description": task.schema.description,
            }
        )
    if as_json:
        print_json(rows)
        return
    for row in rows:
        print_line(f"{row['task']} (version {row['version']}): {row['description']}")


@app.command("schema")
def print_schema(name: TaskName = None) -> None:
    """Print the JSON schema of a task's answers, in the strict subset.

    Examples:
        annotate task schema privacy_policy
    """
    from annotate.project.settings import resolve_task

    print_json(resolve_task(name).schema.json_schema, indent=2)


@app.command("show")
@takes(settings=[name for name in REQUESTS if name not in ("task", "repeat")])
def show_requests(
    name: TaskName = None,
    *,
    file: Annotated[str | None, typer.Option(help="Document to show requests for.")] = None,
    chunk: Annotated[
        int, typer.Option(min=0, metavar="<int>", help="Which of its chunks, from 0.")
    ] = 0,
    settings: Given,
) -> None:
    """Print exactly what would be sent for a chunk, as JSON.

    There is one request per pass of the prompt.

    Examples:
        annotate task show
        annotate task show privacy_policy --file policy.pdf --chunk 1
    """
    from annotate.llm.preview import preview
    from annotate.project.settings import resolve_settings

    resolved = resolve_settings({**settings, "task": name}, asking=True)
    for body in preview(annotate.load_task(resolved.task), resolved, file, chunk):
        print_json(body, indent=2)


@app.command("check")
def check_task(name: TaskName = None, *, as_json: Json = False) -> None:
    """Check everything that a run of a task would read.

    Settings, schema, lexicon, sentences, crosswalks, prompts, gold and suites: each finding has its
    file, its line and what to do. Errors end with code 2; warnings deserve a look.

    Examples:
        annotate task check
        annotate task check privacy_policy --json
    """
    from annotate.check import check_task
    from annotate.project.settings import task_of_settings

    checked: list[Part] = []
    for part in check_task(name or task_of_settings()):
        checked.append(part)
        if not as_json:
            _print_part(part)
    errors = sum(len(part.errors) for part in checked)
    warnings = sum(len(part.findings) for part in checked) - errors
    if as_json:
        parts = [part.to_json() for part in checked]
        print_json({"errors": errors, "warnings": warnings, "parts": parts}, indent=1)
    elif errors or warnings:
        print_line(f"{errors} errors, {warnings} warnings")
    if errors:
        raise typer.Exit(ExitCode.USAGE)


def _print_part(part: Part) -> None:
    if not part.errors:
        print_line(f"ok {part.name}: {part.said}")
    for finding in part.findings:
        print_line(redact(str(finding)))


@app.command("codebook")
def print_codebook(name: TaskName = None) -> None:
    """Print every definition of a task's schema as Markdown.

    Examples:
        annotate task codebook privacy_policy
    """
    from annotate.project.settings import resolve_task
    from annotate.schema.codebook import codebook

    print_line(codebook(resolve_task(name).schema).removesuffix("\n"))
