"""Read what an endpoint answered: whatever comes back ends as one of a few kinds.

Endpoints answer with refusals, empty choices, truncated answers, several tool calls, HTML with
status 200. Nothing here raises on any of it. How the words of a model are read is
`annotate.llm.words`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from annotate.llm.extent import MOST_REPEATED
from annotate.llm.usage import Usage, read_usage
from annotate.llm.words import SEVERAL, read_annotations

ReplyKind = Literal["answer", "refused", "truncated", "malformed"]
"""An answer that can be read; a refusal or a content filter; an answer that was truncated at the
token limit; and everything else."""

_LONGEST_ID = 200  # characters; it is sent back in repairs


@dataclass(frozen=True, slots=True)
class ParsedReply:
    """An answer as it was understood.

    Attributes:
        items: the annotations of an `answer`, not yet validated.
        content: the words of the model (text or tool arguments), for a repair request; halves of
            characters, which cannot be sent, are "?". Of what cannot be read, the beginning.
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
    parsed, used = parse(body), read_usage(body)
    # Words without a token: the server counts nothing, which is not the same as nothing.
    counted = used is not None and (used.completion_tokens > 0 or not parsed.content)
    return Reply(body, used if counted else None, parsed)


def parse(body: Any) -> ParsedReply:
    """Return what the model said in the body of a chat completion."""
    choice = _choice(body)
    if choice is None:
        return ParsedReply("malformed", problem="the endpoint answered without a choice")
    message = choice.get("message")
    message = message if isinstance(message, Mapping) else {}
    finish = choice.get("finish_reason")
    calls = list(_calls(message))
    call = calls[0][1] if calls else ""
    content = "\n".join(arguments for arguments, _ in calls) if calls else _text(message)
    # A refusal and a filter go before the words: what stands beside them is not an answer.
    if message.get("refusal"):
        return ParsedReply("refused", content=content[:MOST_REPEATED], problem="the model refused")
    if finish == "content_filter":
        return ParsedReply("refused", problem="a content filter stopped the answer")
    if finish == "length":
        kept = content[:MOST_REPEATED]
        return ParsedReply(
            "truncated", content=kept, problem="the answer was cut at the token limit"
        )
    if not content.strip():
        return ParsedReply("malformed", problem="the answer is empty", tool_call=call)
    items, problem = _called(calls, _text(message)) if calls else read_annotations(content)
    if items is None:
        kept = content[:MOST_REPEATED]
        return ParsedReply("malformed", content=kept, problem=problem, tool_call=call)
    if len(calls) > 1:  # as one call, which a repair can show to the model with its one result
        content = json.dumps({"annotations": items}, ensure_ascii=False)
    return ParsedReply("answer", tuple(items), content, tool_call=call)


def _choice(body: Any) -> Mapping[str, Any] | None:
    choices = body.get("choices") if isinstance(body, Mapping) else None
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], Mapping):
        return None
    return choices[0]


def _text(message: Mapping[str, Any]) -> str:
    content = message.get("content")
    return _whole(content) if isinstance(content, str) else ""


def _calls(message: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the arguments of each tool call of a message, with the call's id."""
    calls = message.get("tool_calls")
    for call in calls if isinstance(calls, list) else ():
        function = call.get("function") if isinstance(call, Mapping) else None
        arguments = function.get("arguments") if isinstance(function, Mapping) else None
        if isinstance(arguments, Mapping):
            arguments = _written(arguments)
        if isinstance(arguments, str):
            yield _whole(arguments), _whole(str(call.get("id") or "call"))[:_LONGEST_ID]


def _called(calls: Sequence[tuple[str, str]], beside: str) -> tuple[list[Any] | None, str]:
    """Return the annotations of all tool calls, or what keeps them from being read."""
    # A model may call once for each category: each call is a part of one answer.
    united: list[Any] = []
    for arguments, _ in calls:
        items, problem = read_annotations(arguments)
        if items is None:
            return None, problem
        united += items
    # Some servers write the call into the text as well; another answer there is one too many.
    said, _ = read_annotations(beside)
    return (united, "") if said is None or said == united else (None, SEVERAL)


def _written(arguments: Mapping[str, Any]) -> str:
    try:
        return json.dumps(arguments)
    except RecursionError:
        return ""


def _whole(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
