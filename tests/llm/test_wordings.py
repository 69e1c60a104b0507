"""What endpoints say: each wording of the table, and what it means."""

from __future__ import annotations

import json
from typing import Any

import pytest

from annotate.llm.causes import MEANINGS, Cause
from annotate.llm.complaint import complaint_of, read_complaint
from annotate.llm.errors import (
    Asked,
    CallFailed,
    EndpointStopped,
    TransientError,
    cause_of,
    meaning_of,
)
from annotate.llm.wordings import table

ASKED = Asked(
    frozenset("model messages response_format temperature max_completion_tokens".split()), 8192
)

# (who says it, the status, the message or the inner error) for each cause
SAID: dict[Cause, list[tuple[str, int, Any]]] = {
    Cause.PROMPT_TOO_LONG: [
        ("OpenAI", 400, {"message": "no", "code": "context_length_exceeded"}),
        ("OpenAI", 400, "Your input exceeds the context window of this model."),
        ("OpenAI", 429, "Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Req"),
        ("Anthropic", 400, "prompt is too long: 208310 tokens > 200000 maximum"),
        ("Anthropic", 413, {"message": "too big", "type": "request_too_large"}),
        (
            "Anthropic",
            400,
            "input length and `max_tokens` exceed context limit: 199759 + 8192 > 200000, decrease",
        ),
        ("Gemini", 400, "The input token count (1200293) exceeds the maximum number of tokens"),
        ("Mistral", 400, "Prompt contains 40687 tokens and 0 draft tokens, too large for model"),
        (
            "Together",
            422,
            "`inputs` tokens + `max_new_tokens` must be <= 32768. Given: 30019 `inputs` tokens "
            "and 8192 `max_new_tokens`",
        ),
        ("OpenRouter", 400, "This endpoint's maximum context length is 16384 tokens. However, you"),
        ("vLLM", 400, "max_tokens must be at least 1, got -46771. (parameter=max_tokens)"),
        ("vLLM", 400, "The decoder prompt (length 10127) is longer than the maximum model length"),
        (
            "vLLM",
            400,
            "This model's maximum context length is 16384 tokens. However, you requested 19591 "
            "tokens (11399 in the messages, 8192 in the completion). Please reduce the length",
        ),
        ("SGLang", 400, "The input (61709 tokens) is longer than the model's context length (4096"),
        ("SGLang", 400, "Input length (160062 tokens) exceeds the maximum allowed length (59862"),
        ("llama.cpp", 400, {"code": 400, "message": "x", "type": "exceed_context_size_error"}),
        ("llama.cpp", 500, "the request exceeds the available context size. try increasing it"),
        ("llama-cpp-python", 500, "Requested tokens (12285) exceed context window of 12048"),
        ("Ollama", 400, "prompt too long; exceeded max context length by 4096 tokens"),
        ("LiteLLM", 400, "litellm.ContextWindowExceededError: litellm.BadRequestError: Anthropic"),
        ("LM Studio", 400, "Trying to keep the first 10136 tokens when context the overflows."),
        ("a proxy", 413, "Payload Too Large"),
    ],
    Cause.ANSWER_LIMIT: [
        ("OpenAI", 400, "max_tokens is too large: 8192. This model supports at most 4096 completi"),
        (
            "OpenAI",
            400,
            {
                "message": "This model's maximum context length is 8192 tokens. However, you "
                "requested 8256 tokens (64 in the messages, 8192 in the completion).",
                "code": "context_length_exceeded",
            },
        ),
        (
            "Anthropic",
            400,
            "max_tokens: 32000 > 4096, which is the maximum allowed number of output tokens",
        ),
        (
            "vLLM",
            400,
            "'max_tokens' or 'max_completion_tokens' is too large: 8192. This model's maximum "
            "context length is 8192 tokens and your request has 1500 input tokens",
        ),
        (
            "vLLM",
            400,
            "This model's maximum context length is 10000 tokens. However, you requested 8192 "
            "output tokens and your prompt contains at least 4466 input tokens",
        ),
        (
            "SGLang",
            400,
            "Requested token count exceeds the model's maximum context length of 9000 tokens. You "
            "requested a total of 9192 tokens: 1000 tokens from the input messages and 8192 tokens "
            "for the completion.",
        ),
        ("Groq", 400, "max_tokens for `llama-3.1-8b-instant` must be less than or equal to 8000"),
        ("Groq", 400, "max_completion_tokens must be less than or equal to 40960, the maximum va"),
        (
            "Groq",
            413,
            {
                "message": "Request too large for model `x` on tokens per minute (TPM): Limit "
                "6000, Requested 14368",
                "code": "rate_limit_exceeded",
            },
        ),
        (
            "Hugging Face",
            422,
            "Input validation error: `max_new_tokens` must be <= 192. Given: 8192",
        ),
        ("Ark", 400, "The parameter `max_tokens` specified: integer above maximum value, expected"),
    ],
    Cause.MODE: [
        (
            "OpenAI",
            400,
            "Invalid parameter: 'response_format' of type 'json_schema' is not supported",
        ),
        ("OpenAI", 400, {"message": "no", "param": "tools", "code": "unsupported_parameter"}),
        (
            "Azure",
            400,
            "response_format value as json_schema is enabled only for api versions 2024",
        ),
        ("Groq", 400, "invalid schema for response format: minItems is not supported"),
        (
            "OpenRouter",
            404,
            "No endpoints found that support tool use. To learn more about provider",
        ),
        ("OpenRouter", 404, "No endpoints found that support the provided 'tool_choice' value."),
        ("Ollama", 400, "registry.ollama.ai/library/gemma3:4b does not support tools"),
        ("vLLM", 400, '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-par'),
        ("llama.cpp", 500, "tools param requires --jinja flag"),
        ("llama.cpp", 500, "Unsupported param: tools"),
        (
            "llama-cpp-python",
            500,
            "[{'type': 'literal_error', 'loc': ('body', 'response_format', '",
        ),
        ("any", 400, "Unknown name 'strict': it is no field"),
    ],
    Cause.PARAMETER: [
        ("OpenAI", 400, {"message": "no", "param": "temperature", "code": "unsupported_value"}),
        ("OpenAI", 400, "Unsupported parameter: 'max_completion_tokens' is not supported"),
        ("OpenAI", 400, "Unrecognized request argument supplied: temperature"),
        ("Groq", 400, "property 'temperature' is unsupported, did you mean 'stop'?"),
        ("LiteLLM", 400, "litellm.UnsupportedParamsError: gpt-5 doesn't support temperature=0.1"),
        ("xAI", 400, "Argument not supported on this model: temperature"),
        (
            "Mistral",
            422,
            {"detail": [{"type": "extra_forbidden", "loc": ["body", "max_completion_tokens"]}]},
        ),
    ],
    Cause.QUOTA: [
        ("OpenAI", 429, {"message": "You exceeded your quota", "code": "insufficient_quota"}),
        ("Anthropic", 400, "Your credit balance is too low to access the Anthropic API. Please go"),
        ("Gemini", 429, {"message": "Quota exceeded", "details": [{"quotaId": "RequestsPerDay"}]}),
        (
            "OpenRouter",
            402,
            "This request requires more credits, or fewer max_tokens. You requested",
        ),
        ("LiteLLM", 400, {"message": "Budget has been exceeded! Cost", "type": "auth_error"}),
        ("any", 402, "Insufficient Balance"),
    ],
    Cause.KEY: [
        ("OpenAI", 401, {"message": "Incorrect API key provided", "code": "invalid_api_key"}),
        ("Anthropic", 401, {"message": "invalid x-api-key", "type": "authentication_error"}),
        ("Gemini", 400, "API key not valid. Please pass a valid API key."),
        ("LiteLLM", 400, {"message": "No connected db.", "type": "no_db_connection"}),
        ("Mistral", 401, "Unauthorized"),
    ],
    Cause.ACCESS: [
        ("OpenAI", 403, {"code": "unsupported_country_region_territory", "message": "no"}),
        ("Gemini", 400, "User location is not supported for the API use."),
    ],
    Cause.POLICY: [
        ("Azure", 400, {"message": "The response was filtered", "code": "content_filter"}),
        ("OpenAI", 400, "Invalid prompt: your prompt was flagged as potentially violating our pol"),
        ("OpenRouter", 403, "x requires moderation. Your input was flagged for violence"),
        ("Anthropic", 400, "Output blocked by content filtering policy"),
    ],
    Cause.MODEL: [
        ("OpenAI", 404, {"message": "The model does not exist", "code": "model_not_found"}),
        ("Azure", 404, {"code": "DeploymentNotFound", "message": "no such deployment"}),
        ("Mistral", 400, {"message": "Invalid model: x", "type": "invalid_model", "code": "1500"}),
        ("Groq", 400, {"message": "decommissioned", "code": "model_decommissioned"}),
        ("Together", 400, "Unable to access non-serverless model a/b. Please visit"),
        ("OpenRouter", 400, "qwen/none is not a valid model ID"),
        ("Ollama", 404, 'model "qwen3:8b" not found, try pulling it first'),
        ("vLLM", 404, "The model `x` does not exist."),
        ("LiteLLM", 400, "/chat/completions: Invalid model name passed in model=DeepSeek-R1x."),
    ],
    Cause.MEMORY: [
        ("Ollama", 500, "model requires more system memory (5.3 GiB) than is available")
    ],
    Cause.MALFORMED: [
        ("Groq", 400, {"message": "Failed to generate JSON", "code": "json_validate_failed"}),
        ("Groq", 400, {"message": "Failed to call a function", "code": "tool_use_failed"}),
    ],
    Cause.OVERLOAD: [
        ("OpenAI", 429, {"message": "Rate limit reached", "code": "rate_limit_exceeded"}),
        ("Anthropic", 529, {"message": "Overloaded", "type": "overloaded_error"}),
        ("Gemini", 429, {"message": "You exceeded your quota", "status": "RESOURCE_EXHAUSTED"}),
        ("Gemini", 503, "The model is overloaded. Please try again later."),
        ("Ollama", 500, "server busy, please try again. maximum pending requests exceeded"),
        ("LiteLLM", 500, "litellm.RateLimitError: no deployment"),
    ],
    Cause.LOADING: [
        ("llama.cpp", 503, {"code": 503, "message": "Loading model", "type": "unavailable_error"}),
        ("Hugging Face", 503, "Model is currently loading"),
    ],
    Cause.SERVER: [("any", 500, "restricted by toolset"), ("any", 502, ""), ("any", 408, "")],
    Cause.REFUSED: [
        ("any", 400, "restricted by policy"),
        ("any", 400, "a thing that nobody has heard of"),
        ("any", 422, {"message": "The messages are wrong", "param": "messages"}),
    ],
}


