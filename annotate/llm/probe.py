"""Find out in which modes an endpoint answers: one request for each mode.

The schema that is sent is the task's whole one: an endpoint may take a small one and refuse this.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from annotate.llm.cache.folder import open_cache
from annotate.llm.client import Transport
from annotate.llm.errors import CallFailed
from annotate.llm.factory import named_model, open_client
from annotate.llm.modes import MODES, ResponseMode, keep_mode, prepare_form
from annotate.llm.prompts.delimiter import enclosed
from annotate.llm.request import encode
from annotate.llm.responses import parse
from annotate.llm.retry import Call, Retry
from annotate.project.settings import Settings
from annotate.project.tasks import Task

_LONGEST = 60.0  # seconds for a mode: whoever waits for the doctor sits in front of it
_ATTEMPTS = 2  # 500 is what some servers say to a mode that they do not know, or chance
_TEXT = "This page has no content."
_ASKED = (
    "You annotate texts. Answer with what the text states in the given categories; "
    "an empty list where it states nothing."
)


@dataclass(frozen=True, slots=True)
class Probe:
    """How an endpoint took one mode: `finding` says what came."""

    mode: ResponseMode
    works: bool
    finding: str


def probe(task: Task, settings: Settings) -> list[Probe]:
    """Ask the endpoint once in each mode, keep the best for later runs, and return what came.

    The modes are tried in the order of their registry, each with a strict schema first (unless the
    settings say otherwise), then without `strict`.

    Raises:
        UsageError: where no model is named.
        Stopped: where the endpoint refuses the key or knows no such model.
    """
    named_model(settings)
    found = asyncio.run(_probe(task, settings))
    # The first, not the fastest: the order is that of how much a mode guarantees.
    best = next((each for each in found if each.works), None)
    if best is not None:
        with open_cache(settings) as cache:
            keep_mode(settings, cache.prepared, best.mode)
    return found


async def _probe(task: Task, settings: Settings) -> list[Probe]:
    timeout = min(settings.timeout, _LONGEST)
    client = open_client(settings, timeout)
    found: list[Probe] = []

    async def ask(mode: ResponseMode) -> None:
        body = _body(task, settings, mode)
        found.append(await _one(client, Retry(timeout, _ATTEMPTS), mode, body))

    try:
        for name, definition in MODES.items():
            strict = settings.strict and definition.takes_strict
            await ask(ResponseMode(name, strict))
            # Some servers take the schema and refuse the word "strict".
            if strict and not found[-1].works:
                await ask(ResponseMode(name, False))
    finally:
        await client.close()
    return found


def _body(task: Task, settings: Settings, mode: ResponseMode) -> dict[str, Any]:
    messages = [
        {"role": "system", "content": _ASKED},
        {"role": "user", "content": enclosed(_TEXT)},
    ]
    filled = prepare_form(task.schema, mode).fill(messages)
    return {"model": settings.model, **filled, "max_completion_tokens": 512}


async def _one(
    transport: Transport, retry: Retry, mode: ResponseMode, body: dict[str, Any]
) -> Probe:
    async def attempt(call: Call) -> Any:
        async with call.sending():
            return await transport.send(encode(body))

    try:
        parsed = parse(await retry.run(attempt))
    except CallFailed as error:
        return Probe(mode, False, str(error))
    works = parsed.kind == "answer"
    return Probe(mode, works, "answers" if works else parsed.problem)
