"""How many tokens an endpoint says that a request has, and how many it may have."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from annotate.llm.complaint import Complaint

_N = r"(\d{1,9})"
_MINUTE = r"\(tpm\): limit"
# Each with the sources that `wordings.toml` gives for the same servers.
_CONTEXT = (
    rf"(?:context|prompt) length (?:is|of) {_N}",
    rf"context (?:size|window|length)(?: of| is| \()? ?\(?{_N}",
    rf"{_N} maximum context length",
    rf"maximum model length of {_N}",
    rf"exceed context limit: \d+ \+ \d+ > {_N}",
    rf"> {_N} maximum",
    rf"tokens allowed \({_N}",
    rf"must be <= {_N}",
    rf"{_MINUTE} {_N}",
)
_PROMPT = (
    rf"{_N} (?:input tokens|in the messages|tokens from the input|of text input|`inputs` tokens)",
    rf"exceed context limit: {_N} \+",
    rf"(?:input|prompt) \(?(?:length )?\(?{_N}",
    rf"token count \({_N}",
    rf"(?:too long|prompt contains|requested tokens)[: (]+{_N}",
    rf"request contains {_N} tokens",
    rf"the request \({_N} tokens",
)
_ANSWER = (
    rf"{_N} (?:in the completion|output tokens|tokens for the completion|in the output)",
    rf"and {_N} `max_new_tokens`",
    rf"exceed context limit: \d+ \+ {_N}",
    rf"max_(?:completion_)?tokens(?:'|`)? is too large: {_N}",
)


# OpenAI and Azure; Anthropic; DeepSeek; Groq.
_MOST_ANSWER = (
    rf"at most {_N} (?:completion|output) tokens",
    rf"> {_N}, which is the maximum allowed number of output tokens",
    rf"valid range of max_tokens is \[1, {_N}\]",
    rf"max_(?:completion_)?tokens`? must be less than or equal to `?{_N}",
)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Tokens, each None where it is not known.

    Attributes:
        prompt: of the request's messages.
        answer: that the answer may have at most.
        context: that both together, or the prompt alone, may have.
        most_answer: that an answer may have, whatever was asked for.
    """

    prompt: int | None = None
    answer: int | None = None
    context: int | None = None
    most_answer: int | None = None

    @property
    def answer_is_to_blame(self) -> bool | None:
        """Whether the answer's limit is what does not fit, None where that is not known.

        Where both are too much together, it is the larger part that is: a prompt can be split, and
        no splitting helps where the answer alone takes most of the context.
        """
        if self.answer is None or self.context is None:
            return None
        if self.answer >= self.context:
            return True
        if self.prompt is None:
            return None
        return self.context > self.prompt < self.answer and 2 * self.answer > self.context


def read_sizes(complaint: Complaint, answer: int | None = None) -> Sizes:
    """Return the sizes that an error speaks of; `answer` is the limit that was asked for."""
    message = complaint.message
    # What may be sent in a minute counts it, without naming it; a context that is too small need
    # not have counted it.
    if not re.search(_MINUTE, message):
        answer = None
    return Sizes(
        complaint.prompt or _first(_PROMPT, message),
        _first(_ANSWER, message) or answer,
        complaint.context or _first(_CONTEXT, message),
        _first(_MOST_ANSWER, message),
    )


def _first(patterns: Iterable[str], message: str) -> int | None:
    for pattern in patterns:
        if match := re.search(pattern, message):
            return int(match[1])
    return None
