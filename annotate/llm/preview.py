"""Show exactly what would be sent for a chunk, without sending it."""

from __future__ import annotations

from pydantic import JsonValue

from annotate.documents.reading import read_documents
from annotate.errors import UsageError
from annotate.llm.cache.folder import open_cache
from annotate.llm.modes import prepare_form, resolve_mode
from annotate.llm.parameters import sent_parameters
from annotate.llm.prompts.checks import SAMPLE, check_prompt
from annotate.llm.prompts.load import load_prompt
from annotate.llm.request_builder import RequestBuilder
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
    chunks, segmentation = [SAMPLE], None  # a prompt can be looked at without a document
    if file is not None:
        read = read_documents(
            [file], encoding=settings.encoding, follow_links=settings.follow_links
        )
        document = next(iter(read))
        segmentation = document.segmentation
        chunks = settings.chunker(segmentation)
    if number >= len(chunks):
        raise UsageError(f"--chunk {number}: the document has {len(chunks)}, from 0")
    with open_cache(settings) as cache:
        mode = resolve_mode(settings, cache.prepared)
    # Prepared anew and not kept: looking at a request leaves no trace.
    forms = {schema.fingerprint: prepare_form(schema, mode) for schema in prompt.schemas}
    requests = RequestBuilder(
        settings.model or "(no model is named)",
        "",
        sent_parameters(prompt.head.parameters, settings),
        forms,
        drop=settings.drop,
    )
    return [
        dict(requests.build(schema, prompt.messages(schema, chunks[number], segmentation)).body)
        for schema in prompt.schemas
    ]
