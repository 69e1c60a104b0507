"""Read what an endpoint answered: whatever comes back ends as one of a few kinds.

Endpoints answer with refusals, empty choices, truncated answers, several tool calls, HTML with
status 200. Nothing here raises on any of it. How the words of a model are read is
`annotate.llm.words`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from annotate.llm.extent import MOST_REPEATED
from annotate.llm.finish import Ending, ending
from annotate.llm.held_back import held_back
from annotate.llm.message import Said, said
from annotate.llm.parameters import answer_limit
from annotate.llm.prompt_cut import prompt_cut
from annotate.llm.usage import Usage, read_usage
from annotate.llm.words import SEVERAL, bare, only_thoughts, read_annotations, unfinished

ReplyKind = Literal["answer", "refused", "truncated", "shortened", "elsewhere", "malformed"]
"""An answer that can be read; a refusal or a content filter; an answer that was truncated at the
token limit; one to a request that was shortened on its way to the model; words that all came as
thoughts; and everything else."""

FINAL: frozenset[ReplyKind] = frozenset({"refused", "truncated", "shortened", "elsewhere"})
"""What a model cannot mend: sent back with what is wrong, it comes again, and is paid again."""


@dataclass(frozen=True, slots=True)
class ParsedReply:
    """An answer as it was understood.

    Attributes:
        items: the annotations of an `answer`, not yet validated.
        content: the words of the model (text or tool arguments), for a repair request; halves of
            characters, which cannot be sent, are "?". Of what cannot be read, the beginning.
        problem: what is wrong, in one sentence that a model can act on and that quotes no text. It
            is sent in repair requests: another wording asks cached repairs anew.
        tool_call: the id of the tool call that the words came in, or ""; earlier versions named it
            in repairs.
        thoughts: of an answer without usable words, the end of what the model thought instead.
    """

    kind: ReplyKind
    items: tuple[Any, ...] = ()
    content: str = ""
    problem: str = ""
    tool_call: str = ""
    thoughts: str = ""


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


def read_reply(body: Any, sent: Mapping[str, Any]) -> Reply:
    """Read the body of a chat completion, whatever it is, as the answer to what was `sent`."""
    parsed, used = parse(body), read_usage(body)
    # Words without a token: the server counts nothing, which is not the same as nothing.
    counted = used is not None and (used.completion_tokens > 0 or not parsed.content)
    used = used if counted else None
    # Some servers call the end at the limit an ordinary one.
    limit = answer_limit(sent)
    full = used is not None and 0 < limit <= used.completion_tokens
    if parsed.kind == "malformed" and full and unfinished(parsed.content):
        parsed = _truncated(parsed.content, "", "limit")
    # Whatever it says, it speaks of a part of the text.
    if cut := prompt_cut(sent, used):
        parsed = ParsedReply("shortened", problem=cut)
    return Reply(body, used, parsed)


def parse(body: Any) -> ParsedReply:
    """Return what the model said in the body of a chat completion."""
    choice = _choice(body)
    if choice is None:
        return ParsedReply("malformed", problem="the endpoint answered without a choice")
    found, end = said(choice), ending(choice.get("finish_reason"))
    content = "\n".join(each.arguments for each in found.calls) if found.calls else found.text
    # A refusal and a filter go before the words: what stands beside them is not an answer.
    if found.refused:
        return ParsedReply("refused", content=content[:MOST_REPEATED], problem="the model refused")
    if end == "filter":
        return ParsedReply("refused", problem="a content filter stopped the answer")
    if end in ("limit", "window"):
        return _truncated(content, found.thoughts, end)
    call = found.calls[0].id if found.calls else ""
    if end in ("broken", "failed"):
        problem = "the endpoint broke the answer off"
        return ParsedReply("malformed", (), content[:MOST_REPEATED], problem, call)
    if not content.strip():
        return _empty(found, call)
    items, problem = _called(found) if found.calls else read_annotations(content)
    if items is None:
        return ParsedReply("malformed", (), content[:MOST_REPEATED], problem, call)
    if len(found.calls) > 1:
        # As one answer, which a repair can show to the model.
        content = json.dumps({"annotations": items}, ensure_ascii=False)
    return ParsedReply("answer", tuple(items), content, tool_call=call)


def _truncated(content: str, thoughts: str, end: Ending) -> ParsedReply:
    """Return an answer that was cut, with its words and its thoughts told apart."""
    if only_thoughts(content):
        content, thoughts = "", thoughts + content
    limit = "at the token limit" if end == "limit" else "where the model's context was full"
    problem = f"the answer was cut {limit}"
    if thoughts and not content.strip():
        problem = f"the model's thoughts were cut {limit}, before it answered"
    kept, last = content[:MOST_REPEATED], thoughts[-MOST_REPEATED:]
    return ParsedReply("truncated", content=kept, problem=problem, thoughts=last)


def _empty(found: Said, call: str) -> ParsedReply:
    """Return an answer without words, or the one that an endpoint took for thoughts."""
    if not found.thoughts.strip():
        return ParsedReply("malformed", problem="the answer is empty", tool_call=call)
    # Servers that know where thoughts end by a tag take all for thoughts where a schema kept the
    # model from writing it. Only what is nothing but the answer is read: no draft among thoughts.
    items, _ = read_annotations(found.thoughts) if bare(found.thoughts) else (None, "")
    if items is not None:
        return ParsedReply("answer", tuple(items), found.thoughts.strip(), tool_call=call)
    return ParsedReply(
        "elsewhere",
        problem=f"the answer is empty, all words came as thoughts (in {found.where}): "
        "turn thinking off for this model, or the server's parser of thoughts",
        thoughts=found.thoughts[-MOST_REPEATED:],
    )


def _choice(body: Any) -> Mapping[str, Any] | None:
    choices = body.get("choices") if isinstance(body, Mapping) else None
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], Mapping):
        return held_back(body)
    return choices[0]


def _called(found: Said) -> tuple[list[Any] | None, str]:
    """Return the annotations of all tool calls, or what keeps them from being read."""
    # A model may call once for each category: each call is a part of one answer.
    united: list[Any] = []
    for call in found.calls:
        items, problem = read_annotations(call.arguments)
        if items is None:
            return None, problem
        united += items
    # Some servers write the call into the text as well; another answer there is one too many.
    beside, _ = read_annotations(found.text)
    return (united, "") if beside is None or beside == united else (None, SEVERAL)
