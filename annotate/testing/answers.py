"""What a test server answers: the words of the model, what stands around them, how they go out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

Body = dict[str, Any]
"""The JSON body of a request or a response."""

Cut = Literal["before headers", "after headers", "mid-body"]
"""Where a connection is cut."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the bytes of a response go out.

    Attributes:
        delay: seconds before the first byte.
        drip: seconds between two pieces of the body; None sends it at once.
        drip_size: bytes in a piece.
        cut: where the connection ends early; None leaves it open for the next request.
        reset: cut with a TCP reset instead of an orderly end.
    """

    delay: float = 0.0
    drip: float | None = None
    drip_size: int = 1
    cut: Cut | None = None
    reset: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the model, from its words to the wire.

    Attributes:
        said: the words of the model: a text as it is, or a value that is written as JSON.
        edits: changes of the completion around the words, in order.
        status: the HTTP status.
        headers: HTTP headers beside the usual ones, which they replace.
        body: bytes sent in place of the completion.
        codings: changes of the body's bytes, in order.
        delivery: how the bytes go out.
    """

    said: Any = field(default_factory=lambda: {"annotations": []})
    edits: tuple[Callable[[Body], Body], ...] = ()
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    codings: tuple[Callable[[bytes], bytes], ...] = ()
    delivery: Delivery = Delivery()

    @property
    def text(self) -> str:
        """The words of the model as they are sent."""
        return (
            self.said if isinstance(self.said, str) else json.dumps(self.said, ensure_ascii=False)
        )

    def but(self, *behaviours: Behaviour) -> Answer:
        """Return this answer with `behaviours` applied in order.

        Raises:
            TypeError: for a behaviour that wants its parameters first: `late(0.2)`, not `late`.
        """
        answer = self
        for behaviour in behaviours:
            answer = behaviour(answer)
            if not isinstance(answer, Answer):
                name = getattr(behaviour, "__name__", behaviour)
                raise TypeError(f"{name} is not a behaviour; give it its parameters: {name}(…)")
        return answer

    def delivered(self, **changes: Any) -> Answer:
        """Return this answer with its delivery changed."""
        return replace(self, delivery=replace(self.delivery, **changes))


Behaviour = Callable[[Answer], Answer]
"""What may happen to an answer on its way; applied one after another, behaviours compose."""

Reply = Mapping[str, Any] | str | Answer
"""What a respond function returns: a value that the model says as JSON, a text, or an answer."""

Respond = Callable[[Body], Reply]
"""The model of a test: a function from the body of a request to a reply."""


def as_answer(reply: Reply) -> Answer:
    """Return a reply as an answer.

    Raises:
        TypeError: where it is nothing that a respond function may return.
    """
    if isinstance(reply, Answer):
        return reply
    if isinstance(reply, (Mapping, str)):
        return Answer(reply if isinstance(reply, str) else dict(reply))
    raise TypeError(
        f"respond returned {type(reply).__name__}; it returns a dict, a text or an Answer"
    )


def failure(
    status: int, message: str, *, kind: str, code: str | None = None, param: str | None = None
) -> tuple[int, bytes]:
    """Return the status and the body of an error as the OpenAI protocol writes it."""
    error = {"message": message, "type": kind, "param": param, "code": code}
    return status, json.dumps({"error": error}).encode()
