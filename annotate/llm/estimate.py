"""Say what a run would send and cost, before anything is spent."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from pydantic import JsonValue

from annotate.llm.bounds import most_requests, shared_characters
from annotate.llm.parameters import answer_limit
from annotate.llm.pricing import Price
from annotate.llm.request import Request
from annotate.llm.usage import Usage
from annotate.project.settings import Settings

CHARACTERS_A_TOKEN = 4  # a rule of thumb for English; no tokenizer is needed to be told the size


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


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would send with chunks of one size.

    Attributes:
        chunk_size: in characters.
        estimate: of the requests that are known to be due.
        most_requests: all that they may lead to at the very most: every answer repaired as often
            as that is allowed, and every chunk that is not short read in parts.
        with_cache: the least and the most of the estimate where the endpoint has the beginning
            that all prompts share in its cache; None where no price for that is known.
        as_batch: the same of a batch; None where no rate for that is known.
    """

    chunk_size: int
    estimate: Estimate
    most_requests: int
    with_cache: tuple[float, float] | None = None
    as_batch: tuple[float, float] | None = None

    def to_json(self) -> dict[str, JsonValue]:
        """Return the plan as JSON."""
        more = {name: _range(getattr(self, name)) for name in ("with_cache", "as_batch")}
        known = {"chunk_size": self.chunk_size, "most_requests": self.most_requests}
        return {**self.estimate.to_json(), **known, **more}


def _range(costs: tuple[float, float] | None) -> JsonValue:
    return None if costs is None else {"least": costs[0], "most": costs[1]}


def plan(
    requests: Sequence[Request],
    sent: Sequence[JsonValue],
    settings: Settings,
    price: Price | None,
) -> Plan:
    """Return what `requests` hold, cost and may lead to; `sent` ask for next to no text."""
    found = estimate(requests, price)
    with_cache = as_batch = None
    if price is not None and price.cached is not None:
        shared = sum(shared_characters(requests)) // CHARACTERS_A_TOKEN
        least = price.of(Usage(found.prompt_tokens, 0, min(shared, found.prompt_tokens)))
        with_cache = (least, least + price.of(Usage(0, found.completion_tokens)))
    if price is not None and settings.batch_rate < 1:
        batch = estimate(requests, price.times(settings.batch_rate))
        as_batch = (batch.least or 0.0, batch.most or 0.0)
    bound = most_requests(requests, settings.repairs, sent)
    return Plan(settings.chunk_size, found, bound, with_cache, as_batch)


def estimate(requests: Sequence[Request], price: Price | None) -> Estimate:
    """Return what `requests` hold and cost."""
    bodies = [request.body for request in requests]
    prompt = sum(len(json.dumps(body, ensure_ascii=False)) // CHARACTERS_A_TOKEN for body in bodies)
    allowed = sum(answer_limit(body) for body in bodies)
    return Estimate(
        len(bodies),
        prompt,
        allowed,
        None if price is None else price.of(Usage(prompt, 0)),
        None if price is None else price.of(Usage(prompt, allowed)),
    )
