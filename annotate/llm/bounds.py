"""What a request shares with the others of a run, and how many it may lead to.

The prompt stands first in every request and is the same to the byte, so that an endpoint which
caches prompts reads it once. What is asked about comes last.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from os.path import commonprefix
from typing import Any

from pydantic import JsonValue

from annotate.llm.request import Request
from annotate.llm.splitting import MOST_SPLITS, SHORTEST

_LITTLE_TEXT = 50  # characters, at least those of the words that stand for a chunk's text
_SHORTEST_CACHED = 1_024 * 4
"""Characters, at four a token: no hosted endpoint caches a shorter beginning of a prompt."""


def shared_characters(requests: Sequence[Request]) -> list[int]:
    """Return how many characters each request has in common with one before it.

    0 for the first one of each pass, and where the common beginning is too short to be cached.
    """
    passes: defaultdict[str, list[int]] = defaultdict(list)
    for number, request in enumerate(requests):
        first = {**request.body, "messages": request.body["messages"][:1]}
        passes[json.dumps(first, sort_keys=True, ensure_ascii=False)].append(number)
    shared = [0] * len(requests)
    for form, numbers in passes.items():
        asked = [_asked(requests[number].body) for number in numbers]
        common = len(form) + len(commonprefix([min(asked), max(asked)]))  # noqa: RUF071 (no paths)
        for number in numbers[1:] if common >= _SHORTEST_CACHED else ():
            shared[number] = common
    return shared


def most_requests(requests: Sequence[Request], repairs: int, sent: Sequence[JsonValue]) -> int:
    """Return how many requests these may lead to at the very most.

    Each has so many `repairs`, and where its answer is cut its chunk is read in parts, unless it is
    short; `sent` are the bodies of requests for next to no text.
    """
    around = min((len(_asked(body)) for body in sent if isinstance(body, Mapping)), default=0)
    # A few characters of text stand in what is sent: that many fewer are left for a short chunk.
    short = SHORTEST + around - _LITTLE_TEXT
    asked = (len(_asked(request.body)) for request in requests)
    parts = (1 if length < short else 1 + 2 * MOST_SPLITS for length in asked)
    return (1 + repairs) * sum(parts)


def _asked(body: Mapping[str, Any]) -> str:
    messages = body["messages"]
    return str(messages[1]["content"]) if len(messages) > 1 else ""
