"""What a run with a language model is, and the model put together from its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, Self

from pydantic import JsonValue

from annotate.errors import UsageError
from annotate.llm.annotator import LanguageModel
from annotate.llm.budget import Budget, journal_of
from annotate.llm.cache.folder import open_cache
from annotate.llm.cache.prepared import Prepared
from annotate.llm.cache.store import Cache
from annotate.llm.completions import Answers, Completions, Options
from annotate.llm.endpoint import identity, open_client, other_identities, place
from annotate.llm.fallback import Fallback
from annotate.llm.inquiry import Inquiry
from annotate.llm.modes import (
    AnswerForm,
    RequestForm,
    ResponseMode,
    keep_mode,
    next_mode,
    request_form,
    resolve_mode,
)
from annotate.llm.parameters import answer_limit, check_context, sent_parameters
from annotate.llm.pricing import Price, resolve_price
from annotate.llm.prompts.checks import check_prompt
from annotate.llm.prompts.load import load_prompt
from annotate.llm.prompts.prompt import FrontMatter, Prompt
from annotate.llm.rate_limit import RateLimit
from annotate.llm.request_builder import RequestBuilder
from annotate.llm.retry import Retry
from annotate.llm.single_call import WISH
from annotate.project.settings import Settings
from annotate.project.tasks import Task


class NamedPrompt(Protocol):
    """What is asked with, whatever it asks."""

    @property
    def name(self) -> str:
        """Its version."""

    @property
    def fingerprint(self) -> str:
        """SHA-256 over its text."""

    @property
    def head(self) -> FrontMatter:
        """What its file says beside the messages."""


@dataclass(frozen=True)
class ModelAccess:
    """A model, and how it is asked with a prompt, before anything is opened.

    Attributes:
        endpoint: what stands for it in keys and reports.
        parameters: what is sent beside messages and response mode.
        price: of the model, None where none is known.
        settings: how it is carried out; what is found does not depend on them.
    """

    prompt: NamedPrompt
    model: str
    endpoint: str
    mode: ResponseMode
    parameters: Mapping[str, Any]
    repairs: int
    price: Price | None
    settings: Settings

    @classmethod
    def of(cls, prompt: NamedPrompt, settings: Settings) -> Self:
        """Return how the model that is set is asked with a prompt.

        Raises:
            UsageError, CacheError: for what cannot work, before anything is sent.
        """
        # Closed again: this is a value, and whoever only asks what a run is opens nothing.
        with open_cache(settings) as cache:
            return cls(
                prompt=prompt,
                model=named_model(settings),
                endpoint=identity(settings),
                mode=resolve_mode(settings, cache.prepared),
                parameters=sent_parameters(prompt.head.parameters, settings),
                repairs=settings.repairs,
                price=resolve_price(settings, cache.prepared),
                settings=settings,
            )

    @property
    def identity(self) -> dict[str, JsonValue]:
        """What makes the run this one: another folder is needed where any of it is another."""
        found: dict[str, JsonValue] = {
            "model": self.model,
            "endpoint": self.endpoint,
            "mode": self.mode.name,
            "strict": self.mode.strict,
            "prompt": self.prompt.name,
            "prompt_hash": self.prompt.fingerprint,
            "parameters": dict(self.parameters),
            "repairs": self.repairs,
        }
        if self.settings.drop:  # runs that were made before there was a choice say nothing of it
            found["drop"] = list(self.settings.drop)
        return found

    @property
    def departures(self) -> list[JsonValue]:
        """What the model is sent in another way than the prompt says; [] where nothing is."""
        if self.parameters == self.prompt.head.parameters.model_dump(mode="json"):
            return list(self.settings.drop)
        return [dict(self.parameters), *self.settings.drop]

    def inquire(self, folder: Path | None, forms: Sequence[AnswerForm]) -> Inquiry:
        """Open the cache, the journal beside `folder` and the connection, to ask in these forms.

        Without a folder there is no journal: a cap holds for this one call.

        Raises:
            UsageError, CacheError: for what cannot be used, before anything is sent.
        """
        cache = open_cache(self.settings)
        # Without a price there is nothing to book, and no cap that a journal could hold up.
        journal = journal_of(folder) if folder is not None and self.price else None
        return self.ask_through(self.completions(cache, journal), forms, cache.prepared)

    def completions(self, cache: Cache, journal: Path | None) -> Completions:
        """Return the answers of the endpoint, kept in a cache and booked in a journal."""
        settings = self.settings
        return Completions(
            open_client(settings),
            cache,
            Budget(settings.max_cost, journal, settings.max_requests),
            RateLimit(settings.rpm, settings.tpm),
            Retry(settings.timeout, patient=True, where=place(settings)),
            self._options(),
        )

    def ask_through(
        self, answers: Answers, forms: Sequence[AnswerForm], prepared: Prepared
    ) -> Inquiry:
        """Return what asks in these forms, and gets its answers wherever they come from."""
        requests = self._requests(forms, prepared)
        auto = self.settings.mode == "auto"
        fallback = self._fallback(requests, forms, prepared) if auto else None
        return Inquiry(requests, answers, self.repairs, fallback)

    def _fallback(
        self, requests: RequestBuilder, forms: Sequence[AnswerForm], prepared: Prepared
    ) -> Fallback:
        settings = self.settings
        return Fallback(
            self.mode,
            requests,
            lambda mode, refused: next_mode(mode, refused, settings),
            lambda mode: _request_forms(forms, mode, prepared),
            lambda mode: keep_mode(settings, prepared, mode),
        )

    def _requests(self, forms: Sequence[AnswerForm], prepared: Prepared) -> RequestBuilder:
        settings = self.settings
        return RequestBuilder(
            self.model,
            self.endpoint,
            self.parameters,
            _request_forms(forms, self.mode, prepared),
            drop=settings.drop,
            also=other_identities(settings),
        )

    def _options(self) -> Options:
        return Options(
            max_completion_tokens=answer_limit(self.parameters),
            price=self.price,
            concurrency=self.settings.concurrency,
            offline=self.settings.offline,
            retry_failed=self.settings.retry_failed,
            single_call=WISH not in self.settings.drop,
            give_up_after=self.settings.give_up_after,
        )


@dataclass(frozen=True)
class ModelSpecification(ModelAccess):
    """A run with a language model, before anything is opened."""

    prompt: Prompt

    def open(self, folder: Path | None) -> LanguageModel:
        """Return the model, for a run in `folder`; as `inquire`.

        Raises:
            UsageError, CacheError: for what cannot be used, before anything is sent.
        """
        return LanguageModel(self.prompt, self.inquire(folder, self.prompt.schemas))


def model_specification(task: Task, settings: Settings) -> ModelSpecification:
    """Return what a run of `task` with these settings is.

    Raises:
        UsageError, ProjectError, CacheError: for what cannot work, before anything is sent.
    """
    prompt = load_prompt(task.root, task.schema, settings.prompt)
    check_prompt(prompt)
    parameters = sent_parameters(prompt.head.parameters, settings)
    check_context(prompt, answer_limit(parameters), settings.context)
    return ModelSpecification.of(prompt, settings)


def named_model(settings: Settings) -> str:
    """Return the model to ask.

    Raises:
        UsageError: where none is named: a key in the environment alone never spends.
    """
    if settings.model is None:
        raise UsageError("no model is named; set --model, ANNOTATE_MODEL or model in annotate.toml")
    return settings.model


def _request_forms(
    forms: Sequence[AnswerForm], mode: ResponseMode, prepared: Prepared
) -> dict[str, RequestForm]:
    return {each.fingerprint: request_form(each, mode, prepared) for each in forms}
