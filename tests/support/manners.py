"""Servers with a manner of their own, for what finds out how a server wants to be asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from itertools import takewhile
from typing import Any

from annotate.testing import Rule, asks
from annotate.testing import behaviours as b
from annotate.testing.answers import Answer, Behaviour, Body, as_answer

LIMITS = ("max_completion_tokens", "max_tokens")


def limit_of(body: Body) -> int:
    """Return the most tokens that a request allows."""
    return next((int(body[name]) for name in LIMITS if name in body), 0)


def is_formed(body: Body) -> bool:
    """Say whether a request asks for a form."""
    return "response_format" in body or "tools" in body


def counting(body: Body) -> Answer:
    """Count where that is asked for, and find nothing where a form is."""
    if is_formed(body):
        return Answer({"annotations": []})
    return Answer(" ".join(map(str, range(1, 61))))


def going_round(body: Body) -> Answer:
    """Say one piece of an answer again and again until the limit cuts it, as small models do."""
    piece = '{"category": "impact", "quote": "It was slow."}, '
    words = ('{"annotations": [' if is_formed(body) else "") + piece * 1000
    cut = words[: 4 * min(limit_of(body), 2000)]
    return Answer(cut).but(b.finished("length"))


def refusing(parameter: str) -> Rule:
    """Refuse a parameter by its name."""
    return Rule(b.unsupported(parameter), when=asks(parameter))


def refusing_silently(*parameters: str) -> Rule:
    """Refuse parameters without a word of which."""
    refused = b.failing(422, "Unprocessable request.")
    return Rule(refused, when=lambda body: any(name in body for name in parameters))


def allowing(tokens: int, message: str) -> Rule:
    """Refuse an answer's limit above so many tokens; the message may hold {asked}."""

    def too_large(body: Body) -> bool:
        return limit_of(body) > tokens

    return Rule(_saying_what_was_asked(message), when=too_large)


def _saying_what_was_asked(message: str) -> Behaviour:
    return b.failing(400, message.replace("{asked}", "10000000"))


def reading(tokens: int) -> Behaviour:
    """Read no more of a prompt than so many tokens, and say nothing of it."""

    def cut(completion: Body) -> Body:
        usage = dict(completion["usage"])
        usage["prompt_tokens"] = min(usage["prompt_tokens"], tokens)
        usage["total_tokens"] = usage["prompt_tokens"] + usage["completion_tokens"]
        return {**completion, "usage": usage}

    return b.edited(cut)


def telling_ends(*ends: str) -> Callable[[Body], Any]:
    """Answer which of these words a text holds at its ends, as a model that read only these."""

    def respond(body: Body) -> Answer:
        text = json.dumps(body["messages"])
        found = [word for word in ends if word in text]
        return counting(body) if is_formed(body) or not found else Answer(" and ".join(found))

    return respond


class CachingPrompts:
    """Remember the beginnings of prompts, as hosted models do, and say how much of one was known.

    Attributes:
        hits: requests whose beginning was known.
        read, cached: tokens of all prompts, and those of them that were known.
    """

    def __init__(self, respond: Callable[[Body], Any]) -> None:
        self.hits = self.read = self.cached = 0
        self._respond = respond
        self._known: list[str] = []

    def __call__(self, body: Body) -> Answer:
        prompt = _prompt(body)
        known = max((_common(prompt, each) for each in self._known), default=0)
        self._known.append(prompt)
        cached = known // 4 // _BLOCK * _BLOCK
        self.hits += bool(cached)
        self.cached += cached
        self.read += len(prompt) // 4
        return as_answer(self._respond(body)).but(b.edited(partial(_counted, prompt, cached)))


_BLOCK = 16  # tokens, of which hosted caches keep whole ones


def _common(one: str, other: str) -> int:
    """Return with how many characters two texts begin that are the same."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in pairs)


def _prompt(body: Body) -> str:
    """Return a request in the order in which models read it: tools and form, then the messages."""
    formed = {name: body[name] for name in ("tools", "response_format") if name in body}
    return json.dumps([formed, body["messages"]])


def _counted(prompt: str, cached: int, completion: Body) -> Body:
    usage = {**completion["usage"], "prompt_tokens": len(prompt) // 4}
    usage["total_tokens"] = usage["prompt_tokens"] + usage["completion_tokens"]
    usage["prompt_tokens_details"] = {"cached_tokens": cached}
    return {**completion, "usage": usage}
