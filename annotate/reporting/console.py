"""Print to standard output: JSON for scripts, tables for people."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console


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
