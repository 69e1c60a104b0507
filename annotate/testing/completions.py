"""Write the body of a chat completion, in the form that the request asks for."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from annotate.testing.answers import Answer, Body
from annotate.testing.scripts import texts

CREATED = 1_700_000_000
"""The moment of everything that this server makes: the same request gets the same bytes."""

_CHARACTERS_A_TOKEN = 4


def tokens(characters: int) -> int:
    """Estimate tokens from characters, four to a token, rounded up."""
    return -(-characters // _CHARACTERS_A_TOKEN)


def problem(body: Any) -> str:
    """Say what keeps a request from being answered, or ""."""
    if not isinstance(body, dict):
        return "We could not parse the JSON body of your request."
    if not isinstance(body.get("model"), str):
        return "you must provide a model parameter"
    if not isinstance(body.get("messages"), list) or not body["messages"]:
        return "Missing required parameter: 'messages'."
    return "This server does not stream: leave out 'stream'." if body.get("stream") else ""


def write(body: Body, answer: Answer) -> bytes:
    """Return the bytes of the answer's body before they are coded for sending."""
    if answer.body is not None:
        return answer.body
    made = completion(body, answer.text)
    for edit in answer.edits:
        made = edit(made)
    return json.dumps(made).encode()


def completion(body: Body, text: str) -> Body:
    """Return a completion with `text` as tool arguments or as content.

    Usage counts the texts of the messages and the words of the answer; not tools and schemas.
    """
    asked, said = sum(map(len, texts(body))), len(text)
    prompt, answered = tokens(asked), tokens(said)
    number = hashlib.blake2b(
        repr((body["messages"], text)).encode("utf-8", "replace"), digest_size=12
    )
    function, finish = _function(body)
    message: Body = {"role": "assistant", "content": None if function else text, "refusal": None}
    if function:
        call = {"name": function, "arguments": text}
        message["tool_calls"] = [
            {"id": f"call_{number.hexdigest()}", "type": "function", "function": call}
        ]
    return {
        "id": f"chatcmpl-{number.hexdigest()}",
        "object": "chat.completion",
        "created": CREATED,
        "model": body["model"],
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": finish}],
        "usage": {
            "prompt_tokens": prompt,
            "completion_tokens": answered,
            "total_tokens": prompt + answered,
        },
    }


def _function(body: Body) -> tuple[str, str]:
    """Return the function to call (or "") and the finish reason that goes with it.

    A function that the request names ends with "stop", one that the model chose with "tool_calls".
    """
    choice = body.get("tool_choice")
    if isinstance(choice, dict):
        return str((choice.get("function") or {}).get("name") or ""), "stop"
    tools = body.get("tools")
    if not tools or choice == "none":
        return "", "stop"
    return str((tools[0].get("function") or {}).get("name") or ""), "tool_calls"
