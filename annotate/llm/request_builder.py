"""Put the requests of a run together: messages, what the response mode adds, parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from annotate.llm.modes import RequestForm
from annotate.llm.prompts.prompt import Prompt
from annotate.llm.request import Request
from annotate.schema.categories import Schema


class RequestBuilder:
    """What is the same in every request of a run, so that a request adds its messages alone.

    Args:
        model: its name, as the endpoint knows it.
        endpoint: the base URL without credentials, as in keys and reports.
        prompt: what its front matter says is sent beside the messages.
        forms: what the response mode adds, by the fingerprint of the schema of each pass.
    """

    def __init__(
        self, model: str, endpoint: str, prompt: Prompt, forms: Mapping[str, RequestForm]
    ) -> None:
        self._model = model
        self._endpoint = endpoint
        self._parameters = prompt.head.parameters.model_dump(mode="json")
        self._forms = forms
        self._constant: dict[str, dict[str, Any]] = {}

    def build(
        self, schema: Schema, messages: Sequence[Mapping[str, Any]], repeat: int = 0
    ) -> Request:
        """Return the request with these messages, of which the first is the system message."""
        # Filled once for each pass: the form holds the whole JSON schema, and filling copies it.
        constant = self._constant.get(schema.fingerprint)
        if constant is None:
            filled = self._forms[schema.fingerprint].fill(messages[:1])
            constant = {"model": self._model, **filled, **self._parameters}
            self._constant[schema.fingerprint] = constant
        body = {**constant, "messages": [*constant["messages"], *messages[1:]]}
        return Request(body, self._endpoint, repeat)
