"""A respond function for benchmarks and demonstrations: quote the document's first sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from annotate.documents.sentences import sentences
from annotate.testing.answers import Body, Respond
from annotate.testing.scripts import last_user_text

QUOTE = "{quote}"
"""What stands in a template where the quote goes."""

_TAG = re.compile(r"<(/?)(document[\w-]*)>")
_FEWEST_WORDS = 4
_REACH = 600  # characters of a line that are read: a benchmark waits for this


def quote_first(template: Mapping[str, Any]) -> Respond:
    """Return a respond function that answers each request with one annotation.

    The document is what the last user message encloses in its last `<document…>` tags, else that
    whole message; one without text gets no annotation.

    Args:
        template: the annotation; each text in it that is "{quote}" becomes the quote.

    Raises:
        ValueError: where the template has no place for the quote.
    """
    if _filled(template, "") == template:
        raise ValueError(f'the template needs "{QUOTE}" where the quote goes')

    def respond(body: Body) -> Body:
        quote = first_sentence(document(last_user_text(body)))
        return {"annotations": [_filled(template, quote)] if quote else []}

    return respond


def first_sentence(text: str) -> str:
    """Return the first sentence of a few words that stands on one line, else the first line."""
    lines = [line for line in text.splitlines() if line.strip()]
    for line in lines:
        if line.rstrip()[-1] in ".!?" or ". " in line:
            for start, end in sentences(line, 0, min(len(line), _REACH))[:1]:
                if line[end - 1] in ".!?" and len(line[start:end].split()) >= _FEWEST_WORDS:
                    return line[start:end]
    return lines[0].strip() if lines else ""


def document(message: str) -> str:
    """Return what a message encloses in its last `<document…>` tags, else the whole message."""
    tags = list(_TAG.finditer(message))
    last_end = {tag[2]: tag.start() for tag in tags if tag[1]}
    text, opened = message, None
    for tag in tags:
        if opened is None and not tag[1] and last_end.get(tag[2], -1) > tag.start():
            opened = tag
        elif opened is not None and tag[1] and tag[2] == opened[2]:
            text = message[opened.end() : tag.start()].removeprefix("\n").removesuffix("\n")
            opened = None
    return text


def _filled(template: Any, quote: str) -> Any:
    if isinstance(template, Mapping):
        return {key: _filled(value, quote) for key, value in template.items()}
    if isinstance(template, list):
        return [_filled(value, quote) for value in template]
    return quote if template == QUOTE else template
