"""Send an answer back with what is wrong with it.

A repair request holds the original messages, the last answer that could be read, and what is wrong
now; the history does not grow. What a correction settles is `annotate.llm.settlement`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from annotate.grounding.ground import Rejected
from annotate.llm.extent import MOST_REPEATED
from annotate.llm.prompts.prompt import Message
from annotate.llm.responses import ParsedReply

# The words of this module are part of repair requests, and so of their keys in the cache: another
# wording asks every cached repair anew.
_CORRECTIONS = (
    "Answer in the same form with the corrected annotations alone, in this order. Leave out what "
    "the text does not state. All other annotations are kept."
)
_LONGEST_ITEM = 20_000  # characters of one annotation and of what is wrong with it
_TOO_LONG = '{"annotations": []}'  # stands for an answer that is too long to be shown again


def correction(
    messages: Sequence[Message], answer: ParsedReply, rejected: Sequence[Rejected], problem: str
) -> list[Mapping[str, Any]]:
    """Return the messages that ask for a correction.

    Args:
        messages: the request for the chunk.
        answer: the last answer that could be read; the last one at all where none could.
        rejected: its annotations that cannot be used.
        problem: why the last answer could not be read, "" where it could.
    """
    wanted = []
    if rejected:
        wanted.append("\n".join(["These annotations cannot be used:", *_listed(rejected)]))
    if problem:
        wanted.append(f"Your last answer cannot be used: {problem}.")
    wanted.append(_CORRECTIONS if rejected else "Answer again, in the form asked for.")
    return [*messages, *_exchange(answer, "\n".join(wanted))]


def _listed(rejected: Sequence[Rejected]) -> Iterator[str]:
    """Yield a paragraph for each, as many as a repair may repeat; the others stay rejected."""
    left = MOST_REPEATED
    for each in rejected:
        item, problems = json.dumps(each.item, ensure_ascii=False), " ".join(each.problems)
        if len(item) + len(problems) > _LONGEST_ITEM:
            item, problems = f"(one of {len(item):,} characters)", problems[:_LONGEST_ITEM]
        said = f"- {item}\n  {problems}"
        left -= len(said)
        if left < 0:
            return
        yield said


def _exchange(answer: ParsedReply, wanted: str) -> list[Mapping[str, Any]]:
    """Return the answer and what is said to it, in the form in which the answer came."""
    content = answer.content
    if len(content) > MOST_REPEATED:
        content = _TOO_LONG
    # An endpoint that was asked for a tool call refuses a history in which its call has no result.
    if not answer.tool_call:
        said = content or "(no answer)"
        return [{"role": "assistant", "content": said}, {"role": "user", "content": wanted}]
    call = {
        "id": answer.tool_call,
        "type": "function",
        "function": {"name": "Annotations", "arguments": content},
    }
    return [
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": answer.tool_call, "content": wanted},
    ]
