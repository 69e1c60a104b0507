"""`annotate init`: make a project of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from annotate.cli.output import print_line, quoted

app = typer.Typer()


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the new project.")],
) -> None:
    """Make a project of your own, with schemas, prompts and gold."""
    from annotate.project.create import create_project

    written = create_project(folder)
    print_line(
        f"{len(written)} files in {folder}; "
        f"next: cd {quoted(folder)} && annotate run eval/documents"
    )
