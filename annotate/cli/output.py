"""Print: results on standard output, everything else on standard error.

What is printed may quote file names, documents or models: it is made visible, so that it cannot
steer a terminal. What a run or a score looks like is decided in `annotate.reporting`.
"""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

import typer

from annotate.formatting import escaped_json, visible_lines
from annotate.redaction import redact

if TYPE_CHECKING:
    from rich.console import Console


def print_line(text: object) -> None:
    """Print a result, in as many lines as it has."""
    typer.echo(visible_lines(str(text)))


def print_note(text: object) -> None:
    """Print to standard error what is not the result: a warning, or how far a command has come."""
    typer.echo(visible_lines(redact(str(text))), err=True)


def print_error(text: object) -> None:
    """Print to standard error why a command cannot do what was asked."""
    print_note(f"annotate: {text}")


def print_json(value: object, indent: int | None = None) -> None:
    """Print a value as JSON, on one line without `indent`; ASCII where the output is not UTF-8.

    What could steer a terminal is an escape of JSON: the value stays what it is. Members of the
    value that are iterators, or `Members`, are printed while they are read, on one line.
    """
    unicode = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    encoder = json.JSONEncoder(ensure_ascii=not unicode, indent=indent)
    for piece in _pieces(value, encoder.encode):
        sys.stdout.write(escaped_json(piece))  # echo would flush each
    typer.echo()


def _pieces(value: object, encode: Callable[[object], str]) -> Iterator[str]:
    """Yield JSON in pieces, one for each member of what is read while it is printed."""
    from annotate.reporting.json import Members

    if isinstance(value, dict) and any(isinstance(v, Iterator | Members) for v in value.values()):
        members = ((encode(name), _pieces(each, encode)) for name, each in value.items())
        yield from _listed("{", (chain([f"{name}: "], each) for name, each in members), "}")
    elif isinstance(value, Members):
        pairs = ([f"{encode(name)}: {encode(each)}"] for name, each in value.pairs)
        yield from _listed("{", pairs, "}")
    elif isinstance(value, Iterator):
        yield from _listed("[", ([encode(each)] for each in value), "]")
    else:
        yield encode(value)


def _listed(opens: str, members: Iterable[Iterable[str]], closes: str) -> Iterator[str]:
    before = opens
    for each in members:
        yield before
        yield from each
        before = ", "
    yield closes if before != opens else opens + closes


def console(*, stderr: bool = False) -> Console:
    """Return a console that wraps on a terminal only, so that pipes get whole lines."""
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.segment import Segment

    class Safe(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError  # as it would be without a console

        def render(
            self, renderable: RenderableType, options: ConsoleOptions | None = None
        ) -> Iterator[Segment]:
            # Whoever made the table should have made its texts visible; here none gets past.
            for made in super().render(renderable, options):
                yield made if made.control else made._replace(text=visible_lines(made.text))

    stream = sys.stderr if stderr else sys.stdout
    return Safe(highlight=False, stderr=stderr, width=None if stream.isatty() else 120)


def quoted(path: object) -> str:
    """Return a path as it is typed in a shell."""
    return shlex.quote(visible_lines(str(path)))
