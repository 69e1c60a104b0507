"""Why an answer ended, in the words of every server: one table of `finish_reason`.

Servers put their own words, or those of the model behind them, into the field. What is not in the
table is taken for an ordinary end, since then only a whole JSON object is read as an answer: what
was cut in its middle cannot be. What is in it as cut is never an answer, however whole it looks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

Ending = Literal["whole", "limit", "window", "filter", "broken", "failed"]
"""Ended by the model; cut at the most tokens of an answer; cut where the context was full; stopped
by a filter or a refusal; broken off; ended since the server behind the endpoint failed, which may
pass."""

ENDINGS: Mapping[str, Ending] = {
    # OpenAI, Azure, and with them nearly all.
    "stop": "whole",
    "length": "limit",
    "content_filter": "filter",
    "tool_calls": "whole",
    "function_call": "whole",
    # Anthropic, and gateways that hand its words on.
    "end_turn": "whole",
    "stop_sequence": "whole",
    "tool_use": "whole",
    "max_tokens": "limit",
    "model_context_window_exceeded": "window",  # GLM says so too
    "refusal": "filter",
    "pause_turn": "broken",
    # Gemini, in upper case, and its compatible endpoint.
    "max_output_tokens": "limit",
    "safety": "filter",
    "recitation": "filter",
    "blocklist": "filter",
    "prohibited_content": "filter",
    "spii": "filter",
    "language": "filter",
    "image_safety": "filter",
    "malformed_function_call": "broken",
    "unexpected_tool_call": "broken",
    "other": "broken",
    # Mistral; OpenRouter for an error of the provider behind it
    # (https://openrouter.ai/docs/api/reference/overview).
    "model_length": "window",
    "error": "failed",
    # Cohere.
    "complete": "whole",
    "error_toxic": "filter",
    "error_limit": "window",
    "user_cancel": "broken",
    # Text generation inference, Together, Ollama and llama.cpp's own names.
    "eos": "whole",
    "eos_token": "whole",
    "end_of_sequence": "whole",
    "load": "broken",
    "unload": "broken",
    # vLLM, SGLang; LM Studio, in camel case.
    "abort": "broken",
    "eosfound": "whole",
    "stopstringfound": "whole",
    "maxpredictedtokensreached": "limit",
    "contextlengthreached": "window",
    "userstopped": "broken",
    "failed": "failed",
    # DeepSeek, GLM, Bedrock.
    "insufficient_system_resource": "failed",
    "sensitive": "filter",
    "network_error": "failed",
    "guardrail_intervened": "filter",
    "content_filtered": "filter",
    # Batches and the later OpenAI interface behind gateways.
    "incomplete": "limit",
    "cancelled": "broken",
    "timeout": "failed",
}

_WORD = re.compile(r"[a-z_]+")


def ending(reason: Any) -> Ending:
    """Return what a `finish_reason` means; null, and what nobody listed, is an ordinary end."""
    if not isinstance(reason, str):
        return "whole"
    # The last word: "FinishReason.STOP", "function_call_filter: MALFORMED_FUNCTION_CALL".
    words = _WORD.findall(reason[:200].lower().replace("-", "_"))
    return ENDINGS.get(words[-1], "whole") if words else "whole"
