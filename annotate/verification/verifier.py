"""A model that judges the annotations of a run, chunk by chunk of its documents."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pydantic import JsonValue

from annotate.annotation import Annotation, Evidence, Verification
from annotate.annotator import ChunkResult
from annotate.documents.chunking import Chunk, Chunker, chunk
from annotate.documents.units import Segmentation
from annotate.llm.factory import ModelAccess
from annotate.llm.inquiry import Asked, Inquirer, Inquiry
from annotate.project.settings import Settings
from annotate.project.tasks import Task
from annotate.verification.answer import FORM
from annotate.verification.batches import Batch, Standing, batches
from annotate.verification.examination import Examination
from annotate.verification.prompt import VerificationPrompt, load_verification_prompt

_STRETCH = 4_000  # characters in which annotations stand that may be asked about together

Waiting = dict[str, Standing]
"""The annotations of the documents that are being read, by the document's id."""


class Verifier(Inquirer):
    """Asks one model about the annotations of documents, as a run asks about their chunks.

    Args:
        waiting: holds the annotations of each document as long as it is being read.
        most: annotations that one request asks about, at most.
    """

    def __init__(
        self, prompt: VerificationPrompt, inquiry: Inquiry, waiting: Waiting, most: int
    ) -> None:
        super().__init__(inquiry)
        self._prompt = prompt
        self._waiting = waiting
        self._most = most

    async def annotate(
        self, chunk: Chunk, segmentation: Segmentation, document: str, repeat: int
    ) -> ChunkResult:
        """Return the annotations that begin in a chunk, each with what was said of it.

        Never raises for what was asked: one without an answer comes back without a verdict, and
        the ledger's line says why.
        """
        found = self._waiting[document]
        places = found.between(chunk.start, chunk.end)
        own = [found.annotations[place] for place in places]
        asked = Asked(repeat, "the question", "--per-request")
        verdicts: dict[int, Verification] = {}
        for batch in batches(own, places, segmentation, self._most):
            async with self._inquiry.probation.chunk():
                await self._inquiry.pursue(Examination(batch, self._prompt, verdicts), asked)
        if not own:
            asked.account.end("ok")
        asked.account.annotations += [
            replace(each, verification=verdicts.get(place))
            for place, each in zip(places, own, strict=True)
        ]
        return asked.account.result(chunk, document)

    def sent(self) -> list[JsonValue]:
        """Return the body of a request, with placeholders where annotation and passage stand."""
        words = "(the passage)"
        cited = Evidence(words, 0, len(words), "exact", 0)
        tag = next(iter(self._prompt.schema.categories))
        shown = Annotation("", 0, len(words), tag, {}, words, (cited,))
        passage = Chunk(0, 0, len(words), words, range(0), ())
        batch = Batch((shown,), (0,), passage, Segmentation(words, (), ()))
        return [dict(self._inquiry.requests.build(FORM, self._prompt.messages(batch)).body)]


@dataclass(frozen=True)
class VerifierSpecification(ModelAccess):
    """A verification, before anything is opened."""

    prompt: VerificationPrompt

    @property
    def chunker(self) -> Chunker:
        """What divides documents: all of their text, since an annotation may stand anywhere."""
        return partial(chunk, size=_STRETCH, furniture=True)

    @property
    def verification(self) -> dict[str, JsonValue]:
        """What makes a verification this one."""
        return {**self.identity, "per_request": self.settings.per_request}

    def open(self, folder: Path | None, waiting: Waiting) -> Verifier:
        """Return the model, for a run in `folder`; without one nothing is sent.

        Raises:
            UsageError, CacheError: for what cannot be used, before anything is sent.
        """
        inquiry = self.inquire(folder, [FORM])
        return Verifier(self.prompt, inquiry, waiting, self.settings.per_request)


def verifier_specification(task: Task, settings: Settings) -> VerifierSpecification:
    """Return what a verification of a run of `task` with these settings is.

    Raises:
        UsageError, ProjectError, CacheError: for what cannot work, before anything is sent.
    """
    return VerifierSpecification.of(
        load_verification_prompt(task, settings.verify_prompt), settings
    )
