"""Put the requests of a run together: messages, what the response mode adds, parameters."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from annotate.llm.modes import RequestForm
from annotate.llm.request import Request, canonical_json
from annotate.schema.categories import Schema


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
        self._constant: dict[str, _Constant] = {}

    def use(self, forms: Mapping[str, RequestForm]) -> None:
        """Ask in another response mode from here on."""
        self._forms = forms
        self._constant.clear()

    def build(
        self,
        schema: Schema,
        messages: Sequence[Mapping[str, Any]],
        repeat: int = 0,
        formerly: Sequence[Mapping[str, Any]] = (),
    ) -> Request:
        """Return the request with these messages, of which the first is the system message.

        Args:
            schema: of the pass.
            messages: what is said.
            repeat: which of several independent samples it is.
            formerly: the messages by which an earlier version asked the same, if it did otherwise.
        """
        constant = self._constant.get(schema.fingerprint)
        if constant is None:
            constant = self._constant[schema.fingerprint] = self._filled(schema, messages[:1])
        body, *former = (constant.body(said[1:]) for said in (messages, formerly) if said)
        written = constant.written(messages[1:])
        return Request(body, self._endpoint, repeat, self._also, tuple(former), written)

    def _filled(self, schema: Schema, first: Sequence[Mapping[str, Any]]) -> _Constant:
        filled = self._forms[schema.fingerprint].fill(first)
        all_of_it = {"model": self._model, **filled, **self._parameters}
        return _Constant({name: each for name, each in all_of_it.items() if name not in self._drop})


class _Constant:
    """What is the same in every request of a pass, filled and written once: it is long."""

    def __init__(self, filled: Mapping[str, Any]) -> None:
        self._filled = filled
        names = sorted(filled)
        values = [f"{canonical_json(name)}:{canonical_json(filled[name])}" for name in names]
        place = names.index("messages")
        # Between the two the messages of a request go, behind those that are the same in each.
        self._before = "{" + ",".join(values[: place + 1]).removesuffix("]")
        self._after = "]" + "".join(f",{value}" for value in values[place + 1 :]) + "}"

    def body(self, messages: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Return the body of a request with these messages behind the first ones."""
        return {**self._filled, "messages": [*self._filled["messages"], *messages]}

    def written(self, messages: Sequence[Mapping[str, Any]]) -> str:
        """Return this body as it stands in keys."""
        between = "".join(f",{canonical_json(each)}" for each in messages)
        return self._before + between + self._after
