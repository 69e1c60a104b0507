"""Commands about requests and answers: estimate, cache, batch, task show and check."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from annotate.errors import DocumentError

cache_app = typer.Typer(
    help="Look at, prune, export and import stored answers.", no_args_is_help=True
)
batch_app = typer.Typer(help="Let a batch endpoint answer the requests.", no_args_is_help=True)

_Json = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]
_CacheDir = Annotated[Path | None, typer.Option(help="Folder of answers.")]
_Files = Annotated[
    list[str], typer.Argument(metavar="FILES…", help="Files, folders, globs, or - .")
]
_Task = Annotated[str | None, typer.Option("--task", "-t", help="Schema to annotate with.")]
_Prompt = Annotated[str | None, typer.Option("--prompt", "-p", help="Version of the prompt.")]
_Model = Annotated[str | None, typer.Option("--model", "-m", help="Model to ask.")]
_BaseUrl = Annotated[str | None, typer.Option(help="OpenAI-compatible endpoint.")]
_Mode = Annotated[str | None, typer.Option(help="How to ask: json_schema, tools, json, auto.")]
_Repeat = Annotated[int | None, typer.Option(help="Independent samples.")]
_ChunkSize = Annotated[int | None, typer.Option(help="Most characters read in one piece.")]
_Strict = Annotated[
    bool | None,
    typer.Option("--strict/--no-strict", help="Ask the endpoint to enforce the schema."),
]
_Encoding = Annotated[str | None, typer.Option(help="Encoding of the input files.")]
_Price = Annotated[
    str | None, typer.Option(metavar="IN,OUT", help="US dollars a million tokens, in and out.")
]


def register(app: typer.Typer, task_app: typer.Typer) -> None:
    """Add the commands of this module to the command line."""
    app.command()(estimate)
    app.add_typer(cache_app, name="cache")
    app.add_typer(batch_app, name="batch")
    task_app.command("show")(task_show)
    task_app.command("check")(task_check)
    task_app.command("codebook")(task_codebook)


def estimate(
    files: _Files,
    task: _Task = None,
    prompt: _Prompt = None,
    model: _Model = None,
    base_url: _BaseUrl = None,
    mode: _Mode = None,
    strict: _Strict = None,
    repeat: _Repeat = None,
    price: _Price = None,
    chunk_size: _ChunkSize = None,
    encoding: _Encoding = None,
    cache_dir: _CacheDir = None,
    as_json: _Json = False,
) -> None:
    """Say what a run would send and cost now; sends nothing."""
    from annotate.llm.estimate import estimate as estimated
    from annotate.llm.pricing import price as price_of
    from annotate.pipeline.run import missing_requests
    from annotate.project.settings import resolve_settings

    flags = _flags(locals())
    settings = resolve_settings(flags)
    unread: list[DocumentError] = []
    requests = missing_requests(files, on_error=unread.append, **flags)
    found = estimated(requests, price_of(settings.model or "", settings.price))
    if as_json:
        typer.echo(json.dumps(found.to_json()))
        _incomplete(unread)
        return
    typer.echo(
        f"{found.requests:,} requests, about {found.prompt_tokens:,} tokens to read "
        f"and at most {found.completion_tokens:,} to write (four characters a token)"
    )
    if found.least is None or found.most is None:
        typer.echo("cost unknown: no price for this model; give --price IN,OUT")
    else:
        typer.echo(f"cost: {found.least:.4f} USD with empty answers, {found.most:.4f} at most")
    _incomplete(unread)


def task_show(
    name: Annotated[str, typer.Argument(metavar="TASK", help="Name of a task.")] = "privacy_policy",
    prompt: _Prompt = None,
    file: Annotated[str | None, typer.Option(help="Document to show requests for.")] = None,
    chunk: Annotated[int, typer.Option(min=0, help="Which of its chunks.")] = 0,
    model: _Model = None,
    base_url: _BaseUrl = None,
    mode: _Mode = None,
    strict: _Strict = None,
    chunk_size: _ChunkSize = None,
    encoding: _Encoding = None,
    cache_dir: _CacheDir = None,
) -> None:
    """Print exactly what would be sent for a chunk, as JSON, one request a pass of the prompt."""
    from annotate.llm.factory import preview
    from annotate.project.settings import resolve_settings
    from annotate.project.tasks import load_task

    flags = _flags(locals(), without=("name", "file", "chunk"))
    settings = resolve_settings({**flags, "task": name})
    for body in preview(load_task(name), settings, file, chunk):
        typer.echo(json.dumps(body, indent=2, ensure_ascii=False))


def task_check(
    name: Annotated[str, typer.Argument(metavar="TASK", help="Name of a task.")] = "privacy_policy",
) -> None:
    """Check every prompt of a task: it renders, its examples validate, ground and are its own."""
    from annotate.llm.factory import check_task
    from annotate.project.tasks import load_task

    problems = 0
    for finding in check_task(load_task(name)):
        problems += not finding.startswith("ok ")
        typer.echo(finding)
    if problems:
        raise typer.Exit(2)


def task_codebook(
    name: Annotated[str, typer.Argument(metavar="TASK", help="Name of a task.")] = "privacy_policy",
) -> None:
    """Print every definition of a task's schema as Markdown."""
    from annotate.project.tasks import load_task
    from annotate.schema.codebook import codebook

    typer.echo(codebook(load_task(name).schema), nl=False)


