"""`annotate init`: make a project of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from annotate.cli.options import Given, takes
from annotate.cli.output import print_line, quoted
from annotate.errors import UsageError

app = typer.Typer()

NewTask = Annotated[
    str | None,
    typer.Option(
        "--task",
        "-t",
        metavar="NAME",
        help="Draft a new task of this name, to be filled in.",
    ),
]
FromExamples = Annotated[
    Path | None,
    typer.Option(
        "--from-examples",
        metavar="FILE",
        help="Draft it from a CSV or JSON Lines file of text, quote, category and attributes.",
    ),
]


@app.command()
@takes(settings=("encoding",))
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the new project.")],
    *,
    task: NewTask = None,
    examples: FromExamples = None,
    settings: Given,
) -> None:
    """Make a project of your own, with schemas, prompts and gold.

    Without --task it is a copy of the default task. With --task it is a new task: two sample
    categories to start from, or what --from-examples says. It runs at once, and overwrites nothing.

    Examples:
        annotate init my-project
        annotate init my-project --task incidents
        annotate init my-project --task incidents --from-examples examples.csv
    """
    from annotate.drafting.draft import draft_from_examples, draft_project
    from annotate.project.create import create_project

    if examples is None and "encoding" in settings:
        raise UsageError("--encoding is that of --from-examples FILE; name both, or neither")
    if task is None:
        if examples is not None:
            raise UsageError("--from-examples drafts a task; give it a name with --task NAME")
        written = create_project(folder)
    elif examples is None:
        written = draft_project(folder, task)
    else:
        drafted = draft_from_examples(folder, task, examples, **settings)
        written = drafted.written
        for line in drafted.summary:
            print_line(line)
    print_line(
        f"{len(written)} files in {folder}; "
        f"next: cd {quoted(folder)} && annotate run eval/documents"
    )
