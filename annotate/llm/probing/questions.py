"""What a probe asks: small texts, with the parameters and the forms of a run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotate.llm.modes import ResponseMode, prepare_form
from annotate.llm.parameters import sent_parameters
from annotate.llm.prompts.checks import SAMPLE
from annotate.llm.prompts.delimiter import enclosed
from annotate.llm.prompts.prompt import Prompt
from annotate.llm.request_builder import RequestBuilder
from annotate.project.settings import Settings
from annotate.schema.categories import Schema

SMALLEST, SMALL = 16, 64
"""Tokens of an answer that tells enough: the first, and the later ones where the server is fast."""

HUGE = 10_000_000
"""Tokens of an answer that no endpoint allows: one that checks says what it does allow."""

FIRST, LAST = "HERON", "WALNUT"
"""What stands at both ends of a text whose ends are asked for."""

_COUNT = "Count from 1 to 60, in digits with spaces between them."
_TEXT = "This page has no content."
_ASKED = (
    "You annotate texts. Answer with what the text states in the given categories; "
    "an empty list where it states nothing."
)


class Questions:
    """The requests of a probe, for one prompt.

    Attributes:
        limit: tokens of an answer at most, where nothing else is said.
    """

    def __init__(self, prompt: Prompt) -> None:
        self.prompt = prompt
        self.limit = SMALLEST

    def plain(
        self, settings: Settings, limit: int | None = None, text: str = _COUNT
    ) -> dict[str, Any]:
        """Ask for words in no form, with the prompt's parameters."""
        messages = [{"role": "user", "content": text}]
        return self._sent(settings, {"messages": messages}, limit or self.limit)

    def in_mode(self, settings: Settings, mode: ResponseMode) -> dict[str, Any]:
        """Ask about a small text in a response mode, with the whole schema.

        An endpoint may take a small schema and refuse this one.
        """
        messages = [
            {"role": "system", "content": _ASKED},
            {"role": "user", "content": enclosed(_TEXT)},
        ]
        filled = prepare_form(self._schema, mode).fill(messages)
        return self._sent(settings, filled, self.limit)

    def own(self, settings: Settings, mode: ResponseMode) -> dict[str, Any]:
        """Ask as a run does: the prompt's own request, for a text of one word."""
        schema = self._schema
        requests = RequestBuilder(
            settings.model or "",
            "",
            self.parameters(settings),
            {schema.fingerprint: prepare_form(schema, mode)},
            drop=settings.drop,
        )
        return dict(requests.build(schema, self.prompt.messages(schema, SAMPLE)).body)

    def ends(self, settings: Settings) -> dict[str, Any]:
        """Ask which words stand at both ends of a text as long as a whole request."""
        words = "tea " * (self.length() // 4)
        asked = "Which two words stand in capitals, at the beginning and at the end of this text?"
        return self.plain(settings, text=f"{FIRST} {words}{LAST}\n\n{asked}")

    def length(self) -> int:
        """Return how many characters the prompt has without any text."""
        return sum(len(each["content"]) for each in self.prompt.messages(self._schema, SAMPLE))

    def parameters(self, settings: Settings) -> dict[str, Any]:
        """Return what is sent beside the messages in a run."""
        return sent_parameters(self.prompt.head.parameters, settings)

    @property
    def _schema(self) -> Schema:
        return self.prompt.schemas[0]

    def _sent(self, settings: Settings, filled: Mapping[str, Any], limit: int) -> dict[str, Any]:
        given = {**self.parameters(settings), settings.answer_parameter: limit}
        body = {"model": settings.model, **filled, **given}
        return {name: each for name, each in body.items() if name not in settings.drop}
