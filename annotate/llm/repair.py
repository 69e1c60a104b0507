"""Send an answer back with what is wrong with it.

A repair request holds the original messages, the last answer that could be read, and what is wrong
now; the history does not grow. What a correction settles is `annotate.llm.settlement`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Correction:
    """The messages that ask for a correction.

    Attributes:
        messages: system, user, what the model answered, what is wrong with it: plain texts, which
            every server takes in every mode. Of tool calls in a history servers want content null,
            or "", or none of it, ids of their own form, and many templates know no such role.
        formerly: the messages by which earlier versions asked the same, () where they are these.
    """

    messages: list[Mapping[str, Any]]
    formerly: Sequence[Mapping[str, Any]] = ()


def correction(
    messages: Sequence[Message],
    answer: ParsedReply,
    rejected: Sequence[Rejected],
    problem: str,
    *,
    unusable: str = "These annotations cannot be used:",
    wanted: str = _CORRECTIONS,
) -> Correction:
    """Return the messages that ask for a correction.

    Args:
        messages: the request for the chunk.
        answer: the last answer that could be read; the last one at all where none could.
        rejected: its annotations that cannot be used.
        problem: why the last answer could not be read, "" where it could.
        unusable: what stands above what is rejected.
        wanted: what is asked for in its place.
    """
    lines = []
    if rejected:
        lines += [unusable, *_listed(rejected)]
    if problem:
        lines.append(f"Your last answer cannot be used: {problem}.")
    lines.append(wanted if rejected else "Answer again, in the form asked for.")
    said, wrong = _repeated(answer), "\n".join(lines)
    asked: list[Mapping[str, Any]] = [
        *messages,
        {"role": "assistant", "content": said or "(no answer)"},
        {"role": "user", "content": wrong},
    ]
    return Correction(asked, [*messages, *_as_call(answer, wrong)] if answer.tool_call else ())


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


def _repeated(answer: ParsedReply) -> str:
    return _TOO_LONG if len(answer.content) > MOST_REPEATED else answer.content


def _as_call(answer: ParsedReply, wanted: str) -> list[Mapping[str, Any]]:
    """Return the exchange as earlier versions wrote it for an answer that was a tool call."""
    function = {"name": "Annotations", "arguments": _repeated(answer)}
    call = {"id": answer.tool_call, "type": "function", "function": function}
    return [
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": answer.tool_call, "content": wanted},
    ]
