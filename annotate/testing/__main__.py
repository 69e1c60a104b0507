"""Run the test server as a process: `python -m annotate.testing --port 0 --delay 0.2`.

It prints its base URL as its first line and runs until it is interrupted or terminated. GET /stats
(beside /v1) tells how many requests came, how many at one time, and the CPU seconds they took.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from collections.abc import Sequence

from annotate.testing import behaviours
from annotate.testing.answers import Respond
from annotate.testing.quoting import QUOTE, quote_first
from annotate.testing.scripts import Rule
from annotate.testing.server import Server, nothing_found

_TEMPLATE = json.dumps({"quote": QUOTE})


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGINT or SIGTERM; return the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        respond = _respond(options.quote_first, options.template)
    except ValueError as error:
        parser.error(f"--template: {error}")
    rules = [Rule(behaviours.late(options.delay))] if options.delay > 0 else []
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    try:
        with Server(
            respond, *rules, models=options.model or ["test-model"], keep=0, port=options.port
        ) as server:
            sys.stdout.write(f"{server.base_url}\n")
            sys.stdout.flush()
            ended.wait()
    except OSError as error:
        parser.error(f"--port {options.port}: {error.strerror}")
    return 0


def _respond(quotes: bool, template: str) -> Respond:
    if not quotes:
        return nothing_found
    value = json.loads(template)
    if not isinstance(value, dict):
        raise ValueError("it is one JSON object")  # noqa: TRY004 (of a text, not of the caller)
    return quote_first(value)


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
    return parser


if __name__ == "__main__":
    sys.exit(main())
