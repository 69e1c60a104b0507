"""The names of the parameters of a request that mean something to the program.

What a request sends beside them, and how, is in `annotate.llm.parameters`.
"""

from __future__ import annotations

from typing import Literal, get_args

AnswerParameter = Literal["max_completion_tokens", "max_tokens", "max_output_tokens"]
"""What an endpoint may call the most tokens of an answer."""

ANSWER_PARAMETERS: tuple[AnswerParameter, ...] = get_args(AnswerParameter)

OWN_PARAMETERS = frozenset(
    "model messages response_format tools tool_choice functions function_call stream n".split()
)
"""What the program itself puts into a request, or could not read the answer of."""
