"""Put the requests of a run together: messages, what the response mode adds, parameters."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from annotate.llm.modes import AnswerForm, RequestForm
from annotate.llm.request import Request
from annotate.llm.written import Frame


class RequestBuilder:
    """What is the same in every request of a run, so that a request adds its messages alone.

    Args:
        model: its name, as the endpoint knows it.
        endpoint: what stands for it in keys and reports.
        parameters: what is sent beside the messages.
        forms: what the response mode adds, by the fingerprint of the schema of each pass.
        drop: what of all this is not sent.
        also: under which other names of the endpoint an answer may be kept.
    """

    def __init__(
        self,
        model: str,
        endpoint: str,
        parameters: Mapping[str, Any],
        forms: Mapping[str, RequestForm],
        *,
        drop: Collection[str] = (),
        also: Sequence[str] = (),
    ) -> None:
        self._model = model
        self._endpoint = endpoint
        self._parameters = parameters
        self._forms = forms
        self._drop = drop
        self._also = tuple(also)
        self._frames: dict[str, Frame] = {}

    def use(self, forms: Mapping[str, RequestForm]) -> None:
        """Ask in another response mode from here on."""
        self._forms = forms
        self._frames.clear()

    def build(
        self,
        schema: AnswerForm,
        messages: Sequence[Mapping[str, Any]],
        repeat: int = 0,
        formerly: Sequence[Mapping[str, Any]] = (),
    ) -> Request:
        """Return the request with these messages, of which the first is the system message.

        Args:
            schema: of the pass, or what else its answer has to fit.
            messages: what is said.
            repeat: which of several independent samples it is.
            formerly: the messages by which an earlier version asked the same, if it did otherwise.
        """
        frame = self._frames.get(schema.fingerprint)
        if frame is None:
            frame = self._frames[schema.fingerprint] = self._frame(schema, messages[:1])
        body, *former = (frame.body(said[1:]) for said in (messages, formerly) if said)
        written = frame.written(messages[1:])
        return Request(body, self._endpoint, repeat, self._also, tuple(former), written)

    def _frame(self, schema: AnswerForm, first: Sequence[Mapping[str, Any]]) -> Frame:
        filled = self._forms[schema.fingerprint].fill(first)
        all_of_it = {"model": self._model, **filled, **self._parameters}
        return Frame({name: each for name, each in all_of_it.items() if name not in self._drop})
