"""Say what would be sent and what it would cost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotate.llm.estimate import Estimate


def estimate_lines(found: Estimate) -> Iterator[str]:
    """Yield what would be sent, and what it would cost."""
    yield (
        f"{found.requests:,} requests, about {found.prompt_tokens:,} tokens to read and at most "
        f"{found.completion_tokens:,} to write (four characters per token)"
    )
    if found.least is None or found.most is None:
        yield "cost unknown: no price for this model; give --price IN,OUT"
    else:
        yield f"cost: {costs((found.least, found.most))}"


def costs(ends: tuple[float, float]) -> str:
    """Say what is spent with empty answers and with the longest."""
    return f"{ends[0]:.4f} USD with empty answers, {ends[1]:.4f} at most"
