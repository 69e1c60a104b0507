"""What a side of a comparison took: requests, tokens and cost, as means over its repeats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean

from pydantic import JsonValue


@dataclass(frozen=True, slots=True)
class Usage:
    """What was taken; None where it is not known.

    Attributes:
        cost: in US dollars.
    """

    requests: float
    prompt_tokens: float | None
    completion_tokens: float | None
    cost: float | None

    @classmethod
    def of(cls, repeats: Sequence[Mapping[str, JsonValue]]) -> Usage:
        """Return the means of what several runs took, as their manifests say it."""
        requests = _mean(repeats, "requests") or 0.0
        asked, answered = _mean(repeats, "prompt_tokens"), _mean(repeats, "completion_tokens")
        if requests and not asked and not answered:
            asked = answered = None  # the endpoint reports no tokens
        return cls(requests, asked, answered, _mean(repeats, "cost"))

    def per_request(self) -> Usage:
        """Return what one request took."""
        if not self.requests:
            return Usage(0.0, None, None, None)
        taken = (self.prompt_tokens, self.completion_tokens, self.cost)
        return Usage(1.0, *(None if each is None else each / self.requests for each in taken))

    def minus(self, other: Usage) -> Usage:
        """Return the difference; None where either side is not known."""
        return Usage(
            self.requests - other.requests,
            _minus(self.prompt_tokens, other.prompt_tokens),
            _minus(self.completion_tokens, other.completion_tokens),
            _minus(self.cost, other.cost),
        )

    def to_json(self) -> dict[str, JsonValue]:
        """Return the figures by their names."""
        return asdict(self)


def _mean(repeats: Sequence[Mapping[str, JsonValue]], name: str) -> float | None:
    """Return the mean of a figure; None where a repeat does not have it."""
    values = [repeat.get(name) for repeat in repeats]
    known = [float(value) for value in values if isinstance(value, int | float)]
    return fmean(known) if known and len(known) == len(values) else None


def _minus(first: float | None, second: float | None) -> float | None:
    return None if first is None or second is None else first - second
