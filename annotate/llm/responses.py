"""Read what an endpoint answered: whatever comes back ends as one of a few kinds.

Endpoints answer with refusals, empty choices, truncated or fenced JSON, thinking aloud, HTML with
status 200. Nothing here raises on any of it, and nothing here repairs a word: what cannot be read
is named.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

ReplyKind = Literal["answer", "refused", "truncated", "malformed"]
"""An answer that can be read; a refusal or a content filter; an answer that was truncated at the
token limit; and everything else."""

_OPENS_THOUGHT = re.compile(r"<think(?:ing)?>", re.IGNORECASE)
_ENDS_THOUGHT = re.compile(r"</think(?:ing)?>\s*", re.IGNORECASE)
_FENCE = "```"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}", re.IGNORECASE)
_DEEPEST = 50  # no annotation is nested half as deep; Python's own stack ends near 1 000
_MOST_TOKENS = 10**9  # what reports more than any context holds is not taken for a count


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of a request and of its answer."""

    prompt_tokens: int
    completion_tokens: int

    @property
    def total(self) -> int:
        """Both together."""
        return self.prompt_tokens + self.completion_tokens


@dataclass(frozen=True, slots=True)
class ParsedReply:
    """An answer as it was understood.

    Attributes:
        items: the annotations of an `answer`, not yet validated.
        content: the words of the model (text or tool arguments), for a repair request; halves of
            characters, which cannot be sent, are "?".
        problem: what is wrong, in one sentence that a model can act on and that quotes no text. It
            is sent in repair requests: another wording asks cached repairs anew.
        tool_call: the id of the tool call that the words came in, or "".
    """

    kind: ReplyKind
    items: tuple[Any, ...] = ()
    content: str = ""
    problem: str = ""
    tool_call: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back from a model, read once.

    Attributes:
        body: the body as it came, parsed JSON; or the text that came instead of it.
        usage: the tokens that it reports, None where it reports none.
        parsed: what the model said.
    """

    body: Any
    usage: Usage | None
    parsed: ParsedReply


def read_reply(body: Any) -> Reply:
    """Read the body of a chat completion, whatever it is."""
    return Reply(body, usage(body), parse(body))


def parse(body: Any) -> ParsedReply:
    """Return what the model said in the body of a chat completion."""
    choice = _choice(body)
    if choice is None:
        return ParsedReply("malformed", problem="the endpoint answered without a choice")
    message = choice.get("message")
    message = message if isinstance(message, Mapping) else {}
    finish = choice.get("finish_reason")
    content, call = _content(message)
    # A refusal and a filter go before the words: what stands beside them is not an answer.
    if message.get("refusal"):
        return ParsedReply("refused", content=content, problem="the model refused")
    if finish == "content_filter":
        return ParsedReply("refused", problem="a content filter stopped the answer")
    if finish == "length":
        return ParsedReply(
            "truncated", content=content, problem="the answer was cut at the token limit"
        )
    if not content.strip():
        return ParsedReply("malformed", problem="the answer is empty", tool_call=call)
    items, problem = _items(content)
    if items is None:
        return ParsedReply("malformed", content=content, problem=problem, tool_call=call)
    return ParsedReply("answer", tuple(items), content, tool_call=call)


def usage(body: Any) -> Usage | None:
    """Return the tokens that an answer says it took."""
    reported = body.get("usage") if isinstance(body, Mapping) else None
    if not isinstance(reported, Mapping):
        return None
    counts = [reported.get(name) for name in ("prompt_tokens", "completion_tokens")]
    known = [count for count in counts if type(count) is int and 0 <= count <= _MOST_TOKENS]
    return Usage(*known) if len(known) == len(counts) else None


def _choice(body: Any) -> Mapping[str, Any] | None:
    choices = body.get("choices") if isinstance(body, Mapping) else None
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
            arguments = _written(arguments)
        if isinstance(arguments, str):
            return _whole(arguments), _whole(str(calls[0].get("id") or "call"))
    content = message.get("content")
    return (_whole(content) if isinstance(content, str) else ""), ""


def _written(arguments: Mapping[str, Any]) -> str:
    try:
        return json.dumps(arguments)
    except RecursionError:
        return ""


def _whole(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _items(content: str) -> tuple[list[Any] | None, str]:
    """Return the annotations in a model's words, or what keeps them from being read."""
    text = _without_thoughts(content.strip())
    if text is None:
        return None, "the answer holds a thought without an end and no JSON"
    try:
        # strict=False: some servers let raw line ends into strings; they harm nothing.
        answer = json.loads(
            _unfenced(text), object_pairs_hook=_unique, parse_constant=_refuse, strict=False
        )
    except _Repeated as error:
        return None, f"{error} stands twice in one object; name each key once"
    except RecursionError:
        return None, "the JSON is nested too deeply"
    except ValueError as error:
        where = f" (character {error.pos})" if isinstance(error, json.JSONDecodeError) else ""
        return None, f"the answer is no valid JSON{where}; answer with one JSON object and no more"
    if not isinstance(answer, dict) or not isinstance(answer.get("annotations"), list):
        return None, 'the answer needs the form {"annotations": [...]}'
    # Sent back and not ignored: what a model puts beside the list may be a part of its answer.
    if set(answer) != {"annotations"}:
        return None, 'the answer holds other keys than "annotations"; leave them out'
    if _too_deep(answer):
        return None, "the JSON is nested too deeply"
    # Looked for in the text first, since finding it in the value means to write it out again.
    if "\\ud" in content.lower() and _halved(answer):
        return None, "the answer holds half of a surrogate pair; write characters whole"
    return answer["annotations"], ""


def _without_thoughts(text: str) -> str | None:
    """Return what a model says behind its thoughts, None where a thought does not end.

    Only what stands in front is a thought: in a quote the same tags are words of the document. Some
    endpoints keep the first tag of the first thought to themselves.
    """
    start = 0
    while not text.startswith(("{", "[", _FENCE), start):
        end = _ENDS_THOUGHT.search(text, start)
        if end is None:
            return None if _OPENS_THOUGHT.match(text, start) else text[start:]
        start = end.end()
    return text[start:]


def _unfenced(text: str) -> str:
    """Return the last block between Markdown fences, or the text where there is none."""
    if text.startswith(("{", "[")):
        return text
    lines = text.split("\n")
    fences = [number for number, line in enumerate(lines) if line.lstrip().startswith(_FENCE)]
    if len(fences) < 2:
        return text
    return "\n".join(lines[fences[-2] + 1 : fences[-1]])


def _too_deep(value: Any) -> bool:
    """Say whether lists and objects are nested further than any annotation is.

    What is read here is validated, written and sent back by functions that call themselves.
    """
    level = [value]
    for _ in range(_DEEPEST):
        level = [inner for each in level for inner in _inside(each)]
        if not level:
            return False
    return True


def _inside(value: Any) -> Iterable[Any]:
    inner = value.values() if isinstance(value, dict) else value
    return [each for each in inner if isinstance(each, dict | list)]


def _halved(value: Any) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


class _Repeated(ValueError):
    """A key that stands twice in one object."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    for key, value in pairs:
        if key in seen:
            # Only what looks like a name is named: it might be words of the document.
            raise _Repeated(f"the key {key}" if _NAME.fullmatch(key) else "a key")
        seen[key] = value
    return seen


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")
