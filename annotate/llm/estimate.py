"""Say what a run would send and cost, before anything is spent."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from pydantic import JsonValue

from annotate.llm.parameters import answer_limit
from annotate.llm.pricing import Price
from annotate.llm.request import Request
from annotate.llm.usage import Usage

_CHARACTERS_A_TOKEN = 4  # a rule of thumb for English; no tokenizer is needed to be told the size


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run would send now.

    Attributes:
        requests: requests that are not in the cache, without repairs that answers may lead to.
        prompt_tokens: about how many they hold, at four characters a token.
        completion_tokens: what their answers may hold at most.
        least, most: US dollars with empty answers and with the longest, None where no price is
            known.
    """

    requests: int
    prompt_tokens: int
    completion_tokens: int
    least: float | None
    most: float | None

    def to_json(self) -> dict[str, JsonValue]:
        """Return the estimate as JSON."""
        return asdict(self)


def estimate(requests: Sequence[Request], price: Price | None) -> Estimate:
    """Return what `requests` hold and cost."""
    bodies = [request.body for request in requests]
    prompt = sum(
        len(json.dumps(body, ensure_ascii=False)) // _CHARACTERS_A_TOKEN for body in bodies
    )
    allowed = sum(answer_limit(body) for body in bodies)
    return Estimate(
        len(bodies),
        prompt,
        allowed,
        None if price is None else price.of(Usage(prompt, 0)),
        None if price is None else price.of(Usage(prompt, allowed)),
    )
