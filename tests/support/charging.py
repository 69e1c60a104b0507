"""A model whose answers cost something, for what holds a cap."""

from __future__ import annotations

from annotate.testing.answers import Body
from tests.support.endpoints import truthful


class Charging:
    """A model that breaks every third answer once, and sums up what its answers cost."""

    def __init__(self) -> None:
        self.tokens = [0, 0]

    def __call__(self, body: Body) -> Body:
        found = truthful(body)
        first = len(body["messages"]) == 2
        if first and any(f" {n}-0 " in body["messages"][1]["content"] for n in range(0, 400, 3)):
            found["annotations"][0]["quote"] = "This sentence stands nowhere."
        return found

    def counted(self, completion: Body) -> Body:
        self.tokens[0] += completion["usage"]["prompt_tokens"]
        self.tokens[1] += completion["usage"]["completion_tokens"]
        return completion

    def cost(self, prompt: float, completion: float) -> float:
        return (self.tokens[0] * prompt + self.tokens[1] * completion) / 1e6
