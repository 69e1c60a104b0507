"""The program `annotate`: its commands, and how each of them ends.

Every module of `annotate.cli.commands` is a command, or a group of commands, and is found there.
"""

from __future__ import annotations

import gc
import io
import logging
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from copy import copy
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import ModuleInfo, iter_modules
from typing import Annotated, Any

import typer
from typer.main import get_command, get_command_name

from annotate.cli import commands
from annotate.cli.exit_codes import ExitCode, of_error
from annotate.cli.groups import Group
from annotate.cli.help import epilog, examples_of, help_of
from annotate.cli.logs import set_up_logging
from annotate.cli.output import print_error, print_line, print_note
from annotate.errors import AnnotateError
from annotate.formatting import visible_lines

_ORDER = (
    *("run", "show", "view", "report", "export", "review"),
    *("consensus", "verify", "score", "compare", "diff", "crosswalk", "evaluate", "bless"),
    *("estimate", "batch", "cache"),
    *("segments", "task", "gold"),
    *("init", "doctor"),
)
"""The order in which the help lists the modules of commands; others come last."""

_MOST_SHOWN = 5  # examples in the help of the whole program


class _Commands(Group):
    """Ends every command with its exit code, and a failure with one line instead of a traceback."""

    def make_context(self, *args: Any, **extra: Any) -> Any:
        with _readable_usage():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: typer.Context) -> None:  # type: ignore[override]
        with _readable_usage():
            code = self._ended(ctx)
        raise typer.Exit(code)

    def _ended(self, ctx: typer.Context) -> int:
        """Run the command that was typed, and return its exit code."""
        code: int = ExitCode.OK
        try:
            try:
                super().invoke(ctx)
            except typer.Exit as leaving:
                code = leaving.exit_code
            sys.stdout.flush()  # here a failure can still be said
        except AnnotateError as error:
            return _failed(error, of_error(error))
        except KeyboardInterrupt as error:
            reached = f" at {error}" if error.args else ""
            said = f"interrupted{reached}; the same command again finishes it"
            return _failed(said, ExitCode.INTERRUPTED)
        except BrokenPipeError:
            _drop_output()  # the reader (head, less) has seen enough
        except OSError as error:
            _drop_output()
            place = error.filename or "standard output"
            said = f"{place}: cannot be used ({error.strerror or error})"
            return _failed(said, ExitCode.USAGE)
        return code


@contextmanager
def _readable_usage() -> Iterator[None]:
    """Make visible what was typed: typer prints it as it is where it is wrong."""
    try:
        yield
    except Exception as error:
        if hasattr(error, "format_message") and isinstance(getattr(error, "message", None), str):
            error.message = visible_lines(error.message)  # type: ignore[attr-defined]
        raise


def _failed(message: object, code: ExitCode) -> ExitCode:
    logging.getLogger("annotate").info("stopped here", exc_info=True)
    print_error(message)
    return code


def _drop_output() -> None:
    """Send what is left to print nowhere, so that leaving does not fail on it once more."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _add_commands(program: typer.Typer) -> None:
    shown: list[str] = []
    for module in sorted(iter_modules(commands.__path__), key=_place):
        added: typer.Typer = import_module(f"{commands.__name__}.{module.name}").app
        firsts: list[str] = []
        for command in added.registered_commands:
            command.help = help_of(command.callback)
            examples = examples_of(command.callback)
            command.epilog = epilog(examples)
            firsts += examples[:1]
        program.add_typer(added, cls=Group, epilog=epilog(firsts))
        shown += firsts[:1]
    program.info.epilog = epilog(shown[:_MOST_SHOWN])


def _place(module: ModuleInfo) -> tuple[int, str]:
    return _ORDER.index(module.name) if module.name in _ORDER else len(_ORDER), module.name


app = typer.Typer(
    cls=_Commands,
    name="annotate",
    help="Turn long texts into typed annotations, each anchored to the words that prove it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # they print local variables, a key or a text among them
)
_add_commands(app)


def _print_version(asked: bool) -> None:
    if asked:
        from annotate.version import version

        print_line(version())
        raise typer.Exit


@app.callback()
def _set_up(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version and exit.", is_eager=True, callback=_print_version
        ),
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Say more on standard error.")
    ] = False,
    log_file: Annotated[Path | None, typer.Option(help="Also write the log to this file.")] = None,
) -> None:
    set_up_logging(verbose, log_file)


@cache
def program(typed: str = "") -> Any:
    """Return the commands with their options, made once: a process may run several commands.

    Where one is `typed`, those of its module alone: the options of all take longer than the rest of
    many a command.
    """
    narrowed = copy(app)
    groups = [each for each in app.registered_groups if typed in _names(each.typer_instance)]
    narrowed.registered_groups = groups or app.registered_groups
    return get_command(narrowed)


def _names(module: typer.Typer | None) -> set[str]:
    """Return under which names the commands of a module are typed."""
    if module is None:
        return set()
    if isinstance(module.info.name, str):
        return {module.info.name}
    own = ((each.name, each.callback) for each in module.registered_commands)
    return {name or get_command_name(getattr(callback, "__name__", "")) for name, callback in own}


def main() -> None:
    """Run the command line; the entry point of the `annotate` command."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # What the terminal cannot show, or no encoding can (a lone surrogate), is escaped.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        program(*sys.argv[1:2])()
    except Exception:  # a defect; what Python would print of it could steer the terminal
        print_note(traceback.format_exc())
        raise SystemExit(1) from None
    finally:
        # All is closed and written: Python would still look through every object for rings of them
        # before it leaves, which takes longer than many a command.
        gc.freeze()
