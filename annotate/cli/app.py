"""The command line: parse, one library call, print.

Results go to standard output, the rest to standard error. Exit codes: 0 ok, 2 wrong usage or
configuration, 4 incomplete, 5 stopped (authentication, quota, cost cap), 130 interrupted.
"""

from __future__ import annotations

import io
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from annotate.cli.answers import register
from annotate.cli.evaluation import register as register_evaluation
from annotate.cli.gold import register as register_gold
from annotate.cli.view import register as register_view
from annotate.errors import AnnotateError
from annotate.reporting.console import console, print_json

if TYPE_CHECKING:
    from annotate.runs.reader import Run

INCOMPLETE = 4
INTERRUPTED = 130


class _Commands(TyperGroup):
    """Ends every command with its exit code, and a failure with one line instead of a traceback."""

    def invoke(self, ctx: typer.Context) -> None:  # type: ignore[override]
        code = 0
        try:
            try:
                super().invoke(ctx)
            except typer.Exit as leaving:
                code = leaving.exit_code
            sys.stdout.flush()
        except AnnotateError as error:
            code = _failed(str(error), error.exit_code)
        except KeyboardInterrupt:
            code = _failed("interrupted; the same command again finishes it", INTERRUPTED)
        except BrokenPipeError:
            _drop_output()  # the reader (head, less) has seen enough
        except OSError as error:
            _drop_output()
            place = error.filename or "standard output"
            code = _failed(f"{place}: cannot be used ({error.strerror or error})", 2)
        raise typer.Exit(code)


def _failed(message: str, code: int) -> int:
    logging.getLogger("annotate").info("stopped here", exc_info=True)
    typer.echo(f"annotate: {_visible(message)}", err=True)
    return code


