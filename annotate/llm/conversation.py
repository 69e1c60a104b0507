"""One pass over a chunk, or over a part of it, from the first answer to the last repair."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import cached_property
from typing import Any

from annotate.annotation import Annotation
from annotate.documents.chunking import Chunk
from annotate.documents.units import Segmentation
from annotate.grounding.ground import Rejected, ground
from annotate.grounding.merge import statement
from annotate.llm.account import ChunkAccount
from annotate.llm.exchange import Exchange
from annotate.llm.prompts.prompt import Message, Prompt
from annotate.llm.repair import Correction, correction
from annotate.llm.settlement import still_rejected
from annotate.llm.splitting import SHORTEST, halves
from annotate.schema.categories import Schema


class Conversation(Exchange):
    """What was asked and answered about a chunk, and what came of it so far.

    Args:
        schema: of the pass.
    """

    def __init__(
        self,
        chunk: Chunk,
        segmentation: Segmentation,
        document: str,
        schema: Schema,
        prompt: Prompt,
    ) -> None:
        super().__init__()
        self._chunk = chunk
        self._segmentation = segmentation
        self._document = document
        self._schema = schema
        self._prompt = prompt
        self._annotations: list[Annotation] = []

    @property
    def form(self) -> Schema:
        """The schema of the pass."""
        return self._schema

    @cached_property
    def messages(self) -> list[Message]:
        """The request for the chunk."""
        return self._prompt.messages(self._schema, self._chunk, self._segmentation)

    @property
    def text(self) -> str:
        """The text of the chunk."""
        return self._chunk.text

    @property
    def fruitful(self) -> bool:
        """Whether it found an annotation."""
        return bool(self._annotations)

    def read(self, items: Sequence[Any]) -> list[Rejected]:
        """Ground an answer, and return what it got wrong."""
        found, rejected = ground(
            items, self._chunk, self._segmentation, self._schema, self._document
        )
        if self.readable is None:
            self._annotations, self.rejected = found, rejected
        else:
            self.rejected = still_rejected(
                self.rejected, self._annotations, found, rejected, self._schema.categories
            )
            # A model that repeats its whole answer in a repair says nothing twice by that.
            self._annotations = _united(self._annotations, found)
        return rejected

    def correction(self) -> Correction:
        """Return the messages that ask for what is still wrong."""
        # A repair that could not be read is itself not shown to the model: what is still to be
        # corrected stands in the answer before it.
        answer = self.readable or self.last
        return correction(self.messages, answer, self.rejected, self.last.problem)

    def hand_over(self, account: ChunkAccount) -> None:
        """Put what was found, and how it ended, into the account of the chunk."""
        # Words that could not be read are quarantined, not dropped; a refusal holds no annotation.
        if self.readable is None and self.last.content and self.last.kind != "refused":
            problems = (self.last.problem,)
            unread = Rejected("invalid", self.last.content, problems, self._chunk.index)
            self.rejected = [unread]
        account.annotations += self._annotations
        account.rejected += self.rejected
        account.end(*self.ending())

    def halves(self) -> list[Conversation]:
        """Return the two halves of the chunk; [] where it is one unit, or is short."""
        if len(self.text) < SHORTEST:
            return []
        return [
            Conversation(part, self._segmentation, self._document, self._schema, self._prompt)
            for part in halves(self._chunk, self._segmentation)
        ]


def _united(kept: list[Annotation], found: list[Annotation]) -> list[Annotation]:
    """Return what is kept, then what was found beyond it."""
    said = {_said(each) for each in kept}
    return kept + [each for each in found if _said(each) not in said]


def _said(annotation: Annotation) -> Hashable:
    """Return what is the same where an annotation is said again, alone or among others."""
    cited = [(e.start, e.end, e.quote, e.grounding) for e in annotation.evidence]
    return statement(annotation), tuple(cited)
