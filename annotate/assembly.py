"""Put a language model together for a run: prompt, request forms, cache, limits, connection."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import platformdirs
from pydantic import JsonValue

from annotate.annotator import Annotator
from annotate.cache import Cache, endpoint
from annotate.chunking import Chunk, chunk
from annotate.client import Client
from annotate.config import Settings
from annotate.document import read_documents
from annotate.errors import ProjectError, UsageError
from annotate.examples import first_problem, problems
from annotate.forms import Form, Mode, form, prepared
from annotate.limits import Budget, Throttle
from annotate.model import Asking, LanguageModel
from annotate.pricing import Price, price_or_stop
from annotate.project import Task, find_project
from annotate.prompting import Prompt, load_prompt, prompt_versions, shared_words
from annotate.segmentation import segment

JOURNAL = "spending.jsonl"
_DEFAULT_MODE: Mode = "json_schema"


def cache_folder(settings: Settings) -> Path:
    """Return where answers are kept: --cache-dir, else the project's, else the user's cache."""
    if settings.cache_dir is not None:
        return settings.cache_dir
    project = find_project()
    if project is not None:
        return project / ".annotate" / "cache"
    return Path(platformdirs.user_cache_dir("annotate")) / "answers"


def language_model(
    task: Task, settings: Settings, folder: Path
) -> tuple[dict[str, JsonValue], Callable[[], Annotator]]:
    """Return what identifies a model's run, and how to make the model once the folder is there.

    Raises:
        UsageError, ProjectError, CacheError: for what cannot work, before anything is sent.
    """
    prompt = load_prompt(task.root, task.schema, settings.prompt)
    check_prompt(prompt)
    cache = Cache(cache_folder(settings))
    asking = asking_for(settings, cache)
    forms = _forms(prompt, asking.mode, settings, cache)
    identity: dict[str, JsonValue] = {
        "model": asking.model,
        "endpoint": asking.endpoint,
        "mode": asking.mode,
        "strict": settings.strict,
        "prompt": prompt.name,
        "prompt_hash": prompt.fingerprint,
        "parameters": prompt.head.parameters.model_dump(mode="json"),
        "repairs": asking.repairs,
    }

    def make() -> Annotator:
        budget = Budget(settings.max_cost, journal_of(folder), settings.max_requests)
        return _model(asking, prompt, forms, cache, budget, settings)

    return identity, make


def collector(task: Task, settings: Settings) -> LanguageModel:
    """Return a model that sends nothing and collects what it would have sent."""
    prompt = load_prompt(task.root, task.schema, settings.prompt)
    check_prompt(prompt)
    cache = Cache(cache_folder(settings))
    asking = replace(asking_for(settings, cache), offline=True)
    forms = _forms(prompt, asking.mode, settings, cache)
    return _model(asking, prompt, forms, cache, Budget(None, None), settings)


def _forms(prompt: Prompt, mode: Mode, settings: Settings, cache: Cache) -> dict[str, Form]:
    return {s.fingerprint: form(s, mode, settings.strict, cache) for s in prompt.schemas}


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


def journal_of(folder: Path) -> Path:
    """Return the journal of a run's spending; repeats of one run share it."""
    return folder.with_name(f".{folder.name}.{JOURNAL}")


def asking_for(settings: Settings, cache: Cache) -> Asking:
    """Return how requests are made for these settings."""
    if settings.model is None:
        raise UsageError("no model is named; set --model, ANNOTATE_MODEL or model in annotate.toml")
    where = endpoint(settings.base_url)
    mode: Mode = (
        probed_mode(cache, where, settings.model) if settings.mode == "auto" else settings.mode
    )
    return Asking(
        settings.model,
        where,
        mode,
        settings.repairs,
        settings.concurrency,
        settings.offline,
        settings.retry_failed,
        _price(settings),
    )


def probed_mode(cache: Cache, where: str, model: str) -> Mode:
    """Return the mode that `annotate doctor` found for an endpoint, else JSON schema."""
    found: Mode | None = cache.form(mode_note(where, model))
    return found or _DEFAULT_MODE


def mode_note(where: str, model: str) -> str:
    """Return the name under which the cache keeps the mode that an endpoint was found to take."""
    return f"mode:{where}:{model}"


def check_prompt(prompt: Prompt) -> None:
    """Refuse a prompt whose examples do not validate or do not ground.

    Raises:
        ProjectError: naming the file and line of the first.
    """
    if problem := first_problem(prompt):
        raise ProjectError(problem)


def _price(settings: Settings) -> Price | None:
    """Return the price where money has to be counted; a run without a cap needs none."""
    if settings.max_cost is not None or settings.price is not None:
        return price_or_stop(settings.model or "", settings.price)
    return None


def check_task(task: Task) -> Iterator[str]:
    """Yield a finding for each prompt of a task: "ok …", or what is wrong and where."""
    documents = sorted((task.root / "eval" / "documents").glob("*.*"))
    texts = {path.name: path.read_text(encoding="utf-8", errors="replace") for path in documents}
    for name in prompt_versions(task.root, task.name):
        try:
            prompt = load_prompt(task.root, task.schema, name)
            found = [*problems(prompt), *_borrowed(prompt, texts)]
            for schema in prompt.schemas:
                prompt.messages(schema, _SAMPLE)
        except ProjectError as error:
            found = [str(error)]
        yield from found
        if not found:
            yield f"ok prompt {name}: {len(prompt.examples)} examples validate and ground"
    if not prompt_versions(task.root, task.name):
        yield f"no prompt for task {task.name}: write prompts/{task.name}/v1.md"


_SAMPLE = Chunk(0, 0, 5, "Text.", range(0), ())


def _borrowed(prompt: Prompt, texts: dict[str, str]) -> Iterator[str]:
    """Yield examples that repeat a document that prompts are measured on."""
    for example in prompt.examples:
        for name, text in texts.items():
            if shared := shared_words(example.text, text):
                yield f"{prompt.head.examples}:{example.line}: repeats {name}: {shared!r}"


def preview(task: Task, settings: Settings, file: str | None, number: int) -> dict[str, JsonValue]:
    """Return the body of the request for one chunk, exactly as it would be sent.

    Raises:
        UsageError: where the document has no such chunk.
    """
    prompt = load_prompt(task.root, task.schema, settings.prompt)
    chunks = [_SAMPLE]
    if file is not None:
        document = next(iter(read_documents([file], encoding=settings.encoding)))
        chunks = chunk(segment(document.text), settings.chunk_size)
    if number >= len(chunks):
        raise UsageError(f"--chunk {number}: the document has {len(chunks)}, from 0")
    mode: Mode = _DEFAULT_MODE if settings.mode == "auto" else settings.mode
    schema = prompt.schemas[0]
    filled = prepared(schema, mode, settings.strict).fill(prompt.messages(schema, chunks[number]))
    parameters = prompt.head.parameters.model_dump(mode="json")
    return {"model": settings.model or "(no model is named)", **filled, **parameters}


def api_key() -> str:
    """Return the key for the endpoint; local servers take any."""
    return os.environ.get("ANNOTATE_API_KEY") or os.environ.get("OPENAI_API_KEY") or "none"