def _cause(meaning: Exception) -> Cause:
    assert isinstance(meaning, CallFailed | EndpointStopped | TransientError)
    return meaning.cause


CASES = [(cause, *said) for cause, rows in SAID.items() for said in rows]


@pytest.mark.parametrize(("cause", "provider", "status", "said"), CASES)
def test_what_endpoints_say_is_told_apart(
    cause: Cause, provider: str, status: int, said: Any
) -> None:
    inner = {"message": said} if isinstance(said, str) else said
    for body in (inner, {"error": inner}, [{"error": inner}], {"error": {"message": inner}}):
        complaint = read_complaint(status, json.dumps(body).encode())
        meaning = meaning_of(complaint, ASKED)
        assert _cause(meaning) is cause, (provider, body)


def test_every_row_of_the_table_is_said_by_somebody() -> None:
    """A row that no wording here reaches is one that another row hides, or that nobody tried."""
    reached = set()
    for _, _, status, said in CASES:
        complaint = complaint_of(status, {"message": said} if isinstance(said, str) else said)
        names = {each.lower() for each in complaint.names}
        rows = (row for row in table() if row.fits(status, names, complaint.message))
        reached.add(next(rows, None))
    assert [row.source for row in table() if row not in reached] == []


def test_every_row_has_a_public_source() -> None:
    for row in table():
        assert row.source.startswith("https://")
        assert row.names or row.words
        assert {name.lower() for name in row.names} == row.names


def test_every_cause_has_its_meaning() -> None:
    assert set(MEANINGS) == set(Cause)


def test_the_answer_s_limit_is_to_blame_where_it_takes_most_of_the_context() -> None:
    """The same wording: which part is too large is told by the numbers in it."""
    wording = (
        "This model's maximum context length is {} tokens. However, you requested {} tokens "
        "({} in the messages, {} in the completion)."
    )
    for context, prompt, answer, cause in [
        (8192, 64, 8192, Cause.ANSWER_LIMIT),
        (8193, 64, 8192, Cause.ANSWER_LIMIT),
        (16384, 9591, 10000, Cause.ANSWER_LIMIT),
        (16384, 112946, 10000, Cause.PROMPT_TOO_LONG),
        (16384, 12000, 8192, Cause.PROMPT_TOO_LONG),
        (32768, 30000, 8192, Cause.PROMPT_TOO_LONG),
    ]:
        said = wording.format(context, prompt + answer, prompt, answer)
        complaint = complaint_of(400, {"error": {"message": said}})
        assert cause_of(complaint)[0] is Cause.PROMPT_TOO_LONG
        assert _cause(meaning_of(complaint)) is cause, said
