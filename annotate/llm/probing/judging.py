"""Say what an outcome tells of the endpoint, whatever it tells of the model.

A small model may go round in a circle until its answer is cut. As long as what it wrote fits the
form that was asked for, the endpoint has taken the mode.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from annotate.llm.probing.asking import Outcome
from annotate.llm.repetition import repeats_itself
from annotate.llm.responses import ParsedReply
from annotate.llm.words import begins_answer

# What servers call the tokens of a context in their list of models: vLLM and SGLang, llama.cpp,
# OpenRouter and Together, Groq, Mistral, LM Studio.
_CONTEXT_NAMES = (
    "max_model_len",
    "n_ctx",
    "context_length",
    "context_window",
    "max_context_length",
    "loaded_context_length",
)
_SOON = 1.0  # seconds: nobody waits long for a server that is through with all in that time
_AT_ONCE = 1.6  # times the first of some requests: where the last takes no longer, all had a place


def judge_mode(outcome: Outcome) -> tuple[bool, str]:
    """Return whether the endpoint took a response mode, and what came."""
    if outcome.reply is None:
        return False, str(outcome.error)
    parsed = outcome.reply.parsed
    if parsed.kind == "answer":
        return True, f"answers{speed_of(outcome)}"
    if parsed.kind == "truncated":
        return _judge_cut(parsed, speed_of(outcome))
    return False, parsed.problem


def _judge_cut(parsed: ParsedReply, speed: str) -> tuple[bool, str]:
    if not parsed.content.strip():
        return True, f"is taken; the model only thought until it reached its limit{speed}"
    if not begins_answer(parsed.content.strip()):
        return False, "the answer, which reached its limit, has not the form that was asked for"
    loops = " and repeats itself" if repeats_itself(parsed.content) else ""
    return True, f"is taken; the model reaches its limit{loops}{speed}"


def speed_of(outcome: Outcome) -> str:
    """Return how fast an answer came, as the end of a sentence, or ""."""
    return f", {outcome.speed:.1f} tokens a second" if outcome.speed else ""


def places(seconds: Sequence[float]) -> int | None:
    """Return how many requests a server works on at once, None where it is all that were sent.

    A server with one place lets the others wait: the last of four takes four times as long as the
    first.

    Args:
        seconds: that each of some requests took, all of them sent at once.
    """
    first, last = max(min(seconds), 1e-6), max(seconds)
    if last < max(_AT_ONCE * first, first + _SOON):
        return None
    return max(round(len(seconds) * first / last), 1)


def listed_context(listing: Any, model: str) -> int | None:
    """Return the context that a server's list of models says for a model, None where it does not.

    Not the one that the model was trained with, which a server may not give it.
    """
    listed = listing.get("data") if isinstance(listing, Mapping) else listing
    rows = [each for each in listed if isinstance(each, Mapping)] if type(listed) is list else []
    named = [each for each in rows if each.get("id") == model]
    # llama.cpp has one model, and answers to any name.
    for row in named or rows * (len(rows) == 1):
        return _context(row) or _context(row.get("meta"))
    return None


def _context(row: Any) -> int | None:
    if not isinstance(row, Mapping):
        return None
    found = (row.get(name) for name in _CONTEXT_NAMES)
    return next((each for each in found if type(each) is int and each > 0), None)
