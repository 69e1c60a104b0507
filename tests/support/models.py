"""A language model over a scripted transport: no network, and waiting takes no time."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from annotate.annotator import ChunkResult
from annotate.documents.chunking import chunk
from annotate.documents.segmentation import segment
from annotate.llm.annotator import LanguageModel
from annotate.llm.budget import Budget
from annotate.llm.cache.store import Cache
from annotate.llm.client import Transport
from annotate.llm.completions import Completions, Options
from annotate.llm.inquiry import Inquiry
from annotate.llm.modes import ResponseMode, prepare_form
from annotate.llm.prompts.load import load_prompt
from annotate.llm.rate_limit import RateLimit
from annotate.llm.request_builder import RequestBuilder
from annotate.llm.retry import Retry
from schemas.incident_report import SCHEMA
from tests.support.clock import Clock, run


def annotated(project: Path, transport: Transport, *texts: str, **options: Any) -> list[Any]:
    """Return what came of each text, one chunk each, all of them asked about at once."""
    prompt = load_prompt(project, SCHEMA, "v1")
    form = prepare_form(SCHEMA, ResponseMode("json_schema", True))
    requests = RequestBuilder(
        "m",
        "http://127.0.0.1:9/v1",
        prompt.head.parameters.model_dump(),
        {SCHEMA.fingerprint: form},
    )
    given = Options(**{"max_completion_tokens": 256, **options})

    async def work() -> list[ChunkResult | BaseException]:
        completions = Completions(
            transport,
            Cache(project / ".annotate" / "cache"),
            Budget(None, None),
            RateLimit(None, None),
            Retry(20.0),
            given,
        )
        model = LanguageModel(prompt, Inquiry(requests, completions, repairs=2))

        async def one(text: str) -> ChunkResult:
            segmentation = segment(text)
            (only,) = chunk(segmentation, 10_000)
            return await model.annotate(only, segmentation, "text", 0)

        try:
            return await asyncio.gather(*map(one, texts))
        finally:
            await model.close()

    found: list[Any] = run(Clock(), work())
    return found
