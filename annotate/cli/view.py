"""The command that makes a page of a run to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command of this module to the command line."""
    app.command()(view)


def view(
    folder: Annotated[Path, typer.Argument(metavar="RUN", help="Folder of a run.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="File.", show_default="RUN/view.html")
    ] = None,
    document: Annotated[
        str | None, typer.Option(help="Only this document.", show_default="all of them")
    ] = None,
    gold: Annotated[
        Path | None, typer.Option(help="Folder of gold to show beside.", show_default="the task's")
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Make one HTML file to look at: the text with its annotations, and gold beside them."""
    import webbrowser

    from annotate.formatting import visible
    from annotate.viewer import view as page_of

    page = page_of(folder, document, gold=gold)
    path = page.save(out or folder / "view.html")
    for notice in page.notices:
        typer.echo(visible(notice), err=True)
    typer.echo(visible(str(path)))
    if open_:
        webbrowser.open(path.resolve().as_uri())
