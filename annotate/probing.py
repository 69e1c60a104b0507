"""Find out in which modes an endpoint answers: one small request a mode."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from annotate.assembly import api_key, cache_folder, mode_note
from annotate.cache import Cache, endpoint
from annotate.client import CallFailed, Client
from annotate.config import Settings
from annotate.errors import UsageError
from annotate.forms import MODES, Mode, prepared
from annotate.project import Task
from annotate.prompting import enclosed
from annotate.replies import read

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

    The modes are tried from the one that binds a model most to the one that binds it least.

    Raises:
        UsageError: where no model is named.
        Stopped: where the endpoint refuses the key or knows no such model.
    """
    if settings.model is None:
        raise UsageError("no model is named; set --model, ANNOTATE_MODEL or model in annotate.toml")
    found = asyncio.run(_probe(task, settings))
    best = next((each.mode for each in found if each.works), None)
    if best is not None:
        cache = Cache(cache_folder(settings))
        cache.put_form(mode_note(endpoint(settings.base_url), settings.model), best)
        cache.close()
    return found


async def _probe(task: Task, settings: Settings) -> list[Probe]:
    client = Client(settings.base_url, api_key(), timeout=min(settings.timeout, 60.0), attempts=2)
    try:
        return [await _one(client, task, settings, mode) for mode in MODES]
    finally:
        await client.close()


async def _one(client: Client, task: Task, settings: Settings, mode: Mode) -> Probe:
    schema = task.schema.only([next(iter(task.schema.categories))])
    messages = [
        {"role": "system", "content": _ASKED},
        {"role": "user", "content": enclosed(_TEXT)},
    ]
    filled = prepared(schema, mode, settings.strict).fill(messages)
    body = {"model": settings.model, **filled, "max_completion_tokens": 512}
    try:
        answer = await client.ask(body)
    except CallFailed as error:
        return Probe(mode, settings.strict, False, str(error))
    reading = read(answer.reply)
    works = reading.outcome == "answer"
    return Probe(mode, settings.strict, works, "answers" if works else reading.problem)
