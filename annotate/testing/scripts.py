"""Say which requests meet which behaviour: by their number, their words, or the first so many."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable

from annotate.testing.answers import Answer, Behaviour, Body, Reply, Respond, as_answer


class Rule:
    """Behaviours for the requests that meet every condition given.

    Args:
        behaviours: what happens to the answer, in order.
        at: numbers of chat requests, counted from 0 in the order of their arrival.
        containing: a text in one of the messages.
        when: any condition on the body of the request.
        first: only the first so many requests that meet the other conditions, then no more.
        each: count `first` for each document on its own, that is for each first user message, so
            that a retry and a repair request are the second of their document.

    Raises:
        ValueError: for a rule without a behaviour, or with conditions that make no sense.
    """

    __slots__ = ("_at", "_containing", "_each", "_when", "behaviours", "first")

    def __init__(
        self,
        *behaviours: Behaviour,
        at: int | Iterable[int] | None = None,
        containing: str = "",
        when: Callable[[Body], bool] | None = None,
        first: int | None = None,
        each: bool = False,
    ) -> None:
        if not behaviours:
            raise ValueError("a rule needs a behaviour")
        if first is not None and first < 1:
            raise ValueError(f"first={first}: a rule applies at least once")
        if each and first is None:
            raise ValueError("each=True says how first= is counted; give first= too")
        self.behaviours = behaviours
        self.first = first
        self._at = None if at is None else frozenset([at] if isinstance(at, int) else at)
        self._containing = containing
        self._when = when
        self._each = each

    def meets(self, number: int, body: Body) -> bool:
        """Say whether the request meets every condition but `first`."""
        if self._at is not None and number not in self._at:
            return False
        if self._containing and not any(self._containing in text for text in texts(body)):
            return False
        return self._when is None or self._when(body)

    def counted_as(self, body: Body) -> str:
        """Name what `first` is counted by."""
        return first_user_text(body) if self._each else ""


class Script:
    """A respond function and the rules that apply to it.

    The function is asked for every request, for those that a rule lets fail too. All rules that a
    request meets apply, in order.
    """

    def __init__(self, respond: Respond, rules: Iterable[Rule]) -> None:
        self._respond = respond
        self._rules = tuple(rules)
        self._number = 0
        self._met: list[Counter[str]] = [Counter() for _ in self._rules]

    def __call__(self, body: Body) -> Answer:
        """Return the answer to the next request."""
        number, self._number = self._number, self._number + 1
        answer = as_answer(self._respond(body))
        for rule, met in zip(self._rules, self._met, strict=True):
            if not rule.meets(number, body):
                continue
            if rule.first is not None:
                name = rule.counted_as(body)
                met[name] += 1
                if met[name] > rule.first:
                    continue
            answer = answer.but(*rule.behaviours)
        return answer

    def reset(self) -> None:
        """Count anew, and let the respond function start anew where it has a `reset`."""
        self._number = 0
        self._met = [Counter() for _ in self._rules]
        again = getattr(self._respond, "reset", None)
        if callable(again):
            again()


class _InTurn:
    """Replies one after another; the last one stays."""

    def __init__(self, replies: tuple[Reply, ...]) -> None:
        self._replies = replies
        self._next = 0

    def __call__(self, body: Body) -> Reply:
        reply = self._replies[min(self._next, len(self._replies) - 1)]
        self._next += 1
        return reply

    def reset(self) -> None:
        self._next = 0


def in_turn(*replies: Reply) -> Respond:
    """Return a respond function that gives these replies one after another; the last one stays."""
    if not replies:
        raise ValueError("in_turn needs a reply")
    return _InTurn(replies)


def asks(parameter: str, kind: str = "") -> Callable[[Body], bool]:
    """Return a condition: a request has `parameter`, of a type (`json_schema`) where given."""

    def met(body: Body) -> bool:
        value = body.get(parameter)
        return value is not None and (
            not kind or (isinstance(value, dict) and value.get("type") == kind)
        )

    return met


def texts(body: Body) -> list[str]:
    """Return the texts of the messages, those of content in parts and of tool calls as JSON."""
    messages = [each for each in body.get("messages") or () if isinstance(each, dict)]
    return [_text(message) for message in messages]


def first_user_text(body: Body) -> str:
    """Return the text of the first user message, or ""."""
    return next(iter(_user_texts(body)), "")


def last_user_text(body: Body) -> str:
    """Return the text of the last user message, or ""."""
    return next(reversed(_user_texts(body)), "")


def _user_texts(body: Body) -> list[str]:
    messages = [each for each in body.get("messages") or () if isinstance(each, dict)]
    return [_text(message) for message in messages if message.get("role") == "user"]


def _text(message: Body) -> str:
    content = message.get("content")
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        parts = [part.get("text") for part in content if isinstance(part, dict)]
        return "".join(part for part in parts if isinstance(part, str))
    calls = message.get("tool_calls")
    return json.dumps(calls, ensure_ascii=False) if calls else ""