def _drop_output() -> None:
    """Send what is left to print nowhere, so that leaving does not fail on it once more."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _visible(text: object) -> str:
    """Return text safe to print, in as many lines as it has."""
    shown = str(text)
    if shown.isprintable():
        return shown
    from annotate.formatting import visible

    return "\n".join(visible(line) for line in shown.split("\n"))


app = typer.Typer(
    cls=_Commands,
    name="annotate",
    help="Turn long policy texts into typed annotations, each anchored to the words that prove it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
task_app = typer.Typer(help="List tasks and print their JSON schema.", no_args_is_help=True)
app.add_typer(task_app, name="task")

_Json = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]
_Task = Annotated[
    str | None,
    typer.Option("--task", "-t", help="Schema to annotate with.", show_default="privacy_policy"),
]
_Encoding = Annotated[
    str | None, typer.Option(help="Encoding of the input files.", show_default="utf-8")
]
_RunFolder = Annotated[Path, typer.Argument(metavar="RUN", help="Folder of a run.")]


def _version(asked: bool) -> None:
    if asked:
        from annotate.pipeline.run import version

        typer.echo(version())
        raise typer.Exit


@app.callback()
def _settings(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version and exit.", is_eager=True, callback=_version
        ),
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Say more on standard error.")
    ] = False,
    log_file: Annotated[Path | None, typer.Option(help="Also write the log to this file.")] = None,
) -> None:
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)] if verbose else []
    if log_file is not None:
        try:
            handlers.append(logging.FileHandler(log_file, encoding="utf-8"))
        except OSError as error:
            typer.echo(f"annotate: --log-file {log_file}: {error.strerror}", err=True)
            raise typer.Exit(2) from None
    if handlers:
        logging.basicConfig(
            level=logging.INFO, handlers=handlers, format="%(levelname)s %(message)s"
        )


_Prompt = Annotated[
    str | None, typer.Option("--prompt", "-p", help="Version of the prompt.", show_default="v1")
]
_Model = Annotated[
    str | None,
    typer.Option(
        "--model", "-m", help="Model to ask. Without one, the offline baseline annotates."
    ),
]
_BaseUrl = Annotated[
    str | None, typer.Option(help="OpenAI-compatible endpoint.", show_default="OpenAI's")
]
_Mode = Annotated[
    str | None,
    typer.Option(
        help="How to ask: json_schema, tools, json, or auto (what doctor found).",
        show_default="auto",
    ),
]
_Repeat = Annotated[
    int | None, typer.Option(help="Independent samples, as sibling runs.", show_default="1")
]
_ChunkSize = Annotated[
    int | None, typer.Option(help="Most characters read in one piece.", show_default="4000")
]
_CacheDir = Annotated[
    Path | None,
    typer.Option(help="Folder of answers.", show_default=".annotate/cache of the project"),
]
_Price = Annotated[
    str | None, typer.Option(metavar="IN,OUT", help="US dollars a million tokens, in and out.")
]
_Files = Annotated[
    list[str], typer.Argument(metavar="FILES…", help="Files, folders, globs, or - .")
]


@app.command()
def run(
    files: _Files,
    task: _Task = None,
    prompt: _Prompt = None,
    model: _Model = None,
    base_url: _BaseUrl = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Run folder.", show_default="runs/<task>-<model>-<input>"),
    ] = None,
    mode: _Mode = None,
    strict: Annotated[
        bool | None,
        typer.Option("--strict/--no-strict", help="Ask the endpoint to enforce the schema."),
    ] = None,
    repeat: _Repeat = None,
    repairs: Annotated[
        int | None, typer.Option(help="Most repair requests for one answer.", show_default="2")
    ] = None,
    concurrency: Annotated[
        int | None, typer.Option(help="Most requests in flight.", show_default="16")
    ] = None,
    rpm: Annotated[float | None, typer.Option(help="Most requests a minute.")] = None,
    tpm: Annotated[float | None, typer.Option(help="Most tokens a minute.")] = None,
    timeout: Annotated[
        float | None,
        typer.Option(help="Seconds for one request, retries included.", show_default="300"),
    ] = None,
    max_cost: Annotated[
        float | None, typer.Option(help="Most US dollars for this run, resumed runs included.")
    ] = None,
    max_requests: Annotated[int | None, typer.Option(help="Most requests to send now.")] = None,
    price: _Price = None,
    offline: Annotated[
        bool | None, typer.Option("--offline", help="Use cached answers alone.")
    ] = None,
    retry_failed: Annotated[
        bool | None, typer.Option("--retry-failed", help="Ask refused and cut answers again.")
    ] = None,
    cache_dir: _CacheDir = None,
    chunk_size: _ChunkSize = None,
    encoding: _Encoding = None,
    as_json: _Json = False,
) -> None:
    """Annotate documents into a run folder; the same command resumes it."""
    from annotate import run as annotate_run
    from annotate.project.settings import resolve_settings

    flags = {
        "task": task,
        "prompt": prompt,
        "model": model,
        "base_url": base_url,
        "mode": mode,
        "strict": strict,
        "repeat": repeat,
        "repairs": repairs,
        "concurrency": concurrency,
        "rpm": rpm,
        "tpm": tpm,
        "timeout": timeout,
        "max_cost": max_cost,
        "max_requests": max_requests,
        "price": price,
        "offline": offline,
        "retry_failed": retry_failed,
        "cache_dir": cache_dir,
        "chunk_size": chunk_size,
        "encoding": encoding,
    }
    if resolve_settings(flags).model is None:
        typer.echo("no model is named: the offline baseline annotates, by cue words", err=True)
    with _progress() as report:
        done = annotate_run(list(files), out=out, on_progress=report, **flags)
    _finish(done, as_json)


def _finish(done: Run, as_json: bool) -> None:
    """Print what a run came to, and leave with the code for an incomplete one."""
    from annotate.ledger import commonest_note

    counts, usage = done.manifest["counts"], done.manifest["usage"]
    if as_json:
        print_json({"run": str(done.path), **done.manifest})
    else:
        typer.echo(
            f"{counts['annotations']:,} annotations in {counts['documents']:,} documents "
            f"({counts['characters']:,} characters, {counts['chunks']:,} chunks)"
        )
        if usage["requests"]:
            cost = "unknown" if usage["cost"] is None else f"{usage['cost']:.4f} USD"
            typer.echo(
                f"{usage['requests']:,} answers, {usage['prompt_tokens']:,} + "
                f"{usage['completion_tokens']:,} tokens, cost {cost}"
            )
        typer.echo(f"run: {_visible(done.path)}    look at it: annotate show {_quoted(done.path)}")
    for row in _first(done.unreadable(), 20):
        typer.echo(_visible(f"not read: {row['source']}: {row['reason']}"), err=True)
    if counts["unreadable"] > 20:
        typer.echo(
            f"and {counts['unreadable'] - 20} more: {_visible(done.path)}/unreadable.jsonl",
            err=True,
        )
    for status, count in done.manifest["statuses"].items():
        if status not in ("ok", "repaired"):
            typer.echo(
                f"{count} chunks ended {status}: {_visible(done.path)}/ledger.jsonl", err=True
            )
    if not done.complete and (note := commonest_note(done.ledger())):
        typer.echo(_visible(f"most often because: {note}"), err=True)
    if not done.complete:
        raise typer.Exit(INCOMPLETE)


@app.command()
def show(folder: _RunFolder, as_json: _Json = False) -> None:
    """Print a run as tables: by category, by document, problems."""
    from annotate import Run
    from annotate.reporting.run import show as show_run
    from annotate.reporting.run import summary

    opened = Run(folder)
    if as_json:
        print_json(summary(opened))
    else:
        show_run(opened, console())


@app.command()
def segments(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A document, or - .")],
    encoding: _Encoding = None,
    as_json: _Json = False,
) -> None:
    """Print the headings, stems, sentences and items of a document."""
    from annotate import read_documents, segment
    from annotate.reporting.run import segments as show_segments
    from annotate.reporting.run import unit_row

    for document in read_documents([file], encoding=encoding or "utf-8"):
        segmentation = segment(document.text)
        if as_json:
            for unit in segmentation.units:
                print_json({"document": document.id, **unit_row(segmentation, unit)})
        else:
            show_segments(segmentation, console())


@app.command()
def export(
    folder: _RunFolder,
    to: Annotated[
        str,
        typer.Option(
            help="Format: jsonl, csv, web-annotation; parquet (nested), parquet-flat; "
            "brat, label-studio."
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            help="File; a new folder for brat and label-studio.",
            show_default="stdout for jsonl, csv and web-annotation",
        ),
    ] = None,
) -> None:
    """Write a run's annotations in another format."""
    from annotate import Run
    from annotate import export as export_run

    count = export_run(Run(folder), to, out)
    if out is not None:
        typer.echo(f"{count:,} annotations in {_visible(out)}", err=True)


