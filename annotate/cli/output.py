"""Print: results on standard output, everything else on standard error.

What is printed may quote file names, documents or models: it is made visible, so that it cannot
steer a terminal. What a run or a score looks like is decided in `annotate.reporting`.
"""

from __future__ import annotations

import json
import shlex
import sys
from typing import TYPE_CHECKING

import typer

from annotate.formatting import visible

if TYPE_CHECKING:
    from rich.console import Console


def print_line(text: object) -> None:
    """Print a result, in as many lines as it has."""
    typer.echo(_visible(text))


def print_note(text: object) -> None:
    """Print to standard error what is not the result: a warning, or how far a command has come."""
    typer.echo(_visible(text), err=True)


def print_error(text: object) -> None:
    """Print to standard error why a command cannot do what was asked."""
    print_note(f"annotate: {text}")


def print_json(value: object, indent: int | None = None) -> None:
    """Print a value as JSON, on one line without `indent`; ASCII where the output is not UTF-8."""
    unicode = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    typer.echo(json.dumps(value, ensure_ascii=not unicode, indent=indent))


def console() -> Console:
    """Return a console that wraps on a terminal only, so that pipes get whole lines."""
    from rich.console import Console

    class Piped(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError  # as it would be without a console

    return Piped(highlight=False, width=None if sys.stdout.isatty() else 120)


def quoted(path: object) -> str:
    """Return a path as it is typed in a shell."""
    return shlex.quote(_visible(path))


def _visible(text: object) -> str:
    return "\n".join(map(visible, str(text).split("\n")))
