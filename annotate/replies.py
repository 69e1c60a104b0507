"""Read what an endpoint answered: whatever comes back ends as one of a few outcomes.

Endpoints answer with refusals, empty choices, cut or fenced JSON, thinking aloud, HTML with
status 200. Nothing here raises on any of it, and nothing here repairs a word: what cannot be read
is named.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Outcome = Literal["answer", "refused", "truncated", "malformed"]
"""An answer that can be read; a refusal or a content filter; an answer cut at the token limit; and
everything else."""

_THOUGHT = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_OPEN_THOUGHT = re.compile(r"\A\s*<think(?:ing)?>", re.IGNORECASE)
_BLOCK = re.compile(r"```[ \t]*(?:json|JSON)?[ \t]*\r?\n(.*?)\n?[ \t]*```", re.DOTALL)
_LONGEST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that an answer reports; None where it reports none."""

    prompt_tokens: int
    completion_tokens: int


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer as it was understood.

    Attributes:
        items: the annotations of an `answer`, not yet validated.
        content: the words of the model (text or tool arguments), for a repair request.
        problem: what is wrong, in one sentence that a model can act on and that quotes no text.
    """

    outcome: Outcome
    items: tuple[Any, ...] = ()
    content: str = ""
    problem: str = ""
    tool_call: str = ""


def read(reply: Any) -> Reading:
    """Read the body of a chat completion: parsed JSON, or the text that came instead of it."""
    choice = _choice(reply)
    if choice is None:
        return Reading("malformed", problem="the endpoint answered without a choice")
    message = choice.get("message")
    message = message if isinstance(message, Mapping) else {}
    finish = choice.get("finish_reason")
    content, call = _content(message)
    if message.get("refusal"):
        return Reading("refused", content=str(message["refusal"]), problem="the model refused")
    if finish == "content_filter":
        return Reading("refused", problem="a content filter stopped the answer")
    if finish == "length":
        return Reading(
            "truncated", content=content, problem="the answer was cut at the token limit"
        )
    if not content.strip():
        return Reading("malformed", problem="the answer is empty")
    items, problem = _items(content)
    if items is None:
        return Reading("malformed", content=content, problem=problem, tool_call=call)
    return Reading("answer", tuple(items), content, tool_call=call)


def usage(reply: Any) -> Usage | None:
    """Return the tokens that an answer says it took."""
    reported = reply.get("usage") if isinstance(reply, Mapping) else None
    if not isinstance(reported, Mapping):
        return None
    counts = [reported.get(name) for name in ("prompt_tokens", "completion_tokens")]
    if not all(isinstance(count, int) and count >= 0 for count in counts):
        return None
    return Usage(*(int(count) for count in counts if count is not None))


def _choice(reply: Any) -> Mapping[str, Any] | None:
    choices = reply.get("choices") if isinstance(reply, Mapping) else None
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], Mapping):
        return None
    return choices[0]


def _content(message: Mapping[str, Any]) -> tuple[str, str]:
    """Return the text of a message, or the arguments of its tool call with the call's id."""
    calls = message.get("tool_calls")
    if isinstance(calls, list) and calls and isinstance(calls[0], Mapping):
        function = calls[0].get("function")
        arguments = function.get("arguments") if isinstance(function, Mapping) else None
        if isinstance(arguments, Mapping):
            arguments = json.dumps(arguments)
        if isinstance(arguments, str):
            return arguments, str(calls[0].get("id") or "call")
    content = message.get("content")
    return (content if isinstance(content, str) else ""), ""


def _items(content: str) -> tuple[list[Any] | None, str]:
    """Return the annotations in a model's words, or what keeps them from being read."""
    content = _THOUGHT.sub("", content)
    if _OPEN_THOUGHT.match(content):
        return None, "the answer holds a thought without an end and no JSON"
    blocks = _BLOCK.findall(content)
    text = blocks[-1] if blocks else content.strip()
    try:
        # strict=False: some servers let raw line ends into strings; they harm nothing.
        answer = json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse, strict=False)
    except _Repeated as error:
        return None, f"the key {error} stands twice in one object; name each key once"
    except RecursionError:
        return None, "the JSON is nested too deeply"
    except ValueError as error:
        where = f" (character {error.pos})" if isinstance(error, json.JSONDecodeError) else ""
        return None, f"the answer is no valid JSON{where}; answer with one JSON object and no more"
    if not isinstance(answer, dict) or not isinstance(answer.get("annotations"), list):
        return None, 'the answer needs the form {"annotations": [...]}'
    if set(answer) != {"annotations"}:
        return None, 'the answer holds other keys than "annotations"; leave them out'
    return answer["annotations"], ""


class _Repeated(ValueError):
    """A key that stands twice in one object."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    for key, value in pairs:
        if key in seen:
            raise _Repeated(json.dumps(key[:40]))
        seen[key] = value
    return seen


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON")
