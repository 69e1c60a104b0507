"""`annotate cache`: the stored answers, each of which was paid for once."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from annotate.cli.ending import end_import
from annotate.cli.options import Given, Json, takes
from annotate.cli.output import print_json, print_line
from annotate.errors import Incomplete, UsageError

if TYPE_CHECKING:
    from annotate.llm.cache.store import Cache

app = typer.Typer(
    name="cache", help="Look at, prune, export and import stored answers.", no_args_is_help=True
)


@app.command("stats")
@takes(settings=("cache_dir",))
def print_stats(settings: Given, as_json: Json = False) -> None:
    """Say how many answers are stored, and what they cost.

    Examples:
        annotate cache stats
    """
    with _cache(settings) as cache:
        figures = cache.stats()
    if as_json:
        print_json(figures)
        return
    print_line(f"{figures['answers']:,} answers, {figures['bytes']:,} bytes in {figures['folder']}")
    cost = "they cost " + _cost(figures["cost"], figures["unpriced"])
    print_line(f"{cost}; {figures['retry']:,} are worth asking again")
    for model, count in figures["models"].items():
        print_line(f"  {model}: {count:,}")
    if figures["batch_requests"]:
        print_line(f"{figures['batch_requests']:,} requests are kept for a batch")
    if figures["damaged"]:
        print_line(f"{len(figures['damaged']):,} rows are damaged and left out")


def _cost(usd: float | None, unpriced: int) -> str:
    """Say what answers cost, of which some may have had no known price."""
    if usd is None:
        return "an unknown amount"
    return f"{usd:.4f} USD" + (f", without {unpriced:,} of unknown cost" if unpriced else "")


def _age(days: float | None) -> float | None:
    if days is not None and not 0 <= days < math.inf:  # also where it is not a number
        raise UsageError("--older-than: needs a number of days, 0 or more")
    return days


@app.command("prune")
@takes(settings=("cache_dir",))
def prune(
    settings: Given,
    older_than: Annotated[
        float | None,
        typer.Option(metavar="DAYS", help="Only what was stored longer ago.", callback=_age),
    ] = None,
    failed: Annotated[
        bool, typer.Option("--failed", help="Only what is worth asking again.")
    ] = False,
    damaged: Annotated[
        bool, typer.Option("--damaged", help="Only rows that are damaged, and no answer.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Remove all that was paid for.")] = False,
) -> None:
    """Remove stored answers, and the requests that were kept for a batch.

    Such a request goes by age as well, or where its answer is there.

    Examples:
        annotate cache prune --older-than 90
        annotate cache prune --failed
    """
    if damaged and (older_than is not None or failed or yes):
        raise UsageError("--damaged removes no answer; leave --yes, --older-than and --failed out")
    if older_than is None and not failed and not damaged and not yes:
        raise UsageError(
            "this removes every answer; add --yes, --older-than, --failed or --damaged"
        )
    with _cache(settings) as cache:
        if damaged:
            pruned = cache.prune_damaged()
        else:
            pruned = cache.prune(older_than_days=older_than, retry_only=failed)
    print_line(f"{pruned.answers:,} answers removed")
    if pruned.batch_requests:
        print_line(f"{pruned.batch_requests:,} batch requests removed")
    if pruned.damaged:
        print_line(f"{pruned.damaged:,} damaged rows removed")
    if pruned.stuck:
        raise Incomplete(
            f"{pruned.stuck:,} rows cannot be removed, since the database is damaged there; "
            "take the rest into a new folder with annotate cache export and annotate cache import"
        )


@app.command("export")
@takes(settings=("cache_dir",))
def export(
    settings: Given,
    out: Annotated[Path, typer.Option("--out", "-o", help="JSON Lines file; .jsonl.xz is packed.")],
) -> None:
    """Write all answers as JSON Lines, to commit or to replay elsewhere.

    A line holds its whole request: a packed file takes a hundredth of the room.

    Examples:
        annotate cache export --out answers.jsonl.xz
    """
    from annotate.llm.cache.exchange import export_answers

    with _cache(settings) as cache:
        count = export_answers(cache, out)
    print_line(f"{count:,} answers in {out}")


@app.command("import")
@takes(settings=("cache_dir",))
def import_(
    settings: Given,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An exported cache.")],
) -> None:
    """Read an exported cache; answers that are there already stay.

    Examples:
        annotate cache import answers.jsonl.xz
    """
    from annotate.llm.cache.exchange import import_answers

    with _cache(settings) as cache:
        imported = import_answers(cache, file)
    print_line(f"{imported.stored:,} new answers")
    end_import(imported)


def _cache(settings: Given) -> Cache:
    from annotate.llm.cache.folder import open_cache
    from annotate.project.settings import resolve_settings

    return open_cache(resolve_settings(settings))
