"""Run the test server as a process: `python -m annotate.testing --port 0 --delay 0.2`.

It prints its base URL as its first line and runs until it is interrupted or terminated. GET /stats
(beside /v1) tells how many requests came, how many at one time, and the CPU seconds they took.

`--simulate TASK` answers from the gold of a task with seeded errors: a simulation to try the
evaluation of prompts with, not a model. It lists and takes names with "simulated" in them alone.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from collections.abc import Sequence

from annotate.errors import AnnotateError
from annotate.project.tasks import load_task
from annotate.testing import behaviours
from annotate.testing.answers import Respond
from annotate.testing.quoting import QUOTE, quote_first
from annotate.testing.scripts import Rule
from annotate.testing.server import Server, nothing_found
from annotate.testing.simulation import MARK, SIMULATED, SimulatedAnnotator

_TEMPLATE = json.dumps({"quote": QUOTE})


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGINT or SIGTERM; return the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        respond = _respond(options)
    except (ValueError, AnnotateError) as error:
        parser.error(str(error))
    rules = [Rule(behaviours.late(options.delay))] if options.delay > 0 else []
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    try:
        with Server(
            respond, *rules, models=options.model or [_name(options)], keep=0, port=options.port
        ) as server:
            sys.stdout.write(f"{server.base_url}\n")
            sys.stdout.flush()
            ended.wait()
    except OSError as error:
        parser.error(f"--port {options.port}: {error.strerror}")
    return 0


def _respond(options: argparse.Namespace) -> Respond:
    if options.simulate:
        return _simulation(options)
    return _quoting(options.template) if options.quote_first else nothing_found


def _simulation(options: argparse.Namespace) -> Respond:
    for name in options.model or ():
        if MARK not in name.casefold():
            raise ValueError(f"--model {name}: the name of a simulation holds '{MARK}'")
    return SimulatedAnnotator.of(load_task(options.simulate), seed=options.seed)


def _quoting(template: str) -> Respond:
    try:
        value = json.loads(template)
        if isinstance(value, dict):
            return quote_first(value)
    except ValueError as error:
        raise ValueError(f"--template: {error}") from None
    raise ValueError("--template: it is one JSON object")


def _name(options: argparse.Namespace) -> str:
    return SIMULATED if options.simulate else "test-model"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m annotate.testing",
        description="An OpenAI-compatible server on the loopback interface, for benchmarks.",
    )
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one (default)")
    parser.add_argument("--delay", type=float, default=0.0, help="seconds before each answer")
    parser.add_argument("--model", action="append", help="a name to list (may be repeated)")
    parser.add_argument(
        "--quote-first",
        action="store_true",
        help="answer one annotation that quotes a sentence of the document, not an empty list",
    )
    parser.add_argument(
        "--template",
        default=_TEMPLATE,
        help=f'that annotation as JSON, "{QUOTE}" where the quote goes (default: {_TEMPLATE})',
    )
    parser.add_argument(
        "--simulate",
        metavar="TASK",
        help="answer from the gold of a task with seeded errors: a simulation, not a model; "
        f"requests name a model with '{MARK}' in its name (default: {SIMULATED})",
    )
    parser.add_argument("--seed", type=int, default=0, help="of the simulation's errors")
    return parser


if __name__ == "__main__":
    sys.exit(main())
