"""See that a server read less than was sent: it cut the prompt to its context, and said nothing.

Ollama does so by default, and gateways that "compress" long prompts do. The answer then speaks of a
part of the text, so that an empty list is no silence. What gives it away is the number of prompt
tokens, held against what any tokenizer must make of the words:

- Tokenizers in use split at white space first and then inside words, so that a text has at least as
  many tokens as words: plain English 1.1, the requests of this project 1.5, German 2 to 4.
- English has 4 to 5 characters a token, German up to 6 with the largest vocabularies.

Only fewer tokens than both let expect are called a cut, the first with a tenth of tolerance. A
server that cuts less than a third of a prompt is not seen. Schemas and tools are left out of what
must be there; what came from a server's cache counts as read (`annotate.llm.usage`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotate.llm.usage import Usage

_CHARACTERS = 6  # in a token, at most
_SHARE = 0.9  # of a token for each word, at least
_SMALLEST = 128  # tokens: no context is smaller, so that fewer were not counted


def prompt_cut(sent: Mapping[str, Any], used: Usage | None) -> str:
    """Say in one sentence that the server read a part of a request; "" where it may have read all.

    Args:
        sent: the body of the request.
        used: the tokens that its answer reports.
    """
    if used is None:
        return ""
    least = _least_tokens(_texts(sent), unless=used.prompt_tokens)
    if not _SMALLEST <= used.prompt_tokens < least:
        return ""
    return _said(used, f"of a request of {least:,} or more")


class Window:
    """How much a server reads of the requests for one chunk, learned as they are answered.

    A part that fills the window was cut as well, though too little for `prompt_cut` to see.
    """

    def __init__(self) -> None:
        self._tokens: int | None = None

    def cut(self, sent: Mapping[str, Any], used: Usage | None) -> str:
        """Say in one sentence that the server read a part of a request, or ""."""
        if used is None:
            return ""
        if said := prompt_cut(sent, used):
            self._tokens = used.prompt_tokens
            return said
        if self._tokens is None or used.prompt_tokens < self._tokens:
            return ""
        return _said(used, "of this request, and no more of a longer one")


def _said(used: Usage, of_what: str) -> str:
    return (
        f"the server read {used.prompt_tokens:,} tokens {of_what}: it cut the prompt to its "
        "context; give it more (num_ctx in Ollama, --ctx-size in llama.cpp), then --retry-failed"
    )


def room_beside(sent: Mapping[str, Any], text: str, used: Usage | None) -> bool:
    """Say whether the server read more than what stands around `text`: a shorter one may fit."""
    texts = _texts(sent)
    return used is None or used.prompt_tokens > _least_tokens(texts) - _least_tokens([text])


def _texts(sent: Mapping[str, Any]) -> list[str]:
    contents = [message.get("content") for message in sent.get("messages") or ()]
    return [each for each in contents if isinstance(each, str)]


def _least_tokens(texts: list[str], unless: int = 0) -> int:
    """Return how many tokens texts must have; 0 where their length alone allows for `unless`."""
    by_characters = sum(map(len, texts)) // _CHARACTERS
    if by_characters <= unless:  # the usual case: no word is counted
        return 0
    by_words = int(_SHARE * sum(len(each.split()) for each in texts))
    return min(by_characters, by_words)
