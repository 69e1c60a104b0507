"""Put a language model together for a run: prompt, request forms, cache, limits, connection."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from pydantic import JsonValue

from annotate.annotator import Annotator
from annotate.errors import UsageError
from annotate.llm.annotator import LanguageModel
from annotate.llm.budget import Budget, journal_of
from annotate.llm.cache.folder import open_cache
from annotate.llm.cache.prepared import Kind
from annotate.llm.cache.store import Cache
from annotate.llm.client import Client
from annotate.llm.completions import Asking
from annotate.llm.modes import MODES, Form, Mode, form
from annotate.llm.pricing import Price, price, price_or_stop
from annotate.llm.prompts.checks import check_prompt
from annotate.llm.prompts.load import load_prompt
from annotate.llm.prompts.prompt import Prompt
from annotate.llm.rate_limit import Throttle
from annotate.llm.request import endpoint
from annotate.project.settings import Settings
from annotate.project.tasks import Task

_DEFAULT_MODE: Mode = "json_schema"


def language_model(
    task: Task, settings: Settings, folder: Path
) -> tuple[dict[str, JsonValue], Callable[[], Annotator]]:
    """Return what identifies a model's run, and how to make the model once the folder is there.

    Raises:
        UsageError, ProjectError, CacheError: for what cannot work, before anything is sent.
    """
    prompt = load_prompt(task.root, task.schema, settings.prompt)
    check_prompt(prompt)
    cache = open_cache(settings)
    asking = asking_for(settings, cache)
    strict = way_of(settings, cache)[1]
    forms = _forms(prompt, asking.mode, strict, cache)
    identity: dict[str, JsonValue] = {
        "model": asking.model,
        "endpoint": asking.endpoint,
        "mode": asking.mode,
        "strict": strict,
        "prompt": prompt.name,
        "prompt_hash": prompt.fingerprint,
        "parameters": prompt.head.parameters.model_dump(mode="json"),
        "repairs": asking.repairs,
    }

    def make() -> Annotator:
        journal = journal_of(folder) if asking.price else None
        budget = Budget(settings.max_cost, journal, settings.max_requests)
        return _model(asking, prompt, forms, cache, budget, settings)

    return identity, make


def collector(task: Task, settings: Settings) -> LanguageModel:
    """Return a model that sends nothing and collects what it would have sent."""
    prompt = load_prompt(task.root, task.schema, settings.prompt)
    check_prompt(prompt)
    cache = open_cache(settings)
    asking = replace(asking_for(settings, cache), offline=True)
    forms = _forms(prompt, asking.mode, way_of(settings, cache)[1], cache)
    return _model(asking, prompt, forms, cache, Budget(None, None), settings)


def _forms(prompt: Prompt, mode: Mode, strict: bool, cache: Cache) -> dict[str, Form]:
    return {s.fingerprint: form(s, mode, strict, cache) for s in prompt.schemas}


def _model(
    asking: Asking,
    prompt: Prompt,
    forms: dict[str, Form],
    cache: Cache,
    budget: Budget,
    settings: Settings,
) -> LanguageModel:
    client = Client(
        settings.base_url, api_key(), timeout=settings.timeout, concurrency=settings.concurrency
    )
    return LanguageModel(
        asking, prompt, forms, cache, budget, client, Throttle(settings.rpm), Throttle(settings.tpm)
    )


def asking_for(settings: Settings, cache: Cache) -> Asking:
    """Return how requests are made for these settings."""
    if settings.model is None:
        raise UsageError("no model is named; set --model, ANNOTATE_MODEL or model in annotate.toml")
    return Asking(
        settings.model,
        endpoint(settings.base_url),
        way_of(settings, cache)[0],
        settings.repairs,
        settings.concurrency,
        settings.offline,
        settings.retry_failed,
        _price(settings, cache),
    )


def way_of(settings: Settings, cache: Cache) -> tuple[Mode, bool]:
    """Return the mode to ask in, and whether its schema is strict.

    As set; with mode auto as `annotate doctor` found them for this endpoint, else JSON schema.
    """
    if settings.mode != "auto":
        return settings.mode, settings.strict
    found = cache.prepared.get(Kind.RESPONSE_MODE, _way_note(settings))
    if isinstance(found, dict) and found.get("mode") in MODES:
        return found["mode"], bool(found.get("strict")) and settings.strict
    return _DEFAULT_MODE, settings.strict


def remember_way(settings: Settings, cache: Cache, mode: Mode, strict: bool) -> None:
    """Keep the mode that an endpoint was found to take, for runs with mode auto."""
    cache.prepared.put(Kind.RESPONSE_MODE, _way_note(settings), {"mode": mode, "strict": strict})


def _way_note(settings: Settings) -> str:
    return f"{endpoint(settings.base_url)}:{settings.model}"


def _price(settings: Settings, cache: Cache) -> Price | None:
    """Return the price, None where none is known; a run with a cap needs one.

    What the table says is kept, so that a run from the cache does not import it.
    """
    model = settings.model or ""
    if settings.price is not None:
        return price(model, settings.price)
    name = f"{version('genai-prices')}:{model}"
    kept = cache.prepared.get(Kind.PRICE, name)
    if kept is None:
        found = price(model, None)
        kept = [found.prompt, found.completion] if found else []
        cache.prepared.put(Kind.PRICE, name, kept)
    if not kept and settings.max_cost is not None:
        return price_or_stop(model, None)
    return Price(*kept) if kept else None


def api_key() -> str:
    """Return the key for the endpoint; local servers take any."""
    return os.environ.get("ANNOTATE_API_KEY") or os.environ.get("OPENAI_API_KEY") or "none"
