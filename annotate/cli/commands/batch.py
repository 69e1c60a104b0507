"""`annotate batch`: let a batch endpoint answer the requests of a run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import annotate
from annotate.cli.ending import end_import, end_unread
from annotate.cli.options import ENDPOINT, REQUESTS, Files, Given, Json, takes
from annotate.cli.output import print_json, print_line

app = typer.Typer(
    name="batch", help="Let a batch endpoint answer the requests of a run.", no_args_is_help=True
)

Batch = Annotated[str, typer.Argument(metavar="BATCH", help="Id of a batch.")]


@app.command("export")
@takes(settings=REQUESTS)
def export(
    files: Files,
    out: Annotated[Path, typer.Option("--out", "-o", help="Batch file to write.")],
    settings: Given,
) -> None:
    """Write the requests that are not cached yet, as a batch file.

    Its format is that of the OpenAI Batch API.

    Examples:
        annotate batch export eval/documents --model NAME --out requests.jsonl
    """
    from annotate.pipeline.missing import export_batch

    unread: list[annotate.DocumentError] = []
    count, written = export_batch(files, out, on_error=unread.append, **settings)
    names = ", ".join(map(str, written)) or "no file: every answer is cached"
    print_line(f"{count:,} requests in {names}")
    end_unread(unread)


@app.command("import")
@takes(settings=("model", "price", "cached_price", "batch_rate", "cache_dir"))
def import_(
    file: Annotated[Path, typer.Argument(metavar="RESULTS", help="A results file.")],
    settings: Given,
    as_json: Json = False,
) -> None:
    """Read a results file into the cache: in any order, with errors.

    Examples:
        annotate batch import results.jsonl --model NAME --batch-rate 0.5
    """
    from annotate.llm.batch import import_results
    from annotate.llm.cache.folder import open_cache
    from annotate.llm.pricing import price
    from annotate.project.settings import resolve_settings

    resolved = resolve_settings(settings)
    model = resolved.model or ""
    # Without either, what the answers cost stays unknown, which is not an error.
    known = price(model, resolved.price, resolved.cached_price) if model or resolved.price else None
    with open_cache(resolved) as cache:
        imported = import_results(file, cache, known.times(resolved.batch_rate) if known else None)
    if as_json:
        print_json(imported.to_json())
    else:
        print_line(
            f"{imported.stored:,} answers stored, {imported.already:,} there already, "
            f"{imported.failed:,} failed, {imported.unknown:,} unknown"
        )
    end_import(imported)


@app.command("submit")
@takes(settings=("model", *ENDPOINT))
def submit(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A batch file.")],
    settings: Given,
) -> None:
    """Upload a batch file to the endpoint's Batch API and start it.

    Examples:
        annotate batch submit requests.jsonl
    """
    from annotate.llm.batch_api import submit
    from annotate.project.settings import resolve_settings

    print_json(submit(file, resolve_settings(settings)))


@app.command("status")
@takes(settings=("model", *ENDPOINT))
def status(batch: Batch, settings: Given) -> None:
    """Say how far a batch has come.

    Examples:
        annotate batch status batch_68a1
    """
    from annotate.llm.batch_api import status
    from annotate.project.settings import resolve_settings

    print_json(status(batch, resolve_settings(settings)))


@app.command("fetch")
@takes(settings=("model", *ENDPOINT))
def fetch(
    batch: Batch,
    out: Annotated[Path, typer.Option("--out", "-o", help="Results file to write.")],
    settings: Given,
) -> None:
    """Write the results of a batch; then: annotate batch import FILE.

    Examples:
        annotate batch fetch batch_68a1 --out results.jsonl
    """
    from annotate.llm.batch_api import fetch
    from annotate.project.settings import resolve_settings

    print_json(fetch(batch, out, resolve_settings(settings)))
