"""Say why an answer was cut at its token limit, and whether a shorter text can help."""

from __future__ import annotations

from dataclasses import dataclass

from annotate.llm.repetition import repeats_itself
from annotate.llm.responses import Reply

_MOSTLY = 0.5  # of the tokens of an answer: reasoning, not the text, is what fills it
_LIMIT = "raise the answer limit (--answer-tokens)"


@dataclass(frozen=True, slots=True)
class Truncation:
    """Why an answer was cut.

    Attributes:
        reason: one sentence that says what to do and quotes nothing.
        splits: whether less text can lead to an answer that ends.
    """

    reason: str
    splits: bool


def why_truncated(reply: Reply, text: str, smaller: str = "--chunk-size") -> Truncation:
    """Say why the answer about `text` was cut; `smaller` asks about less at once."""
    words = reply.parsed.content
    written = reply.usage.completion_tokens if reply.usage else 0
    reasoning = reply.usage.thought_tokens if reply.usage else 0
    if reasoning > _MOSTLY * written or not words.strip():
        spent = f" ({reasoning:,} of {written:,} tokens)" if reasoning and written else ""
        return Truncation(
            f"the answer was cut at the token limit, which reasoning used up{spent}; {_LIMIT} or "
            "lower the reasoning effort (--reasoning-effort)",
            splits=False,
        )
    if repeats_itself(words, text):
        return Truncation(
            "the answer was cut at the token limit, since the model repeats itself; try another "
            "model or another --mode",
            splits=False,
        )
    return Truncation(f"{reply.parsed.problem}; {_LIMIT} or lower {smaller}", splits=True)
