"""A language model as an annotator: ask what a chunk states, ground the answer.

How an answer is asked for, repaired and split is the matter of `annotate.llm.inquiry`. However it
ends, the chunk has its line in the ledger.
"""

from __future__ import annotations

from pydantic import JsonValue

from annotate.annotator import ChunkResult
from annotate.documents.chunking import Chunk
from annotate.documents.units import Segmentation
from annotate.llm.conversation import Conversation
from annotate.llm.inquiry import Asked, Inquirer, Inquiry
from annotate.llm.prompts.prompt import Prompt

_PLACEHOLDER = "(the text of a chunk)"
_ANY_CHUNK = Chunk(0, 0, len(_PLACEHOLDER), _PLACEHOLDER, range(0), ())


class LanguageModel(Inquirer):
    """Asks one model with one prompt. Shared by all chunks of a run and by its repeats."""

    def __init__(self, prompt: Prompt, inquiry: Inquiry) -> None:
        super().__init__(inquiry)
        self._prompt = prompt

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
