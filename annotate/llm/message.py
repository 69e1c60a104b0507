"""Find the words of a model in the message that an endpoint sends, wherever they stand.

| where | who |
|---|---|
| `content`, a text | OpenAI and nearly all |
| `content`, a list of parts: text, refusal, thinking | Mistral, gateways to Anthropic and Gemini |
| `content`, an object | gateways that parsed the answer already |
| `tool_calls`, `function_call`, a part `tool_use` | tools mode; older servers; Anthropic |
| `reasoning_content`, `reasoning`, `thinking`, `reasoning_details`, parts | thoughts |
| `text` of the choice | servers of the older completions |

What the words mean is `annotate.llm.responses`. Nothing here raises.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_LONGEST_ID = 200  # characters; it is sent back in repairs
_DEEPEST_PART = 4  # a thinking part holds text parts, and no more levels
_THOUGHTS = ("reasoning_content", "reasoning", "thinking", "reasoning_details")
_THINKING = ("thinking", "reasoning", "thought", "redacted_thinking", "reasoning.text")


@dataclass(frozen=True, slots=True)
class Call:
    """The arguments of a tool call, as they were written, and its id."""

    arguments: str
    id: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a message holds; halves of characters, which cannot be sent back, are "?".

    Attributes:
        text: the words, parts joined.
        calls: the tool calls.
        thoughts: what was thought apart from the words.
        where: the field that the thoughts came in, "" where there are none.
        refused: whether the message says that the model refused.
    """

    text: str = ""
    calls: tuple[Call, ...] = ()
    thoughts: str = ""
    where: str = ""
    refused: bool = False


def said(choice: Mapping[str, Any]) -> Said:
    """Return what the message of a choice holds."""
    message = choice.get("message")
    message = message if isinstance(message, Mapping) else {"content": choice.get("text")}
    content = message.get("content")
    parts = content if isinstance(content, list) else [content]
    where = next((name for name in _THOUGHTS if _joined(message.get(name)).strip()), "")
    thoughts = _joined(message.get(where)) if where else ""
    if not thoughts:
        thoughts = "".join(_joined(each) for each in parts if _kind(each) in _THINKING)
        where = "content" if thoughts.strip() else ""
    return Said(
        text=_whole("".join(_text(each) for each in parts)),
        calls=tuple(_calls(message, parts)),
        thoughts=_whole(thoughts),
        where=where,
        refused=bool(message.get("refusal")) or any(_kind(each) == "refusal" for each in parts),
    )


def _kind(part: Any) -> str:
    return str(part.get("type") or "") if isinstance(part, Mapping) else ""


def _text(part: Any) -> str:
    """Return the words of a part of the content."""
    if isinstance(part, Mapping) and "type" not in part and "text" not in part:
        return _written(part)  # parsed by a gateway
    if _kind(part) in ("", "text", "output_text"):
        return _joined(part)
    return ""


def _joined(value: Any, depth: int = 0) -> str:
    """Return the text in a part, or in parts of it."""
    if isinstance(value, str):
        return value
    if depth >= _DEEPEST_PART:
        return ""
    if isinstance(value, list):
        return "".join(_joined(each, depth + 1) for each in value)
    if isinstance(value, Mapping):
        names = ("text", "thinking", "reasoning", "content", "summary", "value")
        return next((_joined(value[name], depth + 1) for name in names if value.get(name)), "")
    return ""


def _calls(message: Mapping[str, Any], parts: list[Any]) -> Iterator[Call]:
    calls = message.get("tool_calls")
    for call in calls if isinstance(calls, list) else ():
        if isinstance(call, Mapping):
            yield from _called(call.get("function"), "arguments", call.get("id"))
    if not calls:
        yield from _called(message.get("function_call"), "arguments", None)
    for part in parts:
        if _kind(part) == "tool_use":
            yield from _called(part, "input", part.get("id"))


def _called(function: Any, name: str, call_id: Any) -> Iterator[Call]:
    arguments = function.get(name) if isinstance(function, Mapping) else None
    if isinstance(arguments, Mapping):
        arguments = _written(arguments)
    if isinstance(arguments, str):
        yield Call(_whole(arguments), _whole(str(call_id or "call"))[:_LONGEST_ID])


def _written(value: Mapping[str, Any]) -> str:
    try:
        return json.dumps(value)
    except RecursionError:
        return ""


def _whole(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
