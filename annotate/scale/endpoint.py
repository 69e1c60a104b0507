"""The endpoint, as the accountant asks it for all workers: with one cache and one journal."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from annotate.llm.annotator import LanguageModel
from annotate.llm.budget import journal_of
from annotate.llm.cache.folder import open_cache
from annotate.llm.cache.prepared import Rows
from annotate.llm.completions import Completion, Completions
from annotate.llm.errors import CallFailed
from annotate.llm.factory import model_specification
from annotate.llm.modes import ResponseMode, next_mode
from annotate.llm.request import Request
from annotate.project.settings import Settings
from annotate.project.tasks import load_task
from annotate.runs.writer import sent_file


class Endpoint:
    """An endpoint with its cache and its journal, which stands beside `home`.

    Attributes:
        completions: its answers.
        rows: what is prepared, in the cache.
        sent: the file of the requests that ask for a chunk.
        refusals: the modes that it refused before it answered in any, and how.

    Raises:
        UsageError, CacheError: for what cannot be used, before anything is sent.
    """

    def __init__(self, settings: Settings, home: Path) -> None:
        specification = model_specification(load_task(settings.task), settings)
        cache = open_cache(settings)
        journal = journal_of(home) if specification.price else None
        self.rows: Rows = cache.prepared.rows
        self.completions: Completions = specification.completions(cache, journal)
        forms = specification.prompt.schemas
        inquiry = specification.ask_through(self.completions, forms, cache.prepared)
        self.sent = sent_file(LanguageModel(specification.prompt, inquiry).sent())
        self.refusals: dict[ResponseMode, CallFailed] = {}
        self._settings = settings
        self._answered = False

    async def get(self, request: Request, mode: ResponseMode | None) -> Completion:
        """Return the answer to a request; `mode` is its mode where another may take its place."""
        form = _AskedIn(self, mode) if mode is not None else None
        try:
            completion = await self.completions.get(request, form)
        except CallFailed as error:
            # Each worker hears the words of the endpoint: by them it finds the mode that follows.
            if error.unsupported and mode in self.refusals:
                raise self.refusals[mode] from None
            raise
        self._answered = True
        return completion

    def refused(self, mode: ResponseMode, error: CallFailed) -> bool:
        """Hear that a mode was refused; say whether another is tried."""
        if self._answered or next_mode(mode, error.parameter, self._settings) is None:
            return False
        self.refusals[mode] = error
        return True


@dataclass(frozen=True, slots=True)
class _AskedIn:
    endpoint: Endpoint
    mode: ResponseMode

    def wanted(self) -> bool:
        return self.mode not in self.endpoint.refusals

    def refused(self, error: CallFailed) -> bool:
        return self.endpoint.refused(self.mode, error)
