"""A language model as an annotator: ask what a chunk states, ground the answer.

How an answer is asked for, repaired and split is the matter of `annotate.llm.inquiry`. However it
ends, the chunk has its line in the ledger.
"""

from __future__ import annotations

from pydantic import JsonValue

from annotate.annotator import ChunkResult
from annotate.documents.chunking import Chunk
from annotate.documents.units import Segmentation
from annotate.errors import AnnotateError
from annotate.llm.conversation import Conversation
from annotate.llm.inquiry import Asked, Inquiry
from annotate.llm.prompts.prompt import Prompt
from annotate.llm.request import Request

_PLACEHOLDER = "(the text of a chunk)"
_ANY_CHUNK = Chunk(0, 0, len(_PLACEHOLDER), _PLACEHOLDER, range(0), ())


class LanguageModel:
    """Asks one model with one prompt. Shared by all chunks of a run and by its repeats."""

    def __init__(self, prompt: Prompt, inquiry: Inquiry) -> None:
        self.at_once = inquiry.at_once
        self._prompt = prompt
        self._inquiry = inquiry

    @property
    def stopped(self) -> AnnotateError | None:
        """Why no further request goes out, None while they do."""
        return self._inquiry.stopped

    @property
    def identity(self) -> dict[str, JsonValue]:
        """The response mode, where it is found out while the run goes on."""
        return self._inquiry.identity

    @property
    def missing(self) -> dict[str, Request]:
        """Requests that an offline run would have sent, by key."""
        return self._inquiry.missing

    async def annotate(
        self, chunk: Chunk, segmentation: Segmentation, document: str, repeat: int
    ) -> ChunkResult:
        """Return what the chunk states, validated and grounded; never raises for what was asked."""
        asked = Asked(repeat)
        async with self._inquiry.probation.chunk():
            for schema in self._prompt.schemas:
                about = Conversation(chunk, segmentation, document, schema, self._prompt)
                await self._inquiry.pursue(about, asked)
        return asked.account.result(chunk, document)

    def sent(self) -> list[JsonValue]:
        """Return the body of the request of each pass, with a placeholder where a chunk stands."""
        messages = (
            (each, self._prompt.messages(each, _ANY_CHUNK)) for each in self._prompt.schemas
        )
        return [dict(self._inquiry.requests.build(each, said).body) for each, said in messages]

    async def close(self) -> None:
        """Close connections, cache and journal."""
        await self._inquiry.close()
