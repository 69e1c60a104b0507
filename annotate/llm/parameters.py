"""What a request sends beside messages and response mode: the prompt's, as the model takes it.

The prompt says what is sent, the profile of a model what of it is left out, renamed and added.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from annotate.errors import UsageError
from annotate.llm.prompts.checks import SAMPLE
from annotate.llm.prompts.prompt import Message, Parameters, Prompt
from annotate.project.parameters import ANSWER_PARAMETERS
from annotate.project.settings import Settings

_CHARACTERS_A_TOKEN = 6  # more than any text for people has, so that no prompt is refused wrongly


def sent_parameters(parameters: Parameters, settings: Settings) -> dict[str, Any]:
    """Return the parameters of a prompt as the model that is set takes them."""
    sent: dict[str, Any] = {}
    for name, value in parameters.model_dump(mode="json").items():
        if name == "max_completion_tokens":
            sent[settings.answer_parameter] = settings.answer_tokens or value
        elif name not in settings.drop and name != settings.answer_parameter:
            sent[name] = value
    if settings.reasoning_effort is not None:
        sent["reasoning_effort"] = settings.reasoning_effort
    return sent | settings.extra_body


def answer_limit(body: Mapping[str, Any]) -> int:
    """Return the most tokens that a request, or its parameters, allow an answer; 0 where none."""
    limits = (body.get(name) for name in ANSWER_PARAMETERS)
    return next((each for each in limits if type(each) is int), 0)


def check_context(prompt: Prompt, limit: int, context: int | None) -> None:
    """Refuse a context window that no request of this prompt fits into, where it is known.

    Args:
        prompt: what is sent beside the text.
        limit: the most tokens of an answer.
        context: tokens that prompt and answer may have together, None where that is not known.

    Raises:
        UsageError: naming the setting to change.
    """
    if context is None:
        return
    if limit >= context:
        raise UsageError(
            f"an answer may have {limit} tokens, and the context window has {context} for prompt "
            "and answer together; lower --answer-tokens"
        )
    least = max(_fewest_tokens(prompt.messages(schema, SAMPLE)) for schema in prompt.schemas)
    if least + limit > context:
        raise UsageError(
            f"the prompt takes more than {least} tokens without any text and the answer may have "
            f"{limit}: the context window of {context} is too small; give the server a larger one, "
            "or lower --answer-tokens"
        )


def _fewest_tokens(messages: Sequence[Message]) -> int:
    return sum(len(each["content"]) for each in messages) // _CHARACTERS_A_TOKEN