@app.command("import")
def import_corrections(
    source: Annotated[
        Path, typer.Argument(metavar="SOURCE", help="A brat folder, or a JSON file.")
    ],
    tool: Annotated[str, typer.Option("--from", help="Format: brat or label-studio.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Run folder.")],
    task: _Task = None,
    as_json: _Json = False,
) -> None:
    """Read corrected annotations into a run folder; code 4 where something cannot be read.

    What breaks the schema goes to the quarantine. To make gold of them: annotate gold import.
    """
    from annotate.errors import Incomplete
    from annotate.formats.load import import_run, read_corrections
    from annotate.project.settings import resolve_settings
    from annotate.project.tasks import load_task

    loaded = load_task(resolve_settings({"task": task}).task)
    read = read_corrections(source, tool, loaded.schema)
    if not read.sheets:
        for problem in read.problems:
            typer.echo(_visible(problem), err=True)
        raise Incomplete(f"{source}: nothing in it can be read, and nothing is written")
    done, problems = import_run(read, loaded, out)
    problems = [each for each in (*read.problems, *problems) if each.document or not each.lost]
    for problem in problems:
        typer.echo(_visible(problem), err=True)
    _finish(done, as_json)
    if any(problem.lost for problem in problems):
        raise typer.Exit(INCOMPLETE)


@task_app.command("list")
def task_list(as_json: _Json = False) -> None:
    """List the tasks that can be run from here."""
    from annotate import load_task
    from annotate.project.tasks import task_names

    rows = []
    for name in task_names():
        task = load_task(name)
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
        typer.echo(_visible(f"{row['task']} (version {row['version']}): {row['description']}"))


@task_app.command("schema")
def task_schema(
    name: Annotated[
        str | None,
        typer.Argument(metavar="TASK", help="Name of a task.", show_default="the project's"),
    ] = None,
) -> None:
    """Print the JSON schema of a task's answers, in the strict subset."""
    from annotate import load_task
    from annotate.project.settings import resolve_settings

    task = load_task(resolve_settings({"task": name}).task)
    print_json(task.schema.json_schema, indent=2)


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the new project.")],
) -> None:
    """Make a project of your own: copies schemas, prompts, sample documents and gold."""
    from annotate.project.create import create_project

    written = create_project(folder)
    typer.echo(
        f"{len(written)} files in {_visible(folder)}; "
        f"next: cd {_quoted(folder)} && annotate run eval/documents"
    )


@app.command()
def doctor(
    model: _Model = None,
    base_url: _BaseUrl = None,
    task: _Task = None,
    cache_dir: _CacheDir = None,
    as_json: _Json = False,
) -> None:
    """Check this installation, the project around it and, with a model, the endpoint."""
    from annotate.cli.doctor import examine, examine_endpoint
    from annotate.project.settings import resolve_settings

    flags = {"model": model, "base_url": base_url, "task": task, "cache_dir": cache_dir}
    checks = examine()
    if model is not None:  # only when asked: a probe sends requests
        checks += examine_endpoint(resolve_settings(flags))
    if as_json:
        print_json([check.to_json() for check in checks])
    else:
        for check in checks:
            mark = "ok  " if check.ok else "MEND"
            typer.echo(_visible(f"{mark}  {check.name}: {check.finding}"))
    if not all(check.ok for check in checks):
        raise typer.Exit(2)


def _first(rows: Iterator[Any], most: int) -> Iterator[Any]:
    from itertools import islice

    return islice(rows, most)


def _quoted(path: Path) -> str:
    import shlex

    return shlex.quote(_visible(path))


@contextmanager
def _progress() -> Iterator[Any]:
    """Yield a callback that reports progress: a bar on a terminal, silence in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed:,} documents · {task.fields[found]:,} annotations · "),
        TextColumn("{task.fields[rate]:.1f} MB/s · {task.fields[cost]:.4f} USD"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        line = bar.add_task("", total=None, found=0, rate=0.0, cost=0.0)

        def report(state: Any) -> None:
            elapsed = bar.tasks[0].elapsed or 0.001
            rate = state.characters / 1e6 / max(elapsed, 0.001)
            bar.update(
                line,
                completed=state.documents,
                found=state.annotations,
                rate=rate,
                cost=state.cost,
            )

        yield report


register(app, task_app)
register_gold(app)
register_evaluation(app)
register_view(app)


def main() -> None:
    """Run the command line; the entry point of the `annotate` command."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # What the terminal cannot show, or no encoding can (a lone surrogate), is escaped.
        sys.stdout.reconfigure(errors="backslashreplace")
    app()
