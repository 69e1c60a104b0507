"""Read the tokens that an answer says it took: never fewer than it lets one conclude.

OpenAI counts all that it read as prompt, all that it wrote, thoughts among it, as completion, and
their sum as total. Others differ:

| who | what differs | read as |
|---|---|---|
| Gemini, xAI, gateways to them | completion without thoughts, which total holds | total - prompt |
| gateways that give no total | more reasoning_tokens than completion | the sum |
| Anthropic's caches behind gateways | prompt without what the cache held | the sum |
| servers that fill in part | null for one of prompt, completion | total - the other |
| servers that count nothing | zeros, null, no usage | unknown: booked as reserved |

Other names for the same numbers, as in the later OpenAI interface, are read too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_MOST = 10**9  # what reports more than any context holds is not taken for a count

_PROMPT = ("prompt_tokens", "input_tokens")
_COMPLETION = ("completion_tokens", "output_tokens")
_CACHED_WITHIN = ("cached_tokens", "prompt_cache_hit_tokens")  # OpenAI, Mistral; DeepSeek
_CACHED_READ = "cache_read_input_tokens"
_CACHED_WRITTEN = "cache_creation_input_tokens"


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of a request and of its answer.

    Attributes:
        completion_tokens: all that was written, thoughts among it.
        cached_tokens: how many of the prompt tokens the endpoint had in its cache.
        thought_tokens: how many of the completion tokens were thoughts, as far as it says.
    """

    prompt_tokens: int
    completion_tokens: int
    cached_tokens: int = 0
    thought_tokens: int = 0

    @property
    def total(self) -> int:
        """Prompt and completion together."""
        return self.prompt_tokens + self.completion_tokens


def read_usage(body: Any) -> Usage | None:
    """Return the tokens that an answer says it took, None where it does not say."""
    reported = body.get("usage") if isinstance(body, Mapping) else None
    if not isinstance(reported, Mapping):
        return None
    prompt, completion = _first(reported, *_PROMPT), _first(reported, *_COMPLETION)
    total = _count(reported, "total_tokens")
    if total is not None and (prompt is None) != (completion is None):
        known = completion if prompt is None else prompt
        missing = max(total - (known or 0), 0)
        prompt, completion = (missing, known) if prompt is None else (prompt, missing)
    if not prompt or completion is None:  # no prompt is 0 tokens long
        return None
    prompt, cached = _with_cached(reported, prompt, completion, total)
    thoughts = _count(_details(reported, *_COMPLETION), "reasoning_tokens")
    thoughts = thoughts or _count(reported, "reasoning_tokens") or 0
    said = completion
    if thoughts > completion:  # a part is not larger than the whole: they stand beside it
        completion += thoughts
    completion = max(completion, (total or 0) - prompt)
    return Usage(prompt, completion, cached, max(thoughts, completion - said))


def _with_cached(
    reported: Mapping[str, Any], prompt: int, completion: int, total: int | None
) -> tuple[int, int]:
    """Return the prompt with what a cache held of it, and how much that was."""
    within = _first(_details(reported, *_PROMPT), *_CACHED_WITHIN)
    within = within or _first(reported, *_CACHED_WITHIN) or 0
    read = _count(reported, _CACHED_READ) or 0
    beside = read + (_count(reported, _CACHED_WRITTEN) or 0)
    apart = beside > prompt or (total is not None and total >= prompt + completion + beside)
    prompt += beside if apart else 0
    return prompt, min(max(within, read), prompt)


def _details(reported: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    found = (reported.get(f"{name}_details") for name in names)
    return next((each for each in found if isinstance(each, Mapping)), {})


def _first(reported: Mapping[str, Any], *names: str) -> int | None:
    counts = (_count(reported, name) for name in names)
    return next((each for each in counts if each is not None), None)


def _count(reported: Mapping[str, Any], name: str) -> int | None:
    value = reported.get(name)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if type(value) is int and 0 <= value <= _MOST else None
