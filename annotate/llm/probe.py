"""Find out in which modes an endpoint answers: one request a mode.

The schema that is sent is the task's whole one: an endpoint may take a small one and refuse this.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from annotate.errors import UsageError
from annotate.llm.cache.folder import open_cache
from annotate.llm.client import Client
from annotate.llm.errors import CallFailed
from annotate.llm.factory import api_key, remember_way
from annotate.llm.modes import MODES, Mode, prepared
from annotate.llm.prompts.delimiter import enclosed
from annotate.llm.responses import read
from annotate.project.settings import Settings
from annotate.project.tasks import Task

_TEXT = "This page has no content."
_ASKED = (
    "You annotate texts. Answer with what the text states in the given categories; "
    "an empty list where it states nothing."
)


@dataclass(frozen=True, slots=True)
class Probe:
    """How an endpoint took one mode: `finding` says what came."""

    mode: Mode
    strict: bool
    works: bool
    finding: str


def probe(task: Task, settings: Settings) -> list[Probe]:
    """Ask the endpoint once in each mode, keep the best for later runs, and return what came.

    The modes are tried from the one that binds a model most to the one that binds it least, each
    with a strict schema first (unless the settings say otherwise), then without `strict`.

    Raises:
        UsageError: where no model is named.
        Stopped: where the endpoint refuses the key or knows no such model.
    """
    if settings.model is None:
        raise UsageError("no model is named; set --model, ANNOTATE_MODEL or model in annotate.toml")
    found = asyncio.run(_probe(task, settings))
    best = next((each for each in found if each.works), None)
    if best is not None:
        with open_cache(settings) as cache:
            remember_way(settings, cache, best.mode, best.strict)
    return found


async def _probe(task: Task, settings: Settings) -> list[Probe]:
    client = Client(settings.base_url, api_key(), timeout=min(settings.timeout, 60.0), attempts=2)
    found: list[Probe] = []
    try:
        for mode in MODES:
            strict = settings.strict and mode != "json"  # plain JSON has no place for it
            found.append(await _one(client, task, settings, mode, strict))
            if strict and not found[-1].works:
                found.append(await _one(client, task, settings, mode, False))
    finally:
        await client.close()
    return found


async def _one(client: Client, task: Task, settings: Settings, mode: Mode, strict: bool) -> Probe:
    messages = [
        {"role": "system", "content": _ASKED},
        {"role": "user", "content": enclosed(_TEXT)},
    ]
    filled = prepared(task.schema, mode, strict).fill(messages)
    body = {"model": settings.model, **filled, "max_completion_tokens": 512}
    try:
        answer = await client.ask(body)
    except CallFailed as error:
        return Probe(mode, strict, False, str(error))
    reading = read(answer.reply)
    works = reading.outcome == "answer"
    return Probe(mode, strict, works, "answers" if works else reading.problem)