@cache_app.command("stats")
def cache_stats(cache_dir: _CacheDir = None, as_json: _Json = False) -> None:
    """Say how many answers are stored, and what they cost."""
    with _cache(cache_dir) as cache:
        figures = cache.stats()
    if as_json:
        typer.echo(json.dumps(figures))
        return
    typer.echo(f"{figures['answers']:,} answers, {figures['bytes']:,} bytes in {figures['folder']}")
    typer.echo(f"they cost {figures['cost']:.4f} USD; {figures['retry']:,} are worth asking again")
    for model, count in figures["models"].items():
        typer.echo(f"  {model}: {count:,}")


@cache_app.command("prune")
def cache_prune(
    older_than: Annotated[
        float | None, typer.Option(metavar="DAYS", help="Only what was stored so long ago.")
    ] = None,
    failed: Annotated[
        bool, typer.Option("--failed", help="Only what is worth asking again.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Remove everything that was paid for.")
    ] = False,
    cache_dir: _CacheDir = None,
) -> None:
    """Remove stored answers."""
    if older_than is None and not failed and not yes:
        typer.echo(
            "annotate: this removes every answer; add --yes, --older-than or --failed", err=True
        )
        raise typer.Exit(2)
    with _cache(cache_dir) as cache:
        removed = cache.prune(older_than_days=older_than, retry_only=failed)
    typer.echo(f"{removed:,} answers removed")


@cache_app.command("export")
def cache_export(
    out: Annotated[Path, typer.Option("--out", "-o", help="JSON Lines file.")],
    cache_dir: _CacheDir = None,
) -> None:
    """Write every answer as a line of JSON, to commit or to replay elsewhere."""
    from annotate.llm.cache.exchange import export_answers

    with _cache(cache_dir) as cache:
        count = export_answers(cache, out)
    typer.echo(f"{count:,} answers in {out}")


@cache_app.command("import")
def cache_import(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An exported cache.")],
    cache_dir: _CacheDir = None,
) -> None:
    """Read an exported cache; answers that are there already stay."""
    from annotate.llm.cache.exchange import import_answers

    with _cache(cache_dir) as cache:
        new = import_answers(cache, file)
    typer.echo(f"{new:,} new answers")


