"""`annotate estimate`: what a run would send and cost, before anything is spent."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import typer

import annotate
from annotate.cli.ending import end_unread
from annotate.cli.options import REQUESTS, Files, Given, Json, takes
from annotate.cli.output import print_json, print_line

if TYPE_CHECKING:
    from annotate.llm.estimate import Plan

app = typer.Typer()


@app.command()
@takes(settings=(*REQUESTS, "repairs", "price", "cached_price", "batch_rate"))
def estimate(files: Files, settings: Given, as_json: Json = False) -> None:
    """Say what a run would send and cost now, and send nothing.

    Also with chunks of other sizes, and with what the endpoint may have in its cache.

    Examples:
        annotate estimate eval/documents --model NAME --price 0.25,2
    """
    from annotate.pipeline.missing import plan_run

    unread: list[annotate.DocumentError] = []
    plans = plan_run(files, on_error=unread.append, **settings)
    if as_json:
        print_json({**plans[0].to_json(), "sizes": [each.to_json() for each in plans]})
    else:
        _print_plan(plans[0])
        _print_sizes(plans)
    end_unread(unread)


def _print_plan(plan: Plan) -> None:
    from annotate.reporting.estimate import costs, estimate_lines

    found = plan.estimate
    for line in estimate_lines(found):
        print_line(line)
    if plan.with_cache is not None and found.requests:
        print_line(f"with the prompt in the endpoint's cache: {costs(plan.with_cache)}")
    if plan.as_batch is not None and found.requests:
        print_line(f"as a batch: {costs(plan.as_batch)}")
    if plan.most_requests > found.requests:
        print_line(
            "with repairs, and with parts of chunks whose answer is cut: "
            f"{plan.most_requests:,} requests at the very most; --max-cost bounds what is spent"
        )


def _print_sizes(plans: Sequence[Plan]) -> None:
    """Print the plans by size, as far as they differ: short texts make the same few chunks."""
    from annotate.reporting.estimate import costs

    by_size = sorted(plans, key=lambda plan: plan.chunk_size)
    told = [plan for before, plan in pairwise(by_size) if _differ(before, plan)]
    for plan in [by_size[0], *told] if told else ():
        found = plan.estimate
        cost = "" if found.least is None else f", {costs((found.least, found.most or 0.0))}"
        print_line(f"--chunk-size {plan.chunk_size:<6} {found.requests:>6,} requests{cost}")


def _differ(one: Plan, other: Plan) -> bool:
    return one.estimate.prompt_tokens != other.estimate.prompt_tokens
