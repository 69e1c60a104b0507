"""Show exactly what would be sent for a chunk, without sending it."""

from __future__ import annotations

from pydantic import JsonValue

from annotate.documents.reading import read_documents
from annotate.documents.segmentation import segment
from annotate.errors import UsageError
from annotate.llm.cache.folder import open_cache
from annotate.llm.factory import way_of
from annotate.llm.modes import prepared
from annotate.llm.prompts.checks import SAMPLE, check_prompt
from annotate.llm.prompts.load import load_prompt
from annotate.project.settings import Settings
from annotate.project.tasks import Task


def preview(
    task: Task, settings: Settings, file: str | None, number: int
) -> list[dict[str, JsonValue]]:
    """Return the bodies of the requests for one chunk, one per pass, exactly as they would be sent.

    Raises:
        UsageError: where the document has no such chunk.
    """
    prompt = load_prompt(task.root, task.schema, settings.prompt)
    check_prompt(prompt)
    chunks = [SAMPLE]
    if file is not None:
        document = next(iter(read_documents([file], encoding=settings.encoding)))
        chunks = settings.chunker(segment(document.text))
    if number >= len(chunks):
        raise UsageError(f"--chunk {number}: the document has {len(chunks)}, from 0")
    with open_cache(settings) as cache:
        mode, strict = way_of(settings, cache)
    named = settings.model or "(no model is named)"
    parameters = prompt.head.parameters.model_dump(mode="json")
    bodies = []
    for schema in prompt.schemas:
        messages = prompt.messages(schema, chunks[number])
        filled = prepared(schema, mode, strict).fill(messages)
        bodies.append({"model": named, **filled, **parameters})
    return bodies