@batch_app.command("export")
def batch_export(
    files: _Files,
    out: Annotated[Path, typer.Option("--out", "-o", help="Batch file to write.")],
    task: _Task = None,
    prompt: _Prompt = None,
    model: _Model = None,
    base_url: _BaseUrl = None,
    mode: _Mode = None,
    strict: _Strict = None,
    repeat: _Repeat = None,
    chunk_size: _ChunkSize = None,
    encoding: _Encoding = None,
    cache_dir: _CacheDir = None,
) -> None:
    """Write the requests that are not cached yet, in the OpenAI batch format."""
    from annotate.llm.batch import export_requests
    from annotate.pipeline.run import missing_requests

    flags = _flags(locals(), without=("out",))
    unread: list[DocumentError] = []
    requests = missing_requests(files, on_error=unread.append, **flags)
    with _cache(cache_dir) as cache:
        written = export_requests(requests, cache, out)
    names = ", ".join(str(path) for path in written) or "no file: every answer is cached"
    typer.echo(f"{len(requests):,} requests in {names}")
    _incomplete(unread)


@batch_app.command("import")
def batch_import(
    file: Annotated[Path, typer.Argument(metavar="RESULTS", help="A results file.")],
    model: _Model = None,
    price: _Price = None,
    cache_dir: _CacheDir = None,
    as_json: _Json = False,
) -> None:
    """Take a results file into the cache: in any order, with errors."""
    from annotate.llm.batch import import_results
    from annotate.llm.pricing import price as price_of
    from annotate.project.settings import resolve_settings

    settings = resolve_settings({"model": model, "price": price})
    named = settings.model or ""
    known = price_of(named, settings.price) if named or price else None
    with _cache(cache_dir) as cache:
        imported = import_results(file, cache, known)
    if as_json:
        typer.echo(json.dumps(imported.to_json()))
    else:
        typer.echo(
            f"{imported.stored:,} answers stored, {imported.already:,} there already, "
            f"{imported.failed:,} failed, {imported.unknown:,} unknown"
        )
    for problem in imported.problems:
        typer.echo(problem, err=True)
    if imported.failed or imported.unknown:
        raise typer.Exit(4)


@batch_app.command("submit")
def batch_submit(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A batch file.")],
    base_url: _BaseUrl = None,
) -> None:
    """Upload a batch file to the endpoint's Batch API and start it."""
    from annotate.llm.batch import submit

    typer.echo(json.dumps(submit(file, *_endpoint(base_url))))


@batch_app.command("status")
def batch_status(
    batch: Annotated[str, typer.Argument(metavar="BATCH", help="Id of a batch.")],
    base_url: _BaseUrl = None,
) -> None:
    """Say how far a batch has come."""
    from annotate.llm.batch import status

    typer.echo(json.dumps(status(batch, *_endpoint(base_url))))


@batch_app.command("fetch")
def batch_fetch(
    batch: Annotated[str, typer.Argument(metavar="BATCH", help="Id of a batch.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Results file to write.")],
    base_url: _BaseUrl = None,
) -> None:
    """Write the results of a batch; then: annotate batch import FILE."""
    from annotate.llm.batch import fetch

    typer.echo(json.dumps(fetch(batch, out, *_endpoint(base_url))))


def _endpoint(base_url: str | None) -> tuple[str, str]:
    """Return the address and the key of the endpoint that holds."""
    from annotate.llm.factory import api_key
    from annotate.project.settings import resolve_settings

    return resolve_settings({"base_url": base_url}).base_url, api_key()


def _cache(cache_dir: Path | None) -> Any:
    from annotate.llm.cache.folder import cache_folder
    from annotate.llm.cache.store import Cache
    from annotate.project.settings import resolve_settings

    return Cache(cache_folder(resolve_settings({"cache_dir": cache_dir})))


def _incomplete(unread: list[DocumentError]) -> None:
    """Name the documents that could not be read, and leave with the code for that."""
    for error in unread:
        typer.echo(f"not read: {error}", err=True)
    if unread:
        raise typer.Exit(4)


def _flags(given: dict[str, Any], without: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the settings among a command's parameters."""
    left_out = {"files", "as_json", *without}
    return {
        name: value
        for name, value in given.items()
        if name not in left_out and isinstance(value, str | int | float | Path)
    }
